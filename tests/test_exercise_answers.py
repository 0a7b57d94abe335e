"""Every exercise of the course knows right from wrong, also where nobody foresaw it.

That each solution is correct and each typical mistake recognised is tested with the notebook, in its kernel;
answers that others wrote are in :mod:`test_answers`.
"""

import importlib

import pytest

from autorev_lib import chapters, exercises

EXERCISES = [
    exercise for chapter in chapters.all_chapters() for exercise in exercises.load(chapter.name).values()
]


def label(exercise):
    return f"{exercise.chapter}-{exercise.name}"


def answers(exercise):
    return importlib.import_module(f"exercise_answers.{exercise.chapter}")


every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=label)
RIGHT = [(each, answer) for each in EXERCISES for answer in answers(each).RIGHT.get(each.name, [])]
WRONG = [(each, answer) for each in EXERCISES for answer in answers(each).WRONG.get(each.name, [])]


def named(case):
    exercise, answer = case
    return f"{label(exercise)}-{getattr(answer, '__name__', type(answer).__name__)}"


def verdict_of(exercise, code):
    module = exercises.contents(exercise.chapter)
    namespace = vars(module).copy()
    exec(code, namespace)
    return exercise.grade(exercise.answer_in(namespace))


@every_exercise
def test_untouched_stub_is_not_attempted(exercise):
    verdict = verdict_of(exercise, exercise.stub)
    assert verdict.status == "not_attempted", verdict


@pytest.fixture
def trained(monkeypatch):
    """Training is tested with the notebooks' solutions; here it counts how an answer is written."""
    for chapter in chapters.all_chapters():
        result = getattr(importlib.import_module(f"exercise_answers.{chapter.name}"), "TRAINED", None)
        if result is not None:
            monkeypatch.setattr(exercises.contents(chapter.name), "_train", lambda *_, result=result: result)


@pytest.mark.usefixtures("trained")
@pytest.mark.parametrize(("exercise", "answer"), RIGHT, ids=map(named, RIGHT))
def test_other_right_answer_is_correct(exercise, answer):
    verdict = exercise.grade(answer)
    assert verdict.status == "correct", verdict


@pytest.mark.parametrize(("exercise", "answer"), WRONG, ids=map(named, WRONG))
def test_unforeseen_wrong_answer_is_rejected(exercise, answer, monkeypatch):
    if named((exercise, answer)).endswith("_endless"):
        monkeypatch.setattr(exercise, "seconds", 1)  # it is stopped in any case
    verdict = exercise.grade(answer)
    assert verdict.status in ("wrong", "wrong_form", "error"), verdict
    assert verdict.message


@every_exercise
def test_exercise_is_complete(exercise):
    assert exercise.title and exercise.prompt and exercise.why and exercise.further
    assert len(exercise.hints) >= 2
    assert len(exercise.mistakes) >= 4, (
        f"expected at least 4 typical mistakes, received {len(exercise.mistakes)}"
    )
    messages = [example.message for example in exercise.mistakes.values()]
    assert len(set(messages)) == len(messages)


@pytest.mark.parametrize("number", sorted({chapter.number[:2] for chapter in chapters.all_chapters()}))
def test_every_chapter_has_exercises_of_each_kind(number):
    """A chapter that was divided, as 05 and 05b, has them in its parts together."""
    parts = [chapter.name for chapter in chapters.all_chapters() if chapter.number.startswith(number)]
    titles = [exercise.title for name in parts for exercise in exercises.load(name).values()]
    assert len(titles) >= 6
    for kind in ("Warm-up:", "Predict before you run:", "Find the bug", "Find what is wrong:", "Open:"):
        assert any(title.startswith(kind) for title in titles), (
            f"{number}: expected an exercise called {kind}"
        )
