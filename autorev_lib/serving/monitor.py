"""Has the world changed? Windows of what comes in, compared with a reference from before deployment.

Each image is reduced to a few signals that a person can read; the model's confidence is one more. For each,
the Kolmogorov-Smirnov distance, the largest gap between two cumulative curves, says how far a window is from
the reference. Each signal has its own threshold, and together they are calibrated to one false-alarm rate:
that of the verdict, not of a single signal.

Clean windows differ more than chance alone would have it, because digits come from people, many in a row from
each. So the calibration draws its clean windows not image by image, but in runs of neighbours.
"""

import threading
import zipfile
import zlib
from dataclasses import dataclass

import numpy as np

from autorev_lib.data import IMAGE_SHAPE

SIGNALS = ("ink", "horizontal centre", "vertical centre", "spread", "slant", "edges", "confidence")
"""What is measured on each image, in this order; see :func:`measure`."""

_NUM_RUNS = 4  # a clean window is drawn as this many runs of neighbours
_NUM_RESAMPLES = 10_000
_CONFIDENCE_STEPS = 256


def _moments():
    """The matrix that turns flat images into sums of ink, ink times x, y, xx, yy and xy; 0 is the middle."""
    y, x = (axis - axis.mean() for axis in np.mgrid[: IMAGE_SHAPE[0], : IMAGE_SHAPE[1]].astype(np.float32))
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y]).reshape(6, -1)


_MOMENTS = _moments()


def measure(images, probabilities):
    """Reduce each image, and what the model answered, to one number for each of :data:`SIGNALS`.

    Args:
        images: uint8 of shape (N, 28, 28), 0 = paper to 255 = ink.
        probabilities: What the model answered, shape (N, num_classes).

    Returns:
        A float32 array of shape (number of signals, N): *ink*, the mean of the pixels as 0 to 1; the two
        *centres* of mass, in pixels right of and below the middle; *spread*, the standard deviation of the
        ink's distance from its centre, in pixels; *slant*, by how many pixels the ink moves right for one
        pixel down; *edges*, the mean difference between neighbouring pixels; *confidence*, the highest
        probability, rounded to 256 steps, so that an int8 model and a float one can be compared.

    Raises:
        ValueError: A shape or a type is wrong, or a probability is not a number from 0 to 1.
    """
    images, probabilities = _checked(images, probabilities)
    pixels = images.astype(np.float32) / 255  # of ink; the model is not concerned
    total, *moments = _MOMENTS @ pixels.reshape(-1, _MOMENTS.shape[1]).T
    x, y, xx, yy, xy = moments / np.maximum(total, 1e-6)  # a blank image has its centre in the middle
    variance_x, variance_y = np.maximum(xx - x * x, 0), np.maximum(yy - y * y, 0)
    slant = (xy - x * y) / np.maximum(variance_y, 0.1)
    edges = sum(np.abs(np.diff(pixels, axis=axis)).mean(axis=(1, 2)) for axis in (1, 2)) / 2
    confidence = np.round(probabilities.max(axis=1) * _CONFIDENCE_STEPS) / _CONFIDENCE_STEPS
    ink = total / _MOMENTS.shape[1]
    spread = np.sqrt(variance_x + variance_y)
    return np.stack([ink, x, y, spread, slant, edges, confidence]).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Reference:
    """What clean data look like, and how far a clean window strays from them. Made by :meth:`build`."""

    values: np.ndarray
    """The signals of the clean images, each sorted: float32 of shape (number of signals, N)."""
    thresholds: np.ndarray
    """The distance, 0 to 1, above which a signal has drifted: float64 of shape (number of signals,)."""
    window: int
    """Number of images in a window."""
    false_alarm_rate: float
    """The share of clean windows in which any signal exceeds its threshold."""

    @classmethod
    def build(cls, images, probabilities, window=200, false_alarm_rate=0.001, seed=0):
        """Measure clean data that the model was not trained on, and calibrate the thresholds.

        Clean windows are drawn from the data in runs of neighbours and compared with the rest of the data.
        The distances of each signal are divided by their 90 % quantile; the ``1 - false_alarm_rate`` quantile
        of the largest of them is the common factor of the thresholds.

        Args:
            images: uint8 of shape (N, 28, 28), 0 = paper to 255 = ink, N at least five windows; in the order
                in which they were collected, so that neighbours come from the same person. Shuffled images
                give thresholds that are too low for real windows.
            probabilities: What the model that will be served answers to them, shape (N, num_classes).
            window: Number of images in a window, a multiple of 4.
            false_alarm_rate: Share of clean windows that may raise an alarm, at least 0.001 and below 1.
            seed: Of the drawing of windows, a whole number.

        Returns:
            A :class:`Reference`.

        Raises:
            ValueError: An argument has the wrong shape, type or range.

        Source:
            Runs of neighbours: E. Carlstein, "The Use of Subseries Values for Estimating the Variance of a
            General Statistic from a Stationary Sequence", The Annals of Statistics 14(3), 1986. The maximum
            over all signals: P. H. Westfall and S. S. Young, "Resampling-Based Multiple Testing" (1993).
        """
        if window < 4 or window % _NUM_RUNS:
            raise ValueError(f"window: expected a positive multiple of {_NUM_RUNS}, received {window!r}")
        if not 10 / _NUM_RESAMPLES <= false_alarm_rate < 1:
            raise ValueError(
                f"false_alarm_rate: expected from {10 / _NUM_RESAMPLES} to below 1, "
                f"received {false_alarm_rate!r}"
            )
        values = measure(images, probabilities)
        count = values.shape[1]
        if count < 5 * window:
            raise ValueError(f"images: expected at least 5 windows, {5 * window} images, received {count}")
        drawn = _draw_windows(count, window, np.random.default_rng(seed))
        clean = np.sort(values, axis=1)
        distances = np.stack(
            [_distance(*pair) for pair in zip(clean, (v[drawn] for v in values), strict=True)]
        )
        distances *= count / (count - window)  # to the rest of the data instead of all, the window included
        # A signal that does not vary has a scale too: that of a single image.
        scale = np.maximum(np.quantile(distances, 0.9, axis=1), 1 / window)
        factor = np.quantile((distances / scale[:, None]).max(axis=0), 1 - false_alarm_rate)
        return cls(clean, factor * scale, window, false_alarm_rate)

    def distances(self, values):
        """The Kolmogorov-Smirnov distance of each signal of a window from the clean data, 0 to 1.

        ``values`` is what :func:`measure` gave, shape (number of signals, n), or of many windows, shape
        (number of signals, num_windows, n); the distances have its shape without the last axis.
        """
        return np.stack([_distance(*pair) for pair in zip(self.values, values, strict=True)])

    def save(self, path):
        """Write it to a file whose name ends in ``.npz``."""
        np.savez_compressed(
            path,
            signals=np.array(SIGNALS),
            values=self.values,
            thresholds=self.thresholds,
            window=self.window,
            false_alarm_rate=self.false_alarm_rate,
        )

    @classmethod
    def load(cls, path):
        """Read it from a file. Raises OSError, or ValueError if it holds something else."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                signals, values, thresholds = arrays["signals"], arrays["values"], arrays["thresholds"]
                window, rate = int(arrays["window"]), float(arrays["false_alarm_rate"])
            found = signals.tolist(), values.shape[:-1], thresholds.shape, window > 0
            if not (np.isfinite(values).all() and np.isfinite(thresholds).all()):
                found = "numbers that are not finite"
        except (ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile, zlib.error) as error:
            found = error
        if found != (list(SIGNALS), (len(SIGNALS),), (len(SIGNALS),), True):
            raise ValueError(
                f"reference.npz: expected a monitor's reference with the signals {', '.join(SIGNALS)}, "
                f"received {found}"
            )
        return cls(values, thresholds, window, rate)


class Monitor:
    """Judges one window after the other; safe to use from several threads.

    Windows do not overlap: each complete one gets one verdict, so the false-alarm rate is that of a verdict.
    A window that slid with every image would be looked at again and again, and sooner or later cry wolf.
    """

    def __init__(self, reference):
        self._reference = reference
        self._lock = threading.Lock()
        self._values = np.empty((len(SIGNALS), reference.window), dtype=np.float32)
        self._seen = 0  # of the window under way
        self._windows = 0
        self._distances = None

    def add(self, images, probabilities):
        """Count what came in, as :func:`measure` takes it; each window that this completes is judged."""
        values = measure(images, probabilities)
        with self._lock:
            while values.size:
                part = values[:, : self._reference.window - self._seen]
                values = values[:, part.shape[1] :]
                self._values[:, self._seen : self._seen + part.shape[1]] = part
                self._seen += part.shape[1]
                if self._seen == self._reference.window:
                    self._distances = self._reference.distances(self._values)
                    self._windows += 1
                    self._seen = 0

    def status(self):
        """The last verdict, and how far the window under way is, as a dictionary for JSON.

        ``state`` is "collecting" while no window is complete, then "drift" if in the last complete window any
        signal's value exceeds its threshold, else "steady". ``seen`` counts the images of the window under
        way, of ``window``; ``windows`` counts the verdicts; ``signals`` is empty while there is none.
        """
        with self._lock:
            seen, windows, distances = self._seen, self._windows, self._distances
        signals = []
        if distances is not None:
            columns = SIGNALS, distances.tolist(), self._reference.thresholds.tolist()
            signals = [{"name": n, "value": v, "threshold": t} for n, v, t in zip(*columns, strict=True)]
        drifted = any(signal["value"] > signal["threshold"] for signal in signals)
        state = "collecting" if not signals else "drift" if drifted else "steady"
        return {
            "state": state,
            "seen": seen,
            "window": self._reference.window,
            "windows": windows,
            "signals": signals,
        }


def _draw_windows(count, window, rng):
    """Draw clean windows: the images are cut into runs, and each window gets runs from all over.

    Returns:
        Indices of shape (_NUM_RESAMPLES, window), none twice in a window.
    """
    run = window // _NUM_RUNS
    starts = np.arange(0, count - run + 1, run)
    per_round = len(starts) // _NUM_RUNS
    rounds = [
        rng.permutation(starts)[: per_round * _NUM_RUNS] for _ in range(-(-_NUM_RESAMPLES // per_round))
    ]
    chosen = np.concatenate(rounds).reshape(-1, _NUM_RUNS)[:_NUM_RESAMPLES]
    return (chosen[:, :, None] + np.arange(run)).reshape(len(chosen), window)


def _distance(reference, windows):
    """Kolmogorov-Smirnov distance of windows, shape (..., n), from a sorted reference; ties count right."""
    windows = np.sort(windows, axis=-1)
    n, count = windows.shape[-1], len(reference)
    above = np.arange(1, n + 1) / n - np.searchsorted(reference, windows, side="right") / count
    below = np.searchsorted(reference, windows, side="left") / count - np.arange(n) / n
    return np.maximum(above.max(axis=-1), below.max(axis=-1))


def _checked(images, probabilities):
    images, probabilities = np.asarray(images), np.asarray(probabilities)
    if images.ndim != 3 or images.shape[1:] != IMAGE_SHAPE or images.dtype != np.uint8:
        raise ValueError(
            f"images: expected uint8 of shape {('N', *IMAGE_SHAPE)}, "
            f"received {images.dtype} of shape {images.shape}"
        )
    if probabilities.ndim != 2 or len(probabilities) != len(images) or probabilities.shape[1] == 0:
        raise ValueError(
            f"probabilities: expected shape ({len(images)}, num_classes), received {probabilities.shape}"
        )
    if not np.all((probabilities >= 0) & (probabilities <= 1.001)):  # rounding may carry a sum beyond 1
        raise ValueError("probabilities: expected numbers from 0 to 1, received others: are these logits?")
    return images, probabilities
