"""What a convolutional network looks at. Arrays in, arrays out; works on TensorFlow and on JAX.

Everything here takes a built ``keras.Sequential`` whose last layer gives the logits.
"""

import keras
import numpy as np

from autorev_lib import autodiff


def feature_maps(model, layer_name, images):
    """Compute what a layer answers to some images.

    Args:
        model: A built ``keras.Sequential``.
        layer_name: Name of one of its layers.
        images: Array of shape (N, ...), as the model takes it.

    Returns:
        The layer's output, float32, shape (N, height, width, channels) for a convolution.

    Raises:
        ValueError: The model has no layer of that name.
    """
    first_layers, _ = _split_after(model, layer_name)
    return keras.ops.convert_to_numpy(_run(first_layers, _tensor(images)))


def saliency(model, images, classes):
    """Compute how much each pixel would change the logit of a class: the size of its gradient.

    Args:
        model: A built ``keras.Sequential`` that returns logits of shape (N, num_classes).
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
    gradients = _class_gradient(model.layers, _tensor(images), classes)
    return np.abs(gradients).max(axis=-1)


def grad_cam(model, layer_name, images, classes):
    """Compute where a convolutional layer found evidence for a class (Grad-CAM).

    Each feature map is weighted by the mean gradient of the class logit over it; the weighted sum is cut off
    below 0 and scaled so that its largest value is 1 (it stays 0 where there is no evidence at all).

    Args:
        model: A built ``keras.Sequential`` that returns logits of shape (N, num_classes).
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
    first_layers, last_layers = _split_after(model, layer_name)
    maps = _run(first_layers, _tensor(images))
    gradients = _class_gradient(last_layers, maps, classes)
    weights = gradients.mean(axis=(1, 2), keepdims=True)
    evidence = np.maximum((weights * keras.ops.convert_to_numpy(maps)).sum(axis=-1), 0)
    strongest = evidence.max(axis=(1, 2), keepdims=True)
    return np.divide(evidence, strongest, out=np.zeros_like(evidence), where=strongest > 0)


def _class_gradient(layers, inputs, classes):
    """Gradient of each example's class logit with respect to what goes into ``layers``, in its shape."""
    classes = np.asarray(classes)
    if classes.shape != (inputs.shape[0],):
        raise ValueError(f"classes: expected shape ({inputs.shape[0]},), received {classes.shape}")

    def summed_logits(x):
        logits = _run(layers, x)
        return keras.ops.sum(logits * keras.ops.one_hot(classes, logits.shape[-1]))

    (gradient,) = autodiff.gradients(summed_logits, [keras.ops.convert_to_numpy(inputs)])
    return gradient


def _tensor(images):
    return keras.ops.convert_to_tensor(images, dtype="float32")


def _split_after(model, layer_name):
    names = [layer.name for layer in model.layers]
    if layer_name not in names:
        raise ValueError(f"layer_name: expected one of {', '.join(names)}, received {layer_name!r}")
    position = names.index(layer_name) + 1
    return model.layers[:position], model.layers[position:]


def _run(layers, x):
    for layer in layers:
        x = layer(x, training=False)
    return x
