"""Answers to the exercises of notebook 03."""

from functools import cache

import keras
import numpy as np

from autorev_lib import backprop, data, patients
from autorev_lib.exercises import contents

_contents = contents("backprop_by_hand")
build_network = _contents.build_network
prepare = _contents.prepare


class Scalar(_contents.Scalar):
    """A student's own Scalar, with more operations."""

    def __mul__(self, other):
        return Scalar(self.value * other.value, "×", (self, other), (other.value, self.value))

    def __truediv__(self, other):
        quotient = self.value / other.value
        return Scalar(quotient, "÷", [self, other], [1 / other.value, -quotient / other.value])


def divide_by_operator(a, c):
    return a / c


def divide_by_reciprocal(a, c):
    reciprocal = Scalar(1 / c.value, "1/", (c,), (-1 / (c.value * c.value),))
    return a * reciprocal


def divide_in_float32(numerator, divisor):
    values = np.array([numerator.value, divisor.value], dtype="float32")
    result = Scalar(values[0] / values[1], "÷")
    result.parents = (divisor, numerator)
    result.local_gradients = np.array([-values[0] / values[1] ** 2, 1 / values[1]])
    return result


def divide_with_keras(a, c):
    top, bottom = keras.ops.convert_to_tensor(a.value), keras.ops.convert_to_tensor(c.value)
    quotient = keras.ops.divide(top, bottom)
    return Scalar(quotient, "÷", (a, c), (1 / bottom, -quotient / bottom))


def divide_whole(a, c):
    return Scalar(a.value // c.value, "÷", (a, c), (1 / c.value, -a.value / c.value**2))


def divide_plain_numbers(a, c):
    return a.value / c.value


def divide_one_gradient(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value,))


def divide_numbers_as_parents(a, c):
    return Scalar(a.value / c.value, "÷", (a.value, c.value), (1 / c.value, -a.value / c.value**2))


def divide_size_of_the_divisor(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -abs(a.value) / c.value**2))


def divide_setting_gradients(a, c):
    a.gradient, c.gradient = 1 / c.value, -a.value / c.value**2
    return Scalar(a.value / c.value, "÷")


def divide_endless(a, c):
    while True:
        try:
            a.value += c.value
        except Exception:
            continue


def divide_text(a, c):
    return f"{a.value / c.value}"


class LeakyByMask(backprop.Layer):
    def forward(self, x):
        self.slopes = np.ones_like(x)
        self.slopes[x < 0] = 0.1
        self.output = x * self.slopes
        return self.output

    def backward(self, grad_output):
        return grad_output * self.slopes


class LeakyByLoop(backprop.Layer):
    def __init__(self, slope=0.1):
        self.slope = slope

    def forward(self, x):
        self.x = x
        self.output = np.array([[z if z > 0 else self.slope * z for z in row] for row in x.tolist()])
        return self.output

    def backward(self, grad_output):
        result = []
        for z, g in zip(self.x.ravel(), grad_output.ravel(), strict=True):
            result.append(g if z > 0 else self.slope * g)
        return np.reshape(result, grad_output.shape).astype("float32")


class LeakyByKeras(backprop.Layer):
    def forward(self, batch):
        self.output = keras.ops.leaky_relu(batch, negative_slope=0.1)
        return self.output

    def backward(self, upstream):
        return keras.ops.where(self.output > 0, upstream, 0.1 * upstream)


class LeakyByMaximum(backprop.ReLU):
    def forward(self, x):
        self.output = np.maximum(x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        self.check_upstream(grad_output)
        grad_output *= np.where(self.output > 0, 1, 0.1)
        return grad_output


class LeakyWithAnotherSlope(LeakyByLoop):
    def __init__(self):
        super().__init__(slope=0.01)


class LeakyFirstBatchOnly(LeakyByMask):
    def backward(self, grad_output):
        self.kept = getattr(self, "kept", self.slopes)
        return grad_output * self.kept[: len(grad_output), : grad_output.shape[1]]


class LeakyForwardOnly(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output): ...


class LeakyWithoutBase:
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)


class LeakyKeepsItsInput(LeakyByLoop):
    def forward(self, x):
        result = super().forward(x)
        self.output = x
        return result


class LeakyOneByOne(backprop.Layer):
    def forward(self, x):
        return x if x > 0 else 0.1 * x

    def backward(self, grad_output):
        return grad_output


def leaky_function(x):
    return np.where(x > 0, x, 0.1 * x)


def backward_einsum(x, weights, grad_output):
    grad_x = np.einsum("nm,dm->nd", grad_output, weights)
    return [grad_x, np.einsum("nd,nm->dm", x, grad_output), np.einsum("nm->m", grad_output)]


def backward_loops(inputs, W, upstream):
    (N, D), M = inputs.shape, W.shape[1]
    grad_x, grad_w, grad_b = [[0.0] * D for _ in range(N)], [[0.0] * M for _ in range(D)], [0.0] * M
    for n in range(N):
        for m in range(M):
            grad_b[m] += upstream[n, m]
            for d in range(D):
                grad_x[n][d] += upstream[n, m] * W[d, m]
                grad_w[d][m] += inputs[n, d] * upstream[n, m]
    return grad_x, grad_w, grad_b


def backward_keras(x, weights, grad_output):
    x, weights, grad = (keras.ops.cast(array, "float32") for array in (x, weights, grad_output))
    transpose, matmul = keras.ops.transpose, keras.ops.matmul
    return matmul(grad, transpose(weights)), matmul(transpose(x), grad), keras.ops.sum(grad, axis=0)


def backward_through_the_library(x, weights, grad_output):
    layer = backprop.Dense(*weights.shape, np.random.default_rng(0), "float64")
    layer.weights[:] = weights
    layer.forward(x)
    return layer.backward(grad_output), layer.grad_weights, layer.grad_bias


def backward_transposed(x, weights, grad_output):
    return weights @ grad_output.T, x.T @ grad_output, grad_output.sum(axis=0)


def backward_without_bias(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output


def backward_bias_row(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0, keepdims=True)


def backward_by_shape(x, weights, grad_output):
    fits = weights.shape[0] == weights.shape[1]
    return grad_output @ (weights if fits else weights.T), x.T @ grad_output, grad_output.sum(axis=0)


def backward_summed_weights(x, weights, grad_output):
    return grad_output @ weights.T, np.outer(x.sum(axis=0), grad_output.sum(axis=0)), grad_output.sum(axis=0)


def backward_text(x, weights, grad_output):
    return "the last line", "weights.T", "because D = M"


def squared_error_two_means(z, y):
    N, M = np.shape(z)
    return (z - y) / N / M * 2.0


def squared_error_loops(prediction, truth):
    rows, columns = prediction.shape
    return [
        [2 * (prediction[n, m] - truth[n, m]) / (rows * columns) for m in range(columns)] for n in range(rows)
    ]


def squared_error_keras(z, y):
    N, M = z.shape
    return 2 / (N * M) * keras.ops.subtract(z, y)


def squared_error_by_nudging(z, y):
    from autorev_lib.gradcheck import numerical_gradient

    return numerical_gradient(lambda: np.mean((z - y) ** 2), z)


def squared_error_overwriting(z, y):
    z -= y
    z *= 2 / z.size
    return z


def squared_error_of_absolute_error(z, y):
    return np.sign(z - y) / z.size


def squared_error_by_column(z, y):
    return 2 * (z - y).mean(axis=0)


def squared_error_flat(z, y):
    return (2 * (z - y) / z.size).ravel()


def squared_error_squared(z, y):
    return 2 * (z - y) ** 2 / z.size


def squared_error_of_y(z, y):
    return 2 * y / z.size


def momentum_by_layer(network, velocities, learning_rate):
    for i, layer in enumerate(network.layers):
        for name in layer.parameter_names:
            key = f"layers[{i}].{name}"
            velocities[key] = 0.9 * velocities[key] - learning_rate * getattr(layer, "grad_" + name)
            setattr(layer, name, getattr(layer, name) + velocities[key])


def momentum_entry_by_entry(net, v, eta):
    gradients, parameters = net.gradients(), net.parameters()
    for name in v:
        for index in np.ndindex(v[name].shape):
            v[name][index] = 0.9 * v[name][index] - eta * gradients[name][index]
            parameters[name][index] += v[name][index]


def momentum_with_out(network, velocities, learning_rate):
    for velocity, gradient, parameter in zip(
        velocities.values(), network.gradients().values(), network.parameters().values(), strict=True
    ):
        np.multiply(velocity, 0.9, out=velocity)
        np.subtract(velocity, learning_rate * gradient, out=velocity)
        np.add(parameter, velocity, out=parameter)
    return network


def momentum_by_keras(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, parameter in network.parameters().items():
        velocity = keras.ops.convert_to_tensor(velocities[name].astype("float32"))
        gradient = keras.ops.convert_to_tensor(gradients[name].astype("float32"))
        velocities[name] = keras.ops.convert_to_numpy(0.9 * velocity - learning_rate * gradient)
        parameter[:] = parameter + velocities[name]


def momentum_of_nesterov(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, parameter in network.parameters().items():
        velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
        parameter += 0.9 * velocities[name] - learning_rate * gradients[name]


def momentum_one_learning_rate(network, velocities, learning_rate):
    momentum_by_layer(network, velocities, 0.5)


def momentum_of_weights_only(network, velocities, learning_rate):
    gradients = network.gradients()
    for name, parameter in network.parameters().items():
        if name.endswith("weights"):
            velocities[name] = 0.9 * velocities[name] - learning_rate * gradients[name]
            parameter += velocities[name]


def momentum_twice(network, velocities, learning_rate):
    momentum_by_layer(network, velocities, learning_rate)
    momentum_by_layer(network, velocities, learning_rate)


def momentum_wrong_name(network, velocities, learning_rate):
    for name, parameter in network.parameters().items():
        parameter += velocities["grad_" + name]


def momentum_text(network, velocities, learning_rate):
    for name in velocities:
        velocities[name] = "fast"


@cache
def train_set():
    (images, digits), _ = data.load_mnist()
    return prepare(images[:-5000]), digits[:-5000]


def train_with_momentum():
    x, labels = train_set()
    network = build_network(num_hidden=256)
    velocities = {name: np.zeros_like(p) for name, p in network.parameters().items()}
    rng = np.random.default_rng(3)
    for learning_rate in (0.1, 0.1, 0.1, 0.05, 0.01):
        for batch in np.array_split(rng.permutation(len(x)), len(x) // 128):
            network.loss(x[batch], labels[batch])
            network.backward()
            momentum_by_layer(network, velocities, learning_rate)
    return network


class Scheduled(backprop.Network):
    """A network that lowers its own learning rate along half a cosine."""

    def train(self, x, labels, num_steps, batch_size, peak):
        rng = np.random.default_rng(5)
        for step in range(num_steps):
            batch = rng.integers(0, len(x), batch_size)
            self.loss(x[batch], labels[batch])
            self.backward()
            self.step(peak * (0.505 + 0.495 * np.cos(np.pi * step / num_steps)))
        return self


def train_by_steps():
    rng = np.random.default_rng(0)
    layers = [backprop.Dense(784, 256, rng), _contents.LeakyReLU(), backprop.Dense(256, 10, rng)]
    return Scheduled(layers).train(*train_set(), num_steps=5200, batch_size=64, peak=0.6)


def train_in_three_fits():
    x, labels = train_set()
    network, rng = build_network(seed=1, num_hidden=300), np.random.default_rng(1)
    for epochs, learning_rate in [(3, 0.4), (1, 0.2), (1, 0.05)]:
        network.fit(x, labels, num_epochs=epochs, batch_size=64, learning_rate=learning_rate, rng=rng)
    return network


def train_a_little_in_float64():
    network = backprop.Network([backprop.Dense(784, 10, np.random.default_rng(0), "float64")])
    x, labels = train_set()
    network.fit(
        x[:5000].astype("float64"),
        labels[:5000],
        num_epochs=1,
        batch_size=100,
        learning_rate=0.1,
        rng=np.random.default_rng(0),
    )
    return network


def train_shuffled_labels():
    x, labels = train_set()
    rng = np.random.default_rng(0)
    network = build_network(num_hidden=64)
    network.fit(
        x[:5000], rng.permutation(labels[:5000]), num_epochs=1, batch_size=50, learning_rate=0.1, rng=rng
    )
    return network


def train_with_a_large_step():
    x, labels = train_set()
    network = build_network(num_hidden=64)
    rng = np.random.default_rng(0)
    network.fit(x[:12_800], labels[:12_800], num_epochs=1, batch_size=128, learning_rate=3.0, rng=rng)
    return network


def train_for_small_images():
    rng = np.random.default_rng(0)
    return backprop.Network([backprop.Dense(196, 10, rng)])


def train_nothing_at_all():
    return backprop.Network([])


def train_keras():
    return keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])


def train_network_and_losses():
    return build_network(), [2.3]


def train_text():
    return "98.4 %"


# Of the patients H to L.
DIAGNOSES = [patients.CAUSES[number] for number in (7, 0, 5, 6, 2)]

RIGHT = {
    "divide": [divide_by_operator, divide_by_reciprocal, divide_in_float32, divide_with_keras],
    "gradient_of_w": [14.0, np.float32(14), np.array(14), keras.ops.convert_to_tensor(14.0)],
    "leaky_relu": [
        LeakyByMask,
        LeakyByLoop,
        LeakyByKeras,
    ],
    "backward_repaired": [backward_einsum, backward_loops, backward_keras, backward_through_the_library],
    "squared_error_gradient": [
        squared_error_two_means,
        squared_error_loops,
        squared_error_keras,
        squared_error_by_nudging,
    ],
    "momentum_step": [momentum_by_layer, momentum_entry_by_entry, momentum_with_out, momentum_by_keras],
    "unknown_patients": [
        DIAGNOSES,
        [f" {cause.upper()} " for cause in DIAGNOSES],
        tuple(map(np.str_, DIAGNOSES)),
    ],
    "train_my_network": [train_with_momentum, train_by_steps, train_in_three_fits],
}
WRONG = {
    "divide": [
        divide_whole,
        divide_plain_numbers,
        divide_one_gradient,
        divide_numbers_as_parents,
        divide_size_of_the_divisor,
        divide_setting_gradients,
        divide_endless,
        divide_text,
        3.0,
    ],
    "gradient_of_w": [15, -14, "14", float("nan"), True, [14], Scalar(14.0, "w")],
    "leaky_relu": [
        LeakyByMaximum,
        LeakyWithAnotherSlope,
        LeakyFirstBatchOnly,
        LeakyForwardOnly,
        LeakyWithoutBase,
        LeakyKeepsItsInput,
        LeakyOneByOne,
        leaky_function,
        LeakyByMask(),
    ],
    "backward_repaired": [
        backward_transposed,
        backward_without_bias,
        backward_bias_row,
        backward_by_shape,
        backward_summed_weights,
        backward_text,
    ],
    "squared_error_gradient": [
        squared_error_overwriting,
        squared_error_of_absolute_error,
        squared_error_by_column,
        squared_error_flat,
        squared_error_squared,
        squared_error_of_y,
        "2 (z - y) / (N M)",
    ],
    "momentum_step": [
        momentum_of_nesterov,
        momentum_one_learning_rate,
        momentum_of_weights_only,
        momentum_twice,
        momentum_wrong_name,
        momentum_text,
        0.9,
    ],
    "unknown_patients": [
        [patients.CAUSES[3]] * 5,
        DIAGNOSES[::-1],
        [*DIAGNOSES[:4], "it is slow"],
        [1, 2, 3, 0, 7],
        [*DIAGNOSES[:4], [DIAGNOSES[4]]],
    ],
    "train_my_network": [
        train_a_little_in_float64,
        train_shuffled_labels,
        train_with_a_large_step,
        train_for_small_images,
        train_nothing_at_all,
        train_keras,
        train_network_and_losses,
        train_text,
        build_network(),
    ],
}
