"""What a chapter finds beside it: the course's files, and what another chapter makes for it."""

from pathlib import Path

from autorev_lib import chapters, errors
from autorev_lib.tools import executor, files

_products = {}
"""Files that a chapter made in this process and another needs: from their path to their content."""


def prepare(chapter, folder):
    """Put into a folder what a chapter finds beside it: the course's other files, and what it needs.

    A file that another chapter makes comes from its run in this process, or that chapter is run first.

    Raises:
        AutorevError: The folder cannot be written, or the other chapter does not make the file.
    """
    folder = Path(folder)
    for path in chapters.course_files():
        files.write_new(folder / path, chapters.read_file(path))
    for name, maker in chapter.needs.items():
        if name not in _products:
            _make(chapters.find(maker))
        files.write_new(folder / name, _products[name])


def collect_products(chapter, folder):
    """Keep what a chapter made in its folder and another one needs, for the rest of this process."""
    for other in chapters.all_chapters():
        for name, maker in other.needs.items():
            if maker == chapter.name and (Path(folder) / name).is_file():
                _products[name] = (Path(folder) / name).read_bytes()


def made_by():
    """From the file name of each chapter that needs another's product to the path of that other notebook."""
    return {
        chapter.path.name: f"notebooks/{chapters.find(maker).path.name}"
        for chapter in chapters.all_chapters()
        for maker in chapter.needs.values()
    }


def _make(chapter):
    notebook = executor.parse(chapter.path, chapters.read_file(chapter.path.name))
    numbered = executor.clear(notebook)
    with executor.temporary_folder() as folder:
        prepare(chapter, folder)
        error, _ = executor.execute(notebook, numbered, folder, lambda done: None)
        collect_products(chapter, folder)
    missing = [
        name
        for other in chapters.all_chapters()
        for name, maker in other.needs.items()
        if maker == chapter.name and name not in _products
    ]
    if missing:
        reason = error or "it ran, but without that"
        raise errors.AutorevError(
            f"{chapter.path.stem} did not make {missing[0]}: {reason}", f"autorev run {chapter.number}"
        )
