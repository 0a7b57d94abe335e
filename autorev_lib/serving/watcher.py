"""What happens beside the answers: the folder of models is watched, and what comes in is monitored."""

import threading
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

import numpy as np
import structlog

from autorev_lib.serving import versions
from autorev_lib.serving.monitor import Monitor, Reference
from autorev_lib.serving.versions import READY, REFERENCE, SHADOW, VersionError

RETRY_SECONDS = 10
"""After which a refused version is tried again: memory or file handles may have run out just then."""

_MAX_WAITING = 256
_MAX_CONFIDENCES = 1000
_CONFIDENCE_EDGES = np.linspace(0, 1, 21)


def repeat(work, seconds, stopping):
    """Do some things again and again; what goes wrong is logged when it changes, and does not end it."""
    log, troubles = structlog.get_logger(), {}
    while not stopping.wait(seconds):
        for function in work:
            try:
                function()
                troubles.pop(function, None)
            except Exception as error:
                if repr(error) != troubles.get(function):
                    log.exception("background work failed", work=function.__name__)
                troubles[function] = repr(error)


class Watcher:
    """Keeps the newest valid version and the shadow in memory, in step with the folder, while requests come.

    The disk is the truth, and one thread calls :meth:`refresh` again and again to look at it. Whoever takes
    :attr:`current` keeps that version until it is done, whatever happens to the folder.

    Attributes:
        current: The :class:`LoadedVersion` that is served, or None.
        shadow: The one that answers beside it without being seen, or None.
        numbers: Numbers of the versions on disk that are ready and not refused, oldest first.
        refused: Which versions are not served, and why: a dictionary from number to :class:`VersionError`.
    """

    def __init__(self, models):
        self.folder = Path(models)
        self.current = self.shadow = None
        self.numbers = []
        self.refused = {}
        self._fingerprint = self._shadow_fingerprint = None
        self._refusals = {}
        self._log = structlog.get_logger()

    def refresh(self):
        """Look at the folder once.

        Raises:
            VersionError: The folder cannot be read, or holds several models. What is in memory goes on.
        """
        name = versions.only_name(self.folder) if versions.names(self.folder) else None
        history = versions.history(self.folder, name) if name else []
        found = [version for version in history if version.state == READY]
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
        self.current, self._fingerprint = current, fingerprint
        self.shadow = self._find_shadow(history, name, refusals)
        self._refusals = refusals
        self.refused = {number: refusal.error for number, refusal in refusals.items()}
        self.numbers = [version.number for version in found if version.number not in refusals]
        if current is not before:
            self._log.info(
                "serving", model=name, version=current and current.number, before=before and before.number
            )

    def _find_shadow(self, history, name, refusals):
        """The newest version that is a shadow, loaded anew if its files changed; None if it is refused."""
        found = [version for version in history if version.state == SHADOW]
        if not (found and self.current):
            return None
        path = found[-1].path
        fingerprint = path, _fingerprint(path)
        if self.shadow and fingerprint == self._shadow_fingerprint:
            return self.shadow
        self._shadow_fingerprint = fingerprint
        shadow = self._try(found[-1], name, fingerprint, refusals)
        if shadow:
            self._log.info("shadow", model=name, version=shadow.number)
        return shadow

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


class Monitoring:
    """Watches the version that is served while it answers. Answering never waits for this.

    Requests leave their images in a bounded queue, and :meth:`drain` passes them on to the monitor.

    Args:
        served: Called without arguments, gives the :class:`~autorev_lib.serving.versions.LoadedVersion` that
            is served, or None. What another one answered is not counted.

    Attributes:
        dropped: How many images were not looked at because too many were waiting.
    """

    def __init__(self, served):
        self.dropped = 0
        self._served = served
        self._queue = deque()
        self._waiting = 0
        self._queue_lock = threading.Lock()
        self._lock = threading.RLock()  # whoever has it decides which version is watched
        self._version = self._reference = self._monitor = None
        self._confidences = deque(maxlen=_MAX_CONFIDENCES)
        self._log = structlog.get_logger()

    def offer(self, version, images, probabilities):
        """Leave what a version saw, shape (N, 28, 28), 0 to 255, and what it answered; returns at once."""
        with self._queue_lock:
            taken = min(len(images), _MAX_WAITING - self._waiting)
            self.dropped += len(images) - taken
            if taken:
                self._waiting += taken
                self._queue.append((version, images[:taken], probabilities[:taken]))

    def drain(self):
        """Count what is waiting, and turn to the new version if another one is served now."""
        with self._lock:
            version = self._served()
            if version is not self._version:
                self._watch(version)
            with self._queue_lock:
                taken, self._queue, self._waiting = self._queue, deque(), 0
            ours = [each for answered_by, *each in taken if answered_by is self._version]
            if ours:  # all at once: image by image, it would keep answers waiting ten times as long
                images, probabilities = map(np.concatenate, zip(*ours, strict=True))
                self._count(np.clip(np.rint(images), 0, 255).astype(np.uint8), probabilities)

    def drift(self):
        """The verdict as :meth:`Monitor.status` gives it; "off" if there is no reference to compare with."""
        with self._lock:
            self.drain()
            if self._monitor:
                return self._monitor.status()
            return {"state": "off", "seen": 0, "window": 0, "windows": 0, "signals": []}

    def confidence(self):
        """How sure the version was lately, and on the reference, as a dictionary for JSON.

        ``edges`` of 20 bins from 0 to 1, ``counts`` of the last 1,000 answers in them, and ``reference``, the
        share of the reference in each bin (empty if there is none).
        """
        with self._lock:
            counts = np.histogram(list(self._confidences), _CONFIDENCE_EDGES)[0]
            clean = self._reference.values[-1] if self._reference else ()
            shares = np.histogram(clean, _CONFIDENCE_EDGES)[0] / max(len(clean), 1)
        return {
            "edges": _CONFIDENCE_EDGES.tolist(),
            "counts": counts.tolist(),
            "reference": shares.tolist() if len(clean) else [],
        }

    def _watch(self, version):
        self._version, self._reference, self._monitor = version, None, None
        self._confidences.clear()
        if version is None:
            return
        path = version.path / REFERENCE
        try:
            self._reference = Reference.load(path)
        except FileNotFoundError:
            self._log.warning("not monitored", version=version.number, reason=f"there is no {REFERENCE}")
        except (OSError, ValueError) as error:
            self._log.error("not monitored", version=version.number, reason=str(error))
        else:
            self._monitor = Monitor(self._reference)

    def _count(self, images, probabilities):
        self._confidences.extend(probabilities.max(axis=1).tolist())
        if self._monitor:
            try:
                self._monitor.add(images, probabilities)
            except ValueError as error:  # no probabilities: this model cannot be monitored
                self._log.error("no longer monitored", reason=str(error))
                self._monitor = None
