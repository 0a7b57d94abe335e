"""What a convolutional network looks at. Arrays in, arrays out; works on TensorFlow and on JAX.

Everything here takes a built Keras model with one input and one output, the logits.
"""

import keras
import numpy as np


def feature_maps(model, layer_name, images):
    """Compute what a layer answers to some images.

    Args:
        model: A built Keras model.
        layer_name: Name of one of its layers.
        images: Array of shape (N, ...), as the model takes it.

    Returns:
        The layer's output, float32, shape (N, height, width, channels) for a convolution.

    Raises:
        ValueError: The model has no layer of that name.
    """
    layer = _layer(model, layer_name)
    return keras.ops.convert_to_numpy(
        keras.Model(model.inputs, layer.output)(_tensor(images), training=False)
    )


def saliency(model, images, classes):
    """Compute how much each pixel would change the logit of a class: the size of its gradient.

    Args:
        model: A built Keras model that returns logits of shape (N, num_classes).
        images: Array of shape (N, height, width, channels).
        classes: For each image the class to explain, integers of shape (N,).

    Returns:
        float32 of shape (N, height, width), at least 0: the largest absolute gradient over the channels.

    Raises:
        ValueError: ``classes`` is not of shape (N,).
        NotImplementedError: The Keras backend is neither TensorFlow nor JAX.

    Source:
        K. Simonyan, A. Vedaldi and A. Zisserman, "Deep Inside Convolutional Networks: Visualising Image
        Classification Models and Saliency Maps" (2013), arXiv:1312.6034.
    """
    gradients = _class_gradient(model, _tensor(images), classes)
    return np.abs(gradients).max(axis=-1)


def grad_cam(model, layer_name, images, classes):
    """Compute where a convolutional layer found evidence for a class (Grad-CAM).

    Each feature map is weighted by the mean gradient of the class logit over it; the weighted sum is cut off
    below 0 and scaled so that its largest value is 1 (it stays 0 where there is no evidence at all).

    Args:
        model: A built Keras model that returns logits of shape (N, num_classes).
        layer_name: Name of a convolutional layer of it.
        images: Array of shape (N, height, width, channels).
        classes: For each image the class to explain, integers of shape (N,).

    Returns:
        float32 of shape (N, map_height, map_width), from 0 to 1, as coarse as the layer's output.

    Raises:
        ValueError: No layer of that name, or ``classes`` is not of shape (N,).
        NotImplementedError: The Keras backend is neither TensorFlow nor JAX.

    Source:
        R. R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
        Localization", ICCV 2017.
    """
    layer = _layer(model, layer_name)
    maps = keras.Model(model.inputs, layer.output)(_tensor(images), training=False)
    head = keras.Model(layer.output, model.outputs[0])
    gradients = _class_gradient(head, maps, classes)
    weights = gradients.mean(axis=(1, 2), keepdims=True)
    evidence = np.maximum((weights * keras.ops.convert_to_numpy(maps)).sum(axis=-1), 0)
    strongest = evidence.max(axis=(1, 2), keepdims=True)
    return np.divide(evidence, strongest, out=np.zeros_like(evidence), where=strongest > 0)


def _class_gradient(model, inputs, classes):
    """Gradient of each example's class logit with respect to ``inputs``, as a NumPy array of its shape."""
    classes = np.asarray(classes)
    if classes.shape != (inputs.shape[0],):
        raise ValueError(f"classes: expected shape ({inputs.shape[0]},), received {classes.shape}")
    chosen = keras.ops.one_hot(classes, model.output_shape[-1])

    def summed_logits(x):
        return keras.ops.sum(model(x, training=False) * chosen)

    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        with tf.GradientTape() as tape:
            tape.watch(inputs)
            total = summed_logits(inputs)
        gradients = tape.gradient(total, inputs)
    elif backend == "jax":
        import jax

        gradients = jax.grad(summed_logits)(inputs)
    else:
        raise NotImplementedError(f"KERAS_BACKEND: expected 'tensorflow' or 'jax', received {backend!r}")
    return keras.ops.convert_to_numpy(gradients)


def _tensor(images):
    return keras.ops.convert_to_tensor(images, dtype="float32")


def _layer(model, layer_name):
    names = [layer.name for layer in model.layers]
    if layer_name not in names:
        raise ValueError(f"layer_name: expected one of {', '.join(names)}, received {layer_name!r}")
    return model.get_layer(layer_name)
