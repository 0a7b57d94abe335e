import base64

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest

from autorev_lib import plots


@pytest.fixture(autouse=True)
def course_style():
    with plt.style.context("autorev_lib.course"):
        yield
    plt.close("all")


def test_show_displays_the_image_with_its_text_and_closes_the_figure(monkeypatch):
    shown, open_before = [], plt.get_fignums()
    monkeypatch.setattr(plots, "display", lambda data, raw, metadata: shown.append((data, metadata)))
    fig, _ax = plt.subplots()
    plots.show(fig, alt="A falling line.")
    ((data, metadata),) = shown
    assert data["text/plain"] == "Figure: A falling line."
    assert metadata == {"image/png": {"alt": "A falling line."}}
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert plt.get_fignums() == open_before


def test_show_insists_on_a_text():
    fig, _ax = plt.subplots()
    with pytest.raises(ValueError, match="alt: expected a description"):
        plots.show(fig, alt=" ")


def test_image_grid_draws_every_image_and_hides_the_empty_places():
    fig, axes = plots.image_grid(np.zeros((7, 4, 4, 1)), titles=list("abcdefg"), num_columns=3)
    assert len(axes) == 7 and len(fig.axes) == 9
    assert [ax.get_title() for ax in axes] == list("abcdefg")
    assert all(not ax.axison for ax in fig.axes)


def test_learning_curves_draws_both_sets_and_gives_the_axes_back():
    _fig, ax = plt.subplots()
    history = {"loss": [3.0, 2.0], "val_loss": [3.1, 2.5]}
    assert plots.learning_curves(ax, history, "loss") is ax
    assert [line.get_ydata().tolist() for line in ax.lines] == [[3.0, 2.0], [3.1, 2.5]]
    assert [line.get_xdata().tolist() for line in ax.lines] == [[1, 2], [1, 2]]


def test_confusion_matrix_writes_every_count_and_colours_only_mistakes():
    _fig, ax = plt.subplots()
    matrix = np.array([[50, 2], [0, 48]])
    assert plots.confusion_matrix(ax, matrix, ["cat", "dog"]) is ax
    assert [text.get_text() for text in ax.texts] == ["50", "2", "0", "48"]
    assert ax.images[0].get_array().tolist() == [[0, 2], [0, 0]]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")
