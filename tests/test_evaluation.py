import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from autorev_lib import evaluation

labels_and_predictions = st.integers(2, 12).flatmap(
    lambda num_classes: st.tuples(
        st.just(num_classes),
        st.lists(
            st.tuples(st.integers(0, num_classes - 1), st.integers(0, num_classes - 1)),
            min_size=1,
            max_size=60,
        ),
    )
)


@settings(deadline=None, derandomize=True)
@given(labels_and_predictions)
def test_agrees_with_scikit_learn(case):
    num_classes, pairs = case
    labels, predictions = np.array(pairs).T
    classes = range(num_classes)
    matrix = evaluation.confusion_matrix(labels, predictions, num_classes)
    assert np.array_equal(matrix, metrics.confusion_matrix(labels, predictions, labels=classes))
    assert evaluation.accuracy(labels, predictions) == pytest.approx(
        metrics.accuracy_score(labels, predictions)
    )
    expected = metrics.precision_recall_fscore_support(labels, predictions, labels=classes, zero_division=0)
    for ours, theirs in zip(evaluation.class_report(matrix), expected, strict=True):
        np.testing.assert_allclose(ours, theirs)


def test_unsigned_labels_are_counted_right():
    labels = np.array([0, 9, 9], dtype="uint8")
    assert evaluation.confusion_matrix(labels, labels, 10)[9, 9] == 2


def test_worst_mistakes_come_surest_first_and_are_all_wrong():
    labels = np.array([0, 1, 0, 1])
    probabilities = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8], [0.05, 0.95]])
    assert evaluation.worst_mistakes(labels, probabilities, 5).tolist() == [2, 1]
    assert evaluation.worst_mistakes(labels, probabilities, 1).tolist() == [2]
    assert evaluation.worst_mistakes(labels[[0, 3]], probabilities[[0, 3]], 5).tolist() == []


def test_mcnemar_by_counting_every_outcome():
    """Exact: of all ways the differing examples could have fallen, the share at least as uneven."""
    for only_first, only_second in itertools.product(range(6), repeat=2):
        labels = np.zeros(9 + only_first + only_second, dtype=int)
        first, second = labels.copy(), labels.copy()
        first[:2] = second[:2] = 1  # both wrong: tells nothing
        first[9 : 9 + only_second] = 1
        second[9 + only_second :] = 1
        result = evaluation.mcnemar(labels, first, second)
        differing = only_first + only_second
        falls = [sum(fall) for fall in itertools.product([0, 1], repeat=differing)]
        uneven = [abs(2 * fall - differing) >= abs(only_first - only_second) for fall in falls]
        assert result.p_value == pytest.approx(np.mean(uneven))
        assert (result.count, result.only_first, result.only_second) == (len(labels), only_first, only_second)
        assert result.first_accuracy == pytest.approx(1 - (2 + only_second) / len(labels))
        assert result.second_accuracy == pytest.approx(1 - (2 + only_first) / len(labels))


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=60))
def test_mcnemar_does_not_care_which_model_is_first(triples):
    labels, first, second = np.array(triples).T
    one, other = evaluation.mcnemar(labels, first, second), evaluation.mcnemar(labels, second, first)
    assert one.p_value == other.p_value and 0 < one.p_value <= 1
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)
    assert one.first_accuracy == other.second_accuracy == evaluation.accuracy(labels, first)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: evaluation.accuracy([0, 1], [0]), ValueError, r"predictions: expected the shape of labels"),
        (lambda: evaluation.accuracy([], []), ValueError, r"labels: expected shape \(N,\) with N at least 1"),
        (lambda: evaluation.accuracy([0.0], [0]), TypeError, r"labels: expected integers.*float64"),
        (lambda: evaluation.accuracy([0], [[0.1, 0.9]]), ValueError, r"predictions: expected shape \(N,\)"),
        (
            lambda: evaluation.confusion_matrix([0, 10], [0, 1], 10),
            ValueError,
            r"labels: expected classes from 0 to 9",
        ),
        (
            lambda: evaluation.confusion_matrix([0, 1], [-1, 1], 10),
            ValueError,
            r"predictions: .* from -1 to 1",
        ),
        (lambda: evaluation.class_report(np.zeros((2, 3))), ValueError, r"matrix: expected shape"),
        (
            lambda: evaluation.mcnemar([0, 1], [0, 1], [0]),
            ValueError,
            r"second: expected the shape of labels",
        ),
        (lambda: evaluation.mcnemar([0], [0], [0.5]), TypeError, r"second: expected integers"),
        (lambda: evaluation.worst_mistakes([0], [0.5], 1), ValueError, r"probabilities: expected shape"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
