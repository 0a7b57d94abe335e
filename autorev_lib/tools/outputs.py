"""When do two outputs of a cell agree? The tests and ``autorev run --update`` ask the same question here.

Text is compared exactly; under the tag ``nbval-approx:X`` the floats in it by closeness, under
``nbval-counts:X`` all numbers: what a training decides image by image differs between processors. Pictures
are compared as a person would: small, a little blurred, place by place. Under
``nbval-ignore-output`` only kinds count.
"""

import base64
import binascii
import io
import math
import re
from collections import Counter

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
WIDGET = "application/vnd.jupyter.widget-view+json"
NOT_TEXT = (*PICTURES, WIDGET)
APPROX_TAG = "nbval-approx"
COUNTS_TAG = "nbval-counts"
PICTURE_TAG = "nbval-picture"
IGNORE_TAG = "nbval-ignore-output"

MASKED = {r"\bat 0x[0-9a-fA-F]+>": "at 0x...>"}
"""What differs in every run and is not compared: memory addresses. Whatever is masked is not checked."""

NOT_COMPARABLE = {
    "clear_output": "it clears its output",
    "update_display_data": "it changes an output that is already shown",
    "input_request": "it waits for input",
}
"""Messages of a kernel after which the stored output is not what was seen; from their type to words."""

PICTURE_TOLERANCE = 0.065
"""Root mean square difference that a place of a picture may have, where black on white is 1."""
_GRID = 160  # pixels along the longer side: thin lines survive, the hinting of fonts does not
_PLACE = 6  # side of a place in these pixels: a letter or two of a title
_MAX_STRETCH = 0.04

_FLOAT = r"""
      (?: \d{1,3}(?:,\d{3})+ | \d+ ) \.\d* (?: [eE][+-]?\d+ )?          # 0.5  1,234.5  344.  1.5e-05
      | \d+ [eE][+-]?\d{1,3} (?!\w)                                      # 1e-05
      | \.\d+ (?: [eE][+-]?\d+ )?                                        # .5
      | (?: nan | NaN | inf ) (?!\w)
"""
_WHOLE = r"(?: \d{1,3}(?:,\d{3})+ | \d+ ) (?! [\w.] )"  # 1,066  98


def _standing_alone(numbers):
    """A pattern for numbers that are not part of a name, a version, a colour: conv2d_1.5  2.21.0  #1e5031"""
    return re.compile(rf"(?<![\w.\#]) ( [+\-−]? (?: {numbers} ) ) (?! \.?\d )", re.VERBOSE)


FLOAT = _standing_alone(_FLOAT)
NUMBER = _standing_alone(f"{_FLOAT} | {_WHOLE}")


def approx_tolerance(tags, kind=APPROX_TAG):
    """Read the tolerance of a cell whose floats, or pictures, are compared by closeness.

    Args:
        tags: The cell's tags.
        kind: :data:`APPROX_TAG` for floats, :data:`PICTURE_TAG` for pictures.

    Returns:
        X of the tag ``nbval-approx:X`` or ``nbval-picture:X``; None if there is no such tag.

    Raises:
        ValueError: The tag is misspelt, there are several, or X is not between 0 and 1.
    """
    found = [tag for tag in tags if tag.lower().replace("_", "-").startswith(kind)]
    if not found:
        return None
    try:
        (tag,) = found
        name, number = tag.split(":")
        tolerance = float(number)
        if name != kind or not 0 < tolerance < 1:
            raise ValueError
    except ValueError:
        raise ValueError(f"tags: expected one {kind}:X with 0 < X < 1, received {found}") from None
    return tolerance


def closeness(tags):
    """Read how closely the numbers of a cell's outputs are compared.

    Returns:
        The tolerance, None if there is no such tag, and the pattern of the numbers that it holds for.

    Raises:
        ValueError: As :func:`approx_tolerance`.
    """
    counts = approx_tolerance(tags, COUNTS_TAG)
    return (approx_tolerance(tags), FLOAT) if counts is None else (counts, NUMBER)


def texts_agree(stored, fresh, tolerance, numbers=FLOAT):
    """Compare two texts: exactly, but for the floats in them and for white space within lines.

    A float is a number with a decimal point or an exponent, or nan or inf. All else is text, integers and the
    digits in names and versions among it. A whole number with a point, as NumPy prints ``344.``, may become
    ``344.2`` but not ``345.``. White space next to a float does not count, for columns shift when a digit or
    a sign comes or goes.

    Args:
        stored: What the file has.
        fresh: What the run gave.
        tolerance: How far floats may differ, relative to the larger one or absolutely; None for not at all.
        numbers: The pattern of what counts as a float; with NUMBER whole numbers may differ, too.

    Returns:
        Whether they agree.
    """
    stored, fresh = masked(stored), masked(fresh)
    if tolerance is None:
        return stored == fresh
    stored_lines, fresh_lines = stored.splitlines(), fresh.splitlines()
    return len(stored_lines) == len(fresh_lines) and all(
        _lines_agree(numbers.split(one), numbers.split(other), tolerance)
        for one, other in zip(stored_lines, fresh_lines, strict=True)
    )


def masked(text):
    """Replace what is not compared; see :data:`MASKED`."""
    for pattern, replacement in MASKED.items():
        text = re.sub(pattern, replacement, text)
    return text


def picture_difference(stored, fresh):
    """Measure how far two pictures differ where they differ most.

    Both are drawn on the same coarse grid and blurred, so that other fonts, rounding and a few pixels of
    margin do not count. Each place is looked for where it was and one pixel beside it, so that a curve may
    move a little, while nothing else can stand in for one that is gone. The largest root mean square
    difference of a place then shows what came or went.

    Args:
        stored: A picture, encoded in base64 as notebooks keep it.
        fresh: Another one.

    Returns:
        A number from 0 (alike) to 1; infinity if one is no picture or they have other proportions.
    """
    import numpy as np
    from PIL import Image, ImageFilter

    pictures = []
    for text in (stored, fresh):
        try:
            with Image.open(io.BytesIO(base64.b64decode(text))) as picture:
                paper = Image.new("RGBA", picture.size, "white")
                paper.alpha_composite(picture.convert("RGBA"))
        except (OSError, ValueError, binascii.Error):
            return math.inf
        pictures.append(paper.convert("RGB"))
    stretches = [math.log(picture.width / picture.height) for picture in pictures]
    if abs(stretches[0] - stretches[1]) > _MAX_STRETCH:
        return math.inf
    scale = _GRID / max(pictures[0].size)
    size = tuple(_PLACE * max(1, round(side * scale / _PLACE)) for side in pictures[0].size)
    small = [
        np.asarray(picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1)), np.float32)
        for picture in pictures
    ]
    return max(_largest_difference(*small), _largest_difference(*reversed(small)))


def _largest_difference(one, other):
    """The root mean square difference of the place of one picture that is found least in the other."""
    import numpy as np

    height, width, _ = one.shape
    around = np.pad(other, ((1, 1), (1, 1), (0, 0)), mode="edge")
    shifts = [around[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    squares = np.stack([((one - shifted) / 255) ** 2 for shifted in shifts])
    rows, columns = height // _PLACE, width // _PLACE
    places = squares.reshape(len(shifts), rows, _PLACE, columns, _PLACE, 3).mean(axis=(2, 4, 5))
    return float(np.sqrt(places.min(axis=0).max()))


def kinds(outputs):
    """What a cell puts out: each stream once, MIME types and errors as often as they come."""
    streams = {output["name"] for output in outputs if output["output_type"] == "stream"}
    errors = ["error" for output in outputs if output["output_type"] == "error"]
    return Counter([*streams, *errors, *(mime for output in outputs for mime in output.get("data", {}))])


def listed(found):
    """Write what :func:`kinds` counted as words."""
    return ", ".join(f"{count} {kind}" for kind, count in sorted(found.items())) or "none"


def picture_problem(stored, fresh, tags=()):
    """Say in words which picture of a cell differs, or None. Both have pictures of the same kinds.

    A cell that shows what a training made of single images, or its counts, may be tagged ``nbval-picture:X``:
    there X takes the place of :data:`PICTURE_TOLERANCE`.
    """
    tolerance = approx_tolerance(tags, PICTURE_TAG) or PICTURE_TOLERANCE
    for number, (one, other) in enumerate(zip(_pictures(stored), _pictures(fresh), strict=True), start=1):
        difference = picture_difference(one, other)
        if difference > tolerance:
            return (
                f"picture {number}: expected the one that the file has, to within {tolerance}; "
                f"received one that differs by {difference:.2f} somewhere"
            )
    return None


def agree(stored, fresh, tags):
    """Whether the outputs of a cell say what the file has: a picture is not stored anew for its last bit.

    Args:
        stored: The outputs that the file has.
        fresh: Those of the run, streams merged.
        tags: The cell's tags.
    """
    if [_form(output) for output in stored] != [_form(output) for output in fresh]:
        return False
    pairs = zip(stored, fresh, strict=True)
    return IGNORE_TAG in tags or all(_agree(one, other, tags) for one, other in pairs)


def _form(output):
    return output["output_type"], output.get("name"), sorted(output.get("data", {}))


def _agree(stored, fresh, tags):
    if _without_numbers(stored) != _without_numbers(fresh):
        return False
    texts = [(stored.get(key, ""), fresh.get(key, "")) for key in ("text", "ename", "evalue")]
    for mime, content in stored.get("data", {}).items():
        if isinstance(content, str) and mime not in NOT_TEXT:
            texts.append((content, fresh["data"][mime]))
        elif mime not in NOT_TEXT and content != fresh["data"][mime]:
            return False
    tolerance, numbers = closeness(tags)
    return picture_problem([stored], [fresh], tags) is None and all(
        texts_agree(one, other, tolerance, numbers) for one, other in texts
    )


def _without_numbers(output):
    """The metadata of an output, without what a claim measured, which its text shows rounded."""
    metadata = dict(output.get("metadata", {}))
    if claim := metadata.get("autorev"):
        metadata["autorev"] = {key: claim[key] for key in claim if not key.endswith("measured")}
    return metadata


def _pictures(outputs):
    return [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]


def _lines_agree(stored, fresh, tolerance):
    """Compare two lines that were split into text, float, text, ..., float, text."""
    return [" ".join(text.split()) for text in stored[::2]] == [
        " ".join(text.split()) for text in fresh[::2]
    ] and all(
        _floats_agree(one, other, tolerance) for one, other in zip(stored[1::2], fresh[1::2], strict=True)
    )


def _floats_agree(stored, fresh, tolerance):
    if stored.endswith(".") and fresh.endswith("."):
        tolerance = 0
    values = [float(number.replace(",", "").replace("−", "-")) for number in (stored, fresh)]
    return all(map(math.isnan, values)) or math.isclose(*values, rel_tol=tolerance, abs_tol=tolerance)
