"""Which exercises are solved: a small SQLite file beside the notebooks, safe when two of them run at once.

Exercises are known by the name of their chapter, which never changes. The first edition knew them by its
number; its files are carried over when they are opened.
"""

import contextlib
import os
import sqlite3
from pathlib import Path

from autorev_lib.errors import AutorevError

FILE = ".autorev-progress.sqlite3"
_FORMAT = 1
_FIRST_EDITION = {
    "01": "linear_regression",
    "02": "multilayer_perceptron",
    "03": "backprop_by_hand",
    "04": "cnn_mnist",
    "05": "deployment",
}
_TABLE = """
CREATE TABLE IF NOT EXISTS progress (
    notebook TEXT, exercise TEXT, attempts INTEGER, is_solved INTEGER, PRIMARY KEY (notebook, exercise)
)"""
_ADD = """
INSERT INTO progress VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
SET attempts = attempts + excluded.attempts * (is_solved = 0),
    is_solved = MAX(is_solved, excluded.is_solved)"""


class ProgressError(AutorevError):
    """Progress cannot be kept or read."""


def own_folder():
    """Find the folder of the notebook that this runs in, also after ``%cd``: where its kernel was started."""
    with contextlib.suppress(ImportError, NameError):
        from IPython import get_ipython

        return Path(get_ipython().starting_dir) if get_ipython() else Path.cwd()
    return Path.cwd()


def record(chapter, exercise, is_solved, folder=None):
    """Count an attempt. What was solved once stays solved, and attempts after that are not counted.

    Args:
        chapter: Its name, such as ``"linear_regression"``.
        exercise: Name of the exercise.
        is_solved: Whether the attempt was correct.
        folder: Where the notebooks are; None for :func:`own_folder`.

    Raises:
        ProgressError: The file cannot be written.
    """
    with _opened(Path(folder or own_folder()) / FILE) as connection:
        connection.execute(_ADD, (chapter, exercise, 1, int(is_solved)))


def read(folder=None):
    """Read what is solved and what was tried.

    Args:
        folder: Where the notebooks are; None for :func:`own_folder`.

    Returns:
        A dictionary from (chapter, exercise) to (number of attempts, is solved). Empty without a file.

    Raises:
        ProgressError: There is no such folder, or the file cannot be read.
    """
    folder = Path(folder or own_folder())
    if not folder.is_dir():
        raise ProgressError(f"folder: expected one with notebooks, received {folder}", "name your folder")
    if not (folder / FILE).exists():
        return {}
    with _opened(folder / FILE) as connection:
        rows = connection.execute("SELECT notebook, exercise, attempts, is_solved FROM progress").fetchall()
    return {(chapter, exercise): (attempts, bool(solved)) for chapter, exercise, attempts, solved in rows}


@contextlib.contextmanager
def _opened(path):
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE" if os.access(path, os.W_OK) else "BEGIN")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found > _FORMAT:
                raise ProgressError(f"{path} was written by a newer autorev", "update autorev, or delete it")
            if found < _FORMAT:
                _carry_over(connection)
            yield connection
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        cure = "close what uses the file, or delete it"
        raise ProgressError(f"progress cannot be kept in {path}: {error}", cure) from error


def _carry_over(connection):
    """Make the table, and give the rows of the first edition the names of their chapters."""
    connection.execute(_TABLE)
    for number, chapter in _FIRST_EDITION.items():
        query = "SELECT exercise, attempts, is_solved FROM progress WHERE notebook = ?"
        for exercise, attempts, is_solved in connection.execute(query, (number,)).fetchall():
            connection.execute(_ADD, (chapter, exercise, attempts, is_solved))
        connection.execute("DELETE FROM progress WHERE notebook = ?", (number,))
    connection.execute(f"PRAGMA user_version = {_FORMAT}")
