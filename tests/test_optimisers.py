"""The rules of the library, beside those that notebook 06 builds, and the race of the benchmark."""

from dataclasses import dataclass

import numpy as np
import pytest

from autorev_lib import chapters, optimisers
from autorev_lib.data import load_record
from autorev_lib.tools.notebook_file import read
from benchmarks import optimisers as benchmark

BUILT_IN = ("walk", "momentum", "nesterov", "adagrad", "adam", "orthogonalise", "muon")
RULES = ["Descent", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam", "Muon"]


@pytest.fixture(scope="module")
def built():
    """The rules as the notebook builds them."""
    namespace = {"np": np, "dataclass": dataclass}
    cells = {cell.id: cell.source for cell in read(chapters.find("optimisers").path).content.cells}
    for name in BUILT_IN:
        exec(cells[name], namespace)
    return namespace


@pytest.mark.parametrize("name", RULES)
def test_the_library_has_what_the_notebook_builds(built, name):
    rng = np.random.default_rng(0)
    theirs, ours = (where[name](0.1) for where in (built, vars(optimisers)))
    for _ in range(20):
        gradient = rng.normal(size=(3, 2))
        np.testing.assert_allclose(ours.step(gradient), theirs.step(gradient), rtol=1e-12)


@pytest.mark.parametrize("name", RULES)
def test_a_step_keeps_shape_and_dtype_and_leaves_the_gradient(name):
    rule, gradient = getattr(optimisers, name)(0.1), np.full((2, 3), 0.5, "float32")
    for _ in range(3):
        change = rule.step(gradient)
        assert (change.shape, change.dtype) == ((2, 3), np.float32)
    assert np.all(gradient == 0.5)


def test_schedules_begin_and_end_where_they_should():
    assert benchmark.cosine(0) == 1 and benchmark.cosine(1) == pytest.approx(0)
    assert benchmark.warm_up(0) == 0 and benchmark.warm_up(0.1) == pytest.approx(1)
    assert benchmark.warm_up(1) == pytest.approx(0)
    assert benchmark.constant(0.5) == 1


def test_a_run_learns_and_one_that_explodes_is_told():
    data = benchmark.load_data()
    choosing, judging = benchmark.train("momentum", 0.1, "constant", 0, data, num_steps=20)
    assert max(choosing, judging) < 1.5  # from 2.3
    assert benchmark.train("descent", 1e30, "constant", 0, data, num_steps=20) == [benchmark.EXPLODED] * 2


def test_seeds_that_choose_do_not_judge():
    assert not set(benchmark.CHOOSING) & set(benchmark.JUDGING)


def test_the_best_rate_is_chosen_without_the_seeds_that_judge():
    runs = {"Adam": {"constant": {"0.1": {"choosing": [2.0], "judging": [0.0]},
                                  "0.2": {"choosing": [1.0], "judging": [9.0]}}}}  # fmt: skip
    assert benchmark.chosen(runs, "Adam", "constant") == "0.2"


def test_the_record_has_every_run():
    record = load_record("optimisers")
    for name, default in record["defaults"].items():
        for shape in benchmark.SHAPES:
            rates = record["runs"][name][shape]
            assert {float(rate) for rate in rates} == {*benchmark.RATES[name], default}
            for losses in rates.values():
                assert len(losses["choosing"]) == len(benchmark.CHOOSING)
                assert len(losses["judging"]) == len(benchmark.JUDGING)
