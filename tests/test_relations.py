"""Wrong answers that no exercise lists: what they have to do with the right one is noticed all the same."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
import pytest

from autorev_lib import exercises
from autorev_lib.exercises.relations import relate

ERROR = exercises.load("01")["mean_absolute_error"]
UNITS = exercises.load("01")["other_units"]
LAYER = exercises.load("03")["backward_repaired"]
CHANGES = exercises.load("04")["allowed_changes"]


def mean(y, prediction):
    return np.mean(np.abs(prediction - y))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda y, p: 2 * mean(y, p), "every number is 2 times as large as it should be"),
        (lambda y, p: mean(y, p) / 2, "every number should be 2 times as large"),
        (lambda y, p: 1.7 * mean(y, p), "every number is 1.7 times as large"),
        (lambda y, p: mean(y, p) / len(y), "too small as there are entries of `prediction`. Divided once"),
        (
            lambda y, p: np.sum(np.abs(p - y)) / (len(y) - 1),
            "by the factor N / (N − 1), where N is the number",
        ),
        (lambda y, p: mean(y, p) ** 2, "every number is the square of the right one"),
        (lambda y, p: np.sqrt(mean(y, p)), "every number is the root of the right one"),
        (lambda y, p: mean(y, p) + 1, "every number is one too large"),
        (lambda y, p: 1 - mean(y, p), "every number is 1 minus the right one"),
        (lambda y, p: 0.3, "the answer is the same, whatever the arguments are"),
    ],
)
def test_what_is_the_same_in_every_case_is_told(wrong, told):
    verdict = ERROR.grade(wrong)
    assert verdict.status == "wrong"
    assert told in verdict.message and verdict.message.startswith("In every case, ")


def test_a_listed_mistake_comes_first():
    assert ERROR.grade(lambda y, p: np.mean((p - y) ** 2)).mistake == "squares"


def test_each_of_several_results_is_judged_on_its_own():
    def transposed(*arguments):
        first, *others = LAYER.right_answer(*arguments)
        return first.T, *others

    message = LAYER.grade(transposed).message
    assert message == "In `grad_x`, rows and columns are exchanged. `grad_weights` and `grad_bias` are right."


def test_what_holds_in_one_case_only_is_not_told():
    def lucky(y, prediction):
        return mean(y, prediction) * (2 if len(y) == 2 else 3)

    assert "In every case" not in ERROR.grade(lucky).message


def test_one_number_has_no_relation():
    assert relate([2.0], [1.0], [{}]) is None
    assert relate([np.array(["1"])], [np.array([1.0])], [{}]) is None
    assert relate([np.nan, 1.0], [1.0, 2.0], [{}, {}]) is None


def test_exchanged_values_are_told():
    values = UNITS.right_answer
    assert "are exchanged" in UNITS.grade(values[::-1]).message


class Callable:
    def __call__(self, y, prediction):
        return mean(y, prediction)


@pytest.mark.parametrize(
    "right",
    [
        Callable(),
        partial(lambda scale, y, p: scale * mean(y, p), 1),
        lambda y, p: Fraction(float(mean(y, p))),
        lambda y, p: Decimal(float(mean(y, p))),
    ],
    ids=["object", "partial", "fraction", "decimal"],
)
def test_a_right_answer_may_have_any_form(right):
    verdict = ERROR.grade(right)
    assert verdict.status == "correct", verdict


@pytest.mark.parametrize(
    "collected",
    [
        np.array,
        tuple,
        lambda options: [f" {option.upper()} " for option in options],
        lambda options: {option: "a reason" for option in options},
        lambda options: {option: option in options for option in CHANGES.options},
    ],
    ids=["array", "tuple", "capitals", "reasons", "truths"],
)
def test_options_may_be_collected_in_any_way(collected):
    verdict = CHANGES.grade(collected(sorted(CHANGES.right_answer)))
    assert verdict.status == "correct", verdict


def test_a_right_result_that_is_infinite_hides_no_relation():
    sizes = [{}, {}, {}]
    assert "2 times as large" in relate([2.0, np.inf, 6.0], [1.0, np.inf, 3.0], sizes)
    assert relate([2.0, 5.0, 6.0], [1.0, np.inf, 3.0], sizes) is None


def test_a_factor_that_changes_from_case_to_case_is_told():
    wanted = [np.array([1.0, 2.0]), np.array([3.0, 5.0, 7.0])]
    assert "off by one factor" in relate([2 * wanted[0], 7 * wanted[1]], wanted, [{}, {}])
    assert relate([2 * wanted[0], wanted[1] + 0.5], wanted, [{}, {}]) is None


def test_a_case_of_length_1_hides_no_factor():
    sizes = [{"rows of `x`": n} for n in (1, 2, 5)]
    told = relate([3.0, 6.0, 15.0], [3.0, 3.0, 3.0], sizes)
    assert (
        told == "every number is as many times too large as there are rows of `x`. A sum in place of a mean?"
    )


def test_one_sentence_for_all_results_with_the_same_fault():
    def doubled(*arguments):
        first, second, third = LAYER.right_answer(*arguments)
        return first, 2 * second, 2 * third

    message = LAYER.grade(doubled).message
    assert message.startswith("In `grad_weights` and `grad_bias`, every number is 2 times as large")
    assert message.endswith("`grad_x` is right.")


def test_a_path_without_return_is_told():
    verdict = ERROR.grade(lambda y, p: mean(y, p) if len(y) > 3 else None)
    assert "and other calls did not" in verdict.message
