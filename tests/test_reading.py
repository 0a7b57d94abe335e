import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from PIL import Image

from autorev_lib.data import load_mnist
from autorev_lib.serving.pictures import MAX_BYTES, load_picture
from autorev_lib.serving.reading import PictureError, as_mnist, find_digits
from benchmarks import sheets


@pytest.fixture(scope="module")
def digits():
    """The first 60 test images of MNIST that can be drawn anew, and their labels."""
    (_, _), (x_test, y_test) = load_mnist(small=True)
    legible = [i for i in range(80) if sheets.is_legible(x_test[i])][:60]
    return x_test[legible], y_test[legible]


def overlap(one, other):
    """The share of ink that two images have in common, 0 to 1."""
    one, other = one.astype(float), other.astype(float)
    return 2 * np.minimum(one, other).sum() / (one.sum() + other.sum())


def ends(image, axis):
    """The first and the last row (0) or column (1) with ink."""
    return np.flatnonzero(image.any(axis=1 - axis))[[0, -1]]


def centre_of_mass(image):
    return [np.average(np.arange(28), weights=image.sum(axis=axis, dtype=float)) for axis in (1, 0)]


def enlarged(image, factor=5, margin=70):
    return np.pad(np.kron(image, np.ones((factor, factor), np.uint8)), margin)


def with_dot(image):
    """The digit as large as on the page, and a dot of its pen's width in a corner."""
    picture = enlarged(image)
    picture[8:16, 8:16] = 255
    return picture


def with_noise(image):
    noise = np.random.default_rng(0).normal(0, 2, (280, 280))
    return np.clip(np.rint(enlarged(image) + noise), 0, 255).astype(np.uint8)


def test_images_of_mnist_stay_nearly_as_they_are(digits):
    assert np.mean([overlap(as_mnist(image), image) for image in digits[0]]) > 0.85


@pytest.mark.parametrize("spoil", [with_dot, with_noise])
def test_neither_a_dot_nor_noise_changes_much(digits, spoil):
    same = [overlap(as_mnist(spoil(image)), as_mnist(enlarged(image))) for image in digits[0][:20]]
    assert min(same) > 0.9


def test_dark_on_light_is_the_same_as_light_on_dark(digits):
    for image in digits[0][:10]:
        assert overlap(as_mnist(255 - enlarged(image)), as_mnist(enlarged(image))) > 0.97


@pytest.mark.parametrize("kind", sheets.KINDS)
def test_a_digit_is_found_on_sheets_of_every_kind(digits, kind):
    """What comes out looks most like the same digit of another writer or of this one."""
    rng = np.random.default_rng(0)
    images, labels = digits
    known = [as_mnist(image) for image in images]
    chosen = range(3 if kind == "large sheet" else 8)
    read = []
    for i in chosen:
        found = as_mnist(sheets.render(images[i], kind, rng))
        read.append(labels[int(np.argmax([overlap(found, other) for other in known]))])
    assert np.sum(read == labels[: len(read)]) >= len(read) - 1, read


@pytest.mark.parametrize(("height", "width"), [(300, 60), (60, 130), (7, 3), (1000, 10), (40, 41)])
def test_the_longer_side_fills_the_box_and_proportions_stay(height, width):
    """A frame of that size comes out with its proportions."""
    picture = np.zeros((1024, 1024), np.uint8)
    picture[20 : 20 + height, 20 : 20 + width] = 255
    inner = max(1, round(max(height, width) * 0.14))
    picture[20 + inner : 20 + height - inner, 20 + inner : 20 + width - inner] = 0
    image = as_mnist(picture[: height + 200, : width + 200])
    rows, columns = (np.ptp(ends(image, axis)) + 1 for axis in (0, 1))
    assert max(rows, columns) == 20
    assert min(rows, columns) == pytest.approx(20 * min(height, width) / max(height, width), abs=2.5)


@pytest.mark.parametrize("thickness", [1.5, 6, 20, 45])
def test_strokes_come_out_as_thick_as_those_of_mnist(digits, thickness):
    ink = [
        as_mnist(sheets._grey(np.pad(sheets._strokes(image, 240, thickness), 50))) for image in digits[0][:20]
    ]
    mean = np.mean(ink) / np.mean([as_mnist(image) for image in digits[0][:20]])
    assert 0.75 < mean < 1.3


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st_numpy.arrays(np.uint8, st.tuples(st.integers(0, 60), st.integers(0, 60)), fill=st.just(0)))
def test_any_picture_gives_centred_digits_or_is_refused(picture):
    try:
        found = find_digits(picture)
    except PictureError as error:
        assert "expected a digit, received" in str(error)
        return
    for digit in found:
        assert (digit.image.shape, digit.image.dtype) == ((28, 28), np.uint8)
        left, top, right, bottom = digit.box
        assert 0 <= left < right <= picture.shape[1] and 0 <= top < bottom <= picture.shape[0]
        for axis, centre in enumerate(centre_of_mass(digit.image)):
            first, last = ends(digit.image, axis)
            assert 13.4 <= centre <= 14.6 or first == 0 or last == 27


def test_several_digits_are_found_line_by_line(digits):
    images = digits[0][[0, 1, 2, 3, 4, 5, 6]]
    picture, places = np.full((500, 700), 230, np.uint8), []
    for i, image in enumerate(images):
        top, left = (60 + 8 * (i % 3), 40 + 160 * i) if i < 4 else (280 - 6 * (i % 2), 90 + 170 * (i - 4))
        drawn = sheets._strokes(image, 120, 12)
        picture[top : top + drawn.shape[0], left : left + drawn.shape[1]] -= (190 * drawn).astype(np.uint8)
        places.append((left, top))
    picture[30:36, 600:606] = 40  # a dot
    found = find_digits(picture)
    assert len(found) == len(images)
    for digit, image, (left, top) in zip(found, images, places, strict=True):
        assert digit.box[:2] == pytest.approx((left, top), abs=4)
        assert overlap(digit.image, as_mnist(image)) > 0.6


def test_a_detached_stroke_belongs_to_its_digit():
    """The bar of a 5 above its body, without touching it."""
    picture = np.full((300, 300), 255, np.uint8)
    picture[80:92, 120:190] = 0
    picture[104:220, 110:122] = 0
    picture[208:220, 110:190] = 0
    (digit,) = find_digits(picture)
    assert digit.box == pytest.approx((110, 80, 190, 220), abs=3)


def noise(sigma, shape):
    return np.clip(np.random.default_rng(0).normal(128, sigma, shape), 0, 255).astype(np.uint8)


NOTHING = {
    "white": np.full((280, 280), 255, np.uint8),
    "black": np.zeros((28, 28), np.uint8),
    "no pixels": np.zeros((0, 5), np.uint8),
    "one pixel": np.full((1, 1), 9, np.uint8),
    "transparent": np.zeros((50, 50, 4), np.uint8),
    "a little noise": noise(2, (280, 280)),
    "much noise": noise(40, (280, 280, 3)),
    "small noise": noise(60, (28, 28)),
    "salt and pepper": np.where(np.random.default_rng(0).random((280, 280)) < 0.01, 0, 255).astype(np.uint8),
    "light that falls off": np.tile(np.linspace(50, 250, 300), (200, 1)).astype(np.uint8),
    "photographed paper": sheets._photo(np.zeros((400, 500), np.float32), np.random.default_rng(0)),
}


@pytest.mark.parametrize("picture", NOTHING.values(), ids=NOTHING)
def test_where_there_is_no_digit_none_is_found(picture):
    height, width = picture.shape[:2]
    with pytest.raises(
        PictureError, match=f"expected a digit, received {height} by {width} pixels on which none"
    ):
        find_digits(picture)


@pytest.mark.parametrize("strokes", ["dark", "light"])
@pytest.mark.parametrize("is_sheet", [True, False])
def test_what_is_transparent_is_paper(digits, strokes, is_sheet):
    """Ink alone on nothing; or an opaque sheet with transparent corners."""
    ink = enlarged(digits[0][0])
    if is_sheet:
        picture = np.dstack([ink if strokes == "light" else 255 - ink] * 3 + [np.full_like(ink, 255)])
        picture[:60, :60] = 0
    else:
        picture = np.dstack([np.full_like(ink, 255 if strokes == "light" else 0)] * 3 + [ink])
    assert overlap(as_mnist(picture), as_mnist(ink)) > 0.95


@pytest.mark.parametrize(
    ("picture", "error", "message"),
    [
        (np.ones((1, 28, 28), np.uint8), ValueError, r"expected shape \(H, W\).*received \(1, 28, 28\)"),
        (np.ones(784, np.uint8), ValueError, r"expected shape \(H, W\).*received \(784,\)"),
        (np.ones((28, 28)), TypeError, "expected dtype uint8.*received float64"),
    ],
)
def test_errors_name_what_was_expected_and_received(picture, error, message):
    with pytest.raises(error, match=message):
        as_mnist(picture)


def test_the_picture_is_left_alone(digits):
    picture = digits[0][0].copy()
    picture.setflags(write=False)
    as_mnist(picture)
    assert np.array_equal(picture, digits[0][0])


def encoded(picture, kind="PNG", **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


GREY = Image.fromarray(255 - enlarged(load_mnist(small=True)[1][0][0]))
TURNED = Image.Exif()
TURNED[0x0112] = 6  # the camera was turned by 90°: upright after a turn clockwise
FILES = {
    "grey": encoded(GREY),
    "colour": encoded(GREY.convert("RGB"), "JPEG", quality=80),
    "CMYK": encoded(GREY.convert("CMYK"), "JPEG"),
    "WebP": encoded(GREY.convert("RGB"), "WEBP"),
    "palette": encoded(GREY.convert("P"), "GIF"),
    "palette, transparent": encoded(GREY.convert("P"), "GIF", transparency=255),
    "one bit": encoded(GREY.convert("1", dither=Image.Dither.NONE), "TIFF"),
    "16 bits": encoded(Image.fromarray(np.asarray(GREY).astype(np.uint16) * 257)),
    "32 bits": encoded(Image.fromarray(np.asarray(GREY).astype(np.float32) / 255), "TIFF"),
    "grey and alpha": encoded(GREY.convert("LA")),
    "turned": encoded(GREY.rotate(90, expand=True), "JPEG", exif=TURNED.tobytes()),
    "large": encoded(GREY.resize((4000, 4000)).convert("RGB"), "JPEG"),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_picture_files_of_many_kinds_are_read(content):
    assert overlap(as_mnist(load_picture(content)), as_mnist(np.asarray(GREY))) > 0.93


def png(width, height):
    """The head of a PNG file that says it is that large."""
    head = b"IHDR" + struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\0\0\0\1IDAT"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a PNG, JPEG, WebP, GIF, BMP or TIFF file, received 0 bytes"),
        (b"label,picture\n", "received 14 bytes that are none or are damaged"),
        (FILES["colour"][:900], "damaged"),
        (png(8000, 8000), "at most 50 million pixels, received 8000 by 8000"),
        (png(100_000, 100_000), "at most 50 million pixels, received many more"),
        (bytes(MAX_BYTES + 1), "at most 16 MiB, received 16.0 MiB"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(content, message):
    with pytest.raises(PictureError, match=message):
        load_picture(content)


def test_the_command_reads_files_and_says_which_it_cannot(autorev, tmp_path):
    from serving_models import publish

    publish(tmp_path / "models")
    (tmp_path / "one.png").write_bytes(FILES["grey"])
    (tmp_path / "blank.png").write_bytes(encoded(Image.new("L", (90, 90), "white")))
    (tmp_path / "words.txt").write_text("7")
    code, printed, errors = autorev("read", "one.png")
    assert (code, errors) == (0, "")
    assert printed.startswith("one.png: 7, ") and printed.endswith("% sure\n")
    code, printed, _ = autorev(
        "read", "blank.png", "one.png", "words.txt", "missing.png", "--models", "models"
    )
    assert code == 1
    lines = printed.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["blank.png", "one.png", "words.txt", "missing.png"]
    assert "not read: picture: expected a digit, received 90 by 90" in lines[0]
    assert "not read: picture: expected a PNG" in lines[2]
    assert "not read: No such file" in lines[3]
    code, _, errors = autorev("read", "one.png", "--models", "nowhere")
    assert code == 2 and errors.startswith("autorev: models: expected")
