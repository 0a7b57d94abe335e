"""What people said of their drawings: a file of corrections and of labelled samples, one SQLite database.

A correction comes from somebody who saw a mistake; it may train, once a person has approved it, and never
judges. A sample comes from somebody who was asked by lot before anything was read; it judges, and never
trains.

Both are precious: each is on the disk before the method that adds it returns, and nothing here ever deletes
one. Their order is that of arrival, by number; the time written beside each is for people, so a clock that is
put back changes nothing.
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
_FORMAT = 2
_CORRECTIONS = """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        model TEXT NOT NULL, version INTEGER NOT NULL, image BLOB NOT NULL,
        label INTEGER NOT NULL, predicted INTEGER NOT NULL
    )
"""
# Each is a step from the format before; a file of any older format takes those that it lacks.
_STEPS = {
    1: (_CORRECTIONS,),
    2: (
        "ALTER TABLE corrections ADD COLUMN session TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE corrections ADD COLUMN approved INTEGER",
        """
        CREATE TABLE sampled (
            id INTEGER PRIMARY KEY AUTOINCREMENT, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
            model TEXT NOT NULL, champion INTEGER NOT NULL, shadow INTEGER NOT NULL, session TEXT NOT NULL,
            image BLOB NOT NULL, label INTEGER NOT NULL,
            champion_read INTEGER NOT NULL, shadow_read INTEGER NOT NULL
        )
        """,
    ),
}
_COLUMNS = "image, label, predicted, version, id, session FROM corrections"
_MOVE_IT = "move the file away to start an empty one; keep it, it may hold corrections"
_UPDATE = "use the newer edition of the course that wrote it"
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
    """The file of corrections and samples cannot be used."""


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
    numbers: np.ndarray
    """Their numbers in the file: int64 of shape (N,)."""
    sessions: np.ndarray
    """From which load of the page each came: text of shape (N,), "" if that is not known."""


class Samples(NamedTuple):
    """Drawings that were picked by lot and labelled, one an entry of each array."""

    sessions: np.ndarray
    """From which load of the page each came: text of shape (N,)."""
    labels: np.ndarray
    """What people said that they were drawing: int64 classes of shape (N,)."""
    champion_read: np.ndarray
    """What the version said that was served then: int64 classes of shape (N,)."""
    shadow_read: np.ndarray
    """What the shadow said, likewise; -1 where it gave no answer."""


class Store:
    """The corrections and samples in one file, usable from several threads and processes at once.

    The file is made by the first of them, in a folder that exists; reading makes none, but brings one of an
    older format up to date. Every method raises :class:`StoreError` if the file cannot be used, is damaged,
    or is something else; it then stays as it is.

    Attributes:
        trouble: What was wrong when the file was last used, or None; a reading does not clear it.
    """

    def __init__(self, path):
        self.trouble = None
        self._path = Path(path)
        self._connection = None
        self._lock = threading.Lock()  # may be held for as long as the disk takes

    def add_correction(self, model, version, image, label, predicted, session=""):
        """Keep a correction. When this returns, it is on the disk.

        Args:
            model: Name of the model that was corrected.
            version: Its version.
            image: What it saw, uint8 of shape (28, 28).
            label: The class that a person says it is.
            predicted: The class that the model had said.
            session: From which load of the page it comes.

        Returns:
            The number of this correction; it rises with every correction in the file.
        """
        return self._insert(
            "corrections",
            model=model,
            version=int(version),
            image=_to_bytes(image),
            label=int(label),
            predicted=int(predicted),
            session=session,
        )

    def add_sample(self, model, champion, shadow, session, image, label, champion_read, shadow_read):
        """Keep a drawing that was picked by lot. When this returns, it is on the disk.

        Args:
            champion: Number of the version that was served.
            shadow: Number of the version that answered beside it.
            session: From which load of the page it comes.
            image: What both saw, uint8 of shape (28, 28).
            label: The class that a person says it is.
            champion_read: The class that the champion says it is.
            shadow_read: The class that the shadow says it is; -1 if it gives no answer.
        """
        self._insert(
            "sampled",
            model=model,
            champion=int(champion),
            shadow=int(shadow),
            session=session,
            image=_to_bytes(image),
            label=int(label),
            champion_read=int(champion_read),
            shadow_read=int(shadow_read),
        )

    def samples(self, model, champion, shadow):
        """All :class:`Samples` that two versions of a model read, in the order in which they came."""
        where = "model = ? AND champion = ? AND shadow = ? ORDER BY id"
        rows = self._select(
            "session, label, champion_read, shadow_read FROM sampled", where, model, champion, shadow
        )
        sessions = np.array([row[0] for row in rows], dtype=str)
        return Samples(sessions, *np.array([row[1:] for row in rows], dtype=np.int64).reshape(-1, 3).T)

    def count_samples(self, model, champion, shadow):
        """How many samples two versions of a model read."""
        where = "model = ? AND champion = ? AND shadow = ?"
        rows = self._select("COUNT(*) FROM sampled", where, model, champion, shadow)
        return rows[0][0] if rows else 0

    def corrections(self, model, approved):
        """All :class:`Corrections` of a model in a state, each image once, in the order of its first one.

        Of an image that was corrected several times, the last correction counts.

        Args:
            approved: True for those that a person approved, False for those that a person rejected, None for
                those that nobody has looked at.
        """
        rows = self._select(_COLUMNS, "model = ? AND approved IS ? ORDER BY id", model, approved)
        latest = {row[0]: row for row in rows}  # a dictionary keeps the place of the first
        return _to_corrections(list(latest.values()))

    def review(self, model, ranges, approved):
        """Approve corrections, or reject them, with earlier ones of the same image that are undecided.

        Args:
            ranges: Their numbers, as pairs: the first and the last of each range.

        Returns:
            How many corrections that decided.
        """
        with self._opened(to_write=True) as connection:
            return connection.executemany(
                """
                UPDATE corrections SET approved = ?1 WHERE model = ?2 AND (id BETWEEN ?3 AND ?4 OR (
                    approved IS NULL AND image IN (
                        SELECT image FROM corrections AS later
                        WHERE later.id BETWEEN ?3 AND ?4 AND later.id > corrections.id
                    )
                ))
                """,
                [(approved, model, int(first), int(last)) for first, last in ranges],
            ).rowcount

    def recent_corrections(self, model, count):
        """The last :class:`Corrections` of a model in any state, ``count`` at most, newest first."""
        return _to_corrections(self._select(_COLUMNS, "model = ? ORDER BY id DESC LIMIT ?", model, count))

    def count_corrections(self, model):
        """How many corrections of a model there are in any state, repeated ones included."""
        rows = self._select("COUNT(*) FROM corrections", "model = ?", model)
        return rows[0][0] if rows else 0

    def close(self):
        """Close the file; whatever uses it next opens it again."""
        with self._lock:
            self._disconnect()

    def _select(self, what, where, *parameters):
        with self._opened() as connection:
            if connection is None:
                return []
            return connection.execute(f"SELECT {what} WHERE {where}", parameters).fetchall()

    def _insert(self, table, **row):
        marks = ", ".join("?" * len(row))
        with self._opened(to_write=True) as connection:
            statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
            return connection.execute(statement, tuple(row.values())).lastrowid

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
        if self._missing_steps():
            with _transaction(self._connection):
                for step in self._missing_steps():  # still: another process may have been faster
                    for statement in _STEPS[step]:
                        self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                self._connection.execute(f"PRAGMA user_version = {_FORMAT}")

    def _missing_steps(self):
        """Which steps bring the file up to date; StoreError if it is none of ours, or newer than we are."""
        kept = self._ask("user_version")
        if self._connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0] == 0:
            kept = 0
        elif self._ask("application_id") != _APPLICATION_ID:
            raise StoreError(f"{self._path}: expected corrections, found another SQLite database", _MOVE_IT)
        elif kept > _FORMAT:
            raise StoreError(f"{self._path}: expected format {_FORMAT}, received {kept}", _UPDATE)
        return range(kept + 1, _FORMAT + 1)

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

    def _disconnect(self):
        if self._connection:
            self._connection.close()
            self._connection = None


def opened(models):
    """The :class:`Store` of a folder of models, for a ``with`` block that closes it; makes no file."""
    return contextlib.closing(Store(Path(models, FILE_NAME)))


@contextlib.contextmanager
def _transaction(connection):
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _to_bytes(image):
    image = np.asarray(image)
    if image.shape != IMAGE_SHAPE or image.dtype != np.uint8:
        raise ValueError(
            f"image: expected uint8 of shape {IMAGE_SHAPE}, received {image.dtype} of shape {image.shape}"
        )
    return image.tobytes()


def _to_corrections(rows):
    images = np.frombuffer(b"".join(row[0] for row in rows), np.uint8).reshape(-1, *IMAGE_SHAPE)
    numbers = np.array([row[1:-1] for row in rows], dtype=np.int64).reshape(-1, 4)
    return Corrections(images, *numbers.T, np.array([row[-1] for row in rows], dtype=str))
