import re

import numpy as np
import pytest

from autorev_lib import devices, training

devices.select_backend()
import keras  # noqa: E402


def learning_rates(schedule, num_steps):
    return keras.ops.convert_to_numpy(schedule(np.arange(num_steps)))


def test_one_cycle_rises_to_the_peak_and_falls_to_almost_nothing():
    rates = learning_rates(training.OneCycle(0.01, num_steps=1001, warmup_fraction=0.25), 1001)
    assert rates[0] == pytest.approx(0.01 / 25, rel=1e-4)
    assert rates.argmax() == 250 and rates.max() == pytest.approx(0.01)
    assert rates[-1] == pytest.approx(0.01 / 10_000, rel=1e-2)
    assert np.all(np.diff(rates[:251]) > 0) and np.all(np.diff(rates[250:]) <= 0)


def test_one_cycle_stays_at_the_end_when_training_goes_on():
    schedule = training.OneCycle(0.01, num_steps=10)
    assert float(schedule(10)) == float(schedule(10_000)) == pytest.approx(1e-6, rel=1e-2)


def test_one_cycle_survives_saving_with_its_model(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(training.OneCycle(0.02, num_steps=7, warmup_fraction=0.5)), "mse")
    model.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    config = keras.optimizers.serialize(loaded.optimizer)["config"]["learning_rate"]["config"]
    assert config == {"peak_learning_rate": 0.02, "num_steps": 7, "warmup_fraction": 0.5}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"peak_learning_rate": 0, "num_steps": 10},
            "peak_learning_rate: expected a positive number, received 0",
        ),
        ({"peak_learning_rate": 1, "num_steps": 1}, "num_steps: expected at least 2 steps, received 1"),
        (
            {"peak_learning_rate": 1, "num_steps": 9, "warmup_fraction": 1},
            "warmup_fraction: expected .* received 1",
        ),
    ],
)
def test_one_cycle_names_a_bad_argument(arguments, message):
    with pytest.raises(ValueError, match=message):
        training.OneCycle(**arguments)


def test_the_same_seed_gives_the_same_weights():
    def train():
        training.set_seed(3)
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        x = np.random.normal(size=(32, 4))
        model.fit(x, x[:, :1], batch_size=8, epochs=2, verbose=0)
        return model.get_weights()

    for first, second in zip(train(), train(), strict=True):
        assert np.array_equal(first, second)


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "1"])
def test_a_bad_seed_is_named(seed):
    with pytest.raises(ValueError, match="seed: expected a whole number"):
        training.set_seed(seed)


def fit_with_progress(epochs=2, callback=None):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    x, y = np.linspace(-1, 1, 32)[:, None], np.repeat([0, 1], 16)
    callbacks = [callback or training.Progress()]
    model.fit(x, y, validation_data=(x, y), batch_size=4, epochs=epochs, callbacks=callbacks, verbose=0)


def test_progress_leaves_one_line_an_epoch_without_timings(capsys):
    fit_with_progress()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    metrics = r"accuracy \d+\.\d %  loss \d\.\d{3}"
    assert re.fullmatch(
        rf"epoch 1/2  {metrics}  validation {metrics.replace('  ', '  validation ')}", lines[0]
    )


def test_progress_is_live_for_a_person_and_leaves_no_bar(watched, monkeypatch, capsys):
    monkeypatch.setattr(training.Progress, "REFRESH_SECONDS", -1)
    fit_with_progress(epochs=2)
    assert watched[0].startswith("epoch 1/2  " + "█" * 4 + "░" * 26)
    assert re.match(r"epoch 1/2  █{15}░{15}  \d+ s left  accuracy", watched[3])
    first, bar = watched[8].splitlines()
    assert first.startswith("epoch 1/2  accuracy") and bar.startswith("epoch 2/2  █"), "the bar is below"
    assert re.fullmatch(r"(epoch \d/2  accuracy.*\n?){2}", watched[-1]), "the bar is gone, the lines stay"
    assert capsys.readouterr().out == ""


def test_progress_of_many_short_trainings_leaves_nothing(watched, monkeypatch, capsys):
    monkeypatch.setattr(training.Progress, "REFRESH_SECONDS", -1)
    fit_with_progress(1, training.Progress(keep_lines=False))
    assert watched[0].startswith("epoch 1/1  █")
    assert watched[-1] == capsys.readouterr().out == ""


def test_tensorboard_gets_a_log_where_the_backend_can_write_one(tmp_path, monkeypatch):
    callbacks = training.tensorboard(tmp_path)
    if keras.backend.backend() == "tensorflow":
        for callback in callbacks:
            fit_with_progress(1, callback)
        assert {log.parent.name for log in tmp_path.glob("*/*/events*")} == {"train", "validation"}
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    assert training.tensorboard(tmp_path) == []
