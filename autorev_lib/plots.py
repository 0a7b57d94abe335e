"""Pictures. Each function draws on the ``ax`` it is given and gives it back; nothing is computed here."""

import base64
import html
import io

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from autorev_lib import screen

# For a dark page: from a colour of the course's style to the one in its place.
_DARK = {"white": "#111111", "black": "#e0e0e0", "#e6e6e6": "#333333"}
_IMAGES = """<style>
[data-jp-theme-light="false"] .autorev-light {{ display: none }}
[data-jp-theme-light="false"] .autorev-dark {{ display: inline !important }}
</style>
<img class="autorev-light" src="data:image/png;base64,{light}" alt="{alt}">
<img class="autorev-dark" src="data:image/png;base64,{dark}" alt="{alt}" style="display: none">
"""


def show(fig, alt):
    """Display a figure with a text that stands for it, then close it.

    Args:
        alt: What a reader who cannot see the picture should know: kind of picture, axes, what it shows.
            A screen reader reads it, it is stored with the image, and is what a text terminal prints.

    Raises:
        ValueError: ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError(f"alt: expected a description of the figure, received {alt!r}")
    png = _png(fig)
    text = {"text/plain": f"Figure: {alt}"}
    if screen.somebody_watches():  # JupyterLab leaves out the text of an image/png
        _darken(fig)
        images = _IMAGES.format(light=png, dark=_png(fig), alt=html.escape(alt))
        display(text | {"text/html": images}, raw=True)
    else:
        display(text | {"image/png": png}, raw=True, metadata={"image/png": {"alt": alt}})
    plt.close(fig)


def _png(fig):
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


def _darken(fig):
    """Recolour a figure for a dark page: its paper and what is drawn in black on it. Images stay."""
    fig.set_facecolor(_DARK["white"])
    for ax in fig.axes:
        ax.set_facecolor(_recoloured(ax.get_facecolor()))
        on_image = set(ax.texts) if ax.images else set()
        for artist in ax.findobj():
            if artist in on_image or artist is ax.patch:
                continue
            if isinstance(artist, Text | Line2D):
                artist.set_color(_recoloured(artist.get_color()))
            elif isinstance(artist, Patch):
                artist.set_edgecolor(_recoloured(artist.get_edgecolor()))
                artist.set_facecolor(_recoloured(artist.get_facecolor()))
    for text in fig.findobj(Text):
        if text.axes is None:
            text.set_color(_recoloured(text.get_color()))


def _recoloured(colour):
    is_none = isinstance(colour, str) and colour == "none"
    name = None if is_none else {to_rgb(name): name for name in _DARK}.get(to_rgb(colour))
    return to_rgba(_DARK[name], to_rgba(colour)[3]) if name else colour


def image_grid(images, titles=None, num_columns=10, cmap="gray_r", size=1.0):
    """Draw images side by side.

    Args:
        images: Array of shape (N, height, width) or (N, height, width, 1).
        titles: N short texts, one over each image, or None.
        num_columns: Images in a row, at most.
        size: Width of one image in inches.

    Returns:
        The figure and the N axes, to draw on further.
    """
    images = np.asarray(images)
    images = images.reshape(images.shape[:3])
    num_columns = min(num_columns, len(images))
    num_rows = -(-len(images) // num_columns)
    height = size * (1.25 if titles is not None else 1.0)
    fig, grid = plt.subplots(
        num_rows, num_columns, figsize=(size * num_columns, height * num_rows), squeeze=False
    )
    for ax in grid.flat:
        ax.axis("off")
    axes = grid.flat[: len(images)]
    for index, (ax, image) in enumerate(zip(axes, images, strict=True)):
        ax.imshow(image, cmap=cmap)
        if titles is not None:
            ax.set_title(titles[index], fontsize=9, loc="center")
    return fig, axes


def computation_graph(ax, numbers):
    """Draw a computation from left to right: each number a box with its name, its value and its gradient.

    Args:
        numbers: Objects with ``name``, ``value``, ``gradient`` and ``parents``, every parent before what
            was computed from it.
    """
    columns = {}
    for number in numbers:
        columns[number] = max((columns[parent] + 1 for parent in number.parents), default=0)
    for number in numbers:  # what nothing was computed from stands right before its first use
        if not number.parents:
            columns[number] = min(columns[child] for child in numbers if number in child.parents) - 1
    place, taken = {}, {}
    for number, column in columns.items():
        taken[column] = taken.get(column, -1) + 1
        place[number] = (column, -taken[column])
        label = f"{number.name}\nvalue {number.value:g}\ngradient {number.gradient:g}"
        box = {"boxstyle": "round", "facecolor": "white"}
        ax.text(*place[number], label, ha="center", va="center", bbox=box)
    for number in numbers:
        uses = len(number.parents)
        for use, parent in enumerate(number.parents):
            bend = 0.4 * (use / (uses - 1) - 0.5) if number.parents.count(parent) > 1 else 0
            line = {"arrowstyle": "-", "color": "gray", "connectionstyle": f"arc3,rad={bend}"}
            ax.annotate("", place[number], place[parent], arrowprops=line, zorder=1)
    ax.set(xlim=(-0.5, max(taken) + 0.5), ylim=(-max(taken.values()) - 0.5, 0.5))
    ax.axis("off")
    return ax


def learning_curves(ax, history, metric):
    """Draw how a metric went over the epochs, on the training and (if there) the validation set.

    Args:
        history: The dictionary ``fit(...).history``.
        metric: One of its keys, for example ``"loss"`` or ``"accuracy"``.
    """
    epochs = np.arange(1, len(history[metric]) + 1)
    ax.plot(epochs, history[metric], "o-", label="training")
    if f"val_{metric}" in history:
        ax.plot(epochs, history[f"val_{metric}"], "s--", label="validation")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="epoch", ylabel=metric)
    ax.legend()
    return ax


def confusion_matrix(ax, matrix, class_names):
    """Draw a confusion matrix: the mistakes coloured by their number, the right answers left pale.

    Args:
        matrix: Counts of shape (num_classes, num_classes), row = true class, column = predicted class.
        class_names: num_classes names.
    """
    matrix = np.asarray(matrix)
    mistakes = np.where(np.eye(len(matrix), dtype=bool), 0, matrix)
    ax.imshow(mistakes, cmap="Oranges")
    ax.grid(False)
    darkest = max(mistakes.max(), 1)
    for row, column in np.ndindex(matrix.shape):
        strong = mistakes[row, column] > 0.6 * darkest
        weight = "bold" if row == column else "normal"
        ax.text(column, row, matrix[row, column], ha="center", va="center", fontsize=8, weight=weight,
                color="white" if strong else "black")  # fmt: skip
    ax.set(xticks=range(len(matrix)), yticks=range(len(matrix)), xlabel="predicted", ylabel="true")
    ax.set_xticklabels(class_names)
    ax.set_yticklabels(class_names)
    return ax
