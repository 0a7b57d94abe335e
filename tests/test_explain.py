"""The same checks on both backends: the module runs itself once more under JAX, in a process of its own."""

import os
import subprocess
import sys

import numpy as np
import pytest

from autorev_lib import devices, explain

BACKEND = devices.select_backend()
import keras  # noqa: E402


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            keras.layers.Conv2D(3, 3, activation="tanh", name="conv"),
            keras.layers.Conv2D(4, 3, strides=2, activation="tanh", name="conv2"),
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dense(5, name="logits"),
        ]
    )


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(0).normal(size=(3, 8, 8, 2)).astype("float32")


def test_feature_maps_are_the_layers_output(model, images):
    maps = explain.feature_maps(model, "conv", images)
    expected = model.get_layer("conv")(images)
    np.testing.assert_allclose(maps, keras.ops.convert_to_numpy(expected), rtol=1e-5, atol=1e-6)


def test_saliency_is_the_gradient_measured_by_finite_differences(model, images):
    classes = np.array([0, 4, 2])
    result = explain.saliency(model, images, classes)
    assert result.shape == (3, 8, 8) and result.min() >= 0
    h = 1e-2
    for row, column in [(0, 0), (3, 5), (7, 7)]:
        by_channel = []
        for channel in range(2):
            logits = []
            for sign in (1, -1):
                nudged = images.copy()
                nudged[:, row, column, channel] += sign * h
                logits.append(keras.ops.convert_to_numpy(model(nudged))[np.arange(3), classes])
            by_channel.append(np.abs(logits[0] - logits[1]) / (2 * h))
        np.testing.assert_allclose(result[:, row, column], np.max(by_channel, axis=0), rtol=2e-2, atol=1e-3)


def test_grad_cam_is_scaled_and_as_coarse_as_the_layer(model, images):
    evidence = explain.grad_cam(model, "conv2", images, [1, 1, 3])
    assert evidence.shape == (3, 2, 2)
    assert evidence.min() >= 0 and set(np.unique(evidence.max(axis=(1, 2)))) <= {0.0, 1.0}


def test_grad_cam_points_at_the_evidence():
    """A network whose logit is the ink in channel 0 must find its evidence where the ink is."""
    model = keras.Sequential(
        [
            keras.Input((6, 6, 1)),
            keras.layers.Conv2D(1, 1, name="conv"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2),
        ]
    )
    model.set_weights([np.ones((1, 1, 1, 1)), np.zeros(1), np.array([[1.0, -1.0]]), np.zeros(2)])
    image = np.zeros((1, 6, 6, 1))
    image[0, 4, 1] = 1
    evidence = explain.grad_cam(model, "conv", image, [0])
    assert np.unravel_index(evidence.argmax(), evidence.shape) == (0, 4, 1) and evidence.sum() == 1
    assert explain.grad_cam(model, "conv", image, [1]).sum() == 0  # all evidence speaks against class 1


def test_a_loaded_model_and_a_clone_are_explained_like_the_original(model, images, tmp_path):
    model.save(tmp_path / "model.keras")
    clone = keras.models.clone_model(model)
    clone.set_weights(model.get_weights())
    expected = explain.grad_cam(model, "conv2", images, [0, 1, 2])
    for other in (keras.models.load_model(tmp_path / "model.keras"), clone):
        np.testing.assert_allclose(explain.grad_cam(other, "conv2", images, [0, 1, 2]), expected, atol=1e-5)


def test_dropout_and_batch_normalisation_are_in_inference_mode():
    layers = [
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Flatten(),
        keras.layers.Dense(2),
    ]
    model = keras.Sequential([keras.Input((4, 4, 1)), *layers])
    image = np.ones((1, 4, 4, 1))
    first, second = (explain.saliency(model, image, [0]) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.all(first > 0)


def test_the_model_is_left_as_it_was(model, images):
    before = keras.ops.convert_to_numpy(model(images))
    explain.grad_cam(model, "conv2", images, [0, 0, 0])
    np.testing.assert_array_equal(before, keras.ops.convert_to_numpy(model(images)))


def test_bad_input_is_named(model, images):
    with pytest.raises(ValueError, match=r"layer_name: expected one of conv, conv2, .* received 'con'"):
        explain.feature_maps(model, "con", images)
    with pytest.raises(ValueError, match=r"classes: expected shape \(3,\), received \(2,\)"):
        explain.saliency(model, images, [0, 1])


@pytest.mark.skipif(BACKEND == "jax", reason="this is the run under JAX")
def test_everything_holds_under_jax_too():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", __file__],
        env={**os.environ, "KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
