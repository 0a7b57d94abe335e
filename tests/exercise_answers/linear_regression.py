"""Answers to the exercises of notebook 01."""

import math

import keras
import numpy as np
from sklearn.metrics import mean_absolute_error

from autorev_lib.exercises import contents

_contents = contents("linear_regression")
gradient = _contents.gradient


def mae_loop(y, prediction):
    total = 0.0
    for i in range(len(y)):
        error = float(prediction[i]) - float(y[i])
        total += error if error > 0 else -error
    return total / len(y)


def mae_keras(truth, guess):
    return keras.ops.mean(keras.ops.abs(truth - guess))


def mae_float32(y, prediction):
    return np.average(np.maximum(y - prediction, prediction - y)).astype("float32")


def mae_overwriting(y, prediction):
    prediction -= y
    np.abs(prediction, out=prediction)
    return prediction.mean()


def mae_median(y, prediction):
    return np.median(np.abs(prediction - y))


def mae_relative(y, prediction):
    return np.mean(np.abs(prediction - y) / np.abs(y))


def mae_largest(y, prediction):
    return np.max(np.abs(prediction - y))


def mae_one_too_few(y, prediction):
    return np.abs(prediction - y).sum() / (len(y) - 1)


def mae_text(y, prediction):
    return str(np.abs(prediction - y).mean())


def descend_at_once(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        weight, bias = np.array([weight, bias]) - learning_rate * np.array(gradient(x, y, weight, bias))
    return [weight, bias]


def descend_recursive(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    if num_steps == 0:
        return weight, bias
    slope_w, slope_b = gradient(x, y, weight, bias)
    return descend_recursive(
        x, y, learning_rate, num_steps - 1, weight - learning_rate * slope_w, bias - learning_rate * slope_b
    )


def descend_own_gradient(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    step = 0
    while step < num_steps:
        residual = [weight * a + bias - b for a, b in zip(x, y, strict=True)]
        slope = 2 * sum(r * a for r, a in zip(residual, x, strict=True)) / len(x)
        bias -= learning_rate * 2 * sum(residual) / len(x)
        weight -= learning_rate * slope
        step += 1
    return np.array([weight, bias], dtype="float32")


def descend_bias_first(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    weight, bias = descend_at_once(x, y, learning_rate, num_steps, weight, bias)
    return bias, weight


def descend_one_more(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    return descend_at_once(x, y, learning_rate, num_steps + 1, weight, bias)


def descend_half_steps(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    return descend_at_once(x, y, learning_rate / 2, num_steps, weight, bias)


def descend_weight_only(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    return descend_at_once(x, y, learning_rate, num_steps, weight, bias)[0]


def steps_counting(learning_rate, curvature, shrink=1e-3):
    distance, steps = 1.0, 0
    while distance > shrink:
        distance *= abs(1 - learning_rate * curvature)
        steps += 1
    return steps


def steps_numpy(rate, c, shrink=1e-3):
    size = max(abs(1 - rate * c), 1e-300)
    return max(1, int(np.ceil(np.log(shrink) / np.log(size))))


def steps_log2(learning_rate, curvature, shrink=1e-3):
    factor = math.fabs(1 - learning_rate * curvature)
    return 1 if not factor else int(-(-math.log2(shrink) // math.log2(factor)))


def steps_one_too_many(learning_rate, curvature, shrink=1e-3):
    return steps_counting(learning_rate, curvature, shrink) + 1


def steps_ignoring_shrink(learning_rate, curvature, shrink=1e-3):
    return steps_counting(learning_rate, curvature, 1e-3)


def steps_as_a_constant(learning_rate, curvature, shrink=1e-3):
    return 31


def steps_endless(learning_rate, curvature, shrink=1e-3):
    while True:
        pass


def gradient_einsum(X, y, weights, bias):
    residual = np.einsum("nd,d->n", X, weights) + bias - y
    return 2 / len(X) * np.einsum("nd,n->d", X, residual), 2 / len(X) * residual.sum()


def gradient_loops(X, y, weights, bias):
    N, D = X.shape
    grad_weights, grad_bias = [0.0] * D, 0.0
    for n in range(N):
        residual = sum(X[n, d] * weights[d] for d in range(D)) + bias - y[n]
        grad_bias += 2 * residual / N
        for d in range(D):
            grad_weights[d] += 2 * residual * X[n, d] / N
    return grad_weights, grad_bias


def gradient_keras(X, y, weights, bias):
    X, y, weights = (keras.ops.cast(array, "float32") for array in (X, y, weights))
    residual = keras.ops.matmul(X, weights) + bias - y
    return 2 * keras.ops.mean(residual[:, None] * X, axis=0), 2 * keras.ops.mean(residual)


def gradient_column(X, y, weights, bias):
    grad_weights, grad_bias = gradient_einsum(X, y, weights, bias)
    return grad_weights[:, None], grad_bias


def gradient_weights_only(X, y, weights, bias):
    return gradient_einsum(X, y, weights, bias)[0]


def gradient_bias_not_averaged(X, y, weights, bias):
    grad_weights, grad_bias = gradient_einsum(X, y, weights, bias)
    return grad_weights, grad_bias * len(y)


def gradient_of_absolute_error(X, y, weights, bias):
    sign = np.sign(X @ weights + bias - y)
    return X.T @ sign / len(y), sign.mean()


def inputs_products(measured):
    species = np.array([measured["species"] == name for name in sorted(set(measured["species"]))]).T
    male = (measured["sex"] == "male").to_numpy()[:, None]
    unknown = measured["sex"].isna().to_numpy()[:, None]
    flipper = measured[["flipper_length_mm"]].to_numpy()
    return np.hstack(
        [flipper, flipper * species, species, male, unknown, measured[["bill_depth_mm"]].to_numpy()]
    )


def inputs_dummies(measured):
    import pandas as pd

    columns = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm", "species", "sex"]]
    return pd.get_dummies(columns, dummy_na=True, dtype=float)


def inputs_list(measured):
    return [
        [
            row.flipper_length_mm,
            row.bill_depth_mm,
            row.species == "Gentoo",
            row.sex == "male",
            row.sex == "female",
        ]
        for row in measured.itertuples()
    ]


def inputs_nothing(measured):
    return np.zeros((len(measured), 1))


def inputs_fewer_rows(measured):
    return measured.dropna()[["flipper_length_mm", "bill_length_mm"]].to_numpy()


def inputs_constant(measured):
    return np.full((len(measured), 3), 4.2)


RIGHT = {
    "mean_absolute_error": [mae_loop, mae_keras, mae_float32, mean_absolute_error],
    "other_units": [
        (10.0, 1 / 100),
        [np.float32(10), np.array(0.01)],
        (10, keras.ops.convert_to_tensor(0.01)),
    ],
    "descend_repaired": [descend_at_once, descend_recursive, descend_own_gradient],
    "steps_needed": [steps_counting, steps_numpy, steps_log2],
    "gradient_many": [gradient_einsum, gradient_loops, gradient_keras],
    "my_inputs": [inputs_products, inputs_dummies, inputs_list],
}
WRONG = {
    "mean_absolute_error": [
        mae_overwriting,
        mae_median,
        mae_relative,
        mae_largest,
        mae_one_too_few,
        mae_text,
        len,
        0.329,
    ],
    "other_units": [
        (10, 0.5),
        (7, 0.01),
        ("10", "0.01"),
        (10, float("nan")),
        (True, True),
        10,
        [[10], [0.01]],
    ],
    "descend_repaired": [
        descend_bias_first,
        descend_one_more,
        descend_half_steps,
        descend_weight_only,
        gradient,
    ],
    "steps_needed": [steps_one_too_many, steps_ignoring_shrink, steps_as_a_constant, steps_endless, "31"],
    "gradient_many": [
        gradient_column,
        gradient_weights_only,
        gradient_bias_not_averaged,
        gradient_of_absolute_error,
    ],
    "my_inputs": [
        inputs_nothing,
        inputs_fewer_rows,
        inputs_constant,
        np.zeros((342, 2)),
        lambda table: "columns",
        lambda table: np.random.default_rng().normal(size=(len(table), 3)),  # others at each call
    ],
}
