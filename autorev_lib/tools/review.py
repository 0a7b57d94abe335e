"""What a person looks at before corrections train: a sheet of pictures, and a table by session."""

import io
import re

import numpy as np
from PIL import Image, ImageDraw
from rich.box import SIMPLE
from rich.table import Table

from autorev_lib.errors import AutorevError
from autorev_lib.tools import files

_SHOWN = 200
_COLUMNS = 10
_WIDTH, _HEIGHT, _SIDE = 96, 92, 56  # of a cell with its two lines of text, and of the picture in it


def ranges(numbers):
    """The ranges in a text such as ``"1-40,52"``, as a list of ``(first, last)``.

    Raises:
        AutorevError: It is something else.
    """
    parts = [re.fullmatch(r"\s*([0-9]{1,9})(?:-([0-9]{1,9}))?\s*", part) for part in numbers.split(",")]
    if not all(parts):
        raise AutorevError(
            f"numbers: expected some such as 1-40,52, received {numbers}", "read them off the sheet"
        )
    return [(int(part[1]), int(part[2] or part[1])) for part in parts]


def draw_sheet(corrections, labels, path):
    """Draw the first corrections on a sheet: what was drawn, its number, its label, and what was read.

    Args:
        corrections: :class:`~autorev_lib.serving.feedback.Corrections`, N at least 1.
        labels: Names of the classes.
        path: The PNG file to write.

    Returns:
        How many are on the sheet.
    """
    count = min(len(corrections.labels), _SHOWN)
    sheet = Image.new("L", (_COLUMNS * _WIDTH, -(-count // _COLUMNS) * _HEIGHT), 255)
    pen = ImageDraw.Draw(sheet)
    for at in range(count):
        x, y = at % _COLUMNS * _WIDTH, at // _COLUMNS * _HEIGHT
        ink = Image.fromarray(255 - corrections.images[at]).resize((_SIDE, _SIDE))
        sheet.paste(ink, (x + (_WIDTH - _SIDE) // 2, y + 2))
        said, read = labels[corrections.labels[at]], labels[corrections.predicted[at]]
        pen.text((x + 4, y + _SIDE + 6), f"#{corrections.numbers[at]}\n{said}, read as {read}", fill=0)
    content = io.BytesIO()
    sheet.save(content, "PNG")
    files.replace_file(path, content.getvalue())
    return count


def by_session(corrections, count):
    """A table of the first corrections: one session that says the same of many drawings stands out."""
    table = Table("session", "corrections", "numbers", "label, read as: most often", box=SIMPLE)
    sessions, numbers = corrections.sessions[:count], corrections.numbers[:count]
    for session in np.unique(sessions):
        own = sessions == session
        pairs = np.stack([corrections.labels[:count], corrections.predicted[:count]], axis=1)[own]
        kinds, times = np.unique(pairs, axis=0, return_counts=True)
        said, read = kinds[times.argmax()]
        often = f"{said}, read as {read}: {times.max()} of {own.sum()}"
        span = f"{numbers[own].min()} to {numbers[own].max()}"
        table.add_row(session[:8] or "not known", str(own.sum()), span, often)
    return table
