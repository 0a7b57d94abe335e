"""A notebook as its file has it, and what is looked for in one: headings, links, texts, pictures, outputs."""

import re
from pathlib import Path
from typing import NamedTuple

import nbformat

from autorev_lib.tools.outputs import IGNORE_TAG, NOT_TEXT, PICTURES

MIN_PERCENT_COMPARED = 90

FENCED_CODE = re.compile(r"^ *(```|~~~).*?^ *\1[^\n]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
LINK_TARGET = re.compile(
    r"""\]\(\s*<?([^\s)>]+)  |  ^\[[^\]]+\]:\s*(\S+)  |  \b(?:src|href)\s*=\s*["']([^"']*)["']""",
    re.MULTILINE | re.VERBOSE,
)


class Notebook(NamedTuple):
    """A notebook, its file, and its cells by kind as (position from 0, cell)."""

    path: Path
    content: nbformat.NotebookNode
    code: list
    prose: list


class Share(NamedTuple):
    """Of the code cells with stored output, those whose content a run compares."""

    compared: int
    with_output: int

    @property
    def percent(self):
        """The share in percent, rounded down; 100 if there is nothing to compare."""
        return 100 * self.compared // self.with_output if self.with_output else 100

    @property
    def is_enough(self):
        """Whether the share reaches what the course promises."""
        return self.percent >= MIN_PERCENT_COMPARED

    def __str__(self):
        return f"{self.compared} of {self.with_output} cells with output ({self.percent} %)"


def read(path):
    """Read a notebook as it is in the file: nothing is repaired on the way.

    Returns:
        A Notebook.
    """
    path = Path(path)
    content = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    cells = list(enumerate(content.cells))
    return Notebook(
        path,
        content,
        code=[(position, cell) for position, cell in cells if cell.cell_type == "code"],
        prose=[(position, cell) for position, cell in cells if cell.cell_type == "markdown"],
    )


def compared_share(notebook):
    """Count how much of a notebook's output a run compares.

    Returns:
        A Share. Timings (``nbval-ignore-output``) and cells with nothing but pictures are not compared.
    """
    with_output = [cell for _, cell in notebook.code if cell.outputs]
    compared = [cell for cell in with_output if IGNORE_TAG not in tags_of(cell) and is_comparable(cell)]
    return Share(len(compared), len(with_output))


def is_comparable(cell):
    return any(set(output.get("data", {"text": ""})) - set(NOT_TEXT) for output in cell.outputs)


def tags_of(cell):
    return cell.metadata.get("tags", [])


def without_code(source):
    return INLINE_CODE.sub("", FENCED_CODE.sub("", source))


def headings_of(cell):
    """The headings of a cell as (level, text)."""
    return [(len(marks), text) for marks, text in HEADING.findall(FENCED_CODE.sub("", cell.source))]


def link_targets(cell):
    return ["".join(groups) for groups in LINK_TARGET.findall(without_code(cell.source))]


def anchors(notebook):
    """The names JupyterLab and Colab give the headings: the text, with hyphens for spaces."""
    texts = [text for _, cell in notebook.prose for _, text in headings_of(cell)]
    return {re.sub(r"[`*]", "", text).replace(" ", "-") for text in texts}


def texts(value):
    """Every text in a cell or an output, but not the bytes of pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if not (key in PICTURES and isinstance(part, str)):
                yield from texts(part)


def figures(notebook):
    """Every picture among the outputs, as (position of the cell, output, MIME type)."""
    for position, cell in notebook.code:
        for output in cell.outputs:
            for mime in output.get("data", {}):
                if mime.startswith("image/"):
                    yield position, output, mime


def alt_text(output, mime):
    return output.metadata.get(mime, {}).get("alt", "")
