"""What happens beside the answers: the folder of models is watched, and what comes in is monitored."""

import io
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
    :attr:`current` keeps that version until it is done, whatever happens to the folder. A version whose files
    are damaged or cannot be read goes on in memory; only one that is not there any more is gone.

    Args:
        models: The folder of models.
        model: Which one to serve; None for the only one, which goes on if others join it.

    Attributes:
        name: Name of the model, or None.
        current: The :class:`LoadedVersion` that is served, or None.
        shadow: The one that answers beside it without being seen, or None.
        numbers: Numbers of the versions on disk that are ready and not refused, oldest first.
        refused: Which versions are not served, and why: a dictionary from number to :class:`VersionError`.
    """

    def __init__(self, models, model=None):
        self.folder = Path(models)
        self.name = self.current = self.shadow = None
        self.numbers = []
        self.refused = {}
        self._model = model
        self._found = []
        self._fingerprints = {}
        self._refusals = {}
        self._log = structlog.get_logger()

    def refresh(self):
        """Look at the folder once.

        Raises:
            VersionError: The folder cannot be read, does not hold the model that was chosen, or holds several
                of which none was chosen or is served. What is in memory goes on.
        """
        found, name = versions.names(self.folder), self.name
        if name not in found:
            name = versions.only_name(self.folder, self._model) if found else None
        if not self._model and len(found) > 1 and found != self._found:
            cure = "choose another one: autorev serve MODELS --name NAME"
            self._log.warning("several models", served=name, found=found, cure=cure)
        history = versions.history(self.folder, name) if name else []
        before, before_shadow, refusals = self.current, self.shadow, {}
        current = self._newest(history, READY, before, refusals)
        shadow = self._newest(history, SHADOW, before_shadow, refusals) if current else None
        self.current, self.shadow = current, shadow
        self.name, self._found, self._refusals = name, found, refusals
        self.refused = {number: refusal.error for number, refusal in refusals.items()}
        ready = (version.number for version in history if version.state == READY)
        self.numbers = [number for number in ready if number not in refusals]
        for what, now, then in (("serving", current, before), ("shadow", shadow, before_shadow)):
            if now is not then:
                self._log.info(what, model=name, version=now and now.number, before=then and then.number)

    def _newest(self, history, state, kept, refusals):
        """The newest version in a state that can be served; ``kept``, in memory, outlives what befalls it."""
        for version in reversed([each for each in history if each.state == state]):
            fingerprint, is_kept = _fingerprint(version.path), kept and kept.path == version.path
            if is_kept and fingerprint == self._fingerprints[kept.path]:
                return kept
            if loaded := self._try(version, fingerprint, refusals):
                self._fingerprints[version.path] = fingerprint
                return loaded
            if is_kept:
                return kept
        return None

    def _try(self, version, fingerprint, refusals):
        """Load a version, unless it was refused as it is a moment ago; None if it is refused."""
        refusal = self._refusals.get(version.number)
        is_same = refusal is not None and refusal.fingerprint == fingerprint
        if not is_same or time.monotonic() - refusal.tried >= RETRY_SECONDS:
            name = version.path.parent.name
            like = self.current if self.current and self.current.name == name else None
            try:
                return versions.load(version.path, name, like)
            except VersionError as error:
                if refusal is None or refusal.error.problem != error.problem:
                    self._log.error("version refused", version=version.number, reason=error.problem)
                refusal = _Refusal(error, fingerprint, time.monotonic())
        refusals[version.number] = refusal
        return None


class _Refusal(NamedTuple):
    error: VersionError
    fingerprint: tuple
    tried: float


def _fingerprint(path):
    """Changes whenever a file in a folder does, and when they cannot be looked at."""
    try:
        stats = [(file.name, file.stat()) for file in path.iterdir()]
    except OSError as error:
        return (str(error),)
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
        if version.reference is None:
            self._log.warning("not monitored", version=version.number, reason=f"there is no {REFERENCE}")
            return
        try:
            self._reference = Reference.load(io.BytesIO(version.reference))
            self._monitor = Monitor(self._reference)
        except ValueError as error:
            self._log.error("not monitored", version=version.number, reason=str(error))

    def _count(self, images, probabilities):
        self._confidences.extend(probabilities.max(axis=1).tolist())
        if self._monitor:
            try:
                self._monitor.add(images, probabilities)
            except ValueError as error:  # no probabilities: this model cannot be monitored
                self._log.error("no longer monitored", reason=str(error))
                self._monitor = None
