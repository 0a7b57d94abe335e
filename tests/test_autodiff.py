"""The framework's derivatives, by one name on TensorFlow and JAX."""

import keras
import numpy as np
import pytest

from autorev_lib import autodiff


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_gradient_of_a_cubic(dtype):
    a, b = np.array([1.0, -2.0, 0.5], dtype), np.array([[3.0], [1.0], [2.0]], dtype)
    by_a, by_b = autodiff.gradients(lambda a, b: keras.ops.sum(keras.ops.matmul(a**3, b)), [a, b])
    tolerance = 1e-14 if dtype == "float64" else 1e-6
    np.testing.assert_allclose(by_a, 3 * a**2 * b[:, 0], rtol=tolerance)
    np.testing.assert_allclose(by_b, a[:, None] ** 3, rtol=tolerance)
    assert by_a.dtype == by_b.dtype == dtype and by_b.shape == b.shape


def test_another_backend_is_named(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    with pytest.raises(NotImplementedError, match=r"KERAS_BACKEND.*'torch'"):
        autodiff.gradients(keras.ops.sum, [np.ones(3)])
