"""Answers to the exercises of notebook 05."""

import keras
import numpy as np


def quantise_loop(values, scale, zero_point):
    stored = np.zeros(np.shape(values), dtype=np.int8)
    for place, value in np.ndenumerate(values):
        stored[place] = max(-128, min(127, round(value / scale) + zero_point))
    return stored


def quantise_keras(x, s, z):
    steps = keras.ops.round(keras.ops.convert_to_tensor(x, dtype="float32") / s) + z
    return keras.ops.cast(keras.ops.clip(steps, -128, 127), "int8")


def quantise_in_two_steps(values, scale, zero_point):
    q = np.rint(np.divide(values, scale)).astype("int64")
    q += zero_point
    q[q > 127] = 127
    q[q < -128] = -128
    return q.astype("int8")


def quantise_half_up(values, scale, zero_point):
    return np.floor(np.asarray(values) / scale + 0.5 + zero_point).clip(-128, 127).astype(np.int8)


def quantise_rounds_up(values, scale, zero_point):
    return np.clip(np.ceil(values / scale) + zero_point, -128, 127).astype(np.int8)


def quantise_divides_all(values, scale, zero_point):
    return np.clip(np.round((values + zero_point) / scale), -128, 127).astype(np.int8)


def quantise_one_row(values, scale, zero_point):
    return quantise_loop(np.ravel(values), scale, zero_point)


def quantise_int64(values, scale, zero_point):
    return quantise_loop(values, scale, zero_point).astype("int64")


def quantise_text(values, scale, zero_point):
    return "int8"


def to_input_plain_python(body):
    images = []
    for start in range(0, len(body), 784):
        image = body[start : start + 784]
        images.append([[[image[28 * row + column] / 255] for column in range(28)] for row in range(28)])
    return images


def to_input_keras(body):
    pixels = keras.ops.convert_to_tensor(list(body), dtype="float32")
    return keras.ops.reshape(pixels / 255.0, (-1, 28, 28, 1))


def to_input_back_to_bytes(body):
    pixels = np.frombuffer(body, dtype="int8").astype("uint8").reshape(len(body) // 784, 28, 28)
    return np.float32(pixels)[..., np.newaxis] * np.float32(1 / 255)


def to_input_double(body):
    return np.array(bytearray(body), dtype=float).reshape((-1, 28, 28, 1)) / 255


def to_input_strokes(body):
    return (np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1) > 127).astype("float32")


def to_input_clips(body):
    return np.clip(np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1) / 127, 0, 1)


def to_input_flat(body):
    return np.frombuffer(body, dtype="uint8").reshape(-1, 784) / 255


def to_input_wide(body):
    return np.frombuffer(body, dtype="float32").reshape(-1, 14, 14, 1)


def to_input_first_only(body):
    return to_input_double(body[:784])


RIGHT = {
    "quantise": [quantise_loop, quantise_keras, quantise_in_two_steps, quantise_half_up],
    "to_input": [to_input_keras, to_input_back_to_bytes],
}
WRONG = {
    "quantise": [
        quantise_rounds_up,
        quantise_divides_all,
        quantise_one_row,
        quantise_int64,
        quantise_text,
        len,
        np.int8(3),
    ],
    "to_input": [
        to_input_plain_python,
        to_input_double,
        to_input_strokes,
        to_input_clips,
        to_input_flat,
        to_input_wide,
        to_input_first_only,
        lambda body: body,
    ],
}
