"""Marking handed-in notebooks: each in a process of its own, with limits, and watched for tampering.

A student's code runs with the rights of whoever marks it. What is detected here are the ways in which a
notebook goes wrong or a mark is forged in a few lines; it is no sandbox for hostile programs.
"""

import ast
import builtins
import contextlib
import csv
import dis
import enum
import io
import json
import linecache
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import types
from dataclasses import dataclass, field
from pathlib import Path

from autorev_lib import chapters, errors
from autorev_lib.tools import files

TIME_LIMIT = 300
"""Seconds that one notebook may take; a single cell may take a fifth of that."""
MEMORY_LIMIT = 4.0
"""GiB that one notebook may use."""
_POLL_SECONDS = 0.1
_LOAD = re.compile(r"""\bload\(\s*["'](\w+)["']\s*\)""")
_READS_GLOBAL = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
_COLUMNS = ("file", "notebook", "exercise", "outcome", "status", "mistake", "points", "message")


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
    """For each exercise its status, mistake and message, as strings."""

    @property
    def points(self):
        """How many exercises are solved; none where marks were forged."""
        solved = sum(verdict["status"] == "correct" for verdict in self.verdicts.values())
        return 0 if self.outcome == Outcome.TAMPERED else solved


def find_notebooks(folder):
    """Find the handed-in notebooks in a folder, and below it.

    Args:
        folder: The folder.

    Returns:
        Their paths, sorted.

    Raises:
        AutorevError: There is no such folder, or no notebook in it.
    """
    found = [path for path in Path(folder).rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    if not found:
        raise errors.AutorevError(
            f"folder: expected one with notebooks, received {folder}",
            "name the folder of handed-in notebooks",
        )
    return sorted(found)


def mark(path, folder, time_limit=TIME_LIMIT, memory_limit=MEMORY_LIMIT):
    """Mark one notebook in a process of its own. Whatever it does, this returns.

    Args:
        path: Path of the notebook.
        folder: Folder that the path is given relative to.
        time_limit: Seconds that it may take.
        memory_limit: GiB that it may use.

    Returns:
        The :class:`Marks`. Exercises that were marked before a notebook hung or crashed keep their marks.
    """
    file = f"./{Path(path).relative_to(folder).as_posix()}"  # begins with no sign that a spreadsheet runs
    try:
        number, cells = _read(path)
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


def write_csv(path, marks):
    """Write marks as a table with one row for each exercise.

    Args:
        path: File to write.
        marks: The :class:`Marks` of all notebooks.

    Raises:
        AutorevError: The file cannot be written.
    """
    from autorev_lib import exercises

    text = io.StringIO()
    table = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    table.writeheader()
    for each in marks:
        row = {"file": each.file, "notebook": each.notebook, "outcome": each.outcome, "points": 0}
        if not each.notebook:
            table.writerow(row | {"message": each.detail})
            continue
        for name in exercises.load(each.notebook):
            verdict = each.verdicts.get(name, {"status": "not_marked", "mistake": "", "message": each.detail})
            if each.outcome == Outcome.TAMPERED:
                verdict = {"status": "not_marked", "mistake": "", "message": each.detail}
            points = int(verdict["status"] == "correct")
            table.writerow(row | verdict | {"exercise": name, "points": points})
    files.replace_file(path, text.getvalue().encode())


def _read(path):
    """The number of the course's notebook that a file answers, and the sources of its code cells by id."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
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
            [sys.executable, "-m", "autorev_lib.tools.grading"],
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


def _mark_in_this_process():
    """The child: take a job from standard input, run the student's code, write one line for each verdict."""
    from autorev_lib import exercises
    from autorev_lib.exercises.verdict import Status, Verdict

    job = json.loads(sys.stdin.buffer.read())
    ours = exercises.load(job["number"])
    for exercise in ours.values():  # imports what the checks need, before the student's code can
        if exercise.seconds <= 5:
            exercise.grade(exercise.right_answer)
    untouched = _fingerprint()

    def write(line):
        with open(job["report"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps({"nonce": job["nonce"], **line}) + "\n")

    parts = {part for exercise in ours.values() for part in exercise.parts}
    course_cells = _course_cells(job["number"])
    namespace, errors = _run_cells(job["cells"], parts, course_cells, job["cell_seconds"])
    tampering = _tampering(untouched)
    for exercise in ours.values():
        if tampering:
            break
        answers = tuple(namespace.get(part) for part in exercise.parts)
        broken = next((errors[part] for part in exercise.parts if part in errors), None)
        if any(_is_ours(answer) for answer in answers):
            tampering = f"the answer to {exercise.name} is the checker's own"
        elif broken and answers[0] is None:
            verdict = Verdict(Status.ERROR, broken)
        else:
            verdict = exercise.grade(exercise.answer_in(namespace))
            tampering = _tampering(untouched)
        if not tampering:
            write(
                {
                    "exercise": exercise.name,
                    "status": str(verdict.status),
                    "mistake": verdict.mistake or "",
                    "message": verdict.message,
                }
            )
    write({"tampered": tampering})


def _course_cells(number):
    """The sources of the code cells of the course's notebook."""
    paths = [chapters.find(number).path]
    return {source for path in paths for _, source in _read(path)[1]}


def _run_cells(cells, parts, course_cells, cell_seconds):
    """Run the student's own cells, and of the course's the statements that those need.

    Returns:
        The namespace, and for each name that should have been defined by a cell that failed, the reason.
    """
    from IPython.core.inputtransformer2 import TransformerManager
    from IPython.display import display

    from autorev_lib.exercises.sandbox import TimeUp, guarded

    statements, errors = [], {}
    for index, (_, source) in enumerate(cells):
        name = f"<cell {index + 1}>"
        try:
            code = TransformerManager().transform_cell(source)
            tree = ast.parse(code, name)
        except SyntaxError as error:
            for part in parts:
                if re.search(rf"\b{part}\b", source):
                    errors[part] = (
                        f"The cell does not parse: `SyntaxError: {error.msg}`, line {error.lineno}."
                    )
            continue
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        is_own = source not in course_cells
        statements += [(name, node, is_own) for node in tree.body if not _is_service(node)]
    namespace = {"__name__": "__main__", "display": display}
    for name, node, _ in _needed(statements, set(parts)):
        try:
            with guarded(cell_seconds):
                exec(compile(ast.Module([node], []), name, "exec"), namespace)
        except TimeUp:
            problem = f"The cell was stopped after {cell_seconds:g} seconds."
        except BaseException as error:
            problem = f"The cell raised `{type(error).__name__}: {error}`."
        else:
            continue
        errors |= dict.fromkeys(_bound(node), problem)
    return namespace, errors


def _needed(statements, names):
    """The student's own statements, those that bind names which these mention, and so on, in their order."""
    chosen = [is_own for _, _, is_own in statements]
    for _, node, is_own in statements:
        names |= _mentioned(node) if is_own else set()
    changed = True
    while changed:
        changed = False
        for index, (_, node, _) in enumerate(statements):
            if not chosen[index] and _bound(node) & names:
                chosen[index] = changed = True
                names |= _mentioned(node)
    return [statement for statement, is_chosen in zip(statements, chosen, strict=True) if is_chosen]


def _bound(node):
    """The names that a statement defines at the top level, or assigns to in any way."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    for target in targets:  # x[0] = 1 and x.y = 1 change x
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value
        if isinstance(target, ast.Name):
            stored.add(target.id)
    return stored


def _mentioned(node):
    """The global names that a statement reads, also inside of the functions that it defines."""
    codes = [compile(ast.Module([node], []), "<statement>", "exec")]
    names = set()
    for code in codes:  # grows while it is walked
        names |= {step.argval for step in dis.get_instructions(code) if step.opname in _READS_GLOBAL}
        codes += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return names - set(vars(builtins))


def _is_service(node):
    """Whether a statement only checks an answer, shows progress, or is a command of the notebook."""
    if not isinstance(node, ast.Expr):
        return False
    text = ast.unparse(node)
    return text.startswith("exercise[") or text.startswith("exercise.") or "get_ipython()" in text


def _fingerprint():
    """What must stay as it is while a student's code runs: the checker, and what it computes with."""
    import numpy as np

    found = {f"builtins.{name}": id(value) for name, value in vars(builtins).items() if name != "_"}
    for name in ("asarray", "isclose", "array_equal", "isfinite", "max", "abs"):
        found[f"numpy.{name}"] = id(getattr(np, name))
    for name, module in list(sys.modules.items()):
        if name.startswith("autorev_lib") or name == "__main__":
            found[name] = id(module)
            for key, value in vars(module).items():
                found[f"{name}.{key}"] = _identity(value)
                if isinstance(value, type) and value.__module__.startswith("autorev_lib"):
                    found |= {f"{name}.{key}.{k}": _identity(v) for k, v in vars(value).items()}
    return found


def _identity(value):
    value = getattr(value, "fget", value)
    value = getattr(value, "__func__", value)
    code = getattr(value, "__code__", None)
    return (id(value), id(code), repr(getattr(value, "__defaults__", None)))


def _tampering(untouched):
    """Name what has been changed since the fingerprint was taken, or None."""
    now = _fingerprint()
    changed = [name for name, identity in untouched.items() if now.get(name) != identity]
    return f"{changed[0]} has been replaced" if changed else None


def _is_ours(answer):
    from autorev_lib import exercises

    code = getattr(answer, "__code__", None)
    ours = {Path(exercises.__file__).parent, chapters.locate("notebooks/exercises")}
    return code is not None and Path(code.co_filename).parent in ours


if __name__ == "__main__":
    _mark_in_this_process()
