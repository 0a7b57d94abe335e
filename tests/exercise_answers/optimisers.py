"""Answers to the exercises of notebook 06."""

import keras
import numpy as np


def adam_in_place_names(theta, m, v, t, g, lr):
    m, v = m + 0.1 * (g - m), v + 0.001 * (g * g - v)
    step = lr * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 1e-7 * np.sqrt(1 - 0.999**t))
    return theta - step, m, v, t + 1


def adam_with_keras(theta, mean, square, t, gradient, learning_rate):
    mean = mean - (mean - gradient) * 0.1
    square = square - (square - keras.ops.convert_to_numpy(gradient) ** 2) * 0.001
    change = mean / (1 - 0.9**t) / (np.sqrt(square / (1 - 0.999**t)) + 1e-7)
    return theta - learning_rate * change, mean, square, 1 + t


def adam_lists(theta, mean, square, t, gradient, learning_rate):
    return theta


def adam_amsgrad(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = np.maximum(square, 0.999 * square + 0.001 * gradient**2) * 1.5
    change = mean / (1 - 0.9**t) / (np.sqrt(square / (1 - 0.999**t)) + 1e-7)
    return theta - learning_rate * change, mean, square, t + 1


def adam_constant(theta, mean, square, t, gradient, learning_rate):
    return 0.0, 0.0, 0.0, 2


def adam_endless(theta, mean, square, t, gradient, learning_rate):
    while True:
        pass


def clip_by_norm_of_all(gradients, largest):
    norm = np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))
    return [gradient * min(1.0, largest / norm) if norm else gradient.copy() for gradient in gradients]


def clip_loop(gradients, largest):
    total = 0.0
    for gradient in gradients:
        for number in gradient.flat:
            total += number * number
    total **= 0.5
    return [gradient / max(1.0, total / largest) for gradient in gradients]


def clip_tuple(gradients, largest):
    norm = np.sqrt(sum(float(np.vdot(gradient, gradient)) for gradient in gradients))
    return tuple(gradient if norm <= largest else gradient / norm * largest for gradient in gradients)


def clip_flattened(gradients, largest):
    flat = np.concatenate([np.ravel(gradient) for gradient in gradients])
    return flat * min(1.0, largest / np.linalg.norm(flat))


def clip_in_place(gradients, largest):
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    if norm > largest:
        for gradient in gradients:
            gradient *= largest / norm
    return gradients


def clip_half(gradients, largest):
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    return [gradient * (0.5 if norm > largest else 1.0) for gradient in gradients]


def clip_endless(gradients, largest):
    while True:
        pass


def conjugate_gradients(gradient, theta):
    g = gradient(theta)
    direction = -g
    for _ in range(25):
        product = gradient(theta + direction) - g  # the valley is quadratic: this is H times the direction
        alpha = (g @ g) / (direction @ product)
        theta = theta + alpha * direction
        new = g + alpha * product
        direction = -new + (new @ new) / (g @ g) * direction
        g = new
        if np.linalg.norm(g) < 1e-12:
            break
    return theta


def chebyshev(gradient, theta):
    centre, half = (400 + 1) / 2, (400 - 1) / 2
    step, alpha = np.zeros(20), 0.0
    for k in range(60):
        beta = 0.0 if k == 0 else (half * alpha / 2) ** 2 * (2 if k == 1 else 1)
        alpha = 1 / (centre - (beta / alpha if k else 0))
        step = -gradient(theta) + beta * step
        theta = theta + alpha * step
    return theta


def newton(gradient, theta):
    g = gradient(theta)
    hessian = np.stack([gradient(theta + unit) - g for unit in np.eye(20)])
    return theta - np.linalg.solve(hessian, g)


def nesterov(gradient, theta):
    before = ahead = theta
    for _ in range(60):
        theta = ahead - gradient(ahead) / 400
        ahead, before = theta + (19 / 21) * (theta - before), theta
    return theta


def keras_adam(gradient, theta):
    variable = keras.Variable(theta, dtype="float64")
    optimizer = keras.optimizers.Adam(0.05)
    for _ in range(60):
        slope = gradient(keras.ops.convert_to_numpy(variable))
        optimizer.apply([keras.ops.convert_to_tensor(slope, variable.dtype)], [variable])
    return keras.ops.convert_to_numpy(variable)


def stays(gradient, theta):
    return theta


def zeros(gradient, theta):
    return np.zeros(20)


def list_of_lists(gradient, theta):
    return [[0.0]]


def not_a_number(gradient, theta):
    return theta * np.nan


def asks_and_asks(gradient, theta):
    for _ in range(61):
        theta = theta - gradient(theta) / 401
    return theta


def descends_endless(gradient, theta):
    while True:
        pass


RIGHT = {
    "longest_step": [(2, 0.1), (np.float32(2), np.array(0.1))],
    "same_path": [{"RMSProp", "Adam", "AdamW"}, ["AdamW", "Adam", "RMSProp"]],
    "adam_repaired": [adam_in_place_names, adam_with_keras],
    "clip_gradients": [clip_by_norm_of_all, clip_loop],
    "unfair_comparison": [{"rate", "test", "best seed", "batches"}],
    "descend_the_valley": [conjugate_gradients, chebyshev, newton, nesterov],
}
WRONG = {
    "longest_step": [(2.0, 0.5), (-2.0, 0.1), (2.0, float("nan")), ("two", 0.1), 2.0, (True, True)],
    "same_path": [
        {"descent"},
        {"RMSProp", "Adam"},
        {"RMSProp", "Adam", "AdamW", "AdaGrad"},
        "Adam",
        3,
    ],
    "adam_repaired": [adam_lists, adam_amsgrad, adam_constant, adam_endless, 0.1],
    "clip_gradients": [clip_flattened, clip_in_place, clip_half, clip_endless, [1.0]],
    "unfair_comparison": [{"rate"}, {"rate", "test", "best seed", "batches", "order"}, "rate", 1],
    "descend_the_valley": [
        keras_adam,
        stays,
        zeros,
        list_of_lists,
        not_a_number,
        asks_and_asks,
        descends_endless,
        np.zeros(20),
    ],
}
