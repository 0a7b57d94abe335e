"""Check the form of notebooks, on the file: no kernel is started.

    python -m autorev_lib.tools.notebook_lint [FILES]

Without files it reads all of ``notebooks/``. It prints one line a finding (path, cell, rule, what) and exits
with 1 if there is any. Cells are counted from 1, prose included.
"""

import json
import sys
from pathlib import Path
from typing import NamedTuple

from nbformat.validator import iter_validate

from autorev_lib import chapters
from autorev_lib.tools.notebook_file import read
from autorev_lib.tools.notebook_rules import RULES


class Finding(NamedTuple):
    """One place where a notebook breaks a rule."""

    path: Path
    place: str
    rule: str
    what: str

    def __str__(self):
        return f"{self.path}: {self.place}: {self.rule}: {self.what}"


def lint(path):
    """Check one notebook.

    Returns:
        A list of Finding, empty if the notebook keeps every rule.
    """
    path = Path(path)
    problems = list(format_problems(path))
    if problems:
        return [Finding(path, "notebook", "valid_format", what) for what in problems]
    notebook = read(path)
    found = []
    for check in RULES:
        for position, what in check(notebook):
            place = "notebook" if position is None else _place(notebook, position)
            found.append(Finding(path, place, check.__name__, what))
    return found


def _place(notebook, position):
    return f"cell {position + 1} ({notebook.content.cells[position].id})"


def format_problems(path):
    """Yield what keeps a file from being a valid notebook in nbformat 4.5."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"expected a notebook, received {error}"
        return
    if not isinstance(content, dict):
        yield f"expected a notebook, received a {type(content).__name__}"
        return
    for error in iter_validate(content, version=4, version_minor=5):
        where = "/".join(str(step) for step in error.absolute_path)
        yield f"{where}: {error.message[:200]}" if where else error.message[:200]
    if not content.get("cells"):
        yield "expected cells, received none"
    if (content.get("nbformat"), content.get("nbformat_minor")) != (4, 5):
        yield f"expected nbformat 4.5, received {content.get('nbformat')}.{content.get('nbformat_minor')}"


def main(arguments):
    """Lint the given files, or all notebooks, and print what is found; return the exit code."""
    paths = arguments or sorted(chapters.folder().glob("*.ipynb"))
    if not paths:
        print("notebook_lint: expected notebooks in notebooks/, received none")
        return 1
    findings = [finding for path in paths for finding in lint(path)]
    for finding in findings:
        print(finding)
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
