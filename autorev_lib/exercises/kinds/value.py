"""Exercises whose answer is one or more numbers to fill in."""

import itertools
from collections.abc import Mapping

import numpy as np

from autorev_lib.exercises.comparison import difference, snapshot
from autorev_lib.exercises.exercise import Exercise, FormError, packed, unpacked
from autorev_lib.exercises.verdict import Status, Verdict, ended


class ValueExercise(Exercise):
    """An exercise whose answer is one or more numbers to fill in.

    Each number is judged on its own: by the listed mistakes, and by slips that the checker knows itself.

    Attributes:
        right: The right numbers, by the name of their variable.
    """

    right: Mapping

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "right" in vars(cls):
            cls.parts = tuple(cls.right)

    @property
    def stub(self):
        return "\n".join(f"{part} = None" for part in self.parts)

    @property
    def solution_code(self):
        return "\n".join(f"{part} = {value!r}" for part, value in self.right.items())

    @property
    def right_answer(self):
        """The right values, in the form :meth:`grade` takes."""
        return packed(self.right.values())

    def wrong_answer(self, name):
        return packed({**self.right, **self.mistakes[name].values}.values())

    def _judge(self, answer):
        values = dict(zip(self.parts, unpacked(answer, self.parts), strict=True))
        missing = [part for part, value in values.items() if value is None or value is ...]
        if len(missing) == len(values):
            return self._not_attempted()
        found = {part: self._difference(part, values[part]) for part in values if part not in missing}
        wrong = {part: problem for part, problem in found.items() if problem}
        self._share = (len(found) - len(wrong)) / len(values)
        if missing:
            return Verdict(Status.NOT_ATTEMPTED, f"`{missing[0]}` is still empty.")
        if not wrong:
            return self._correct()
        for part, problem in wrong.items():
            if problem.is_form:
                raise FormError(f"`{part}`: {problem.text}")
        if verdict := self._all_parts_at_once(values, wrong):
            return verdict
        sentences, names = [], []
        for part, problem in wrong.items():
            name = next((n for n, e in self.mistakes.items() if self._is_made(e, {part: values[part]})), None)
            slip = None if name else _slip(values[part], self.right[part])
            sentences.append(
                self.mistakes[name].message if name else ended(f"`{part}`: {slip or problem.text}")
            )
            names += [name or "slip"] if name or slip else []
        if right := [f"`{part}`" for part in self.parts if part not in wrong]:
            all_of_them = " and ".join([", ".join(right[:-1]), right[-1]] if len(right) > 1 else right)
            sentences.append(f"{all_of_them} {'are' if len(right) > 1 else 'is'} right.")
        return Verdict(Status.WRONG, " ".join(sentences), mistake=names[0] if names else None)

    def _all_parts_at_once(self, values, wrong):
        """A listed mistake that accounts for every wrong number, or two numbers that are exchanged."""
        for name, example in self.mistakes.items():
            if self._is_made(example, values) and set(wrong) <= set(example.values):
                return self._wrong(name)
        for one, other in itertools.combinations(wrong, 2):
            if not (self._difference(one, values[other]) or self._difference(other, values[one])):
                return Verdict(Status.WRONG, f"`{one}` and `{other}` are exchanged.", mistake="exchanged")
        return None

    def _is_made(self, example, values):
        """Whether all values of a listed mistake are among these."""
        return all(
            part in values and not difference(snapshot(values[part]), value)
            for part, value in example.values.items()
        )

    def _difference(self, part, value):
        if isinstance(value, bool):
            raise FormError(f"`{part}`: expected a number, received {value}")
        return difference(snapshot(value), self.right[part])


def _slip(received, right):
    """What a wrong number has to do with the right one, without telling it; None if nothing is known."""
    received, right = float(np.asarray(received)), float(right)
    if not np.isfinite(received) or not right:
        return None
    ratio = received / right
    for factor, text in _RATIOS.items():
        if np.isclose(ratio, factor, rtol=2e-3, atol=0):
            return text
    others = {right**2: "that is its square", 1 / right: "that is its reciprocal: upside down"}
    if 0 < right < 1:
        others[1 - right] = "that is 1 minus it"
    for value, text in others.items():
        if np.isclose(received, value, rtol=2e-3, atol=0):
            return text
    if right == int(right) and abs(received - right) == 1:
        return "off by one"
    if abs(ratio - 1) < 0.03:
        return "close, but not close enough. Was something rounded, left out, or counted too often?"
    return None


_RATIOS = {
    -1: "the size is right, the sign is not",
    2: "a factor of 2 is too many or missing",
    0.5: "a factor of 2 is too many or missing",
} | {
    10.0**power: f"off by a factor of 10{'' if abs(power) == 1 else f'^{abs(power)}'}: the unit, or per cent?"
    for power in (-6, -3, -2, -1, 1, 2, 3, 6)
}
