"""Picture files: decoded within limits, and read digit by digit."""

import base64
import io
import threading

import numpy as np
from PIL import Image, ImageOps
from pydantic import BaseModel, Field

from autorev_lib.serving.reading import PictureError, find_digits

MAX_BYTES = 16 << 20
"""Of a picture's file."""
MAX_PIXELS = 50_000_000
"""Of a picture in a file; a small file may stand for a picture that fills the memory."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_ENOUGH = 1400  # pixels of the longer side
_one_at_a_time = threading.Lock()  # a picture of 50 million pixels takes some 400 MB while it is decoded


class ReadDigit(BaseModel):
    """What the model reads in an image."""

    label: str
    probabilities: list[float]
    image: str = Field(description="Base64 of the 28 × 28 bytes that the model saw.")


class FoundDigit(ReadDigit):
    """What the model reads in a part of a picture: left, top, right and bottom of its box, in pixels."""

    box: tuple[int, int, int, int]


class PictureReading(BaseModel):
    """The digits in a picture, in order, and its size in pixels: upright, and shrunk if it was large."""

    model: str
    version: int
    width: int
    height: int
    digits: list[FoundDigit]


def describe(version, image, probabilities):
    """What a version answered to an image, as the fields of a :class:`ReadDigit`."""
    return {
        "label": version.labels[probabilities.argmax()],
        "probabilities": probabilities.tolist(),
        "image": to_base64(image),
    }


def to_base64(image):
    """The bytes of an image, row by row, in Base64."""
    return base64.b64encode(np.ascontiguousarray(image)).decode()


def read_picture(content, version):
    """Find the digits in a picture's file and have them read.

    Args:
        content: The file, as :func:`load_picture` takes it.
        version: The :class:`~autorev_lib.serving.versions.LoadedVersion` that reads.

    Returns:
        A :class:`PictureReading`; what the model saw, uint8 of shape (N, 28, 28); and what it answered,
        probabilities of shape (N, num_classes).

    Raises:
        PictureError: It is no picture, or shows no digit.
    """
    picture = load_picture(content)
    found = find_digits(picture)
    images = np.stack([digit.image for digit in found])
    probabilities = version.model.predict(images)
    digits = [
        FoundDigit(box=digit.box, **describe(version, digit.image, each))
        for digit, each in zip(found, probabilities, strict=True)
    ]
    height, width = picture.shape[:2]
    answer = PictureReading(
        model=version.name, version=version.number, width=width, height=height, digits=digits
    )
    return answer, images, probabilities


def load_picture(content):
    """Decode a picture's file.

    Args:
        content: Bytes of a PNG, JPEG, WebP, GIF, BMP or TIFF file; of several frames the first counts.

    Returns:
        uint8 of shape (H, W), (H, W, 3) or (H, W, 4), upright, as :func:`find_digits` takes it; shrunk where
        its longer side would have more than 1,400 pixels.

    Raises:
        PictureError: It is no such file, is damaged, or is too large.
    """
    if len(content) > MAX_BYTES:
        raise PictureError(
            f"picture: expected at most {MAX_BYTES >> 20} MiB, received {len(content) / 2**20:.1f} MiB",
            "save it smaller, or crop it",
        )
    try:
        with _one_at_a_time, Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _too_many(f"{picture.width} by {picture.height}")
            picture.draft(None, (_ENOUGH, _ENOUGH))  # a JPEG file need not be decoded in full
            plain = _plain(ImageOps.exif_transpose(picture))
            plain.thumbnail((_ENOUGH, _ENOUGH), Image.Resampling.BOX)
            return np.asarray(plain)
    except PictureError:
        raise
    except Image.DecompressionBombError:
        raise _too_many("many more") from None
    except Exception as error:  # decoders meet broken files with errors of all kinds
        raise PictureError(
            f"picture: expected a PNG, JPEG, WebP, GIF, BMP or TIFF file, received {len(content):,} bytes "
            "that are none or are damaged",
            "open it with another program and save it as PNG or JPEG",
        ) from error


def _too_many(received):
    return PictureError(
        f"picture: expected at most {MAX_PIXELS // 10**6} million pixels, received {received}",
        "save it smaller, or crop it",
    )


def _plain(picture):
    """A picture of mode L, RGB or RGBA."""
    if picture.mode.startswith(("I", "F")):  # 16 or 32 bits
        values = np.nan_to_num(np.asarray(picture, np.float32), posinf=0, neginf=0)
        return Image.fromarray(np.rint(values * (255 / (values.max() or 1))).astype(np.uint8))
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")
