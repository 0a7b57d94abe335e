"""The ablation of notebook 07: its record, its code, and that it measures the network of the notebook."""

import numpy as np
import pytest

from autorev_lib import chapters
from autorev_lib.data import load_record
from autorev_lib.tools.notebook_file import read
from benchmarks import generalisation as benchmark

TINY = [
    {},
    {"mixup": 0.3},
    {"stop_by": "val_accuracy"},
    {"changes": [["flip", "horizontal"], ["shift", 2], ["turn", 5], ["scale", 0.1]], "dropout": 0.2},
]


@pytest.fixture(scope="module")
def record():
    return load_record("generalisation")


def test_seeds_that_choose_do_not_judge():
    assert not set(benchmark.CHOOSING) & set(benchmark.JUDGING)


@pytest.mark.parametrize("settings", TINY, ids=str)
def test_a_run_learns_something_with_every_kind_of_treatment(settings):
    found = benchmark.run(("fashion", 0, settings, 125, 30))
    assert found["test"] > 0.3  # 0.1 by guessing
    right = np.unpackbits(np.frombuffer(bytes.fromhex(found["test_right"]), np.uint8), count=2000)
    assert right.mean() == pytest.approx(found["test"])


def test_training_validation_and_test_images_of_a_seed_are_different_ones():
    train, validation, test = (x.reshape(len(x), -1) for x, _ in benchmark.load("fashion", 3))
    assert [len(part) for part in (train, validation, test)] == [1000, 2000, 2000]
    rows = {row.tobytes() for row in train}
    assert len(rows) == 1000
    assert not rows & {row.tobytes() for row in validation}


def test_few_images_are_repeated_so_that_every_run_has_as_many_steps():
    (x, targets), _, _ = benchmark.load("fashion", 0, num_images=125)
    assert len(x) == 1000
    assert (x[:125] == x[125:250]).all() and (targets[:125] == targets[125:250]).all()


def test_the_network_is_that_of_the_notebook():
    cells = {cell.id: cell.source for cell in read(chapters.find("generalisation").path).content.cells}
    names = {}
    exec("import keras\n" + cells["ablation-build"], names)
    theirs, ours = names["build_cnn"](), benchmark.build()
    kinds = [type(layer).__name__ for layer in ours.layers if type(layer).__name__ != "Dropout"]
    assert [type(layer).__name__ for layer in theirs.layers] == kinds
    assert theirs.count_params() == ours.count_params()


def test_the_record_has_every_run(record):
    assert list(record["runs"]) == list(benchmark.TREATMENTS)
    for name, strengths in benchmark.TREATMENTS.items():
        runs = record["runs"][name]
        assert len(runs["choosing"]) == len(strengths) * len(benchmark.CHOOSING)
        assert [run["seed"] for run in runs["judging"]] == list(benchmark.JUDGING)
    for part in ("longer", "sizes", "digits"):
        for runs in record[part].values():
            assert [run["seed"] for run in runs] == list(benchmark.JUDGING)


def test_the_strength_that_is_judged_is_the_best_of_those_that_were_tried(record):
    for runs in record["runs"].values():
        assert {str(run["settings"]) for run in runs["judging"]} == {str(benchmark.best(runs["choosing"]))}


def test_all_runs_are_at_the_rate_that_was_best_for_the_untreated_network(record):
    rate = benchmark.best(record["rates"])["rate"]
    assert {run["settings"]["rate"] for runs in record["runs"].values() for run in runs["judging"]} == {rate}


def test_intervals_for_all_treatments_at_once_are_wider_than_one():
    values = [0.1, 0.3, 0.2, 0.5]
    from benchmarks.harness import half_width

    assert benchmark.half_width(values) > half_width(values)
