"""What benchmarks share: rounds that count only on a quiet machine, the machine's description, the result."""

import argparse
import importlib.metadata
import json
import os
import platform
import time
import timeit
from pathlib import Path

import numpy as np
import psutil

QUIET = 0.05
"""The largest share of the machine that others may use in a round that counts."""


def quiet_rounds(names, measure, num_rounds, deadline):
    """Measure each contestant, round after round; begin a round anew if something else disturbs it.

    Every second round goes backwards, so that what changes slowly, such as the clock of the processor, falls
    on all of them alike.

    Args:
        names: The contestants.
        measure: A function of a name that gives what was measured, and the share of the machine that others
            used meanwhile.
        num_rounds: How many rounds must count.
        deadline: ``time.monotonic()`` from which on disturbed rounds count, too.

    Returns:
        What was measured, by contestant and then by round, and how many of these rounds were disturbed.
    """
    rounds, num_disturbed = [], 0
    while len(rounds) < num_rounds:
        while time.monotonic() < deadline and psutil.cpu_percent(interval=1) > 100 * QUIET:
            pass
        found, disturbed = {}, False
        for name in list(names) if len(rounds) % 2 == 0 else reversed(list(names)):
            found[name], others = measure(name)
            disturbed |= others > QUIET
            if disturbed and time.monotonic() < deadline:
                break
        else:
            rounds.append(found)
            num_disturbed += disturbed
    return {name: [found[name] for found in rounds] for name in names}, num_disturbed


def busy_seconds(of):
    """Processor time that a process, or with the module psutil the machine, has used."""
    times = of.cpu_times()
    return times.user + times.system


def machine():
    """The processor, memory and system that the figures belong to."""
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


def versions(*packages):
    """The installed version of each package, None for those that are not installed."""
    return {package: _version(package) for package in packages}


def _version(package):
    for distribution in (package, f"{package}-cpu"):
        try:
            return importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            continue
    return None


def matrix_peak():
    """Floating-point operations a second of one large square matrix product, the best of ten."""
    rng = np.random.default_rng(0)
    size = 2048
    one, two = (rng.random((size, size), dtype="float32") for _ in range(2))
    return 2 * size**3 / min(timeit.repeat(lambda: one @ two, number=1, repeat=10))


def half_width(values):
    """Half of the 95 % interval of the mean of some values, by Student's t."""
    from scipy import stats

    return float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values))


def parser(description, num_rounds, patience):
    """The options that every benchmark has."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    options.add_argument("--rounds", type=int, default=num_rounds, help="rounds that count")
    options.add_argument(
        "--patience", type=float, default=patience, help="seconds to wait for a quiet machine"
    )
    return options


def as_targets(rows):
    """Targets as a record has them, from rows of what is meant, wanted, measured, and whether it was met."""
    return [dict(zip(("target", "wanted", "measured", "met"), row, strict=True)) for row in rows]


def finish(result, table, json_file=None):
    """Show a table, what was measured of each target and whether it was met; write all of it as JSON."""
    from rich.console import Console

    console = Console()
    console.print(table)
    for row in result["targets"]:
        verdict = "met" if row["met"] else "MISSED"
        console.print(f"{row['target']}: {row['measured']} ({row['wanted']}), {verdict}", highlight=False)
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(result, indent=2) + "\n")
