"""Let the framework below Keras differentiate: TensorFlow by ``tf.GradientTape``, JAX by ``jax.grad``."""

import keras
import numpy as np


def gradients(function, arrays):
    """Differentiate a function of arrays.

    Args:
        function: Takes one tensor for each array and computes one number, with ``keras.ops``.
        arrays: Float32 or float64 arrays of any shapes, all of one type, which is kept on JAX too.

    Returns:
        The derivative of the number with respect to each array: a list of arrays of the same shapes.

    Raises:
        NotImplementedError: Keras runs on another backend.
    """
    backend = keras.backend.backend()
    if backend == "tensorflow":
        found = _by_tensorflow(function, arrays)
    elif backend == "jax":
        found = _by_jax(function, arrays)
    else:
        raise NotImplementedError(f"KERAS_BACKEND: expected 'tensorflow' or 'jax', received {backend!r}")
    return [np.asarray(gradient) for gradient in found]


def _by_tensorflow(function, arrays):
    import tensorflow as tf

    tensors = [tf.convert_to_tensor(array) for array in arrays]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        result = function(*tensors)
    return tape.gradient(result, tensors)


def _by_jax(function, arrays):
    import jax

    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", np.result_type(*arrays) == np.float64)
    try:
        tensors = [jax.numpy.asarray(array) for array in arrays]
        return jax.grad(function, argnums=tuple(range(len(tensors))))(*tensors)
    finally:
        jax.config.update("jax_enable_x64", before)
