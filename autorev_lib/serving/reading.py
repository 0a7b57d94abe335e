"""What people write, made ready for the model: digits are found in a picture of any kind and made to look
like the images of MNIST."""

from typing import NamedTuple

import numpy as np
from PIL import Image
from scipy import ndimage

from autorev_lib.data import IMAGE_SHAPE

BOX = 20
"""Pixels of the longer side of a digit in MNIST."""

_THICKNESS = 2.2, 4.0
_LONGEST, _SHORTEST = 700, 160
_WIDEST = 0.3
_FINE = 6
_FAINTEST = 0.06
_SPECK = 0.06


class NoDigitError(ValueError):
    """The picture shows no digit."""


class Digit(NamedTuple):
    box: tuple[int, int, int, int]
    image: np.ndarray
    ink: float


def as_mnist(picture):
    return max(find_digits(picture), key=lambda digit: digit.ink).image


def find_digits(picture):
    grey = _grey(np.asarray(picture))
    size = grey.shape
    grey, scale = _resized(grey)
    ink = _without_edges(_ink(grey))
    level = _level(ink)
    if level is None:
        raise NoDigitError()
    pieces = _pieces(ink, ink > level)
    digits = [_digit(ink / level / 2, piece, scale, size) for piece in pieces]
    return _in_order(digits)


def _without_edges(ink):
    """Ink without what runs along the picture's edge, such as the table around a sheet, if there is other ink."""
    smallest = 0.07 * min(ink.shape)
    rest, first = ink, None
    for _ in range(3):
        level = _level(rest)
        if level is None or (first and level < 0.2 * first):
            return ink
        first = first or level
        mask = rest > level
        labels, _ = ndimage.label(mask, np.ones((3, 3)))
        frame = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
        contact = np.bincount(frame, minlength=labels.max() + 1)
        contact[0] = 0
        along = contact > 0.1 * min(ink.shape)
        if not along.any():
            boxes = ndimage.find_objects(labels)
            return rest if any(max(_sides(box)) >= smallest for box in boxes) else ink
        gone = ndimage.maximum_filter(along[labels], 2 * round(max(ink.shape) / 150) + 1)
        rest = np.where(gone, 0, rest)
    return ink


def _grey(picture):
    if picture.ndim == 2:
        return picture.astype(np.float32)
    colours = picture[..., :3].astype(np.float32)
    if picture.shape[2] == 4:
        alpha = picture[..., 3] / np.float32(255)
        opaque = alpha > 0.5
        if opaque.mean() > 0.5:
            paper = np.median(colours[opaque], axis=0)
        else:
            paper = 255.0 if not opaque.any() or colours[opaque].mean() < 128 else 0.0
        colours = colours * alpha[..., None] + paper * (1 - alpha[..., None])
    return colours @ np.array([0.299, 0.587, 0.114], np.float32)


def _resize(values, shape, method):
    return np.asarray(Image.fromarray(values.astype(np.float32, copy=False)).resize(shape[::-1], method))


def _resized(grey):
    scale = 1
    if max(grey.shape) > _LONGEST:
        scale = _LONGEST / max(grey.shape)
    elif max(grey.shape) < _SHORTEST:
        scale = _SHORTEST / max(grey.shape)
    if scale != 1:
        shape = tuple(max(1, round(side * scale)) for side in grey.shape)
        grey = _resize(grey, shape, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    return grey, scale


def _is_light(grey):
    """Whether the ink is lighter than the paper: what departs most from its surroundings is ink."""
    small = Image.fromarray(grey)
    small.thumbnail((160, 160), Image.Resampling.BOX)
    small = np.asarray(small)
    return ((small - ndimage.uniform_filter(small, round(0.45 * min(small.shape)))) ** 3).sum() > 0


def _ink(grey):
    grey = ndimage.gaussian_filter(grey, max(grey.shape) / 600)
    if _is_light(grey):
        grey = 255 - grey
        floor = 255
    else:
        floor = None
    paper = ndimage.grey_closing(grey, round(_WIDEST * min(grey.shape)) | 1)
    ink = (paper - grey) / (floor or np.maximum(paper, 0.4 * np.median(paper) + 1))
    return np.maximum(ink - np.median(ink), 0)


def _level(ink):
    from skimage.filters import threshold_otsu

    some = ink[ink > max(_FAINTEST, 6 * np.median(ink))]
    if some.size < 10:
        return None
    level = threshold_otsu(some)
    return 0.5 * some[some >= level].mean()


def _thickness(mask):
    return 4 * ndimage.distance_transform_edt(mask)[mask].mean() - 1


class _Piece(NamedTuple):
    mask: np.ndarray
    box: tuple
    ink: float


def _pieces(ink, mask):
    edges = np.count_nonzero(mask[1:] != mask[:-1]) + np.count_nonzero(mask[:, 1:] != mask[:, :-1])
    thickness = 2.5 * mask.sum() / max(edges, 1)
    labels, count = ndimage.label(ndimage.maximum_filter(mask, 2 * round(0.5 * thickness) + 1))
    masses = ndimage.sum_labels(ink * mask, labels, range(1, count + 1))
    boxes = ndimage.find_objects(np.where(mask, labels, 0))
    parts = [
        _Piece({label + 1}, box, mass)
        for label, (box, mass) in enumerate(zip(boxes, masses, strict=True))
        if mass >= _SPECK * masses.max()
    ]
    parts.sort(key=lambda part: -part.ink)
    groups = []
    for part in parts:
        for i, group in enumerate(groups):
            if _belongs(part, group):
                groups[i] = _Piece(group.mask | part.mask, _union(group.box, part.box), group.ink + part.ink)
                break
        else:
            groups.append(part)
    tallest = max(max(_sides(group.box)) for group in groups)
    return [
        group._replace(mask=np.isin(labels[group.box], list(group.mask)) & mask[group.box])
        for group in groups
        if max(_sides(group.box)) > 0.35 * tallest
    ]


def _sides(box):
    return [along.stop - along.start for along in box]


def _union(one, other):
    return tuple(slice(min(a.start, b.start), max(a.stop, b.stop)) for a, b in zip(one, other, strict=True))


def _belongs(part, group):
    height = max(_sides(group.box))
    gaps = [
        max(a.start, b.start) - min(a.stop, b.stop) for a, b in zip(part.box, group.box, strict=True)
    ]
    stacked = -gaps[1] >= 0.5 * min(_sides(part.box)[1], _sides(group.box)[1])
    return gaps[0] < 0.25 * height and stacked or max(gaps) < 0.15 * height and part.ink < 0.3 * group.ink


def _digit(ink, piece, scale, size):
    """ink: half at the edge"""
    sides = _sides(piece.box)
    factor = BOX * _FINE / max(sides)
    shape = tuple(max(1, round(side * factor)) for side in sides)
    keep = ndimage.binary_dilation(piece.mask, iterations=2)
    mask = _resize(ink[piece.box] * keep, shape, Image.Resampling.BICUBIC) > 0.5
    mask = _with_thickness(mask)
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    image = _centred(_shrunk(mask))
    (top, bottom), (left, right) = ((s.start, s.stop) for s in piece.box)
    box = tuple(round(v / scale) for v in (left, top, right, bottom))
    return Digit(box, image, piece.ink)


def _with_thickness(mask):
    longest = max(mask.shape)
    have = _thickness(mask)
    wanted = np.clip(have * BOX / longest, *_THICKNESS)
    more = (wanted * longest - have * BOX) / (2 * (BOX - wanted))
    if more > 0.5:
        mask = np.pad(mask, int(more) + 1)
        return ndimage.distance_transform_edt(~mask) <= more
    if more < -0.5:
        thin = ndimage.distance_transform_edt(np.pad(mask, 1)) > -more
        return thin if thin.any() else mask
    return mask


def _shrunk(mask):
    shape = tuple(max(1, round(side * BOX / max(mask.shape))) for side in mask.shape)
    return np.rint(255 * _resize(mask, shape, Image.Resampling.BOX)).astype(np.uint8)


def _centred(digit):
    """Row and column at which a digit is put down so that its centre of mass comes to pixel (14, 14)."""
    image = np.zeros(IMAGE_SHAPE, dtype=np.uint8)
    weight = digit.astype(float)
    corner = []
    for axis, (side, size) in enumerate(zip(digit.shape, IMAGE_SHAPE, strict=True)):
        centre = np.average(np.arange(side), weights=weight.sum(axis=1 - axis))
        corner.append(int(np.clip(round(size / 2 - centre), 0, size - side)))
    top, left = corner
    image[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return image


def _in_order(digits):
    lines = []
    for digit in sorted(digits, key=lambda digit: digit.box[1]):
        middle = (digit.box[1] + digit.box[3]) / 2
        for line in lines:
            if line[0].box[1] <= middle <= line[0].box[3]:
                line.append(digit)
                break
        else:
            lines.append([digit])
    return [digit for line in lines for digit in sorted(line, key=lambda digit: digit.box[0])]
