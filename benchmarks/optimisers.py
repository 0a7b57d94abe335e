"""The race of notebook 06 with every learning rate and more seeds: the loss after 300 steps.

    python -m benchmarks.optimisers --json benchmarks/results/optimisers.json

784-64-10, ReLU, softmax cross-entropy, batches of 128 of MNIST's first 55,000 training images, in NumPy, with
the rules of `autorev_lib.optimisers`. Each optimiser runs at half decades of the learning rate, with three
shapes of the schedule: constant, half a cosine to 0, and the same after a rise over the first tenth. With a
seed, all start from the same weights and see the same batches. The rate is chosen by the mean loss of three
seeds on the first half of the last 5,000 training images; ten other seeds at that rate are judged on the
second half. A training that explodes gets a loss of 10. No time is measured.
"""

import argparse
import math
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from autorev_lib import optimisers
from autorev_lib.backprop import Dense, Network, ReLU
from benchmarks import harness, networks

NUM_STEPS = 300
EXPLODED = 10.0
CHOOSING, JUDGING = range(100, 103), range(10)
KINDS = {
    "descent": optimisers.Descent,
    "momentum": optimisers.Momentum,
    "AdaGrad": optimisers.AdaGrad,
    "RMSProp": optimisers.RMSProp,
    "Adam": optimisers.Adam,
    "Muon": optimisers.Muon,
}
DEFAULTS = {
    "descent": 0.01,
    "momentum": 0.01,
    "AdaGrad": 0.001,
    "RMSProp": 0.001,
    "Adam": 0.001,
    "Muon": 0.001,
}
RATES = {
    name: [round(10 ** (half / 2), 6) for half in range(*range_of)]
    for name, range_of in {
        "descent": (-4, 3),
        "momentum": (-6, 2),
        "AdaGrad": (-6, 2),
        "RMSProp": (-8, 0),
        "Adam": (-8, 0),
        "Muon": (-8, 0),
    }.items()
}


def constant(share):
    """The rate stays as it is."""
    return 1.0


def cosine(share):
    """Half a cosine, from 1 to 0."""
    return (1 + math.cos(math.pi * share)) / 2


def warm_up(share, rising=0.1):
    """A straight rise, and then half a cosine."""
    return share / rising if share < rising else cosine((share - rising) / (1 - rising))


SHAPES = {"constant": constant, "cosine": cosine, "warm-up": warm_up}


def rule_for(name, rate, parameter):
    """The rule for an array; Muon is for matrices, and leaves biases to Adam, as in Keras."""
    kind = optimisers.Adam if name == "Muon" and parameter.ndim == 1 else KINDS[name]
    return kind(rate)


def train(name, rate, shape, seed, data, num_steps=NUM_STEPS):
    """Train one network; its mean loss on both halves of the validation images."""
    (x, labels), validation = data
    rng = np.random.default_rng(seed)
    network = Network([Dense(784, 64, rng), ReLU(), Dense(64, 10, rng)])
    parameters = network.parameters()
    rules = {key: rule_for(name, rate, parameter) for key, parameter in parameters.items()}
    rng = np.random.default_rng(seed)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            for step in range(num_steps):
                batch = rng.integers(0, len(x), 128)
                network.loss(x[batch], labels[batch])
                network.backward()
                gradients = network.gradients()
                for key, parameter in parameters.items():
                    rules[key].learning_rate = rate * SHAPES[shape](step / num_steps)
                    parameter += rules[key].step(gradients[key])
            return [network.loss(*half) for half in validation]
    except ValueError:  # numbers that are not finite: the network refuses them
        return [EXPLODED, EXPLODED]


def load_data():
    """The training images, and the two halves of the validation images, as in the notebook."""
    (x, labels), _ = networks.load_data()
    halves = [(x[part], labels[part]) for part in (slice(-5000, -2500), slice(-2500, None))]
    return (x[:-5000], labels[:-5000]), halves


def runs_of(name, num_steps=NUM_STEPS):
    """All runs of one optimiser: by shape and rate, the loss of each seed."""
    data = load_data()
    return {
        shape: {
            str(rate): {
                "choosing": [train(name, rate, shape, seed, data, num_steps)[0] for seed in CHOOSING],
                "judging": [train(name, rate, shape, seed, data, num_steps)[1] for seed in JUDGING],
            }
            for rate in {*RATES[name], DEFAULTS[name]}
        }
        for shape in SHAPES
    }


def measure():
    with ProcessPoolExecutor(2) as pool:
        runs = dict(zip(KINDS, pool.map(runs_of, KINDS), strict=True))
    return {
        "machine": harness.machine(),
        "versions": harness.versions("numpy", "scipy"),
        "num_steps": NUM_STEPS,
        "defaults": DEFAULTS,
        "runs": runs,
        "targets": [],
    }


def chosen(runs, name, shape):
    """The rate with the lowest mean loss of the seeds that choose."""
    rates = runs[name][shape]
    return min(rates, key=lambda rate: np.mean(rates[rate]["choosing"]))


def judged(runs, name, shape, rate):
    """The losses of the ten seeds that judge."""
    return np.array(runs[name][shape][str(rate)]["judging"])


def as_table(result):
    from rich.table import Table

    table = Table(title=f"Validation loss after {result['num_steps']} steps, mean of ten seeds")
    table.add_column("optimiser")
    for heading in ("default rate", "loss", *(f"{shape}: best rate" for shape in SHAPES)):
        table.add_column(heading, justify="right")
        if heading.endswith("best rate"):
            table.add_column("loss", justify="right")
    for name, default in result["defaults"].items():
        cells = [f"{default:g}", f"{judged(result['runs'], name, 'constant', default).mean():.3f}"]
        for shape in SHAPES:
            rate = chosen(result["runs"], name, shape)
            losses = judged(result["runs"], name, shape, rate)
            half_width = harness.half_width(losses)
            cells += [f"{float(rate):.3g}", f"{losses.mean():.3f} ± {half_width:.3f}"]
        table.add_row(name, *cells)
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    arguments = parser.parse_args()
    result = measure()
    harness.finish(result, as_table(result), arguments.json)


if __name__ == "__main__":
    main()
