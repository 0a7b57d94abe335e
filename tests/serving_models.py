"""Small models to serve in tests, made once in each process."""

import base64
import functools
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autorev_lib.data import load_mnist

LABELS = tuple("0123456789")
_FOLDER = tempfile.TemporaryDirectory(prefix="autorev-test-")


class Made(NamedTuple):
    """A model that was made for tests."""

    litert: Path
    keras: Path
    """The model it was made from; "two" has none."""
    inputs: np.ndarray
    """float32 of shape (N, *input_shape)."""
    outputs: np.ndarray
    """What the model must answer to them, computed here."""


@functools.cache
def made(name):
    """Make a model: "one" and "two" read digits of 28 by 28 and differ, "small" takes 14 by 14.

    All are linear: reading MNIST by least squares is right about 80 times in 100.
    """
    (x, y), _ = load_mnist(small=True)
    x = (x / 255).astype(np.float32)[..., None]
    if name == "small":
        x = x[:, ::2, ::2]
    flat = np.c_[x.reshape(len(x), -1), np.ones(len(x))]
    solved = np.linalg.solve(flat.T @ flat + 10 * np.eye(flat.shape[1]), flat.T @ np.eye(10)[y])
    solved = (4 if name == "two" else 8) * solved.astype(np.float32)
    folder = Path(_FOLDER.name, name)
    folder.mkdir()
    if name == "two":  # converting takes seconds, changing the numbers in the file does not
        one = made("one")
        content = one.litert.read_bytes()
        for old in (2 * solved[:-1].T, 2 * solved[-1]):
            assert content.count(old.tobytes()) == 1
            content = content.replace(old.tobytes(), (old / 2).tobytes())
        (folder / "model.tflite").write_bytes(content)
    else:
        _convert(solved, x.shape[1:], folder)
    scores = np.exp(flat[:64] @ solved)
    outputs = (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)
    return Made(folder / "model.tflite", folder / "model.keras", x[:64], outputs)


def _convert(solved, shape, folder):
    from autorev_lib.devices import select_backend

    select_backend()
    import keras

    from autorev_lib.export import to_litert

    dense = keras.layers.Dense(10)
    model = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), dense, keras.layers.Softmax()])
    dense.set_weights([solved[:-1], solved[-1]])
    to_litert(model, folder / "model.tflite")
    model.save(folder / "model.keras")


def publish(models, which="one", **changes):
    """Publish one of these models as the next version of "digits"; returns its number."""
    from autorev_lib.serving import versions

    model = made(which)
    settings = {"golden_inputs": model.inputs, "golden_outputs": model.outputs, "labels": LABELS} | changes
    return versions.add(
        models, settings.pop("name", "digits"), settings.pop("model", model.litert), **settings
    )


@functools.cache
def ink(digit_index=0):
    """A drawing as a client sends it: an image of MNIST, enlarged five times."""
    (x, _), _ = load_mnist(small=True)
    pixels = np.kron(x[digit_index], np.ones((5, 5), np.uint8))
    return {"width": 140, "height": 140, "ink": base64.b64encode(pixels).decode()}
