"""The process in which one handed-in notebook is marked: it runs the student's code and grades the answers.

It takes a job as JSON from standard input, and writes one line of JSON for each verdict to the job's report.
"""

import ast
import builtins
import dis
import json
import linecache
import re
import sys
import types
from pathlib import Path

from autorev_lib import chapters
from autorev_lib.exercises.source import bound_names
from autorev_lib.tools.grading import read_cells

_READS_GLOBAL = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}


def _mark():
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
                    "share": verdict.share,
                }
            )
    write({"tampered": tampering})


def _course_cells(number):
    """The sources of the code cells of the course's notebook."""
    paths = [chapters.find(number).path]
    return {source for path in paths for _, source in read_cells(path)[1]}


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
        errors |= dict.fromkeys(bound_names(node), problem)
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
            if not chosen[index] and bound_names(node) & names:
                chosen[index] = changed = True
                names |= _mentioned(node)
    return [statement for statement, is_chosen in zip(statements, chosen, strict=True) if is_chosen]


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
    _mark()
