"""The checker, tried with answers that others wrote from the prompts alone; see :mod:`bank`."""

import functools

import bank
import pytest

from autorev_lib import chapters, exercises
from autorev_lib.exercises.kinds import FunctionExercise

EXERCISES = [
    exercise for chapter in chapters.all_chapters() for exercise in exercises.load(chapter.name).values()
]
CALLED_ON_CASES = [
    exercise
    for exercise in EXERCISES
    if isinstance(exercise, FunctionExercise) and type(exercise).behaviour is FunctionExercise.behaviour
]


def label(exercise):
    return f"{exercise.chapter}-{exercise.name}"


def bank_of(exercise):
    return bank.read(bank.find(exercise)) if bank.find(exercise).exists() else []


@pytest.mark.parametrize("exercise", EXERCISES, ids=label)
def test_right_answers_of_others_are_correct_and_wrong_ones_are_told_what_was_recorded(exercise):
    if exercise.name in bank.TRAINS_ITSELF:
        pytest.skip(bank.TRAINS_ITSELF[exercise.name])
    answers, problems = bank_of(exercise), []
    if not answers:
        pytest.skip("nobody else has answered it yet")
    assert sum(answer.is_right for answer in answers) >= 7
    assert sum(not answer.is_right for answer in answers) >= 14
    for answer in answers:
        verdict = bank.judge(exercise, answer)
        if answer.is_right and (verdict is None or verdict.status != "correct"):
            problems.append(f"right: {answer.what}: {verdict}")
        if not answer.is_right and (told := bank.told(exercise, verdict)) != answer.told:
            problems.append(f"wrong: {answer.what}: recorded {answer.told}, told {told}: {verdict}")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("exercise", EXERCISES, ids=label)
def test_hardly_a_wrong_answer_of_others_was_accepted(exercise):
    told = [answer.told for answer in bank_of(exercise) if not answer.is_right]
    assert told.count("accepted") <= 1


def told(exercise, name):
    """The wrong answers of others that were told something."""
    return [answer for answer in bank_of(exercise) if answer.told == name]


def accepted(exercise, answers):
    return [
        answer.what for answer in answers if bank.told(exercise, bank.judge(exercise, answer)) == "accepted"
    ]


@pytest.mark.parametrize("exercise", [each for each in CALLED_ON_CASES if list(each.edge_cases())], ids=label)
def test_without_the_edge_cases_a_wrong_answer_would_pass(exercise, monkeypatch):
    edges = list(exercise.edge_cases())

    def passing(judges, edges):
        monkeypatch.setattr(exercise, "edge_cases", lambda: edges)
        return [judge for judge in judges if (verdict := judge()) and verdict.status == "correct"]

    judges = [functools.partial(grade, exercise, name) for name in exercise.mistakes]
    wrong = [answer for answer in bank_of(exercise) if not answer.is_right]
    judges += [functools.partial(bank.judge, exercise, answer) for answer in wrong]
    judges = passing(judges, [])
    for number, edge in enumerate(edges):
        assert len(passing(judges, [edge])) < len(judges), f"edge case {number} stops nobody"


@pytest.mark.parametrize("exercise", [each for each in CALLED_ON_CASES if each.dtype], ids=label)
def test_without_the_data_type_a_wrong_answer_would_pass(exercise, monkeypatch):
    monkeypatch.setattr(exercise, "dtype", None)
    assert accepted(exercise, told(exercise, "dtype"))


def test_without_the_look_at_the_arguments_answers_that_overwrite_them_would_pass(monkeypatch):
    monkeypatch.setattr("autorev_lib.exercises.exercise.is_same", lambda one, other: True)
    assert len([name for each in CALLED_ON_CASES for name in accepted(each, told(each, "overwrites"))]) > 10


def test_without_the_second_call_answers_that_keep_something_would_pass(monkeypatch):
    monkeypatch.setattr(FunctionExercise, "_keeps_something", lambda self, answer: False)
    assert [name for each in CALLED_ON_CASES for name in accepted(each, told(each, "keeps_something"))]


def grade(exercise, name):
    return exercise.grade(exercise.wrong_answer(name))
