"""Recipes that train a network to read MNIST: what is published elsewhere, ours, and the steps in between.

Each contestant is made from uint8 images (N, 28, 28) and their labels; ``epoch()`` trains it for one epoch of
its recipe, ``predict(images)`` gives a class for each image.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Recipe(NamedTuple):
    """How Keras is asked to train."""

    title: str
    layers: Callable
    """Of ``keras.layers``, gives the layers between the scaled image and the last dense layer."""
    num_epochs: int
    """As many are trained; a schedule is made for so many."""
    peak: float | None = None
    """The highest rate of one cycle; None for Adam as Keras sets it."""
    label_smoothing: float = 0.0
    batch_size: int = 128
    steps_per_execution: int = 1
    largest_shift: int = 0
    """By how many pixels each image is moved at most, anew in each epoch."""


def two_pools(layers):
    """The first layers of :func:`two_pools_and_dropout`."""
    return [
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
    ]


def two_pools_and_dropout(layers):
    """Of https://keras.io/examples/vision/mnist_convnet"""
    return [*two_pools(layers), layers.Dropout(0.5)]


def one_convolution(layers):
    """Of many a first lesson."""
    return [layers.Conv2D(32, 3, activation="relu"), layers.Flatten()]


def strided(layers):
    """Of notebook 04: two convolutions take every second place only."""
    return [
        layers.Conv2D(16, 3, strides=2, activation="relu"),
        layers.Conv2D(32, 3, strides=2, activation="relu"),
        layers.Conv2D(48, 3, activation="relu"),
        layers.Flatten(),
    ]


def pooled(layers):
    """The first convolution takes every place."""
    return [
        layers.Conv2D(24, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(48, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(96, 3, activation="relu"),
        layers.Flatten(),
    ]


_KERAS_IO = Recipe("keras.io: convolutions of 32 and 64", two_pools_and_dropout, 12)
_CYCLE = _KERAS_IO._replace(title="one cycle of the learning rate", num_epochs=2, peak=0.015)
_UNDROPPED = _CYCLE._replace(title="no dropout", layers=two_pools)
_STRIDED = _UNDROPPED._replace(title="strides in place of pooling, 16, 32, 48 filters", layers=strided)
_SMOOTHED = _STRIDED._replace(title="label smoothing", label_smoothing=0.1)
_OURS = _SMOOTHED._replace(title="50 steps in one call", steps_per_execution=50)

LADDER = {
    "keras.io": _KERAS_IO,
    "cycle": _CYCLE,
    "no dropout": _UNDROPPED,
    "strided": _STRIDED,
    "smoothed": _SMOOTHED,
    "ours": _OURS,
}
"""From a published recipe to ours, one change at a time."""

RECIPES = LADDER | {
    "one convolution": Recipe("one convolution of 32, batches of 64", one_convolution, 10, batch_size=64),
    "ours, 99.5": _OURS._replace(
        title="a pooled network of 24, 48, 96, moved copies",
        layers=pooled,
        num_epochs=8,
        peak=0.01,
        largest_shift=1,
    ),
}
TORCH = "PyTorch example: convolutions of 32 and 64, batches of 64"


class KerasContestant:
    """A recipe with Keras, on the backend that is set."""

    def __init__(self, recipe, images, labels, seed):
        import keras

        from autorev_lib.training import OneCycle

        self._recipe, self._rng = recipe, np.random.default_rng(seed)
        self._images, self._labels = images, np.eye(10, dtype="float32")[labels]
        keras.utils.set_random_seed(seed)
        layers, num_steps = keras.layers, recipe.num_epochs * math.ceil(len(images) / recipe.batch_size)
        self.model = keras.Sequential(
            [keras.Input((28, 28, 1)), layers.Rescaling(1 / 255), *recipe.layers(layers), layers.Dense(10)]
        )
        self.model.compile(
            keras.optimizers.Adam(OneCycle(recipe.peak, num_steps) if recipe.peak else 0.001),
            keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing),
            steps_per_execution=recipe.steps_per_execution,
        )

    def epoch(self):
        images = _shifted(self._images, self._recipe.largest_shift, self._rng)[..., None]
        self.model.fit(images, self._labels, batch_size=self._recipe.batch_size, verbose=0)

    def predict(self, images):
        return self.model.predict(images[..., None], batch_size=1000, verbose=0).argmax(axis=1)

    def size(self):
        """Parameters, and multiplications for one image."""
        kernels = [layer for layer in self.model.layers if layer.weights]
        work = (math.prod((*layer.output.shape[1:-1], *layer.kernel.shape)) for layer in kernels)
        return self.model.count_params(), sum(work)


class TorchContestant:
    """The example of PyTorch: https://github.com/pytorch/examples/tree/main/mnist"""

    def __init__(self, images, labels, seed):
        import torch
        from torch import nn

        torch.manual_seed(seed)
        self._torch = torch
        self._images, self._labels = self._prepared(images), torch.from_numpy(labels.astype("int64"))
        convolutions = nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)
        dense = nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10)
        self.model = nn.Sequential(*convolutions, nn.Dropout(0.25), nn.Flatten(), *dense)
        self._optimizer = torch.optim.Adadelta(self.model.parameters(), lr=1.0)
        self._schedule = torch.optim.lr_scheduler.StepLR(self._optimizer, step_size=1, gamma=0.7)

    def _prepared(self, images):
        return (self._torch.from_numpy(images[:, None]).float() / 255 - 0.1307) / 0.3081

    def epoch(self):
        self.model.train()
        for rows in self._torch.randperm(len(self._images)).split(64):
            self._optimizer.zero_grad()
            logits = self.model(self._images[rows])
            self._torch.nn.functional.cross_entropy(logits, self._labels[rows]).backward()
            self._optimizer.step()
        self._schedule.step()

    def predict(self, images):
        self.model.eval()
        with self._torch.no_grad():
            parts = [self.model(part).argmax(dim=1) for part in self._prepared(images).split(1000)]
        return self._torch.cat(parts).numpy()

    def size(self):
        """Parameters, and multiplications for one image."""
        x, work = self._torch.zeros(1, 1, 28, 28), 0
        for layer in self.model:
            x = layer(x)
            if hasattr(layer, "weight"):
                work += layer.weight.numel() * math.prod(x.shape[2:])
        return sum(each.numel() for each in self.model.parameters()), work


def _shifted(images, largest, rng):
    """Images, each moved by up to so many pixels along each axis; what moves in is paper."""
    if not largest:
        return images
    moved, (_, height, width) = np.empty_like(images), images.shape
    padded = np.pad(images, ((0, 0), (largest, largest), (largest, largest)))
    corners = rng.integers(0, 2 * largest + 1, (len(images), 2))
    for top, left in np.ndindex(2 * largest + 1, 2 * largest + 1):
        chosen = (corners == (top, left)).all(axis=1)
        moved[chosen] = padded[chosen, top : top + height, left : left + width]
    return moved
