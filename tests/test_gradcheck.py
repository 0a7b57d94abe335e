"""The judge judged: central differences on known slopes, and a table that finds what is wrong."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autorev_lib.backprop import Dense, Network, ReLU, Sigmoid, Tanh
from autorev_lib.gradcheck import compare_gradients, numerical_gradient, numerical_gradients, relative_error

properties = settings(deadline=None, max_examples=20, derandomize=True, database=None)


def a_network(seed=0, activation=Tanh):
    rng = np.random.default_rng(seed)
    layers = [
        Dense(5, 6, rng, "float64"),
        activation(),
        Dense(6, 6, rng, "float64"),
        activation(),
        Dense(6, 4, rng, "float64"),
    ]
    network = Network(layers)
    x, labels = rng.normal(size=(8, 5)), rng.integers(0, 4, 8)
    network.loss(x, labels)
    network.backward()
    return network, x, labels


@properties
@given(st.integers(0, 2**32 - 1), st.sampled_from([Sigmoid, Tanh]))
def test_smooth_networks_agree_to_1e_7(seed, activation):
    network, x, labels = a_network(seed, activation)
    before = {name: parameter.copy() for name, parameter in network.parameters().items()}
    numerical = numerical_gradients(network, x, labels)
    assert compare_gradients(network.gradients(), {"central difference": numerical})
    for name, parameter in network.parameters().items():
        np.testing.assert_array_equal(parameter, before[name])


def test_relu_agrees_where_no_kink_is_near():
    network, x, labels = a_network(0, ReLU)
    assert min(np.abs(network.layers[number].output).min() for number in (0, 2)) > 1e-3
    assert compare_gradients(network.gradients(), {"numerical": numerical_gradients(network, x, labels)})


@properties
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=6), st.sampled_from(["float32", "float64"]))
def test_known_slope(values, dtype):
    x = np.array(values, dtype)
    slope = numerical_gradient(lambda: np.sin(x).sum(), x)
    assert slope.dtype == dtype and slope.shape == x.shape
    np.testing.assert_allclose(slope, np.cos(x), atol={"float32": 1e-3, "float64": 1e-9}[dtype])


def test_error_against_step_size_is_a_v():
    network, x, labels = a_network()
    weights, gradient = network.layers[0].weights, network.layers[0].grad_weights
    steps = 10.0 ** np.arange(-11, 0)
    errors = [
        relative_error(gradient, numerical_gradient(lambda: network.loss(x, labels), weights, step))
        for step in steps
    ]
    best = np.argmin(errors)
    assert 1e-7 < steps[best] < 1e-3 and errors[best] < 1e-8
    assert errors[0] > 1e3 * errors[best] < errors[-1]
    right = [np.log10(errors[k + 1] / errors[k]) for k in range(len(steps) - 3, len(steps) - 1)]
    np.testing.assert_allclose(right, 2, atol=0.2)  # a step ten times as long: a hundred times the error


def test_relative_error():
    assert relative_error([1.0, 2.0], [1.0, 2.0]) == 0
    assert relative_error([0.0, 2.0], [1.0, 2.0]) == relative_error([1.0, 2.0], [0.0, 2.0]) == 0.5
    assert relative_error(np.zeros(2), np.zeros(2)) == 0
    assert relative_error(1e-8, 3e-8) == pytest.approx(2e-5)  # measured against 1e-3
    assert np.isnan(relative_error([np.nan], [1.0])) and np.isnan(relative_error([1.0], [np.nan]))


def test_table_prints_the_same_everywhere_and_finds_the_wrong_gradient(capsys):
    right = {"layers[0].weights": np.full((3, 2), 0.5), "layers[0].bias": np.full(2, -0.25)}
    noisy = {name: gradient + 1e-12 for name, gradient in right.items()}
    wrong = noisy | {"layers[0].bias": np.full(2, 0.25)}
    assert compare_gradients(right, {"noisy": noisy})
    capsys.readouterr()
    assert not compare_gradients(right, {"noisy": noisy, "wrong sign": wrong})
    assert capsys.readouterr().out == (
        "parameter          shape   against     largest difference  relative error  verdict\n"
        "layers[0].weights  (3, 2)  noisy       < 1e-07             < 1e-07         agree\n"
        "layers[0].weights  (3, 2)  wrong sign  < 1e-07             < 1e-07         agree\n"
        "layers[0].bias     (2,)    noisy       < 1e-07             < 1e-07         agree\n"
        "layers[0].bias     (2,)    wrong sign  5.0e-01             2.0e+00         DIFFER\n"
    )


def test_not_a_number_never_agrees(capsys):
    assert not compare_gradients({"bias": np.array([0.5])}, {"tape": {"bias": np.array([np.nan])}})
    assert "nan" in capsys.readouterr().out


@pytest.mark.parametrize("mistake", [lambda g: 2 * g, lambda g: -g, lambda g: 0 * g, lambda g: g + 1e-3])
def test_typical_mistakes_are_found(mistake):
    network, x, labels = a_network()
    gradients = network.gradients()
    numerical = numerical_gradients(network, x, labels)
    for name in gradients:
        assert not compare_gradients(gradients | {name: mistake(gradients[name])}, {"numerical": numerical})


BAD = [
    (
        lambda: numerical_gradient(lambda: 0.0, [1.0]),
        TypeError,
        r"parameter: expected .*float.*received .*list",
    ),
    (
        lambda: numerical_gradient(lambda: 0.0, np.arange(3)),
        TypeError,
        r"parameter: expected .*received int64",
    ),
    (
        lambda: numerical_gradient(lambda: 0.0, np.ones(3), 0),
        ValueError,
        r"step: expected a positive.*received 0",
    ),
    (
        lambda: numerical_gradient(lambda: 0.0, np.ones(3), "a"),
        TypeError,
        r"step: expected Real, received 'a'",
    ),
    (lambda: relative_error(np.ones(2), np.ones(3)), ValueError, r"expected shape \(2,\), received \(3,\)"),
    (
        lambda: compare_gradients({"a": np.ones(2)}, {"tape": {"b": np.ones(2)}}),
        ValueError,
        r"tape: expected gradients of \['a'\], received \['b'\]",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD, ids=[message for _, _, message in BAD])
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
