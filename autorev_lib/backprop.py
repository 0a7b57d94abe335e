"""A neural network without a framework: every layer's forward rule beside its backward rule.

Built step by step in notebook 03, after D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning
representations by back-propagating errors" (1986). A batch has N rows, a layer D inputs and M outputs;
``grad_something`` is the derivative of the loss with respect to ``something`` and has its shape.

    rng = np.random.default_rng(0)
    network = Network([Dense(784, 128, rng), ReLU(), Dense(128, 10, rng)])
    losses = network.fit(x_train, y_train, num_epochs=5, batch_size=128, learning_rate=0.1, rng=rng)
    accuracy = (network.forward(x_test).argmax(axis=1) == y_test).mean()

Arrays are float32 or float64, one of the two throughout a network. What does not fit raises TypeError (type,
dtype), ValueError (shape, range, NaN, infinity) or RuntimeError (backward before forward).
"""

from numbers import Integral, Real

import numpy as np


class Layer:
    """What layers share. Each adds ``forward(x)`` and ``backward(grad_output)``, which returns ``grad_x``."""

    parameter_names = ()  # the gradient of the parameter "weights" is kept as "grad_weights"
    output = None  # of the last forward: array (N, M)

    def backward_parameters(self, grad_output):
        """Compute the gradients of the layer's own parameters: nothing to do for a layer without any."""

    def check_upstream(self, grad_output):
        """Raise unless forward came first and ``grad_output`` has the shape and dtype of its output."""
        _check_came_first("forward", self.output, "backward")
        check_floats("grad_output", grad_output, self.output.shape, self.output.dtype)


class Dense(Layer):
    """Fully connected layer: output = x @ weights + bias.

    The weights start uniform between ±sqrt(6 / (D + M)), as in Keras, so that signals keep their size on the
    way forward and gradients on the way back; the bias starts at zero.

    Args:
        num_inputs: D.
        num_outputs: M.
        rng: The ``numpy.random.Generator`` that draws the weights.
        dtype: "float32" or "float64".

    Attributes:
        weights, grad_weights: Arrays (D, M).
        bias, grad_bias: Arrays (M,). Both gradients are None before the first backward.

    Source:
        X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks"
        (2010).
    """

    parameter_names = ("weights", "bias")

    def __init__(self, num_inputs, num_outputs, rng, dtype="float32"):
        check_positive("num_inputs", num_inputs, Integral)
        check_positive("num_outputs", num_outputs, Integral)
        _check_type("rng", rng, np.random.Generator)
        limit = np.sqrt(6 / (num_inputs + num_outputs))
        self.weights = rng.uniform(-limit, limit, (num_inputs, num_outputs)).astype(dtype)
        check_floats("dtype", self.weights, (num_inputs, num_outputs))
        self.bias = np.zeros(num_outputs, dtype)
        self.grad_weights = self.grad_bias = None

    def forward(self, x):
        """From x (N, D) to output (N, M)."""
        check_floats("x", x, (None, len(self.weights)), self.weights.dtype)
        self.x = x
        self.output = x @ self.weights + self.bias
        return self.output

    def backward(self, grad_output):
        """From grad_output (N, M) to grad_x (N, D), by way of the parameters' gradients."""
        self.backward_parameters(grad_output)
        return grad_output @ self.weights.T

    def backward_parameters(self, grad_output):
        """From grad_output (N, M) to grad_weights (D, M) and grad_bias (M,), summed over the rows."""
        self.check_upstream(grad_output)
        self.grad_weights = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)


class ReLU(Layer):
    """output = max(x, 0), shape (N, M). The slope is 1 where x > 0, else 0: at the kink too, as in Keras."""

    def forward(self, x):
        check_floats("x", x, (None, None))
        self.output = np.maximum(x, 0)
        return self.output

    def backward(self, grad_output):
        self.check_upstream(grad_output)
        return grad_output * (self.output > 0)


class Sigmoid(Layer):
    """output = 1 / (1 + exp(-x)), shape (N, M). The slope is output * (1 - output), 1/4 at the most."""

    def forward(self, x):
        check_floats("x", x, (None, None))
        with np.errstate(over="ignore"):  # far left exp(-x) is inf, and 1 / inf = 0 is the right answer
            self.output = 1 / (1 + np.exp(-x))
        return self.output

    def backward(self, grad_output):
        self.check_upstream(grad_output)
        return grad_output * self.output * (1 - self.output)


class Tanh(Layer):
    """output = tanh(x), shape (N, M). The slope is 1 - output²."""

    def forward(self, x):
        check_floats("x", x, (None, None))
        self.output = np.tanh(x)
        return self.output

    def backward(self, grad_output):
        self.check_upstream(grad_output)
        return grad_output * (1 - self.output**2)


class SoftmaxCrossEntropy:
    """Softmax and cross-entropy in one: the mean over the batch of -log(probability of the true class).

    Subtracting each row's largest logit changes no probability and keeps exp from overflowing. Taken together
    the two have the simplest gradient of all: (probabilities - one_hot(labels)) / N.
    """

    probabilities = None  # of the last forward: array (N, M), each row sums to 1

    def forward(self, logits, labels):
        """From logits (N, M) and integer labels (N,), each from 0 to M - 1, to the loss, a float."""
        check_floats("logits", logits, (None, None))
        _check_finite("logits", logits)
        _check_labels(labels, *logits.shape)
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.probabilities = np.exp(log_probabilities)
        self.labels = labels
        return -float(log_probabilities[np.arange(len(labels)), labels].mean())

    def backward(self):
        """To grad_logits (N, M)."""
        _check_came_first("forward", self.probabilities, "backward")
        grad_logits = self.probabilities.copy()
        grad_logits[np.arange(len(self.labels)), self.labels] -= 1
        grad_logits /= len(self.labels)
        return grad_logits


class Network:
    """Layers in a row, softmax cross-entropy on the last output, trained by stochastic gradient descent."""

    def __init__(self, layers):
        self.layers = list(layers)
        self.cross_entropy = SoftmaxCrossEntropy()

    def forward(self, x):
        """From x (N, D) to logits (N, M)."""
        check_floats("x", x, (None, None))
        _check_finite("x", x)
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, labels):
        """From x (N, D) and integer labels (N,) to the loss, a float."""
        return self.cross_entropy.forward(self.forward(x), labels)

    def backward(self):
        """Compute every parameter's gradient for the batch that ``loss`` saw last.

        The first layer skips its grad_x: it costs as much as the layer's forward, and nobody moves the data.
        """
        grad = self.cross_entropy.backward()
        for layer in reversed(self.layers[1:]):
            grad = layer.backward(grad)
        self.layers[0].backward_parameters(grad)

    def step(self, learning_rate):
        """Move every parameter against its gradient, in place."""
        check_positive("learning_rate", learning_rate, Real)
        gradients = self.gradients()
        for name, parameter in self.parameters().items():
            parameter -= learning_rate * gradients[name]

    def parameters(self):
        """The parameters themselves, no copies: a dictionary {"layers[0].weights": array (D, M), ...}."""
        return self._by_name("")

    def gradients(self):
        """Their gradients from the last backward, under the same names."""
        gradients = self._by_name("grad_")
        for gradient in gradients.values():
            _check_came_first("backward", gradient, "gradients")
        return gradients

    def _by_name(self, prefix):
        return {
            f"layers[{number}].{name}": getattr(layer, prefix + name)
            for number, layer in enumerate(self.layers)
            for name in layer.parameter_names
        }

    def fit(self, x, labels, *, num_epochs, batch_size, learning_rate, rng):
        """Train on x (N, D) and integer labels (N,), every epoch in a new order drawn from ``rng``.

        Returns:
            The loss of each batch before its step: a list of num_epochs * ceil(N / batch_size) floats.
        """
        check_positive("num_epochs", num_epochs, Integral)
        check_positive("batch_size", batch_size, Integral)
        _check_type("rng", rng, np.random.Generator)
        if len(x) != len(labels):
            raise ValueError(f"labels: expected {len(x)}, one for each row of x, received {len(labels)}")
        losses = []
        for _ in range(num_epochs):
            order = rng.permutation(len(x))
            for start in range(0, len(x), batch_size):
                batch = order[start : start + batch_size]
                losses.append(self.loss(x[batch], labels[batch]))
                self.backward()
                self.step(learning_rate)
        return losses


def check_floats(name, array, shape, dtype=None):
    """Raise unless ``array`` has this ``dtype`` (else float32 or float64) and ``shape`` (None: any size)."""
    received = getattr(array, "dtype", type(array))
    if received != dtype if dtype else received not in (np.float32, np.float64):
        raise TypeError(f"{name}: expected an array of {dtype or 'float32 or float64'}, received {received}")
    fits = [size == want if want else size > 0 for size, want in zip(array.shape, shape, strict=False)]
    if array.ndim != len(shape) or not all(fits):
        raise ValueError(f"{name}: expected shape {shape}, None for any size, received {array.shape}")


def check_positive(name, number, kind):
    """Raise unless ``number`` is of ``kind``, Integral or Real, above zero and finite."""
    _check_type(name, number, kind)
    if not 0 < number < np.inf:
        raise ValueError(f"{name}: expected a positive, finite number, received {number!r}")


def _check_type(name, value, kind):
    if not isinstance(value, kind):
        raise TypeError(f"{name}: expected {kind.__name__}, received {value!r}")


def _check_finite(name, array):
    finite = np.isfinite(array)
    if not finite.all():
        raise ValueError(f"{name}: expected finite numbers, received {array[~finite][0]}")


def _check_labels(labels, num_rows, num_classes):
    received = getattr(labels, "dtype", np.dtype(object))
    if received.kind not in "iu":
        raise TypeError(f"labels: expected an array of integers, received {received} in {type(labels)}")
    if labels.shape != (num_rows,):
        raise ValueError(f"labels: expected shape ({num_rows},), received {labels.shape}")
    for label in (labels.min(), labels.max()):
        if not 0 <= label < num_classes:
            raise ValueError(f"labels: expected 0 to {num_classes - 1}, received {label}")


def _check_came_first(first, result, then):
    if result is None:
        raise RuntimeError(f"{then}: expected {first} to be called before it, received no such call")
