"""What marking does inside of a student's kernel. The source of this file is sent there and run with a job.

The student's own checker shows nothing, gives no solutions away and keeps nothing. Marks come from another
one, loaded from its files for each answer, which the student's code does not find where modules are found.
"""

import builtins
import importlib
import inspect
import json
import sys
import types
from pathlib import Path
from zlib import crc32

import numpy as np
from IPython import get_ipython

_INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")
_COMPUTES = ("asarray", "isclose", "array_equal", "isfinite", "max", "abs")
_WRAPPED = ("__wrapped__", "__func__", "func")
_MOST_WRAPPINGS = 9
_CHECKER = ("autorev_lib.exercises", "autorev_exercises")


def report(job):
    """Do a job and write what it gives to the job's file, with the job's nonce."""
    answer = {"prepare": _prepare, "grade": _grade}[job["do"]](job)
    with open(job["report"], "x", encoding="utf-8") as stream:
        json.dump({"nonce": job["nonce"], **answer}, stream)


def _prepare(job):
    """Make a kernel ready for a student's cells.

    Returns:
        What is known of the exercises, and the fingerprint of what must stay as it is.
    """
    from autorev_lib import exercises

    sys.path.append(job["beside"])  # last, so that no file of theirs stands for one of ours
    ours = exercises.load(job["chapter"])
    known = {
        name: {"parts": each.parts, "seconds": each.seconds, "solution": each.solution_code}
        for name, each in ours.items()
    }
    _silence(ours)
    shell = get_ipython()
    shell.user_ns.update(exercise=ours, np=np)  # as in a notebook whose cells were run
    shell.ask_exit = lambda: None  # `exit()` would end the kernel under the next cell
    for name in _INSTALLERS:
        shell.register_magic_function(lambda line: None, "line", name)
    return {"exercises": known, "fingerprint": _fingerprint(sys.modules)}


def _grade(job):
    """Judge one answer as it is now.

    Returns:
        The verdict, the fingerprint before the answer was tried, and a sign of tampering, if any.
    """
    shell, fingerprint = get_ipython(), _fingerprint(sys.modules)
    exercise, checker = _fresh_checker(job["chapter"], job["exercise"])
    given = getattr(shell, "given_to_check", {}).pop(exercise.name, ())
    values = tuple(shell.user_ns.get(part) for part in exercise.parts)
    if len(given) == len(values) and (job["at_check"] or all(value is None for value in values)):
        values = given
    if any(_is_ours(value) for value in values):
        return {"fingerprint": fingerprint, "tampered": f"the answer to {exercise.name} is the checker's own"}
    if job["problem"] and values[0] is None:
        found = {"status": "error", "mistake": "", "message": job["problem"], "share": 0.0}
        return {"fingerprint": fingerprint, "verdict": found, "tampered": None}
    modules = {**sys.modules, **checker}
    before = _fingerprint(modules)
    verdict = exercise.grade(values[0] if len(values) == 1 else values)
    after = _fingerprint(modules)
    replaced = next((name for name in before if after.get(name) != before[name]), None)
    found = {
        "status": str(verdict.status),
        "mistake": verdict.mistake or "",
        "message": verdict.message,
        "share": verdict.share,
    }
    tampered = f"{replaced} has been replaced" if replaced else None
    return {"fingerprint": fingerprint, "verdict": found, "tampered": tampered}


def _silence(ours):
    """Let the student's own checker do nothing but remember what it was given."""
    from autorev_lib.exercises.exercise import Exercise

    given = get_ipython().given_to_check = {}

    def check(self, *answer):
        given[self.name] = answer

    Exercise.check = check
    Exercise.hint = Exercise.solution = type(ours).progress = lambda self: None
    for each in ours.values():
        kind = type(each)
        is_function = inspect.isroutine(each.right_answer) or inspect.isclass(each.right_answer)
        kind.right_answer = staticmethod(_withheld) if is_function else property(_withheld)
        kind.solution_code = property(_withheld)
        kind.right = kind.options = {}


def _withheld(*arguments, **options):
    raise RuntimeError("while a notebook is marked, it gets no solutions")


def _fresh_checker(chapter, name):
    """An exercise of a checker that no cell has seen, and that checker's modules under other names."""
    theirs = {module: sys.modules[module] for module in list(sys.modules) if module.startswith(_CHECKER)}
    for module in theirs:
        del sys.modules[module]
    try:
        exercise = importlib.import_module(_CHECKER[0]).load(chapter)[name]
        for mistake in exercise.mistakes:  # what is made of its source, is made while its module is found
            exercise.wrong_answer(mistake)
        fresh = {f"fresh {m}": sys.modules[m] for m in list(sys.modules) if m.startswith(_CHECKER)}
    finally:
        for module in [module for module in sys.modules if module.startswith(_CHECKER)]:
            del sys.modules[module]
        sys.modules.update(theirs)
        sys.modules["autorev_lib"].exercises = theirs[_CHECKER[0]]
    return exercise, fresh


def _is_ours(answer):
    """Whether an answer is the checker's, also as a method, wrapped, or with some arguments filled in."""
    from autorev_lib import chapters

    ours = {Path(chapters.__file__).parent / "exercises", chapters.locate("notebooks/exercises")}
    own_file = _withheld.__code__.co_filename
    for _ in range(_MOST_WRAPPINGS):
        inner = next((getattr(answer, name) for name in _WRAPPED if hasattr(answer, name)), None)
        code = getattr(answer, "__code__", None)
        if isinstance(code, types.CodeType) and (
            code.co_filename == own_file or ours & set(Path(code.co_filename).parents)
        ):
            return True
        answer = inner
    return False


def _fingerprint(modules):
    """What must stay as it is while a student's code runs: the checker, and what it computes with."""
    found = {f"builtins.{name}": _identity(value) for name, value in vars(builtins).items() if name != "_"}
    found |= {f"numpy.{name}": id(getattr(np, name)) for name in _COMPUTES}
    for name, module in list(modules.items()):
        if name.removeprefix("fresh ").startswith(("autorev_lib", "autorev_exercises")):
            found[name] = id(module)
            for key, value in list(vars(module).items()):
                found[f"{name}.{key}"] = _identity(value)
                if isinstance(value, type) and str(value.__module__).startswith("autorev_lib"):
                    found |= {f"{name}.{key}.{k}": _identity(v) for k, v in vars(value).items()}
    return found


def _identity(value):
    value = getattr(value, "fget", value)
    value = getattr(value, "__func__", value)
    code = getattr(value, "__code__", None)
    return f"{id(value)} {id(code)} {crc32(repr(getattr(value, '__defaults__', None)).encode())}"
