"""The layers of notebook 03 against two independent judges: central differences and tf.GradientTape."""

import os
from itertools import pairwise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from autorev_lib.backprop import Dense, Network, ReLU, Sigmoid, SoftmaxCrossEntropy, Tanh
from autorev_lib.data import load_mnist
from autorev_lib.gradcheck import numerical_gradient, relative_error

properties = settings(deadline=None, max_examples=40, derandomize=True, database=None)

sizes = st.integers(1, 7)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from(["float32", "float64"])
scales = st.sampled_from([1.0, 30.0, 1e4])
activations = st.sampled_from([(ReLU, tf.nn.relu), (Sigmoid, tf.nn.sigmoid), (Tanh, tf.nn.tanh)])
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


def normal(rng, shape, dtype, scale=1.0):
    return (scale * rng.normal(size=shape)).astype(dtype)


def away_from_zero(x):
    """Where no central difference straddles the kink of ReLU."""
    return np.where(np.abs(x) < 0.01, 0.5, x).astype(x.dtype)


def a_layer(kind, num_inputs, num_outputs, rng, dtype):
    return Dense(num_inputs, num_outputs, rng, dtype) if kind is Dense else kind()


def a_network(seed, dtype="float64", activation=Tanh, widths=(5, 6, 4)):
    rng = np.random.default_rng(seed)
    layers = []
    for num_inputs, num_outputs in pairwise(widths):
        layers += [Dense(num_inputs, num_outputs, rng, dtype), activation()]
    return Network(layers[:-1])


def a_batch(seed, num_rows, network):
    rng = np.random.default_rng([seed, 1])
    dtype = network.layers[0].weights.dtype
    x = normal(rng, (num_rows, len(network.layers[0].weights)), dtype)
    return x, rng.integers(0, len(network.layers[-1].bias), num_rows)


# Each layer


@properties
@given(seeds, sizes, sizes, sizes, dtypes)
def test_dense_shapes_dtypes_and_glorot_limits(seed, n, d, m, dtype):
    rng = np.random.default_rng(seed)
    dense = Dense(d, m, rng, dtype)
    assert np.abs(dense.weights).max() <= np.sqrt(6 / (d + m)) and not dense.bias.any()
    output = dense.forward(normal(rng, (n, d), dtype))
    grad_x = dense.backward(normal(rng, (n, m), dtype))
    for array, shape in (
        (output, (n, m)),
        (grad_x, (n, d)),
        (dense.grad_weights, dense.weights.shape),
        (dense.grad_bias, dense.bias.shape),
    ):
        assert array.shape == shape and array.dtype == dtype


def test_dense_starts_as_spread_out_as_keras():
    ours = Dense(300, 100, np.random.default_rng(0)).weights
    theirs = keras.initializers.GlorotUniform(seed=0)((300, 100))
    assert abs(ours.std() / np.std(np.asarray(theirs)) - 1) < 0.02


@properties
@given(seeds, sizes, sizes, sizes, st.sampled_from([Dense, ReLU, Sigmoid, Tanh]))
def test_layers_agree_with_central_differences(seed, n, d, m, kind):
    rng = np.random.default_rng(seed)
    layer = a_layer(kind, d, m, rng, "float64")
    x = away_from_zero(normal(rng, (n, d), "float64"))
    grad_output = normal(rng, layer.forward(x).shape, "float64")

    def loss():
        return (layer.forward(x) * grad_output).sum()

    grad_x = layer.backward(grad_output)
    assert relative_error(grad_x, numerical_gradient(loss, x)) <= 1e-7
    for name in layer.parameter_names:
        numerical = numerical_gradient(loss, getattr(layer, name))
        assert relative_error(getattr(layer, "grad_" + name), numerical) <= 1e-7


@properties
@given(seeds, sizes, sizes, sizes, dtypes, scales)
def test_dense_agrees_with_gradient_tape(seed, n, d, m, dtype, scale):
    rng = np.random.default_rng(seed)
    dense = Dense(d, m, rng, dtype)
    dense.bias += normal(rng, (m,), dtype)
    x, grad_output = normal(rng, (n, d), dtype, scale), normal(rng, (n, m), dtype)
    inputs = [tf.constant(array) for array in (x, dense.weights, dense.bias)]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        output = inputs[0] @ inputs[1] + inputs[2]
    theirs = tape.gradient(output, inputs, output_gradients=grad_output)
    assert relative_error(dense.forward(x), output.numpy()) <= TOLERANCE[dtype]
    ours = (dense.backward(grad_output), dense.grad_weights, dense.grad_bias)
    for gradient, reference in zip(ours, theirs, strict=True):
        assert relative_error(gradient, reference.numpy()) <= TOLERANCE[dtype]


@properties
@given(seeds, sizes, sizes, dtypes, scales, activations)
def test_activations_agree_with_gradient_tape(seed, n, m, dtype, scale, activation):
    rng = np.random.default_rng(seed)
    layer, theirs = activation[0](), activation[1]
    x, grad_output = normal(rng, (n, m), dtype, scale), normal(rng, (n, m), dtype)
    x.flat[0] = rng.choice([0, scale, -scale])
    inputs = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        output = theirs(inputs)
    grad_x = tape.gradient(output, inputs, output_gradients=grad_output)
    assert relative_error(layer.forward(x), output.numpy()) <= TOLERANCE[dtype]
    assert relative_error(layer.backward(grad_output), grad_x.numpy()) <= TOLERANCE[dtype]
    assert layer.output.dtype == layer.backward(grad_output).dtype == dtype


@properties
@given(seeds, sizes, sizes, sizes, st.sampled_from([Dense, ReLU, Sigmoid, Tanh]))
def test_backward_is_linear_in_the_upstream_gradient(seed, n, d, m, kind):
    rng = np.random.default_rng(seed)
    layer = a_layer(kind, d, m, rng, "float64")
    shape = layer.forward(normal(rng, (n, d), "float64")).shape
    one, two = normal(rng, shape, "float64"), normal(rng, shape, "float64")

    def gradients(grad_output):
        return [
            layer.backward(grad_output),
            *(getattr(layer, "grad_" + name) for name in layer.parameter_names),
        ]

    for both, of_one, of_two in zip(
        gradients(3 * one - 2 * two), gradients(one), gradients(two), strict=True
    ):
        np.testing.assert_allclose(both, 3 * of_one - 2 * of_two, atol=1e-12)


# The loss


@properties
@given(seeds, sizes, st.integers(2, 12))
def test_loss_agrees_with_central_differences(seed, n, m):
    rng = np.random.default_rng(seed)
    loss, logits, labels = SoftmaxCrossEntropy(), normal(rng, (n, m), "float64"), rng.integers(0, m, n)
    loss.forward(logits, labels)
    numerical = numerical_gradient(lambda: loss.forward(logits, labels), logits)
    loss.forward(logits, labels)
    assert relative_error(loss.backward(), numerical) <= 1e-7


@properties
@given(seeds, sizes, st.integers(1, 12), dtypes, scales, st.sampled_from(["uint8", "int32", "int64"]))
def test_loss_agrees_with_gradient_tape(seed, n, m, dtype, scale, label_dtype):
    rng = np.random.default_rng(seed)
    loss, logits = SoftmaxCrossEntropy(), normal(rng, (n, m), dtype, scale)
    labels = rng.integers(0, m, n).astype(label_dtype)
    inputs = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        theirs = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), inputs)
        )
    assert relative_error(loss.forward(logits, labels), float(theirs)) <= TOLERANCE[dtype]
    assert relative_error(loss.backward(), tape.gradient(theirs, inputs).numpy()) <= TOLERANCE[dtype]
    assert loss.backward().dtype == loss.probabilities.dtype == dtype
    np.testing.assert_allclose(loss.probabilities.sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(loss.backward().sum(axis=1), 0, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_loss_at_extreme_logits(dtype):
    logits = np.array([[1e4, -1e4, 0], [1e4, -1e4, 0], [-1e4, -1e4, -1e4]], dtype)
    loss = SoftmaxCrossEntropy()
    assert loss.forward(logits, np.array([0, 1, 2])) == pytest.approx((0 + 2e4 + np.log(3)) / 3)
    third = 1 / 3
    expected = np.array([[0, 0, 0], [1, -1, 0], [third, third, third - 1]]) / 3
    np.testing.assert_allclose(loss.backward(), expected, rtol=1e-6, atol=1e-12)


@properties
@given(seeds, sizes, st.integers(2, 12), st.floats(-1e4, 1e4))
def test_a_constant_added_to_all_logits_changes_nothing(seed, n, m, constant):
    rng = np.random.default_rng(seed)
    loss, logits, labels = SoftmaxCrossEntropy(), normal(rng, (n, m), "float64"), rng.integers(0, m, n)
    assert loss.forward(logits, labels) == pytest.approx(loss.forward(logits + constant, labels), rel=1e-9)


def test_loss_starts_at_the_logarithm_of_the_number_of_classes():
    assert SoftmaxCrossEntropy().forward(np.zeros((4, 10)), np.arange(4)) == pytest.approx(np.log(10))


# The network


@properties
@given(seeds, sizes, st.lists(sizes, min_size=3, max_size=5), dtypes, activations)
def test_network_agrees_with_gradient_tape(seed, n, widths, dtype, activation):
    network = a_network(seed, dtype, activation[0], widths)
    x, labels = a_batch(seed, n, network)
    loss = network.loss(x, labels)
    network.backward()
    parameters = [tf.constant(parameter) for parameter in network.parameters().values()]
    with tf.GradientTape() as tape:
        tape.watch(parameters)
        output = tf.constant(x) @ parameters[0] + parameters[1]
        for weights, bias in zip(parameters[2::2], parameters[3::2], strict=True):
            output = activation[1](output) @ weights + bias
        theirs = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, output))
    assert loss == pytest.approx(float(theirs), rel=TOLERANCE[dtype], abs=TOLERANCE[dtype])
    for gradient, reference in zip(
        network.gradients().values(), tape.gradient(theirs, parameters), strict=True
    ):
        assert relative_error(gradient, reference.numpy()) <= TOLERANCE[dtype]


@properties
@given(seeds, st.integers(2, 12), st.data())
def test_gradient_of_a_batch_is_the_weighted_mean_over_its_parts(seed, n, data):
    cut = data.draw(st.integers(1, n - 1))
    network = a_network(seed)
    x, labels = a_batch(seed, n, network)

    def gradients(rows):
        network.loss(x[rows], labels[rows])
        network.backward()
        return network.gradients()

    whole, first, rest = gradients(slice(None)), gradients(slice(cut)), gradients(slice(cut, None))
    for name in whole:
        mean = (cut * first[name] + (n - cut) * rest[name]) / n
        np.testing.assert_allclose(whole[name], mean, atol=1e-12)


def test_step_moves_against_the_gradient_in_place():
    network = a_network(0, "float32")
    network.loss(*a_batch(0, 3, network))
    network.backward()
    before = {name: parameter.copy() for name, parameter in network.parameters().items()}
    network.step(0.5)
    for name, parameter in network.parameters().items():
        np.testing.assert_array_equal(parameter, before[name] - np.float32(0.5) * network.gradients()[name])
        assert parameter.dtype == "float32"
    assert list(before) == ["layers[0].weights", "layers[0].bias", "layers[2].weights", "layers[2].bias"]


def test_every_epoch_sees_every_row_once_in_another_order():
    network, seen = a_network(0), []
    x, labels = a_batch(0, 10, network)
    loss = network.loss
    network.loss = lambda x, labels: seen.append(x[:, 0]) or loss(x, labels)
    losses = network.fit(
        x, labels, num_epochs=2, batch_size=4, learning_rate=0.1, rng=np.random.default_rng(0)
    )
    assert len(losses) == 6 and [len(rows) for rows in seen] == [4, 4, 2] * 2
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert sorted(first) == sorted(second) == sorted(x[:, 0]) and list(first) != list(second)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", [ReLU, Sigmoid, Tanh])
def test_fit_separates_three_clouds(dtype, activation):
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 150)
    centres = np.array([[3, 0], [-3, 3], [-3, -3]])
    x = (centres[labels] + 0.5 * rng.normal(size=(150, 2))).astype(dtype)
    network = a_network(1, dtype, activation, (2, 8, 3))
    losses = network.fit(x, labels, num_epochs=30, batch_size=16, learning_rate=0.3, rng=rng)
    assert losses[-1] < 0.1 < losses[0]
    assert (network.forward(x).argmax(axis=1) == labels).all()


@threadpool_limits.wrap(limits=1)  # BLAS threads that wait for each other crawl on a busy machine
def test_batch_losses_follow_keras_for_100_steps_on_mnist():
    (x_train, y_train), _ = load_mnist()
    x = x_train[:12800].reshape(-1, 784).astype("float32") / 255
    labels = y_train[:12800]
    network = a_network(0, "float32", ReLU, (784, 128, 10))
    model = keras.Sequential([keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10)])
    model.build((None, 784))
    model.set_weights([parameter.copy() for parameter in network.parameters().values()])
    model.compile(
        optimizer=keras.optimizers.SGD(0.1),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    ours, theirs = [], []
    for start in range(0, 12800, 128):
        batch = slice(start, start + 128)
        ours.append(network.loss(x[batch], labels[batch]))
        network.backward()
        network.step(0.1)
        model.reset_metrics()  # or train_on_batch returns the mean over all batches so far
        theirs.append(float(model.train_on_batch(x[batch], labels[batch])))
    assert ours[-1] < 0.6 < ours[0]
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)


# Bad input: the error names the argument, what was expected and what was received


RNG = np.random.default_rng(0)
X, LABELS = np.ones((3, 5)), np.array([0, 1, 3])


def fitted(**changes):
    arguments = {"x": X, "labels": LABELS, "num_epochs": 1, "batch_size": 2, "learning_rate": 0.1, "rng": RNG}
    arguments |= changes
    return a_network(0).fit(arguments.pop("x"), arguments.pop("labels"), **arguments)


def after_forward(grad_output):
    dense = Dense(5, 4, RNG, "float64")
    dense.forward(X)
    return dense.backward(grad_output)


BAD = [
    (lambda: Dense(0, 4, RNG), ValueError, r"num_inputs: expected a positive.*received 0"),
    (lambda: Dense(4, 2.5, RNG), TypeError, r"num_outputs: expected Integral, received 2\.5"),
    (lambda: Dense(4, 2, 42), TypeError, r"rng: expected Generator, received 42"),
    (
        lambda: Dense(4, 2, RNG, "float16"),
        TypeError,
        r"dtype: expected .*float32 or float64, received float16",
    ),
    (lambda: Dense(5, 4, RNG).forward(X), TypeError, r"x: expected .*float32, received float64"),
    (lambda: Dense(6, 4, RNG, "float64").forward(X), ValueError, r"x: expected shape \(None, 6\).*\(3, 5\)"),
    (lambda: Dense(5, 4, RNG, "float64").forward(X[0]), ValueError, r"x: expected .*received \(5,\)"),
    (lambda: Dense(5, 4, RNG, "float64").forward(X[:0]), ValueError, r"x: expected .*received \(0, 5\)"),
    (
        lambda: ReLU().forward([[1.0]]),
        TypeError,
        r"x: expected an array of float32 or float64, received .*list",
    ),
    (lambda: Tanh().forward(np.ones((2, 2), "int64")), TypeError, r"x: expected .*received int64"),
    (lambda: Sigmoid().forward(np.ones(2)), ValueError, r"x: expected shape .*received \(2,\)"),
    (lambda: ReLU().backward(X), RuntimeError, r"backward: expected forward to be called before it"),
    (lambda: SoftmaxCrossEntropy().backward(), RuntimeError, r"backward: expected forward to be called"),
    (lambda: a_network(0).backward(), RuntimeError, r"backward: expected forward to be called before it"),
    (lambda: a_network(0).step(0.1), RuntimeError, r"gradients: expected backward to be called before it"),
    (lambda: after_forward(np.ones((3, 3))), ValueError, r"grad_output: expected shape \(3, 4\).*\(3, 3\)"),
    (
        lambda: after_forward(np.ones((3, 4), "float32")),
        TypeError,
        r"grad_output: expected .*float64.*float32",
    ),
    (lambda: a_network(0).forward(X * np.nan), ValueError, r"x: expected finite numbers, received nan"),
    (lambda: a_network(0).forward(X * np.inf), ValueError, r"x: expected finite numbers, received inf"),
    (lambda: a_network(0).forward(X.astype("uint8")), TypeError, r"x: expected .*float.*, received uint8"),
    (lambda: a_network(0).loss(X, LABELS[:2]), ValueError, r"labels: expected shape \(3,\), received \(2,\)"),
    (lambda: a_network(0).loss(X, [0, 1, 2]), TypeError, r"labels: expected an array of integers, .*list"),
    (lambda: a_network(0).loss(X, LABELS * 1.0), TypeError, r"labels: .*integers, received float64"),
    (lambda: a_network(0).loss(X, LABELS + 1), ValueError, r"labels: expected 0 to 3, received 4"),
    (lambda: a_network(0).loss(X, LABELS - 1), ValueError, r"labels: expected 0 to 3, received -1"),
    (lambda: SoftmaxCrossEntropy().forward(X * np.nan, LABELS), ValueError, r"logits: .*received nan"),
    (lambda: fitted(labels=LABELS[:2]), ValueError, r"labels: expected 3, one for each row of x, received 2"),
    (lambda: fitted(num_epochs=0), ValueError, r"num_epochs: expected a positive.*received 0"),
    (lambda: fitted(batch_size=1.5), TypeError, r"batch_size: expected Integral, received 1\.5"),
    (lambda: fitted(learning_rate=-1), ValueError, r"learning_rate: expected a positive.*received -1"),
    (lambda: fitted(learning_rate=np.nan), ValueError, r"learning_rate: expected .*finite.*received nan"),
    (lambda: fitted(learning_rate="0.1"), TypeError, r"learning_rate: expected Real, received '0\.1'"),
    (lambda: fitted(rng=7), TypeError, r"rng: expected Generator, received 7"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD, ids=[message for _, _, message in BAD])
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
