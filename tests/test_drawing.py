import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from autorev_lib.data import load_mnist
from autorev_lib.serving.drawing import to_mnist


@pytest.fixture(scope="module")
def digits():
    """The 10,000 test images of MNIST."""
    (_, _), (x_test, _) = load_mnist()
    return x_test


def centre_of_mass(image):
    """Row and column of the centre of the ink."""
    return [np.average(np.arange(28), weights=image.sum(axis=axis, dtype=float)) for axis in (1, 0)]


def ink_box(image):
    """Height and width of the ink, and the first and last row and column that it touches."""
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    return rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1, rows[[0, -1]], columns[[0, -1]]


def test_images_of_mnist_stay_as_they_are(digits):
    """They were made this way, so making them once more must change nothing, to the pixel."""
    same = [np.array_equal(to_mnist(image), image) for image in digits]
    assert np.mean(same) > 0.999


@pytest.mark.parametrize("pad", [((0, 0), (0, 0)), ((40, 3), (0, 90)), ((0, 200), (11, 0))])
def test_it_does_not_matter_where_on_the_paper_it_was_drawn(digits, pad):
    for image in digits[:50]:
        assert np.array_equal(to_mnist(np.pad(image, pad)), to_mnist(image))


@pytest.mark.parametrize("factor", [2, 5, 30])
def test_it_does_not_matter_how_large_it_was_drawn(digits, factor):
    for image in digits[:50]:
        large = np.kron(image, np.ones((factor, factor), np.uint8))
        assert np.array_equal(to_mnist(large), to_mnist(image))


@pytest.mark.parametrize(("height", "width"), [(300, 60), (60, 300), (7, 3), (1, 1), (1, 1024), (1024, 1)])
def test_the_longer_side_fills_the_box_and_proportions_stay(height, width):
    ink = np.zeros((1024, 1024), np.uint8)
    ink[:height, :width] = 255
    rows, columns, *_ = ink_box(to_mnist(ink))
    assert max(rows, columns) == 20
    assert (rows, columns) == pytest.approx(np.array([height, width]) * 20 / max(height, width), abs=1)


@settings(deadline=None, derandomize=True)
@given(st_numpy.arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60)), fill=st.just(0)))
def test_any_drawing_comes_out_centred_and_whole_or_is_refused(ink):
    try:
        image = to_mnist(ink)
    except ValueError as error:
        assert "ink: expected" in str(error)
        assert ink.mean() < 1
        return
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    for centre, ends in zip(centre_of_mass(image), ink_box(image)[2:], strict=True):
        assert 13.5 <= round(centre, 6) <= 14.5 or ends[0] == 0 or ends[1] == 27


def test_ink_at_one_end_is_moved_to_the_edge_and_not_over_it():
    ink = np.zeros((100, 100), np.uint8)
    ink[:, :95] = 10
    ink[:, 95:] = 255
    ink[0, 0] = 255
    image = to_mnist(ink)
    rows, columns, _, (left, _) = ink_box(image)
    assert (rows, columns) == (20, 20)
    assert left >= 0
    assert image[:, left + 19].max() > 200


def test_lines_are_smooth():
    """A slanting line has shades of grey: it was not scaled by picking pixels."""
    ink = np.zeros((200, 200), np.uint8)
    for x in range(200):
        ink[max(0, x // 2 - 8) : x // 2 + 8, x] = 255
    image = to_mnist(ink)
    assert np.unique(image).size > 20
    assert image.max() > 200


@pytest.mark.parametrize("size", [(280, 280), (1, 1), (0, 5), (0, 0)])
def test_an_empty_drawing_is_refused(size):
    with pytest.raises(ValueError, match=f"expected a drawing, received {size[0]} by {size[1]} pixels"):
        to_mnist(np.zeros(size, np.uint8))


def test_two_specks_far_apart_are_refused():
    ink = np.zeros((1024, 1024), np.uint8)
    ink[0, 0] = ink[-1, -1] = 20
    with pytest.raises(ValueError, match="too little ink on 1024 by 1024 pixels"):
        to_mnist(ink)


@pytest.mark.parametrize(
    ("ink", "error", "message"),
    [
        (np.ones((1, 28, 28), np.uint8), ValueError, r"expected shape \(H, W\), received \(1, 28, 28\)"),
        (np.ones(784, np.uint8), ValueError, r"expected shape \(H, W\), received \(784,\)"),
        (np.ones((28, 28)), TypeError, "expected dtype uint8.*received float64"),
        (np.ones((28, 28), bool), TypeError, "expected dtype uint8.*received bool"),
    ],
)
def test_errors_name_what_was_expected_and_received(ink, error, message):
    with pytest.raises(error, match=message):
        to_mnist(ink)


def test_the_drawing_is_left_alone(digits):
    ink = digits[0].copy()
    ink.setflags(write=False)
    to_mnist(ink)
    assert np.array_equal(ink, digits[0])
