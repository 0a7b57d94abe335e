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

from autorev_lib import chapters, errors

TIME_LIMIT = 300
"""Seconds that one notebook may take; a single cell may take a fifth of that."""
MEMORY_LIMIT = 4.0
"""GiB that one notebook may use."""
_POLL_SECONDS = 0.1
_LOAD = re.compile(r"""\bload\(\s*["'](\w+)["']\s*[,)]""")


class Outcome(enum.StrEnum):
    """What became of a handed-in notebook."""

    MARKED = "marked"
    UNREADABLE = "unreadable"
    HUNG = "hung"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    TAMPERED = "tampered"


@dataclass
class Marks:
    """The marks of one handed-in notebook."""

    file: str
    """Its path below the folder that was marked."""
    notebook: str
    """Number of the notebook of the course, or nothing if it is none."""
    outcome: Outcome
    detail: str = ""
    """Why it could not be marked."""
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
    folder = Path(folder)
    place = folder / "submitted" if (folder / "nbgrader_config.py").exists() else folder
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


def mark(path, folder, time_limit=TIME_LIMIT, memory_limit=MEMORY_LIMIT):
    """Mark one notebook in a process of its own. Whatever it does, this returns.

    Returns:
        The :class:`Marks`. Exercises that were marked before a notebook hung or crashed keep their marks.
    """
    name = Path(path).relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
    file = f"./{name}"  # begins with no sign that a spreadsheet runs
    try:
        number, cells = read_cells(path)
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        return Marks(file, "", Outcome.UNREADABLE, f"no readable notebook ({type(error).__name__})")
    try:
        number = number and chapters.find(number).name
    except errors.AutorevError:
        return Marks(file, "", Outcome.UNREADABLE, f"the course has no chapter {number}")
    if number is None:
        return Marks(file, "", Outcome.UNREADABLE, "no exercises of the course are loaded in it")
    with tempfile.TemporaryDirectory(prefix="autorev-", ignore_cleanup_errors=True) as work:
        nonce = secrets.token_hex(16)
        report = Path(work) / secrets.token_hex(8)
        outcome, detail = _run_child(number, cells, nonce, report, work, time_limit, memory_limit)
        lines = _read_report(report, nonce)
    verdicts = {line["exercise"]: line for line in lines if "exercise" in line}
    endings = [line for line in lines if "tampered" in line]
    if endings and endings[-1]["tampered"]:
        outcome, detail = Outcome.TAMPERED, endings[-1]["tampered"]
    elif outcome == Outcome.MARKED and not endings:
        outcome, detail = Outcome.CRASHED, "it ended before everything was marked"
    return Marks(file, number, outcome, detail, verdicts)


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


def _run_child(number, cells, nonce, report, work, time_limit, memory_limit):
    """Run the marking of one notebook in a child process, watched; returns the outcome and a detail."""
    import psutil

    job = {
        "number": number,
        "cells": cells,
        "nonce": nonce,
        "report": str(report),
        "cell_seconds": time_limit / 5,
    }
    quiet = {"MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1"}
    environment = os.environ | quiet
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
        while child.poll() is None:
            if time.monotonic() - started > time_limit:
                outcome, detail = Outcome.HUNG, f"stopped after {time_limit} seconds"
                break
            if _memory(child) > memory_limit * 2**30:
                outcome, detail = Outcome.OUT_OF_MEMORY, f"stopped at {memory_limit} GiB"
                break
            time.sleep(_POLL_SECONDS)
        _end(child)
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


def _end(child):
    import psutil

    for process in _family(child):
        with contextlib.suppress(psutil.Error):
            process.kill()
    child.wait()


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
