"""One epoch of the network of notebook 03, by hand and in three frameworks: seconds, side by side.

    python -m benchmarks.backprop --json benchmarks/results/backprop.json

784-128-10, ReLU, softmax cross-entropy, SGD with learning rate 0.1, batches of 128, float32; the 60,000
training images of MNIST are in memory, scaled. Every contestant shuffles all rows anew each epoch and gathers
its batches from memory within the measured time. Each lives in a process of its own, has seen an untimed
epoch first, and waits while the others run: a round asks each for one epoch, so that a slow minute of the
machine hits all alike. Run it on an idle machine all the same: the threads of NumPy's BLAS wait for each
other in a loop, and a neighbour that takes one core from them slows them down by far more than half.
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
from pathlib import Path

import numpy as np
import psutil

from autorev_lib.backprop import Dense, Network, ReLU
from autorev_lib.data import load_mnist

BATCH_SIZE = 128
LEARNING_RATE = 0.1
CURVE_STEPS = 100
NUM_ROWS = 60_000
# Two operations for each weight and row: forward, for the gradient of the weights, and, in the second layer,
# for the gradient of its input. The rest (bias, ReLU, softmax, step) is not counted.
FLOPS_PER_EPOCH = 2 * NUM_ROWS * (2 * 784 * 128 + 3 * 128 * 10)

DEFAULT = {"jit_compile": "auto", "steps_per_execution": 1}
# What is tried for the best setting. On JAX "auto" compiles, and without jit nothing is fast.
CANDIDATES = {
    "tensorflow": [
        {"jit_compile": jit, "steps_per_execution": steps}
        for jit in (False, True)
        for steps in (1, 10, 50, 469)
    ],
    "jax": [{"jit_compile": True, "steps_per_execution": steps} for steps in (1, 10, 50, 469)],
}
TITLES = {
    "ours": "autorev_lib.backprop",
    "unrolled": "plain unrolled NumPy",
    "tensorflow": "Keras on TensorFlow, as it comes",
    "tensorflow-best": "Keras on TensorFlow, best setting",
    "jax": "Keras on JAX, as it comes",
    "jax-best": "Keras on JAX, best setting",
    "torch": "PyTorch, plain loop",
}


# The contestants. Each has epoch(), curve(), the losses of 100 batches in file order, and accuracy().


def initial_network():
    rng = np.random.default_rng(0)
    return Network([Dense(784, 128, rng), ReLU(), Dense(128, 10, rng)])


class Ours:
    def __init__(self, data):
        (self.x, self.labels), self.test = data
        self.network = initial_network()
        self.rng = np.random.default_rng(1)

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
        network, losses = initial_network(), []
        for start in range(0, CURVE_STEPS * BATCH_SIZE, BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            losses.append(network.loss(self.x[batch], self.labels[batch]))
            network.backward()
            network.step(LEARNING_RATE)
        return losses

    def accuracy(self):
        x, labels = self.test
        return float((self.network.forward(x).argmax(axis=1) == labels).mean())

    def peak(self):
        """Floating-point operations a second of one large square matrix product, the best of five."""
        rng = np.random.default_rng(0)
        size = 2048
        one, two = (rng.random((size, size), dtype="float32") for _ in range(2))
        return 2 * size**3 / min(seconds(lambda: one @ two) for _ in range(5))


class Unrolled:
    def __init__(self, data):
        (self.x, self.labels), self.test = data
        self.w1, self.b1, self.w2, self.b2 = initial_network().parameters().values()
        self.rng = np.random.default_rng(1)

    def epoch(self):
        self.train(self.rng.permutation(NUM_ROWS))

    def curve(self):
        self.w1, self.b1, self.w2, self.b2 = initial_network().parameters().values()
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
    def __init__(self, data, setting):
        (self.x, self.labels), self.test = data
        self.model = self.compiled(setting)

    @staticmethod
    def compiled(setting):
        import keras

        model = keras.Sequential([keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10)])
        model.build((None, 784))
        model.set_weights(list(initial_network().parameters().values()))
        model.compile(
            optimizer=keras.optimizers.SGD(LEARNING_RATE),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            **setting,
        )
        return model

    def epoch(self):
        self.model.fit(self.x, self.labels, batch_size=BATCH_SIZE, epochs=1, verbose=0)

    def curve(self):
        model, losses = self.compiled(DEFAULT), []
        for start in range(0, CURVE_STEPS * BATCH_SIZE, BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            model.reset_metrics()  # or the loss that comes back is the mean over all batches so far
            losses.append(float(model.train_on_batch(self.x[batch], self.labels[batch])))
        return losses

    def accuracy(self):
        x, labels = self.test
        return float((self.model.predict(x, batch_size=1000, verbose=0).argmax(axis=1) == labels).mean())

    def search(self):
        """Median of three epochs for each candidate of this backend, in interleaved rounds."""
        import keras

        candidates = CANDIDATES[keras.backend.backend()]
        models = [self.compiled(setting) for setting in candidates]
        times = [[] for _ in candidates]
        for number in range(4):
            for self.model, found in zip(models, times, strict=True):
                elapsed = seconds(self.epoch)
                if number > 0:  # the first epoch compiles
                    found.append(elapsed)
        return [statistics.median(found) for found in times]


class Torch:
    def __init__(self, data):
        import torch

        self.torch = torch
        (x, labels), self.test = data
        self.x, self.labels = torch.from_numpy(x), torch.from_numpy(labels.astype("int64"))
        self.model, self.optimizer = self.initial()

    def initial(self):
        nn, (w1, b1, w2, b2) = self.torch.nn, initial_network().parameters().values()
        model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        with self.torch.no_grad():
            for parameter, value in zip(model.parameters(), (w1.T, b1, w2.T, b2), strict=True):
                parameter.copy_(self.torch.from_numpy(value))
        return model, self.torch.optim.SGD(model.parameters(), LEARNING_RATE)

    def epoch(self):
        self.train(self.model, self.optimizer, self.torch.randperm(NUM_ROWS))

    def curve(self):
        return self.train(*self.initial(), self.torch.arange(CURVE_STEPS * BATCH_SIZE))

    def train(self, model, optimizer, order):
        losses = []
        for batch in order.split(BATCH_SIZE):
            loss = self.torch.nn.functional.cross_entropy(model(self.x[batch]), self.labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses

    def accuracy(self):
        x, labels = self.test
        with self.torch.no_grad():
            logits = self.model(self.torch.from_numpy(x)).numpy()
        return float((logits.argmax(axis=1) == labels).mean())


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def load_data():
    return [(x.reshape(-1, 784).astype("float32") / 255, labels) for x, labels in load_mnist()]


# Worker processes: they read the name of a method on a line, and answer with its result in JSON.


def work(name, setting):
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a framework prints must not look like an answer
    data = load_data()
    if name in ("ours", "unrolled"):
        contestant = {"ours": Ours, "unrolled": Unrolled}[name](data)
    elif name == "torch":
        contestant = Torch(data)
    else:
        contestant = Keras(data, setting)
    for line in sys.stdin:
        method = getattr(contestant, line.strip())
        result = seconds(method) if line.strip() == "epoch" else method()
        print(json.dumps(result), file=answers, flush=True)


class Worker:
    def __init__(self, name, setting=None):
        backend = name.removesuffix("-best")
        environment = os.environ | {"KERAS_BACKEND": backend} if setting else os.environ
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.backprop", "--worker", name, "--setting", json.dumps(setting)],
            env=environment | {"TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def ask(self, method):
        print(method, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            self.log.seek(0)
            raise RuntimeError(f"the worker ended while it was asked for {method}:\n{self.log.read()}")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.log.close()


# The measurement


def best_setting(backend):
    """The fastest candidate, and what all of them took."""
    worker = Worker(backend, DEFAULT)
    found = worker.ask("search")
    worker.close()
    tried = [
        setting | {"median_seconds": round(median, 4)}
        for setting, median in zip(CANDIDATES[backend], found, strict=True)
    ]
    return CANDIDATES[backend][int(np.argmin(found))], tried


def measure(num_rounds):
    load_before = os.getloadavg()[0]
    settings, tried = {"tensorflow": DEFAULT, "jax": DEFAULT}, {}
    for backend in CANDIDATES:
        settings[f"{backend}-best"], tried[backend] = best_setting(backend)
    names = [name for name in TITLES if name != "torch" or version("torch")]
    workers = {name: Worker(name, settings.get(name)) for name in names}
    for worker in workers.values():
        worker.ask("epoch")
    rounds, peaks = {name: [] for name in names}, []
    for number in range(num_rounds):
        peaks.append(workers["ours"].ask("peak"))
        for name in names if number % 2 == 0 else reversed(names):
            time.sleep(0.2)  # until the threads of the one before have gone to sleep
            rounds[name].append(workers[name].ask("epoch"))
    accuracies = {name: worker.ask("accuracy") for name, worker in workers.items()}
    curves = {name: worker.ask("curve") for name, worker in workers.items()}
    for worker in workers.values():
        worker.close()
    peak = max(peaks)
    contestants = {}
    for name in names:
        median = statistics.median(rounds[name])
        contestants[name] = {
            "title": TITLES[name],
            "setting": settings.get(name),
            "rounds_seconds": [round(elapsed, 4) for elapsed in rounds[name]],
            "median_seconds": round(median, 4),
            "fastest_seconds": round(min(rounds[name]), 4),
            "times_ours": round(median / statistics.median(rounds["ours"]), 3),
            "gflops": round(FLOPS_PER_EPOCH / median / 1e9, 1),
            "share_of_peak": round(FLOPS_PER_EPOCH / median / peak, 3),
            "test_accuracy": round(accuracies[name], 4),
            "largest_batch_loss_difference": float(np.max(np.abs(np.subtract(curves[name], curves["ours"])))),
        }
    if "torch" not in names:
        contestants["torch"] = {"title": TITLES["torch"], "setting": "not installed"}
    return {
        "machine": machine() | {"load_average_before": round(load_before, 2)},
        "versions": {name: version(name) for name in ("numpy", "keras", "tensorflow", "jax", "torch")},
        "num_rounds": num_rounds,
        "epochs_trained": num_rounds + 1,
        "flops_per_epoch": FLOPS_PER_EPOCH,
        "peak_gflops": round(peak / 1e9, 1),
        "settings_tried": tried,
        "contestants": contestants,
        "targets": targets(contestants),
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
        title=f"One epoch, 784-128-10, batch {BATCH_SIZE}, SGD: medians of {result['num_rounds']} rounds",
        caption=f"{about['cpu']}, {about['cores']} cores; peak {peak}",
    )
    table.add_column("who")
    for heading in ("seconds", "fastest", "× ours", "GFLOP/s", "of peak", "test accuracy"):
        table.add_column(heading, justify="right")
    for found in result["contestants"].values():
        title, setting = found["title"], found["setting"]
        if "median_seconds" not in found:
            table.add_row(title, setting)
            continue
        if setting and setting != DEFAULT:
            title += f"\n  jit {setting['jit_compile']}, {setting['steps_per_execution']} steps per execution"
        table.add_row(
            title,
            f"{found['median_seconds']:.3f}",
            f"{found['fastest_seconds']:.3f}",
            f"{found['times_ours']:.2f}",
            f"{found['gflops']:.0f}",
            f"{found['share_of_peak']:.0%}",
            f"{found['test_accuracy']:.2%}",
        )
    console = Console()
    console.print(table)
    for row in result["targets"]:
        verdict = "met" if row["met"] else "MISSED"
        console.print(f"{row['target']}: {row['measured']} ({row['wanted']}), {verdict}", highlight=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--setting", type=json.loads, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        return work(arguments.worker, arguments.setting)
    result = measure(arguments.rounds)
    show(result)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
