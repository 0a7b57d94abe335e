"""Answers to the exercises of notebook 05b."""

import math
from statistics import NormalDist

import keras
import numpy as np
from scipy import ndimage, stats


def psi_loop(reference_counts, window_counts):
    total = 0.0
    for r, w in zip(reference_counts, window_counts, strict=True):
        p = max(r / sum(reference_counts), 0.0001)
        q = max(w / sum(window_counts), 0.0001)
        total += (q - p) * math.log(q / p)
    return total


def psi_keras(before, after):
    def shares(counts):
        counts = keras.ops.convert_to_tensor(counts, dtype="float32")
        return keras.ops.maximum(counts / keras.ops.sum(counts), 1e-4)

    p, q = shares(before), shares(after)
    return keras.ops.sum((p - q) * (keras.ops.log(p) - keras.ops.log(q)))


def psi_two_divergences(reference_counts, window_counts):
    p, q = (np.array(c, dtype=float) / np.sum(c) for c in (reference_counts, window_counts))
    p[p < 1e-4], q[q < 1e-4] = 1e-4, 1e-4
    return (p * np.log(p / q)).sum() + (q * np.log(q / p)).sum()


def psi_of_normalised(reference_counts, window_counts):
    return stats.entropy(window_counts, reference_counts) + stats.entropy(reference_counts, window_counts)


def psi_other_floor(reference_counts, window_counts):
    p, q = (np.maximum(c / np.sum(c), 1e-6) for c in (reference_counts, window_counts))
    return np.sum((q - p) * np.log(q / p))


def psi_chi_squared(reference_counts, window_counts):
    p, q = (np.maximum(c / np.sum(c), 1e-4) for c in (reference_counts, window_counts))
    return np.sum((q - p) ** 2 / p)


def psi_each_bin(reference_counts, window_counts):
    p, q = (np.maximum(c / np.sum(c), 1e-4) for c in (reference_counts, window_counts))
    return (q - p) * np.log(q / p)


def psi_constant(reference_counts, window_counts):
    return 0.2408


def psi_added_floor(reference_counts, window_counts):
    p, q = (c / np.sum(c) + 1e-2 for c in (reference_counts, window_counts))
    return np.sum((q - p) * np.log(q / p))


def calibrate_counting(clean_distances, false_alarm_rate):
    for threshold in sorted(clean_distances):
        if sum(d > threshold for d in clean_distances) / len(clean_distances) <= false_alarm_rate:
            return threshold


def calibrate_quantile(distances, rate):
    return np.quantile(distances, 1 - rate, method="inverted_cdf")


def calibrate_higher(distances, rate):
    return np.quantile(distances, 1 - rate, method="higher").astype("float32")


def calibrate_keras(distances, rate):
    largest_first = -keras.ops.sort(keras.ops.convert_to_tensor(-distances, dtype="float32"))
    return largest_first[math.floor(len(distances) * rate)]


def calibrate_in_between(distances, rate):
    falling = sorted(distances, reverse=True)
    allowed = int(len(falling) * rate)
    return falling[0] if allowed == 0 else (falling[allowed] + falling[allowed - 1]) / 2


def calibrate_lower(distances, rate):
    return np.quantile(distances, 1 - rate, method="lower")


def calibrate_rule_of_thumb(distances, rate):
    return 0.1


def calibrate_critical_value(distances, rate):
    return stats.kstwo.isf(rate, 200)


def calibrate_infinite(distances, rate):
    return np.inf


def calibrate_text(distances, rate):
    return f"{np.sort(distances)[-1 - int(len(distances) * rate)]}"


def calibrate_all(distances, rate):
    return np.sort(distances)


def calibrate_endless(distances, rate):
    threshold = 0.0
    while np.mean(distances > threshold) > rate:
        threshold += 0.0
    return threshold


def mcnemar_scipy(only_first, only_second):
    differing = only_first + only_second
    return stats.binomtest(only_first, differing, 0.5).pvalue if differing else 1


def mcnemar_cumulative(b, c):
    return np.minimum(1, 2 * stats.binom.cdf(min(b, c), b + c, 0.5)).astype("float32")


def mcnemar_both_tails(only_first, only_second):
    n = only_first + only_second
    gap = abs(only_first - only_second)
    return sum(math.comb(n, k) * 0.5**n for k in range(n + 1) if abs(2 * k - n) >= gap)


def mcnemar_pascal(only_first, only_second):
    row = np.array([1.0])
    for _ in range(only_first + only_second):
        row = np.convolve(row, [0.5, 0.5])
    return row[row <= row[only_first] * (1 + 1e-9)].sum()


def mcnemar_unguarded_scipy(only_first, only_second):
    return stats.binomtest(only_first, only_first + only_second).pvalue


def mcnemar_mid_p(only_first, only_second):
    n = only_first + only_second
    return mcnemar_both_tails(only_first, only_second) - math.comb(n, only_first) / 2**n


def mcnemar_share(only_first, only_second):
    return min(only_first, only_second) / max(only_first + only_second, 1)


def mcnemar_greater(only_first, only_second):
    return stats.binom.sf(only_first - 1, only_first + only_second, 0.5)


def mcnemar_decision(only_first, only_second):
    return mcnemar_both_tails(only_first, only_second) < 0.05


def mcnemar_of_ten_thousand(only_first, only_second):
    z = (only_first - only_second) / math.sqrt(10_000)
    return 2 * NormalDist().cdf(-abs(z))


def signal_loop(images):
    numbers = []
    for image in images:
        ink = image > 60
        gaps = ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]
        numbers.append(gaps.sum(axis=0).max())
    return numbers


def signal_empty_columns(images):
    """How many blank columns lie between two that have ink."""
    inked = images.any(axis=1)
    return [np.sum(~row[row.argmax() : len(row) - row[::-1].argmax()]) if row.any() else 0 for row in inked]


def signal_keras(images):
    profile = keras.ops.sum(keras.ops.cast(images, "float32"), axis=1) / 255
    dip = keras.ops.minimum(profile[:, :-2], profile[:, 2:]) - profile[:, 1:-1]
    return keras.ops.max(keras.ops.relu(dip), axis=1)


def signal_closing(images):
    closed = ndimage.grey_closing(images, size=(1, 1, 3))
    return (closed.astype(int) - images).sum(axis=1).max(axis=1)


def signal_yes_or_no(images):
    return signal_empty_columns(images) > np.zeros(len(images))


def signal_vertical(images):
    pixels = images.astype(float)
    return np.abs(np.diff(pixels, axis=1)).sum(axis=(1, 2))


def signal_wrong_axis(images):
    pixels = images.astype("float32")
    gap = np.maximum(np.minimum(pixels[:, :-2], pixels[:, 2:]) - pixels[:, 1:-1], 0)
    return gap.sum(axis=2).max(axis=1)


def signal_position(images):
    return np.arange(len(images)) % 4


def signal_compressed(images):
    import zlib

    return [len(zlib.compress(image.tobytes())) for image in images]


def signal_column(images):
    return signal_loop(images).__class__([[number] for number in signal_loop(images)])


def signal_of_one(images):
    return signal_loop(images)[0]


def signal_text(images):
    return ["gap"] * len(images)


def signal_standardised(images):
    signal = np.array(signal_loop(images), dtype=float)
    return (signal - signal.mean()) / (signal.std() + 1e-9)


def signal_fixed_column(images):
    return images[:, :, 13].astype(float).sum(axis=1)


RIGHT = {
    "four_numbers": [
        (4e5, 1e5, 19 / 250, 0.068),
        [np.int64(400_000), np.float32(100_000), np.array(0.076), 1 - 0.99**7],
        (400_000, 100_000, keras.ops.convert_to_tensor(0.076), 0.0679),
    ],
    "population_stability_index": [psi_loop, psi_keras, psi_two_divergences],
    "calibrate": [
        calibrate_counting,
        calibrate_quantile,
        calibrate_keras,
        calibrate_in_between,
    ],
    "mcnemar_test": [mcnemar_scipy, mcnemar_cumulative, mcnemar_both_tails, mcnemar_pascal],
    "my_signal": [signal_loop, signal_empty_columns, signal_keras, signal_closing, signal_yes_or_no],
}
WRONG = {
    "four_numbers": [
        (400_000, 100_000, 0.05, 0.068),
        (400_000, 100_000, 0.076, float("nan")),
        ("400000", "100000", "0.076", "0.068"),
        (True, True, True, True),
        400_000,
        (400_000, 100_000, 0.076, [0.068]),
    ],
    "population_stability_index": [
        psi_of_normalised,
        psi_other_floor,
        psi_chi_squared,
        psi_each_bin,
        psi_constant,
        psi_added_floor,
        "PSI",
    ],
    "calibrate": [
        calibrate_lower,
        calibrate_higher,
        calibrate_rule_of_thumb,
        calibrate_critical_value,
        calibrate_infinite,
        calibrate_text,
        calibrate_all,
        calibrate_endless,
    ],
    "mcnemar_test": [
        mcnemar_unguarded_scipy,
        mcnemar_mid_p,
        mcnemar_share,
        mcnemar_greater,
        mcnemar_decision,
        mcnemar_of_ten_thousand,
        0.05,
    ],
    "my_signal": [
        signal_vertical,
        signal_wrong_axis,
        signal_position,
        signal_compressed,
        signal_column,
        signal_of_one,
        signal_text,
        signal_standardised,
        signal_fixed_column,
        np.zeros(200),
    ],
}
