"""Answers to the exercises of notebook 02."""

import math
from itertools import pairwise

import keras
import numpy as np
from scipy.special import logsumexp

from autorev_lib.exercises import contents

_contents = contents("multilayer_perceptron")
cross_entropy = _contents.cross_entropy
softmax = _contents.softmax


def count_loop(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total


def count_numpy(layers):
    layers = np.array(layers)
    return np.dot(layers[:-1] + 1, layers[1:])


def count_keras(sizes):
    network = keras.Sequential([keras.Input((sizes[0],)), *map(keras.layers.Dense, sizes[1:])])
    return network.count_params()


def count_recursive(sizes):
    inputs, *rest = sizes
    return rest[0] * inputs + rest[0] + count_recursive(rest) if rest else 0


def count_by_shortening(sizes):
    total = 0
    while len(sizes) > 1:
        total += (sizes.pop(0) + 1) * sizes[0]
    return float(total)


def count_with_input_layer(sizes):
    return count_loop([1, *sizes])


def count_without_first_layer(sizes):
    return count_loop(sizes[1:])


def count_as_a_constant(sizes):
    return 203_530


def count_one_by_one(sizes):
    return [(m + 1) * n for m, n in pairwise(sizes)]


def count_text(sizes):
    return f"{count_loop(sizes):,}"


def softmax_keras(logits):
    return keras.ops.softmax(logits, axis=-1)


def softmax_by_logarithm(scores):
    return np.exp(scores - logsumexp(scores, axis=-1, keepdims=True))


def softmax_loops(logits):
    rows = []
    for row in logits.reshape(-1, logits.shape[-1]):
        highest = max(row)
        exponentials = [math.exp(value - highest) for value in row]
        rows.append([value / sum(exponentials) for value in exponentials])
    return np.array(rows).reshape(logits.shape).tolist()


def softmax_transposed(logits):
    turned = np.moveaxis(logits, -1, 0).astype("float32")
    turned = np.exp(turned - turned.max(axis=0))
    return np.moveaxis(turned / turned.sum(axis=0), 0, -1)


def softmax_in_place(logits):
    logits -= logits.max(axis=-1)[..., None]
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=-1)[..., None]
    return logits


def softmax_of_negative(logits):
    return softmax(-logits)


def softmax_one_hot(logits):
    return np.eye(logits.shape[-1])[logits.argmax(axis=-1)]


def softmax_base_two(logits):
    powers = 2 ** (logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_log(logits):
    return np.log(softmax(logits) + 1e-30)


def softmax_twice(logits):
    return softmax(softmax(logits))


def softmax_sigmoid(logits):
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def softmax_clipped(logits):
    exponentials = np.exp(np.clip(logits, -50, 50))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def softmax_flat(logits):
    return softmax(logits).ravel()


def loss_scipy(labels, logits):
    return np.mean(logsumexp(logits, axis=1) - np.take_along_axis(logits, labels[:, None], axis=1)[:, 0])


def loss_loops(labels, logits):
    total = 0.0
    for label, row in zip(labels, logits, strict=True):
        highest = max(row)
        total += highest - row[label] + math.log(sum(math.exp(z - highest) for z in row))
    return total / len(labels)


def loss_keras(labels, logits):
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)


def loss_keras_ops(y, z):
    one_hot = keras.ops.one_hot(y, z.shape[1])
    return -keras.ops.mean(keras.ops.sum(one_hot * keras.ops.log_softmax(z), axis=-1))


def loss_of_differences(labels, logits):
    margins = logits - logits[np.arange(len(labels)), labels][:, None]
    return np.logaddexp.reduce(margins, axis=1).mean().astype("float32")


def loss_clipped(labels, logits):
    return cross_entropy(labels, np.clip(softmax(logits), 1e-7, 1))


def loss_of_the_largest(labels, logits):
    return np.mean(logits.max(axis=1) - logits[np.arange(len(labels)), labels])


def loss_for_label_zero(labels, logits):
    return loss_scipy(np.zeros_like(labels), logits)


def loss_averaged_over_classes(labels, logits):
    return loss_scipy(labels, logits) / logits.shape[1]


def loss_median(labels, logits):
    return np.median([loss_scipy(labels[i : i + 1], logits[i : i + 1]) for i in range(len(labels))])


def loss_in_bits(labels, logits):
    return loss_scipy(labels, logits) / math.log(2)


def loss_text(labels, logits):
    return f"{loss_scipy(labels, logits):.3f}"


def guarantee_if(loss):
    if loss >= math.log(2):
        return 0
    return 1 - loss / math.log(2)


def guarantee_clip(mean_loss):
    return np.clip(1 - np.log2(np.exp(mean_loss)), 0, 1).astype("float32")


def guarantee_keras(loss):
    return keras.ops.relu(1 - keras.ops.convert_to_tensor(loss, "float32") / keras.ops.log(2.0))


def guarantee_rounded(loss):
    return round(1 - min(1, loss / 0.693), 4)


def guarantee_half(loss):
    return max(0.5, 1 - loss / math.log(2))


def guarantee_log_1p(loss):
    return max(0.0, 1 - math.log1p(loss))


def guarantee_of_ten_classes(loss):
    return max(0.1, 1 - loss / math.log(2))


def guarantee_endless(loss):
    share = 1.0
    while share != loss:
        share = share / 2 + 1
    return share


def guarantee_text(loss):
    return f"{guarantee_if(loss):.0%}"


def guarantee_percentage_list(loss):
    return [guarantee_if(loss)]


def slim_add():
    network = keras.Sequential()
    network.add(keras.layers.Rescaling(2.0, offset=-0.5))
    network.add(keras.layers.Reshape((28, 28, 1)))
    network.add(keras.layers.AveragePooling2D(2))
    network.add(keras.layers.Flatten())
    network.add(keras.layers.Dense(220, activation="relu"))
    network.add(keras.layers.Dropout(0.2))
    network.add(keras.layers.Dense(10))
    return network


def slim_functional():
    inputs = keras.Input((784,))
    x = keras.layers.Reshape((28, 28, 1))(inputs)
    x = keras.layers.Cropping2D(2)(x)
    x = keras.layers.Flatten()(keras.layers.AveragePooling2D(2)(x))
    for num_units in (160, 110):
        x = keras.layers.Dense(num_units)(x)
        x = keras.layers.Dropout(0.1)(keras.layers.ReLU()(keras.layers.BatchNormalization()(x)))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


def slim_compiled():
    layers = keras.layers
    small = [layers.Reshape((28, 28, 1)), layers.Cropping2D(2), layers.AveragePooling2D(2), layers.Flatten()]
    dense = [layers.Dense(130, "gelu", kernel_initializer="he_normal") for _ in range(2)]
    network = keras.Sequential(
        [
            keras.Input((784,)),
            *small,
            *dense,
            layers.Dropout(0.1),
            layers.Dense(10, kernel_initializer="zeros"),
        ]
    )
    network.compile("sgd", "mse")
    return network


def slim_reads_rows():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Reshape((28, 28)),
            keras.layers.GRU(64),
            keras.layers.Dense(10),
        ]
    )


def slim_with_sigmoids():
    return keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(60, "relu"), keras.layers.Dense(10, "sigmoid")]
    )


def slim_layers():
    return [keras.layers.Dense(60, "relu"), keras.layers.Dense(10)]


def slim_nothing():
    keras.Sequential([keras.Input((784,)), keras.layers.Dense(60, "relu"), keras.layers.Dense(10)])


def slim_hides_parameters_in_frozen_layers():
    hidden = keras.layers.Dense(256, "relu", trainable=False)
    return keras.Sequential([keras.Input((784,)), hidden, keras.layers.Dense(10)])


def prf_loops(matrix):
    precision, recall, f1 = [], [], []
    for k in range(len(matrix)):
        right = matrix[k][k]
        column, row = sum(line[k] for line in matrix), sum(matrix[k])
        precision.append(right / column if column else 0)
        recall.append(right / row if row else 0)
        total = precision[-1] + recall[-1]
        f1.append(2 * precision[-1] * recall[-1] / total if total else 0)
    return precision, recall, f1


def prf_nan_to_num(matrix):
    with np.errstate(all="ignore"):
        p = np.nan_to_num(np.diagonal(matrix) / matrix.sum(0))
        r = np.nan_to_num(np.diagonal(matrix) / matrix.sum(1))
        return np.array([p, r, np.nan_to_num(2 / (1 / p + 1 / r))])


def prf_keras(matrix):
    matrix = keras.ops.cast(matrix, "float32")
    right = keras.ops.diagonal(matrix)
    columns, rows = keras.ops.sum(matrix, axis=0), keras.ops.sum(matrix, axis=1)
    return (
        keras.ops.divide_no_nan(right, columns),
        keras.ops.divide_no_nan(right, rows),
        keras.ops.divide_no_nan(2 * right, columns + rows),
    )


def prf_small_number(matrix):
    tp = np.diag(matrix)
    fp, fn = matrix.sum(axis=0) - tp, matrix.sum(axis=1) - tp
    return tp / (tp + fp + 1e-12), tp / (tp + fn + 1e-12), tp / (tp + (fp + fn) / 2 + 1e-12)


def prf_transposed(matrix):
    return prf_loops(np.asarray(matrix).T)


def prf_without_the_two(matrix):
    p, r, f1 = prf_loops(matrix)
    return p, r, np.array(f1) / 2


def prf_per_cent(matrix):
    return tuple(100 * np.array(each) for each in prf_loops(matrix))


def prf_larger(matrix):
    p, r, _ = prf_loops(matrix)
    return p, r, np.maximum(p, r)


def prf_precision_only(matrix):
    return prf_loops(matrix)[0]


def prf_false_positives(matrix):
    right = np.diag(matrix)
    return right / (matrix.sum(axis=0) - right + 1), right / (matrix.sum(axis=1) - right + 1), right


TRAINED = (0.985, 0.981)  # training and validation accuracy
RIGHT = {
    "count_parameters": [
        count_loop,
        count_numpy,
        count_keras,
        count_recursive,
    ],
    "letters_instead_of_digits": [
        (np.log(26), np.log(np.e + 25) - 1),
        [np.float32(3.258), np.array(2.322)],
        (keras.ops.log(26.0), keras.ops.convert_to_tensor(2.3221)),
        (
            cross_entropy(np.arange(26), np.full((26, 26), 1 / 26)),
            cross_entropy(np.arange(26), softmax(np.eye(26))),
        ),
    ],
    "softmax_repaired": [
        softmax_keras,
        softmax_by_logarithm,
        softmax_loops,
        softmax_transposed,
        softmax,
    ],
    "three_switches": [
        (np.ones((3, 3)), np.array([0.0, -1.0, -2.0]), np.array([1, -2, 2])),
        ([[1, 2, 1], [1, 2, 1], [1, 2, 1]], [0, -2, -2], [1, -1, 2]),
        (keras.ops.ones((3, 3)), keras.ops.convert_to_tensor([-2.0, 0.0, -1.0]), np.float32([2, 1, -2])),
        ([[-1, -1, 1], [-1, -1, 1], [-1, -1, 1]], [2, 1, -2], [1, -2, 1]),
        (np.full((3, 3), 1 / 3), [0, -1 / 3, -2 / 3], [3, -6, 6]),
    ],
    "cross_entropy_from_logits": [
        loss_scipy,
        loss_loops,
        loss_keras,
        loss_keras_ops,
        loss_of_differences,
    ],
    "guaranteed_accuracy": [guarantee_if, guarantee_clip, guarantee_keras, guarantee_rounded],
    "precision_recall_f1": [prf_loops, prf_nan_to_num, prf_keras, prf_small_number],
    "build_slim": [slim_add, slim_functional, slim_compiled],
}
WRONG = {
    "count_parameters": [
        count_by_shortening,
        count_with_input_layer,
        count_without_first_layer,
        count_as_a_constant,
        count_one_by_one,
        count_text,
        203_530,
    ],
    "letters_instead_of_digits": [
        (3.3, 2.322),
        (3.258, 2.3),
        ("ln 26", "2.322"),
        (float("inf"), 2.322),
        (True, True),
        3.258,
        [[3.258], [2.322]],
    ],
    "softmax_repaired": [
        softmax_in_place,
        softmax_of_negative,
        softmax_one_hot,
        softmax_base_two,
        softmax_log,
        softmax_twice,
        softmax_sigmoid,
        softmax_clipped,
        softmax_flat,
        np.array([0.5, 0.5]),
    ],
    "three_switches": [
        (np.zeros((3, 3)), np.zeros(3), np.zeros(3)),
        (np.ones((3, 3)), [0, -1, -2], [1, -2, 2.1]),
        (np.full((3, 3), np.nan), [0, -1, -2], [1, -2, 2]),
        (np.ones((2, 3)), [0, -1, -2], [1, -2, 2]),
        (np.eye(3), [0, 0, 0], [1, 1, 1]),
        (np.ones((3, 3)), [[0, -1, -2]], [[1], [-2], [2]]),
        ("ones", "0 -1 -2", "1 -2 2"),
        (1, 0, 1),
    ],
    "cross_entropy_from_logits": [
        loss_clipped,
        loss_of_the_largest,
        loss_for_label_zero,
        loss_averaged_over_classes,
        loss_median,
        loss_in_bits,
        loss_text,
        2000.0,
    ],
    "guaranteed_accuracy": [
        guarantee_half,
        guarantee_log_1p,
        guarantee_of_ten_classes,
        guarantee_text,
        guarantee_endless,
        guarantee_percentage_list,
        0.5,
    ],
    "precision_recall_f1": [
        prf_transposed,
        prf_without_the_two,
        prf_per_cent,
        prf_larger,
        prf_precision_only,
        prf_false_positives,
    ],
    "build_slim": [
        slim_reads_rows,
        slim_with_sigmoids,
        slim_layers,
        slim_nothing,
        slim_hides_parameters_in_frozen_layers,
        "98 %",
    ],
}
