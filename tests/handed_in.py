"""A made-up class of notebook 01: right and wrong answers, and everything else that is handed in.

python tests/handed_in.py FOLDER    writes a class of 30
"""

import random
import sys
import textwrap
from pathlib import Path

import nbformat

from autorev_lib import chapters, exercises
from autorev_lib.exercises.source import edited_source, source_of

HANGS = "while True:\n    pass"
CATCHES_ALL = (
    "import time\n\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass"
)
CRASHES = textwrap.dedent("""
    def gradient_many(X, y, weights, bias):
        import ctypes

        return ctypes.string_at(0)""").strip()
SOLVED = textwrap.dedent("""
    def mean_absolute_error(y, prediction):
        return np.mean(np.abs(y - prediction))""").strip()
QUITS = "import os\n\nos._exit(0)"
EATS_MEMORY = "eaten = []\nwhile True:\n    eaten.append(b'x' * 2**28)"
REPLACES_GRADE = textwrap.dedent("""
    from autorev_lib.exercises.exercise import Exercise
    from autorev_lib.exercises.verdict import Status, Verdict

    def grade(self, answer):
        return Verdict(Status.CORRECT, "")

    Exercise.grade = grade""").strip()
REPLACES_COMPARISON = textwrap.dedent("""
    from autorev_lib.exercises.kinds import function

    function.difference = lambda received, wanted: None""").strip()
REPLACES_NUMPY = "import numpy as np\n\nnp.isclose = lambda *arguments, **options: np.ones(())"
REPLACES_BUILTIN = "import builtins\n\nbuiltins.all = lambda values: True"
REPLACES_WHILE_CHECKED = textwrap.dedent("""
    def mean_absolute_error(y, prediction):
        from autorev_lib.exercises.kinds import function

        function._problems = lambda observed, wanted: []
        return 0.0""").strip()
BORROWS_THE_SOLUTION = 'mean_absolute_error = exercise["mean_absolute_error"].right_answer'
DOES_NOT_PARSE = "def mean_absolute_error(y, prediction)\n    return 0.0"


def blank():
    """The untouched notebook 01."""
    path = chapters.find("01").path
    return nbformat.read(path, as_version=4)


def answered(answers):
    """Notebook 01 with the code of some stubs replaced.

    Args:
        answers: Code by the name of its exercise.
    """
    notebook = blank()
    for name, code in answers.items():
        exercise = exercises.load("01")[name]
        cell = next(cell for cell in notebook.cells if cell.id == f"exercise-{exercise.number}-stub")
        cell.source = f"{code}\n\n\n{exercise.check_line}"
    return notebook


def solved():
    """Notebook 01 with every exercise solved."""
    return answered({name: exercise.solution_code for name, exercise in exercises.load("01").items()})


def with_cell(notebook, source):
    """The same notebook with a cell of the student's own before the exercises."""
    position = next(i for i, cell in enumerate(notebook.cells) if cell.id == "exercises-load")
    notebook.cells.insert(position, nbformat.v4.new_code_cell(source))
    return notebook


def write(path, notebook):
    """Write a notebook, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def write_class(folder, seed=1):
    """Write a class of 30: twenty with a mixture of answers, ten with something else.

    Returns:
        For each file name the outcome that marking it must have.
    """
    rng = random.Random(seed)
    expected = {}
    ours = exercises.load("01")
    functions = [exercise for exercise in ours.values() if exercise.stub.startswith("def ")]
    for number in range(20):
        answers = {}
        for exercise in functions:
            match rng.randrange(4):
                case 0:
                    continue
                case 1:
                    name = rng.choice(list(exercise.mistakes))
                    answers[exercise.name] = wrong_code(exercise, name)
                case _:
                    answers[exercise.name] = exercise.solution_code
        file = f"student_{number + 1:02d}/01_linear_regression.ipynb"
        write(Path(folder) / file, answered(answers))
        expected[file] = "marked"
    special = {
        "hangs": (with_cell(solved(), HANGS), "marked"),
        "catches_all": (with_cell(solved(), CATCHES_ALL), "marked"),
        "crashes": (answered({"mean_absolute_error": SOLVED, "gradient_many": CRASHES}), "crashed"),
        "quits": (answered({"steps_needed": QUITS}), "crashed"),
        "eats_memory": (answered({"gradient_many": EATS_MEMORY}), "out of memory"),
        "replaces_grade": (with_cell(blank(), REPLACES_GRADE), "tampered"),
        "replaces_while_checked": (answered({"mean_absolute_error": REPLACES_WHILE_CHECKED}), "tampered"),
        "borrows": (answered({"mean_absolute_error": BORROWS_THE_SOLUTION}), "tampered"),
        "does_not_parse": (answered({"mean_absolute_error": DOES_NOT_PARSE}), "marked"),
    }
    for name, (notebook, outcome) in special.items():
        file = f"student_{name}/01_linear_regression.ipynb"
        write(Path(folder) / file, notebook)
        expected[file] = outcome
    broken = Path(folder) / "student_broken/01_linear_regression.ipynb"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text('{"cells": [', encoding="utf-8")
    return expected | {"student_broken/01_linear_regression.ipynb": "unreadable"}


def wrong_code(exercise, name):
    """The code of a typical mistake, under the name that the exercise asks for."""
    example = exercise.mistakes[name]
    if example.edits:
        return edited_source(exercise.right_answer, example.edits)
    return source_of(example.answer).replace(f"def {name}(", f"def {exercise.parts[0]}(", 1)


if __name__ == "__main__":
    for file, outcome in write_class(sys.argv[1]).items():
        print(outcome, file)
