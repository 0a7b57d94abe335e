"""A drawing made ready for the model: to 28 by 28 pixels, the way the images of MNIST were made."""

import numpy as np
from PIL import Image

from autorev_lib.data import IMAGE_SHAPE

BOX = 20
"""Pixels of the longer side of a digit in MNIST."""


def to_mnist(ink):
    """Make a drawn digit look like the images that the model was trained on.

    The ink is cropped, scaled so that its longer side is 20 pixels, its proportions kept, and moved by whole
    pixels until its centre of mass is at pixel (14, 14). A pixel gets the mean of the ink on its area. Where
    ink would be pushed over the edge of the image, it stops at the edge.

    Args:
        ink: Drawing of any size, uint8 of shape (H, W), 0 = paper to 255 = full ink.

    Returns:
        uint8 of shape (28, 28), 0 = paper to 255 = ink.

    Raises:
        TypeError: ``ink`` is not of dtype uint8.
        ValueError: ``ink`` is not of shape (H, W), or shows no ink.

    Source:
        Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits" (1998).
    """
    ink = np.asarray(ink)
    if ink.ndim != 2:
        raise ValueError(f"ink: expected shape (H, W), received {ink.shape}")
    if ink.dtype != np.uint8:
        raise TypeError(f"ink: expected dtype uint8, 0 = paper to 255 = ink, received {ink.dtype}")
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        raise ValueError(f"ink: expected a drawing, received {_pixels(ink)} without any ink")
    digit = _scale(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    if not digit.any():
        raise ValueError(f"ink: expected strokes, received too little ink on {_pixels(ink)} to see any")
    image = np.zeros(IMAGE_SHAPE, dtype=np.uint8)
    top, left = _corner(digit)
    image[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return image


def _scale(digit):
    height, width = (max(1, round(side * BOX / max(digit.shape))) for side in digit.shape)
    return np.asarray(Image.fromarray(digit).resize((width, height), Image.Resampling.BOX))


def _corner(digit):
    """Row and column at which a digit is put down so that its centre of mass comes to pixel (14, 14)."""
    weight = digit.astype(float)
    corner = []
    for axis, (side, size) in enumerate(zip(digit.shape, IMAGE_SHAPE, strict=True)):
        centre = np.average(np.arange(side), weights=weight.sum(axis=1 - axis))
        corner.append(int(np.clip(round(size / 2 - centre), 0, size - side)))
    return corner


def _pixels(ink):
    return f"{ink.shape[0]} by {ink.shape[1]} pixels"
