"""Exercises whose answer is a choice among options."""

import re
from collections.abc import Iterable, Mapping

from autorev_lib.exercises.comparison import describe
from autorev_lib.exercises.exercise import Exercise, FormError, mistake


class ChoiceExercise(Exercise):
    """An exercise whose answer is a set: which of the options belong?

    Attributes:
        variable: The name of the variable that holds the set.
        options: For each option whether it belongs, and what to tell someone who thought otherwise.
    """

    variable: str
    options: Mapping

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls.parts = (cls.variable,)
        cls.mistakes = {
            _slug("misses" if belongs else "takes", option): mistake(f'`"{_shortened(option)}"`: {reason}')
            for option, (belongs, reason) in cls.options.items()
        }

    @property
    def stub(self):
        return f"{self.variable} = set()"

    @property
    def solution_code(self):
        lines = "".join(f'\n    "{option}",' for option in self._belonging())
        return f"{self.variable} = {{{lines}\n}}"

    @property
    def right_answer(self):
        """The right set."""
        return set(self._belonging())

    def wrong_answer(self, name):
        option = dict(zip(self.mistakes, self.options, strict=True))[name]
        return self.right_answer ^ {option}

    def _judge(self, answer):
        if answer is None or answer is ...:
            return self._not_attempted()
        chosen = _chosen(answer)
        if chosen is None:
            raise FormError(f"expected a set, received {describe(answer)}")
        if not chosen:
            return self._not_attempted()
        spelled = {_folded(option): option for option in self.options}
        unknown = [choice for choice in chosen if _folded(choice) not in spelled]
        if unknown:
            known = [option for text, option in spelled.items() if _folded(unknown[0]).startswith(text)]
            question = ". Is a comma missing after an option?" if known else ""
            raise FormError(
                f"expected options from the list above, received {str(unknown[0])[:200]!r}{question}"
            )
        misjudged = {spelled[_folded(choice)] for choice in chosen} ^ self.right_answer
        if not misjudged:
            return self._correct()
        belonging = self._belonging()
        self._share = max(0.0, 1 - len(misjudged) / len(belonging))  # so that choosing all gains nothing
        by_option = dict(zip(self.options, self.mistakes, strict=True))
        first = next(option for option in self.options if option in misjudged)
        others = len(misjudged) - 1
        addition = f"({others} more to think about.)" if others else ""
        return self._wrong(by_option[first], addition)

    def _belonging(self):
        return [option for option, (belongs, _) in self.options.items() if belongs]


def _chosen(answer):
    """The options in an answer, however they are collected: in a set, a list, an array, or with reasons."""
    if isinstance(answer, str):
        return [answer]
    if isinstance(answer, Mapping):  # from each option to whether it belongs, or to a reason
        return [option for option, belongs in answer.items() if belongs is not False and belongs is not None]
    answer = answer.tolist() if hasattr(answer, "tolist") else answer
    return list(answer) if isinstance(answer, Iterable) else None


def _folded(choice):
    """An option without regard to capitals and spaces."""
    return " ".join(str(choice).casefold().split())


def _shortened(option):
    """An option, without its middle if it is long."""
    words = option.split()
    return option if len(words) <= 10 else " ".join([*words[:4], "…", *words[-4:]])


def _slug(*words):
    return re.sub(r"\W+", "_", " ".join(words)).lower()
