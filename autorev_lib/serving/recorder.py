"""What is remembered of the requests: samples for the monitor and the store, and people's corrections.

Answering never waits for this. Requests leave their images in a bounded queue; a thread empties it.
"""

import contextlib
import threading
from collections import deque
from typing import NamedTuple

import numpy as np
import structlog

from autorev_lib.data import IMAGE_SHAPE
from autorev_lib.serving.feedback import Sample, Store, StoreError
from autorev_lib.serving.monitor import Monitor, Reference
from autorev_lib.serving.versions import REFERENCE, LoadedVersion

CONFIDENCE_EDGES = np.linspace(0, 1, 21)

_MAX_WAITING = 256
_STORED_AT_ONCE = 32
_CONFIDENCES = 1000


class _Answered(NamedTuple):
    version: LoadedVersion
    x: np.ndarray
    probabilities: np.ndarray


class Recorder:
    """Keeps what the monitor and the store need to know of what was asked.

    Without a store, or if it is in trouble, the server goes on; :attr:`trouble` says what is wrong.

    Args:
        path: The file of the store; it is opened when it is first needed.

    Attributes:
        dropped: How many images were not sampled because too many were waiting.
        trouble: What is wrong with the store, or None.
    """

    def __init__(self, path):
        self.dropped = 0
        self.trouble = None
        self._path = path
        self._log = structlog.get_logger()
        self._queue_lock = threading.Lock()
        self._queue = []
        self._waiting = 0
        self._store_lock = threading.Lock()  # may be held for as long as the disk takes
        self._store = None
        self._monitor_lock = threading.Lock()
        self._monitored = None
        self._monitor = None
        self._reference = None
        self._confidences = deque(maxlen=_CONFIDENCES)

    def offer(self, version, x, probabilities):
        """Leave an answered request to be sampled; returns at once.

        Args:
            version: The :class:`~autorev_lib.serving.versions.LoadedVersion` that answered.
            x: What it saw, float32 of shape (N, 28, 28) or (N, 28, 28, 1), 0 to 1; not to be changed later.
            probabilities: What it answered, float32 of shape (N, num_classes).
        """
        with self._queue_lock:
            taken = min(len(x), _MAX_WAITING - self._waiting)
            self.dropped += len(x) - taken
            if taken:
                self._waiting += taken
                self._queue.append(_Answered(version, x[:taken], probabilities[:taken]))

    def drain(self, current):
        """Pass what was left on to the monitor, and a part of it to the store.

        Args:
            current: The version that is served. What another one answered is not monitored.
        """
        with self._queue_lock:
            taken, self._queue, self._waiting = self._queue, [], 0
        with self._monitor_lock:
            if current is not self._monitored:
                self._watch(current)
        if not taken:
            return
        x = np.concatenate([answered.x.reshape(-1, *IMAGE_SHAPE) for answered in taken])
        images = np.round(np.clip(x, 0, 1) * 255).astype(np.uint8)
        probabilities = np.concatenate([answered.probabilities for answered in taken])
        versions = [answered.version for answered in taken for _ in answered.x]
        with self._monitor_lock:
            self._count(images, probabilities, [version is self._monitored for version in versions])
        some = range(0, len(images), -(-len(images) // _STORED_AT_ONCE))
        samples = [
            Sample(versions[i].name, versions[i].number, images[i], int(p.argmax()), float(p.max()))
            for i, p in zip(some, probabilities[some], strict=True)
        ]
        with contextlib.suppress(StoreError), self._opened(to_write=True) as store:
            store.add_samples(samples)

    def correct(self, version, image, label, predicted):
        """Keep a correction. When this returns, it is on the disk.

        Args:
            version: The :class:`~autorev_lib.serving.versions.LoadedVersion` that was corrected.
            image: What it saw: uint8 of shape (28, 28).
            label: The class that a person says it is.
            predicted: The class it had said.

        Returns:
            The number of the correction, and how many corrections of this model there are.

        Raises:
            StoreError: It could not be kept.
        """
        with self._opened(to_write=True) as store:
            number = store.add_correction(version.name, version.number, image, label, predicted)
            return number, store.count_corrections(version.name)

    def corrections(self, name, count):
        """How many corrections of a model there are, and the last of them.

        Args:
            name: The model's name.
            count: How many to return at most.

        Returns:
            The number, and a :class:`~autorev_lib.serving.feedback.Corrections`.

        Raises:
            StoreError: They cannot be read.
        """
        with self._opened() as store:
            return store.count_corrections(name), store.recent_corrections(name, count)

    def drift(self):
        """The monitor's verdict, as :meth:`~autorev_lib.serving.monitor.Monitor.status` gives it.

        Returns:
            A dictionary; its state is ``"off"`` if the version has no reference to compare with.
        """
        with self._monitor_lock:
            if self._monitor is None:
                return {"state": "off", "seen": 0, "window": 0, "windows": 0, "signals": []}
            return self._monitor.status()

    def confidence(self):
        """How sure the version that is served was lately, and how sure it was on the reference.

        Returns:
            A dictionary: ``edges`` of 20 bins from 0 to 1, ``counts`` of the last 1,000 answers in them, and
            ``reference``, the share of the reference in each bin (empty if there is no reference).
        """
        with self._monitor_lock:
            counts = np.histogram(list(self._confidences), CONFIDENCE_EDGES)[0]
            reference = []
            if self._reference:
                values = self._reference.values[-1]
                reference = (np.histogram(values, CONFIDENCE_EDGES)[0] / len(values)).tolist()
        return {"edges": CONFIDENCE_EDGES.tolist(), "counts": counts.tolist(), "reference": reference}

    def close(self):
        """Close the store."""
        with self._store_lock:
            if self._store:
                self._store.close()
                self._store = None

    def _watch(self, version):
        self._monitored, self._monitor, self._reference = version, None, None
        self._confidences.clear()
        if version is None:
            return
        path = version.path / REFERENCE
        if not path.exists():
            self._log.warning("not monitored", version=version.number, reason=f"there is no {REFERENCE}")
            return
        try:
            self._reference = Reference.load(path)
        except (OSError, ValueError) as error:
            self._log.error("not monitored", version=version.number, reason=str(error))
            return
        self._monitor = Monitor(self._reference)

    def _count(self, images, probabilities, is_current):
        images, probabilities = images[is_current], probabilities[is_current]
        self._confidences.extend(probabilities.max(axis=1).tolist())
        if self._monitor and len(images):
            try:
                self._monitor.add(images, probabilities)
            except ValueError as error:
                self._log.error("no longer monitored", reason=str(error))
                self._monitor = None

    @contextlib.contextmanager
    def _opened(self, to_write=False):
        """Give the store to one thread at a time, and remember its trouble until a write succeeds."""
        with self._store_lock:
            try:
                if self._store is None:
                    self._store = Store(self._path)
                yield self._store
            except StoreError as error:
                if self.trouble is None:
                    self._log.error("store in trouble", reason=str(error))
                self.trouble = str(error)
                raise
            if to_write and self.trouble is not None:
                self._log.info("store works again")
                self.trouble = None
