"""A trained network becomes a version that is served: loaded, completed, converted, judged, written down.

Take them in this order: :func:`load_network`, :func:`add_missing_layers`, :func:`publish`. The last converts
with :func:`convert`, judges what will be served, and keeps a model card with it.
"""

import tempfile
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

from autorev_lib import evaluation, export, screen
from autorev_lib.errors import AutorevError
from autorev_lib.litert import LiteRTModel
from autorev_lib.publishing import card
from autorev_lib.publishing.card import summary
from autorev_lib.publishing.completion import add_missing_layers
from autorev_lib.publishing.loading import load_network
from autorev_lib.serving import versions
from autorev_lib.serving.monitor import Reference

__all__ = [
    "AccuracyError",
    "Converted",
    "add_missing_layers",
    "convert",
    "load_network",
    "publish",
    "summary",
]

MIN_ACCURACY = 0.8
"""What reads fewer of the clean images correctly is published only if one insists."""
MAX_LOSS = 0.005
"""By at most this much, half a point of accuracy, may int8 be worse than the network itself."""
_MIN_AGREEMENT = 0.98
_GOLDEN = 20
_GOLDEN_TOLERANCE = 0.05  # int8 arithmetic may differ by a few of its 256 steps from processor to processor
_REPRESENTATIVE = 500


class AccuracyError(AutorevError):
    """What would be served reads too few of the clean images correctly."""


class Converted(NamedTuple):
    """What will be served, and how well it reads."""

    litert: bytes
    """The content of a ``.tflite`` file."""
    arithmetic: str
    """``"int8"`` or ``"float32"``."""
    reason: str
    """Why it computes with that: one clause for people."""
    probabilities: np.ndarray
    """What it answers to the images, float32 of shape (N, num_classes)."""
    accuracy: float
    """The share of the images that it reads correctly, 0 to 1."""
    interval: tuple[float, float]
    """The 95 % interval of that share."""


def convert(network, images, labels):
    """Convert a network to what is served: int8 if that does it justice, otherwise float32.

    int8 does so if it can be converted and run, gives the same answer to 98 % of the images, and reads no
    more than :data:`MAX_LOSS` fewer of them correctly.

    Args:
        network: A Keras model from shape (N, 28, 28), 0 to 255, to probabilities;
            :func:`add_missing_layers` makes one of a network that takes or gives something else.
        images: Images that it was not trained on, uint8 of shape (N, 28, 28).
        labels: Their classes, integers of shape (N,).

    Returns:
        A :class:`Converted`.

    Raises:
        AutorevError: It cannot be converted, or Keras runs on another backend than TensorFlow, whose
            converter this needs.

    Source:
        The interval: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
        Journal of the American Statistical Association 22(158), 1927.
    """
    from scipy.stats import binomtest

    if (backend := keras.backend.backend()) != "tensorflow":
        raise AutorevError(
            f"publishing needs Keras on TensorFlow, it runs on {backend}", "unset KERAS_BACKEND"
        )
    x = images.astype("float32")
    expected = network.predict(x, batch_size=500, verbose=0)
    arithmetic, reason = "int8", "smaller and faster, and it reads as well"
    if '"unroll": true' in network.to_json():
        fault = "it cannot be run: LiteRT has no recurrent layers that compute so"
    else:
        litert, probabilities, fault = _tried(
            lambda path: export.to_litert_int8(network, path, x[:_REPRESENTATIVE]), x, expected, labels
        )
    if fault:
        arithmetic, reason = "float32", f"as int8 {fault}"
        litert, probabilities, fault = _tried(
            lambda path: export.to_litert(network, path), x, expected, labels
        )
    if fault:
        raise AutorevError(
            f"network: expected one that LiteRT can run, but {reason}; and as float32 {fault}",
            "build it of layers that LiteRT has: dense, convolution, pooling, normalisation, attention",
        )
    right = np.sum(probabilities.argmax(axis=1) == labels)
    interval = binomtest(int(right), len(labels)).proportion_ci(method="wilson")
    return Converted(
        litert, arithmetic, reason, probabilities, float(right / len(labels)), (interval.low, interval.high)
    )


def publish(models, name, network, images, labels, *, added=(), source=None, seed=None, anyway=False):
    """Make a network ready to be served, and add it to a folder of models as the next version.

    It is converted, what will be served is judged, its answers to a few images are recorded, and the
    monitor's reference is built with it. A model card, and the Keras model for retraining, are kept with it.

    Args:
        models: The folder of models; made if it is missing.
        name: The model's name.
        network: As :func:`convert` takes it.
        images: Clean images that it was not trained on, uint8 of shape (N, 28, 28), N at least 1,000, in the
            order in which they were collected: see :meth:`~autorev_lib.serving.monitor.Reference.build`.
        labels: Their classes, integers of shape (N,).
        added: Names of what :func:`add_missing_layers` put on, for the card.
        source: Path of the file that the network came from, for the card; only its hash is kept.
        seed: Of its training, for the card.
        anyway: Publish it however few images it reads.

    Returns:
        The version, a :class:`~autorev_lib.serving.versions.LoadedVersion`. Its notes hold
        ``"clean_accuracy"``, the share of the images that it reads correctly, ``"clean_interval"`` and what
        else is on the card.

    Raises:
        AccuracyError: What would be served reads less than :data:`MIN_ACCURACY` of the images correctly.
        AutorevError: It cannot be converted.
        VersionError: It cannot be added.
    """
    with screen.busy("Converting the network, about 10 seconds ..."), tempfile.TemporaryDirectory() as folder:
        converted = convert(network, images, labels)
        notes = card.notes(converted, images, labels, added, source, seed)
        if converted.accuracy < MIN_ACCURACY and not anyway:
            guessing = 1 / converted.probabilities.shape[1]
            raise AccuracyError(
                f"{summary(notes)}, expected at least {MIN_ACCURACY:.0%}"
                + (", and guessing would do as well" if converted.interval[0] <= guessing else ""),
                "train it longer, on digits as MNIST has them; what autorev puts on by itself (scaling, "
                "black on white, rows for columns, another order of the classes) does not help it",
            )
        litert, reference, keras_model = (
            Path(folder, file) for file in (versions.MODEL, versions.REFERENCE, versions.SOURCE)
        )
        litert.write_bytes(converted.litert)
        Reference.build(images, converted.probabilities).save(reference)
        network.save(keras_model)
        is_first = versions.newest(models, name) is None
        return versions.add(
            models,
            name,
            litert,
            images[:_GOLDEN],
            converted.probabilities[:_GOLDEN],
            [str(label) for label in range(converted.probabilities.shape[1])],
            state=versions.READY if is_first else versions.SHADOW,
            tolerance=_GOLDEN_TOLERANCE,
            reference=reference,
            source=keras_model,
            notes=notes,
            card=card.text(name, notes),
        )


def _tried(write, x, expected, labels):
    """Convert and run: the content of the file, its answers, and why it does not do, or None."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, versions.MODEL)
        try:
            write(path)
            litert = path.read_bytes()
            probabilities = LiteRTModel(litert).predict(x)
        except OSError:  # a full disk says nothing of the network
            raise
        except Exception as error:  # the converter and LiteRT raise whatever the network leads them to
            return None, None, f"it cannot be run: {str(error).strip().splitlines()[-1][:160]}"
    own, answers = expected.argmax(axis=1), probabilities.argmax(axis=1)
    agreement = evaluation.accuracy(own, answers)
    loss = evaluation.accuracy(labels, own) - evaluation.accuracy(labels, answers)
    if not np.allclose(probabilities.sum(axis=1), 1, atol=0.05):  # NaN, too
        return litert, probabilities, "its probabilities do not add up to 1"
    if agreement < _MIN_AGREEMENT:
        return (
            litert,
            probabilities,
            f"it gives the network's own answer to {agreement:.1%} of the images only",
        )
    if loss > MAX_LOSS:
        return litert, probabilities, f"it reads {100 * loss:.1f} points fewer of the images correctly"
    return litert, probabilities, None
