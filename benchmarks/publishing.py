"""How often a gate lets a challenger in that is no better, and one that is: the gate of `autorev publish`.

    python -m benchmarks.publishing --json benchmarks/results/publishing.json

**Simulated.** Sessions differ, for some people write badly. An error of a model has one of two causes: what
is hard for every network, and what this network alone misreads. The rate of each is drawn for every session
from a beta distribution with the given mean and a correlation of 0.1 between two drawings of one session:
some hands suit one network, some the other. A session gives 1 to 30 labels, most often few. Three gates judge
the same worlds: ours, a sign-flip test of sessions; McNemar's test, which takes each drawing for a witness of
its own; and the test on corrections that the course once had, which sees the champion's errors only.

**With networks.** The small network of notebook 05, trained with two seeds and nothing else changed: the
second is no better. Champion against challenger as the files that would be served, on corrections, that is on
what the champion misread, on the whole test set, and on random samples of as many drawings as decide.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from autorev_lib import data, evaluation
from autorev_lib.serving import gate
from benchmarks import harness

CORRELATION = 0.1
HARD = 0.05  # error rate from what is hard for every network
CHAMPION = 0.10
BETTER = (0.08, 0.07, 0.06, 0.04)  # error rates of challengers
SAMPLES = (100, 200, 400, 600, 800, 1200)
MEAN_SESSION, MAX_SESSION = 10, 30
NULL_LIMIT, POWER = 0.05, 0.9
TESTED = 0.06  # the error rate for which the power is promised


def sessions(rng, count):
    """The session of each of ``count`` labelled drawings."""
    sizes = np.minimum(rng.geometric(1 / MEAN_SESSION, count), MAX_SESSION)
    return np.repeat(np.arange(count), sizes)[:count]


def rates(rng, mean, session):
    """The error rate of each drawing's session: beta distributed, with the correlation CORRELATION."""
    if mean == 0:
        return np.zeros(len(session))
    total = 1 / CORRELATION - 1
    return rng.beta(mean * total, (1 - mean) * total, session.max() + 1)[session]


def world(rng, error, count):
    """Labels (all 0) and what champion and challenger read (0 if right) of drawings in sessions."""
    session = sessions(rng, count)
    hard = rng.random(count) < rates(rng, HARD, session)
    read = []
    for mean in (CHAMPION, error):
        own = max(mean - HARD, 0) / (1 - HARD)  # beside what is hard, so that the sum is the error rate
        share = min(mean / HARD, 1)  # of what is hard for the other that is hard for a better one
        mistaken = rng.random(count) < rates(rng, own, session)
        read.append(((hard & (rng.random(count) < share)) | mistaken).astype(int))
    return session, np.zeros(count, int), *read


def published(rng, error, count):
    """Which of the gates publish a challenger in one world."""
    session, labels, first, second = world(rng, error, count)
    by_drawing = evaluation.mcnemar(labels, first, second)
    corrected = first != labels
    only_second = int(np.sum(second[corrected] == 0))  # on corrections the champion is wrong by choice
    return {
        "ours": evaluation.sign_flip(labels, first, second, session).p_better < gate.SIGNIFICANCE,
        "mcnemar": by_drawing.p_value < 2 * gate.SIGNIFICANCE
        and by_drawing.only_second > by_drawing.only_first,
        "corrections": 2 * 0.5**only_second < gate.SIGNIFICANCE,
    }


def shares(error, count, num_worlds, seed=0):
    """In which share of worlds each gate publishes."""
    rng = np.random.default_rng(seed)
    found = [published(rng, error, count) for _ in range(num_worlds)]
    return {name: float(np.mean([each[name] for each in found])) for name in found[0]}


def files(folder, seeds=(1, 2)):
    """The small network of notebook 05, trained with each seed and converted as it would be served."""
    from autorev_lib.devices import select_backend

    select_backend()
    import keras

    from autorev_lib import export
    from autorev_lib.litert import LiteRTModel
    from autorev_lib.training import OneCycle, set_seed

    (x, y), _ = data.load_mnist()
    found = []
    for seed in seeds:
        set_seed(seed)
        network = keras.Sequential(
            [
                keras.Input((28, 28)),
                keras.layers.Rescaling(1 / 255),
                keras.layers.Reshape((28, 28, 1)),
                keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
                keras.layers.Conv2D(32, 3, strides=2, activation="relu"),
                keras.layers.Flatten(),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        network.compile(keras.optimizers.Adam(OneCycle(0.01, 430)), "sparse_categorical_crossentropy")
        network.fit(x[:-5000].astype("float32"), y[:-5000], batch_size=128, verbose=0)
        path = Path(folder, f"{seed}.tflite")
        export.to_litert_int8(network, path, x[-5000:-4500].astype("float32"))
        found.append(LiteRTModel(path))
    return found


def with_networks(num_samples):
    """Two networks that differ by their seed: McNemar's test on corrections and on all; samples that publish.

    MNIST does not say who wrote what, so here each drawing is a session.
    """
    _, (images, labels) = data.load_mnist()
    labels = labels.astype(int)
    with tempfile.TemporaryDirectory() as folder:
        first, second = (model.predict(images).argmax(axis=1) for model in files(folder))
    chosen = {"corrections": np.flatnonzero(first != labels), "whole test set": np.arange(len(labels))}
    tests = {name: evaluation.mcnemar(labels[at], first[at], second[at]) for name, at in chosen.items()}
    rng, found = np.random.default_rng(0), []
    for _ in range(num_samples):
        at = rng.choice(len(labels), gate.SAMPLES, replace=False)
        test = evaluation.sign_flip(labels[at], first[at], second[at], at)
        found.append((test.only_first, test.only_second, test.p_better))
    found = np.array(found)
    return {
        "tests": {name: test._asdict() for name, test in tests.items()},
        "samples": {
            "count": num_samples,
            "median_only_first": float(np.median(found[:, 0])),
            "median_only_second": float(np.median(found[:, 1])),
            "published": float(np.mean(found[:, 2] < gate.SIGNIFICANCE)),
        },
    }


def measure(num_worlds):
    """All figures."""
    null = {count: shares(CHAMPION, count, num_worlds) for count in SAMPLES}
    power = {error: {n: shares(error, n, num_worlds)["ours"] for n in SAMPLES} for error in BETTER}
    return {
        "machine": harness.machine(),
        "versions": harness.versions("numpy", "scipy", "keras", "tensorflow", "ai-edge-litert"),
        "num_worlds": num_worlds,
        "correlation": CORRELATION,
        "champion_error": CHAMPION,
        "samples": gate.SAMPLES,
        "null_published": null,
        "better_published": power,
        "networks": with_networks(num_worlds),
        "targets": targets(null[gate.SAMPLES], power[TESTED][gate.SAMPLES]),
    }


def targets(null, power):
    better = f"{100 * (CHAMPION - TESTED):.0f} points better"
    rows = [
        (
            "a challenger that is no better is published",
            "at most 5 %",
            null["ours"],
            null["ours"] <= NULL_LIMIT,
        ),
        (f"a challenger that is {better} is published", "at least 90 %", power, power >= POWER),
    ]
    return harness.as_targets(rows)


def as_table(result):
    from rich.table import Table

    title = f"Published of {result['num_worlds']} challengers, champion {1 - CHAMPION:.0%} right"
    table = Table(title=title, caption=f"errors of a session correlate by {CORRELATION}")
    table.add_column("challenger, gate", no_wrap=True)
    for count in SAMPLES:
        table.add_column(str(count), justify="right")
    for name in ("corrections", "mcnemar", "ours"):
        found = [f"{each[name]:.1%}" for each in result["null_published"].values()]
        table.add_row(f"as good, {name}", *found)
    for error, found in result["better_published"].items():
        table.add_row(f"{1 - float(error):.0%} right, ours", *(f"{share:.0%}" for share in found.values()))
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    parser.add_argument("--worlds", type=int, default=1000, help="simulated challengers of each kind")
    arguments = parser.parse_args()
    result = measure(arguments.worlds)
    harness.finish(result, as_table(result), arguments.json)
    for name, test in result["networks"]["tests"].items():
        figures = f"b = {test['only_first']}, c = {test['only_second']}, p = {test['p_value']:.2g}"
        print(f"another seed, on {name} ({test['count']}): {figures}")
    samples = result["networks"]["samples"]
    medians = f"b = {samples['median_only_first']:.0f}, c = {samples['median_only_second']:.0f}"
    published = f"{samples['published']:.1%} of {samples['count']} publish it"
    print(f"another seed, on random samples of {result['samples']}, medians: {medians}; {published}")


if __name__ == "__main__":
    main()
