"""Exercises whose answer is a function, or a class, that must do what the reference does."""

import contextlib
import inspect
import io
import itertools
import re

import numpy as np

from autorev_lib.exercises.comparison import describe, difference, pasteable, taken_apart
from autorev_lib.exercises.exercise import AnswerError, Exercise, FormError
from autorev_lib.exercises.kinds.arguments import misreadings
from autorev_lib.exercises.relations import agree, relate
from autorev_lib.exercises.source import edited, is_untouched, names_of_results
from autorev_lib.exercises.verdict import Status, Verdict, ended


class FunctionExercise(Exercise):
    """An exercise whose answer is a function, or a class, that must do what the reference does.

    Authors give the reference, the mistakes, and :meth:`cases`. An answer that agrees with the reference in
    every case is right; one that does in every case what a mistake does has made that mistake. What else may
    be wrong with an answer, the checker notices by itself: results that have a simple relation to the right
    ones, two listed mistakes at once, exchanged arguments, another data type, an argument that is
    overwritten, something that is kept from one call to the next.

    Attributes:
        dtype: The data type that the results must have, such as ``"float32"``; None if any will do.
    """

    dtype = None

    def cases(self, rng):
        """Yield tuples of arguments. The cases must tell the reference and all mistakes apart.

        Args:
            rng: A generator for random arguments; always in the same state at the start.
        """
        raise NotImplementedError

    def edge_cases(self):
        """Yield tuples of arguments that are tried only where all cases are right.

        They are for cases such as a division by 0, in which every wrong formula fails in a way of its own.
        """
        return ()

    def case_in_words(self, number):
        """What is special about a case whose arguments are too long to be shown; override it for these."""
        return ""

    def canonical(self, result, *arguments):
        """The part of a result that counts; override it where several results are right."""
        return result

    def behaviour(self, answer):
        """Yield what an answer does, as pairs of a call in words and its result or :class:`AnswerError`.

        Override it where an answer is used otherwise than by calling it on each case.
        """
        for number, arguments in enumerate(self.cases(np.random.default_rng(0))):
            yield self._one_call(answer, number, arguments)

    def case(self, number):
        """The arguments of a case, as a tuple, for calling an answer on it by hand; edge cases come last."""
        every_case = itertools.chain(self.cases(np.random.default_rng(0)), self.edge_cases())
        return next(itertools.islice(every_case, number, None))

    @property
    def _is_called_on_cases(self):
        return type(self).behaviour is FunctionExercise.behaviour

    def _at_the_edges(self, answer):
        for number, arguments in enumerate(self.edge_cases(), start=len(self._wanted)):
            yield self._one_call(answer, number, arguments)

    def _one_call(self, answer, number, arguments):
        text = self.call_text(*arguments)
        if not all(map(pasteable, arguments)):
            text = f'{self.parts[0]}(*exercise["{self.name}"].case({number}))'
            if words := self.case_in_words(number):
                text += f", {words}"
        try:
            return text, self.canonical(self.call(answer, *arguments, text=text), *arguments)
        except AnswerError as raised:
            return text, raised

    def _judge(self, answer):
        if answer is None or is_untouched(answer):
            return self._not_attempted()
        if not callable(answer):
            what = "a class" if inspect.isclass(self.right_answer) else "a function"
            raise FormError(f"expected {what}, received {describe(answer)}")
        results = []
        for stage in (self.behaviour, self._at_the_edges):
            observed = _observe(stage, answer)
            overwritten = self._overwritten
            wanted = _observe(stage, self.right_answer)
            if stage == self.behaviour:
                self._first, self._wanted = observed[0], wanted
            if problems := _problems(observed, wanted):
                self._overwritten = overwritten
                return self._wrong_result(answer, stage, problems, observed, wanted)
            results += [value for _, value in observed]
        self._overwritten = overwritten
        return self._flaw(answer, results) or self._correct()

    def _flaw(self, answer, results):
        """The verdict on an answer with the right results that is wrong all the same, or None."""
        if self.dtype and (found := _other_dtype(results, self.dtype)):
            text = f"The numbers are right, but they are {found}, and {self.dtype} is asked for."
            return Verdict(Status.WRONG_FORM, text, mistake="dtype")
        if self._keeps_something(answer):
            return Verdict(Status.WRONG, _KEEPS_SOMETHING, mistake="keeps_something")
        return None

    def _keeps_something(self, answer):
        """Whether the same call gives another result now than when it was the first."""
        if not self._is_called_on_cases or _raises([self._first[1]]):
            return False
        _, again = self._one_call(answer, 0, self.case(0))
        first = self._first[1]
        if _raises([again]) or repr(again) == repr(first):
            return _raises([again])
        first = tuple(first) if isinstance(first, list) else first
        can_be_compared = difference(first, first) is None
        return can_be_compared and difference(again, first) is not None

    def _wrong_result(self, answer, stage, problems, observed, wanted):
        """The verdict on wrong results: the mistake if it is known, otherwise what is seen of it."""
        listed = self._listed(stage)
        call, value, found = problems[0]
        name = next((name for name, seen in listed.items() if not _problems(observed, seen)), None)
        if isinstance(value, AnswerError):
            return self._raised(value, name)
        if name:
            return self._wrong(name)
        received, right = _values(observed), _values(wanted)[: len(observed)]
        numbers = {name: _values(seen) for name, seen in listed.items() if not _raises(_values(seen))}
        if not _raises(received) and not _raises(right):
            sizes = self._sizes(stage) or [{} for _ in received]
            where = "In every case" if stage == self.behaviour else "In the special cases"
            verdict = self._explain(received, right, numbers, sizes, where)
            if not verdict and self._keeps_something(answer):
                return Verdict(Status.WRONG, _KEEPS_SOMETHING, mistake="keeps_something")
            if not verdict and stage == self.behaviour:  # at the edges it is known to be right before
                if _is_nowhere_finite(received):
                    return Verdict(Status.WRONG, "The result is never a finite number.", mistake="not_finite")
                verdict = self._misreads(stage, observed)
            if verdict:
                return verdict
            if verdict := self._two_at_once(stage, observed):
                return verdict
        status = Status.WRONG_FORM if found and found.is_form else Status.WRONG
        call, value, found = min(problems, key=_length)
        if isinstance(value, AnswerError):
            return self._raised(value)
        seen = self._named(found.text) if found else "an error is asked for"
        text = ended(f"For `{call}`: {seen}")
        gives_others = any(each is not None for each in received if not isinstance(each, AnswerError))
        if value is None and gives_others and all(each is not None for _, each in wanted):
            text = f"`{call}` returned `None`, and other calls did not. Is there a path without `return`?"
        is_told = found is not None and found.is_form and not found.is_shape
        return Verdict(status, text, mistake="form" if is_told else None)

    def _explain(self, received, right, listed, sizes, everywhere):
        """Explain each wrong result on its own, by a listed mistake or by a relation; None if one stays."""
        if _in_another_order(received, right):
            return Verdict(Status.WRONG, "The results are right, but in another order.", mistake="order")
        received, right = _by_part(received, right), _by_part(right, right)
        if not received or not right:
            return None
        listed = {name: _by_part(seen, seen) for name, seen in listed.items()}
        seen, parts_right = {}, []  # what is seen of the wrong parts, with these
        for part in right:
            if agree(received[part], right[part]):
                parts_right.append(self._named(part))
                continue
            name = next((n for n, parts in listed.items() if _fits(parts, part, received, right)), None)
            relation = None if name else relate(received[part], right[part], sizes)
            if not (name or relation):
                return None
            seen.setdefault((name, relation), []).append(self._named(part))
        sentences = []
        for (name, relation), parts in seen.items():
            where = f"In {' and '.join(parts)}" if parts[0] else everywhere
            if relation:
                sentences.append(ended(f"{where}, {relation}"))
                continue
            message = self.mistakes[name].message
            is_plain = len(parts) == len(right) or parts[0] in message
            sentences.append(message if is_plain else f"{where}: {message}")
        if parts_right:
            verb = "are" if len(parts_right) > 1 else "is"
            text = f"{' and '.join(parts_right)} {verb} right."
            sentences.append(text[0].upper() + text[1:])
        name = next((name or "relation" for name, _ in seen), None)
        return Verdict(Status.WRONG, " ".join(sentences), mistake=name) if name else None

    def _named(self, text):
        """Call each of several results by its name, where the student knows it by that."""
        names = names_of_results(self.right_answer) if inspect.isfunction(self.right_answer) else []
        for number, name in enumerate(names, start=1):
            if name in self.prompt or name in (self.right_answer.__doc__ or ""):
                text = text.replace(f"result {number}", f"`{name}`")
        return text

    def _misreads(self, stage, observed):
        """The arguments are taken for something else: the result would be right for others."""
        if not self._is_called_on_cases or inspect.isclass(self.right_answer):
            return None
        signature = inspect.signature(self.right_answer)
        cases = [signature.bind(*arguments) for arguments in self.cases(np.random.default_rng(0))]
        for arguments in cases:
            arguments.apply_defaults()
        for name, text, change in misreadings(list(signature.parameters), [each.args for each in cases]):
            if _does_the_same(stage, _changing(self.right_answer, change), observed):
                return Verdict(Status.WRONG, text, mistake=name)
        return None

    def _two_at_once(self, stage, observed):
        """Two listed mistakes in one answer, if both are changes of the reference's code."""
        changes = {name: example.edits for name, example in self.mistakes.items() if example.edits}
        for one, other in itertools.combinations(changes, 2):
            try:
                both = edited(self.right_answer, changes[one] + changes[other])
            except (ValueError, SyntaxError):  # they change the same place
                continue
            if _does_the_same(stage, both, observed) and self._is_right_before(stage, both):
                messages = [_ALONE.sub("", self.mistakes[name].message) for name in (one, other)]
                text = f"Your results are those of two mistakes together. {' And: '.join(messages)}"
                return Verdict(Status.WRONG, text, mistake=f"{one}+{other}")
        return None

    def _is_right_before(self, stage, answer):
        """Whether an answer is right in the cases, where it is the edges that are looked at."""
        return stage == self.behaviour or not _problems(_silently(self.behaviour, answer), self._wanted)

    def _sizes(self, stage):
        """For each case the lengths of the arguments' axes, in words; nothing if there are no cases."""
        if not self._is_called_on_cases or stage != self.behaviour:
            return []
        names = list(inspect.signature(self.right_answer).parameters)
        sizes = []
        for arguments in self.cases(np.random.default_rng(0)):
            size = {}
            for name, argument in zip(names, arguments, strict=False):
                words = ("entries",) if np.ndim(argument) == 1 else ("rows", "columns")
                lengths = zip(words, np.shape(argument), strict=False)
                size |= {f"{word} of `{name}`": length for word, length in lengths}
            sizes.append(size)
        common = set.intersection(*map(set, sizes))
        return [{words: size[words] for words in sorted(common)} for size in sizes]

    def _listed(self, stage):
        """What each listed mistake does at a stage; at the edges, those that are right before."""
        answers = {name: self.wrong_answer(name) for name in self.mistakes}
        return {
            name: _silently(stage, answer)
            for name, answer in answers.items()
            if self._is_right_before(stage, answer)
        }


_ALONE = re.compile(r"^Right[^.]*\. ")  # a sentence on what is right is untrue beside a second mistake
_KEEPS_SOMETHING = (
    "The same call gives another result the second time. Is something kept from one call to the next, in a "
    "global name or a default argument, or is there chance in it?"
)


def _observe(stage, answer):
    """What an answer does at a stage, as far as it gets."""
    observed = []
    try:
        observed.extend(stage(answer))
    except AnswerError as raised:
        observed.append((raised.call, raised))
    return observed


def _silently(stage, answer):
    """What a mistake does; what it prints is forgotten, and so are its warnings."""
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        return _observe(stage, answer)


def _does_the_same(stage, answer, observed):
    """Whether an answer does what was observed of another; it is given up at the first difference."""
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        try:
            for seen, done in itertools.zip_longest(observed, stage(answer)):
                if seen is None or done is None or _problems([seen], [done]):
                    return False
        except AnswerError as raised:
            return isinstance(observed[-1][1], AnswerError) and not _problems(observed[-1:], [(None, raised)])
    return True


def _problems(observed, wanted):
    """The triples (call, value, difference) in which what was observed is not what is wanted.

    The difference is None where one of the two is an error. Errors agree if their type and text do.
    """
    found = []
    for (call, value), (_, target) in zip(observed, wanted, strict=False):
        if isinstance(value, AnswerError) or isinstance(target, AnswerError):
            errors = [getattr(each, "error", None) for each in (value, target)]
            if type(errors[0]) is not type(errors[1]) or str(errors[0]) != str(errors[1]):
                found.append((call, value, None))
        elif (value is not None or target is not None) and (problem := difference(value, target)):
            found.append((call, value, problem))
    return found


def _length(problem):
    """How much there is to read and to paste; a call that cannot be pasted as it is comes last."""
    call, *_ = problem
    return ("(*exercise[" in call, len(call))


def _values(observed):
    return [value for _, value in observed]


def _raises(values):
    return any(isinstance(value, AnswerError) for value in values)


def _by_part(results, wanted):
    """Results of all cases by the parts that the wanted ones have; nothing if a case has other parts."""
    cases = [taken_apart(result, like) for result, like in zip(results, wanted, strict=False)]
    if any(case is None or list(case) != list(cases[0]) for case in cases):
        return {}
    return {part: [case[part] for case in cases] for part in cases[0]}


def _in_another_order(received, right):
    """Whether the results of each case are the right ones in an order that is the same in all cases."""
    if not all(isinstance(value, tuple) and 1 < len(value) < 5 for value in right):
        return False
    if not all(isinstance(value, tuple | list) and len(value) == len(right[0]) for value in received):
        return False
    places = range(len(right[0]))
    return any(
        all(
            agree([value[i] for value in received], [value[j] for value in right])
            for i, j in enumerate(order)
        )
        for order in list(itertools.permutations(places))[1:]
    )


def _fits(parts, part, received, right):
    """Whether a listed mistake, taken apart, explains one part: it does there what was received, wrongly."""
    return (
        bool(parts)
        and part in parts
        and agree(received[part], parts[part])
        and not agree(parts[part], right[part])
    )


def _changing(function, change):
    """A function that does something to its arguments first; what does not fit it, it leaves alone."""

    def changed(*arguments):
        bound = inspect.signature(function).bind(*arguments)
        bound.apply_defaults()
        return function(*change(bound.args))

    return changed


def _is_nowhere_finite(results):
    """Whether all results are numbers, and none of them is finite: then many mistakes would look alike."""
    if any(result is None for result in results):
        return False
    try:
        return not any(np.isfinite(np.asarray(result, dtype=float)).any() for result in results)
    except (TypeError, ValueError):
        return False


def _other_dtype(results, dtype):
    """The name of a data type among the results' arrays that is not the wanted one, or None."""
    for result in results:
        for part in result if isinstance(result, tuple) else [result]:
            found = str(np.asarray(part).dtype)
            if found != dtype:
                return found
    return None
