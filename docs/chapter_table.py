"""Write the README's table of chapters, from the notebooks themselves: python docs/chapter_table.py

Title, result and run time are those of a notebook's first cell. Hours are an estimate from its length.
"""

import json
import math
import re
from pathlib import Path
from typing import NamedTuple

from autorev_lib import chapters

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(?<=<!-- chapters -->\n).*(?=<!-- end of chapters -->)", re.DOTALL)

# Slow on purpose: a reader of such text stops to think, and to predict an output before running the cell.
WORDS_A_MINUTE = 60
CODE_LINES_A_MINUTE = 4
MINUTES_AN_EXERCISE = 25

BLOB = "https://colab.research.google.com/github/autorev/autorev/blob/main/notebooks"
BADGE = "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
OPENING = re.compile(
    rf"# (?P<title>{chapters.NUMBER} · [^\n]+).*"
    r"\*\*At the end\*\* (?P<result>.+?)\.(?=\s).*"
    r"\*\*Run time\*\* (?:about )?(?P<seconds>\d+ (?:second|minute))s?\b.*"
    r"\*\*Builds on\*\*",
    re.DOTALL,
)


class Row(NamedTuple):
    """What the table says of one chapter."""

    title: str
    file: str
    result: str
    run_time: str
    hours: float


def read_row(path):
    """Read a notebook; raise ValueError if its first cell does not say what the table needs."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    opening = OPENING.match("".join(cells[0]["source"]))
    if not opening:
        raise ValueError(
            f"{path.name}: expected a first cell with '# NN · Title', '**At the end** ... .', "
            f"'**Run time** about N seconds' and '**Builds on**', received {''.join(cells[0]['source'])!r}"
        )
    number, unit = opening["seconds"].split()
    run_time = f"{number} {'s' if unit == 'second' else 'min'}"
    return Row(opening["title"], path.name, opening["result"], run_time, estimate_hours(cells))


def estimate_hours(cells):
    """Estimate the hours a student needs for the cells of a notebook, in steps of half an hour."""
    minutes = 0
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            minutes += len(source.split()) / WORDS_A_MINUTE
        else:
            minutes += len([line for line in source.splitlines() if line.strip()]) / CODE_LINES_A_MINUTE
        minutes += MINUTES_AN_EXERCISE * ("exercise" in cell["metadata"].get("tags", []))
    return math.ceil(minutes / 30) / 2


def table(rows):
    """The table and the line below it, as Markdown."""
    lines = ["| chapter | at the end | hours | runs in | |", "|:--|:--|--:|--:|:--|"]
    for row in rows:
        lines.append(
            f"| [{row.title}](notebooks/{row.file}) | {row.result} | {row.hours:g} | "
            f"{row.run_time.replace(' ', '&nbsp;')} | {BADGE}({BLOB}/{row.file}) |"
        )
    total = math.ceil(sum(row.hours for row in rows))
    return "\n".join(
        [
            *lines,
            "",
            f"About {total} hours in all. The hours are an estimate, not yet measured with students: "
            f"{WORDS_A_MINUTE} words or {CODE_LINES_A_MINUTE} lines of code a minute, and "
            f"{MINUTES_AN_EXERCISE} minutes for each exercise. A notebook runs from top to bottom in the "
            "time given, on two CPU cores without a GPU.",
            "",
        ]
    )


def updated(readme):
    """Return the text of the README with the table as the notebooks have it now."""
    rows = [read_row(chapter.path) for chapter in chapters.all_chapters()]
    return BLOCK.sub(lambda _: f"\n{table(rows)}\n", readme)


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
