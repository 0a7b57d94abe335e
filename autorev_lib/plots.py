"""Pictures. Each function draws on the ``ax`` it is given and gives it back; nothing is computed here."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display


def show(fig, alt):
    """Display a figure with a text that stands for it, then close it.

    Args:
        alt: What a reader who cannot see the picture should know: kind of picture, axes, what it shows.
            It is stored with the image, for screen readers, and is what a text terminal prints.

    Raises:
        ValueError: ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError(f"alt: expected a description of the figure, received {alt!r}")
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(fig)
    display(
        {"image/png": base64.b64encode(buffer.getvalue()).decode(), "text/plain": f"Figure: {alt}"},
        raw=True,
        metadata={"image/png": {"alt": alt}},
    )


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
