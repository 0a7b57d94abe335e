"""Of :mod:`benchmarks.time_to_accuracy`: what it makes of runs, and one tiny run. No time is asserted."""

import json

import keras
import numpy as np
import pytest

from autorev_lib import chapters, data
from autorev_lib.training import OneCycle
from benchmarks import recipes
from benchmarks import time_to_accuracy as benchmark


def made_up(accuracies, train=(3.0, 1.0, 1.0), read=(0.5, 0.25, 0.25)):
    rows = zip(accuracies, train, read, strict=False)
    epochs = [{"accuracy": a, "train_seconds": t, "read_seconds": r} for a, t, r in rows]
    return {"seed": 0, "others": 0.0, "parameters": 10, "multiplications": 1000, "epochs": epochs}


def test_compilation_is_what_the_first_epoch_and_reading_take_longer():
    assert benchmark.compilation(made_up((0.9, 0.9, 0.9))) == {"train_seconds": 2, "read_seconds": 0.25}
    assert benchmark.compilation(made_up((0.9,))) == {"train_seconds": 0, "read_seconds": 0}


def test_readings_are_on_the_clock_until_the_first_at_the_goal():
    assert benchmark.seconds_to(made_up((0.9, 0.99, 0.98)), 0.99) == (4.75, 2.5)
    assert benchmark.seconds_to(made_up((0.9, 0.98, 0.98)), 0.99) is None


def test_a_fixed_recipe_needs_the_mean_at_the_goal():
    runs = [made_up((0.9, 0.992, 0.993)), made_up((0.9, 0.987, 0.989))]
    assert benchmark.num_epochs_to(runs, 0.99) == 3
    assert benchmark.num_epochs_to(runs, 0.995) is None
    assert benchmark.num_epochs_to([made_up((0.9, 0.992, 0.98))], 0.99, at_end=True) is None
    row = benchmark.summary("ours", runs, 0.99, peak=1e9)
    assert (row["epochs"], row["has_goal"], row["reached"]) == (3, True, 1)
    assert row["seconds"] == {"median": 5, "min": 5, "max": 5}
    assert row["accuracy"]["mean"] == 0.991
    assert row["share_of_peak"] == round(6 * 1000 * 60_000 * 3 / 3 / 1e9, 3)


def test_on_fashion_the_other_recipe_gets_at_least_our_seconds():
    ours, theirs = made_up((0.5, 0.6), train=(2.0, 2.0)), made_up((0.1, 0.7, 0.9), train=(3.0, 2.0, 2.0))
    found = benchmark.on_fashion({"ours": [ours, ours], "keras.io": [theirs, theirs]})
    assert (found["ours"]["mean"], found["keras.io"]["mean"]) == (0.6, 0.7)
    assert found["difference"] == {"mean": pytest.approx(-0.1), "half_width": 0}


def test_seeds_that_were_run_are_kept(monkeypatch):
    asked = []
    monkeypatch.setattr(benchmark.harness, "matrix_peak", lambda: 1e9)
    monkeypatch.setattr(benchmark, "run_apart", lambda name, seed, *_: asked.append((name, seed)) or seed)
    kept = {"runs": {"strided": ["kept"]}}
    benchmark.measure(kept, 2, ["strided", "smoothed"], save=lambda: None)
    assert sorted(asked) == [("smoothed", 0), ("smoothed", 1), ("strided", 1)]
    assert kept["runs"] == {"strided": ["kept", 1], "smoothed": [0, 1]}


@pytest.mark.parametrize("name", ["ours", "ours, 99.5", "keras.io"])
def test_a_recipe_learns_and_tells_its_size(name):
    found = benchmark.run(name, 0, lambda: data.load_mnist(small=True), num_epochs=2)
    assert [epoch["accuracy"] > 0.1 for epoch in found["epochs"]][-1]
    assert found["multiplications"] > found["parameters"] > 10_000


def test_shifts_move_all_of_an_image():
    images = np.zeros((300, 5, 5), np.uint8)
    images[:, 2, 2] = 9
    moved = recipes._shifted(images, 1, np.random.default_rng(0))
    places = {tuple(int(i) for i in np.argwhere(image)[0]) for image in moved}
    assert places == {(i, j) for i in (1, 2, 3) for j in (1, 2, 3)} and (moved.sum(axis=(1, 2)) == 9).all()


def test_our_recipe_is_the_one_that_notebook_04_shows():
    cells = json.loads(chapters.find("04").path.read_text(encoding="utf-8"))["cells"]
    (source,) = ["".join(cell["source"]) for cell in cells if cell["id"] == "fast-recipe"]
    names = {"keras": keras}
    exec(source, names)
    shown = names["fast_network"]()
    names["compile_fast"](shown, OneCycle(0.015, num_steps=10))
    (x, y), _ = data.load_mnist(small=True)
    measured = recipes.KerasContestant(recipes.RECIPES["ours"], x, y, 0).model

    def settings(model):
        layers = [layer.get_config() | {"name": None} for layer in model.layers]
        optimizer = {**model.optimizer.get_config(), "name": None, "learning_rate": None}
        return layers, optimizer, model.loss.get_config(), model.steps_per_execution

    assert settings(shown) == settings(measured)
    assert measured.optimizer.get_config()["learning_rate"]["config"]["peak_learning_rate"] == 0.015
