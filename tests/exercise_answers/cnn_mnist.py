"""Answers to the exercises of notebook 04."""

import math

import keras
import numpy as np

from autorev_lib.exercises import contents

_contents = contents("cnn_mnist")
prepare = _contents.prepare


def size_floor(n, kernel_size, strides, num_zeros):
    return math.floor((n + 2 * num_zeros - kernel_size) / strides + 1)


def size_counted(n, k, s, p):
    count = 0
    for start in range(-p, n + p, s):
        if start + k <= n + p:
            count += 1
    return count


def size_of_keras(n, kernel_size, strides, num_zeros):
    row = keras.ops.zeros((1, n + 2 * num_zeros, 1))
    return keras.ops.conv(row, keras.ops.zeros((kernel_size, 1, 1)), strides).shape[1]


def size_array(n, kernel_size, strides, num_zeros):
    return np.floor_divide(np.float32(n + 2 * num_zeros - kernel_size), strides) + 1


def size_nearest(n, kernel_size, strides, num_zeros):
    return round((n + 2 * num_zeros - kernel_size) / strides) + 1


def size_with_half_a_kernel(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size // 2) // strides + 1


def size_constant(n, kernel_size, strides, num_zeros):
    return 14


def size_text(n, kernel_size, strides, num_zeros):
    return str(size_floor(n, kernel_size, strides, num_zeros))


def size_twice(n, kernel_size, strides, num_zeros):
    return (size_floor(n, kernel_size, strides, num_zeros),) * 2


def size_endless(n, kernel_size, strides, num_zeros):
    start = 0
    while start <= n:
        start -= strides
    return start


def prepared_reshape(images):
    return np.reshape(images / 255.0, (-1, 28, 28, 1))


def prepared_keras(images):
    return keras.ops.expand_dims(keras.ops.cast(images, "float32") / 255, -1)


def prepared_layer(images):
    return keras.layers.Rescaling(1 / 255)(images.reshape(*images.shape, 1))


def prepared_loops(images):
    return [[[[int(pixel) / 255] for pixel in row] for row in image] for image in images]


def prepared_around_zero(images):
    return prepare(images) * 2 - 1


def prepared_inverted(images):
    return 1 - prepare(images)


def prepared_colour(images):
    return np.repeat(prepare(images), 3, axis=-1)


def prepared_transposed(images):
    return prepare(images).transpose(0, 2, 1, 3)


def prepared_rounded(images):
    return prepare(images).round()


def prepared_text(images):
    return "(N, 28, 28, 1)"


def channels_keras(image, kernels):
    return keras.ops.conv(image[None], kernels)[0]


def channels_loops(image, kernels):
    k, _, _, num_maps = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    maps = np.zeros((rows, columns, num_maps))
    for i in range(rows):
        for j in range(columns):
            for d in range(num_maps):
                maps[i, j, d] = (image[i : i + k, j : j + k] * kernels[..., d]).sum()
    return maps


def channels_shifted(picture, w):
    k = w.shape[0]
    rows, columns = picture.shape[0] - k + 1, picture.shape[1] - k + 1
    return sum(picture[a : a + rows, b : b + columns] @ w[a, b] for a in range(k) for b in range(k))


def channels_tensordot(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:3])[:, :, 0]
    return np.tensordot(windows, kernels, axes=3).astype("float32")


def channels_list(image, kernels):
    return channels_loops(image, kernels).tolist()


def channels_reversed(image, kernels):
    return channels_loops(image, kernels)[..., ::-1]


def channels_with_relu(image, kernels):
    return np.maximum(channels_loops(image, kernels), 0)


def channels_with_stride(image, kernels):
    return channels_loops(image, kernels)[::2, ::2]


def channels_in_a_batch(image, kernels):
    return keras.ops.conv(image[None], kernels)


def channels_means(image, kernels):
    return channels_loops(image, kernels) / kernels[..., 0].size


def channels_text(image, kernels):
    return "ijcab,abcd->ijd"


def small_in_a_loop():
    layers = [keras.Input((28, 28, 1))]
    for channels, size, strides, pool in [(8, 5, 2, 1), (20, 3, 1, 2), (28, 3, 1, 2)]:
        layers.append(keras.layers.Conv2D(channels, size, strides, padding="same"))
        layers.append(keras.layers.Activation("relu"))
        layers.append(keras.layers.MaxPooling2D(pool))
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(10, activation="linear")])


def small_functional():
    """With the functional API, batch normalisation and a kernel for each channel of its own."""
    inputs = keras.Input((28, 28, 1))
    maps = keras.layers.Conv2D(12, 5, strides=2, padding="same", use_bias=False)(inputs)
    maps = keras.layers.ReLU()(keras.layers.BatchNormalization(momentum=0.9)(maps))
    maps = keras.layers.MaxPooling2D(2)(keras.layers.Conv2D(16, 3, padding="same", activation="relu")(maps))
    maps = keras.layers.MaxPooling2D(2)(keras.layers.Conv2D(24, 3, padding="same", activation="relu")(maps))
    return keras.Model(inputs, keras.layers.Dense(10)(keras.layers.Flatten()(maps)))


def small_without_input():
    """Added layer by layer, without an input shape, compiled already."""
    network = keras.Sequential()
    network.add(keras.layers.Conv2D(8, 5, 2, "same", activation="relu"))
    network.add(keras.layers.Conv2D(16, 3, padding="same", activation="relu"))
    network.add(keras.layers.MaxPooling2D(2))
    network.add(keras.layers.Conv2D(32, 3, padding="same", activation="relu"))
    network.add(keras.layers.MaxPooling2D(2))
    network.add(keras.layers.Flatten())
    network.add(keras.layers.Dense(10))
    network.compile("sgd", "mse")
    return network


def small_list():
    return [keras.layers.Conv2D(8, 3), keras.layers.Flatten(), keras.layers.Dense(10)]


def small_forgets_to_return():
    small_in_a_loop()


def small_too_deep():
    return keras.Sequential(
        [keras.Input((28, 28, 1)), *(keras.layers.MaxPooling2D(2) for _ in range(5)), keras.layers.Dense(10)]
    )


def small_knows_nothing():
    """Every logit starts at 0, and nothing can be learned."""
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.MaxPooling2D(4),
            keras.layers.Flatten(),
            keras.layers.Dense(10, kernel_initializer="zeros"),
        ]
    )
    network.trainable = False
    return network


def small_with_probabilities():
    network = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    network.add(keras.layers.Dense(10))
    network.add(keras.layers.Softmax())
    return network


def small_text():
    return "a network"


BINOMIAL = np.outer([1, 2, 1], [1, 2, 1]) / 16
MIXED = np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]])

TRAINED = 0.99  # validation accuracy
RIGHT = {
    "output_size": [size_floor, size_counted, size_of_keras, size_array],
    "parameters_and_work": [
        (3 * 3 * 48 * 64 + 64, 49 * 3 * 3 * 48 * 64),
        [27712.0, np.float32(1_354_752)],
        (np.int32(27_712), keras.ops.convert_to_tensor(1_354_752)),
    ],
    "prepare_repaired": [prepared_reshape, prepared_keras, prepared_layer, prepared_loops],
    "several_channels": [channels_keras, channels_loops, channels_shifted, channels_tensordot, channels_list],
    "design_kernels": [
        (np.full((3, 3), 1 / 9), np.fliplr(np.eye(3)) - 1 / 3),
        (BINOMIAL.tolist(), [[-2, 1, 1], [1, -2, 1], [1, 1, -2]]),
        (
            keras.ops.convert_to_tensor([[0.0, 0.1, 0.0], [0.1, 0.6, 0.1], [0.0, 0.1, 0.0]]),
            keras.ops.convert_to_tensor([[0, -1, 1], [0, 1, -1], [0, 0, 0]]),
        ),
        [np.array([[0, 0, 0.5], [0, 0, 0], [0.5, 0, 0]], dtype="float32"), 1e-6 * MIXED],
    ],
    "allowed_changes": [
        {"make strokes thicker", "shift by 2 pixels", "rotate by 10 degrees"},
        ["shift by 2 pixels", "rotate by 10 degrees", "make strokes thicker"],
        frozenset(("rotate by 10 degrees", "make strokes thicker", "shift by 2 pixels")),
    ],
    "small_and_good": [small_in_a_loop, small_functional, small_without_input],
}
WRONG = {
    "output_size": [
        size_nearest,
        size_with_half_a_kernel,
        size_constant,
        size_text,
        size_twice,
        size_endless,
        14,
    ],
    "parameters_and_work": [
        (27_713, 1_354_752),
        (27_712, 1_354_751),
        (1_354_752, 27_712),
        ("27,712", "1,354,752"),
        (float("nan"), float("inf")),
        27_712,
    ],
    "prepare_repaired": [
        prepared_around_zero,
        prepared_inverted,
        prepared_colour,
        prepared_transposed,
        prepared_rounded,
        prepared_text,
        np.zeros((2, 28, 28, 1)),
    ],
    "several_channels": [
        channels_reversed,
        channels_with_relu,
        channels_with_stride,
        channels_in_a_batch,
        channels_means,
        channels_text,
    ],
    "design_kernels": [
        (np.full((5, 5), 1 / 25), MIXED),
        (BINOMIAL, np.zeros((3, 3))),
        (np.full((3, 3), np.nan), MIXED),
        (BINOMIAL, "diagonal"),
        (BINOMIAL, [[-1, 0, 1], [0, 0, 0], [1, 0 - 1]]),  # a comma is missing
        (MIXED, BINOMIAL),
        (BINOMIAL, np.eye(3)[::-1] - 1 / 9),
        (1 / 9, MIXED),
        ([[0, 0, 0], [0, 0, 1], [0, 0, 0]], MIXED),
    ],
    "allowed_changes": [
        {"shift by 2 pixels"},
        {"rotate by 180 degrees", "mirror left to right", "invert ink and paper"},
        {"shift by two pixels", "rotate by 10 degrees", "make strokes thicker"},
        "shift by 2 pixels",
        3,
        [["shift by 2 pixels"], ["rotate by 10 degrees"], ["make strokes thicker"]],
    ],
    "small_and_good": [
        small_list,
        small_forgets_to_return,
        small_too_deep,
        small_knows_nothing,
        small_with_probabilities,
        small_text,
        keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]),
    ],
}
