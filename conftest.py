"""What `pytest --nbval` needs to be strict about the course's notebooks, and to repeat on any machine.

Each code cell is a test: it is run, and what it puts out is compared with what the file has. On top of nbval:

- a chapter runs in a folder of its own, in the surroundings that `autorev run` gives it, with what it needs
  of another chapter beside it;
- outputs agree or not as :mod:`autorev_lib.tools.outputs` says, pictures too;
- a cell that was never run fails, and so do one that puts out other kinds of things than the file has and one
  whose output cannot be compared; a kernel that dies is named at once;
- after its last cell, in the same kernel, every solution must be correct and every mistake recognised;
- the share of cells whose output is compared is printed, and the run fails if a notebook has too few.
"""

import copy
import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from queue import Empty

import pytest
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel, start_new_kernel
from nbval.plugin import IPyNbCell, IPyNbFile

# Two processes run at once. With a thread for each core in both, NumPy's threads spin, waiting for others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from autorev_lib import chapters
from autorev_lib.tools import outputs, products
from autorev_lib.tools.notebook_file import MIN_PERCENT_COMPARED, Share, compared_share, read
from autorev_lib.tools.surroundings import kernel_environment

START_TIMEOUT = 180
OUTPUT_TIMEOUT = 60
"""Seconds to wait for the next output of a cell; nbval's own 5 are too few for a busy machine."""
ALIVE_EVERY = 2
"""Seconds between two looks at whether the kernel still lives."""

GRADE = """
import json as _json
from autorev_lib.exercises import load as _load
_exercise = _load({chapter!r})[{name!r}]
_mistakes = {{name: _exercise.grade(_exercise.wrong_answer(name)) for name in _exercise.mistakes}}
print(_json.dumps({{name: [verdict.mistake, str(verdict)] for name, verdict in _mistakes.items()}}))
"""


class DeadKernelError(Exception):
    """The kernel ended while something was expected of it."""


class NotComparableError(Exception):
    """A cell did something after which its output cannot be compared; the text says what."""


class CourseKernel(RunningKernel):
    """A kernel in the surroundings of the course. Its death is noticed within seconds."""

    def __init__(self, folder):
        self.km, self.kc = start_new_kernel(
            kernel_name=CURRENT_ENV_KERNEL_NAME,
            startup_timeout=START_TIMEOUT,
            stderr=subprocess.DEVNULL,
            cwd=str(folder),
            env=kernel_environment(),
        )
        self._ensure_iopub_up()

    def get_message(self, stream, timeout=None):
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            patience = ALIVE_EVERY if end is None else min(ALIVE_EVERY, max(0, end - time.monotonic()))
            try:
                message = super().get_message(stream, timeout=patience)
            except Empty:
                if not self.is_alive():
                    raise DeadKernelError from None
                if end is not None and time.monotonic() >= end:
                    raise
                continue
            if stream == "iopub" and message["msg_type"] in outputs.NOT_COMPARABLE:
                raise NotComparableError(outputs.NOT_COMPARABLE[message["msg_type"]])
            return message

    def run(self, code, timeout):
        """Run code; returns what it printed and displayed as plain text, and the error it raised, or None."""
        message_id = self.execute_cell_input(code, allow_stdin=False)
        self.await_reply(message_id, timeout=timeout)
        shown, error = [], None
        while True:
            message = self.get_message("iopub", timeout=OUTPUT_TIMEOUT)
            if message["parent_header"].get("msg_id") != message_id:
                continue
            content = message["content"]
            if message["msg_type"] == "status" and content["execution_state"] == "idle":
                return "".join(shown), error
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                shown.append(content["text"])
            elif message["msg_type"] in ("display_data", "execute_result"):
                shown.append(content["data"].get("text/plain", ""))
            elif message["msg_type"] == "error":
                error = f"{content['ename']}: {content['evalue']}"


class CourseNotebook(IPyNbFile):
    """A notebook as a file of tests: its cells, then its exercises in the kernel that ran them."""

    def collect(self):
        for cell in super().collect():
            yield CourseCell.from_parent(
                self, name=cell.name, cell_num=cell.cell_num, cell=cell.cell, options=cell.options
            )
        self.skip_compare += outputs.NOT_TEXT
        if (chapter := self.chapter) and chapter.exercises.exists():
            from autorev_lib import exercises

            for name in exercises.names(chapter):
                yield ExerciseItem.from_parent(self, name=f"exercise {name}", exercise=name)

    @property
    def chapter(self):
        """The chapter that this file is, or None."""
        known = {chapter.path: chapter for chapter in chapters.all_chapters()}
        return known.get(Path(self.path))

    def setup(self):
        self.sanitize_patterns.update(outputs.MASKED)
        self.folder = tempfile.TemporaryDirectory(prefix="autorev-", ignore_cleanup_errors=True)
        if self.chapter:
            products.prepare(self.chapter, self.folder.name)
        self.kernel = CourseKernel(self.folder.name)

    def teardown(self):
        super().teardown()
        if self.chapter:
            products.collect_products(self.chapter, self.folder.name)
        self.folder.cleanup()


class CourseCell(IPyNbCell):
    """A cell as a test."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.output_timeout = OUTPUT_TIMEOUT
        self.tags = self.cell.metadata.get("tags", [])
        self.is_lax = self.config.option.nbval_lax  # on other versions of libraries
        check = not self.is_lax and outputs.IGNORE_TAG not in self.tags
        self.options.update(skip=False, check=check)

    def runtest(self):
        try:
            super().runtest()
        except DeadKernelError:
            self.parent.timed_out = True  # what follows cannot pass, and need not be shown as failed too
            self.raise_cell_error("the kernel died in this cell, perhaps for want of memory")
        except NotComparableError as error:
            self.raise_cell_error(f"{self.nodeid}: expected output that can be compared, but {error}")
        if not self.is_lax:
            self._check_what_nbval_lets_pass()

    def _check_what_nbval_lets_pass(self):
        if self.cell.execution_count is None and self.cell.source.strip():
            self.raise_cell_error(f"{self.nodeid}: expected a cell that was run, received no execution count")
        expected, received = outputs.kinds(self.cell.outputs), outputs.kinds(self.test_outputs)
        if expected != received:
            self.raise_cell_error(
                f"{self.nodeid}: expected the outputs that the file has, {outputs.listed(expected)}; "
                f"received {outputs.listed(received)}"
            )
        if self.options["check"]:
            problem = outputs.picture_problem(self.cell.outputs, self.test_outputs, self.tags)
            if problem:
                self.raise_cell_error(f"{self.nodeid}: {problem}")

    def compare_outputs(self, test, ref, skip_compare=None):
        """Compare new outputs with the stored ones as nbval does, floats by closeness if tagged so."""
        try:
            tolerance, numbers = outputs.closeness(self.tags)
        except ValueError as error:
            self.raise_cell_error(f"{self.nodeid}: {error}")
        if tolerance is not None:
            test = _settle(copy.deepcopy(test), ref, tolerance, numbers)
        return super().compare_outputs(test, ref, skip_compare)


class ExerciseItem(pytest.Item):
    """An exercise as a test: its solution is put in and correct, its typical mistakes are recognised."""

    def __init__(self, *, exercise, **kwargs):
        super().__init__(**kwargs)
        self.exercise = exercise

    def runtest(self):
        from autorev_lib import exercises

        chapter = self.parent.chapter.name
        exercise = exercises.load(chapter)[self.exercise]
        seconds = self.config.option.nbval_cell_timeout
        code = f"{exercise.solution_code}\n\n{exercise.check_line}"
        shown, error = self.parent.kernel.run(code, seconds)
        assert error is None and "✔ Correct." in shown, (
            f"the solution: expected correct, received {error or shown}"
        )
        shown, error = self.parent.kernel.run(GRADE.format(chapter=chapter, name=self.exercise), seconds)
        assert error is None, f"the mistakes cannot be graded: {error}"
        for mistake, (recognised, verdict) in json.loads(shown.splitlines()[-1]).items():
            assert recognised == mistake, f"the mistake {mistake}: taken for {recognised}: {verdict}"

    def repr_failure(self, excinfo, style=None):
        return str(excinfo.value)

    def reportinfo(self):
        return self.path, 0, f"{self.path.name}: {self.name}"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Collect as the course's what nbval would collect."""
    collected = yield
    return [
        CourseNotebook.from_parent(parent, path=file_path) if isinstance(each, IPyNbFile) else each
        for each in collected
    ]


def pytest_xdist_make_scheduler(config, log):
    """Give each file to one worker, and a chapter to the worker of the one whose products it needs."""
    from xdist.scheduler import LoadFileScheduling

    class ChapterScheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return products.made_by().get(Path(file).name, file)

    return ChapterScheduling(config, log)


def pytest_sessionfinish(session, exitstatus):
    """Fail the run if too little of a notebook is compared."""
    enough = all(share.is_enough for share in _shares(session.config).values())
    if exitstatus == pytest.ExitCode.OK and not enough:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    """Print the share of cells whose output was compared."""
    shares = _shares(config)
    if shares:
        total = Share(*map(sum, zip(*shares.values(), strict=True)))
        terminalreporter.section("notebooks")
        terminalreporter.line(f"notebook outputs compared: {total}")
        for path, share in shares.items():
            if not share.is_enough:
                expected = f"expected at least {MIN_PERCENT_COMPARED} % to be compared"
                terminalreporter.line(f"FAILED {path}: {expected}, received {share}", red=True)


def _settle(test, ref, tolerance, numbers):
    """Put the stored text in place of each new one that agrees with it, so that only differences remain."""
    stored = defaultdict(list)
    for output in ref:
        for kind, holder, key in _texts(output):
            stored[kind].append(holder[key])
    remaining = {kind: iter(texts) for kind, texts in stored.items()}
    for output in test:
        for kind, holder, key in _texts(output):
            text = next(remaining.get(kind, iter(())), None)
            if text is not None and outputs.texts_agree(text, holder[key], tolerance, numbers):
                holder[key] = text
    return test


def _texts(output):
    """Every text of an output that is compared, as (kind, dict, key in it)."""
    if output.output_type == "stream":
        yield output.name, output, "text"
    elif output.output_type == "error":
        yield "evalue", output, "evalue"
    else:
        for mime, content in output.data.items():
            if isinstance(content, str) and mime not in outputs.NOT_TEXT:
                yield mime, output.data, mime


def _shares(config):
    """The share of each notebook of which at least one cell was run here or by a worker, by path."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")  # workers have none: the controller counts
    reports = [report for group in reporter.stats.values() for report in group] if reporter else []
    paths = {report.location[0] for report in reports if isinstance(report, pytest.TestReport)}
    notebooks = sorted(path for path in paths if path.endswith(".ipynb"))
    return {path: compared_share(read(config.rootpath / path)) for path in notebooks}
