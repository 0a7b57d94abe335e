"""The trials of notebook 08: some hundred trainings with settings drawn at random, and their errors by week.

    python -m benchmarks.search --json benchmarks/results/search.json

A network with two hidden layers estimates the logarithm of the bikes hired in an hour. It learns from the
first 75 % of the hours (2011 to June 2012); the rest is cut into weeks. Each trial has a learning rate, a
width, a dropout rate and a weight decay, drawn at random; AdamW takes twelve epochs, with a rate that falls
to 0 along half a cosine. Also recorded: one setting with many seeds, a row of learning rates with some seeds
each, and grids of three learning rates and three dropout rates beside as many random pairs. Every trial has
the mean squared error of each of the weeks, and that of all of them after each epoch. And the network is
judged by hours and by weeks that are put aside at random, with several draws. No time is measured.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks import harness

NUM_TRIALS, NUM_SEEDS, NUM_GRIDS, NUM_SPLITS = 300, 60, 12, 12
NUM_EPOCHS, BATCH_SIZE = 12, 256
USUAL = {"rate": 0.003, "width": 64, "dropout": 0.0, "decay": 0.01}
RATES = [round(10 ** (exponent / 4), 7) for exponent in range(-20, 1)]  # from 1e-5 to 1
RATE_SEEDS = range(5)


def drawn(number):
    """The settings of a trial, drawn at random: most of them on a logarithmic scale."""
    rng = np.random.default_rng(8000 + number)
    return {
        "rate": float(10 ** rng.uniform(-5, -1)),
        "width": round(2 ** rng.uniform(2, 8)),
        "dropout": float(rng.uniform(0, 0.6)),
        "decay": float(10 ** rng.uniform(-4, 0)),
    }


def grid(number):
    """Nine settings: three learning rates by three dropout rates, evenly spaced from a random start."""
    rng = np.random.default_rng(9000 + number)
    first, second = rng.uniform(0, 1, 2)
    return [
        USUAL | {"rate": float(10 ** (-5 + 4 * (a + first) / 3)), "dropout": 0.2 * (b + float(second))}
        for a in range(3)
        for b in range(3)
    ]


def random_pairs(number):
    """Nine settings with learning rates and dropout rates drawn at random from the same ranges."""
    rng = np.random.default_rng(9500 + number)
    return [
        USUAL | {"rate": float(10 ** rng.uniform(-5, -1)), "dropout": float(rng.uniform(0, 0.6))}
        for _ in range(9)
    ]


def load():
    """Inputs, targets, and hours since the beginning, for all hours in the order of time."""
    import pandas as pd

    from autorev_lib import data

    hours = data.load_bike_hours()
    since = (pd.to_datetime(hours["date"]) - pd.Timestamp("2011-01-01")).dt.days * 24 + hours["hour"]
    targets = np.log1p(hours["count"].to_numpy()).astype("float32")
    return inputs_of(hours).astype("float32"), targets, since.to_numpy()


def past_and_future():
    """What is learned, what judges, and the week of the latter: complete weeks after the first 75 %."""
    inputs, targets, since = load()
    learned = since < np.quantile(since, 0.75)
    weeks = (since // 168)[~learned]
    complete = np.isin(weeks, [week for week in np.unique(weeks) if np.sum(weeks == week) > 160])
    judging = inputs[~learned][complete], targets[~learned][complete]
    return (inputs[learned], targets[learned]), judging, weeks[complete]


def inputs_of(hours):
    """Numbers from 0 to about 1: what hour, month and weather it is, and the year."""
    import pandas as pd

    columns = [
        pd.get_dummies(hours["hour"] + 24 * hours["workingday"]),
        pd.get_dummies(hours["month"]),
        pd.get_dummies(hours["weather"].clip(upper=3)),
        hours[["temp", "humidity", "windspeed", "holiday"]],
        hours["year"] - 2011,
    ]
    return np.column_stack([np.asarray(column, float) for column in columns])


def build(width, dropout=0.0, num_inputs=69):
    """The network of the notebook."""
    import keras
    from keras import layers

    hidden = [layers.Dense(width, activation="relu"), layers.Dropout(dropout)]
    again = [layers.Dense(width, activation="relu"), layers.Dropout(dropout)]
    return keras.Sequential([keras.Input((num_inputs,)), *hidden, *again, layers.Dense(1)])


def compiled(settings, seed, x):
    """The network with its first weights, ready to learn from x."""
    import keras

    keras.utils.clear_session()  # or the networks of all runs before stay in memory
    keras.utils.set_random_seed(seed)
    model = build(settings["width"], settings["dropout"], x.shape[1])
    num_steps = NUM_EPOCHS * -(-len(x) // BATCH_SIZE)
    rate = keras.optimizers.schedules.CosineDecay(settings["rate"], num_steps)
    model.compile(keras.optimizers.AdamW(rate, weight_decay=settings["decay"]), "mse", steps_per_execution=17)
    return model


def judge_by(seed):
    """The mean squared errors by three quarters that are put aside.

    Also the errors in those random weeks that lie in the last quarter, for the network that learned all other
    weeks and for the one that learned the past only.
    """
    inputs, targets, since = load()
    rng, weeks = np.random.default_rng(seed), since // 168
    some_weeks = rng.permutation(weeks.max() + 1)[: (weeks.max() + 1) // 4]
    aside = {
        "random hours": rng.random(len(since)) < 0.25,
        "random weeks": np.isin(weeks, some_weeks),
        "last quarter": since >= np.quantile(since, 0.75),
    }
    late_weeks = aside["random weeks"] & aside["last quarter"]
    found = {"seed": seed}
    for name, judges in aside.items():
        x, y = inputs[~judges], targets[~judges]
        model = compiled(USUAL, seed, x)
        model.fit(x, y - y.mean(), batch_size=BATCH_SIZE, epochs=NUM_EPOCHS, verbose=0)
        said = model.predict(inputs, batch_size=len(inputs), verbose=0)[:, 0] + y.mean()
        squares = (said - targets) ** 2
        found[name] = round(float(squares[judges].mean()), 5)
        if name != "random hours":
            found[f"late weeks, {name} unknown"] = round(float(squares[late_weeks].mean()), 5)
    return found


def run(job):
    """Train one network; its settings, its error in each week, and that of all weeks after each epoch."""
    settings, seed = job
    (x, y), (x_judging, y_judging), weeks = past_and_future()
    model = compiled(settings, seed, x)
    mean = y.mean()
    history = model.fit(
        x,
        y - mean,
        batch_size=BATCH_SIZE,
        epochs=NUM_EPOCHS,
        validation_data=(x_judging, y_judging - mean),
        validation_batch_size=len(x_judging),
        verbose=0,
    )
    squares = (model.predict(x_judging, batch_size=len(x_judging), verbose=0)[:, 0] + mean - y_judging) ** 2
    by_week = [float(f"{np.mean(squares[weeks == week]):.4g}") for week in np.unique(weeks)]
    curve = [float(f"{error:.4g}") for error in history.history["val_loss"]]
    return {"settings": settings, "seed": seed, "by_week": by_week, "curve": curve}


def measure():
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=50) as pool:

        def all_of(jobs):
            return list(pool.map(run, jobs))

        return {
            "machine": harness.machine(),
            "versions": harness.versions("tensorflow", "keras", "numpy"),
            "trials": all_of([(drawn(number), number) for number in range(NUM_TRIALS)]),
            "seeds": all_of([(USUAL, seed) for seed in range(NUM_SEEDS)]),
            "rates": all_of([(USUAL | {"rate": rate}, seed) for rate in RATES for seed in RATE_SEEDS]),
            "grids": all_of([(one, number) for number in range(NUM_GRIDS) for one in grid(number)]),
            "random pairs": all_of(
                [(one, number) for number in range(NUM_GRIDS) for one in random_pairs(number)]
            ),
            "splits": list(pool.map(judge_by, range(NUM_SPLITS))),
            "targets": [],
        }


def errors(runs):
    """The mean error of each run over all weeks."""
    return np.array([np.mean(one["by_week"]) for one in runs])


def as_table(result):
    from rich.table import Table

    table = Table(title="Mean squared error of the logarithm, all weeks")
    for heading in ("runs", "number", "best", "median", "worst"):
        table.add_column(heading, justify="left" if heading == "runs" else "right")
    for name in ("trials", "seeds", "rates", "grids", "random pairs"):
        found = errors(result[name])
        figures = (found.min(), np.median(found), found.max())
        table.add_row(name, str(len(found)), *(f"{figure:.3f}" for figure in figures))
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    arguments = parser.parse_args()
    result = measure()
    harness.finish(result, as_table(result), arguments.json)


if __name__ == "__main__":
    main()
