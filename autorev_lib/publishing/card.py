"""What is written down about a version: where it came from, how well it reads, when to roll it back."""

import hashlib
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import keras
import numpy as np

import autorev_lib
from autorev_lib.evaluation import confusion_matrix

_WATCHED = 200  # answers that people have judged, drawn at random
_CHANCE = 0.001  # that as few of them are right although nothing has changed
_WORST = 5


def notes(converted, images, labels, added, source, seed):
    """What to remember of a version, as a dictionary for JSON. It names no person, no folder and no file.

    Args:
        converted: What will be served, a :class:`~autorev_lib.publishing.Converted`.
        images: What it was judged on, uint8 of shape (N, 28, 28); ``labels`` their classes.
        added: Names of what was put on the network.
        source: Path of the file that the network came from, or None.
        seed: Of its training, or None if it is not known.
    """
    import tensorflow as tf
    from scipy.stats import binom

    labels = np.asarray(labels)
    data = hashlib.sha256(np.ascontiguousarray(images).tobytes() + labels.astype(np.uint8).tobytes())
    low, high = converted.interval
    return {
        "clean_accuracy": converted.accuracy,
        "clean_interval": [low, high],
        "clean_count": len(labels),
        "clean_sha256": data.hexdigest(),
        "worst_confusions": _worst_confusions(labels, converted.probabilities),
        "arithmetic": converted.arithmetic,
        "arithmetic_reason": converted.reason,
        "added": list(added),
        "source_sha256": source and hashlib.sha256(Path(source).read_bytes()).hexdigest(),
        "seed": seed,
        "git_commit": _git_commit(),
        "packages": {
            "python": platform.python_version(),
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
            "numpy": np.__version__,
            "ai-edge-litert": version("ai-edge-litert"),
            "autorev-lib": autorev_lib.__version__,
        },
        "rollback": {"judged": _WATCHED, "fewer_right_than": int(binom.ppf(_CHANCE, _WATCHED, low))},
    }


def summary(notes):
    """How well a version reads, as a sentence without its full stop; ``notes`` as from :func:`notes`."""
    low, high = notes["clean_interval"]
    return (
        f"As {notes['arithmetic']} it reads {notes['clean_accuracy']:.1%} of {notes['clean_count']:,} clean "
        f"images correctly (95 % interval: {low:.1%} to {high:.1%})"
    )


def text(name, notes):
    """The card of a version for people, as Markdown; ``notes`` as :func:`notes` gives them."""
    rollback = notes["rollback"]
    confusions = "\n".join(
        f"| {one['is']} | {one['read_as']} | {one['times']} |" for one in notes["worst_confusions"]
    )
    packages = ", ".join(f"{package} {number}" for package, number in notes["packages"].items())
    return f"""# Model card: {name}

Published {datetime.now(UTC):%Y-%m-%d} (UTC). The version is the number of the folder that this card is in.

## What it is for

It reads one handwritten digit, 0 to 9, from an image of 28 × 28 pixels, 0 = paper to 255 = ink, and gives a
probability for each class. It was made for a course: to be drawn for, corrected and learned from. It always
answers with a digit, to a letter or a cat as well. Do not let it decide about money, marks or people.

## How well it reads

{summary(notes)}.
Any scaling or order of classes that was put on was chosen by images of these. They are images as MNIST has
them, of digits that were written in the United States about 1990. Digits of
other people, pens and countries, photographs and slanted writing are read less well; how much less was not
measured. The mistakes made most often:

| is | read as | times |
|--:|--:|--:|
{confusions}

## What is served

- It computes with {notes["arithmetic"]}: {notes["arithmetic_reason"]}.
- Put on the network: {", ".join(notes["added"]) or "nothing"}.

## Where it comes from

- The file that was given: SHA-256 {notes["source_sha256"] or "unknown, it was published from memory"}
- The images and labels that it was judged on: SHA-256 {notes["clean_sha256"]}
- Seed of the training: {"unknown" if notes["seed"] is None else notes["seed"]}
- Git commit of the folder it was published from: {notes["git_commit"] or "none"}
- Made with {packages}

## When to roll it back

Judge {rollback["judged"]} answers drawn at random. If fewer than {rollback["fewer_right_than"]} of them are \
right, run `autorev rollback`: a network that reads
{notes["clean_interval"][0]:.1%} falls so low about once in a thousand times, so people
probably draw something else than it was judged on.
"""


def _worst_confusions(labels, probabilities):
    counts = confusion_matrix(labels, probabilities.argmax(axis=1), probabilities.shape[1])
    np.fill_diagonal(counts, 0)
    worst = np.argsort(-counts, axis=None, kind="stable")[:_WORST]
    pairs = zip(*np.unravel_index(worst, counts.shape), strict=True)
    return [
        {"is": int(is_), "read_as": int(read_as), "times": int(counts[is_, read_as])}
        for is_, read_as in pairs
        if counts[is_, read_as]
    ]


def _git_commit():
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() or None
