"""Answers to the exercises of notebook 07."""

import keras
import numpy as np
from scipy import stats


def parameters_in_a_loop(singular_values, ridge):
    total = 0.0
    for value in singular_values:
        total += value * value / (value * value + ridge)
    return total


def parameters_by_the_rest(singular_values, ridge):
    return len(singular_values) - sum(ridge / (d * d + ridge) for d in singular_values)


def parameters_with_keras(singular_values, ridge):
    squares = keras.ops.square(keras.ops.convert_to_tensor(singular_values, "float32"))
    return keras.ops.sum(squares / (squares + ridge))


def parameters_as_trace(singular_values, ridge):
    D = np.diag(singular_values)
    return np.trace(D @ np.linalg.inv(D.T @ D + ridge * np.eye(len(D))) @ D.T)


def parameters_half(singular_values, ridge):
    return 0.5 * len(singular_values)


def parameters_endless(singular_values, ridge):
    while True:
        pass


def shift_with_a_frame(images, down, right):
    height, width = images.shape[1:]
    framed = np.pad(images, ((0, 0), (height, height), (width, width)))
    down, right = np.clip(down, -height, height), np.clip(right, -width, width)
    return framed[:, height - down : 2 * height - down, width - right : 2 * width - right]


def shift_pixel_by_pixel(images, down, right):
    moved = np.zeros_like(images)
    for row in range(images.shape[1]):
        for column in range(images.shape[2]):
            if 0 <= row - down < images.shape[1] and 0 <= column - right < images.shape[2]:
                moved[:, row, column] = images[:, row - down, column - right]
    return moved


def shift_roll_then_blank(images, down, right):
    if abs(down) >= images.shape[1] or abs(right) >= images.shape[2]:
        return np.zeros_like(images)
    moved = np.roll(images, (down, right), axis=(1, 2))
    if down:
        moved[:, slice(None, down) if down > 0 else slice(down, None)] = 0
    if right:
        moved[:, :, slice(None, right) if right > 0 else slice(right, None)] = 0
    return moved


def shift_in_place(images, down, right):
    images[:] = shift_with_a_frame(images, down, right)
    return images


def shift_blanks_too_much(images, down, right):
    moved = shift_with_a_frame(images, down, right).copy()
    moved[:, :, 0] = 0
    return moved


def interval_by_ttest(before, after):
    found = stats.ttest_rel(after, before).confidence_interval(0.95)
    return found.low, found.high


def interval_by_t(before, after):
    gains = np.subtract(after, before)
    return stats.t.interval(0.95, len(gains) - 1, loc=gains.mean(), scale=stats.sem(gains))


def interval_as_array(before, after):
    gains = after - before
    half = stats.t.ppf(0.975, gains.size - 1) * gains.std(ddof=1) / gains.size**0.5
    return np.array([gains.mean() - half, gains.mean() + half])


def interval_welch(before, after):
    found = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    return found.low, found.high


def interval_empty(before, after):
    return 0.0, 0.0


def interval_one_number(before, after):
    return np.mean(after - before)


GRID = np.geomspace(1e-4, 1e6, 61)


def ridge_leave_one_out(X, y):
    errors = []
    for ridge in GRID:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(X.shape[1]), X.T)
        errors.append(np.sum(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return GRID[np.argmin(errors)]


def ridge_generalised(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    u, errors = U.T @ y, []
    for ridge in GRID:
        kept = d**2 / (d**2 + ridge)
        residual = np.sum(((1 - kept) * u) ** 2) + y @ y - u @ u
        errors.append(residual / (len(y) - kept.sum()) ** 2)
    return float(GRID[np.argmin(errors)])


def ridge_shuffled_ten_parts(X, y):
    parts, errors = np.array_split(np.random.default_rng(0).permutation(len(y)), 10), np.zeros(len(GRID))
    for part in parts:
        rest = np.setdiff1d(np.arange(len(y)), part)
        U, d, Vt = np.linalg.svd(X[rest], full_matrices=False)
        for at, ridge in enumerate(GRID):
            w = Vt.T @ (d / (d**2 + ridge) * (U.T @ y[rest]))
            errors[at] += np.sum((X[part] @ w - y[part]) ** 2)
    return np.array([GRID[errors.argmin()]])


def ridge_by_training_error(X, y):
    errors = [
        np.sum((X @ np.linalg.solve(X.T @ X + ridge * np.eye(X.shape[1]), X.T @ y) - y) ** 2)
        for ridge in GRID
    ]
    return GRID[np.argmin(errors)]


def ridge_number_of_examples(X, y):
    return float(len(y))


def ridge_logarithm(X, y):
    return np.log10(ridge_generalised(X, y))


def ridge_weights(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]


def ridge_not_a_number(X, y):
    return float("nan")


RIGHT = {
    "effective_parameters": [
        parameters_in_a_loop,
        parameters_by_the_rest,
        parameters_with_keras,
        parameters_as_trace,
    ],
    "shift_images": [shift_with_a_frame, shift_pixel_by_pixel, shift_roll_then_blank],
    "where_is_the_peak": [(150, 300), (150.0, np.int64(300))],
    "paired_interval": [interval_by_ttest, interval_by_t, interval_as_array],
    "too_good_to_be_true": [{"copies", "at random", "best epoch", "best seed"}],
    "choose_the_ridge": [ridge_leave_one_out, ridge_generalised, ridge_shuffled_ten_parts],
}
WRONG = {
    "effective_parameters": [parameters_half, parameters_endless, 1.4],
    "shift_images": [shift_in_place, shift_blanks_too_much, np.zeros((1, 28, 28))],
    "where_is_the_peak": [(300, 300), (150, 150), (150, 784), ("150", 300), 150, (True, True)],
    "paired_interval": [interval_welch, interval_empty, interval_one_number, (0.0, 0.1)],
    "too_good_to_be_true": [
        {"copies"},
        {"copies", "at random", "best epoch", "best seed", "dropout"},
        "copies",
        4,
    ],
    "choose_the_ridge": [
        ridge_by_training_error,
        ridge_number_of_examples,
        ridge_logarithm,
        ridge_weights,
        ridge_not_a_number,
        10.0,
    ],
}
