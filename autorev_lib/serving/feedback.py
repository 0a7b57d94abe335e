"""What the server remembers: a sample of what it was asked, and every correction that people made.

One SQLite file. Corrections are precious: each is on the disk before :meth:`Store.add_correction` returns,
and nothing here ever deletes one. Samples are not: only the newest are kept. The order is that of arrival, by
number; the time written beside each row is for people, so a clock that is put back changes nothing.
"""

import contextlib
import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autorev_lib.data import IMAGE_SHAPE
from autorev_lib.errors import AutorevError

FILE_NAME = "feedback.sqlite3"
MAX_SAMPLES = 10_000

_APPLICATION_ID = 0x61757472  # marks the file as ours: "autr"
_FORMAT = 1
_TABLES = """
    CREATE TABLE samples (
        id INTEGER PRIMARY KEY, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        model TEXT NOT NULL, version INTEGER NOT NULL, image BLOB NOT NULL,
        predicted INTEGER NOT NULL, confidence REAL NOT NULL
    );
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        model TEXT NOT NULL, version INTEGER NOT NULL, image BLOB NOT NULL,
        label INTEGER NOT NULL, predicted INTEGER NOT NULL
    );
"""
_MOVE_IT = "move the file away to start an empty one; keep it, it may hold corrections"
_REASONS = {
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space; what was stored is safe"),
    sqlite3.SQLITE_IOERR: (
        "the disk refused to read or write",
        "check that it has free space and is sound; what was stored before is safe",
    ),
    sqlite3.SQLITE_BUSY: ("another process keeps it locked", "end the other process, then try again"),
    sqlite3.SQLITE_READONLY: ("it is read-only", "give yourself permission to write it and its folder"),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "check that its folder exists and that you may write there",
    ),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", _MOVE_IT),
    sqlite3.SQLITE_NOTADB: ("the file is damaged or no SQLite database", _MOVE_IT),
}


class StoreError(AutorevError):
    """The store cannot be used."""


class Sample(NamedTuple):
    """One request that was sampled."""

    model: str
    """Name of the model that answered."""
    version: int
    """Its version."""
    image: np.ndarray
    """What it saw: uint8 of shape (28, 28)."""
    predicted: int
    """The class it found most probable."""
    confidence: float
    """The probability it gave to that class, 0 to 1."""


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
    """The store in one file, usable from several threads and several processes at once.

    Args:
        path: The file; made if it is missing, in a folder that exists.

    Raises:
        StoreError: The file cannot be opened or made, is damaged, or is something else; it stays as it is.
    """

    def __init__(self, path):
        self._path = path
        self._lock = threading.Lock()
        with self._errors():
            # Transactions are begun and ended by hand, so that it is seen where they are.
            self._connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except StoreError:
            self.close()
            raise

    def add_samples(self, samples):
        """Keep sampled requests, in one transaction; the oldest beyond :data:`MAX_SAMPLES` go.

        Args:
            samples: A sequence of :class:`Sample`.

        Raises:
            StoreError: They could not be written; none of them is kept.
            ValueError: An image is not uint8 of shape (28, 28); none of them is kept.
        """
        rows = [
            (s.model, int(s.version), _to_bytes(s.image), int(s.predicted), float(s.confidence))
            for s in samples
        ]
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO samples (model, version, image, predicted, confidence) VALUES (?, ?, ?, ?, ?)",
                rows,
            )
            connection.execute(
                "DELETE FROM samples WHERE id <= (SELECT MAX(id) FROM samples) - ?", (MAX_SAMPLES,)
            )

    def add_correction(self, model, version, image, label, predicted):
        """Keep one correction; it is on the disk when this returns.

        Args:
            model: Name of the model that was corrected.
            version: Its version, an integer.
            image: What it saw: uint8 of shape (28, 28).
            label: The class that a person says it is, an integer from 0.
            predicted: The class that the model had said.

        Returns:
            The number of this correction; it rises with every correction in the file.

        Raises:
            StoreError: It could not be written; it is not kept.
            ValueError: ``image`` is not uint8 of shape (28, 28).
        """
        row = (model, int(version), _to_bytes(image), int(label), int(predicted))
        with self._transaction() as connection:
            return connection.execute(
                "INSERT INTO corrections (model, version, image, label, predicted) VALUES (?, ?, ?, ?, ?)",
                row,
            ).lastrowid

    def corrections(self, model):
        """Read all corrections of a model, each image once, in the order in which the images first came in.

        Args:
            model: Name of the model.

        Returns:
            A :class:`Corrections`. Of an image that was corrected several times, the last one counts.

        Raises:
            StoreError: They could not be read.
        """
        rows = self._select_corrections(model, "ORDER BY id", ())
        latest = {row[0]: row for row in rows}  # a dictionary keeps the place of the first
        return _to_corrections(list(latest.values()))

    def recent_corrections(self, model, count):
        """Read the last corrections of a model, newest first.

        Args:
            model: Name of the model.
            count: How many at most.

        Returns:
            A :class:`Corrections`.

        Raises:
            StoreError: They could not be read.
        """
        return _to_corrections(self._select_corrections(model, "ORDER BY id DESC LIMIT ?", (count,)))

    def count_corrections(self, model):
        """Count the corrections of a model, repeated ones included.

        Raises:
            StoreError: They could not be counted.
        """
        return self._select("SELECT COUNT(*) FROM corrections WHERE model = ?", (model,))[0][0]

    def recent_samples(self, model, count):
        """Read the last sampled requests of a model, newest first.

        Args:
            model: Name of the model.
            count: How many at most.

        Returns:
            A list of :class:`Sample`.

        Raises:
            StoreError: They could not be read.
        """
        rows = self._select(
            "SELECT model, version, image, predicted, confidence FROM samples WHERE model = ? "
            "ORDER BY id DESC LIMIT ?",
            (model, count),
        )
        return [Sample(*row)._replace(image=_to_images([row[2]])[0]) for row in rows]

    def close(self):
        """Close the file. Closing twice is fine; anything else afterwards raises :class:`StoreError`."""
        with self._lock:
            self._connection.close()

    def _prepare(self):
        with self._errors():
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            problem = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise StoreError(f"{self._path}: the file is damaged", _MOVE_IT)
        with self._transaction() as connection:
            application, form = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version")
            )
            if connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0] == 0:
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {_FORMAT}")
            elif (application, form) != (_APPLICATION_ID, _FORMAT):
                raise StoreError(
                    f"{self._path}: expected a store of format {_FORMAT}, found another SQLite database",
                    _MOVE_IT,
                )

    def _select_corrections(self, model, order, parameters):
        return self._select(
            f"SELECT image, label, predicted, version FROM corrections WHERE model = ? {order}",
            (model, *parameters),
        )

    def _select(self, query, parameters):
        with self._lock, self._errors():
            return self._connection.execute(query, parameters).fetchall()

    @contextlib.contextmanager
    def _transaction(self):
        with self._lock, self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def _errors(self):
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the bits are details
            reason, cure = _REASONS.get(code, (str(error), "open the store again"))
            raise StoreError(f"{self._path}: {reason}", cure) from error


def read_corrections(models, name):
    """Read all corrections of a model from a folder of models; nothing is written, not even an empty file.

    Args:
        models: The folder of models.
        name: The model's name.

    Returns:
        A :class:`Corrections`, empty if nobody has corrected anything.

    Raises:
        StoreError: They cannot be read.
    """
    path = Path(models, FILE_NAME)
    if not path.exists():
        return _to_corrections([])
    with contextlib.closing(Store(path)) as store:
        return store.corrections(name)


def _to_bytes(image):
    if np.shape(image) != IMAGE_SHAPE or image.dtype != np.uint8:
        raise ValueError(
            f"image: expected uint8 of shape {IMAGE_SHAPE}, "
            f"received {getattr(image, 'dtype', type(image).__name__)} of shape {np.shape(image)}"
        )
    return image.tobytes()


def _to_images(blobs):
    return np.frombuffer(b"".join(blobs), dtype=np.uint8).reshape(-1, *IMAGE_SHAPE)


def _to_corrections(rows):
    numbers = np.array([row[1:] for row in rows], dtype=np.int64).reshape(-1, 3)
    return Corrections(_to_images([row[0] for row in rows]), *numbers.T)
