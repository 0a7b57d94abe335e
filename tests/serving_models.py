"""Small models to serve in tests, made in a moment and without a framework.

`linear.tflite` has the layers of the course's served models: scaling, one dense layer, softmax. Its numbers
are placeholders that are replaced here. `python tests/serving_models.py` makes the file again.
"""

import base64
import functools
import struct
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autorev_lib.data import IMAGE_SHAPE, load_mnist
from autorev_lib.serving import versions

LABELS = tuple("0123456789")
TEMPLATE = Path(__file__).with_name("linear.tflite")
WEIGHTS = np.arange(7840, dtype=np.float32).reshape(784, 10)
BIAS = np.arange(8000, 8010, dtype=np.float32)
_FOLDER = tempfile.TemporaryDirectory(prefix="autorev-test-")


class Made(NamedTuple):
    """A model that was made for tests."""

    litert: Path
    inputs: np.ndarray
    """Images as they are: uint8 of shape (64, 28, 28), 0 to 255."""
    outputs: np.ndarray
    """The probabilities that the model must answer, computed here."""
    weights: np.ndarray
    bias: np.ndarray


@functools.cache
def made(name):
    """Make a model: "one" and "two" read digits and differ, "wide" takes images of 14 by 56.

    All are linear: reading MNIST by least squares is right about 80 times in 100.
    """
    (x, y), _ = load_mnist(small=True)
    flat = np.c_[x.reshape(len(x), -1) / 255, np.ones(len(x))].astype(np.float32)
    solved = np.linalg.solve(flat.T @ flat + 10 * np.eye(flat.shape[1]), flat.T @ np.eye(10)[y])
    solved = (4 if name == "two" else 8) * solved.astype(np.float32)
    changes = [(WEIGHTS.T, solved[:-1].T), (BIAS, solved[-1])]
    content = TEMPLATE.read_bytes()
    for old, new in changes:
        assert content.count(old.tobytes()) == 1
        content = content.replace(old.tobytes(), new.tobytes())
    if name == "wide":
        for batch in (-1, 1):
            content = content.replace(struct.pack("<3i", batch, 28, 28), struct.pack("<3i", batch, 14, 56))
    path = Path(_FOLDER.name, f"{name}.tflite")
    path.write_bytes(content)
    scores = np.exp(flat[:64] @ solved)
    outputs = (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)
    return Made(path, x[:64], outputs, solved[:-1], solved[-1])


def publish(models, which="one", **changes):
    """Publish one of these models as the next version of "digits"; returns its number."""
    model = made(which)
    settings = {"golden_inputs": model.inputs, "golden_outputs": model.outputs, "labels": LABELS} | changes
    version = versions.add(
        models, settings.pop("name", "digits"), settings.pop("model", model.litert), **settings
    )
    return version.number


@functools.cache
def ink(digit_index=0):
    """A drawing as a client sends it: an image of MNIST, enlarged five times."""
    (x, _), _ = load_mnist(small=True)
    pixels = np.kron(x[digit_index], np.ones((5, 5), np.uint8))
    return {"width": 140, "height": 140, "ink": base64.b64encode(pixels).decode()}


def network(weights=WEIGHTS, bias=BIAS):
    """The same layers as a Keras model."""
    from autorev_lib.devices import select_backend

    select_backend()
    import keras

    layers, dense = keras.layers, keras.layers.Dense(10)
    model = keras.Sequential(
        [keras.Input(IMAGE_SHAPE), layers.Rescaling(1 / 255), layers.Flatten(), dense, layers.Softmax()]
    )
    dense.set_weights([weights, bias])
    return model


def _write_template():
    from autorev_lib.export import to_litert

    to_litert(network(), TEMPLATE)


if __name__ == "__main__":
    _write_template()
