"""One epoch of the network of notebook 03, by hand and in three frameworks: seconds, side by side.

    python -m benchmarks.backprop --json benchmarks/results/backprop.json

784-128-10, ReLU, softmax cross-entropy, SGD with learning rate 0.1, batches of 128, float32; the 60,000
training images of MNIST are in memory, scaled. Every contestant shuffles all rows anew each epoch and gathers
its batches from memory within the measured time. Each lives in a process of its own, has seen an untimed
epoch first, and waits while the others run: a round asks each for one epoch. The threads of NumPy's BLAS wait
for each other in a loop, and a neighbour that takes one core from them slows them down by far more than half:
a round counts only if nothing else used more than a twentieth of the machine, as long as patience lasts.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from pathlib import Path

import numpy as np
import psutil

from autorev_lib.backprop import Dense, Network, ReLU
from autorev_lib.data import load_mnist

BATCH_SIZE = 128
LEARNING_RATE = 0.1
QUIET = 0.05  # largest share of the machine that others may use
CURVE_STEPS = 100
NUM_ROWS = 60_000
# Two operations for each weight and row: forward, for the gradient of the weights, and, in the second layer,
# for the gradient of its input. The rest (bias, ReLU, softmax, step) is not counted.
FLOPS_PER_EPOCH = 2 * NUM_ROWS * (2 * 784 * 128 + 3 * 128 * 10)

# What is tried for the best setting, after what Keras takes by itself: there "auto" compiles on JAX, and on
# TensorFlow only with a GPU. JAX is not tried without jit, where nothing is fast.
DEFAULT = {"jit_compile": "auto", "steps_per_execution": 1}
CANDIDATES = {
    "tensorflow": [
        DEFAULT,
        *({"jit_compile": False, "steps_per_execution": steps} for steps in (10, 50, 469)),
        *({"jit_compile": True, "steps_per_execution": steps} for steps in (1, 10, 50, 469)),
    ],
    "jax": [DEFAULT, *({"jit_compile": True, "steps_per_execution": steps} for steps in (10, 50, 469))],
}
TITLES = {
    "ours": "autorev_lib.backprop",
    "unrolled": "unrolled NumPy, no classes",
    "tensorflow": "Keras on TensorFlow",
    "tensorflow-best": "Keras on TensorFlow, best",
    "jax": "Keras on JAX",
    "jax-best": "Keras on JAX, best",
    "torch": "PyTorch",
}


# The contestants. Each has restart(), epoch(), accuracy() and curve(): the losses of the first 100 batches.
# Keras's epoch() and accuracy() take the number of a candidate: it has a model for each.


def initial_network():
    rng = np.random.default_rng(0)
    return Network([Dense(784, 128, rng), ReLU(), Dense(128, 10, rng)])


class Ours:
    def __init__(self, data):
        (self.x, self.labels), self.test = data
        self.rng = np.random.default_rng(1)
        self.restart()

    def restart(self):
        self.network = initial_network()

    def epoch(self):
        self.network.fit(
            self.x,
            self.labels,
            num_epochs=1,
            batch_size=BATCH_SIZE,
            learning_rate=LEARNING_RATE,
            rng=self.rng,
        )

    def curve(self):
        losses = []
        for start in range(0, CURVE_STEPS * BATCH_SIZE, BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            losses.append(self.network.loss(self.x[batch], self.labels[batch]))
            self.network.backward()
            self.network.step(LEARNING_RATE)
        return losses

    def accuracy(self):
        x, labels = self.test
        return float((self.network.forward(x).argmax(axis=1) == labels).mean())

    def peak(self):
        """Floating-point operations a second of one large square matrix product, the best of ten."""
        rng = np.random.default_rng(0)
        size = 2048
        one, two = (rng.random((size, size), dtype="float32") for _ in range(2))
        return 2 * size**3 / min(timeit.repeat(lambda: one @ two, number=1, repeat=10))


class Unrolled:
    def __init__(self, data):
        (self.x, self.labels), self.test = data
        self.rng = np.random.default_rng(1)
        self.restart()

    def restart(self):
        self.w1, self.b1, self.w2, self.b2 = initial_network().parameters().values()

    def epoch(self):
        self.train(self.rng.permutation(NUM_ROWS))

    def curve(self):
        return self.train(np.arange(CURVE_STEPS * BATCH_SIZE))

    def train(self, order):
        w1, b1, w2, b2 = self.w1, self.b1, self.w2, self.b2
        losses = []
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            x, labels = self.x[batch], self.labels[batch]
            rows = np.arange(len(batch))
            hidden = np.maximum(x @ w1 + b1, 0)
            logits = hidden @ w2 + b2
            exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
            probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
            losses.append(float(-np.log(probabilities[rows, labels]).mean()))
            grad_logits = probabilities
            grad_logits[rows, labels] -= 1
            grad_logits /= len(batch)
            grad_hidden = grad_logits @ w2.T * (hidden > 0)
            w2 -= LEARNING_RATE * (hidden.T @ grad_logits)
            b2 -= LEARNING_RATE * grad_logits.sum(axis=0)
            w1 -= LEARNING_RATE * (x.T @ grad_hidden)
            b1 -= LEARNING_RATE * grad_hidden.sum(axis=0)
        return losses

    def accuracy(self):
        x, labels = self.test
        logits = np.maximum(x @ self.w1 + self.b1, 0) @ self.w2 + self.b2
        return float((logits.argmax(axis=1) == labels).mean())


class Keras:
    def __init__(self, data):
        import keras

        (self.x, self.labels), self.test = data
        self.models = []
        for setting in CANDIDATES[keras.backend.backend()]:
            model = keras.Sequential([keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10)])
            model.build((None, 784))
            model.compile(
                optimizer=keras.optimizers.SGD(LEARNING_RATE),
                loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                **setting,
            )
            self.models.append(model)
        self.restart()

    def restart(self):
        for model in self.models:
            model.set_weights(list(initial_network().parameters().values()))

    def epoch(self, number):
        self.models[number].fit(self.x, self.labels, batch_size=BATCH_SIZE, epochs=1, verbose=0)

    def curve(self):
        model, losses = self.models[0], []
        for start in range(0, CURVE_STEPS * BATCH_SIZE, BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            model.reset_metrics()  # or the loss that comes back is the mean over all batches so far
            losses.append(float(model.train_on_batch(self.x[batch], self.labels[batch])))
        return losses

    def accuracy(self, number):
        x, labels = self.test
        logits = self.models[number].predict(x, batch_size=1000, verbose=0)
        return float((logits.argmax(axis=1) == labels).mean())


class Torch:
    def __init__(self, data):
        import torch

        self.torch = torch
        (x, labels), self.test = data
        self.x, self.labels = torch.from_numpy(x), torch.from_numpy(labels.astype("int64"))
        self.restart()

    def restart(self):
        nn, (w1, b1, w2, b2) = self.torch.nn, initial_network().parameters().values()
        self.model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        with self.torch.no_grad():
            for parameter, value in zip(self.model.parameters(), (w1.T, b1, w2.T, b2), strict=True):
                parameter.copy_(self.torch.from_numpy(value))
        self.optimizer = self.torch.optim.SGD(self.model.parameters(), LEARNING_RATE)

    def epoch(self):
        self.train(self.torch.randperm(NUM_ROWS))

    def curve(self):
        return self.train(self.torch.arange(CURVE_STEPS * BATCH_SIZE))

    def train(self, order):
        losses = []
        for batch in order.split(BATCH_SIZE):
            loss = self.torch.nn.functional.cross_entropy(self.model(self.x[batch]), self.labels[batch])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            losses.append(loss.item())
        return losses

    def accuracy(self):
        x, labels = self.test
        with self.torch.no_grad():
            logits = self.model(self.torch.from_numpy(x)).numpy()
        return float((logits.argmax(axis=1) == labels).mean())


def load_data():
    return [(x.reshape(-1, 784).astype("float32") / 255, labels) for x, labels in load_mnist()]


# Worker processes: they read a method and its arguments in JSON from a line, and answer with its result.


def work(name):
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a framework prints must not look like an answer
    contestant = {"ours": Ours, "unrolled": Unrolled, "torch": Torch}.get(name, Keras)(load_data())
    for line in sys.stdin:
        method, *arguments = json.loads(line)
        start = time.perf_counter()
        result = getattr(contestant, method)(*arguments)
        elapsed = time.perf_counter() - start
        print(json.dumps(elapsed if method == "epoch" else result), file=answers, flush=True)


class Worker:
    def __init__(self, name):
        backend = {"KERAS_BACKEND": name} if name in CANDIDATES else {}
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = psutil.Popen(
            [sys.executable, "-m", "benchmarks.backprop", "--worker", name],
            env=os.environ | backend | {"TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def ask(self, method, *arguments):
        print(json.dumps([method, *arguments]), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            self.log.seek(0)
            raise RuntimeError(f"the worker ended while it was asked for {method}:\n{self.log.read()}")
        return json.loads(answer)

    def epoch(self, *number):
        """Seconds of one epoch, and the share of the machine that others used meanwhile."""
        all_before, own_before = busy_seconds(psutil), busy_seconds(self.process)
        elapsed = self.ask("epoch", *number)
        others = busy_seconds(psutil) - all_before - (busy_seconds(self.process) - own_before)
        return elapsed, others / (elapsed * os.cpu_count())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.log.close()


def busy_seconds(of):
    times = of.cpu_times()
    return times.user + times.system


# The measurement


def quiet_rounds(contestants, num_rounds, deadline):
    """Ask each contestant for an epoch, round after round; begin a round anew if something else disturbs it.

    Returns:
        The seconds by contestant, one for each round, and how many of these rounds were disturbed: none,
        unless the deadline passed.
    """
    rounds, num_disturbed = [], 0
    while len(rounds) < num_rounds:
        while time.monotonic() < deadline and psutil.cpu_percent(interval=1) > 100 * QUIET:
            pass
        found, disturbed = {}, False
        for name in list(contestants) if len(rounds) % 2 == 0 else reversed(contestants):
            time.sleep(0.2)  # until the threads of the one before have gone to sleep
            worker, *number = contestants[name]
            found[name], others = worker.epoch(*number)
            disturbed |= others > QUIET
            if disturbed and time.monotonic() < deadline:
                break
        else:
            rounds.append(found)
            num_disturbed += disturbed
    return {name: [found[name] for found in rounds] for name in contestants}, num_disturbed


def measure(num_rounds, patience):
    deadline = time.monotonic() + patience
    has_torch = version("torch") is not None
    workers = {
        name: Worker(name) for name in ("ours", "unrolled", *CANDIDATES, *(["torch"] if has_torch else []))
    }
    contestants, settings, tried = {}, {}, {}
    for name, worker in workers.items():
        if name not in CANDIDATES:
            contestants[name] = (worker,)
            worker.epoch()  # unmeasured: memory is touched, code compiled
            continue
        candidates = {number: (worker, number) for number in range(len(CANDIDATES[name]))}
        for number in candidates:
            worker.epoch(number)
        found, _ = quiet_rounds(candidates, 3, deadline)
        medians = [round(statistics.median(found[number]), 4) for number in candidates]
        tried[name] = [
            setting | {"median_seconds": median}
            for setting, median in zip(CANDIDATES[name], medians, strict=True)
        ]
        for title, number in ((name, 0), (f"{name}-best", int(np.argmin(medians)))):
            contestants[title], settings[title] = (worker, number), CANDIDATES[name][number]
    for worker in workers.values():
        worker.ask("restart")
    rounds, num_disturbed = quiet_rounds(contestants, num_rounds, deadline)
    peak = workers["ours"].ask("peak")
    ours, rows = statistics.median(rounds["ours"]), {}
    for name, (worker, *number) in contestants.items():
        median = statistics.median(rounds[name])
        rows[name] = {
            "title": TITLES[name],
            "setting": settings.get(name),
            "rounds_seconds": [round(elapsed, 4) for elapsed in rounds[name]],
            "median_seconds": round(median, 4),
            "fastest_seconds": round(min(rounds[name]), 4),
            "times_ours": round(median / ours, 3),
            "gflops": round(FLOPS_PER_EPOCH / median / 1e9, 1),
            "share_of_peak": round(FLOPS_PER_EPOCH / median / peak, 3),
            "test_accuracy": round(worker.ask("accuracy", *number), 4),
        }
    curves = {}
    for name, worker in workers.items():
        worker.ask("restart")
        curves[name] = worker.ask("curve")
        rows[name]["largest_batch_loss_difference"] = float(
            np.max(np.abs(np.subtract(curves[name], curves["ours"])))
        )
        worker.close()
    if not has_torch:
        rows["torch"] = {"title": TITLES["torch"], "setting": "not installed"}
    return {
        "machine": machine(),
        "versions": {name: version(name) for name in ("numpy", "keras", "tensorflow", "jax", "torch")},
        "num_rounds": num_rounds,
        "disturbed_rounds": num_disturbed,
        "flops_per_epoch": FLOPS_PER_EPOCH,
        "peak_gflops": round(peak / 1e9, 1),
        "settings_tried": tried,
        "contestants": rows,
        "targets": targets(rows),
    }


def targets(contestants):
    def ratio(name):
        return contestants[name]["times_ours"]

    difference = contestants["tensorflow"]["largest_batch_loss_difference"]
    slowdown = round(1 / ratio("unrolled"), 3)
    found = [
        (
            "times Keras on TensorFlow as it comes",
            "at least 3",
            ratio("tensorflow"),
            ratio("tensorflow") >= 3,
        ),
        ("times its best setting", "at least 2", ratio("tensorflow-best"), ratio("tensorflow-best") >= 2),
        ("times Keras on JAX at its best", "above 1", ratio("jax-best"), ratio("jax-best") > 1),
        ("our time over unrolled NumPy's", "at most 1.15", slowdown, slowdown <= 1.15),
        (
            "batch losses off Keras's, 100 steps",
            "at most 1e-4",
            float(f"{difference:.1e}"),
            difference <= 1e-4,
        ),
    ]
    return [dict(zip(("target", "wanted", "measured", "met"), row, strict=True)) for row in found]


def version(name):
    for distribution in (name, f"{name}-cpu"):
        try:
            return importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            continue
    return None


def machine():
    cpu = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].split(": ", 1)[1] if models else cpu
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def show(result):
    from rich.console import Console
    from rich.table import Table

    about = result["machine"]
    peak = f"{result['peak_gflops']} GFLOP/s in large float32 products"
    table = Table(
        title=f"One epoch, 784-128-10, batch {BATCH_SIZE}, SGD: {result['num_rounds']} rounds",
        caption=f"{about['cpu']}, {about['cores']} cores; peak {peak}; "
        f"disturbed rounds: {result['disturbed_rounds']}",
    )
    table.add_column("", no_wrap=True)
    for heading in ("seconds", "fastest", "× ours", "of peak", "accuracy"):
        table.add_column(heading, justify="right")
    for found in result["contestants"].values():
        title, setting = found["title"], found["setting"]
        if "median_seconds" not in found:
            table.add_row(title, setting)
            continue
        if setting and setting != DEFAULT:
            title += f"\n  jit {setting['jit_compile']}, {setting['steps_per_execution']} steps/call"
        table.add_row(
            title,
            f"{found['median_seconds']:.3f}",
            f"{found['fastest_seconds']:.3f}",
            f"{found['times_ours']:.2f}",
            f"{found['share_of_peak']:.0%}",
            f"{found['test_accuracy']:.2%}",
        )
    console = Console()
    console.print(table)
    show_targets(console, result)


def show_targets(console, result):
    """Say of each target what was measured, and whether it was met."""
    for row in result["targets"]:
        verdict = "met" if row["met"] else "MISSED"
        console.print(f"{row['target']}: {row['measured']} ({row['wanted']}), {verdict}", highlight=False)


def write_result(path, result):
    """Write what was measured as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    parser.add_argument("--rounds", type=int, default=9, help="rounds that count")
    parser.add_argument("--patience", type=float, default=120, help="seconds to wait for a quiet machine")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        return work(arguments.worker)
    result = measure(arguments.rounds, arguments.patience)
    show(result)
    if arguments.json:
        write_result(arguments.json, result)


if __name__ == "__main__":
    main()
