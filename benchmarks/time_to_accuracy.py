"""Seconds until a network reads 99 % of MNIST's test images: published recipes and ours, side by side.

    python -m benchmarks.time_to_accuracy --seeds 10 --json benchmarks/results/time_to_accuracy.json

Each run is a process of its own, with all cores; contestants take turns, so that what changes slowly falls on
all alike. All get the same uint8 arrays, 60,000 images, in memory. The clock starts when a contestant first
touches them (imports are over), and stops after an epoch; reading the 10,000 test images after each is timed
apart. Compilation is what the first epoch, or the first reading, takes longer than the median of the others.

Our recipes were tuned on the last 5,000 training images. How many epochs of a recipe without a schedule count
is read off the test images, which favours it. Runs that FILE holds already are kept and not run again, if
machine and versions are the same: so it may be interrupted.
"""

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil

from autorev_lib import data
from benchmarks import harness, recipes

GOAL = 0.99
HIGHER_GOALS = {"ours, 99.5": 0.995}
BACKENDS = {"ours on JAX": "jax"}  # the others run on TensorFlow
RECIPES = recipes.RECIPES | {"ours on JAX": recipes.RECIPES["ours"]}
CONTESTANTS = {name: recipe.title for name, recipe in RECIPES.items()} | {"PyTorch": recipes.TORCH}
FASHION = {"ours": 20, "keras.io": 12}  # epochs on 6,000 images; ours sees as many images as on MNIST
_TORCH_EPOCHS = 5
_LIBRARIES = ("keras", "tensorflow", "jax", "torch", "numpy")


# A run


def run(name, seed, load=data.load_mnist, num_epochs=None):
    """Train one contestant and read the test images after each epoch; seconds and accuracy of each epoch."""
    (images, labels), (test_images, test_labels) = load()
    recipe = RECIPES.get(name)
    importlib.import_module("keras" if recipe else "torch")
    num_epochs = num_epochs or (recipe.num_epochs if recipe else _TORCH_EPOCHS)
    start = time.perf_counter()
    if recipe:
        contestant = recipes.KerasContestant(recipe._replace(num_epochs=num_epochs), images, labels, seed)
    else:
        contestant = recipes.TorchContestant(images, labels, seed)
    epochs = []
    for _ in range(num_epochs):
        contestant.epoch()
        trained = time.perf_counter()
        answers = contestant.predict(test_images)
        end = time.perf_counter()
        epochs.append(
            {
                "train_seconds": round(trained - start, 3),
                "read_seconds": round(end - trained, 3),
                "accuracy": round(float(np.mean(answers == test_labels)), 4),
            }
        )
        start = time.perf_counter()
    parameters, multiplications = contestant.size()
    return {"parameters": parameters, "multiplications": multiplications, "epochs": epochs}


def run_apart(name, seed, load="load_mnist", num_epochs=None):
    """A :func:`run` in a process of its own, and the share of the machine that others used meanwhile."""
    backend = BACKENDS.get(name, "tensorflow")
    environment = os.environ | {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    busy, before, start = harness.busy_seconds(psutil), os.times(), time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.time_to_accuracy", "--run", name, "--seed", str(seed)]
    command += ["--load", load, *(["--epochs", str(num_epochs)] if num_epochs else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name}, seed {seed}: {done.stderr[-2000:]}")
    after, elapsed = os.times(), time.perf_counter() - start
    own = after.children_user + after.children_system - before.children_user - before.children_system
    others = (harness.busy_seconds(psutil) - busy - own) / (elapsed * os.cpu_count())
    return {"seed": seed, "others": round(max(0, others), 3)} | json.loads(done.stdout.splitlines()[-1])


# What runs say


def compilation(run):
    """Seconds by which the first epoch, and the first reading, took longer than the others did."""
    return {
        key: max(0, first - statistics.median(others or [first]))
        for key in ("train_seconds", "read_seconds")
        for first, *others in [[epoch[key] for epoch in run["epochs"]]]
    }


def seconds_to(run, goal):
    """Seconds to the end of the first reading at the goal, with and without compilation; None if never."""
    compiled, total = sum(compilation(run).values()), 0
    for epoch in run["epochs"]:
        total += epoch["train_seconds"] + epoch["read_seconds"]
        if epoch["accuracy"] >= goal:
            return total, total - compiled
    return None


def num_epochs_to(runs, goal, at_end=False):
    """After how many epochs the mean accuracy of the runs is at the goal for the first time, or None.

    A recipe with a schedule counts at its end only: it was made for so many epochs.
    """
    means = np.mean([[epoch["accuracy"] for epoch in run["epochs"]] for run in runs], axis=0)
    reached = np.flatnonzero(means >= goal)
    if at_end:
        reached = reached[reached == len(means) - 1]
    return int(reached[0]) + 1 if len(reached) else None


def summary(name, runs, goal, peak):
    """A contestant's figures: to the first reading at the goal, and for the fixed recipe that gets there."""
    firsts = [found for found in (seconds_to(run, goal) for run in runs) if found]
    row = {
        "title": CONTESTANTS[name],
        "seeds": len(runs),
        "disturbed": sum(run["others"] > harness.QUIET for run in runs),
        "parameters": runs[0]["parameters"],
        "multiplications": runs[0]["multiplications"],
        "reached": len(firsts),
        "seconds_to_goal": _spread([found[0] for found in firsts]),
        "without_compilation": _spread([found[1] for found in firsts]),
    }
    has_schedule = name in RECIPES and RECIPES[name].peak is not None
    num_epochs = num_epochs_to(runs, goal, at_end=has_schedule)
    used = num_epochs or len(runs[0]["epochs"])
    accuracies = [run["epochs"][used - 1]["accuracy"] for run in runs]
    seconds = [sum(epoch["train_seconds"] for epoch in run["epochs"][:used]) for run in runs]
    work = 6 * runs[0]["multiplications"] * 60_000 * used  # forward, and twice as much backward
    bare = statistics.median(seconds) - statistics.median(compilation(run)["train_seconds"] for run in runs)
    return row | {
        "epochs": used,
        "has_goal": num_epochs is not None,
        "accuracy": _mean(accuracies),
        "seconds": _spread(seconds),
        "share_of_peak": round(work / bare / peak, 3),
    }


def _spread(values):
    if not values:
        return None
    return {
        key: round(of(values), 2) for key, of in (("median", statistics.median), ("min", min), ("max", max))
    }


def _mean(values):
    """Mean, and the half width of its 95 % interval by Student's t."""
    half = harness.half_width(values) if len(values) > 1 else None
    return {"mean": round(statistics.mean(values), 5), "half_width": half and round(half, 5)}


def on_fashion(runs):
    """Both recipes on Fashion-MNIST: what keras.io's reads when it has had at least our seconds."""
    ours, theirs = [], []
    for run, other in zip(runs["ours"], runs["keras.io"], strict=True):
        given = sum(epoch["train_seconds"] for epoch in run["epochs"])
        total = np.cumsum([epoch["train_seconds"] for epoch in other["epochs"]])
        used = min(int(np.searchsorted(total, given)), len(total) - 1)
        ours.append(run["epochs"][-1]["accuracy"])
        theirs.append(other["epochs"][used]["accuracy"])
    differences = np.subtract(ours, theirs).tolist()
    return {
        "seeds": len(ours),
        "ours": _mean(ours),
        "keras.io": _mean(theirs),
        "difference": _mean(differences),
    }


def targets(rows):
    """What was asked for, and what was measured."""
    ours, theirs, found = rows["ours"], rows["keras.io"], []
    for title, key in (("first reading at 99 %", "seconds_to_goal"), ("a mean of 99 %", "seconds")):
        if theirs[key] and ours[key] and theirs["has_goal"] and ours["has_goal"]:
            times = round(theirs[key]["median"] / ours[key]["median"], 1)
        else:
            times = 0
        found.append((f"times keras.io's recipe, {title}", "at least 15", times, times >= 15))
    mean = rows["ours, 99.5"]["accuracy"]["mean"]
    found.append(
        ("mean accuracy of the larger network on moved copies", "at least 0.995", mean, mean >= 0.995)
    )
    return harness.as_targets(found)


# The measurement


def measure(kept, num_seeds, names, save):
    """Run what is missing of ``num_seeds`` seeds of each contestant; ``save`` is called after each run."""
    runs, fashion = kept.setdefault("runs", {}), kept.setdefault("fashion_runs", {})
    kept.setdefault("peak_gflops", round(harness.matrix_peak() / 1e9, 1))
    for seed in range(num_seeds):
        turn = names[seed % len(names) :] + names[: seed % len(names)]
        for name in turn:
            mine = runs.setdefault(name, [])
            if len(mine) <= seed:
                mine.append(run_apart(name, seed))
                save()
        for name, num_epochs in FASHION.items():
            mine = fashion.setdefault(name, [])
            if name in names and len(mine) <= seed:
                mine.append(run_apart(name, seed, "load_fashion", num_epochs))
                save()


def summarise(kept):
    """All figures of the runs that were kept."""
    runs, peak = kept["runs"], 1e9 * kept["peak_gflops"]
    rows = {
        name: summary(name, runs[name], HIGHER_GOALS.get(name, GOAL), peak)
        for name in CONTESTANTS
        if runs.get(name)
    }
    result = {"contestants": rows}
    shared = min(len(kept["fashion_runs"].get(name, ())) for name in FASHION)
    if shared:
        result["fashion"] = on_fashion({name: kept["fashion_runs"][name][:shared] for name in FASHION})
    return result | {"targets": targets(rows) if {"ours", "keras.io", "ours, 99.5"} <= rows.keys() else []}


def as_table(result):
    from rich.table import Table

    about = result["machine"]
    table = Table(title=f"To 99 %: {about['cpu']}, {about['cores']} cores")
    for heading in ("", "seeds", "first at 99 %, s", "bare", "epochs", "recipe, s", "accuracy", "of peak"):
        table.add_column(heading, justify="left" if not heading else "right", no_wrap=True)
    for name, row in result["contestants"].items():
        to_goal, bare = row["seconds_to_goal"], row["without_compilation"]
        table.add_row(
            name,
            str(row["seeds"]),
            f"{to_goal['median']:.1f} ({row['reached']})" if to_goal else "-",
            f"{bare['median']:.1f}" if bare else "-",
            f"{row['epochs']}{'' if row['has_goal'] else ' (below)'}",
            f"{row['seconds']['median']:.1f}",
            f"{100 * row['accuracy']['mean']:.2f} %",
            f"{row['share_of_peak']:.0%}",
        )
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10, help="runs of each contestant")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the runs and the figures here")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=CONTESTANTS, help="these contestants")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--load", help=argparse.SUPPRESS)
    parser.add_argument("--epochs", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        found = run(arguments.run, arguments.seed, getattr(data, arguments.load), arguments.epochs)
        return print(json.dumps(found))
    about = {"machine": harness.machine(), "versions": harness.versions(*_LIBRARIES)}
    kept, file = {}, arguments.json
    if file and file.exists():
        kept = json.loads(file.read_text())
        if {key: kept.get(key) for key in about} != about:
            parser.error(
                f"--json: expected runs of this machine and these versions, received {file} of others"
            )
    kept |= about

    def save():
        if file:
            file.write_text(json.dumps(kept, indent=1) + "\n")

    names = arguments.only or list(CONTESTANTS)
    if about["versions"]["torch"] is None and "PyTorch" in names:
        names.remove("PyTorch")
        print("PyTorch is not installed, so it is left out: pip install torch")
    measure(kept, arguments.seeds, names, save)
    kept |= summarise(kept)
    harness.finish(kept, as_table(kept), file)


if __name__ == "__main__":
    main()
