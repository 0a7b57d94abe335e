"""What people said of the model's readings: a file of corrections, one SQLite database.

Corrections are precious: each is on the disk before :meth:`Store.add_correction` returns, and nothing here
ever deletes one. Their order is that of arrival, by number; the time written beside each is for people, so a
clock that is put back changes nothing.
"""

import contextlib
import sqlite3
import threading
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autorev_lib.data import IMAGE_SHAPE
from autorev_lib.errors import AutorevError

FILE_NAME = "feedback.sqlite3"

_PATIENCE = 5  # seconds to wait for another process that uses the file
_APPLICATION_ID = 0x61757472  # marks the file as ours: "autr"
_FORMAT = 1
_TABLE = """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        model TEXT NOT NULL, version INTEGER NOT NULL, image BLOB NOT NULL,
        label INTEGER NOT NULL, predicted INTEGER NOT NULL
    )
"""
_MOVE_IT = "move the file away to start an empty one; keep it, it may hold corrections"
_GIVE_SPACE = "free some space on the disk, and see that it is sound; what was stored is safe"
_GIVE_ACCESS = "see that its folder exists and that you may write there"
_CURES = {
    sqlite3.SQLITE_FULL: _GIVE_SPACE,
    sqlite3.SQLITE_IOERR: _GIVE_SPACE,
    sqlite3.SQLITE_BUSY: "end the other process that keeps it locked, then try again",
    sqlite3.SQLITE_READONLY: _GIVE_ACCESS,
    sqlite3.SQLITE_CANTOPEN: _GIVE_ACCESS,
    sqlite3.SQLITE_CORRUPT: _MOVE_IT,
    sqlite3.SQLITE_NOTADB: _MOVE_IT,
}


class StoreError(AutorevError):
    """The file of corrections cannot be used."""


class Corrections(NamedTuple):
    """Corrections, one an entry of each array."""

    images: np.ndarray
    """What the model saw: uint8 of shape (N, 28, 28)."""
    labels: np.ndarray
    """What people said it was: int64 classes of shape (N,)."""
    predicted: np.ndarray
    """What the model had said: int64 classes of shape (N,)."""
    versions: np.ndarray
    """The version that had said it: int64 of shape (N,)."""


class Store:
    """The corrections in one file, usable from several threads and several processes at once.

    The file is made by the first correction, in a folder that exists; reading makes none. Every method raises
    :class:`StoreError` if the file cannot be used, is damaged, or is something else; it then stays as it is.

    Attributes:
        trouble: What was wrong when the file was last used, or None; a reading does not clear it.
    """

    def __init__(self, path):
        self.trouble = None
        self._path = Path(path)
        self._connection = None
        self._lock = threading.Lock()  # may be held for as long as the disk takes

    def add_correction(self, model, version, image, label, predicted):
        """Keep a correction. When this returns, it is on the disk.

        Args:
            model: Name of the model that was corrected.
            version: Its version.
            image: What it saw, uint8 of shape (28, 28).
            label: The class that a person says it is.
            predicted: The class that the model had said.

        Returns:
            The number of this correction; it rises with every correction in the file.
        """
        image = np.asarray(image)
        if image.shape != IMAGE_SHAPE or image.dtype != np.uint8:
            raise ValueError(
                f"image: expected uint8 of shape {IMAGE_SHAPE}, received {image.dtype} of shape {image.shape}"
            )
        row = model, int(version), image.tobytes(), int(label), int(predicted)
        with self._opened(to_write=True) as connection:
            return connection.execute(
                "INSERT INTO corrections (model, version, image, label, predicted) VALUES (?, ?, ?, ?, ?)",
                row,
            ).lastrowid

    def corrections(self, model):
        """All :class:`Corrections` of a model, each image once, in the order of its first correction.

        Of an image that was corrected several times, the last correction counts.
        """
        rows = self._select("image, label, predicted, version", model, "ORDER BY id")
        latest = {row[0]: row for row in rows}  # a dictionary keeps the place of the first
        return _to_corrections(list(latest.values()))

    def recent_corrections(self, model, count):
        """The last :class:`Corrections` of a model, ``count`` at most, newest first."""
        rows = self._select("image, label, predicted, version", model, "ORDER BY id DESC LIMIT ?", count)
        return _to_corrections(rows)

    def count_corrections(self, model):
        """How many corrections of a model there are, repeated ones included."""
        rows = self._select("COUNT(*)", model)
        return rows[0][0] if rows else 0

    def close(self):
        """Close the file; whatever uses it next opens it again."""
        with self._lock:
            self._disconnect()

    def _select(self, what, model, order="", *parameters):
        with self._opened() as connection:
            if connection is None:
                return []
            query = f"SELECT {what} FROM corrections WHERE model = ? {order}"
            return connection.execute(query, (model, *parameters)).fetchall()

    @contextlib.contextmanager
    def _opened(self, to_write=False):
        """Give the connection to one thread at a time; None if there is only to read and no file."""
        with self._lock:
            try:
                if not self._path.exists():  # or what was moved away would go on taking corrections, unseen
                    self._disconnect()
                if self._connection is None and (to_write or self._path.exists()):
                    self._connect()
                with _transaction(self._connection) if to_write else contextlib.nullcontext():
                    yield self._connection
            except (sqlite3.Error, OSError, StoreError) as error:
                self._disconnect()
                code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the bits are details
                if not isinstance(error, StoreError):
                    error = StoreError(f"{self._path}: {error}", _CURES.get(code, _GIVE_ACCESS))
                self.trouble = str(error)
                raise error from error.__context__
            if to_write:
                self.trouble = None

    def _connect(self):
        # Transactions are begun and ended by hand, so that it is seen where they are.
        self._connection = sqlite3.connect(
            self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._set_journal_mode()
        self._connection.execute("PRAGMA synchronous = FULL")  # a commit waits for the disk
        if self._ask("quick_check(1)") != "ok":
            raise StoreError(f"{self._path}: the file is damaged", _MOVE_IT)
        if self._is_empty():
            with _transaction(self._connection):
                if self._is_empty():  # still: another process may have been faster
                    self._connection.execute(_TABLE)
                    self._connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    self._connection.execute(f"PRAGMA user_version = {_FORMAT}")
        if (self._ask("application_id"), self._ask("user_version")) != (_APPLICATION_ID, _FORMAT):
            raise StoreError(
                f"{self._path}: expected corrections of format {_FORMAT}, found another SQLite database",
                _MOVE_IT,
            )

    def _set_journal_mode(self):
        """Choose write-ahead logging. While another process does, SQLite refuses without waiting."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self._ask("journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(0.02)

    def _ask(self, pragma):
        return self._connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    def _is_empty(self):
        return self._connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0] == 0

    def _disconnect(self):
        if self._connection:
            self._connection.close()
            self._connection = None


def read_corrections(models, name):
    """All :class:`Corrections` of a model in a folder of models, or StoreError; makes no file."""
    with contextlib.closing(Store(Path(models, FILE_NAME))) as store:
        return store.corrections(name)


@contextlib.contextmanager
def _transaction(connection):
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _to_corrections(rows):
    images = np.frombuffer(b"".join(row[0] for row in rows), np.uint8).reshape(-1, *IMAGE_SHAPE)
    numbers = np.array([row[1:] for row in rows], dtype=np.int64).reshape(-1, 3)
    return Corrections(images, *numbers.T)
