"""Begin a chapter: a notebook that passes the lint, a file for its exercises, and what is missing."""

import re

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import files, running

TODO = "TODO"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_INSTALL = """import sys

if "google.colab" in sys.modules:
    %pip install --quiet "autorev-lib @ git+{repository}"

from autorev_lib import devices

devices.select_backend()  # before Keras is imported: it looks only once"""
_IMPORTS = """import matplotlib.pyplot as plt

from autorev_lib.claims import Claims
from autorev_lib.training import set_seed

plt.style.use("autorev_lib.course")
set_seed({seed})
claims = Claims()"""
_TITLE = """# {number} · TODO

**At the end** you have TODO.

[Open this notebook in Google Colab]({colab})

**Takes** about TODO hours with the exercises. **Run time** about 60 seconds on two CPU cores. \
**Builds on** TODO.

**You can**, when you are through,
- TODO;
- TODO;
- TODO."""
_SET_UP = """## Set-up

Run this first. On Google Colab it installs the course's small library and leaves Colab's own packages \
alone."""
_CLAIM = """claims.identity("Two and two make four.", 2 + 2 == 4)  # TODO: the chapter's own"""
_EXERCISES = '''"""The exercises of notebook {number}, TODO."""

from autorev_lib.exercises.kinds import FunctionExercise, mistake, reference


class Double(FunctionExercise):
    title = "Warm-up: TODO"
    prompt = """
TODO: return twice the number.
"""
    hints = ("TODO", "TODO: one more.")
    why = "TODO"
    further = "TODO"

    @reference
    def double(number):
        """Return twice the number."""
        return 2 * number

    def cases(self, rng):
        yield (3.0,)
        yield (-0.5,)

    squares = mistake("TODO: that is the square.", {{"2 * number": "number**2"}})
'''
REST = (
    "Exercises called Predict before you run, Find the bug, Find what is wrong, and Open; six in all.",
    "Other answers to them, in tests/exercise_answers/{name}.py and tests/answers/{name}/.",
    "What runs for a solved notebook, in tests/test_marking_plan.py.",
    "Findings with rivals: autorev claims {number} --seeds 10 --sabotage tries them.",
    "A row in the README (python docs/chapter_table.py) and in CHANGELOG.md.",
)


def create(number, name, on_cell):
    """Write a chapter's notebook and the file of its exercises, and run the notebook once.

    Args:
        number: Such as ``"06"``.
        name: Such as ``"optimisers"``; it never changes again.
        on_cell: As :func:`autorev_lib.tools.running.run_notebooks` takes it.

    Returns:
        The :class:`~autorev_lib.chapters.Chapter`, and what is missing: a list of sentences.

    Raises:
        AutorevError: The number or the name is taken or cannot be one, or this is no checkout of the course.
    """
    _check(number, name)
    folder = chapters.folder()
    chapter = chapters.Chapter(number, name, folder / f"{number}_{name}.ipynb")
    if chapter.exercises.exists():
        raise AutorevError(f"{chapter.exercises} is there already, and stays", "choose another name")
    running.check_ready(update=True)
    files.write_new(chapter.exercises, _EXERCISES.format(number=number).encode())
    files.write_new(chapter.path, _notebook(chapter))
    for run in running.run_notebooks([chapter], on_cell, update=True):
        if run.error:
            raise AutorevError(f"{chapter.path.name}: {run.error}", "put it right, then autorev run --update")
    return chapter, missing(chapter)


def missing(chapter):
    """Say what a new chapter still lacks: its places marked TODO, and what stands elsewhere."""
    places = sum(path.read_text(encoding="utf-8").count(TODO) for path in (chapter.path, chapter.exercises))
    found = [f"{places} places marked {TODO} in {chapter.path.name} and {chapter.exercises.name}."]
    return found + [text.format(name=chapter.name, number=chapter.number) for text in REST]


def _check(number, name):
    if not re.fullmatch(chapters.NUMBER, number):
        raise AutorevError(f"number: expected two digits, as 06, received {number!r}", "write it so")
    if not _NAME.fullmatch(name):
        raise AutorevError(
            f"name: expected small letters, digits and underscores, received {name!r}", "write it so"
        )
    for chapter in chapters.all_chapters():
        if number == chapter.number or name == chapter.name:
            raise AutorevError(f"there is a chapter {chapter.path.stem}", "choose another number and name")
    if not (chapters.folder().parent / "pyproject.toml").is_file():
        raise AutorevError(
            "a chapter is added to a checkout of the course, and this is an installed one",
            "git clone the repository, make setup, and run it there",
        )


def _notebook(chapter):
    from nbformat import v4, writes

    from autorev_lib.tools.notebook_rules import colab_address, repository

    text, code = v4.new_markdown_cell, v4.new_code_cell
    title = _TITLE.format(number=chapter.number, colab=colab_address(chapter.path.name))
    cells = [
        text(title, id="title"),
        text(_SET_UP, id="set-up"),
        code(_INSTALL.format(repository=repository()), id="install"),
        code(_IMPORTS.format(seed=int(chapter.number[:2])), id="imports"),
        text("## The question\n\nTODO", id="question"),
        code(_CLAIM, id="question-claim"),
        text("## Exercises", id="exercises"),
        text(
            "## What you have seen\n\nTODO\n\nThe claims of this notebook, each checked in this run:",
            id="seen",
        ),
        code("claims", id="seen-claims"),
        text("## In your own words\n\nTODO", id="own-words"),
        text("## Symbols\n\nTODO", id="symbols"),
        text("## Where next\n\nTODO", id="next"),
        text("## Sources\n\n- TODO", id="sources"),
    ]
    return f"{writes(v4.new_notebook(cells=cells))}\n".encode()
