"""How good are the predictions? Arrays in, arrays out; nothing here draws or trains."""

from typing import NamedTuple

import numpy as np


class ClassReport(NamedTuple):
    """Precision, recall and F1 for each class: float64 arrays of shape (num_classes,), and the support."""

    precision: np.ndarray
    """Of what was called class k, the share that is k. 0 where nothing was called k."""
    recall: np.ndarray
    """Of what is class k, the share that was called k. 0 where there is no example of k."""
    f1: np.ndarray
    """Harmonic mean of precision and recall. 0 where both are 0."""
    support: np.ndarray
    """Number of examples of each class, int64."""


class PairedTest(NamedTuple):
    """Two models on the same examples: how often each was right, and whether the difference may be chance."""

    count: int
    """Number of examples."""
    first_accuracy: float
    """Share that the first model got right, 0 to 1."""
    second_accuracy: float
    """Share that the second model got right, 0 to 1."""
    only_first: int
    """Examples that only the first model got right."""
    only_second: int
    """Examples that only the second model got right."""
    p_value: float
    """How probable a difference at least this large is where neither is better; two-sided, 0 to 1."""


def accuracy(labels, predictions):
    """Return the share of predictions that are right, a float from 0 to 1.

    Args:
        labels: True classes, integers of shape (N,), N at least 1.
        predictions: Predicted classes, integers of shape (N,). For probabilities or logits of shape
            (N, num_classes), pass ``probabilities.argmax(axis=1)``.

    Raises:
        TypeError: An argument does not hold integers.
        ValueError: The shapes differ, are not (N,), or N is 0.
    """
    labels, predictions = _checked_classes(labels=labels, predictions=predictions)
    return float(np.mean(labels == predictions))


def confusion_matrix(labels, predictions, num_classes):
    """Count who was taken for whom.

    Args:
        labels: True classes, integers from 0 to num_classes - 1, shape (N,); ``predictions`` likewise.

    Returns:
        An int64 array of shape (num_classes, num_classes): row = true class, column = predicted class.

    Raises:
        TypeError: ``labels`` or ``predictions`` does not hold integers.
        ValueError: The shapes differ, or a class is out of range.
    """
    labels, predictions = _checked_classes(labels=labels, predictions=predictions)
    for name, values in (("labels", labels), ("predictions", predictions)):
        if values.min() < 0 or values.max() >= num_classes:
            raise ValueError(
                f"{name}: expected classes from 0 to {num_classes - 1}, "
                f"received values from {values.min()} to {values.max()}"
            )
    matrix = np.zeros((num_classes, num_classes), dtype=np.int64)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


def class_report(matrix):
    """Compute precision, recall and F1 of each class from a confusion matrix.

    Raises:
        ValueError: ``matrix`` is not square.
    """
    matrix = np.asarray(matrix)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"matrix: expected shape (num_classes, num_classes), received {matrix.shape}")
    right = np.diag(matrix).astype(float)
    support, called = matrix.sum(axis=1), matrix.sum(axis=0)
    precision = _ratio(right, called)
    recall = _ratio(right, support)
    return ClassReport(precision, recall, _ratio(2 * precision * recall, precision + recall), support)


def mcnemar(labels, first, second):
    """Compare the predictions of two models on the same examples by McNemar's exact test.

    Only examples that one model got right and the other wrong can tell them apart. If neither is better,
    each of these is as likely to favour the one as the other: a fair coin.

    Args:
        labels: True classes, integers of shape (N,); ``first`` and ``second`` are predicted ones, likewise.

    Returns:
        A :class:`PairedTest`. Where the models never disagree about being right, ``p_value`` is 1.

    Raises:
        TypeError: An argument does not hold integers.
        ValueError: The shapes differ, are not (N,), or N is 0.

    Source:
        Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
        percentages", Psychometrika 12(2), 1947.
    """
    from scipy.stats import binomtest

    labels, first, second = _checked_classes(labels=labels, first=first, second=second)
    counts = _paired_counts(first == labels, second == labels)
    differing = counts["only_first"] + counts["only_second"]
    p_value = float(binomtest(counts["only_first"], differing).pvalue) if differing else 1.0
    return PairedTest(count=len(labels), **counts, p_value=p_value)


class ClusteredTest(NamedTuple):
    """Two models on the same examples, which come in clusters such as sessions, patients or writers."""

    count: int
    """Number of examples."""
    num_clusters: int
    first_accuracy: float
    """Share that the first model got right, 0 to 1."""
    second_accuracy: float
    """Share that the second model got right, 0 to 1."""
    only_first: int
    """Examples that only the first model got right."""
    only_second: int
    """Examples that only the second model got right."""
    p_better: float
    """How probable at least such a lead of the second model is where neither is better; 0 to 1."""
    p_worse: float
    """Likewise, such a lead of the first model."""


def sign_flip(labels, first, second, clusters):
    """Compare the predictions of two models on examples that come in clusters, by an exact sign-flip test.

    :func:`mcnemar` takes each example for a witness of its own. Examples of one person are not: a model that
    copes with a hand copes with all that it writes. So each cluster is one witness; it says by how many
    examples the second model leads in it. If neither model is better, every such lead might as well have
    been a deficit of the same size: the p-values are shares of all ways to give the leads their signs. They
    are not drawn at random but counted, by convolution.

    Args:
        labels: True classes, integers of shape (N,); ``first`` and ``second`` are predicted ones, likewise.
        clusters: Which cluster each example is of, shape (N,).

    Returns:
        A :class:`ClusteredTest`. Where the models never differ, both p-values are 1.

    Raises:
        TypeError: An argument does not hold integers.
        ValueError: The shapes differ, are not (N,), or N is 0.

    Source:
        R. A. Fisher, "The Design of Experiments", 1935, section 21; for clusters J. P. Romano, "On the
        Behavior of Randomization Tests without a Group Invariance Assumption", JASA 85(411), 1990.
    """
    names, clusters = np.unique(np.asarray(clusters), return_inverse=True)
    labels, first, second, clusters = _checked_classes(
        labels=labels, first=first, second=second, clusters=clusters
    )
    first_right, second_right = first == labels, second == labels
    leads = np.bincount(clusters, second_right.astype(int) - first_right).astype(int)
    chances = np.ones(1)  # of each possible sum of the leads, from the lowest to the highest
    for size in np.abs(leads[leads != 0]):
        either_sign = np.zeros(2 * size + 1)
        either_sign[[0, -1]] = 0.5
        chances = np.convolve(chances, either_sign)
    middle, lead = len(chances) // 2, int(leads.sum())
    return ClusteredTest(
        count=len(labels),
        num_clusters=len(names),
        **_paired_counts(first_right, second_right),
        p_better=min(1.0, float(chances[middle + lead :].sum())),
        p_worse=min(1.0, float(chances[: middle + lead + 1].sum())),
    )


def _paired_counts(first_right, second_right):
    """What is counted of two models on the same examples, each right or not, as fields of a test."""
    return {
        "first_accuracy": float(first_right.mean()),
        "second_accuracy": float(second_right.mean()),
        "only_first": int(np.sum(first_right & ~second_right)),
        "only_second": int(np.sum(second_right & ~first_right)),
    }


def worst_mistakes(labels, probabilities, count):
    """Find the mistakes the model was surest of.

    Args:
        labels: True classes, integers of shape (N,).
        probabilities: Predicted probabilities, shape (N, num_classes).
        count: How many mistakes at most.

    Returns:
        Indices of wrongly classified examples, int64, shape (at most count,): first the one in which the
        model put the most probability on its wrong answer.

    Raises:
        TypeError: ``labels`` does not hold integers.
        ValueError: ``probabilities`` is not of shape (N, num_classes).
    """
    probabilities = np.asarray(probabilities)
    if probabilities.ndim != 2:
        raise ValueError(f"probabilities: expected shape (N, num_classes), received {probabilities.shape}")
    predictions = probabilities.argmax(axis=1)
    labels, predictions = _checked_classes(labels=labels, predictions=predictions)
    wrong = np.flatnonzero(labels != predictions)
    confidence = probabilities[wrong, predictions[wrong]]
    return wrong[np.argsort(-confidence, kind="stable")][:count]


def _checked_classes(**arrays):
    checked = []
    for name, values in arrays.items():
        values = np.asarray(values)
        if values.ndim != 1 or values.size == 0:
            raise ValueError(f"{name}: expected shape (N,) with N at least 1, received {values.shape}")
        if not np.issubdtype(values.dtype, np.integer):
            raise TypeError(f"{name}: expected integers (classes), received dtype {values.dtype}")
        checked.append(values)
    (first_name, *names), (first, *others) = arrays, checked
    for name, other in zip(names, others, strict=True):
        if other.shape != first.shape:
            raise ValueError(
                f"{name}: expected the shape of {first_name}, {first.shape}, received {other.shape}"
            )
    return checked


def _ratio(numerator, denominator):
    return np.divide(numerator, denominator, out=np.zeros(len(numerator)), where=denominator > 0)
