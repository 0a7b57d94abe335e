"""The sick networks of notebook 03: each has its fault, and nothing else."""

import numpy as np
import pytest

from autorev_lib import backprop, patients
from autorev_lib.gradcheck import numerical_gradient, relative_error

LETTERS = "ABCDEFGHIJKL"
rng = np.random.default_rng(0)
x, labels = rng.uniform(size=(64, 784)).astype("float32"), rng.integers(0, 10, 64)


def norms(network, x, labels):
    """Of the gradients of the first weights and of the last bias."""
    network.loss(x, labels)
    network.backward()
    gradients = list(network.gradients().values())
    return np.linalg.norm(gradients[0]), np.linalg.norm(gradients[-1])


def measure(letter, cured=False):
    """What the instruments of the notebook show before training."""
    network = patients.admit(letter, seed=3, cured=cured).network
    first, last = norms(network, x, labels)
    again = norms(network, x, labels)[1] / last
    another = patients.admit(letter, seed=3, cured=cured).network
    repeated = norms(another, np.tile(x, (4, 1)), np.tile(labels, 4))[1] / last
    return first / last, again, repeated


@pytest.mark.parametrize("letter", LETTERS)
def test_a_cured_patient_has_no_symptom(letter):
    reach, again, repeated = measure(letter, cured=True)
    assert reach > 0.1 and again == pytest.approx(1) and repeated == pytest.approx(1, rel=1e-4)
    losses = patients.admit(letter, seed=3, cured=True).train(x, labels, seed=3, num_epochs=1)
    assert np.isfinite(losses).all()


@pytest.mark.parametrize("letter", LETTERS)
def test_its_symptom_tells_its_fault(letter):
    reach, again, repeated = measure(letter)
    assert (reach < 1e-2) == (letter in "ACHIK")
    assert again == pytest.approx(2 if letter == "E" else 1)
    if letter != "F":
        assert repeated == pytest.approx(4 if letter in "DJ" else 1, rel=1e-4)


def test_along_the_wrong_axis_the_first_loss_is_that_of_as_many_classes_as_images():
    network = patients.admit("F", seed=3).network
    for size in (16, 64):
        assert network.loss(x[:size], labels[:size]) == pytest.approx(np.log(size), abs=0.3)


def test_a_gradient_check_passes_the_softmax_along_the_wrong_axis():
    loss = patients.WrongAxisCrossEntropy()
    logits, digits = rng.normal(size=(6, 3)), np.array([0, 1, 1, 2, 0, 1])
    loss.forward(logits, digits)
    gradient = loss.backward()
    assert relative_error(gradient, numerical_gradient(lambda: loss.forward(logits, digits), logits)) < 1e-7


def test_one_raw_image_is_enough_for_nan():
    before = x.copy()
    losses = patients.admit("G", seed=3).train(x, labels, seed=3, batch_size=8)
    is_finite = np.isfinite(losses)
    first = int(np.argmin(is_finite))
    assert not is_finite[first:].any() and np.isnan(losses[first + 1 :]).all()
    np.testing.assert_array_equal(x, before)


def test_a_large_step_kills_units_for_good():
    def dead(network):
        network.forward(x)
        return ~np.any(network.layers[1].output > 0, axis=0)

    patient = patients.admit("B", seed=3)
    patient.train(x, labels, seed=3, num_epochs=10, batch_size=16)
    killed = dead(patient.network)
    assert killed.mean() > 0.5
    patient.train(x, labels, seed=3, learning_rate=0.01)
    assert dead(patient.network)[killed].all()


def test_equal_units_stay_equal():
    patient = patients.admit("I", seed=3)
    patient.train(x, labels, seed=3)
    weights = patient.network.layers[0].weights
    np.testing.assert_allclose(weights, np.broadcast_to(weights[:, :1], weights.shape), atol=1e-4)


def test_there_is_no_other_patient():
    with pytest.raises(ValueError, match=r"letter: expected one of A, B, .*, received 'Z'"):
        patients.admit("Z", seed=3)


def test_what_a_cure_leaves_is_a_plain_network():
    network = patients.admit("E", seed=3, cured=True).network
    assert {type(layer) for layer in network.layers} == {backprop.Dense, backprop.ReLU}
