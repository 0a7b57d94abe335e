"""The kinds of answer that can be checked: functions, values, choices, and whatever has some properties."""

import contextlib
import inspect
import io
import itertools
import re
from collections.abc import Mapping

import numpy as np

from autorev_lib.exercises.comparison import describe, difference, snapshot
from autorev_lib.exercises.exercise import AnswerError, Exercise, FormError, mistake, packed
from autorev_lib.exercises.relations import agree, relate, taken_apart
from autorev_lib.exercises.source import is_untouched
from autorev_lib.exercises.verdict import Status, Verdict


class FunctionExercise(Exercise):
    """An exercise whose answer is a function, or a class, that must do what the reference does.

    Authors give the reference, the mistakes, and :meth:`cases`. An answer that agrees with the reference in
    every case is right; one that does in every case what a mistake does has made that mistake.
    """

    def cases(self, rng):
        """Yield tuples of arguments. The cases must tell the reference and all mistakes apart.

        Args:
            rng: A generator for random arguments; always in the same state at the start.
        """
        raise NotImplementedError

    def behaviour(self, answer):
        """Yield what an answer does, as pairs of a call in words and its result.

        Override it where an answer is used otherwise than by calling it on each case.
        """
        for arguments in self.cases(np.random.default_rng(0)):
            yield self.call_text(*arguments), self.call(answer, *arguments)

    def _judge(self, answer):
        if answer is None or is_untouched(answer):
            return self._not_attempted()
        if not callable(answer):
            what = "a class" if inspect.isclass(self.right_answer) else "a function"
            raise FormError(f"expected {what}, received {describe(answer)}")
        observed = self._observe(answer)
        changed_inputs = self._changed_inputs
        wanted = list(self.behaviour(self.right_answer))
        problem = _first_problem(observed, wanted)
        if problem is None:
            self._changed_inputs = changed_inputs
            return self._correct()
        recognised, listed = self._recognise(observed)
        call, value, found = problem
        if isinstance(value, AnswerError):
            return self._raised(value, recognised)
        if recognised:
            return self._wrong(recognised)
        if explained := self._explain(_values(observed), _values(wanted), listed):
            return explained
        status = Status.WRONG_FORM if found.is_form else Status.WRONG
        return Verdict(status, f"For `{call}`: {found.text}.".replace("?.", "?"))

    def _explain(self, observed, wanted, listed):
        """Explain each wrong result on its own, by a listed mistake or by a relation; None if one stays."""
        if any(isinstance(value, AnswerError) for value in (*observed, *wanted)):
            return None
        received, right = _by_part(observed), _by_part(wanted)
        if not received or not right or set(received) != set(right):
            return None
        listed = {name: _by_part(_values(seen)) for name, seen in listed.items() if not _raises(seen)}
        sentences, names = [], []
        for part in right:
            if agree(received[part], right[part]):
                continue
            name = next((n for n, parts in listed.items() if _fits(parts, part, received, right)), None)
            relation = None if name else relate(received[part], right[part], self._sizes())
            if not (name or relation):
                return None
            where = f"In {part}, " if part else "In every case, "
            sentence = self.mistakes[name].message if name else f"{where}{relation}.".replace("?.", "?")
            if sentence not in sentences:
                sentences.append(sentence)
                names.append(name or "relation")
        if len(sentences) < len(right) and len(right) > 1 and len(sentences) == 1:
            sentences.append("The other results are right.")
        return Verdict(Status.WRONG, " ".join(sentences), mistake=names[0]) if names else None

    def _sizes(self):
        """For each case the lengths of the arguments' axes, in words."""
        names = list(inspect.signature(self.right_answer).parameters)
        sizes = []
        for arguments in self.cases(np.random.default_rng(0)):
            size = {}
            for name, argument in zip(names, arguments, strict=False):
                words = ("entries",) if np.ndim(argument) == 1 else ("rows", "columns")
                lengths = zip(words, getattr(argument, "shape", ()), strict=False)
                size |= {f"{word} of `{name}`": length for word, length in lengths}
            sizes.append(size)
        common = set.intersection(*map(set, sizes))
        return [{words: size[words] for words in sorted(common)} for size in sizes]

    def _recognise(self, observed):
        """The name of the mistake that does the same, or None, and what those that were tried do.

        What the mistakes print is forgotten.
        """
        tried = {}
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for name in self.mistakes:
                tried[name] = self._observe(self.wrong_answer(name))
                if not _first_problem(observed, tried[name]):
                    return name, tried
        return None, tried

    def _observe(self, answer):
        observed = []
        try:
            observed.extend(self.behaviour(answer))
        except AnswerError as raised:
            observed.append((raised.call, raised))
        return observed


class ValueExercise(Exercise):
    """An exercise whose answer is one or more numbers to fill in.

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
        values = dict(zip(self.parts, _unpacked(answer, self.parts), strict=True))
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
        for name, example in self.mistakes.items():
            if all(not difference(snapshot(values[part]), value) for part, value in example.values.items()):
                return self._wrong(name)
        for one, other in itertools.combinations(wrong, 2):
            if not (self._difference(one, values[other]) or self._difference(other, values[one])):
                return Verdict(Status.WRONG, f"`{one}` and `{other}` are exchanged.", mistake="exchanged")
        right = [f"`{part}`" for part in self.parts if part not in wrong]
        text = "; ".join(f"`{part}`: {problem.text}" for part, problem in wrong.items())
        return Verdict(Status.WRONG, f"{text}." + (f" {' and '.join(right)} is right." if right else ""))

    def _difference(self, part, value):
        if isinstance(value, bool):
            raise FormError(f"`{part}`: expected a number, received {value}")
        return difference(snapshot(value), self.right[part])


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
            _slug("misses" if belongs else "takes", option): mistake(reason)
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
            raise FormError(f"expected options from the list above, received {describe(unknown[0])}")
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
        example = self.mistakes[name]
        return example.answer or packed({**self.right, **example.values}.values())

    def _judge(self, answer):
        values = _unpacked(answer, self.parts)
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


def _first_problem(observed, wanted):
    """The first (call, value, difference) in which what was observed is not what is wanted, or None."""
    for (call, value), (_, target) in zip(observed, wanted, strict=False):
        if isinstance(value, AnswerError):
            if type(value.error) is not type(getattr(target, "error", None)):
                return call, value, None
        elif isinstance(target, AnswerError):
            return call, value, None
        elif value is not None or target is not None:
            found = difference(value, target)
            if found:
                return call, value, found
    return None


def _chosen(answer):
    """The options in an answer, however they are collected: in a set, a list, an array, or with reasons."""
    if isinstance(answer, str):
        return [answer]
    if isinstance(answer, Mapping):  # from each option to whether it belongs, or to a reason
        return [option for option, belongs in answer.items() if belongs is not False and belongs is not None]
    answer = answer.tolist() if hasattr(answer, "tolist") else answer
    return list(answer) if isinstance(answer, set | frozenset | list | tuple) else None


def _folded(choice):
    """An option without regard to capitals and spaces."""
    return " ".join(str(choice).casefold().split())


def _values(observed):
    return [value for _, value in observed]


def _raises(observed):
    return any(isinstance(value, AnswerError) for value in _values(observed))


def _by_part(results):
    """Results of all cases by the parts that each consists of; nothing if the cases have different parts."""
    cases = [taken_apart(result) for result in results]
    if any(list(case) != list(cases[0]) for case in cases):
        return {}
    return {part: [case[part] for case in cases] for part in cases[0]}


def _fits(parts, part, received, right):
    """Whether a listed mistake, taken apart, explains one part: it does there what was received, wrongly."""
    return (
        bool(parts)
        and part in parts
        and agree(received[part], parts[part])
        and not agree(parts[part], right[part])
    )


def _unpacked(answer, parts):
    if len(parts) == 1:
        return (answer,)
    if answer is None:
        return (None,) * len(parts)
    if not isinstance(answer, tuple | list) or len(answer) != len(parts):
        raise FormError(f"expected {len(parts)} values ({', '.join(parts)}), received {describe(answer)}")
    return tuple(answer)


def _slug(*words):
    return re.sub(r"\W+", "_", " ".join(words)).lower()
