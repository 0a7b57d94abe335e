"""Do the claims of a notebook hold with other seeds, and do they fail where there is nothing to find?

A notebook is run again and again with one thing changed from outside, so that nothing of it stands in the
notebook or the library: its seeds, or its world. A finding that holds in a world without anything to find
holds by itself, whatever its text says.
"""

import ast
import math
from typing import NamedTuple

from autorev_lib import chapters, errors
from autorev_lib.tools import executor
from autorev_lib.tools.products import prepare

SEED_STEP = 1000
ALLOWED_FAILURES = 0.1
"""In which share of the seeds a finding may fail."""

_GO_ON = """
from autorev_lib.claims import Claims as _Claims

_Claims._fail = lambda self, message: None
"""
_SHUFFLED = """
import numpy as _np
from autorev_lib import data as _data

_rng, _penguins = _np.random.default_rng(0), _data.load_penguins


def _shuffled(load):
    def load_shuffled(*arguments, **options):
        return [(x, _rng.permutation(y)) for x, y in load(*arguments, **options)]

    return load_shuffled


def _shuffled_penguins():
    birds = _penguins()
    return birds.assign(body_mass_g=_rng.permutation(birds["body_mass_g"]))


_data.load_mnist, _data.load_fashion = _shuffled(_data.load_mnist), _shuffled(_data.load_fashion)
_data.load_penguins = _shuffled_penguins
"""
_NOISE = """
import numpy as _np
from autorev_lib import data as _data

_rng, _penguins = _np.random.default_rng(0), _data.load_penguins


def _noisy(load):
    def load_noise(*arguments, **options):
        return [
            (_rng.integers(0, 256, x.shape, dtype=x.dtype), y) for x, y in load(*arguments, **options)
        ]

    return load_noise


def _noisy_penguins():
    birds = _penguins()
    for name in birds.select_dtypes("number").columns.drop("year"):
        column = birds[name]
        noise = _rng.uniform(column.min(), column.max(), len(birds))
        birds[name] = _np.where(column.isna(), _np.nan, noise)
    return birds.assign(species=_rng.permutation(birds["species"]))


_data.load_mnist, _data.load_fashion = _noisy(_data.load_mnist), _noisy(_data.load_fashion)
_data.load_penguins = _noisy_penguins
"""
_NO_TRAINING = """
import sys as _sys

if "keras" in _sys.modules and not hasattr(_sys.modules["keras"].optimizers.Optimizer, "_as_it_was"):
    _kind = _sys.modules["keras"].optimizers.Optimizer
    _kind._as_it_was = _kind.__init__

    def _without_rate(self, learning_rate, *arguments, **options):
        self._as_it_was(0.0, *arguments, **options)

    _kind.__init__ = _without_rate
if "autorev_lib.backprop" in _sys.modules:
    _sys.modules["autorev_lib.backprop"].Network.step = lambda self, learning_rate: None
if "autorev_lib.optimisers" in _sys.modules:
    for _rule in vars(_sys.modules["autorev_lib.optimisers"]).values():
        if hasattr(_rule, "step"):
            _rule.step = lambda self, gradient: 0 * gradient
"""


class Result(NamedTuple):
    """One claim in one trial."""

    kind: str
    holds: bool
    measured: list[float]


class Seeded(NamedTuple):
    """One claim under several seeds."""

    text: str
    kind: str
    held: int
    """With how many seeds it held; with the others it failed, or its rival passed, or it was not reached."""
    seeds: int
    spread: float
    """The largest distance of a measured number from the mean over the seeds, relative to that mean."""

    @property
    def fails(self):
        """Whether it fails with more seeds than it may."""
        return self.seeds - self.held > ALLOWED_FAILURES * self.seeds


class Sabotaged(NamedTuple):
    """One finding in all broken worlds."""

    text: str
    survived: dict[str, bool]
    """By world, whether it held there."""

    @property
    def is_free(self):
        """Whether it holds in every world, and so shows nothing."""
        return all(self.survived.values())


def with_seeds(chapter, num_seeds, on_cell):
    """Run a notebook with other seeds.

    Args:
        chapter: The :class:`~autorev_lib.chapters.Chapter`.
        num_seeds: How many.
        on_cell: Called as ``on_cell(name of the run, cells done, cells in all)``.

    Returns:
        A list of :class:`Seeded`, in the order in which the claims are made.

    Raises:
        AutorevError: The notebook makes no claims.
    """
    trials = []
    for number in range(1, num_seeds + 1):
        name = f"{chapter.path.stem}, seed {number} of {num_seeds}"
        trials.append(_run(chapter, _GO_ON, "", _OtherSeeds(number * SEED_STEP), name, on_cell))
    found = []
    for text, kind in _all_claims(chapter, trials).items():
        results = [trial[text] for trial in trials if text in trial]
        held = sum(result.holds for result in results)
        found.append(Seeded(text, kind, held, num_seeds, _spread([r.measured for r in results])))
    return found


def sabotaged(chapter, on_cell):
    """Run a notebook in worlds where there is nothing to find; see :func:`with_seeds`.

    Returns:
        A list of :class:`Sabotaged`, one for each finding. One that was not reached has not survived.
    """
    worlds = {
        "labels shuffled": (_SHUFFLED, "", None),
        "no training": ("", _NO_TRAINING, _NoRates()),
        "noise for data": (_NOISE, "", None),
    }
    trials = {
        world: _run(chapter, _GO_ON + before, between, change, f"{chapter.path.stem}, {world}", on_cell)
        for world, (before, between, change) in worlds.items()
    }
    claims = _all_claims(chapter, trials.values())
    return [
        Sabotaged(text, {world: text in trial and trial[text].holds for world, trial in trials.items()})
        for text, kind in claims.items()
        if kind == "finding"
    ]


def figures(seeded, broken):
    """What was found, as a dictionary for a file of JSON."""
    return {
        "seeds": {name: [claim._asdict() for claim in claims] for name, claims in seeded.items()},
        "sabotage": {name: [claim._asdict() for claim in claims] for name, claims in broken.items()},
    }


def claims_of(notebook):
    """Map the text of each claim in a notebook's outputs to its :class:`Result`: did it hold each time?"""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            claim = output.get("metadata", {}).get("autorev", {})
            if output.output_type == "display_data" and "claim" in claim:
                before = found.get(claim["claim"], Result("", True, []))
                holds = bool(claim["holds"]) and before.holds
                kind = claim.get("kind", "")
                found[claim["claim"]] = Result(kind, holds, claim.get("measured", []))
    return found


def _run(chapter, before, between, change, name, on_cell):
    """Run a notebook to its end, whatever fails in it.

    Args:
        before: Code that runs before the first cell.
        between: Code that runs after each cell.
        change: A transformer for the syntax tree of each cell, or None.
    """
    import nbformat

    notebook = executor.parse(chapter.path, chapters.read_file(chapter.path.name))
    cells = [nbformat.v4.new_code_cell(before)]
    for cell in notebook.cells:
        if cell.cell_type == "code" and "exercise" not in cell.metadata.get("tags", []):
            cell.source = _changed(cell.source, change)
            cells += [cell, *([nbformat.v4.new_code_cell(between)] if between else [])]
    notebook.cells = cells
    numbered = executor.clear(notebook)
    with executor.temporary_folder() as folder:
        prepare(chapter, folder)
        error, _ = executor.execute(
            notebook, numbered, folder, lambda done: on_cell(name, done, len(numbered)), go_on=True
        )
    if error:
        raise errors.AutorevError(f"{name}: {error}", "autorev doctor")
    return claims_of(notebook)


def _changed(source, change):
    if change is None:
        return source
    try:
        return ast.unparse(ast.fix_missing_locations(change.visit(ast.parse(source))))
    except SyntaxError:  # a line for Jupyter, such as %pip
        return source


class _OtherSeeds(ast.NodeTransformer):
    """Adds to every seed: ``set_seed(2)``, ``default_rng(seed=3)``, ``split(x, seed=1)``."""

    def __init__(self, offset):
        self._offset = offset

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("set_seed", "default_rng") and node.args:
            node.args[0] = self._shifted(node.args[0])
        for keyword in node.keywords:
            if keyword.arg in ("seed", "random_state"):
                keyword.value = self._shifted(keyword.value)
        return node

    def _shifted(self, node):
        return ast.BinOp(node, ast.Add(), ast.Constant(self._offset))


class _NoRates(ast.NodeTransformer):
    """Sets every learning rate to 0, where it is passed by name or as the default of a parameter."""

    def visit_Call(self, node):
        self.generic_visit(node)
        for keyword in node.keywords:
            if keyword.arg == "learning_rate":
                keyword.value = ast.Constant(0.0)
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        if "learning_rate" in [argument.arg for argument in node.args.args]:
            still = ast.parse("learning_rate = 0.0").body
            node.body = still + node.body
        return node


def _all_claims(chapter, trials):
    """Text and kind of all claims, those that the stored notebook has first."""
    stored = claims_of(executor.parse(chapter.path, chapters.read_file(chapter.path.name)))
    found = {text: result.kind for trial in [stored, *trials] for text, result in trial.items()}
    if not found:
        raise errors.AutorevError(f"{chapter.path.stem} makes no claims", "choose another notebook")
    return found


def _spread(trials):
    """The largest relative distance from the mean, over the numbers that all trials measured."""
    largest = 0.0
    for values in zip(*trials, strict=False):
        mean = sum(values) / len(values)
        distance = max(abs(value - mean) for value in values)
        if distance and math.isfinite(distance):
            largest = max(largest, distance / abs(mean) if mean else math.inf)
    return largest
