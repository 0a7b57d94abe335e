"""Marking handed-in notebooks: each in a Jupyter kernel of its own, with limits, and watched for tampering.

A student's code runs with the rights of whoever marks it. What is detected here are the ways in which a
notebook goes wrong or a mark is forged in a few lines; it is no sandbox for hostile programs.
"""

import concurrent.futures
import re
import threading
import warnings
from dataclasses import dataclass, field

from autorev_lib import chapters, errors, exercises
from autorev_lib.exercises.verdict import Status
from autorev_lib.tools import executor
from autorev_lib.tools.hand_ins import Outcome, course_cells
from autorev_lib.tools.marking_plan import Plan
from autorev_lib.tools.marking_process import STOPPED, Budget, Kernel, KernelEnded

TIME_LIMIT = 300
"""Seconds that one notebook may take; a single cell may take a fifth of that."""
MEMORY_LIMIT = 4.0
"""GiB that one notebook may use."""
_FULL_RUNS = 3
"""How often all of the student's cells are tried; after that only those with answers, and what they need."""
_SLACK_SECONDS = 60
"""What a check may take longer than it should, on a busy machine that still has to load Keras."""
_PREPARE_SECONDS = 600
_SOLUTION = re.compile(r"\b(solution_code|right_answer|autorev_exercises)\b|\.solution\(")
_AGAIN = (Status.NOT_ATTEMPTED, Status.ERROR)
"""What is judged once more at the end: what it needs may stand below its check."""


@dataclass
class Marks:
    """The marks of one handed-in notebook."""

    file: str
    """Its path below the folder that was marked."""
    notebook: str
    """Name of the chapter that it answers, or nothing if that is not known."""
    outcome: Outcome
    detail: str = ""
    """Why it could not be marked, or what a teacher should look at."""
    verdicts: dict = field(default_factory=dict)
    """For each exercise its status, mistake and message, and which share of it is right."""

    def count(self, *statuses):
        """How many exercises have one of these statuses; none where marks were forged."""
        found = sum(verdict["status"] in statuses for verdict in self.verdicts.values())
        return 0 if self.outcome == Outcome.TAMPERED else found


def mark_all(submissions, jobs=1, time_limit=TIME_LIMIT, memory_limit=MEMORY_LIMIT):
    """Mark notebooks, several at a time. If the caller goes no further, all kernels are ended.

    Yields:
        The place of a notebook among the submissions, and its :class:`Marks`, as soon as it has them.
    """
    stop = threading.Event()
    with warnings.catch_warnings(), concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        warnings.simplefilter("ignore", SyntaxWarning)  # of what students wrote
        try:
            places = {
                pool.submit(_run, _planned(submission), time_limit, memory_limit, stop): place
                for place, submission in enumerate(submissions)
            }
            for future in concurrent.futures.as_completed(places):
                yield places[future], future.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def mark(submission, time_limit=TIME_LIMIT, memory_limit=MEMORY_LIMIT):
    """Mark one notebook. Whatever it does, this returns.

    Args:
        submission: The :class:`~autorev_lib.tools.hand_ins.Submission`.
        time_limit: Seconds that it may take, in all.
        memory_limit: GiB that it may use.

    Returns:
        The :class:`Marks`. A cell that hangs or ends the kernel costs no exercise but those that stand in it.
    """
    return _run(_planned(submission), time_limit, memory_limit, threading.Event())


def _planned(submission):
    """What there is to run, or the marks if there is nothing.

    This parses code, which Python 3.11 does only in one thread at a time without mistakes.
    """
    if submission.problem:
        return Marks(submission.file, "", Outcome.UNREADABLE, submission.problem)
    try:
        return _Marking(submission)
    except Exception as error:  # whatever it is, the others get their marks
        return _unmarked(submission, error)


def _run(planned, time_limit, memory_limit, stop):
    if isinstance(planned, Marks):
        return planned
    try:
        return planned.run(Budget(time_limit, memory_limit, stop))
    except errors.AutorevError:
        raise
    except Exception as error:  # as above
        return _unmarked(planned.submission, error)


def _unmarked(submission, error):
    detail = f"it could not be marked: {type(error).__name__}: {error}"
    return Marks(submission.file, submission.notebook, Outcome.CRASHED, detail)


class _Marking:
    """The marking of one notebook, in one kernel, or in several where a cell ends them."""

    def __init__(self, submission):
        self.submission = submission
        self._course = course_cells(submission.notebook)
        self._exercises = dict.fromkeys(exercises.names(chapters.find(submission.notebook)))
        self._plan = Plan(submission.cells, self._course)
        self._steps = self._plan.steps()
        self._verdicts = {}
        self._problems = {}  # by the names of variables: why the cell that binds them did not come to its end
        self._left_out = set()  # cells that ended a kernel
        self._stopped = set()  # cells that took too long
        self._judged = set()  # pairs of the number of a step, or None for the end, and an exercise
        self._remarks = []
        self._outcome = Outcome.MARKED
        self._at = None, None  # the step and the exercise that are being tried

    def run(self, budget):
        """Run and judge; returns the :class:`Marks`."""
        runs = 0
        while self._is_left():
            runs += 1
            if runs == _FULL_RUNS + 1:
                answers = {part for known in self._exercises.values() if known for part in known["parts"]}
                self._steps = self._plan.steps(answers)
            try:
                with (
                    executor.temporary_folder() as work,
                    Kernel(work, self.submission.modules, budget) as kernel,
                ):
                    self._go_through(kernel)
            except KernelEnded as ended:
                self._note_end(ended)
                if ended.is_final or self._at == (None, None):
                    break
        order = [name for name in self._exercises if name in self._verdicts]
        return Marks(
            self.submission.file,
            self.submission.notebook,
            self._outcome,
            "; ".join([*self._remarks, *self._suspicions()]),
            {name: self._verdicts[name] for name in order},
        )

    def _go_through(self, kernel):
        """Run the cells and judge the answers that are left, in the order of the notebook."""
        self._at = None, None
        chapter = self.submission.notebook
        known = kernel.ask({"do": "prepare", "chapter": chapter}, _PREPARE_SECONDS)
        if "problem" in known:
            raise KernelEnded(Outcome.CRASHED, f"the checker cannot be loaded: {known['problem']}", True)
        self._exercises = known["exercises"]
        for step in self._steps:
            if step.number in self._left_out:
                continue
            self._at = step, None
            if step.number in self._stopped:
                kernel.run(step.source, seconds=1)  # for what it does before it hangs
            elif problem := kernel.run(step.source):
                self._note_problem(step, problem)
                if problem.startswith(STOPPED):
                    self._stopped.add(step.number)
                    self._remark(f"code cell {step.number} {problem}")
            for name in step.checks:
                self._judge(kernel, known["fingerprint"], step, name)
        for name in self._exercises:  # also where the check was deleted, or stood above what it needs
            self._judge(kernel, known["fingerprint"], None, name)

    def _judge(self, kernel, untouched, step, name):
        """Judge one answer, unless that has been done, or is of another chapter."""
        number = step and step.number
        if name not in self._exercises or not self._is_open(number, name):
            return
        self._at = step, name
        known = self._exercises[name]
        problem = next((self._problems[part] for part in known["parts"] if part in self._problems), "")
        job = {
            "do": "grade",
            "chapter": self.submission.notebook,
            "exercise": name,
            "problem": problem,
            "at_check": step is not None,
        }
        answer = kernel.ask(job, 2 * known["seconds"] + _SLACK_SECONDS)
        before = answer.get("fingerprint", untouched)
        changed = next((each for each in untouched if before.get(each) != untouched[each]), None)
        if changed or answer.get("tampered"):
            detail = f"{changed} has been replaced" if changed else answer["tampered"]
            raise KernelEnded(Outcome.TAMPERED, detail, is_final=True)
        if "problem" in answer:
            answer["verdict"] = _error(f"The checker could not work with this answer: `{answer['problem']}`.")
        if self._replaces(answer["verdict"]["status"], name, step):
            self._verdicts[name] = answer["verdict"]
        self._judged.add((number, name))

    def _replaces(self, status, name, step):
        """Whether a verdict counts instead of an earlier one: none in which nothing was found to judge."""
        earlier = self._verdicts.get(name, {"status": Status.NOT_ATTEMPTED})["status"]
        lost = (Status.NOT_ATTEMPTED,) if step else (*_AGAIN, Status.WRONG_FORM)  # the name is reused by now
        return earlier == Status.NOT_ATTEMPTED or status not in lost

    def _is_open(self, number, name):
        """Whether an answer is to be judged after a cell of that number, or at the end."""
        if (number, name) in self._judged:
            return False
        return number is not None or name not in self._verdicts or self._verdicts[name]["status"] in _AGAIN

    def _is_left(self):
        """Whether anything is left to be judged."""
        steps = [step for step in self._steps if step.number not in self._left_out]
        at_checks = [(step.number, name) for step in steps for name in step.checks if name in self._exercises]
        return any(self._is_open(*each) for each in [*at_checks, *((None, name) for name in self._exercises)])

    def _note_end(self, ended):
        """Keep what ended the kernel: a cell is left out from now on, an answer is an error."""
        step, name = self._at
        hangs = ended.outcome == Outcome.HUNG and not ended.is_final  # a cell like any that fails
        if ended.outcome == Outcome.TAMPERED or (self._outcome == Outcome.MARKED and not hangs):
            self._outcome = ended.outcome
        if ended.is_final or self._at == (None, None):
            self._remark(ended.detail)
        elif name:
            self._verdicts[name] = _error(f"While your answer was checked, it {ended.detail}.")
            self._judged |= {(step and step.number, name), (None, name)}
            self._remark(f"the answer to {name} {ended.detail}")
        else:
            self._note_problem(step, ended.detail)
            self._left_out.add(step.number)
            self._remark(f"code cell {step.number} {ended.detail}")

    def _note_problem(self, step, problem):
        """Keep what became of a cell, for the answers that should be in it and are not."""
        checked = [self._exercises[name]["parts"] for name in step.checks if name in self._exercises]
        self._problems |= dict.fromkeys(step.binds.union(*checked), f"The cell {problem}.")

    def _remark(self, text):
        if text not in self._remarks:
            self._remarks.append(text)

    def _suspicions(self):
        """What a teacher should look at: mentions of the checker's solutions, and copies of them."""
        for place, (_, source) in enumerate(self.submission.cells, start=1):
            lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
            if source not in self._course and (match := _SOLUTION.search("\n".join(lines))):
                yield f"look at code cell {place}, which says {match[0].strip('.(')}"
                break
        sources = "\n".join(source for _, source in self.submission.cells)
        known = {name: each["solution"] for name, each in self._exercises.items() if each}
        copied = [name for name, code in known.items() if code.count("\n") > 2 and code in sources]
        if len(copied) > 1:
            yield f"word for word the course's solutions: {', '.join(copied)}"


def _error(message):
    return {"status": str(Status.ERROR), "mistake": "", "message": message, "share": 0.0}
