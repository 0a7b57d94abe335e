"""What people have, and what becomes of it: each kind of network is published and reads, or is refused in a line."""

import json
import re
import zipfile

import h5py
import numpy as np
import pytest

from autorev_lib import devices
from autorev_lib.errors import AutorevError

devices.select_backend()
import keras  # noqa: E402

from autorev_lib import data, export, publishing  # noqa: E402
from autorev_lib.litert import LiteRTModel  # noqa: E402
from autorev_lib.serving import versions  # noqa: E402
from autorev_lib.serving.monitor import Reference  # noqa: E402
from autorev_lib.training import set_seed  # noqa: E402

if keras.backend.backend() != "tensorflow":
    pytest.skip("LiteRT files are written by TensorFlow's converter", allow_module_level=True)

layers = keras.layers
SCALING = "scaling from 0..255 to 0..1"
TURNED = np.arange(784).reshape(28, 28).T.ravel()
IN_32 = np.flatnonzero(np.pad(np.ones((28, 28)), 2))


@pytest.fixture(scope="module")
def digits():
    """4,000 images to train with and 1,000 that are clean, with their labels."""
    (images, labels), _ = data.load_mnist()
    return images[:4000], labels[:4000], images[-1000:], labels[-1000:]


@pytest.fixture(scope="module")
def trained(digits):
    """Weights of a network with one hidden layer that reads pixels from 0 to 1."""
    set_seed(1)
    network = classifier(None)
    network.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    network.fit(digits[0].reshape(-1, 784) / 255, digits[1], epochs=6, batch_size=64, verbose=0)
    return network.get_weights()


def classifier(weights, shape=(784,), *, tail="softmax", units=10, batch_size=None, dtype=None, scaled=False):
    """The same network in another wrapping."""
    network = keras.Sequential(
        [
            keras.Input(shape, batch_size=batch_size, dtype=dtype),
            *([layers.Rescaling(1 / 255)] if scaled else []),
            *([layers.Flatten()] if len(shape) > 1 else []),
            layers.Dense(48, activation="relu"),
            layers.Dense(units, activation=tail),
        ]
    )
    if weights:
        network.set_weights(weights)
    return network


def reading(weights, scale=1.0, offset=0.0):
    """Weights that read pixels v where scale * v + offset is from 0 to 1."""
    first, bias, *rest = weights
    return [first * scale, bias + offset * first.sum(axis=0), *rest]


def with_policy(name, weights, **options):
    keras.config.set_dtype_policy(name)
    try:
        return classifier(weights, (28, 28), **options)
    finally:
        keras.config.set_dtype_policy("float32")


def in_a(kind, weights):
    inputs, inner = keras.Input((28, 28), name="pixels"), classifier(weights, (28, 28))
    outputs = inner(inputs)
    return keras.Model([inputs], [outputs]) if kind is list else keras.Model({"pixels": inputs}, {"p": outputs})


def recurrent(_):
    """A GRU that reads seven steps of four rows each, trained by the test."""
    set_seed(1)
    (images, labels), _ = data.load_mnist()
    network = keras.Sequential(
        [keras.Input((28, 28)), layers.Reshape((7, 112)), layers.GRU(32), layers.Dense(10)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(0.01), loss)
    network.fit(images[:4000] / 255, labels[:4000], epochs=3, batch_size=64, verbose=0)
    return network


def convolutional(w):
    """Of any size of image: (None, None, 1)."""
    first, bias, second, last = w
    network = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(48, 28, activation="relu"),
            layers.Conv2D(10, 1),
            layers.GlobalMaxPooling2D(),
        ]
    )
    network.set_weights([first.reshape(28, 28, 1, 48), bias, second[None, None], last])
    return network


def in_32(w, channels=1):
    first = np.zeros((1024, 48), np.float32)
    first[IN_32] = w[0]
    weights = [np.repeat(first, channels, axis=0) / channels, *w[1:]]
    return classifier(weights, (32, 32, channels))


PUBLISHED = {
    "(784,), softmax": (classifier, ["a reshape"]),
    "(28, 28), softmax": (lambda w: classifier(w, (28, 28)), []),
    "(28, 28, 1), logits": (lambda w: classifier(w, (28, 28, 1), tail=None), ["a reshape", "a softmax"]),
    "(1, 28, 28), channels first": (lambda w: classifier(w, (1, 28, 28)), ["a reshape"]),
    "(28, 28, 3), colour": (
        lambda w: classifier([np.repeat(w[0], 3, axis=0) / 3, *w[1:]], (28, 28, 3)),
        ["three equal channels"],
    ),
    "(32, 32, 1), padded": (in_32, ["padding to 32 × 32"]),
    "(32, 32, 3), padded and colour": (
        lambda w: in_32(w, 3),
        ["padding to 32 × 32", "three equal channels"],
    ),
    "(None, None, 1), logits": (convolutional, ["a reshape", "a softmax"]),
    "log-softmax": (
        lambda w: classifier(w, (28, 28), tail="log_softmax"),
        ["the exponential of its log-softmax"],
    ),
    "sigmoids": (
        lambda w: classifier(w, (28, 28), tail="sigmoid"),
        ["division of its sigmoids by their sum"],
    ),
    "scaled inside": (lambda w: classifier(w, (28, 28), scaled=True), None),
    "pixels 0 to 255": (lambda w: classifier(reading(w, 1 / 255), (28, 28)), None),
    "pixels -1 to 1": (
        lambda w: classifier(reading(w, 0.5, 0.5), (28, 28)),
        ["scaling from 0..255 to -1..1"],
    ),
    "pixels standardised": (
        lambda w: classifier(reading(w, 0.3081, 0.1307), (28, 28)),
        ["standardisation by MNIST's mean and standard deviation"],
    ),
    "black on white": (
        lambda w: classifier(reading(w, -1, 1), (28, 28)),
        ["inversion: it reads black on white"],
    ),
    "rows for columns": (
        lambda w: classifier([w[0][TURNED], *w[1:]], (28, 28)),
        ["exchange of rows and columns"],
    ),
    "classes 1, 2, ..., 9, 0": (
        lambda w: classifier([*w[:2], np.roll(w[2], -1, axis=1), np.roll(w[3], -1)], (28, 28)),
        [r"the classes in their order \(class 0 stands at output 9, class 1 stands at output 0, .*\)"],
    ),
    "fixed batch": (lambda w: classifier(w, (28, 28), batch_size=32), ["a free batch size"]),
    "uint8 in": (
        lambda w: classifier(w, (28, 28), dtype="uint8", scaled=True),
        ["an input of float32 in place of uint8"],
    ),
    "mixed_float16": (
        lambda w: with_policy("mixed_float16", w),
        ["float32 in place of mixed_float16"],
    ),
    "float64": (
        lambda w: with_policy("float64", w, dtype="float64"),
        ["an input of float32 in place of float64", "float32 in place of float64"],
    ),
    "one tensor in a list": (lambda w: in_a(list, w), []),
    "one tensor in a dictionary": (lambda w: in_a(dict, w), []),
    "GRU": (recurrent, ["a softmax", "its recurrent layers unrolled"]),
    "saved as .h5": (lambda w: classifier(w, (28, 28)), []),
    "saturated": (
        lambda w: classifier([*w[:2], w[2] * 1e4, w[3] * 1e4], (28, 28)),
        [],
    ),
}
UNSCALED = {"scaled inside", "pixels 0 to 255", "pixels -1 to 1", "pixels standardised", "uint8 in"}
AS_FLOAT = {"GRU": "LiteRT runs no recurrent layers as int8"}


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_network_of_this_kind_is_published(kind, digits, trained, tmp_path):
    build, parts = PUBLISHED[kind]
    file = tmp_path / ("network.h5" if ".h5" in kind else "network.keras")
    build(trained).save(file)
    network, added = publishing.add_missing_layers(publishing.load_network(file), *digits[2:])
    version = publishing.publish(tmp_path / "models", "digits", network, *digits[2:], added=added, source=file)
    print("ROW", kind, "|", added, "|", version.notes["arithmetic"], "|", version.notes["arithmetic_reason"], "|", version.notes["clean_accuracy"])
