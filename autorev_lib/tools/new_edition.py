"""What a new edition of a notebook changes, and how a student's work gets into it: cell by cell, by its id.

A cell is known by its id, which stays when its text changes. For every notebook that was delivered, digests
of its cells are kept; a cell that no longer has its digest has been changed by whoever holds the notebook.
"""

import hashlib
import json
from typing import NamedTuple


class Merged(NamedTuple):
    """A new edition with a student's work in it."""

    notebook: dict
    carried: int
    """How many cells of the student's are in it."""
    both: list[str]
    """The cells, each with its first line, that both had changed: the student's stand there."""


def cell_digests(notebook):
    """Map the id of each cell of a notebook, as a dictionary, to a digest of what is written in it."""
    return {cell["id"]: _digest(cell) for cell in notebook["cells"] if "id" in cell}


def describe_changes(old, new):
    """Say in a few words in what two editions differ, or give None for no difference in their cells.

    Args:
        old: Digests of the cells of the older edition; without them nothing can be said.
        new: The newer notebook, as a dictionary.
    """
    if not old:
        return None
    digests = cell_digests(new)
    changed = [cell for cell in new["cells"] if cell.get("id") in old and old[cell["id"]] != _digest(cell)]
    exercises = [cell for cell in changed if _is_exercise(cell)]
    code = [cell for cell in changed if cell["cell_type"] == "code" and not _is_exercise(cell)]
    texts = [cell for cell in changed if cell["cell_type"] != "code"]
    counts = [
        (len(texts), "text", "changed"),
        (len(code), "code cell", "changed"),
        (len(exercises), "exercise", "changed"),
        (len(digests.keys() - old.keys()), "cell", "added"),
        (len(old.keys() - digests.keys()), "cell", "taken out"),
    ]
    return ", ".join(f"{n} {what}{'s' * (n > 1)} {how}" for n, what, how in counts if n) or None


def merge(theirs, base, new):
    """Put what a student changed and added into a new edition.

    Args:
        theirs: The student's notebook, as a dictionary.
        base: Digests of the cells that the student was given.
        new: The new edition.

    Returns:
        A :class:`Merged`. Of a cell that both changed it holds the student's.
    """
    cells = [dict(cell) for cell in new["cells"]]
    digests = cell_digests(new)
    carried, both = 0, []
    position = -1  # in the merged notebook, of the last cell that both have
    for cell in theirs["cells"]:
        name = cell.get("id")
        is_changed = _digest(cell) != base.get(name)
        if name in digests:
            position = next(index for index, each in enumerate(cells) if each.get("id") == name)
            if is_changed and _digest(cell) != digests[name]:
                cells[position] = cell
                carried += 1
                if digests[name] != base.get(name, digests[name]):
                    both.append(_first_line(cell))
        elif is_changed and "".join(cell["source"]).strip():
            position += 1
            cells.insert(position, cell)
            carried += 1
    return Merged(new | {"cells": cells}, carried, both)


def _is_exercise(cell):
    return "exercise" in cell.get("metadata", {}).get("tags", [])


def _first_line(cell):
    lines = "".join(cell["source"]).strip().splitlines()
    return lines[0] if lines else "an empty cell"


def _digest(cell):
    content = [cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
