"""Find the digits in what people draw, scan or photograph, and make them look like the images of MNIST.

Ink is what is darker, or lighter, than the paper around it; the paper's own brightness is estimated at every
place, so shadows and tables fall away. Each digit becomes a bilevel image, as NIST's forms were, its strokes
are brought to MNIST's thickness, and it is shrunk and centred the way MNIST was made.
"""

from math import ceil
from typing import NamedTuple

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage.filters import threshold_otsu

from autorev_lib.data import IMAGE_SHAPE
from autorev_lib.errors import AutorevError

_BOX = 20  # pixels of the longer side of a digit in MNIST
_THICKNESS = 2.4, 3.3  # of a stroke in MNIST, in its pixels: half of its training images are within that
_LONGEST, _SHORTEST = 700, 160  # pixels of the longer side while we look for ink
_FINE = 4  # pixels for each of MNIST's while we look at strokes
_WIDEST_STROKE = 0.3  # of the picture's height; what is wider is paper, table or shadow
_FAINTEST = 0.1  # ink, as a share of the way from paper to black
_SPECK = 0.06  # ink, as a share of the ink of the largest digit
_PART = 0.15  # ink, as a share of another stroke's: less says nothing about that one
_MOST = 100  # strokes; more are noise


class PictureError(AutorevError):
    """A file is no picture that can be read, or a picture shows no digit."""


class Digit(NamedTuple):
    """A digit that was found in a picture."""

    box: tuple[int, int, int, int]
    """Left, top, right and bottom in pixels of the picture; right and bottom are the first ones outside."""
    image: np.ndarray
    """uint8 of shape (28, 28), 0 = paper to 255 = ink, as MNIST has it."""
    ink: float
    """How much ink it has: the largest of several digits has the most."""


def as_mnist(picture):
    """Make the digit in a picture look like the images that the model was trained on.

    Where a picture shows several digits, it is the one with the most ink.

    Args:
        picture: As for :func:`find_digits`.

    Returns:
        uint8 of shape (28, 28), 0 = paper to 255 = ink: strokes about as thick as MNIST's, the longer side 20
        pixels, the centre of mass at pixel (14, 14), as far as the digit stays within the image.

    Raises:
        TypeError, ValueError, PictureError: As :func:`find_digits` does.
    """
    return max(find_digits(picture), key=lambda digit: digit.ink).image


def find_digits(picture):
    """Find the digits in a picture. Digits that touch each other count as one.

    Args:
        picture: uint8 of shape (H, W), grey, or (H, W, 3), RGB, or (H, W, 4), RGBA; dark ink on light paper
            or the other way round. What is transparent is paper.

    Returns:
        A list of :class:`Digit`, line by line from the top, each line from the left.

    Raises:
        TypeError: ``picture`` is not of dtype uint8.
        ValueError: ``picture`` is of another shape.
        PictureError: It shows no digit.

    Source:
        Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits" (1998); the
        black top-hat for uneven light is in P. Soille, "Morphological Image Analysis" (2003), chapter 4;
        N. Otsu, "A Threshold Selection Method from Gray-Level Histograms" (1979).
    """
    picture = np.asarray(picture)
    if picture.ndim not in (2, 3) or (picture.ndim == 3 and picture.shape[2] not in (3, 4)):
        raise ValueError(f"picture: expected shape (H, W), (H, W, 3) or (H, W, 4), received {picture.shape}")
    if picture.dtype != np.uint8:
        raise TypeError(f"picture: expected dtype uint8, 0 to 255, received {picture.dtype}")
    height, width = picture.shape[:2]
    pieces = []
    if min(height, width) >= 4:
        scale = min(1, _LONGEST / max(height, width)) * max(1, _SHORTEST / max(height, width))
        ink = _without_edges(_ink(_scaled(_grey(picture), scale)))
        level = _level(ink)
        if level is not None:
            pieces = _pieces(ink, ink > level)
    if not pieces:
        raise PictureError(
            f"picture: expected a digit, received {height} by {width} pixels on which none was found",
            "write larger and darker, or photograph it in better light",
        )
    return _in_order([_digit(ink / level, piece, scale, height, width) for piece in pieces])


def _grey(picture):
    """Brightness, float32 of shape (H, W), 0 to 255; where the picture is transparent, that of its paper."""
    if picture.ndim == 2:
        return picture.astype(np.float32)
    grey = np.asarray(Image.fromarray(picture[..., :3]).convert("L"), np.float32)
    if picture.shape[2] == 3:
        return grey
    alpha = picture[..., 3] / np.float32(255)
    opaque = grey[alpha > 0.5]
    if opaque.size > alpha.size / 2:  # a sheet that was cut out
        paper = np.median(opaque)
    else:  # ink alone
        paper = 0 if opaque.size and opaque.mean() > 127 else 255
    return paper + alpha * (grey - paper)


def _scaled(values, factor):
    if factor == 1:
        return values
    height, width = (max(1, round(side * factor)) for side in values.shape)
    method = Image.Resampling.BOX if factor < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(values).resize((width, height), method))


def _ink(grey):
    """How much ink there is, 0 = paper or noise to about 1 = as far from the paper as can be."""
    if max(grey.shape) > 300:  # a photograph's noise is finer than its strokes
        grey = ndimage.gaussian_filter(grey, max(grey.shape) / 600)
    is_light = _is_ink_light(grey)
    if is_light:
        grey = 255 - grey
    reach = round(_WIDEST_STROKE * grey.shape[0] / 2)
    padded = np.pad(grey, reach, mode="edge")  # so that light may fall off towards a border
    paper = ndimage.grey_closing(padded, 2 * reach + 1)
    paper = paper[reach:-reach, reach:-reach]
    # Ink on paper takes its share of the light that falls there; chalk is compared with white.
    ink = (paper - grey) / (255 if is_light else np.maximum(paper, 0.7 * np.median(paper) + 1))
    low, middle = np.percentile(ink[::2, ::2], [16, 50])  # noise puts the paper a little below its brightest
    ink = ink - middle
    return np.where(ink > 5 * (middle - low), ink, 0)


def _is_ink_light(grey):
    """Whether ink is lighter than paper: what departs most from its surroundings is ink, for it is rare."""
    small = Image.fromarray(grey)
    small.thumbnail((160, 160), Image.Resampling.BOX)
    small = np.asarray(small)
    sizes = (round(share * small.size**0.5) for share in (0.15, 0.6))
    return sum(_skewness(small - ndimage.uniform_filter(small, size)) for size in sizes) > 0


def _skewness(values):
    squares = values * values
    return np.mean(squares * values) / (np.mean(squares) + 1) ** 1.5


def _level(ink):
    """Half of what strong ink has, the boundary between ink and paper; None if there is no ink."""
    some = ink[ink > _FAINTEST]
    if some.size < 10:
        return None
    return some[some >= threshold_otsu(some)].mean() / 2


def _without_edges(ink):
    """Take away what runs along the picture's border, such as a table, if there is other ink.

    Looking for ink begins anew each time, for a table may be far darker than the pen.
    """
    if _border(ink).max() < _FAINTEST:
        return ink
    rest, first = ink, None
    while (level := _level(rest)) is not None and level > 0.2 * (first or 0):
        first = first or level
        labels, count = ndimage.label(rest > level, np.ones((3, 3)))
        is_edge = np.bincount(_border(labels), minlength=count + 1) > 0.1 * min(ink.shape)
        is_edge[0] = False
        if not is_edge.any():
            sides = [max(_sides(box)) for box in ndimage.find_objects(labels)]
            return rest if max(sides) > 0.07 * min(ink.shape) else ink
        blur = 2 * round(max(ink.shape) / 150) + 1
        rest = np.where(ndimage.maximum_filter(is_edge[labels], blur), 0, rest)
    return ink


def _border(values):
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])


class _Piece(NamedTuple):
    labels: set
    box: tuple[slice, slice]
    ink: float
    mask: np.ndarray = None

    def united(self, other):
        box = tuple(
            slice(min(a.start, b.start), max(a.stop, b.stop))
            for a, b in zip(self.box, other.box, strict=True)
        )
        return _Piece(self.labels | other.labels, box, self.ink + other.ink)


def _pieces(ink, mask):
    """One piece for each digit: connected strokes, and what belongs to them; specks belong to nothing."""
    labels, count = ndimage.label(ndimage.maximum_filter(mask, 2 * round(_thickness(mask) / 2) + 1))
    labels[~mask] = 0
    amounts = ndimage.sum_labels(ink, labels, range(1, count + 1))
    boxes = ndimage.find_objects(labels)
    strokes = [_Piece({i + 1}, boxes[i], amounts[i]) for i in np.argsort(-amounts)]
    whole = [stroke for stroke in strokes if not _touches_border(stroke.box, ink.shape)]
    if not whole or whole[0].ink < _PART * strokes[0].ink:  # the picture was cut out closely
        whole, cut = strokes, []
    else:
        cut = [stroke for stroke in strokes if _touches_border(stroke.box, ink.shape)]
    strokes = [stroke for stroke in whole + cut if stroke.ink >= _SPECK * whole[0].ink]
    if len(strokes) > _MOST:
        return []
    strokes = [stroke for stroke in strokes if not any(_is_frame(stroke, other) for other in strokes)]
    pieces = []
    for stroke in strokes:
        at = next((i for i, piece in enumerate(pieces) if _belongs(stroke, piece)), None)
        if at is not None:
            pieces[at] = pieces[at].united(stroke)
        elif not (cut and _touches_border(stroke.box, ink.shape)):
            pieces.append(stroke)
    tallest = max(max(_sides(piece.box)) for piece in pieces)
    return [
        piece._replace(mask=np.isin(labels[piece.box], list(piece.labels)))
        for piece in pieces
        if max(_sides(piece.box)) > 0.35 * tallest and not _is_rule(piece.box, ink.shape)
    ]


def _is_rule(box, shape):
    """Whether it is a line across the whole picture, as on ruled paper."""
    height, width = _sides(box)
    return width > 0.9 * shape[1] and width > 5 * height


def _touches_border(box, shape):
    return any(along.start == 0 or along.stop == side for along, side in zip(box, shape, strict=True))


def _is_frame(outer, inner):
    """Whether a stroke is drawn around another one that is no speck."""
    is_inside = all(a.start < b.start and b.stop < a.stop for a, b in zip(outer.box, inner.box, strict=True))
    return (
        is_inside and inner.ink >= _PART * outer.ink and max(_sides(inner.box)) > 0.3 * max(_sides(outer.box))
    )


def _sides(box):
    return [along.stop - along.start for along in box]


def _belongs(part, piece):
    """Whether a stroke is part of a digit: it lies above or below it, or is short and close."""
    side = max(_sides(piece.box))
    rows, columns = (
        max(a.start, b.start) - min(a.stop, b.stop) for a, b in zip(part.box, piece.box, strict=True)
    )
    is_stacked = -columns >= min(_sides(part.box)[1], _sides(piece.box)[1]) / 2
    is_small = part.ink < 0.3 * piece.ink
    is_near = (is_stacked and rows < 0.25 * side) or (is_small and max(rows, columns) < 0.15 * side)
    return is_near and max(_sides(part.box)) < 1.2 * side


def _thickness(mask):
    """About how thick strokes are, in pixels: their area by half the length of their outline."""
    across = np.count_nonzero(mask[1:] != mask[:-1]) + np.count_nonzero(mask[:, 1:] != mask[:, :-1])
    return 2.5 * np.count_nonzero(mask) / max(across, 1)  # steps along slanting lines make it 4 / pi longer


def _digit(ink, piece, scale, height, width):
    keep = ndimage.maximum_filter(piece.mask, 5)
    factor = max(_BOX * _FINE / max(piece.mask.shape), min(1, 2 / _thickness(piece.mask)))
    mask = _scaled((ink[piece.box] * keep).astype(np.float32), factor) > 1
    mask = _with_thickness(mask if mask.any() else piece.mask)
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    down, across = piece.box
    box = (
        int(across.start / scale),
        int(down.start / scale),
        min(ceil(across.stop / scale), width),
        min(ceil(down.stop / scale), height),
    )
    image = _centred(np.rint(255 * _scaled(mask, _BOX / max(mask.shape))).astype(np.uint8))
    return Digit(box, image, piece.ink)


def _with_thickness(mask):
    """Make strokes thicker or thinner, so that they are as thick as MNIST's when the digit is shrunk."""
    side = max(mask.shape)
    mask = np.pad(mask, side // 8)
    inside = ndimage.distance_transform_edt(mask)
    received = 4 * inside[mask].mean() - 1  # in a stroke of width w the mean distance to its edge is w / 4
    wanted = np.clip(received * _BOX / side, *_THICKNESS)
    more = (wanted * side - received * _BOX) / (2 * (_BOX - wanted))  # on both sides; the box grows, too
    if more > 0:
        return ndimage.distance_transform_edt(~mask) <= more
    thinner = inside > -more
    return thinner if thinner.any() else mask


def _centred(digit):
    """Put a digit down so that its centre of mass comes to pixel (14, 14), or as near as the image allows."""
    corner = [
        int(np.clip(round(size / 2 - centre), 0, size - side))
        for side, size, centre in zip(digit.shape, IMAGE_SHAPE, ndimage.center_of_mass(digit), strict=True)
    ]
    image = np.zeros(IMAGE_SHAPE, dtype=np.uint8)
    image[corner[0] : corner[0] + digit.shape[0], corner[1] : corner[1] + digit.shape[1]] = digit
    return image


def _in_order(digits):
    lines = []
    for digit in sorted(digits, key=lambda digit: digit.box[1]):
        _, top, _, bottom = digit.box
        for line in lines:
            if line[0].box[1] <= (top + bottom) / 2 <= line[0].box[3]:
                line.append(digit)
                break
        else:
            lines.append([digit])
    return [digit for line in lines for digit in sorted(line, key=lambda digit: digit.box[0])]
