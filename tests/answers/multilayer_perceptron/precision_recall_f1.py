# %% right: np.divide with out and where, a helper for all three quotients
def safe_divide(a, b):
    return np.divide(a, b, out=np.zeros(len(a)), where=b > 0)


def precision_recall_f1(matrix):
    matrix = np.asarray(matrix)
    right = np.diag(matrix)
    precision = safe_divide(right, matrix.sum(axis=0))
    recall = safe_divide(right, matrix.sum(axis=1))
    return precision, recall, safe_divide(2 * precision * recall, precision + recall)

# %% right: divide under errstate, then nan_to_num
def precision_recall_f1(matrix):
    right = np.diag(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.nan_to_num(right / np.sum(matrix, axis=0))
        recall = np.nan_to_num(right / np.sum(matrix, axis=1))
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))
    return precision, recall, f1

# %% right: nan_to_num without errstate, right result but with RuntimeWarnings
def precision_recall_f1(matrix):
    matrix = np.array(matrix)
    p = np.nan_to_num(matrix.diagonal() / matrix.sum(axis=0))
    r = np.nan_to_num(matrix.diagonal() / matrix.sum(axis=1))
    return p, r, np.nan_to_num(2 * p * r / (p + r))

# %% right: np.maximum(sum, 1) as denominator, as counts are whole numbers; F1 from counts
def precision_recall_f1(matrix):
    tp = np.diagonal(matrix)
    called, support = np.sum(matrix, 0), np.sum(matrix, 1)
    return tp / np.maximum(called, 1), tp / np.maximum(support, 1), 2 * tp / np.maximum(called + support, 1)

# %% right: loops over plain numbers with if, returns three lists
def precision_recall_f1(matrix):
    K = len(matrix)
    precision, recall, f1 = [], [], []
    for k in range(K):
        tp = float(matrix[k][k])
        column = sum(float(matrix[i][k]) for i in range(K))
        row = sum(float(matrix[k][j]) for j in range(K))
        p = tp / column if column else 0.0
        r = tp / row if row else 0.0
        precision.append(p)
        recall.append(r)
        f1.append(2 * p * r / (p + r) if p + r else 0.0)
    return precision, recall, f1

# %% right: true positives, false positives and false negatives; F1 as 2TP / (2TP + FP + FN); np.where with a harmless denominator
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    TP = np.diag(m)
    FP = m.sum(axis=0) - TP
    FN = m.sum(axis=1) - TP

    def ratio(a, b):
        return np.where(b == 0, 0.0, a / np.where(b == 0, 1.0, b))

    return ratio(TP, TP + FP), ratio(TP, TP + FN), ratio(2 * TP, 2 * TP + FP + FN)

# %% right: the library's class_report, without the support
def precision_recall_f1(matrix):
    return evaluation.class_report(matrix)[:3]

# %% right: ZeroDivisionError caught, plain Python ints
def precision_recall_f1(matrix):
    def divide(a, b):
        try:
            return a / b
        except ZeroDivisionError:
            return 0.0

    rows = np.asarray(matrix).tolist()
    columns = list(zip(*rows))
    p = [divide(rows[k][k], sum(columns[k])) for k in range(len(rows))]
    r = [divide(rows[k][k], sum(rows[k])) for k in range(len(rows))]
    f = [divide(2 * a * b, a + b) for a, b in zip(p, r)]
    return np.array(p), np.array(r), np.array(f)

# %% right: exact fractions, turned into float at the end
from fractions import Fraction


def precision_recall_f1(matrix):
    m = [[int(n) for n in row] for row in matrix]
    size = range(len(m))

    def share(a, b):
        return Fraction(a, b) if b else Fraction(0)

    p = [share(m[k][k], sum(m[i][k] for i in size)) for k in size]
    r = [share(m[k][k], sum(m[k])) for k in size]
    f = [2 / (1 / a + 1 / b) if a and b else Fraction(0) for a, b in zip(p, r)]
    return tuple(np.array(x, dtype=float) for x in (p, r, f))

# %% right: pandas with fillna
import pandas as pd


def precision_recall_f1(matrix):
    m = pd.DataFrame(np.asarray(matrix, dtype=float))
    tp = pd.Series(np.diag(m))
    precision = (tp / m.sum(axis="index")).fillna(0)
    recall = (tp / m.sum(axis="columns")).fillna(0)
    f1 = (2 * precision * recall / (precision + recall)).fillna(0)
    return precision.to_numpy(), recall.to_numpy(), f1.to_numpy()

# %% right: scipy's harmonic mean, which is 0 where one of the two is 0
from scipy.stats import hmean


def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p = tp / np.where(called > 0, called, 1)
    r = tp / np.where(support > 0, support, 1)
    return p, r, hmean([p, r], axis=0)

# %% right: statistics.harmonic_mean in a list comprehension
from statistics import harmonic_mean


def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = [float(m[k, k] / m[:, k].sum()) if m[:, k].any() else 0.0 for k in range(len(m))]
    r = [float(m[k, k] / m[k].sum()) if m[k].any() else 0.0 for k in range(len(m))]
    return np.array(p), np.array(r), np.array([harmonic_mean(pair) for pair in zip(p, r)])

# %% right: a NamedTuple with three fields, recall as the precision of the transposed matrix
from typing import NamedTuple


class Scores(NamedTuple):
    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray


def _precision(m):
    total = m.sum(axis=0)
    total[total == 0] = 1
    return np.diag(m) / total


def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p, r = _precision(m), _precision(m.T)
    s = p + r
    return Scores(p, r, 2 * p * r / np.where(s, s, 1))

# %% right: filled into zeros by boolean index
def precision_recall_f1(matrix):
    matrix = np.asarray(matrix)
    num_classes = len(matrix)
    precision, recall, f1 = (np.zeros(num_classes) for _ in range(3))
    called = matrix.sum(axis=0) != 0
    occurs = matrix.sum(axis=1) != 0
    precision[called] = matrix.diagonal()[called] / matrix.sum(axis=0)[called]
    recall[occurs] = matrix.diagonal()[occurs] / matrix.sum(axis=1)[occurs]
    some = precision + recall > 0
    f1[some] = 2 / (1 / precision[some] + 1 / recall[some]) if some.any() else 0
    return precision, recall, f1

# %% right: einsum for the diagonal and the sums, a list of three arrays
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp, called, support = np.einsum("kk->k", m), np.einsum("ij->j", m), np.einsum("ij->i", m)
    tiny = np.finfo(float).tiny
    return [tp / (called + tiny), tp / (support + tiny), 2 * tp / (called + support + tiny)]

# %% right: one stacked array of shape (3, K)
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    sums = np.stack([m.sum(0), m.sum(1)])
    p, r = np.diag(m) / (sums + (sums == 0))
    return np.stack([p, r, 2 * p * r / ((p + r) + (p + r == 0))])

# %% right: an epsilon of 1e-12 in every denominator, F1 as well
def precision_recall_f1(matrix, eps=1e-12):
    tp = np.diag(matrix)
    p = tp / (np.sum(matrix, axis=0) + eps)
    r = tp / (np.sum(matrix, axis=1) + eps)
    return p, r, 2 * p * r / (p + r + eps)

# %% right: tf.math.divide_no_nan in float64, returns tensors
import tensorflow as tf


def precision_recall_f1(matrix):
    m = tf.constant(np.asarray(matrix), dtype=tf.float64)
    tp = tf.linalg.diag_part(m)
    p = tf.math.divide_no_nan(tp, tf.reduce_sum(m, axis=0))
    r = tf.math.divide_no_nan(tp, tf.reduce_sum(m, axis=1))
    return p, r, tf.math.divide_no_nan(2 * p * r, p + r)

# %% right: keras.ops in float32 with keras.ops.divide_no_nan
def precision_recall_f1(matrix):
    m = keras.ops.convert_to_tensor(np.asarray(matrix), dtype="float32")
    tp = keras.ops.diagonal(m)
    called, support = keras.ops.sum(m, axis=0), keras.ops.sum(m, axis=1)
    divide = keras.ops.divide_no_nan
    return divide(tp, called), divide(tp, support), divide(2 * tp, called + support)

# %% right: jax, vmap over the classes
import jax
import jax.numpy as jnp


def _share(a, b):
    return jnp.where(b > 0, a / jnp.where(b > 0, b, 1), 0.0)


def precision_recall_f1(matrix):
    m = jnp.asarray(np.asarray(matrix), dtype=jnp.float32)
    p = jax.vmap(_share)(jnp.diag(m), m.sum(axis=0))
    r = jax.vmap(_share)(jnp.diag(m), m.sum(axis=1))
    return p, r, jax.vmap(_share)(2 * p * r, p + r)

# %% right: np.vectorize of a safe quotient
@np.vectorize
def quotient(a, b):
    return float(a) / float(b) if b else 0.0


def precision_recall_f1(matrix):
    matrix = np.asarray(matrix)
    p = quotient(np.diag(matrix), matrix.sum(axis=0))
    r = quotient(np.diag(matrix), matrix.sum(axis=1))
    return p, r, quotient(2 * p * r, p + r)

# %% right: an object with __call__ and F-beta for beta = 1
class FBeta:
    def __init__(self, beta=1):
        self.square = beta**2

    def __call__(self, matrix):
        m = np.array(matrix, dtype=float)
        tp = m.diagonal()
        p = self.divide(tp, m.sum(0))
        r = self.divide(tp, m.sum(1))
        return p, r, self.divide((1 + self.square) * p * r, self.square * p + r)

    @staticmethod
    def divide(a, b):
        return np.array([x / y if y > 0 else 0 for x, y in zip(a, b)])


precision_recall_f1 = FBeta()

# %% right: diagonals of the whole matrix divided by its column and row sums
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    with np.errstate(all="ignore"):
        p = np.diag(m / m.sum(axis=0, keepdims=True))
        r = np.diag(m / m.sum(axis=1, keepdims=True))
        f = 2 / (1 / p + 1 / r)
    clean = lambda a: np.where(np.isnan(a), 0, a)
    return clean(p), clean(r), clean(f)

# %% right: lists of true and predicted labels rebuilt from the counts and counted one class at a time
def precision_recall_f1(matrix):
    m = np.asarray(matrix).astype(int)
    true, called = np.nonzero(m)
    true, called = np.repeat(true, m[m > 0]), np.repeat(called, m[m > 0])
    out = []
    for k in range(len(m)):
        hits = np.count_nonzero((true == k) & (called == k))
        p = hits / max(np.count_nonzero(called == k), 1)
        r = hits / max(np.count_nonzero(true == k), 1)
        out.append((p, r, 2 * p * r / (p + r) if hits else 0.0))
    return tuple(np.array(out).T)

# %% right: recursion over the classes, one tuple at a time
def precision_recall_f1(matrix, k=0):
    m = np.asarray(matrix)
    if k == len(m):
        return np.empty(0), np.empty(0), np.empty(0)
    tp, called, support = m[k, k], m[:, k].sum(), m[k, :].sum()
    here = (tp / max(called, 1), tp / max(support, 1), 2 * tp / max(called + support, 1))
    rest = precision_recall_f1(m, k + 1)
    return tuple(np.concatenate([[a], b]) for a, b in zip(here, rest))

# %% right: masked arrays, filled with 0
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp = np.diag(m)
    p = np.ma.divide(tp, m.sum(axis=0)).filled(0)
    r = np.ma.divide(tp, m.sum(axis=1)).filled(0)
    f1 = np.ma.divide(2 * p * r, p + r).filled(0)
    return p, r, f1

# %% wrong: precision and recall swapped, as the sums are over the wrong axes
# told: exchanges_the_two
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    right = np.diag(m)
    precision = right / np.maximum(m.sum(axis=1), 1)
    recall = right / np.maximum(m.sum(axis=0), 1)
    f1 = 2 * right / np.maximum(m.sum(axis=0) + m.sum(axis=1), 1)
    return precision, recall, f1

# %% wrong: zeros not handled, nan where a class never occurs or is never predicted
# told: divides_by_nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    right = np.diag(m)
    precision = right / m.sum(axis=0)
    recall = right / m.sum(axis=1)
    return precision, recall, 2 * precision * recall / (precision + recall)

# %% wrong: zeros handled for precision and recall but not for F1, nan where both are 0
# told: divides_by_nothing_in_f1
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, 2 * p * r / (p + r)

# %% wrong: nan_to_num on F1 only, precision and recall stay nan
# told: divides_by_nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    with np.errstate(invalid="ignore"):
        p = np.diag(m) / m.sum(axis=0)
        r = np.diag(m) / m.sum(axis=1)
        f1 = np.nan_to_num(2 * p * r / (p + r))
    return p, r, f1

# %% wrong: answers 1 instead of 0 where there is nothing to divide by
# told: answers_one
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p = np.divide(tp, called, out=np.ones(len(m)), where=called > 0)
    r = np.divide(tp, support, out=np.ones(len(m)), where=support > 0)
    f1 = np.divide(2 * p * r, p + r, out=np.ones(len(m)), where=p + r > 0)
    return p, r, f1

# %% wrong: F1 as the arithmetic mean of precision and recall
# told: takes_the_arithmetic_mean
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, (p + r) / 2

# %% wrong: F1 as the geometric mean of precision and recall
# told: takes_the_geometric_mean
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.sqrt(p * r)

# %% wrong: factor 2 missing in F1
# told: relation
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.nan_to_num(p * r / (p + r))

# %% wrong: F1 without brackets, 2 p r / p + r
# told: forgets_the_brackets
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.nan_to_num(2 * p * r / p + r)

# %% wrong: F1 with the sum above and the product below, 2 (p + r) / (p r) (0 where the product is 0)
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.divide(2 * (p + r), p * r, out=np.zeros(len(m)), where=p * r > 0)

# %% wrong: Jaccard index TP / (TP + FP + FN) for F1
# told: takes_their_overlap
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    return (
        tp / np.maximum(called, 1),
        tp / np.maximum(support, 1),
        tp / np.maximum(called + support - tp, 1),
    )

# %% wrong: F1 as the difference 2 p r / |p - r| (minus instead of plus in the denominator)
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    d = np.abs(p - r)
    return p, r, np.divide(2 * p * r, d, out=np.zeros(len(m)), where=d > 0)

# %% wrong: averages over the classes, three numbers instead of three arrays
# told: averages_over_the_classes
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p, r = tp / np.maximum(called, 1), tp / np.maximum(support, 1)
    f1 = 2 * tp / np.maximum(called + support, 1)
    return p.mean(), r.mean(), f1.mean()

# %% wrong: F1 as one number, from the mean precision and the mean recall
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, 2 * p.mean() * r.mean() / max(p.mean() + r.mean(), 1e-12)

# %% wrong: divides by the sum of the whole matrix instead of the columns and rows
# told: divides_by_all
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / m.sum()
    r = np.diag(m) / m.sum()
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: precision by the column's sum, but recall too (axis=0 twice)
# told: divides_by_the_column_twice
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: right values in the wrong order, recall before precision
# told: exchanges_the_two
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p, r = tp / np.maximum(called, 1), tp / np.maximum(support, 1)
    return r, p, 2 * tp / np.maximum(called + support, 1)

# %% wrong: right values in the wrong order, F1 first
# told: order
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p, r = tp / np.maximum(called, 1), tp / np.maximum(support, 1)
    return 2 * tp / np.maximum(called + support, 1), p, r

# %% wrong: transposed result, K rows of (precision, recall, F1) instead of three arrays (K,)
# told: form
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    columns = tp / np.maximum(called, 1), tp / np.maximum(support, 1), 2 * tp / np.maximum(called + support, 1)
    return np.column_stack(columns)

# %% wrong: only F1 is returned
# told: form
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    return 2 * np.diag(m) / np.maximum(m.sum(axis=0) + m.sum(axis=1), 1)

# %% wrong: four things returned, the support as well
# told: form
def precision_recall_f1(matrix):
    return evaluation.class_report(matrix)

# %% wrong: a dictionary instead of three arrays
# told: form
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    return {
        "precision": tp / np.maximum(called, 1),
        "recall": tp / np.maximum(support, 1),
        "f1": 2 * tp / np.maximum(called + support, 1),
    }

# %% wrong: prints the three arrays instead of returning them
# told: form
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    print("precision", tp / np.maximum(called, 1))
    print("recall", tp / np.maximum(support, 1))
    print("f1", 2 * tp / np.maximum(called + support, 1))

# %% wrong: classes without examples or predictions are left out, so the arrays are too short
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p, r, f1 = [], [], []
    for k in range(len(m)):
        if m[:, k].sum() == 0 or m[k].sum() == 0:
            continue
        p.append(m[k, k] / m[:, k].sum())
        r.append(m[k, k] / m[k].sum())
        f1.append(2 * m[k, k] / (m[:, k].sum() + m[k].sum()))
    return np.array(p), np.array(r), np.array(f1)

# %% wrong: if a class has nothing to divide by, all classes get 0
# told: gives_up_all_classes
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    if (called == 0).any() or (support == 0).any():
        return np.zeros(len(m)), np.zeros(len(m)), np.zeros(len(m))
    return tp / called, tp / support, 2 * tp / (called + support)

# %% wrong: F1 leaves the predictions out of its denominator, 2TP / support instead of 2TP / (called + support)
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    return tp / np.maximum(called, 1), tp / np.maximum(support, 1), 2 * tp / np.maximum(support, 1)

# %% wrong: catches ZeroDivisionError, which NumPy never raises, so nan remains
# told: divides_by_nothing
def precision_recall_f1(matrix):
    def divide(a, b):
        try:
            return a / b
        except ZeroDivisionError:
            return 0.0

    m = np.asarray(matrix)
    p = np.array([divide(m[k, k], m[:, k].sum()) for k in range(len(m))])
    r = np.array([divide(m[k, k], m[k].sum()) for k in range(len(m))])
    return p, r, np.array([divide(2 * a * b, a + b) for a, b in zip(p, r)])

# %% wrong: np.zeros_like of the counts as out, an array of integers, so np.divide raises a casting error
# told: error
def precision_recall_f1(matrix):
    tp = np.diag(matrix)
    called, support = matrix.sum(axis=0), matrix.sum(axis=1)
    p = np.divide(tp, called, out=np.zeros_like(tp), where=called > 0)
    r = np.divide(tp, support, out=np.zeros_like(tp), where=support > 0)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros_like(tp), where=p + r > 0)

# %% wrong: fills nan in on purpose, for "not defined", where there is nothing to divide by
# told: divides_by_nothing_at_all
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)

    def share(a, b):
        return np.divide(a, b, out=np.full(len(m), np.nan), where=b > 0)

    p, r = share(tp, called), share(tp, support)
    return p, r, share(2 * tp, called + support)

# %% wrong: integer division, so nearly everything is 0
# told: relation
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    return (
        tp // np.maximum(called, 1),
        tp // np.maximum(support, 1),
        2 * tp // np.maximum(called + support, 1),
    )

# %% wrong: rounds to two decimals
# told: relation
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p, r = tp / np.maximum(called, 1), tp / np.maximum(support, 1)
    return p.round(2), r.round(2), (2 * tp / np.maximum(called + support, 1)).round(2)

# %% wrong: in percent, from 0 to 100
# told: relation
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    return (
        100 * tp / np.maximum(called, 1),
        100 * tp / np.maximum(support, 1),
        200 * tp / np.maximum(called + support, 1),
    )

# %% wrong: adds 1 to every denominator (of counts), so all three are too small
# told: adds_one_everywhere
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp = np.diag(m)
    p = tp / (m.sum(axis=0) + 1)
    r = tp / (m.sum(axis=1) + 1)
    return p, r, 2 * tp / (m.sum(axis=0) + m.sum(axis=1) + 1)

# %% wrong: largest number of the column and of the row instead of the diagonal
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = m.max(axis=0) / np.maximum(m.sum(axis=0), 1)
    r = m.max(axis=1) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: the trace, all right answers together, instead of each class's own
# told: takes_all_that_is_right
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.trace(m) / np.maximum(m.sum(axis=0), 1)
    r = np.trace(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: divides the right ones by the mistakes only (the sums without the diagonal), odds instead of shares
# told: divides_by_the_mistakes
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp = np.diag(m)
    fp, fn = m.sum(axis=0) - tp, m.sum(axis=1) - tp
    zeros = lambda: np.zeros(len(m))
    p = np.divide(tp, fp, out=zeros(), where=fp > 0)
    r = np.divide(tp, fn, out=zeros(), where=fn > 0)
    return p, r, np.divide(2 * p * r, p + r, out=zeros(), where=p + r > 0)

# %% wrong: the shares of mistakes, 1 - precision and 1 - recall (false positives over the column, false negatives over the row), and F1 from them
# told: takes_the_shares_of_mistakes
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    called, support = m.sum(axis=0), m.sum(axis=1)
    p = (called - np.diag(m)) / np.maximum(called, 1)
    r = (support - np.diag(m)) / np.maximum(support, 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: specificity TN / (TN + FP) in place of recall
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp = np.diag(m)
    fp, fn = m.sum(axis=0) - tp, m.sum(axis=1) - tp
    tn = m.sum() - tp - fp - fn
    p = tp / np.maximum(tp + fp, 1)
    r = tn / np.maximum(tn + fp, 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: accuracy of each class (TP + TN) / all in place of precision
# told: takes_the_accuracy_for_the_precision
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=float)
    tp = np.diag(m)
    fp, fn = m.sum(axis=0) - tp, m.sum(axis=1) - tp
    p = (m.sum() - fp - fn) / m.sum()
    r = tp / np.maximum(tp + fn, 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: two classes only: unpacks the matrix into TN, FP, FN, TP
# told: error
def precision_recall_f1(matrix):
    tn, fp, fn, tp = np.ravel(matrix)
    d = lambda a, b: a / b if b else 0.0
    p = np.array([d(tn, tn + fn), d(tp, tp + fp)])
    r = np.array([d(tn, tn + fp), d(tp, tp + fn)])
    return p, r, np.array([d(2 * tn, 2 * tn + fp + fn), d(2 * tp, 2 * tp + fp + fn)])

# %% wrong: only the numbers of the positive class of a matrix of two classes, three numbers instead of arrays
# told: nothing
def precision_recall_f1(matrix):
    tp, fn, fp = matrix[0][0], matrix[0][1], matrix[1][0]
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0

# %% wrong: ten classes hard-coded, raises for a smaller matrix and cuts off a larger one
# told: error
def precision_recall_f1(matrix):
    p, r, f1 = np.zeros(10), np.zeros(10), np.zeros(10)
    for k in range(10):
        tp, called, support = matrix[k, k], matrix[:, k].sum(), matrix[k].sum()
        p[k] = tp / max(called, 1)
        r[k] = tp / max(support, 1)
        f1[k] = 2 * tp / max(called + support, 1)
    return p, r, f1

# %% wrong: loop begins at class 1, so the first class keeps 0
# told: leaves_out_the_first_class
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p, r, f1 = np.zeros((3, len(m)))
    for k in range(1, len(m)):
        p[k] = m[k, k] / max(m[:, k].sum(), 1)
        r[k] = m[k, k] / max(m[k].sum(), 1)
        f1[k] = 2 * m[k, k] / max(m[:, k].sum() + m[k].sum(), 1)
    return p, r, f1

# %% wrong: keepdims makes recall (K, 1) divide a row, so recall and F1 are K by K matrices
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp = np.diag(m)
    p = tp / np.maximum(m.sum(axis=0), 1)
    r = tp / np.maximum(m.sum(axis=1, keepdims=True), 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(r.shape), where=p + r > 0)

# %% wrong: divides the whole matrix instead of its diagonal, so all three are K by K matrices
# told: divides_each_row
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = m / np.maximum(m.sum(axis=0, keepdims=True), 1)
    r = m / np.maximum(m.sum(axis=1, keepdims=True), 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(m.shape), where=p + r > 0)

# %% wrong: right result, but overwrites its input (the diagonal is set to 0 to count the mistakes)
# told: overwrites
def precision_recall_f1(matrix):
    tp = np.diag(matrix).copy()
    np.fill_diagonal(matrix, 0)
    fp, fn = matrix.sum(axis=0), matrix.sum(axis=1)
    return tp / np.maximum(tp + fp, 1), tp / np.maximum(tp + fn, 1), 2 * tp / np.maximum(2 * tp + fp + fn, 1)

# %% wrong: uses a matrix of its own from outside (m, the example) instead of the argument
# told: relation
m = np.array([[8, 2], [4, 6]])


def precision_recall_f1(matrix):
    right = np.diag(m)
    p, r = right / m.sum(axis=0), right / m.sum(axis=1)
    return p, r, 2 * p * r / (p + r)

# %% wrong: keeps state, the counts of all calls with matrices of the same size are added up
# told: keeps_something
_total = {}


def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    _total[m.shape] = m = _total.get(m.shape, 0) + m
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    return tp / np.maximum(called, 1), tp / np.maximum(support, 1), 2 * tp / np.maximum(called + support, 1)

# %% wrong: computes in float16, only three digits are right
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix, dtype=np.float16)
    tp, called, support = np.diag(m), m.sum(axis=0), m.sum(axis=1)
    p, r = tp / np.maximum(called, 1), tp / np.maximum(support, 1)
    return p, r, 2 * tp / np.maximum(called + support, 1)

# %% wrong: F2 instead of F1 (recall counts more)
# told: nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    return p, r, np.divide(5 * p * r, 4 * p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: anti-diagonal instead of diagonal
# told: takes_the_other_diagonal
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    tp = np.diag(np.fliplr(m))
    p = tp / np.maximum(m.sum(axis=0), 1)
    r = tp / np.maximum(m.sum(axis=1), 1)
    return p, r, np.divide(2 * p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: two mistakes, precision and recall swapped (wrong axes) and zeros not handled (nan)
# told: exchanges_the_two
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / m.sum(axis=1)
    r = np.diag(m) / m.sum(axis=0)
    return p, r, 2 * p * r / (p + r)

# %% wrong: two mistakes, F1 as the arithmetic mean, and zeros not handled (nan)
# told: takes_the_arithmetic_mean
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / m.sum(axis=0)
    r = np.diag(m) / m.sum(axis=1)
    return p, r, (p + r) / 2

# %% wrong: two mistakes, precision and recall swapped (wrong axes), and the factor 2 missing in F1
# told: exchanges_the_two
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / np.maximum(m.sum(axis=1), 1)
    r = np.diag(m) / np.maximum(m.sum(axis=0), 1)
    return p, r, np.divide(p * r, p + r, out=np.zeros(len(m)), where=p + r > 0)

# %% wrong: two mistakes, averages over the classes instead of arrays, and F1 as the arithmetic mean
# told: takes_the_arithmetic_mean+averages_over_the_classes
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.mean(np.diag(m) / np.maximum(m.sum(axis=0), 1))
    r = np.mean(np.diag(m) / np.maximum(m.sum(axis=1), 1))
    return p, r, (p + r) / 2

# %% wrong: two mistakes, zeros not handled (nan) and everything rounded to three decimals
# told: divides_by_nothing
def precision_recall_f1(matrix):
    m = np.asarray(matrix)
    p = np.diag(m) / m.sum(axis=0)
    r = np.diag(m) / m.sum(axis=1)
    return p.round(3), r.round(3), (2 * p * r / (p + r)).round(3)
