"""Exercises that say which mistake was made; one module per notebook holds everything about its exercises.

In a notebook:

>>> exercise = load("01")
>>> exercise["mean_absolute_error"].check(mean_absolute_error)  # doctest: +SKIP
"""

import ast
import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path

_MODULES = "notebook_"


def notebooks():
    """List the numbers of the notebooks that have exercises here, such as ``["01", "02"]``."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.removeprefix(_MODULES) for name in names if name.startswith(_MODULES))


def names(notebook):
    """List the names of a notebook's exercises, in its order, without importing what their checks need.

    Args:
        notebook: Its number as a string, such as ``"01"``.
    """
    from autorev_lib.exercises.kinds import to_name

    tree = ast.parse((Path(__file__).parent / f"{_MODULES}{notebook}.py").read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return [to_name(c.name) for c in classes if any(ast.unparse(b).endswith("Exercise") for b in c.bases)]


def load(notebook):
    """Load the exercises of a notebook.

    Args:
        notebook: Its number as a string, such as ``"01"``.

    Returns:
        The :class:`Exercises`, in the order of the notebook.

    Raises:
        ValueError: There are none for that notebook.
    """
    if notebook not in notebooks():
        raise ValueError(f"notebook: expected one of {', '.join(notebooks())}, received {notebook!r}")
    module = importlib.import_module(f"{__name__}.{_MODULES}{notebook}")
    kinds = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and hasattr(value, "check_line")
    ]
    return Exercises(notebook, [kind(notebook, number) for number, kind in enumerate(kinds, start=1)])


class Exercises(Mapping):
    """The exercises of one notebook, by name."""

    def __init__(self, notebook, exercises):
        self.notebook = notebook
        self._exercises = {exercise.name: exercise for exercise in exercises}

    def __getitem__(self, name):
        if name not in self._exercises:
            raise KeyError(f"exercise: expected one of {', '.join(self._exercises)}, received {name!r}")
        return self._exercises[name]

    def __iter__(self):
        return iter(self._exercises)

    def __len__(self):
        return len(self._exercises)

    def __repr__(self):
        lines = [f"{exercise.number}. {name}: {exercise.title}" for name, exercise in self.items()]
        return "\n".join([f"Exercises of notebook {self.notebook}:", *lines])

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
            f"{'✔' if kept.get((self.notebook, name), (0, False))[1] else '○'} {exercise.number}"
            for name, exercise in self.items()
        ]
        solved = sum(mark.startswith("✔") for mark in marks)
        headline = f"{solved} of {len(self)} solved:"
        display(
            verdict.to_box(headline, f"{'  '.join(marks)}\nAll notebooks: `autorev progress` in a terminal."),
            raw=True,
        )
