"""What an exercise is. An author writes one class, and the checker knows the rest::

    class MeanAbsoluteError(FunctionExercise):
        title = "Warm-up: another loss"
        prompt = "Write the mean absolute error ..."
        hints = ("The size of a residual is ...", "Averaged, not summed ...")
        why = "Each residual counts as it is ..."
        further = "Which line is the best one now?"

        @reference
        def mean_absolute_error(y, prediction):
            return np.mean(np.abs(y - prediction))

        @mistake("You squared the residuals: that is the mean squared error.")
        def squares(y, prediction):
            return np.mean((y - prediction) ** 2)

        def cases(self, rng):
            yield np.array([1.0, 2.0]), np.array([1.5, 1.0])

An answer is not compared with the text of the solution, but by what it does: it is called on every case, as
are the reference and each typical mistake. One that does in every case what the reference does is right,
however it is written. One that does in every case what a mistake does has made that mistake, and is told so.
"""

import contextlib
import inspect
import re
import sys
from dataclasses import replace
from pathlib import Path

from IPython.display import display

from autorev_lib import chapters, screen
from autorev_lib.exercises import progress
from autorev_lib.exercises.comparison import describe, is_same, pasteable, snapshot
from autorev_lib.exercises.sandbox import TimeUp, guarded, where_it_failed
from autorev_lib.exercises.source import edited, emptied, folded, names_of_notebook, source_of, to_name
from autorev_lib.exercises.verdict import Status, Verdict, ended, to_box

# Lines of the checker and of the exercises' files are not the student's.
_OWN_FOLDERS = (str(Path(__file__).parents[1]), str(chapters.folder() / "exercises"))
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_MAX_LINE = 88  # of the notebooks' code
_OVERWRITES = (
    "the function writes into its argument, which its caller may still need. (`x -= 1`, `out=x` and "
    "`x.sort()` write in place; `x = x - 1` makes a new array.)"
)


class reference:  # noqa: N801 (a decorator)
    """Marks the right answer in the body of an exercise: a function or a class, as the student writes it."""

    def __init__(self, answer):
        self.answer = answer


class mistake:  # noqa: N801 (a decorator)
    """Marks a typical wrong answer in the body of an exercise, under its name and with its message.

    Args:
        message: What the student is told: what went wrong and why, not what is right.
        edits: What is written otherwise than in the reference, as code by the code that it replaces. Such
            mistakes may be combined: the checker notices two of them in one answer.
        values: The wrong values by the name of their variable, if the answer is no function. Variables that
            are left out may have any value.
    """

    def __init__(self, message, edits=None, **values):
        self.message = folded(message)
        self.edits = tuple((edits or {}).items())
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
    """One exercise. Authors subclass one of :mod:`.kinds` and fill in these, in the order of the notebook.

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
            setattr(cls, text, folded(getattr(cls, text)))
        members = dict(vars(cls))
        for value in members.values():
            if isinstance(value, reference):
                cls.right_answer = staticmethod(value.answer)
                cls.parts = (value.answer.__name__,)
        own = {name: value for name, value in members.items() if isinstance(value, mistake)}
        if own:
            cls.mistakes = own
        cls.name = to_name(cls.__name__)

    def __init__(self, chapter, number, for_marks=False):
        self.chapter = chapter
        self.number = number
        self.for_marks = for_marks
        self._hints_given = 0
        self._overwritten = ""
        self._share = 0.0

    def __repr__(self):
        return f"Exercise {self.number} of {self.chapter}: {self.title}"

    @property
    def stub(self):
        """The code that the notebook shows before anybody has answered."""
        return emptied(source_of(self.right_answer))

    @property
    def solution_code(self):
        """The code of the right answer, in place of the stub."""
        return source_of(self.right_answer)

    @property
    def check_line(self):
        """The line of the notebook that checks the answer."""
        answer = ", ".join(self.parts)
        line = f'exercise["{self.name}"].check({answer})'
        return line if len(line) <= _MAX_LINE else line.replace(f"({answer})", f"(\n    {answer}\n)")

    def answer_in(self, namespace):
        """The variables of the stub in a namespace, None for a missing one, as :meth:`grade` takes them."""
        return packed(namespace.get(part) for part in self.parts)

    def wrong_answer(self, name):
        """The typical wrong answer of that name, in the form :meth:`grade` takes."""
        example = self.mistakes[name]
        return edited(self.right_answer, example.edits) if example.edits else example.answer

    def grade(self, answer):
        """Judge an answer without showing or recording anything.

        Args:
            answer: A function, class or value; a tuple of values if the stub has several variables.

        Returns:
            The :class:`~autorev_lib.exercises.verdict.Verdict`. Whatever the answer does, nothing is raised,
            except for the student's own Ctrl+C.
        """
        verdict, printed = self._guarded(answer)
        if verdict.mistake == "time_is_up" and {"jax", "tensorflow"} & set(sys.modules):
            verdict, printed = self._guarded(answer)  # what had to be compiled is compiled now
        if verdict.status == Status.CORRECT and self._overwritten:
            text = f"The result is right, but `{self._overwritten}` is not what it was: {_OVERWRITES}"
            verdict = Verdict(Status.WRONG, text, mistake="overwrites")
        share = 1.0 if verdict.status == Status.CORRECT else self._share
        return replace(verdict, printed=printed, share=share)

    def _guarded(self, answer):
        """The verdict on an answer, whatever it does, and what it prints."""
        printed = ""
        self._overwritten = ""
        self._share = 0.0
        try:
            with guarded(self.seconds) as printed:
                verdict = self._judge(answer)
        except TimeUp:
            verdict = Verdict(
                Status.ERROR,
                f"It was still running after {self.seconds} seconds and was stopped. Does every loop end? "
                "Does it do more work than it needs to?",
                mistake="time_is_up",
            )
        except FormError as problem:
            text = str(problem)
            text = ended(f"{text[0].upper()}{text[1:]}")
            verdict = Verdict(Status.WRONG_FORM, text, mistake="form")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            text = f"The checker could not work with this answer: `{type(error).__name__}: {error}`."
            verdict = Verdict(Status.WRONG_FORM, text)
        return verdict, str(printed)

    def check(self, *answer):
        """Judge an answer, show the verdict and keep the progress.

        Args:
            answer: The variables of the stub, in its order.
        """
        waiting = screen.busy(f"Checking, which takes {self.seconds} seconds at most ...")
        with waiting if self.seconds > 5 else contextlib.nullcontext():
            verdict = self.grade(packed(answer))
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
        """Show one hint more each time; in a notebook for marks there is only the first."""
        count = 1 if self.for_marks else len(self.hints)
        self._hints_given = min(self._hints_given + 1, count)
        message = "\n".join(self.hints[: self._hints_given])
        if self.for_marks:
            message += "\nThis notebook is for marks: your teacher has further hints."
        elif self._hints_given == count:
            message += f'\nThat was the last one. The solution: `exercise["{self.name}"].solution()`'
        display(to_box(f"Hint {self._hints_given} of {count}.", message), raw=True)

    def solution(self):
        """Show the right answer and the reason for it, unless the notebook is for marks."""
        if self.for_marks:
            text = "This notebook is for marks: your teacher has the solutions."
            display(to_box("No solution here.", text), raw=True)
            return
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
        for number, (before, after) in enumerate(zip(arguments, copies, strict=True)):
            if not is_same(before, after):
                self._overwritten = self._overwritten or _parameter(function, number)
        return result

    def call_text(self, *arguments):
        """Write a call of the answer as a student would; one that can be pasted, if it is not too long."""
        return f"{self.parts[0]}({', '.join(pasteable(each) or describe(each) for each in arguments)})"

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
        is_missing = isinstance(error, NameError) and not isinstance(error, UnboundLocalError)
        if is_missing and error.name in names_of_notebook(chapters.find(self.chapter).path):
            text = f"`{error.name}` comes from a cell above that has not been run"
            return Verdict(
                Status.NOT_ATTEMPTED,
                f"{text}: Run > Run All Above Selected Cell, then this cell again.",
                headline="○ Could not be checked yet.",
            )
        number, line = where_it_failed(error, _OWN_FOLDERS)
        place = f", at line {number} of your cell: `{line}`" if number else ""
        text = f"`{raised.call}` raised `{type(error).__name__}: {_first_line(error)}`{place}."
        if mistake_name:
            text = f"{self.mistakes[mistake_name].message} {text}"
        return Verdict(Status.ERROR, text, mistake=mistake_name)


def packed(values):
    """Several values as the tuple that :meth:`Exercise.grade` takes; a single one as it is."""
    values = tuple(values)
    return values[0] if len(values) == 1 else values


def unpacked(answer, parts):
    """The values of an answer, one for each of the variables.

    Raises:
        FormError: There are more of them, or fewer.
    """
    if len(parts) == 1:
        return (answer,)
    if answer is None:
        return (None,) * len(parts)
    if not isinstance(answer, tuple | list) or len(answer) != len(parts):
        raise FormError(f"expected {len(parts)} values ({', '.join(parts)}), received {describe(answer)}")
    return tuple(answer)


def _parameter(function, number):
    """The name of a parameter of an answer, if it has one."""
    with contextlib.suppress(TypeError, ValueError, IndexError):
        return list(inspect.signature(function).parameters)[number]
    return f"argument {number + 1}"


def _first_line(error):
    """The first line of an error that says something; Keras puts one before it and sets it in bold."""
    lines = [line.strip() for line in _ANSI.sub("", str(error)).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith("Exception encountered when calling")]
    return (telling or lines or [""])[0]
