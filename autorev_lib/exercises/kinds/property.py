"""Exercises with many right answers, which are told by their properties."""

from collections.abc import Mapping

import numpy as np

from autorev_lib.exercises.comparison import describe, difference, snapshot
from autorev_lib.exercises.exercise import AnswerError, Exercise, FormError, packed, unpacked
from autorev_lib.exercises.source import is_untouched
from autorev_lib.exercises.verdict import Status, Verdict


class PropertyExercise(Exercise):
    """An exercise with many right answers: what counts is which properties the answer has.

    Attributes:
        right: If the answer is no function: one right answer, by the name of its variables.
    """

    right: Mapping = {}

    def __init_subclass__(cls):
        super().__init_subclass__()
        if cls.right:
            cls.parts = tuple(cls.right)
            cls.right_answer = packed(cls.right.values())

    def properties(self, *answer):
        """Yield triples: the name of the mistake that is made where the property is missing, whether the
        answer has the property, and what was measured, in words. The first that is missing decides.

        Raise :class:`FormError` for an answer that has none of the form that was asked for.
        """
        raise NotImplementedError

    @property
    def stub(self):
        return "\n".join(f"{part} = None" for part in self.parts) if self.right else super().stub

    @property
    def solution_code(self):
        if not self.right:
            return super().solution_code
        return "\n".join(f"{part} = {value!r}" for part, value in self.right.items())

    def wrong_answer(self, name):
        values = self.mistakes[name].values
        return packed({**self.right, **values}.values()) if values else super().wrong_answer(name)

    def _judge(self, answer):
        values = unpacked(answer, self.parts)
        if all(value is None or value is ... or is_untouched(value) for value in values):
            return self._not_attempted()
        for part, value in zip(self.parts, values, strict=True):
            if value is None:
                return Verdict(Status.NOT_ATTEMPTED, f"`{part}` is still empty.")
        if not self.right and not callable(values[0]):
            raise FormError(f"expected a function, received {describe(values[0])}")
        measured = ""
        try:
            for name, holds, measured in self.properties(*values):
                if not holds:
                    return self._wrong(name, measured)
        except AnswerError as raised:
            return self._raised(raised)
        return Verdict(Status.CORRECT, f"{measured} {self.further}".strip())


def expect_array(value, shape, name):
    """Take a part of an answer as an array of numbers.

    Returns:
        A float array of that shape.

    Raises:
        FormError: It is something else.
    """
    found = difference(snapshot(value), np.zeros(shape))
    if found and found.is_form:
        raise FormError(f"`{name}`: {found.text}")
    return np.asarray(value, dtype=float)
