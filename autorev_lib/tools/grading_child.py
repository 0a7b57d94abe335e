"""The process in which one handed-in notebook is marked: it runs the student's code and grades the answers.

It takes a job as JSON from standard input, and writes one line of JSON for each verdict to the job's report.
"""

import ast
import asyncio
import builtins
import dis
import inspect
import json
import linecache
import os
import re
import sys
import types
from pathlib import Path

from autorev_lib import chapters
from autorev_lib.exercises.source import bound_names
from autorev_lib.tools.grading import course_cells

_CELL_MAGICS = re.compile(r"\A(\s*%%(time|timeit|capture)\b[^\n]*\n)+")
_CHECK = re.compile(r"exercise\['(\w+)'\]\.check\(")
_READS_GLOBAL = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}


def _mark():
    from autorev_lib import exercises
    from autorev_lib.exercises.verdict import Status, Verdict

    job = json.loads(sys.stdin.buffer.read())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # so that nobody reads the job again
    ours = exercises.load(job["number"])
    for exercise in ours.values():  # imports what the checks need, before the student's code can
        if exercise.seconds <= 5:
            exercise.grade(exercise.right_answer)
    untouched = _fingerprint()

    def write(line):
        with open(job["report"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps({"nonce": job["nonce"], **line}) + "\n")

    graded = {}

    def grade(name, namespace, errors):
        """Judge one answer as it is now; what is wrong with the checker itself ends the marking."""
        exercise = ours.get(name)
        if exercise is None:  # of another chapter, or there is none of that name
            return
        answers = tuple(namespace.get(part) for part in exercise.parts)
        broken = next((errors[part] for part in exercise.parts if part in errors), None)
        if tampering := _tampering(untouched):
            raise _TamperedError(tampering)
        if any(_is_ours(answer) for answer in answers):
            raise _TamperedError(f"the answer to {name} is the checker's own")
        if broken and answers[0] is None:
            verdict = Verdict(Status.ERROR, broken)
        else:
            verdict = exercise.grade(exercise.answer_in(namespace))
            if tampering := _tampering(untouched):
                raise _TamperedError(tampering)
        graded[name] = verdict.status
        write(
            {
                "exercise": name,
                "status": str(verdict.status),
                "mistake": verdict.mistake or "",
                "message": verdict.message,
                "share": verdict.share,
            }
        )

    sys.path.append(job["beside"])  # last, so that no file of theirs stands for one of ours
    parts = {part for exercise in ours.values() for part in exercise.parts}
    long = {name: each.solution_code for name, each in ours.items() if each.solution_code.count("\n") > 2}
    sources = "\n".join(source for _, source in job["cells"])
    write({"copied": [name for name, code in long.items() if code in sources]})
    try:
        namespace, errors = _run_cells(job, parts, grade)
        for name in ours:  # also where the check was deleted, or stood above the answer or what it needs
            if graded.get(name) in (None, Status.NOT_ATTEMPTED, Status.ERROR):
                grade(name, namespace, errors)
    except _TamperedError as tampering:
        write({"tampered": str(tampering)})
    else:
        write({"tampered": _tampering(untouched)})


class _TamperedError(Exception):
    """The checker is not what it was."""


def _run_cells(job, parts, grade):
    """Run the student's own cells, and of the course's the statements that those need.

    Where a cell checks an answer, it is graded as it is there: a name may mean something else further down.

    Returns:
        The namespace, and for each name that should have been defined by a cell that failed, the reason.
    """
    import numpy as np
    from IPython.display import display

    from autorev_lib.exercises.sandbox import TimeUp, guarded

    course = course_cells(job["number"])
    statements, errors = [], {}
    for index, (_, source) in enumerate(job["cells"]):
        name = f"<cell {index + 1}>"
        try:
            nodes = _parsed(source, name)
        except SyntaxError as error:
            for part in parts:
                if re.search(rf"\b{part}\b", source):
                    errors[part] = (
                        f"The cell does not parse: `SyntaxError: {error.msg}`, line {error.lineno}."
                    )
            continue
        statements += [(name, node, source not in course) for node in nodes]
    namespace = {"__name__": "__main__", "display": display, "np": np}  # as `load` sees to it in a notebook
    for name, node, _ in _needed(statements, set(parts)):
        if exercise := _checked(node):
            grade(exercise, namespace, errors)
            continue
        try:
            with guarded(job["cell_seconds"]):
                result = eval(_compiled(node, name), namespace)
                if inspect.iscoroutine(result):
                    asyncio.run(result)
        except TimeUp:
            problem = f"The cell was stopped after {job['cell_seconds']:g} seconds."
        except BaseException as error:
            problem = f"The cell raised `{type(error).__name__}: {error}`."
        else:
            continue
        errors |= dict.fromkeys(bound_names(node), problem)
    return namespace, errors


def _parsed(source, name):
    """The statements of a cell, without what only shows something and without magics around it.

    Raises:
        SyntaxError: It would not run in a notebook either.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    code = TransformerManager().transform_cell(_CELL_MAGICS.sub("", source))
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    nodes = [node for node in ast.parse(code, name).body if _checked(node) or not _is_service(node)]
    for node in nodes:
        _compiled(node, name)
    return nodes


def _compiled(node, name):
    """Code of a statement; as in a notebook, it may wait for something at the top level."""
    return compile(ast.Module([node], []), name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _checked(node):
    """The name of the exercise that a statement checks, or None."""
    match = _CHECK.match(ast.unparse(node)) if isinstance(node, ast.Expr) else None
    return match[1] if match else None


def _needed(statements, names):
    """The student's own statements, those that bind names which these mention, and so on, in their order."""
    chosen = [is_own or bool(_checked(node)) for _, node, is_own in statements]
    for _, node, is_own in statements:
        names |= _mentioned(node) if is_own and not _checked(node) else set()
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
    codes = [_compiled(node, "<statement>")]
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
