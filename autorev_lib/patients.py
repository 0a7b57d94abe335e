"""Networks that do not learn as they should, diagnosed in notebook 03. This file gives every answer away.

A patient is a network of :mod:`autorev_lib.backprop` with the recipe of its training. It has one fault, in
the network or in the recipe; ``cured=True`` builds the same patient without it.

    patient = admit("A", seed=3)
    losses = patient.train(x_train, y_train, seed=3)
"""

from typing import NamedTuple

import numpy as np

from autorev_lib import backprop

CAUSES = (
    "all units are equal",
    "gradients are added to earlier ones",
    "nothing: the learning rate is only small",
    "softmax overflows",
    "softmax runs along the wrong axis",
    "the gradient is a sum instead of a mean",
    "the signal vanishes on its way",
    "units are dead",
)
"""What can be wrong with a patient."""


class Patient(NamedTuple):
    """A network and the recipe by which it is trained."""

    network: backprop.Network
    learning_rate: float = 0.1
    has_raw_image: bool = False

    def train(self, x, labels, *, seed, num_epochs=3, batch_size=128, learning_rate=None):
        """Train the network on x (N, D) and integer labels (N,).

        Args:
            seed: Of the order in which it sees the images.
            learning_rate: None for the patient's own.

        Returns:
            The loss of each batch before its step; it may be infinite or NaN.
        """
        if self.has_raw_image:
            x = x.copy()
            x[len(x) // 2] *= 255
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            return self.network.fit(
                x,
                labels,
                num_epochs=num_epochs,
                batch_size=batch_size,
                learning_rate=learning_rate or self.learning_rate,
                rng=np.random.default_rng(seed),
            )


def admit(letter, *, seed, cured=False):
    """Build a patient that has not been trained.

    Args:
        letter: "A" to "G" are diagnosed in the notebook, "H" to "L" in its exercise.
        seed: Of the initial weights.
        cured: Whether to leave the fault out.

    Returns:
        A :class:`Patient` for images of 784 pixels from 0 to 1 and ten classes.

    Raises:
        ValueError: There is no such patient.
    """
    if letter not in _PATIENTS:
        raise ValueError(f"letter: expected one of {', '.join(_PATIENTS)}, received {letter!r}")
    return _PATIENTS[letter](np.random.default_rng(seed), not cured)


class SummedCrossEntropy(backprop.SoftmaxCrossEntropy):
    """Its gradient is the sum over the batch: the 1/N is missing."""

    def backward(self):
        return super().backward() * len(self.labels)


class WrongAxisCrossEntropy(backprop.SoftmaxCrossEntropy):
    """Its softmax makes the examples of a batch sum to 1, and not the classes of an example."""

    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=0)
        log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=0))
        self.probabilities, self.labels = np.exp(log_probabilities), labels
        return -float(log_probabilities[np.arange(len(labels)), labels].mean())

    def backward(self):
        counts = np.bincount(self.labels, minlength=self.probabilities.shape[1])
        grad_logits = self.probabilities * counts.astype(self.probabilities.dtype)
        grad_logits[np.arange(len(self.labels)), self.labels] -= 1
        return grad_logits / len(self.labels)


class OverflowingCrossEntropy(backprop.SoftmaxCrossEntropy):
    """Its softmax follows the formula to the letter and does not subtract the largest logit."""

    def forward(self, logits, labels):
        exponentials = np.exp(logits)
        self.probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        self.labels = labels
        return -float(np.log(self.probabilities[np.arange(len(labels)), labels]).mean())


class AccumulatingDense(backprop.Dense):
    """Adds the gradients of each batch to those of all batches before."""

    def backward_parameters(self, grad_output):
        earlier = self.grad_weights, self.grad_bias
        super().backward_parameters(grad_output)
        if earlier[0] is not None:
            self.grad_weights += earlier[0]
            self.grad_bias += earlier[1]


def _network(rng, *, activation=backprop.ReLU, widths=(128,), dense=backprop.Dense):
    layers = []
    for num_inputs, num_outputs in zip((784, *widths), widths, strict=False):
        layers += [dense(num_inputs, num_outputs, rng), activation()]
    return backprop.Network([*layers, dense(widths[-1], 10, rng)])


def _with_loss(rng, cross_entropy):
    network = _network(rng)
    network.cross_entropy = cross_entropy
    return network


def _scale_weights(network, factor):
    for layer in network.layers:
        if isinstance(layer, backprop.Dense):
            layer.weights *= layer.weights.dtype.type(factor)
    return network


def _vanishing(rng, is_sick):
    activation = backprop.Sigmoid if is_sick else backprop.ReLU
    return Patient(_network(rng, activation=activation, widths=(64,) * 8))


def _dead(rng, is_sick):
    return Patient(_network(rng), learning_rate=3.0 if is_sick else 0.1)


def _zero(rng, is_sick):
    return Patient(_scale_weights(_network(rng), 0 if is_sick else 1))


def _summed(rng, is_sick):
    loss = SummedCrossEntropy() if is_sick else backprop.SoftmaxCrossEntropy()
    return Patient(_with_loss(rng, loss), learning_rate=0.025)


def _accumulating(rng, is_sick):
    return Patient(_network(rng, dense=AccumulatingDense if is_sick else backprop.Dense))


def _wrong_axis(rng, is_sick):
    loss = WrongAxisCrossEntropy() if is_sick else backprop.SoftmaxCrossEntropy()
    return Patient(_with_loss(rng, loss))


def _overflowing(rng, is_sick):
    loss = OverflowingCrossEntropy() if is_sick else backprop.SoftmaxCrossEntropy()
    return Patient(_with_loss(rng, loss), has_raw_image=True)


def _dead_from_birth(rng, is_sick):
    network = _network(rng)
    network.layers[0].bias -= 10 if is_sick else 0
    return Patient(network)


def _equal(rng, is_sick):
    network = _network(rng, activation=backprop.Tanh)
    if is_sick:
        for layer in (network.layers[0], network.layers[2]):
            layer.weights[:] = 0.02
    return Patient(network)


def _summed_and_slow(rng, is_sick):
    loss = SummedCrossEntropy() if is_sick else backprop.SoftmaxCrossEntropy()
    return Patient(_with_loss(rng, loss), learning_rate=0.001 if is_sick else 0.1)


def _small_weights(rng, is_sick):
    network = _network(rng, activation=backprop.Tanh, widths=(64,) * 4)
    return Patient(_scale_weights(network, 0.1 if is_sick else 1))


def _slow(rng, is_sick):
    return Patient(_network(rng), learning_rate=0.002 if is_sick else 0.1)


_PATIENTS = {
    "A": _vanishing,
    "B": _dead,
    "C": _zero,
    "D": _summed,
    "E": _accumulating,
    "F": _wrong_axis,
    "G": _overflowing,
    "H": _dead_from_birth,
    "I": _equal,
    "J": _summed_and_slow,
    "K": _small_weights,
    "L": _slow,
}
