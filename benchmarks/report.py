"""Write the tables of `benchmarks/README.md` from the recorded runs: python -m benchmarks.report"""

import importlib
import re
from pathlib import Path

from autorev_lib.data import load_record

README = Path(__file__).with_name("README.md")
_BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end of \2 -->)", re.DOTALL)


def updated(readme):
    """Return the text with each table as the records have it now."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{_recorded(block[2])}\n{block[3]}", readme)


def _recorded(name):
    record = load_record(name)
    table = importlib.import_module(f"benchmarks.{name}").as_table(record)
    columns = [[str(column.header), *map(_plain, column.cells)] for column in table.columns]
    head, *rows = zip(*columns, strict=True)
    sides = ["--:" if column.justify == "right" else ":--" for column in table.columns]
    goals = [
        (row["target"], row["wanted"], str(row["measured"]), "yes" if row["met"] else "**no**")
        for row in record["targets"]
    ]
    about, libraries = record["machine"], record["versions"]
    versions = ", ".join(f"{library} {version}" for library, version in libraries.items() if version)
    machine = f"{about['cpu']}, {about['cores']} cores, {about['memory_gib']} GiB, Python {about['python']}"
    measured = _lines(head, sides, rows)
    wanted = [*_lines(("target", "wanted", "measured", "met"), [":--"] * 4, goals), ""] if goals else []
    return "\n".join([*measured, "", *wanted, f"{machine}; {versions}.", ""])


def _plain(cell):
    return " ".join(str(cell).split())


def _lines(head, sides, rows):
    return [f"| {' | '.join(cells)} |" for cells in (head, sides, *rows)]


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
