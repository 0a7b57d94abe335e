"""What is missing between an image and a network, or its outputs and the answer, is measured and put on."""

import math
from dataclasses import dataclass, replace

import keras
import numpy as np

from autorev_lib.data import IMAGE_SHAPE
from autorev_lib.errors import AutorevError
from autorev_lib.evaluation import accuracy, confusion_matrix

_MEASURED = 1000  # images: enough to tell 90 % from less, and quick for large networks, too
_BATCH = 250
_READS = 0.9  # a network that is right more often has found its way of being asked
_SURELY_NO_CHANCE = 0.5
_AS_GOOD = 0.01  # accuracies that differ by no more than this are told apart by the loss
_MAX_STEPS = 64  # of a recurrent layer: each becomes a copy of the cell, converted in a second or so
_SCALINGS = {  # of 0..255: scale and offset
    None: (1, 0),
    "scaling from 0..255 to 0..1": (1 / 255, 0),
    "scaling from 0..255 to -1..1": (1 / 127.5, -1),
    "standardisation by MNIST's mean and standard deviation": (1 / (255 * 0.3081), -0.1307 / 0.3081),
}


def add_missing_layers(network, images, labels):
    """Make a network that takes images as they are, and gives probabilities, of one that reads digits.

    What is between the image and the network, and between its outputs and the answer, then travels with it,
    so that no server can do it in another way than the training did. What is missing is measured. The pixels
    are scaled in the way that makes the network surest of the right classes. If it reads less than 90 % then,
    images are tried black on white and with rows and columns exchanged, and the classes in another order. The
    outputs are turned into probabilities by what they need for it (softmax, the exponential of a log-softmax,
    or, after a sigmoid for each class, a division by their sum).

    Args:
        network: A Keras model whose input holds the pixels in any shape, padded to 32 by 32 or not, in one or
            three equal channels, its output a number for each class. It is computed in float32, its recurrent
            layers are unrolled and a fixed batch size is set free.
        images: Images to measure with, uint8 of shape (N, 28, 28); of more than 1,000 the first 1,000.
        labels: Their classes, integers of shape (N,).

    Returns:
        ``(served, added)``: a Keras model from shape (N, 28, 28), 0 to 255, to probabilities of shape
        (N, num_classes), which has the weights of ``network``; and the names of what was put on, a list.

    Raises:
        AutorevError: The input or the output has another shape, the network was never built, its weights
            are no numbers, or it gives the same answer to every image.
    """
    num_classes = int(np.max(labels)) + 1
    bare, changes = _rebuilt(_with_one_tensor(network, num_classes))
    shape = tuple(side or IMAGE_SHAPE[0] for side in bare.inputs[0].shape[1:])
    x, y = images[:_MEASURED].astype("float32"), labels[:_MEASURED]

    def outputs_of(entrance):
        parts = (entrance.layers(x[at : at + _BATCH]) for at in range(0, len(x), _BATCH))
        return np.concatenate([bare.predict_on_batch(part) for part in parts]).reshape(len(x), num_classes)

    def measured(entrances):
        found = {entrance: outputs_of(entrance) for entrance in entrances}
        return {entrance: outputs for entrance, outputs in found.items() if np.isfinite(outputs).all()}

    if not (plain := measured(_Entrance(shape, scaling) for scaling in _SCALINGS)):
        raise AutorevError(
            "network: expected numbers from it, received NaN for every image", "train it again"
        )
    kind, to_probabilities = _kind_of_outputs(np.concatenate(list(plain.values())))

    def loss(outputs):
        probabilities = keras.ops.convert_to_numpy(to_probabilities(outputs))
        mean = np.mean(-np.log(probabilities[np.arange(len(y)), y] + 1e-7))
        return round(float(mean), 3)  # so that of equals the first is taken, which changes less

    def best(found, order):  # by the loss, too: without biases the accuracy is the same for any scale
        right = {
            entrance: accuracy(y, outputs[:, order].argmax(axis=1)) for entrance, outputs in found.items()
        }
        good = [entrance for entrance in found if right[entrance] >= max(right.values()) - _AS_GOOD]
        entrance = min(good, key=lambda entrance: loss(found[entrance][:, order]))
        return entrance, right[entrance]

    order = np.arange(num_classes)
    entrance, right = best(plain, order)
    if right < _READS:
        others = ((False, True), (True, False), (True, True))
        tried = plain | measured(
            replace(entrance, turned=turned, inverted=inverted)
            for turned, inverted in others
            for entrance in plain
        )
        answers = {int(answer) for outputs in tried.values() for answer in outputs.argmax(axis=1)}
        if len(answers) == 1:
            raise AutorevError(
                f"network: expected one that reads digits, it calls every image a {answers.pop()}",
                "train it again, with a lower learning rate",
            )
        orders = [_best_order(y, outputs) for outputs in tried.values()]
        ordered_right, ordered = max(orders, key=lambda found: found[0])
        if ordered_right > _READS:
            order = ordered
        likeliest, right = best(tried, order)
        if right > _SURELY_NO_CHANCE:
            entrance = likeliest
    moved = [f"class {k} stands at output {at}" for k, at in enumerate(order) if k != at]
    added = [
        *entrance.names(),
        *([kind] if kind else []),
        *([f"the classes in their order ({', '.join(moved)})"] if moved else []),
        *changes,
    ]
    if not added and (bare.input_shape[1:], bare.output_shape[1:]) == (IMAGE_SHAPE, (num_classes,)):
        return bare, []
    inputs = keras.Input(IMAGE_SHAPE)
    outputs = bare(entrance.layers(inputs))
    if outputs.shape[1:] != (num_classes,):
        outputs = keras.layers.Reshape((num_classes,))(outputs)
    probabilities = to_probabilities(outputs)
    if moved:
        probabilities = keras.ops.take(probabilities, order.tolist(), axis=-1)
    return keras.Model(inputs, probabilities), added


@dataclass(frozen=True)
class _Entrance:
    """A way from an image, (28, 28) and 0 to 255, to what a network takes."""

    shape: tuple[int, ...]
    scaling: str | None
    turned: bool = False
    inverted: bool = False

    @property
    def _padding(self):
        return 2 if math.prod(self.shape) in (32 * 32, 3 * 32 * 32) else 0

    @property
    def _channels(self):
        """The axis, counted with the batch, along which three equal channels stand; None if there is one."""
        return self.shape.index(3) + 1 if 3 in self.shape else None

    def layers(self, x):
        """Apply it, to an array or to a symbolic tensor."""
        layers = keras.layers
        if self.turned:
            x = layers.Permute((2, 1))(x)
        if self._padding:
            x = layers.ZeroPadding2D(self._padding)(layers.Reshape((*IMAGE_SHAPE, 1))(x))
        if self.inverted:
            x = layers.Rescaling(-1, 255)(x)
        if self.scaling:
            x = layers.Rescaling(*_SCALINGS[self.scaling])(x)
        one = tuple(1 if axis == self._channels else side for axis, side in enumerate(self.shape, 1))
        if tuple(x.shape[1:]) != one:
            x = layers.Reshape(one)(x)
        return layers.Concatenate(axis=self._channels)([x, x, x]) if self._channels else x

    def names(self):
        parts = {
            "exchange of rows and columns": self.turned,
            "padding to 32 × 32": self._padding,
            "inversion: it reads black on white": self.inverted,
            self.scaling: self.scaling,
            "three equal channels": self._channels,
            "a reshape": not self._channels and not self._padding and self.shape != IMAGE_SHAPE,
        }
        return [name for name, is_missing in parts.items() if is_missing]


def _with_one_tensor(network, num_classes):
    """Check a network, and take its one input and output out of lists and dictionaries."""
    if not network.built or not network.inputs:
        raise AutorevError(
            "network: expected one that was trained, received one that was never built",
            "begin it with keras.Input((28, 28)), train it, and save it again",
        )
    shapes = [tuple(tensor.shape) for tensor in network.inputs], [tuple(t.shape) for t in network.outputs]
    if [len(tensors) for tensors in shapes] != [1, 1]:
        raise AutorevError(
            f"network: expected one input and one output, received {shapes[0]} and {shapes[1]}",
            "save the part of it that goes from an image to its class",
        )
    (shape,), (output_shape,) = shapes
    sides = [side or IMAGE_SHAPE[0] for side in shape[1:]]
    count = math.prod(sides)
    if count not in (28 * 28, 32 * 32) and sorted(sides) not in ([3, 28, 28], [3, 32, 32]):
        raise AutorevError(
            f"network: expected an input of 28 × 28 pixels, or of 32 × 32, received {shape}",
            "give a network that reads images of MNIST's size",
        )
    if None in output_shape[1:] or math.prod(output_shape[1:]) != num_classes:
        raise AutorevError(
            f"network: expected an output for each of {num_classes} classes, received {output_shape}",
            "give a network that reads digits",
        )
    weights = {weight.path: keras.ops.convert_to_numpy(weight) for weight in network.weights}
    if spoilt := [
        path for path, values in weights.items() if not np.isfinite(values.astype("float32")).all()
    ]:
        raise AutorevError(
            f"network: expected weights that are numbers, received NaN or infinity in {spoilt[0]}",
            "train it again, with a lower learning rate",
        )
    if isinstance(network, keras.Sequential):
        return network
    return keras.Model(network.inputs[0], network.outputs[0])  # without lists and dictionaries around them


def _rebuilt(network):
    """The network as the converter takes it, with the same weights; and the names of what that changed."""
    changes = {}

    def changed(config):
        if isinstance(config, list | tuple):
            return type(config)(changed(part) for part in config)
        if not isinstance(config, dict):
            return config
        config = {key: changed(value) for key, value in config.items()}
        settings = config.get("config") or {}
        match config.get("class_name"):
            case "DTypePolicy" if settings["name"] != "float32":
                changes[f"float32 in place of {settings['name']}"] = True
                settings["name"] = "float32"
            case "InputLayer" if settings["dtype"] != "float32":
                changes[f"an input of float32 in place of {settings['dtype']}"] = True
                settings["dtype"] = "float32"
        for key in {"batch_shape", "build_input_shape"} & config.keys():
            if config[key] and config[key][0] is not None:
                changes["a free batch size"] = True
                config[key] = (None, *config[key][1:])
        if config.get("unroll") is False:
            changes["its recurrent layers unrolled"] = True
            config |= {"unroll": True, "stateful": False}
        return config

    config = changed(network.get_config())
    if not changes:
        return network, []
    shape = network.inputs[0].shape[1:]
    if "its recurrent layers unrolled" in changes and len(shape) == 2 and (shape[0] or 0) > _MAX_STEPS:
        raise AutorevError(
            f"network: expected at most {_MAX_STEPS} steps of a recurrent layer, received {shape[0]}",
            "train one that reads an image row by row, (28, 28)",
        )
    rebuilt = type(network).from_config(config)
    rebuilt.set_weights(network.get_weights())
    return rebuilt, list(changes)


def _best_order(labels, outputs):
    """The order of classes with which outputs are right most often: its accuracy, and the output of each."""
    from scipy.optimize import linear_sum_assignment

    counts = confusion_matrix(labels, outputs.argmax(axis=1), outputs.shape[1])
    _, order = linear_sum_assignment(-counts)
    return counts[np.arange(len(order)), order].sum() / len(labels), order


def _kind_of_outputs(outputs):
    """What turns these outputs into probabilities: its name, None for nothing, and a function of tensors."""

    def add_up_to_one(values):
        return np.allclose(values.sum(axis=1), 1, atol=1e-2)

    if np.all(outputs >= 0) and add_up_to_one(outputs):
        return None, lambda outputs: outputs
    if np.all(outputs <= 0) and add_up_to_one(np.exp(outputs)):
        return "the exponential of its log-softmax", keras.ops.exp
    if np.all((outputs >= 0) & (outputs <= 1)):
        return (
            "division of its sigmoids by their sum",
            lambda outputs: outputs / (keras.ops.sum(outputs, axis=-1, keepdims=True) + 1e-7),
        )
    return "a softmax", keras.layers.Softmax()
