"""Pictures of digits as people make them, rendered from images of MNIST: what :mod:`benchmarks.preparation`
and the tests try reading with.

The middle line of each digit is drawn anew with a pen of some thickness, on a sheet of some kind.
"""

import io

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage.morphology import skeletonize

BOX = 20
"""Pixels of the longer side of a digit in MNIST."""

_FACTOR = 8  # by which an image is enlarged to find its middle line


def render(image, kind, rng):
    """Render an image of MNIST, uint8 of shape (28, 28), as a picture of one of the :data:`KINDS`.

    Args:
        image: The digit, 0 = paper to 255 = ink.
        kind: A key of :data:`KINDS`.
        rng: A NumPy random generator.

    Returns:
        uint8 of shape (H, W) or (H, W, 3), as a picture file would give it.
    """
    return KINDS[kind](image, rng)


def is_legible(image):
    """Whether the digit can be drawn anew from its middle line: it is in one piece, and no hole is closed."""
    large = ndimage.zoom(image.astype(np.float32), _FACTOR, order=1) > 127
    line = _middle_line(image) > 0
    return _counts(large) == _counts(ndimage.binary_dilation(line, iterations=2)) and _counts(large)[0] == 1


def _counts(mask):
    """Pieces and holes."""
    holes = ndimage.label(~np.pad(mask, 1))[1] - 1
    return ndimage.label(mask, np.ones((3, 3)))[1], holes


def _middle_line(image):
    large = ndimage.zoom(image.astype(np.float32), _FACTOR, order=1)
    line = skeletonize(ndimage.gaussian_filter(large, _FACTOR / 3) > 120)
    line = np.pad(ndimage.gaussian_filter(line.astype(np.float32), _FACTOR / 3), 2 * _FACTOR)
    return skeletonize(line > 0.35 * line.max())


def _strokes(image, height, thickness):
    """The digit as its middle line, its box so many pixels high, 0 = paper to 1 = ink."""
    line = _middle_line(image)
    scale = height / (BOX * _FACTOR)
    distance = ndimage.distance_transform_edt(~line) * scale  # in pixels of the picture
    shape = tuple(max(1, round(side * scale)) for side in distance.shape)
    distance = np.asarray(Image.fromarray(distance.astype(np.float32)).resize(shape[::-1], Image.BILINEAR))
    ink = np.clip(thickness / 2 - distance + 0.5, 0, 1)
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _place(ink, shape, rng, centred=False):
    """Put ink somewhere on a sheet of that shape."""
    sheet = np.zeros(shape, np.float32)
    free = [side - own for side, own in zip(shape, ink.shape, strict=True)]
    top, left = (
        ([gap // 2 for gap in free]) if centred else (int(rng.uniform(0.08, 0.92) * gap) for gap in free)
    )
    sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return sheet


def _sheet(image, rng, shape, share, thickness, centred=False):
    """Ink on a sheet: the digit takes a share of its shorter side, the pen a share of the digit's height."""
    height = rng.uniform(*share) * min(shape)
    turned = ndimage.rotate(image, rng.uniform(-7, 7), reshape=False, order=1)
    return _place(_strokes(turned, height, max(1.2, rng.uniform(*thickness) * height)), shape, rng, centred)


def _texture(shape, size, rng):
    """Smooth noise of mean 0 and standard deviation 1; ``size`` is that of its blots in pixels."""
    small = rng.standard_normal([max(2, round(side / size) + 2) for side in shape]).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize(shape[::-1], Image.BICUBIC)) * 1.3


def _lit(shape, rng, strength):
    """How light falls on a sheet: a slope and a soft spot, about 1 at its brightest."""
    y, x = np.mgrid[: shape[0], : shape[1]] / max(shape)
    angle = rng.uniform(0, 2 * np.pi)
    slope = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    cy, cx = rng.uniform(0, 1, 2)
    return (1 - strength * (0.5 + slope) - 0.3 * strength * ((x - cx) ** 2 + (y - cy) ** 2)).astype(
        np.float32
    )


def _photo(
    ink, rng, *, paper=(0.6, 0.85), depth=(0.45, 0.8), light=0.35, noise=(1, 5), colour=True, lines=None
):
    """Photograph ink on paper: colour, light, paper's grain, noise, a little blur, and JPEG."""
    shape = ink.shape
    ground = np.array([1, rng.uniform(0.95, 1), rng.uniform(0.86, 1.02)]) * rng.uniform(*paper)
    pens = [(1, 1, 1)] * 2 + [(1, 0.85, 0.45), (0.35, 1, 0.95), (0.9, 0.6, 0.9)] * colour
    pen = np.array(pens[rng.integers(len(pens))]) * rng.uniform(*depth)
    ink = ndimage.gaussian_filter(ink, max(shape) / rng.uniform(700, 1500))
    colours = ground * (1 - ink[..., None] * pen)
    if lines is not None:
        colours *= 1 - lines[..., None] * np.array([1, 0.75, 0.5]) * rng.uniform(0.12, 0.35)
    colours *= (_lit(shape, rng, light) * (1 + 0.012 * _texture(shape, max(shape) / 90, rng)))[..., None]
    return _developed(255 * colours, rng, noise)


def _developed(colours, rng, noise=(1, 5)):
    sigma = rng.uniform(*noise)
    colours = colours + sigma * rng.standard_normal(colours.shape[:2])[..., None]
    colours = colours + 0.5 * sigma * rng.standard_normal(colours.shape)
    file = io.BytesIO()
    pixels = np.clip(np.rint(colours), 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(file, "JPEG", quality=int(rng.integers(60, 93)))
    return np.asarray(Image.open(file))


def _size(rng, low=280, high=900):
    height = int(rng.uniform(low, high))
    return height, int(height * rng.uniform(0.75, 1.34))


def _grey(ink, paper=255, strongest=0):
    return np.rint(paper + (strongest - paper) * ink).astype(np.uint8)


def _screen(image, rng):
    """White on black or black on white, drawn on a screen."""
    ink = _sheet(image, rng, (400, 400), (0.35, 0.85), (0.03, 0.16))
    return _grey(ink, 0, 255) if rng.random() < 0.7 else _grey(ink)


def _tiny(image, rng):
    """Faint, dark on white, 28 by 28 pixels."""
    ink = _sheet(image, rng, (140, 140), (0.55, 0.85), (0.06, 0.14))
    small = ink.reshape(28, 5, 28, 5).mean(axis=(1, 3))
    return _grey(small, 255, int(rng.uniform(40, 150)))


def _thin(image, rng):
    """A pen of one or two pixels."""
    shape = _size(rng, 200, 420)
    ink = _sheet(image, rng, shape, (0.3, 0.8), (0.0, 0.02))
    return _photo(ink, rng, light=0.1) if rng.random() < 0.5 else _grey(ink, 255, int(rng.uniform(0, 90)))


def _pen(image, rng):
    """A pen on paper, photographed in fair light."""
    return _photo(_sheet(image, rng, _size(rng), (0.2, 0.75), (0.02, 0.1)), rng)


def _marker(image, rng):
    """A black marker on paper that fills the picture, in uneven light."""
    ink = _sheet(image, rng, _size(rng), (0.6, 0.92), (0.08, 0.2))
    return _photo(ink, rng, light=0.55, depth=(0.65, 0.9), colour=False)


def _pencil(image, rng):
    """A faint pencil that wears off here and there, on grey paper."""
    shape = _size(rng, 280, 700)
    ink = _sheet(image, rng, shape, (0.3, 0.7), (0.02, 0.06))
    grain = np.clip(0.8 + 0.25 * _texture(shape, 2.5, rng), 0.25, 1)
    return _photo(ink * grain, rng, paper=(0.5, 0.8), depth=(0.3, 0.6), colour=False)


def _ruled(image, rng, *, squares=False):
    shape = _size(rng, 400, 900)
    ink = _sheet(image, rng, shape, (0.3, 0.75), (0.04, 0.1))
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    tilt, step = rng.uniform(-0.04, 0.04), min(shape) * rng.uniform(0.06, 0.2)
    lines, width = np.zeros(shape, np.float32), max(1.5, min(shape) / 350)
    for across in (y + tilt * x, x - tilt * y)[: 2 if squares else 1]:
        off = np.abs((across + rng.uniform(0, step)) % step - step / 2)
        lines = np.maximum(lines, np.clip(width / 2 - off + 0.5, 0, 1))
    return _photo(ink, rng, lines=lines, noise=(1, 3))


def _framed(image, rng):
    """In a printed box, as on a form."""
    height = int(rng.uniform(300, 600))
    ink = _sheet(image, rng, (height, height), (0.4, 0.6), (0.05, 0.1), centred=True)
    edge, width = int(rng.uniform(0.05, 0.12) * height), max(2, height // 150)
    box = np.ones((height - 2 * edge, height - 2 * edge), np.float32)
    box[width:-width, width:-width] = 0
    return _photo(np.maximum(ink, np.pad(box, edge)), rng, noise=(1, 3), colour=False)


def _squared(image, rng):
    """On squared paper."""
    return _ruled(image, rng, squares=True)


def _shadow(image, rng):
    """Across the paper lies the edge of a shadow."""
    picture = _photo(_sheet(image, rng, _size(rng), (0.25, 0.75), (0.03, 0.12)), rng, noise=(0, 1))
    shape = picture.shape[:2]
    y, x = np.mgrid[: shape[0], : shape[1]]
    angle = rng.uniform(0, 2 * np.pi)
    side = (x - shape[1] * rng.uniform(0.3, 0.7)) * np.cos(angle) + (
        y - shape[0] * rng.uniform(0.3, 0.7)
    ) * np.sin(angle)
    shade = 1 / (1 + np.exp(-side / (max(shape) * rng.uniform(0.003, 0.05))))
    return _developed(picture * (1 - rng.uniform(0.2, 0.55) * shade)[..., None], rng)


def _table(image, rng):
    """A sheet that lies askew on a dark table."""
    shape = _size(rng, 400, 900)
    picture = _photo(_sheet(image, rng, shape, (0.25, 0.6), (0.04, 0.12), centred=True), rng, noise=(0, 1))
    y, x = np.mgrid[: shape[0], : shape[1]]
    tilt, inside = np.tan(np.radians(rng.uniform(-6, 6))), np.ones(shape, bool)
    for distance, length in (
        (y + tilt * x, shape[0]),
        (shape[0] - y - tilt * x, shape[0]),
        (x - tilt * y, shape[1]),
        (shape[1] - x + tilt * y, shape[1]),
    ):
        if rng.random() < 0.6:
            inside &= distance > rng.uniform(0.02, 0.14) * length
    table = np.array([0.5, 0.42, 0.33]) * rng.uniform(60, 200) + 6 * _texture(shape, 12, rng)[..., None]
    inside = ndimage.gaussian_filter(inside.astype(np.float32), 1)[..., None]
    return _developed(picture * inside + table * (1 - inside), rng)


def _large(image, rng):
    """Small on a large sheet, from a camera with several megapixels."""
    return _photo(_sheet(image, rng, _size(rng, 1500, 2600), (0.07, 0.2), (0.05, 0.12)), rng)


def _chalk(image, rng):
    """Chalk on a blackboard that was wiped badly."""
    shape = _size(rng)
    ink = _sheet(image, rng, shape, (0.25, 0.75), (0.05, 0.13))
    ink = ink * np.clip(0.85 + 0.2 * _texture(shape, 3, rng), 0.2, 1)
    board = np.array([[0.9, 1, 0.95], [0.8, 0.8, 0.8]][rng.integers(2)]) * rng.uniform(35, 80)
    board = board * (1 + 0.12 * _texture(shape, max(shape) / 6, rng))[..., None]
    colours = board + ink[..., None] * (rng.uniform(150, 235) - board)
    return _developed(colours * _lit(shape, rng, 0.3)[..., None], rng, (2, 6))


def _whiteboard(image, rng):
    """A coloured marker on a whiteboard that shines."""
    shape = _size(rng)
    ink = _sheet(image, rng, shape, (0.25, 0.8), (0.03, 0.08))
    picture = _photo(ink, rng, paper=(0.6, 0.8), depth=(0.6, 0.9), light=0.4, noise=(0, 1)).astype(np.float32)
    y, x = np.mgrid[: shape[0], : shape[1]] / max(shape)
    cy, cx = rng.uniform(0, 1, 2)
    glare = rng.uniform(20, 60) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / rng.uniform(0.01, 0.05))
    return _developed(picture + glare[..., None], rng)


def _dots(image, rng):
    """Enlarged as it is, with one to four stray dots, none of them near it or wider than its pen."""
    sheet = _clean(image, rng)
    free = ndimage.distance_transform_edt(sheet == 0)
    y, x = np.mgrid[: sheet.shape[0], : sheet.shape[1]]
    for _ in range(rng.integers(1, 5)):
        cy, cx = rng.integers(5, np.array(sheet.shape) - 5)
        if free[cy, cx] > 30:
            dot = np.clip(rng.uniform(1, 7) - np.hypot(y - cy, x - cx) + 0.5, 0, 1)
            sheet = np.maximum(sheet, np.rint(255 * dot).astype(np.uint8))
    return sheet


def _noisy(image, rng):
    """Enlarged as it is, with noise of 2 in 255."""
    large = np.kron(np.pad(image, 14), np.ones((5, 5)))
    return np.clip(np.rint(large + rng.normal(0, 2, large.shape)), 0, 255).astype(np.uint8)


def _clean(image, rng):
    """Enlarged as it is."""
    return np.kron(np.pad(image, 14), np.ones((5, 5), np.uint8))


KINDS = {
    "clean": _clean,
    "noise of 2": _noisy,
    "stray dots": _dots,
    "screen": _screen,
    "28 by 28": _tiny,
    "thin pen": _thin,
    "pen": _pen,
    "marker": _marker,
    "pencil": _pencil,
    "ruled": _ruled,
    "squared": _squared,
    "framed": _framed,
    "shadow": _shadow,
    "table": _table,
    "large sheet": _large,
    "chalk": _chalk,
    "whiteboard": _whiteboard,
}
