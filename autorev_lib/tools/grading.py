"""Marking handed-in notebooks: each in a process of its own, with limits, and watched for tampering.

A student's code runs with the rights of whoever marks it. What is detected here are the ways in which a
notebook goes wrong or a mark is forged in a few lines; it is no sandbox for hostile programs.
"""

import contextlib
import enum
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from autorev_lib import chapters, errors, exercises

TIME_LIMIT = 300
"""Seconds that one notebook may take; a single cell may take a fifth of that."""
MAX_MODULE_BYTES = 2**20
MEMORY_LIMIT = 4.0
"""GiB that one notebook may use."""
_POLL_SECONDS = 0.1
_LOAD = re.compile(r"""\bload\(\s*["'](\w+)["']\s*[,)]""")
_EXERCISE = re.compile(r"""\bexercise\[\s*["'](\w+)["']\s*\]""")
_SOLUTION = re.compile(r"\b(solution_code|right_answer|autorev_exercises)\b|\.solution\(")
# What a program needs to start; not the teacher's tokens, nor where they were.
_ENVIRONMENT = re.compile(
    r"PATH|PYTHONPATH|KERAS_BACKEND|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEM\w*|WINDIR|\w*LIBRARY_PATH|CUDA\w*"
)
_MARKER = "AUTOREV_MARKING"


class Outcome(enum.StrEnum):
    """What became of a handed-in notebook."""

    MARKED = "marked"
    UNREADABLE = "unreadable"
    HUNG = "hung"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    TAMPERED = "tampered"


@dataclass
class Submission:
    """A handed-in file as it was found: read before any of them is run, since a notebook can change files."""

    file: str
    """Its path below the folder that is marked."""
    notebook: str = ""
    """Name of the chapter that it answers, or nothing if that is not known."""
    cells: list = field(default_factory=list)
    """Its code cells as pairs of id and source."""
    modules: dict = field(default_factory=dict)
    """Python files that lie beside it in the student's own folder: their content by name."""
    problem: str = ""
    """Why it cannot be marked, or nothing."""


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


def find_notebooks(folder):
    """Find the handed-in notebooks in a folder, and below it; of an nbgrader course only what was submitted.

    Returns:
        Their paths, sorted.

    Raises:
        AutorevError: There is no such folder, or no notebook in it.
    """
    place = place_of(folder)
    found = [
        path
        for path in place.rglob("*")
        if path.suffix.lower() == ".ipynb"
        and not {".ipynb_checkpoints", "__MACOSX"} & set(path.parts)
        and path.is_file()
    ]
    if not found:
        raise errors.AutorevError(
            f"folder: expected one with notebooks, received {place}",
            "name the folder of handed-in notebooks",
        )
    return sorted(found)


def find_others(folder):
    """Find the files in a folder, and below it, that are no notebooks, such as an archive of one; sorted."""
    place = place_of(folder)
    return sorted(
        path
        for path in place.rglob("*")
        if path.is_file()
        and path.suffix.lower() != ".ipynb"
        and not any(part.startswith((".", "__")) for part in path.relative_to(place).parts)
    )


def place_of(folder):
    """Where hand-ins lie: in the folder itself, or in what was submitted to an nbgrader course."""
    is_nbgrader = (Path(folder) / "nbgrader_config.py").exists()
    return Path(folder) / "submitted" if is_nbgrader else Path(folder)


def read(path, folder):
    """Read a handed-in notebook.

    Returns:
        The :class:`Submission`; one that cannot be read says why.
    """
    name = Path(path).relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
    submission = Submission(f"./{name}")  # begins with no sign that a spreadsheet runs
    try:
        submission.notebook, submission.cells = _chapter_of(path)
        if Path(path).parent != Path(folder):
            files = sorted(Path(path).parent.glob("*.py"))
            submission.modules = {
                f.name: f.read_bytes() for f in files if f.stat().st_size < MAX_MODULE_BYTES
            }
    except errors.AutorevError as error:
        submission.problem = error.problem
    except OSError as error:
        submission.problem = f"the file cannot be read: {error.strerror}"
    except json.JSONDecodeError as error:
        submission.problem = f"damaged: it stops being a notebook at line {error.lineno}"
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        submission.problem = "damaged: this is no notebook"
    return submission


def _chapter_of(path):
    """The name of the chapter that a notebook answers, and its cells.

    A notebook whose cell with "load" was deleted is known by the names of its exercises.
    """
    number, cells = read_cells(path)
    if number:
        with contextlib.suppress(errors.AutorevError):
            return chapters.find(number).name, cells
        raise errors.AutorevError(f"the course has no chapter {number}", "")
    asked = {match[1] for _, source in cells for match in _EXERCISE.finditer(source)}
    counts = {each.name: len(asked.intersection(exercises.names(each))) for each in chapters.all_chapters()}
    name = max(counts, key=counts.get)
    if not counts[name]:
        raise errors.AutorevError("no exercises of the course are in it", "")
    return name, cells


def mark(submission, time_limit=TIME_LIMIT, memory_limit=MEMORY_LIMIT):
    """Mark one notebook in a process of its own. Whatever it does, this returns.

    Returns:
        The :class:`Marks`. Exercises that were marked before a notebook hung or crashed keep their marks.
    """
    file, number, cells = submission.file, submission.notebook, submission.cells
    if submission.problem:
        return Marks(file, "", Outcome.UNREADABLE, submission.problem)
    with tempfile.TemporaryDirectory(prefix="autorev-", ignore_cleanup_errors=True) as work:
        nonce = secrets.token_hex(16)
        report = Path(work) / secrets.token_hex(8)
        beside = Path(work) / "beside"
        beside.mkdir()
        for name, content in submission.modules.items():
            (beside / name).write_bytes(content)
        job = {"number": number, "cells": cells, "nonce": nonce, "report": str(report), "beside": str(beside)}
        outcome, detail = _run_child(job, work, time_limit, memory_limit)
        lines = _read_report(report, nonce)
    verdicts = {line["exercise"]: line for line in lines if "exercise" in line}
    endings = [line for line in lines if "tampered" in line]
    if endings and endings[-1]["tampered"]:
        outcome, detail = Outcome.TAMPERED, endings[-1]["tampered"]
    elif outcome == Outcome.MARKED and not endings:
        outcome, detail = Outcome.CRASHED, "it ended before everything was marked"
    copied = next((line["copied"] for line in lines if line.get("copied")), [])
    remark = f"word for word the course's solutions: {', '.join(copied)}" if len(copied) > 1 else ""
    return Marks(file, number, outcome, detail or _suspicion(number, cells) or remark, verdicts)


def _suspicion(number, cells):
    """What a teacher should look at: own cells that mention the checker's solutions."""
    course = course_cells(number)
    for place, (_, source) in enumerate(cells, start=1):
        lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
        if source not in course and (match := _SOLUTION.search("\n".join(lines))):
            return f"look at code cell {place}, which says {match[0].strip('.(')}"
    return ""


def course_cells(number):
    """The sources of the code cells of the course's own notebook."""
    return {source for _, source in read_cells(chapters.find(number).path)[1]}


def read_cells(path):
    """The number or name of the chapter that a file answers, and the sources of its code cells by id."""
    cells = json.loads(Path(path).read_bytes())[
        "cells"
    ]  # json knows UTF-8, UTF-16 and UTF-32, with a mark too
    sources = []
    for cell in cells:
        if cell["cell_type"] == "code":
            source = cell["source"]
            sources.append((cell.get("id", ""), source if isinstance(source, str) else "".join(source)))
    numbers = [match[1] for _, source in sources for match in _LOAD.finditer(source)]
    return (numbers[0] if numbers else None), sources


def _run_child(job, work, time_limit, memory_limit):
    """Run the marking of one notebook in a child process, watched; returns the outcome and a detail."""
    import psutil

    job = job | {"cell_seconds": time_limit / 5}
    environment = {key: value for key, value in os.environ.items() if _ENVIRONMENT.fullmatch(key)}
    marker = secrets.token_hex(16)
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))  # matplotlib's fonts
    environment |= {"HOME": work, "USERPROFILE": work, "XDG_CACHE_HOME": cache, _MARKER: marker}
    environment |= {"MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as stdin:
        stdin.write(json.dumps(job).encode())
        stdin.seek(0)
        child = psutil.Popen(
            [sys.executable, "-m", "autorev_lib.tools.grading_child"],
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=work,
            env=environment,
        )
        started = time.monotonic()
        outcome, detail = Outcome.MARKED, ""
        try:
            while child.poll() is None:
                if time.monotonic() - started > time_limit:
                    outcome, detail = Outcome.HUNG, f"stopped after {time_limit} seconds"
                    break
                if _memory(child) > memory_limit * 2**30:
                    outcome, detail = Outcome.OUT_OF_MEMORY, f"stopped at {memory_limit} GiB"
                    break
                time.sleep(_POLL_SECONDS)
        finally:  # also after Ctrl+C
            _end(child, marker)
    if outcome == Outcome.MARKED and child.returncode != 0:
        outcome, detail = Outcome.CRASHED, f"its process ended with {child.returncode}"
    return outcome, detail


def _family(child):
    """A process and those it has started, as far as they can still be found."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return [child, *child.children(recursive=True)]
    return [child]


def _memory(child):
    import psutil

    total = 0
    for process in _family(child):
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def _end(child, marker):
    """Kill a process and all that it has started, also what it left behind: that inherits its marker."""
    import psutil

    for process in _family(child):
        with contextlib.suppress(psutil.Error):
            process.kill()
    child.wait()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(_MARKER) == marker:
                process.kill()


def _read_report(path, nonce):
    """The lines of a report that bear the right nonce."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    lines = []
    for line in text.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and entry.pop("nonce", None) == nonce:
            lines.append(entry)
    return lines
