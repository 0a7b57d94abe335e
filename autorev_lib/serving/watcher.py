"""The version that is served, kept in step with the folder of models while requests are answered."""

import time
from pathlib import Path
from typing import NamedTuple

import structlog

from autorev_lib.serving import versions
from autorev_lib.serving.versions import VersionError

RETRY_SECONDS = 10
"""After which a refused version is tried again: memory or file handles may have run out just then."""


class Watcher:
    """Keeps the newest valid version in memory, in step with the folder, while requests are answered.

    The disk is the truth, and one thread calls :meth:`refresh` again and again to look at it. Whoever takes
    :attr:`current` keeps that version until it is done, whatever happens to the folder.

    Attributes:
        current: The :class:`LoadedVersion` that is served, or None.
        numbers: Numbers of the versions on disk that are neither withdrawn nor refused, oldest first.
        refused: Which versions are not served, and why: a dictionary from number to :class:`VersionError`.
    """

    def __init__(self, models):
        self.folder = Path(models)
        self.current = None
        self.numbers = []
        self.refused = {}
        self._fingerprint = None
        self._refusals = {}
        self._log = structlog.get_logger()

    def refresh(self):
        """Look at the folder once.

        Raises:
            VersionError: The folder cannot be read, or holds several models. What is in memory goes on.
        """
        name = versions.only_name(self.folder) if versions.names(self.folder) else None
        found = versions.history(self.folder, name) if name else []
        found = [version for version in found if not version.withdrawn]
        before, refusals = self.current, {}
        current = fingerprint = None
        for version in reversed(found):
            fingerprint = _fingerprint(version.path)
            is_current = before is not None and version.path == before.path
            if is_current and fingerprint == self._fingerprint:
                current = before
                break
            current = self._try(version, name, fingerprint, refusals)
            if current:
                break
            if is_current:  # its files changed for the worse: what is in memory goes on
                current, fingerprint = before, self._fingerprint
                break
        self.current, self._fingerprint, self._refusals = current, fingerprint, refusals
        self.refused = {number: refusal.error for number, refusal in refusals.items()}
        self.numbers = [version.number for version in found if version.number not in refusals]
        if current is not before:
            self._log.info(
                "serving", model=name, version=current and current.number, before=before and before.number
            )

    def _try(self, version, name, fingerprint, refusals):
        """Load a version, unless it was refused as it is a moment ago; None if it is refused."""
        refusal = self._refusals.get(version.number)
        is_same = refusal is not None and refusal.fingerprint == fingerprint
        if not is_same or time.monotonic() - refusal.tried >= RETRY_SECONDS:
            like = self.current if self.current and self.current.name == name else None
            try:
                return versions.load(version.path, name, like)
            except VersionError as error:
                if not (is_same and refusal.error.problem == error.problem):
                    self._log.error("version refused", version=version.number, reason=error.problem)
                refusal = _Refusal(error, fingerprint, time.monotonic())
        refusals[version.number] = refusal
        return None


class _Refusal(NamedTuple):
    error: VersionError
    fingerprint: tuple
    tried: float


def _fingerprint(path):
    """Changes whenever a file in a folder does."""
    try:
        stats = [(file.name, file.stat()) for file in path.iterdir()]
    except FileNotFoundError:  # it is going away right now
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in stats))
