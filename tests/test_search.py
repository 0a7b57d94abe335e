"""The trials that notebook 08 will search in: their record, and the code that made it."""

import numpy as np
import pytest

from autorev_lib.data import load_record
from benchmarks import search as benchmark


@pytest.fixture(scope="module")
def record():
    return load_record("search")


def test_the_record_has_every_run(record):
    assert [run["settings"] for run in record["trials"]] == [
        benchmark.drawn(number) for number in range(benchmark.NUM_TRIALS)
    ]
    assert [run["seed"] for run in record["seeds"]] == list(range(benchmark.NUM_SEEDS))
    assert len(record["rates"]) == len(benchmark.RATES) * len(benchmark.RATE_SEEDS)
    for name, nine in (("grids", benchmark.grid), ("random pairs", benchmark.random_pairs)):
        wanted = [settings for number in range(benchmark.NUM_GRIDS) for settings in nine(number)]
        assert [run["settings"] for run in record[name]] == wanted
    assert [split["seed"] for split in record["splits"]] == list(range(benchmark.NUM_SPLITS))


def test_what_judges_comes_after_what_is_learned():
    (x, y), (x_judging, y_judging), weeks = benchmark.past_and_future()
    assert len(x) == len(y) and len(x_judging) == len(y_judging) == len(weeks)
    assert x.shape[1] == x_judging.shape[1]
    assert (np.diff(weeks) >= 0).all()
    assert x_judging[:, -1].min() == 1  # the year: 2012 only


def test_a_grid_has_three_values_of_each_and_random_pairs_nine():
    for number in range(benchmark.NUM_GRIDS):
        for nine, num_values in ((benchmark.grid, 3), (benchmark.random_pairs, 9)):
            for name, low, high in (("rate", 1e-5, 1e-1), ("dropout", 0, 0.6)):
                values = {settings[name] for settings in nine(number)}
                assert len(values) == num_values
                assert low <= min(values) and max(values) <= high


def test_a_run_learns():
    found = benchmark.run((benchmark.USUAL, 0))
    assert len(found["curve"]) == benchmark.NUM_EPOCHS
    assert np.mean(found["by_week"]) < 0.5  # about 2 without learning
