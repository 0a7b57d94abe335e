"""The chapters of the course, and where their files lie.

A chapter is known by its name: exercises, progress and links are keyed by it. The number before it in the
file name only gives the order, so a chapter can be inserted or moved and nothing a student did is lost.
"""

import re
from pathlib import Path
from typing import NamedTuple

from autorev_lib.errors import REINSTALL, AutorevError

NEW_EDITION = "new_edition"
"""Begins the name of a new edition that lies beside a notebook which its owner has changed."""
_PACKAGE = Path(__file__).parent
NUMBER = r"\d\d[a-z]?"
"""What the number of a chapter looks like, as a regular expression."""
_FILE = re.compile(rf"({NUMBER})_(\w+)\.ipynb")
_OTHER_FILES = ("README.md", "matplotlibrc", "images/**/*")
# A chapter's name: the files it expects beside it, each with the name of the chapter that makes it.
_NEEDS = {"deployment": {"models/digits.keras": "cnn_mnist"}}


class Chapter(NamedTuple):
    """One notebook of the course. Chapters sort in the order of the course."""

    number: str
    """Such as ``"04"``, or ``"05b"`` where a chapter was divided; it may change in a new edition."""
    name: str
    """Such as ``"cnn_mnist"``; it never changes."""
    path: Path
    """The notebook."""

    @property
    def exercises(self):
        """The Python file with the chapter's exercises, which need not exist."""
        return self.path.parent / "exercises" / f"{self.name}.py"

    @property
    def needs(self):
        """The files it expects beside it: from their path to the name of the chapter that makes them."""
        return _NEEDS.get(self.name, {})


def folder():
    """Find the folder of the notebooks: in the installed package, or in the checkout."""
    return locate("notebooks")


def locate(name):
    """Find a file or folder that lies beside the package in a checkout, and inside it once installed."""
    places = (_PACKAGE / "_course" / name, _PACKAGE.parent / name)
    for place in places:
        if place.exists():
            return place
    raise AutorevError(f"the course's {name} is neither at {places[0]} nor at {places[1]}", REINSTALL)


def all_chapters():
    """List every :class:`Chapter` in the order of the course; raise AutorevError if there is none."""
    matches = [(_FILE.fullmatch(path.name), path) for path in folder().glob("*.ipynb")]
    found = sorted(Chapter(match[1], match[2], path) for match, path in matches if match)
    if not found:
        raise AutorevError(f"there is no notebook in {folder()}", REINSTALL)
    return found


def find(text):
    """Find a chapter by what people call it.

    Args:
        text: A name (``"cnn_mnist"``), a number (``"04"`` or ``"4"``), or a file name with or without
            ``.ipynb``.

    Returns:
        The :class:`Chapter`.

    Raises:
        AutorevError: No chapter is called that.
    """
    chapters = all_chapters()
    for chapter in chapters:
        called = (
            chapter.name,
            chapter.number,
            chapter.number.lstrip("0"),
            chapter.path.stem,
            chapter.path.name,
        )
        if text in called:
            return chapter
    known = ", ".join(chapter.path.stem for chapter in chapters)
    raise AutorevError(
        f"chapter: expected one of {known}, received {text!r}", "give a name from that list, or its number"
    )


def find_all(texts):
    """Find chapters as :func:`find` does; ``"all"`` stands for all of them. Each comes once, in order."""
    chapters = all_chapters()
    return sorted({each for text in texts for each in (chapters if text == "all" else [find(text)])})


def course_files():
    """List what a student's copy consists of: notebooks and pictures, as paths relative to :func:`folder`.

    The exercises' files are not among them: they hold the answers.
    """
    notebooks = [chapter.path for chapter in all_chapters()]
    others = [path for pattern in _OTHER_FILES for path in folder().glob(pattern) if path.is_file()]
    return sorted(path.relative_to(folder()) for path in (*notebooks, *others))


def read_file(path):
    """Read a file of the course.

    Args:
        path: Path relative to :func:`folder`.

    Returns:
        Its content as bytes.

    Raises:
        AutorevError: It cannot be read.
    """
    try:
        return (folder() / path).read_bytes()
    except OSError as error:
        raise AutorevError(f"the course's {path} cannot be read: {error.strerror}", REINSTALL) from error
