"""The rules every notebook of the course keeps, checked on the file: no kernel is started.

    python -m autorev_lib.tools.notebook_lint [FILES]

Without files it reads all of ``notebooks/``. It prints one line a finding (path, cell, rule, what) and exits
with 1 if there is any. Cells are counted from 1, prose included.
"""

import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import nbformat
from nbformat.validator import iter_validate

from autorev_lib.tools.outputs import (
    APPROX_TAG,
    IGNORE_TAG,
    NOT_TEXT,
    PICTURE_TAG,
    PICTURES,
    approx_tolerance,
)

ROOT = Path(__file__).resolve().parents[2]

KNOWN_TAGS = {IGNORE_TAG, "exercise", "raises-exception"}
MIN_PERCENT_COMPARED = 90

MAX_NOTEBOOK_BYTES = 1_500_000
MAX_TEXT_BYTES = 250_000
MAX_IMAGE_BYTES = 300_000
MAX_CODE_LINES = 25
MIN_ALT_LENGTH = 20

OPENING = ("**At the end**", "**Run time**", "**Builds on**", "**You can**")
SECTIONS = ("Set-up", "Exercises", "What you have seen", "Where next", "Sources")

FENCED_CODE = re.compile(r"^ *(```|~~~).*?^ *\1[^\n]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
TITLE = re.compile(r"# (\d\d) · \S")
LIST_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s")
LINK_TARGET = re.compile(
    r"""\]\(\s*<?([^\s)>]+)  |  ^\[[^\]]+\]:\s*(\S+)  |  \b(?:src|href)\s*=\s*["']([^"']*)["']""",
    re.MULTILINE | re.VERBOSE,
)
OTHER_SITE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
MARKDOWN_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)]*)\)")
HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
HTML_ALT = re.compile(r"""\balt\s*=\s*(["'])\s*[^"'\s]""", re.IGNORECASE)
MACHINE_PATH = re.compile(
    r"(?<![\w.:/-])/(?:home|Users|root|tmp|work|opt|mnt|private/var)/\S*"
    r"|file://\S*|\b[A-Z]:\\[A-Z]\w+|\bC:\\\S*|\b(?:site|dist)-packages\b\S*"
)
NBVAL_COMMENT = re.compile(r"^\s*#\s*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)", re.MULTILINE)
INSTALLER = re.compile(r"^(?:\s*[%!]+\s*(?:pip|conda|mamba|uv)\b|.*-m\s+pip\b).*", re.MULTILINE)
PYPLOT_SHOW = re.compile(r"\b(?:plt|pyplot)\.show\(")


class Finding(NamedTuple):
    """One place where a notebook breaks a rule."""

    path: Path
    place: str
    rule: str
    what: str

    def __str__(self):
        return f"{self.path}: {self.place}: {self.rule}: {self.what}"


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


RULES = []


def rule(function):
    """Add a rule: given a Notebook it yields (position of the cell or None, what is wrong)."""
    RULES.append(function)
    return function


def lint(path):
    """Check one notebook.

    Args:
        path: Path of the file.

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


def read(path):
    """Read a notebook as it is in the file: nothing is repaired on the way.

    Args:
        path: Path of a file in nbformat 4.

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


def compared_share(notebook):
    """Count how much of a notebook's output a run compares.

    Args:
        notebook: A Notebook.

    Returns:
        A Share. Timings (``nbval-ignore-output``) and cells with nothing but pictures are not compared.
    """
    with_output = [cell for _, cell in notebook.code if cell.outputs]
    compared = [cell for cell in with_output if IGNORE_TAG not in _tags(cell) and _is_comparable(cell)]
    return Share(len(compared), len(with_output))


def _is_comparable(cell):
    return any(set(output.get("data", {"text": ""})) - set(NOT_TEXT) for output in cell.outputs)


def _place(notebook, position):
    return f"cell {position + 1} ({notebook.content.cells[position].id})"


def _tags(cell):
    return cell.metadata.get("tags", [])


def _without_code(source):
    return INLINE_CODE.sub("", FENCED_CODE.sub("", source))


def _headings(cell):
    """The headings of a cell as (level, text)."""
    return [(len(marks), text) for marks, text in HEADING.findall(FENCED_CODE.sub("", cell.source))]


def _link_targets(cell):
    return ["".join(groups) for groups in LINK_TARGET.findall(_without_code(cell.source))]


def _anchors(notebook):
    """The names JupyterLab and Colab give the headings: the text, with hyphens for spaces."""
    texts = [text for _, cell in notebook.prose for _, text in _headings(cell)]
    return {re.sub(r"[`*]", "", text).replace(" ", "-") for text in texts}


def _texts(value):
    """Every text in a cell or an output, but not the bytes of pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if not (key in PICTURES and isinstance(part, str)):
                yield from _texts(part)


def _figures(notebook):
    """Every picture among the outputs, as (position of the cell, output, MIME type)."""
    for position, cell in notebook.code:
        for output in cell.outputs:
            for mime in output.get("data", {}):
                if mime.startswith("image/"):
                    yield position, output, mime


def _alt(output, mime):
    return output.metadata.get(mime, {}).get("alt", "")


@rule
def cell_ids(notebook):
    """Cell ids are unique."""
    seen = set()
    for position, cell in enumerate(notebook.content.cells):
        if cell.id in seen:
            yield position, f"expected unique cell ids, received {cell.id!r} again"
        seen.add(cell.id)


@rule
def empty_cells(notebook):
    """No cell is empty."""
    for position, cell in enumerate(notebook.content.cells):
        if not cell.source.strip():
            yield position, f"expected content, received an empty {cell.cell_type} cell"


@rule
def execution_counts(notebook):
    """The code cells were run once, from top to bottom, in a fresh kernel."""
    with_code = [(position, cell) for position, cell in notebook.code if cell.source.strip()]
    for expected, (position, cell) in enumerate(with_code, start=1):
        if cell.execution_count != expected:
            yield position, f"expected execution count {expected}, received {cell.execution_count}"


@rule
def error_outputs(notebook):
    """No error was stored, but where one is meant."""
    for position, cell in notebook.code:
        for output in cell.outputs:
            if output.output_type == "error" and "raises-exception" not in _tags(cell):
                yield position, f"expected no error, received {output.ename}: {output.evalue!r}"


@rule
def stderr_outputs(notebook):
    """Nothing was written to stderr: a warning is either explained or avoided."""
    for position, cell in notebook.code:
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                yield position, f"expected nothing on stderr, received {output.text.strip()[:100]!r}"


@rule
def machine_paths(notebook):
    """No folder of the machine it was written or run on."""
    for position, cell in enumerate(notebook.content.cells):
        for path in sorted({path for text in _texts(cell) for path in MACHINE_PATH.findall(text)}):
            yield position, f"expected no path of one machine, received {path!r}"


@rule
def sizes(notebook):
    """The file opens quickly and no output floods the page."""
    size = notebook.path.stat().st_size
    if size > MAX_NOTEBOOK_BYTES:
        yield None, f"expected at most {MAX_NOTEBOOK_BYTES:,} bytes, received {size:,}"
    for position, cell in notebook.code:
        for output in cell.outputs:
            size = len("".join(_texts(output)).encode())
            if size > MAX_TEXT_BYTES:
                yield position, f"expected at most {MAX_TEXT_BYTES:,} bytes of text output, received {size:,}"
    for position, output, mime in _figures(notebook):
        size = len(output.data[mime]) * 3 // 4  # it is stored in base64
        if size > MAX_IMAGE_BYTES:
            yield position, f"expected at most {MAX_IMAGE_BYTES:,} bytes of {mime}, received {size:,}"


@rule
def figure_alt(notebook):
    """Every figure says in words what it shows, each in its own."""
    seen = Counter()
    for position, output, mime in _figures(notebook):
        alt = _alt(output, mime)
        if len(alt) < MIN_ALT_LENGTH:
            yield position, f"expected an alt of {MIN_ALT_LENGTH} characters or more, received {alt!r}"
        elif seen[alt]:
            yield position, f"expected an alt of its own, received that of another figure: {alt!r}"
        seen[alt] += 1


@rule
def figure_text(notebook):
    """Every figure was shown by plots.show, so that its text stands for it when outputs are compared."""
    for position, output, mime in _figures(notebook):
        expected, received = f"Figure: {_alt(output, mime)}", output.data.get("text/plain")
        if received != expected:
            yield position, f"expected {mime} with text/plain {expected!r}, received {received!r}"


@rule
def image_alt(notebook):
    """Every image in the prose has an alt text."""
    for position, cell in notebook.prose:
        source = _without_code(cell.source)
        for alt, target in MARKDOWN_IMAGE.findall(source):
            if not alt.strip():
                yield position, f"expected ![alt text]({target}), received no alt text"
        for image in HTML_IMAGE.findall(source):
            if not HTML_ALT.search(image):
                yield position, f"expected an alt text, received {image!r}"


@rule
def colab_badge(notebook):
    """The first cell opens this very notebook on Colab."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository = project["urls"]["Repository"].removeprefix("https://github.com/")
    name = notebook.path.name
    expected = f"https://colab.research.google.com/github/{repository}/blob/main/notebooks/{name}"
    targets = _link_targets(notebook.content.cells[0])
    received = [target for target in targets if "colab" in target and "badge" not in target]
    if received != [expected]:
        yield 0, f"expected one link to {expected}, received {received}"
    elif not any(target.endswith("colab-badge.svg") for target in targets):
        yield 0, "expected the link around an image colab-badge.svg, received none"


@rule
def title(notebook):
    """The first cell opens with the notebook's number and name."""
    first_line = notebook.content.cells[0].source.split("\n")[0]
    match = TITLE.match(first_line)
    if not match or match[1] != notebook.path.name[:2]:
        yield 0, f"expected '# {notebook.path.name[:2]} · Title', received {first_line!r}"


@rule
def opening(notebook):
    """The first cell says what it leads to, takes and needs, and lists three to five objectives."""
    source = notebook.content.cells[0].source
    for part in OPENING:
        if part not in source:
            yield 0, f"expected {part} in the first cell, received none"
    if OPENING[-1] in source:
        num_items = 0
        for line in source.split(OPENING[-1])[1].split("\n")[1:]:
            if LIST_ITEM.match(line):
                num_items += 1
            elif num_items and line.strip() and not line.startswith(" "):
                break
        if not 3 <= num_items <= 5:
            yield 0, f"expected 3 to 5 list items after {OPENING[-1]}, received {num_items}"


@rule
def sections(notebook):
    """The sections every notebook has, once each and in order."""
    headings = [text for _, cell in notebook.prose for level, text in _headings(cell) if level == 2]
    received = [text for text in headings if text in SECTIONS]
    if received != list(SECTIONS):
        yield None, f"expected the ## headings {', '.join(SECTIONS)}, received {', '.join(received)}"


@rule
def links(notebook):
    """Links within the course lead somewhere: the file exists, the heading too."""
    for position, cell in notebook.prose:
        for target in _link_targets(cell):
            if OTHER_SITE.match(target):
                continue
            file_name, _, anchor = unquote(target).partition("#")
            path = notebook.path.parent / file_name if file_name else notebook.path
            if file_name.startswith("/") or not path.exists():
                yield position, f"expected a link to a file next to the notebook, received {target!r}"
            elif anchor and path.suffix == ".ipynb" and anchor not in _anchors(read(path)):
                yield position, f"expected a heading of {path.name}, received {target!r}"


@rule
def tags(notebook):
    """Only tags that mean something; a misspelt one would be ignored."""
    for position, cell in enumerate(notebook.content.cells):
        try:
            is_approx = approx_tolerance(_tags(cell)) is not None
            approx_tolerance(_tags(cell), PICTURE_TAG)
        except ValueError as error:
            yield position, str(error)
            continue
        unknown = [
            tag
            for tag in _tags(cell)
            if tag not in KNOWN_TAGS and not tag.startswith((APPROX_TAG, PICTURE_TAG))
        ]
        if unknown:
            known = ", ".join([f"{APPROX_TAG}:X", f"{PICTURE_TAG}:X", *sorted(KNOWN_TAGS)])
            yield position, f"tags: expected only {known}; received {unknown}"
        if is_approx and IGNORE_TAG in _tags(cell):
            yield position, f"tags: expected {APPROX_TAG}:X or {IGNORE_TAG}, received both"


@rule
def nbval_comments(notebook):
    """What is not compared is said by a tag, not by a comment that students would read."""
    for position, cell in notebook.code:
        for comment in NBVAL_COMMENT.findall(cell.source):
            yield position, f"expected a tag instead of a comment, received # {comment}"


@rule
def details(notebook):
    """What is folded away opens and closes within its cell and says what is inside."""
    for position, cell in notebook.prose:
        source = _without_code(cell.source)
        marks = re.findall(r"<(/?)details\b", source)
        depths = [marks[:end].count("") - marks[:end].count("/") for end in range(len(marks) + 1)]
        if min(depths) < 0 or depths[-1]:
            received = f"{marks.count('')} and {marks.count('/')}, or in another order"
            yield position, f"expected each <details> with its </details>, received {received}"
        num_bare = len(re.findall(r"<details\b[^>]*>(?!\s*<summary>.+?</summary>)", source))
        if num_bare:
            yield position, f"expected <summary> right after <details>, received {num_bare} without"


@rule
def kernel(notebook):
    """The notebook opens with any Python 3 kernel."""
    metadata = notebook.content.metadata
    for section, key, expected in (
        ("kernelspec", "name", "python3"),
        ("kernelspec", "language", "python"),
        ("language_info", "name", "python"),
    ):
        received = metadata.get(section, {}).get(key)
        if received != expected:
            yield None, f"metadata: expected {section}.{key} {expected!r}, received {received!r}"


@rule
def widgets(notebook):
    """No widgets: without a kernel they are blank."""
    if "widgets" in notebook.content.metadata:
        yield None, "metadata: expected no widget state, received some"
    for position, cell in notebook.code:
        for output in cell.outputs:
            if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
                yield position, "expected no widget among the outputs, received one"


@rule
def timestamps(notebook):
    """No times of execution, which would change with every run."""
    for position, cell in enumerate(notebook.content.cells):
        if "execution" in cell.metadata:
            yield position, "metadata: expected no execution times, received some"


@rule
def code_length(notebook):
    """A code cell can be taken in at a glance."""
    for position, cell in notebook.code:
        num_lines = len(cell.source.splitlines())
        if num_lines > MAX_CODE_LINES:
            yield position, f"expected at most {MAX_CODE_LINES} lines of code, received {num_lines}"


@rule
def share_of_compared_outputs(notebook):
    """Nearly every output is compared when the notebook is tested."""
    share = compared_share(notebook)
    if not share.is_enough:
        yield None, f"expected at least {MIN_PERCENT_COMPARED} % to be compared, received {share}"


@rule
def installs(notebook):
    """Packages are installed in the set-up section and nowhere else."""
    section = None
    for position, cell in enumerate(notebook.content.cells):
        if cell.cell_type == "markdown":
            section = next((text for level, text in reversed(_headings(cell)) if level == 2), section)
        elif cell.cell_type == "code" and section != SECTIONS[0]:
            for line in INSTALLER.findall(cell.source):
                yield position, f"expected this only under ## {SECTIONS[0]}, received {line.strip()!r}"


@rule
def pyplot_show(notebook):
    """Figures are shown by plots.show, which asks for an alt text."""
    for position, cell in notebook.code:
        if PYPLOT_SHOW.search(cell.source):
            yield position, "expected plots.show(fig, alt=...), received plt.show()"


def main(arguments):
    """Lint the given files, or all notebooks, and print what is found; return the exit code."""
    paths = arguments or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not paths:
        print("notebook_lint: expected notebooks in notebooks/, received none")
        return 1
    findings = [finding for path in paths for finding in lint(path)]
    for finding in findings:
        print(finding)
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
