"""Exercises that say which mistake was made. What they ask and know is content: ``notebooks/exercises/``.

In a notebook:

>>> exercise = load("linear_regression")
>>> exercise["mean_absolute_error"].check(mean_absolute_error)  # doctest: +SKIP
"""

import ast
import difflib
import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location

from autorev_lib import chapters
from autorev_lib.errors import AutorevError


def names(chapter):
    """List the names of a chapter's exercises, in its order, without importing what their checks need.

    Args:
        chapter: A :class:`~autorev_lib.chapters.Chapter`; without a file of exercises it has none.
    """
    from autorev_lib.exercises.source import to_name

    if not chapter.exercises.exists():
        return []
    tree = ast.parse(chapter.exercises.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return [to_name(c.name) for c in classes if any(ast.unparse(b).endswith("Exercise") for b in c.bases)]


def contents(name):
    """Import the file with the exercises of a chapter.

    Returns:
        The module.

    Raises:
        AutorevError: There is no such chapter, or it has no exercises.
    """
    chapter = chapters.find(name)
    if not chapter.exercises.exists():
        raise AutorevError(f"chapter {chapter.name} has no exercises", "choose another one")
    module_name = f"autorev_exercises.{chapter.name}"
    if module_name not in sys.modules:
        spec = spec_from_file_location(module_name, chapter.exercises)
        module = sys.modules[module_name] = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[module_name]
            raise
    return sys.modules[module_name]


def load(name, for_marks=False):
    """Load the exercises of a chapter.

    Args:
        name: The chapter's name, such as ``"linear_regression"``, or its number, such as ``"01"``.
        for_marks: Whether the notebook is to be handed in: it shows one hint and no solution then. Whoever
            can read the package can still read its solutions.

    Returns:
        The :class:`Exercises`, in the order of the notebook.

    Raises:
        AutorevError: There is no such chapter, or it has no exercises.
    """
    chapter = chapters.find(name)
    module = contents(name)
    _greet(chapter)
    kinds = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and hasattr(value, "check_line")
    ]
    exercises = [kind(chapter.name, number, for_marks) for number, kind in enumerate(kinds, start=1)]
    return Exercises(chapter.name, exercises)


def _greet(chapter):
    """In a notebook, and only there, say if a new edition lies beside it, and make sure that it has ``np``.

    Nearly every answer needs ``np``, and the import cell may not have been run this time.
    """
    import numpy
    from IPython import get_ipython

    from autorev_lib.exercises import progress

    if not (shell := get_ipython()):
        return
    shell.user_ns.setdefault("np", numpy)
    beside = f"{chapters.NEW_EDITION}_{chapter.path.name}"
    if (progress.own_folder() / beside).exists():
        from IPython.display import display

        from autorev_lib.exercises.verdict import to_box

        text = f"`{beside}` is beside this one. `autorev lab --take {chapter.number}` puts your work into it."
        display(to_box("There is a new edition.", text), raw=True)


class NoExerciseError(AutorevError, KeyError):
    """A chapter has no exercise of that name."""


class Exercises(Mapping):
    """The exercises of one chapter, by name."""

    def __init__(self, chapter, exercises):
        self.chapter = chapter
        self._exercises = {exercise.name: exercise for exercise in exercises}

    def __getitem__(self, name):
        if name not in self._exercises:
            close = difflib.get_close_matches(str(name), self._exercises, n=1)
            cure = (
                f'did you mean exercise["{close[0]}"]?' if close else "put one of these between the brackets"
            )
            known = ", ".join(f'"{each}"' for each in self._exercises)
            received = name if isinstance(name, str | int) else getattr(name, "__name__", type(name).__name__)
            raise NoExerciseError(f"exercise: expected one of {known}, received {received!r}", cure)
        return self._exercises[name]

    def __iter__(self):
        return iter(self._exercises)

    def __len__(self):
        return len(self._exercises)

    def __repr__(self):
        lines = [f"{exercise.number}. {name}: {exercise.title}" for name, exercise in self.items()]
        return "\n".join([f"Exercises of {self.chapter}:", *lines])

    def progress(self):
        """Show in one line which of these exercises are solved."""
        from IPython.display import display

        from autorev_lib.exercises import progress, verdict

        try:
            kept = progress.read()
        except progress.ProgressError as error:
            display(verdict.to_box("No progress.", str(error)), raw=True)
            return
        marks = [
            f"{'✔' if kept.get((self.chapter, name), (0, False))[1] else '○'} {exercise.number}"
            for name, exercise in self.items()
        ]
        solved = sum(mark.startswith("✔") for mark in marks)
        headline = f"{solved} of {len(self)} solved:"
        display(
            verdict.to_box(headline, f"{'  '.join(marks)}\nAll notebooks: `autorev progress` in a terminal."),
            raw=True,
        )
