"""What an exercise is: its parts as an author writes them, and the kinds of answer that can be checked."""

import ast
import contextlib
import dis
import inspect
import io
import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from IPython.display import display

from autorev_lib import chapters
from autorev_lib.exercises import progress
from autorev_lib.exercises.comparison import describe, difference, snapshot
from autorev_lib.exercises.sandbox import TimeUp, guarded, where_it_failed
from autorev_lib.exercises.verdict import Status, Verdict, to_box

# Lines of the checker and of the exercises' files are not the student's.
_OWN_FOLDERS = (str(Path(__file__).parents[1]), str(chapters.folder() / "exercises"))
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_MAX_LINE = 92  # of the notebooks' code
_EMPTY_BODY = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def to_name(class_name):
    """The name of an exercise from that of its class: ``"SlimNetwork"`` gives ``"slim_network"``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", class_name).lower()


def _folded(markdown):
    """Join the lines of each paragraph; code between fences stays as it is, and so do lists and tables."""
    blocks = re.split(r"(^```.*?^```$)", textwrap.dedent(markdown).strip(), flags=re.DOTALL | re.MULTILINE)
    line_end = r"(?<!\n)\n(?!\n|[-*] |\|) *"
    return "".join(b if b.startswith("```") else re.sub(line_end, " ", b) for b in blocks)


class reference:  # noqa: N801 (a decorator)
    """Marks the right answer in the body of an exercise: a function or a class, as the student writes it."""

    def __init__(self, answer):
        self.answer = answer


class mistake:  # noqa: N801 (a decorator)
    """Marks a typical wrong answer in the body of an exercise, under its name and with its message.

    Args:
        message: What the student is told: what went wrong and why, not what is right.
        values: The wrong values by the name of their variable, if the answer is no function. Variables that
            are left out may have any value.
    """

    def __init__(self, message, **values):
        self.message = _folded(message)
        self.answer = None
        self.values = values

    def __call__(self, answer):
        self.answer = answer
        return self


class FormError(Exception):
    """An answer cannot be checked. Its text says what was expected and what was received."""


class AnswerError(Exception):
    """An answer raised an exception in a call that is named; its cause is that exception."""

    def __init__(self, call):
        super().__init__(call)
        self.call = call

    @property
    def error(self):
        """What the answer raised."""
        return self.__cause__


class Exercise:
    """One exercise. Authors subclass one of the kinds below and fill in these, in the order of the notebook.

    Attributes:
        title: A few words; the notebook numbers it.
        prompt: What is asked, as Markdown.
        hints: Each one a little more than the last.
        why: Why the right answer is right, as Markdown, shown with it.
        further: One sentence for those who are right.
        seconds: How long a check may take.
    """

    title = prompt = why = further = ""
    hints = ()
    seconds = 5

    def __init_subclass__(cls):
        for text in ("prompt", "why", "further"):
            setattr(cls, text, _folded(getattr(cls, text)))
        members = dict(vars(cls))
        for value in members.values():
            if isinstance(value, reference):
                cls.right_answer = staticmethod(value.answer)
                cls.parts = (value.answer.__name__,)
        own = {name: value for name, value in members.items() if isinstance(value, mistake)}
        if own:
            cls.mistakes = own
        cls.name = to_name(cls.__name__)

    def __init__(self, chapter, number):
        self.chapter = chapter
        self.number = number
        self._hints_given = 0
        self._changed_inputs = False

    def __repr__(self):
        return f"Exercise {self.number} of {self.chapter}: {self.title}"

    @property
    def stub(self):
        """The code that the notebook shows before anybody has answered."""
        return _emptied(_source(self.right_answer))

    @property
    def solution_code(self):
        """The code of the right answer, in place of the stub."""
        return _source(self.right_answer)

    @property
    def check_line(self):
        """The line of the notebook that checks the answer."""
        answer = ", ".join(self.parts)
        line = f'exercise["{self.name}"].check({answer})'
        return line if len(line) <= _MAX_LINE else line.replace(f"({answer})", f"(\n    {answer}\n)")

    def answer_in(self, namespace):
        """The variables of the stub in a namespace, None for a missing one, as :meth:`grade` takes them."""
        return _packed(namespace.get(part) for part in self.parts)

    def wrong_answer(self, name):
        """The typical wrong answer of that name, in the form :meth:`grade` takes."""
        return self.mistakes[name].answer

    def grade(self, answer):
        """Judge an answer without showing or recording anything.

        Args:
            answer: A function, class or value; a tuple of values if the stub has several variables.

        Returns:
            The :class:`~autorev_lib.exercises.verdict.Verdict`. Whatever the answer does, nothing is raised,
            except for the student's own Ctrl+C.
        """
        printed = ""
        self._changed_inputs = False
        try:
            with guarded(self.seconds) as printed:
                verdict = self._judge(answer)
        except TimeUp:
            verdict = Verdict(
                Status.ERROR,
                f"It was still running after {self.seconds} seconds and was stopped. Does every loop end? "
                "Does it do more work than it needs to?",
            )
        except FormError as problem:
            text = str(problem)
            verdict = Verdict(Status.WRONG_FORM, f"{text[0].upper()}{text[1:]}.")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            text = f"The checker could not work with this answer: `{type(error).__name__}: {error}`."
            verdict = Verdict(Status.WRONG_FORM, text)
        if verdict.status == Status.CORRECT and self._changed_inputs:
            remark = "One thing: it changes its input in place, which would surprise whoever calls it."
            verdict = replace(verdict, message=f"{verdict.message} {remark}".strip())
        return replace(verdict, printed=str(printed))

    def check(self, *answer):
        """Judge an answer, show the verdict and keep the progress.

        Args:
            answer: The variables of the stub, in its order.
        """
        verdict = self.grade(_packed(answer))
        message = verdict.message
        if verdict.status != Status.CORRECT:
            message += f'\nFor a hint: `exercise["{self.name}"].hint()`'
        if verdict.status != Status.NOT_ATTEMPTED:
            try:
                progress.record(self.chapter, self.name, verdict.status == Status.CORRECT)
            except progress.ProgressError as error:
                message += f"\n({error})"
        display(replace(verdict, message=message.strip()))

    def hint(self):
        """Show one hint more each time."""
        self._hints_given = min(self._hints_given + 1, len(self.hints))
        message = self.hints[self._hints_given - 1]
        if self._hints_given == len(self.hints):
            message += f'\nThat was the last one. The solution: `exercise["{self.name}"].solution()`'
        display(to_box(f"Hint {self._hints_given} of {len(self.hints)}.", message), raw=True)

    def solution(self):
        """Show the right answer and the reason for it."""
        markdown = f"```python\n{self.solution_code}\n```\n\n{self.why}"
        text = f"{self.solution_code}\n\n{self.why}"
        display({"text/plain": text, "text/markdown": markdown}, raw=True)

    def call(self, function, *arguments, text=None):
        """Call a function of the answer on copies of the arguments.

        Args:
            function: What to call.
            arguments: Its arguments.
            text: How to name the call to the student; by default the call itself.

        Returns:
            A copy of what it returned.

        Raises:
            AnswerError: It raised.
        """
        copies = tuple(snapshot(argument) for argument in arguments)
        try:
            result = snapshot(function(*copies))
        except (TimeUp, KeyboardInterrupt):
            raise
        except BaseException as error:
            raise AnswerError(text or self.call_text(*arguments)) from error
        self._changed_inputs |= any(
            isinstance(before, np.ndarray) and not _same_bits(before, after)
            for before, after in zip(arguments, copies, strict=True)
        )
        return result

    def call_text(self, *arguments):
        """Write a call of the answer as a student would."""
        return f"{self.parts[0]}({', '.join(describe(argument) for argument in arguments)})"

    def _judge(self, answer):
        raise NotImplementedError

    def _correct(self):
        return Verdict(Status.CORRECT, self.further)

    def _wrong(self, name, addition=""):
        message = f"{self.mistakes[name].message} {addition}".strip()
        return Verdict(Status.WRONG, message, mistake=name)

    def _not_attempted(self):
        return Verdict(Status.NOT_ATTEMPTED, "Write your answer in this cell and run it again.")

    def _raised(self, raised, mistake_name=None):
        error = raised.error
        if isinstance(error, NotImplementedError):
            return self._not_attempted()
        number, line = where_it_failed(error, _OWN_FOLDERS)
        place = f", at line {number} of your cell: `{line}`" if number else ""
        text = f"`{raised.call}` raised `{type(error).__name__}: {_first_line(error)}`{place}."
        if mistake_name:
            text = f"{self.mistakes[mistake_name].message} {text}"
        return Verdict(Status.ERROR, text, mistake=mistake_name)


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
        recognised = self._recognise(observed)
        call, value, found = problem
        if isinstance(value, AnswerError):
            return self._raised(value, recognised)
        if recognised:
            return self._wrong(recognised)
        status = Status.WRONG_FORM if found.is_form else Status.WRONG
        return Verdict(status, f"For `{call}`: {found.text}.".replace("?.", "?"))

    def _recognise(self, observed):
        """The name of the mistake that does the same, or None; what the mistakes print is forgotten."""
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for name in self.mistakes:
                if not _first_problem(observed, self._observe(self.wrong_answer(name))):
                    return name
        return None

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
        return _packed(self.right.values())

    def wrong_answer(self, name):
        return _packed({**self.right, **self.mistakes[name].values}.values())

    def _judge(self, answer):
        values = dict(zip(self.parts, _unpacked(answer, self.parts), strict=True))
        missing = [part for part, value in values.items() if value is None or value is ...]
        if len(missing) == len(values):
            return self._not_attempted()
        if missing:
            return Verdict(Status.NOT_ATTEMPTED, f"`{missing[0]}` is still empty.")
        found = {part: self._difference(part, value) for part, value in values.items()}
        wrong = {part: problem for part, problem in found.items() if problem}
        if not wrong:
            return self._correct()
        for part, problem in wrong.items():
            if problem.is_form:
                raise FormError(f"`{part}`: {problem.text}")
        for name, example in self.mistakes.items():
            if all(not difference(snapshot(values[part]), value) for part, value in example.values.items()):
                return self._wrong(name)
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
        if answer is None or answer is ... or (isinstance(answer, set | list | tuple) and not answer):
            return self._not_attempted()
        if not isinstance(answer, set | frozenset | list | tuple):
            raise FormError(f"expected a set, received {describe(answer)}")
        unknown = [choice for choice in answer if choice not in self.options]
        if unknown:
            raise FormError(f"expected options from the list above, received {describe(unknown[0])}")
        misjudged = set(answer) ^ self.right_answer
        if not misjudged:
            return self._correct()
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
            cls.right_answer = _packed(cls.right.values())

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
        return example.answer or _packed({**self.right, **example.values}.values())

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

    Args:
        value: A list, an array or a tensor.
        shape: The shape it must have.
        name: What to call it.

    Returns:
        A float array of that shape.

    Raises:
        FormError: It is something else.
    """
    found = difference(snapshot(value), np.zeros(shape))
    if found and found.is_form:
        raise FormError(f"`{name}`: {found.text}")
    return np.asarray(value, dtype=float)


def is_untouched(answer):
    """Whether a function, or every method of a class, still has nothing in its body."""
    if inspect.isclass(answer):
        methods = [value for value in vars(answer).values() if inspect.isfunction(value)]
        return bool(methods) and all(is_untouched(method) for method in methods)
    code = getattr(answer, "__code__", None)
    return code is not None and all(
        step.opname in _EMPTY_BODY and (step.argval is None or step.opname == "RESUME")
        for step in dis.get_instructions(code)
    )


def _same_bits(one, other):
    """Whether two arrays are the same, where NaN is the same as NaN."""
    return one.shape == other.shape and one.tobytes() == other.tobytes()


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


def _unpacked(answer, parts):
    if len(parts) == 1:
        return (answer,)
    if answer is None:
        return (None,) * len(parts)
    if not isinstance(answer, tuple | list) or len(answer) != len(parts):
        raise FormError(f"expected {len(parts)} values ({', '.join(parts)}), received {describe(answer)}")
    return tuple(answer)


def _packed(values):
    values = tuple(values)
    return values[0] if len(values) == 1 else values


def _slug(*words):
    return re.sub(r"\W+", "_", " ".join(words)).lower()


def _source(answer):
    """The source of a function or class without its decorator, as if it stood at the left margin."""
    lines = textwrap.dedent(inspect.getsource(answer)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(("def ", "class ")))
    return "\n".join(lines[start:]).rstrip()


def _emptied(source):
    """The source with every function's body, except its docstring, replaced by an ellipsis."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    inner = {child for node in functions for child in ast.walk(node) if child is not node}
    outermost = [node for node in functions if node not in inner]
    for node in sorted(outermost, key=lambda node: node.lineno, reverse=True):
        first = node.body[1] if ast.get_docstring(node) is not None else node.body[0]
        start = node.body[0].end_lineno if ast.get_docstring(node) is not None else first.lineno - 1
        lines[start : node.end_lineno] = [" " * first.col_offset + "..."]
    return "\n".join(lines)


def _first_line(error):
    """The first line of an error that says something; Keras puts one before it and sets it in bold."""
    lines = [line.strip() for line in _ANSI.sub("", str(error)).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith("Exception encountered when calling")]
    return (telling or lines or [""])[0]
