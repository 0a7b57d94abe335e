"""Which exercises are solved: a small SQLite file beside the notebooks, safe when two of them run at once."""

import contextlib
import sqlite3
from pathlib import Path

FILE = ".autorev-progress.sqlite3"
_TABLE = """
CREATE TABLE IF NOT EXISTS progress (
    notebook TEXT, exercise TEXT, attempts INTEGER, is_solved INTEGER, PRIMARY KEY (notebook, exercise)
)"""
_RECORD = """
INSERT INTO progress VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE
SET attempts = attempts + (is_solved = 0), is_solved = MAX(is_solved, excluded.is_solved)"""


class ProgressError(Exception):
    """Progress cannot be kept or read. Its text says why."""


def record(notebook, exercise, is_solved, folder="."):
    """Count an attempt. What was solved once stays solved, and attempts after that are not counted.

    Args:
        notebook: Number of the notebook, such as ``"01"``.
        exercise: Name of the exercise.
        is_solved: Whether the attempt was correct.
        folder: Where the notebooks are.

    Raises:
        ProgressError: The file cannot be written.
    """
    with _connected(Path(folder) / FILE) as connection:
        connection.execute(_TABLE)
        connection.execute(_RECORD, (notebook, exercise, int(is_solved)))


def read(folder="."):
    """Read what is solved and what was tried.

    Args:
        folder: Where the notebooks are.

    Returns:
        A dictionary from (notebook, exercise) to (number of attempts, is solved). Empty without a file.

    Raises:
        ProgressError: The file cannot be read.
    """
    path = Path(folder) / FILE
    if not path.exists():
        return {}
    with _connected(path) as connection:
        connection.execute(_TABLE)
        rows = connection.execute("SELECT notebook, exercise, attempts, is_solved FROM progress").fetchall()
    return {(notebook, exercise): (attempts, bool(solved)) for notebook, exercise, attempts, solved in rows}


@contextlib.contextmanager
def _connected(path):
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=10)) as connection, connection:
            yield connection
    except sqlite3.Error as error:
        raise ProgressError(f"progress cannot be kept in {path}: {error}") from error
