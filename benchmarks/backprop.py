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
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import psutil

from benchmarks import harness
from benchmarks.harness import busy_seconds, quiet_rounds
from benchmarks.networks import (
    BATCH_SIZE,
    CANDIDATES,
    DEFAULT,
    NUM_ROWS,
    Keras,
    Ours,
    Torch,
    Unrolled,
    load_data,
)

# Two operations for each weight and row: forward, for the gradient of the weights, and, in the second layer,
# for the gradient of its input. The rest (bias, ReLU, softmax, step) is not counted.
FLOPS_PER_EPOCH = 2 * NUM_ROWS * (2 * 784 * 128 + 3 * 128 * 10)

TITLES = {
    "ours": "autorev_lib.backprop",
    "unrolled": "unrolled NumPy, no classes",
    "tensorflow": "Keras on TensorFlow",
    "tensorflow-best": "Keras on TensorFlow, best",
    "jax": "Keras on JAX",
    "jax-best": "Keras on JAX, best",
    "torch": "PyTorch",
}


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
        time.sleep(0.2)  # until the threads of the one before have gone to sleep
        all_before, own_before = busy_seconds(psutil), busy_seconds(self.process)
        elapsed = self.ask("epoch", *number)
        others = busy_seconds(psutil) - all_before - (busy_seconds(self.process) - own_before)
        return elapsed, others / (elapsed * os.cpu_count())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.log.close()


# The measurement


def measure(num_rounds, patience):
    deadline = time.monotonic() + patience
    has_torch = harness.versions("torch")["torch"] is not None
    workers = {
        name: Worker(name) for name in ("ours", "unrolled", *CANDIDATES, *(["torch"] if has_torch else []))
    }
    contestants, settings, tried = {}, {}, {}
    for name, worker in workers.items():
        if name not in CANDIDATES:
            contestants[name] = (worker,)
            worker.epoch()  # unmeasured: memory is touched, code compiled
            continue
        candidates = range(len(CANDIDATES[name]))
        for number in candidates:
            worker.epoch(number)
        found, _ = quiet_rounds(candidates, worker.epoch, 3, deadline)
        medians = [round(statistics.median(found[number]), 4) for number in candidates]
        tried[name] = [
            setting | {"median_seconds": median}
            for setting, median in zip(CANDIDATES[name], medians, strict=True)
        ]
        for title, number in ((name, 0), (f"{name}-best", int(np.argmin(medians)))):
            contestants[title], settings[title] = (worker, number), CANDIDATES[name][number]
    for worker in workers.values():
        worker.ask("restart")

    def epoch(name):
        worker, *number = contestants[name]
        return worker.epoch(*number)

    rounds, num_disturbed = quiet_rounds(contestants, epoch, num_rounds, deadline)
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
        "machine": harness.machine(),
        "versions": harness.versions("numpy", "keras", "tensorflow", "jax", "torch"),
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
    return harness.as_targets(found)


def as_table(result):
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
    return table


def main():
    parser = harness.parser(__doc__.splitlines()[0], num_rounds=9, patience=120)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        return work(arguments.worker)
    result = measure(arguments.rounds, arguments.patience)
    harness.finish(result, as_table(result), arguments.json)


if __name__ == "__main__":
    main()
