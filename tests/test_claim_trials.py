"""Claims under other seeds and in broken worlds: what holds, what fails, and what nobody can make fail."""

import json
import sys

import nbformat
import numpy as np
import pytest

from autorev_lib import backprop, chapters, optimisers
from autorev_lib.errors import AutorevError
from autorev_lib.tools import claim_trials
from autorev_lib.tools.claim_trials import Sabotaged, Seeded, _changed, _NoRates, _OtherSeeds, _spread

SETUP = """
from autorev_lib import data
from autorev_lib.claims import Claims
import numpy as np

claims = Claims()
rng = np.random.default_rng(seed=5)
birds = data.load_penguins().dropna()
mass, flipper = birds["body_mass_g"].to_numpy(), birds["flipper_length_mm"].to_numpy()
"""
TRUE = """
claims.finding("Mass rises with the flipper.", lambda r: r > 0.5, measured=np.corrcoef(mass, flipper)[0, 1],
               rival="other birds", rival_measured=np.corrcoef(mass, rng.permutation(flipper))[0, 1])
"""
FREE = (
    'claims.finding("Masses are positive.", lambda m: m > 0, mass.min(), rival="minus", rival_measured=-1.0)'
)
LUCKY = """
draw = rng.random()
claims.finding("The draw is this one.", lambda d: abs(d - 0.805) < 1e-3, draw, rival="two", rival_measured=2)
"""
IDENTITY = 'claims.identity("One is one.", True)'
BROKEN = "raise ValueError"
TRAINED = """
def descend(learning_rate):
    return 1 - learning_rate

claims.finding("It learns.", lambda x: x < 1, descend(learning_rate=0.1), rival="no", rival_measured=1.0)
"""


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """A made-up chapter with two true findings, one that is free, one that holds by luck, and an identity."""
    cells = [SETUP, TRUE, FREE, LUCKY, BROKEN, IDENTITY, TRAINED]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, tmp_path / "01_made_up.ipynb")
    monkeypatch.setattr(chapters, "folder", lambda: tmp_path)
    return chapters.find("01")


def test_which_claims_hold_with_other_seeds(chapter):
    calls = []
    found = claim_trials.with_seeds(chapter, 2, lambda *call: calls.append(call))
    held = {claim.text: (claim.kind, claim.held, claim.fails) for claim in found}
    assert held == {
        "Mass rises with the flipper.": ("finding", 2, False),
        "Masses are positive.": ("finding", 2, False),
        "The draw is this one.": ("finding", 0, True),
        "One is one.": ("identity", 2, False),
        "It learns.": ("finding", 2, False),
    }
    spread = {claim.text: claim.spread for claim in found}
    assert spread["Mass rises with the flipper."] == 0 < spread["The draw is this one."]
    assert calls[0] == ("01_made_up, seed 1 of 2", 0, 8) and calls[-1] == ("01_made_up, seed 2 of 2", 8, 8)


def test_which_findings_survive_broken_worlds(chapter):
    found = {claim.text: claim for claim in claim_trials.sabotaged(chapter, lambda *call: None)}
    assert "One is one." not in found, "an identity holds in every world"
    assert found["Mass rises with the flipper."].survived == {
        "labels shuffled": False,
        "no training": True,
        "noise for data": False,
    }
    assert found["Masses are positive."].is_free
    assert found["It learns."].survived["no training"] is False


def test_seeds_are_shifted_wherever_they_stand():
    change = _OtherSeeds(1000)
    assert _changed("set_seed(2)", change) == "set_seed(2 + 1000)"
    assert _changed("np.random.default_rng(seed=s)", change) == "np.random.default_rng(seed=s + 1000)"
    assert _changed("Dropout(0.5, seed=1)", change) == "Dropout(0.5, seed=1 + 1000)"
    assert _changed("default_rng()", change) == "default_rng()"
    assert _changed("%pip install x\nset_seed(2)", change) == "%pip install x\nset_seed(2)"


def test_rates_become_zero_wherever_they_stand():
    assert _changed("SGD(learning_rate=0.1)", _NoRates()) == "SGD(learning_rate=0.0)"
    source = "def descend(x, learning_rate=0.1):\n    return learning_rate"
    assert _changed(source, _NoRates()).splitlines()[1] == "    learning_rate = 0.0"


def test_nothing_learns_once_training_is_off(monkeypatch):
    keras = pytest.importorskip("keras")
    monkeypatch.setattr(backprop.Network, "step", backprop.Network.step)  # so that it is put back
    rules = [rule for rule in vars(optimisers).values() if hasattr(rule, "step")]
    for rule in rules:
        monkeypatch.setattr(rule, "step", rule.step)
    before = keras.optimizers.Optimizer.__init__
    try:
        exec(claim_trials._NO_TRAINING, {})
        assert float(keras.optimizers.Adam(0.1).learning_rate) == 0
        assert float(keras.optimizers.SGD(learning_rate=0.1, momentum=0.9).learning_rate) == 0
        layer = backprop.Dense(2, 2, np.random.default_rng(0))
        weights = layer.weights.copy()
        x = np.ones((4, 2), "float32")
        recipe = {"num_epochs": 1, "batch_size": 2, "learning_rate": 1.0, "rng": np.random.default_rng(0)}
        backprop.Network([layer]).fit(x, np.array([0, 1, 0, 0]), **recipe)
        np.testing.assert_array_equal(layer.weights, weights)
        assert len(rules) >= 7
        assert all((rule(0.1).step(np.ones(3)) == 0).all() for rule in rules)
    finally:
        keras.optimizers.Optimizer.__init__ = before
        if hasattr(keras.optimizers.Optimizer, "_as_it_was"):
            del keras.optimizers.Optimizer._as_it_was


def test_the_spread_is_relative_to_the_mean():
    assert _spread([[1.0, 10.0], [3.0, 10.0]]) == 0.5
    assert _spread([[float("nan")], [1.0]]) == 0


@pytest.mark.parametrize(
    ("seeded", "sabotage", "code"),
    [
        (Seeded("A.", "finding", 9, 10, 0.1), Sabotaged("A.", {"x": True, "y": False}), 0),
        (Seeded("A.", "finding", 8, 10, 0.1), Sabotaged("A.", {"x": True, "y": False}), 1),
        (Seeded("A.", "finding", 10, 10, 0.1), Sabotaged("A.", {"x": True, "y": True}), 1),
    ],
)
def test_the_command_ends_with_one_if_a_claim_is_weak(autorev, tmp_path, monkeypatch, seeded, sabotage, code):
    monkeypatch.setattr(claim_trials, "with_seeds", lambda chapter, seeds, on_cell: [seeded])
    monkeypatch.setattr(claim_trials, "sabotaged", lambda chapter, on_cell: [sabotage])
    received, out, _ = autorev("claims", "01", "--seeds", "10", "--sabotage", "--json", "c.json")
    assert received == code
    assert f"{seeded.held} of 10" in out and "holds" in out
    written = json.loads((tmp_path / "c.json").read_text())
    assert written["seeds"]["linear_regression"][0]["held"] == seeded.held
    assert written["python"] == ".".join(map(str, sys.version_info[:3]))


def test_the_command_wants_something_to_try(autorev):
    code, _, err = autorev("claims", "01")
    assert code == 2 and "--seeds 10" in err


def test_what_was_tried_before_a_trial_breaks_off_is_kept(autorev, tmp_path, monkeypatch):
    def broken_off(*_):
        raise AutorevError("01, noise for data: a cell timed out", "run it again")

    seeded = [Seeded("Two is two.", "identity", held=3, seeds=3, spread=0.0)]
    monkeypatch.setattr(claim_trials, "with_seeds", lambda *_: seeded)
    monkeypatch.setattr(claim_trials, "sabotaged", broken_off)
    monkeypatch.chdir(tmp_path)
    code, out, err = autorev("claims", "01", "--seeds", "3", "--sabotage", "--json", "c.json")
    assert (code, "noise for data: a cell timed out" in err, "Two is two." in out) == (2, True, True)
    assert json.loads((tmp_path / "c.json").read_text())["seeds"]["linear_regression"][0]["held"] == 3
