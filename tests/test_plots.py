import base64
import io
import re

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


def test_a_person_gets_the_text_with_the_image(watched, monkeypatch):
    shown = []
    monkeypatch.setattr(plots, "display", lambda data, raw: shown.append(data))
    plots.show(plt.subplots()[0], alt='A "falling" line, y < 0.')
    ((data),) = shown
    assert data.keys() == {"text/plain", "text/html"}
    assert data["text/html"].count('alt="A &quot;falling&quot; line, y &lt; 0."') == 2
    light, dark = (pixels(png) for png in re.findall('base64,([^"]+)', data["text/html"]))
    assert light[0, 0].mean() == 255 and dark[0, 0].mean() == 17
    assert light.shape == dark.shape


def pixels(png):
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), float)


def test_in_the_dark_what_was_black_is_light_and_images_stay():
    fig, (left, right) = plt.subplots(1, 2)
    fig.suptitle("all")
    left.plot([0, 1], color="black", label="a line")
    frame = left.legend(frameon=True, facecolor="white").get_frame()
    left.text(0, 0, "on paper")
    right.imshow([[0, 1]], cmap="gray")
    right.text(0, 0, "on the image", color="black")
    plots._darken(fig)
    light, dark = (np.array(plots.to_rgb(plots._DARK[name])) for name in ("black", "white"))

    def colours(artists):
        return [plots.to_rgb(each.get_color()) for each in artists]

    ticks = [*left.get_xticklabels(), *left.get_xticklines()]
    texts = [left.title, left.xaxis.label, *left.texts, *left.get_legend().get_texts(), *fig.texts, *ticks]
    assert np.allclose(colours([*left.lines, *texts]), light)
    assert np.allclose([plots.to_rgb(spine.get_edgecolor()) for spine in left.spines.values()], light)
    for paper in (left, frame):
        assert np.allclose(plots.to_rgb(paper.get_facecolor()), dark)
    assert colours(right.texts) == [(0, 0, 0)], "on an image black stays black"


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


def test_a_computation_graph_draws_both_paths_of_a_number_used_twice():
    class Number:
        def __init__(self, name, parents=()):
            self.name, self.parents, self.value, self.gradient = name, parents, 2.0, 0.5

    w, b = Number("w"), Number("b")
    square = Number("w·w", (w, w))
    total = Number("sum", (square, b))
    _, ax = plt.subplots()
    plots.computation_graph(ax, [w, square, b, total])
    boxes = {text.get_text().split("\n")[0]: text.get_position() for text in ax.texts if text.get_text()}
    assert boxes == {"w": (0, 0), "w·w": (1, 0), "b": (1, -1), "sum": (2, 0)}
    bends = [a.arrowprops["connectionstyle"] for a in ax.texts if getattr(a, "arrowprops", None)]
    assert len(bends) == 4 and len(set(bends)) == 3  # two of the four lines are bent, apart from each other
