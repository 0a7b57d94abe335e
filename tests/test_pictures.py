"""Pictures are compared as a person would: other rounding passes, a figure that lost something does not."""

import base64
import io
import math

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from autorev_lib.tools.outputs import PICTURE_TOLERANCE, agree, picture_difference, picture_problem


def lines(num_lines=2, title=True, legend=True, shift=0.0, size=(6, 3.5), seed=0):
    """A figure as the course has many: two noisy curves, a title, a legend."""
    rng = np.random.default_rng(seed)
    fig, ax = plt.subplots(figsize=size)
    epochs = np.arange(40)
    for number in range(num_lines):
        loss = np.exp(-epochs / (8 + 8 * number)) + 0.01 * rng.normal(size=40)
        ax.plot(epochs, loss + shift, label=["training", "validation"][number])
    ax.set(xlabel="epoch", ylabel="loss", title="Loss of the network" if title else None, ylim=(0, 1.1))
    if legend:
        ax.legend()
    return fig


def thin(num_lines=2, title=True, legend=True):
    """Two plain curves and the smallest of legends and titles."""
    fig, ax = plt.subplots(figsize=(6, 3.5))
    for slope in range(1, 1 + num_lines):
        ax.plot([slope / (1 + x) for x in range(20)], label=str(slope))
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, 2.2), title="Loss" if title else None)
    if legend:
        ax.legend()
    return fig


def dots(series=2, title=True, legend=True, shift=0.0):
    """A scatter plot of two groups."""
    rng = np.random.default_rng(1)
    fig, ax = plt.subplots(figsize=(5, 4))
    for number in range(series):
        x = rng.normal(number, 0.3, 60)
        ax.scatter(x, x + rng.normal(0, 0.2, 60) + shift, s=12, label=f"species {number}")
    ax.set(xlim=(-1, 2), ylim=(-1, 2), xlabel="flipper (mm)", title="Flipper and mass" if title else None)
    if legend:
        ax.legend(loc="upper left")
    return fig


def digits(count=8, title=True, legend=True, shift=0.0):
    """A row of small images, each with a title."""
    rng = np.random.default_rng(2)
    fig, axes = plt.subplots(1, 8, figsize=(8, 1.4))
    for number, ax in enumerate(axes):
        ax.set_axis_off()
        if number < count:
            ax.imshow(np.clip(rng.random((28, 28)) + shift, 0, 1), cmap="gray_r", vmin=0, vmax=1)
            ax.set_title(str(number) if title else "")
    return fig


def png(fig, dpi=100, bbox_inches="tight", **options):
    """The figure as a notebook keeps it."""
    stream = io.BytesIO()
    fig.savefig(stream, format="png", dpi=dpi, bbox_inches=bbox_inches, **options)
    plt.close(fig)
    return base64.b64encode(stream.getvalue()).decode()


def output(picture):
    return {"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}


@pytest.mark.parametrize(
    "fresh",
    [
        png(lines()),
        png(lines(shift=0.004)),
        png(lines(seed=7)),
        png(lines(), dpi=110),
        png(lines(), pad_inches=0.15),
    ],
    ids=["same", "rounding", "noise", "resolution", "margin"],
)
def test_a_figure_of_another_run_agrees(fresh):
    assert picture_difference(png(lines()), fresh) <= PICTURE_TOLERANCE


@pytest.mark.parametrize(
    ("whole", "sabotaged"),
    [
        (lines, lines(num_lines=1)),
        (lines, lines(title=False)),
        (lines, lines(legend=False)),
        (thin, thin(num_lines=1)),
        (thin, thin(title=False)),
        (thin, thin(legend=False)),
        (dots, dots(series=1)),
        (dots, dots(title=False)),
        (dots, dots(legend=False)),
        (digits, digits(count=7)),
        (digits, digits(title=False)),
    ],
    ids=[
        *(f"lines without {part}" for part in ("a curve", "title", "legend")),
        *(f"thin lines without {part}" for part in ("a curve", "title", "legend")),
        *(f"dots without {part}" for part in ("a group", "title", "legend")),
        *(f"digits without {part}" for part in ("one", "titles")),
    ],
)
def test_a_figure_that_lost_something_differs(whole, sabotaged):
    stored, fresh = png(whole()), png(sabotaged)
    assert picture_difference(stored, fresh) > PICTURE_TOLERANCE
    assert "picture 1" in picture_problem([output(stored)], [output(fresh)])


@pytest.mark.parametrize("whole", [lines, thin, dots])
def test_a_lost_title_shows_in_a_figure_of_the_same_size_too(whole):
    stored, fresh = (png(fig, bbox_inches=None) for fig in (whole(), whole(title=False)))
    assert PICTURE_TOLERANCE < picture_difference(stored, fresh) < math.inf


def test_other_proportions_and_no_picture_differ():
    assert picture_difference(png(lines()), png(lines(size=(6, 4.5)))) == math.inf
    assert picture_difference(png(lines()), "bm8gcGljdHVyZQ==") == math.inf


def test_a_cell_may_have_a_tolerance_of_its_own():
    stored, fresh = [output(png(dots()))], [output(png(dots(series=1)))]
    assert picture_problem(stored, fresh, ["nbval-picture:0.9"]) is None
    assert picture_problem(stored, fresh, ["nbval-picture:0.01"])


def test_outputs_agree_if_all_of_them_do():
    stored, rounded, other = (output(png(fig)) for fig in (lines(), lines(shift=0.004), lines(title=False)))
    assert stored != rounded
    assert agree([stored], [rounded], [])
    assert not agree([stored, rounded], [rounded, other], [])
    assert not agree([stored], [rounded, other], [])


@pytest.mark.parametrize(
    ("tags", "stored", "fresh", "kept"),
    [
        ([], "loss 0.5", "loss 0.5", True),
        ([], "loss 0.5", "loss 0.501", False),
        (["nbval-approx:1e-2"], "loss 0.5", "loss 0.501", True),
        (["nbval-approx:1e-2"], "loss 0.5", "loss 0.6", False),
        (["nbval-ignore-output"], "12.3 s", "14.5 s", True),
        ([], "<object at 0x7f12>", "<object at 0x8a34>", True),
    ],
)
def test_text_agrees_within_the_tolerance_of_its_cell(tags, stored, fresh, kept):
    one, other = ({"output_type": "stream", "name": "stdout", "text": text} for text in (stored, fresh))
    assert agree([one], [other], tags) is kept
