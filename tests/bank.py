"""Right and wrong answers that others wrote from the prompts alone, and what the checker says of each.

``answers/CHAPTER/EXERCISE.py`` holds them as cells of a notebook::

    # %% wrong: divides by N - 1 instead of N
    # told: relation
    def mean_absolute_error(y, prediction):
        return np.abs(prediction - y).sum() / (len(y) - 1)

Behind ``wrong:`` stands what is wrong with it, in the words of who wrote it, and behind ``told:`` what the
checker says: the name of the mistake, ``error`` if the answer raises, ``nothing`` if it is only refused.
``python tests/bank.py`` prints the table of all exercises, ``python tests/bank.py 04`` that of a chapter;
``--record`` writes anew what is told.

Training is left out here: where a check would train a network, the network is taken for a good one. What only
the training would tell is told as ``only training tells``.
"""

import ast
import contextlib
import functools
import io
import json
import re
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autorev_lib import chapters, devices, exercises
from autorev_lib.exercises.verdict import Status

FOLDER = Path(__file__).parent / "answers"
TRAINS_ITSELF = {"train_my_network": "each of its answers trains for many seconds"}
"""Exercises whose answers are kept, and tried by hand only, with the reason."""
WELL_TRAINED = {"build_slim": (0.99, 0.985), "small_and_good": 0.99}
"""What training gives where a check would train: as ``_train`` in the file of the exercises returns it."""
_COLUMNS = ("right", "refused", "wrong", "accepted", "named", "error", "unspecific")
_CELL = re.compile(r"^# %% (right|wrong): (.*)\n(?:# told: (.*)\n)?", flags=re.MULTILINE)


@dataclass
class Answer:
    """One answer, as a student would have it in the cell."""

    is_right: bool
    what: str
    """What is special about it, or wrong with it."""
    told: str
    """What the checker said of a wrong one when that was recorded."""
    code: str


def find(exercise):
    """The file with the answers to an exercise; there may be none."""
    return FOLDER / exercise.chapter / f"{exercise.name}.py"


def read(path):
    """The answers in a file, in its order."""
    kind, *cells = _CELL.split(path.read_text(encoding="utf-8"))
    assert not kind.strip(), f"{path}: expected it to begin with a cell, received {kind[:40]!r}"
    return [Answer(cells[i] == "right", *cells[i + 1 : i + 4]) for i in range(0, len(cells), 4)]


def write(path, answers):
    """Write answers as :func:`read` reads them."""
    cells = []
    for answer in answers:
        told = "" if answer.is_right else f"# told: {answer.told}\n"
        cells.append(f"# %% {'right' if answer.is_right else 'wrong'}: {answer.what}\n{told}{answer.code}")
    path.write_text("".join(cells), encoding="utf-8")


def judge(exercise, answer):
    """The checker's verdict on an answer, in a namespace with what the notebook imports and defines.

    Returns:
        The verdict, or None if the cell itself raises: then a student sees that and no verdict.
    """
    namespace = {"__name__": "__main__"}
    for code in _definitions(exercise.chapter):
        with contextlib.suppress(Exception):  # what needs the data of the notebook
            exec(code, namespace)
    for part in exercise.parts:
        namespace.pop(part, None)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(answer.code, f"<{answer.what}>", "exec"), namespace)
        except Exception:
            return None
        with _without_training(exercise):
            return exercise.grade(exercise.answer_in(namespace))


@contextlib.contextmanager
def _without_training(exercise):
    """Let a check that would train a network take it for a good one."""
    module = exercises.contents(exercise.chapter)
    train = getattr(module, "_train", None)
    if train:
        module._train = lambda *_: WELL_TRAINED[exercise.name]
    try:
        yield
    finally:
        if train:
            module._train = train


def told(exercise, verdict):
    """What a verdict tells of a wrong answer, as it is recorded."""
    if verdict is None:
        return "raises before it is checked"
    if verdict.status == Status.CORRECT:
        return "only training tells" if exercise.name in WELL_TRAINED else "accepted"
    if verdict.status == Status.NOT_ATTEMPTED:
        return "not attempted"
    return verdict.mistake or ("error" if verdict.status == Status.ERROR else "nothing")


@functools.cache
def _definitions(chapter):
    """Code of the statements of a notebook that import or define something, up to its exercises."""
    found = [compile("import math\nimport numpy as np", "<notebook>", "exec")]
    for cell in json.loads(chapters.find(chapter).path.read_text(encoding="utf-8"))["cells"]:
        if cell["id"] == "exercises":
            break
        with contextlib.suppress(SyntaxError):  # a command of the notebook
            for node in ast.parse("".join(cell["source"]) if cell["cell_type"] == "code" else "").body:
                if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef):
                    found.append(compile(ast.Module([node], []), "<notebook>", "exec"))
    return found


def main():
    devices.select_backend()
    print(f"| chapter | exercise | {' | '.join(_COLUMNS)} | seconds a verdict |")
    print(f"|:--|:--|{'--:|' * len(_COLUMNS)}--:|")
    total = Counter()
    for chapter in chapters.find_all([name for name in sys.argv[1:] if name != "--record"]):
        for exercise in exercises.load(chapter.name).values():
            if find(exercise).exists() and exercise.name not in TRAINS_ITSELF:
                count = _measure(exercise)
                print(_row(chapter.number, exercise.name, count), flush=True)
                total += count
    print(_row("", "all", total))


def _measure(exercise):
    answers, count = read(find(exercise)), Counter()
    for answer in answers:
        started = time.perf_counter()
        verdict = judge(exercise, answer)
        count["seconds"] += time.perf_counter() - started
        count["right" if answer.is_right else "wrong"] += 1
        if answer.is_right:
            count["refused"] += verdict is None or verdict.status != Status.CORRECT
        else:
            answer.told = told(exercise, verdict)
            known = {"accepted": "accepted", "error": "error", "nothing": "unspecific"}
            count[known.get(answer.told, "named")] += 1
    if "--record" in sys.argv:
        write(find(exercise), answers)
    return count


def _row(*names_and_count):
    *names, count = names_and_count
    numbers = [
        count[key] for key in ("right", "refused", "wrong", "accepted", "named", "error", "unspecific")
    ]
    seconds = count["seconds"] / max(count["right"] + count["wrong"], 1)
    return f"| {' | '.join(map(str, (*names, *numbers)))} | {seconds:.2f} |"


if __name__ == "__main__":
    main()
