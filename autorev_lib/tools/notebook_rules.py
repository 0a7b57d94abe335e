"""The rules that every notebook of the course keeps, each a function that yields where it is broken."""

import re
import tomllib
from collections import Counter
from urllib.parse import unquote

from autorev_lib import chapters
from autorev_lib.tools.notebook_file import (
    MIN_PERCENT_COMPARED,
    alt_text,
    anchors,
    compared_share,
    figures,
    headings_of,
    link_targets,
    read,
    tags_of,
    texts,
    without_code,
)
from autorev_lib.tools.outputs import (
    APPROX_TAG,
    COUNTS_TAG,
    IGNORE_TAG,
    PICTURE_TAG,
    approx_tolerance,
    closeness,
)

KNOWN_TAGS = {IGNORE_TAG, "exercise", "raises-exception"}
MAX_NOTEBOOK_BYTES = 1_500_000
MAX_TEXT_BYTES = 250_000
MAX_IMAGE_BYTES = 300_000
MAX_CODE_LINES = 25
MIN_ALT_LENGTH = 20

OPENING = ("**At the end**", "**Run time**", "**Builds on**", "**You can**")
SECTIONS = ("Set-up", "Exercises", "What you have seen", "Where next", "Sources")

TITLE = re.compile(rf"# ({chapters.NUMBER}) · \S")
LIST_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s")
OTHER_SITE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
MARKDOWN_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)]*)\)")
HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
FROM_AFAR = re.compile(r"(?:https?:)?//", re.IGNORECASE)
HTML_SOURCE = re.compile(r"""\bsrc\s*=\s*["']([^"']*)""", re.IGNORECASE)
HTML_ALT = re.compile(r"""\balt\s*=\s*(["'])\s*[^"'\s]""", re.IGNORECASE)
MACHINE_PATH = re.compile(
    r"(?<![\w.:/-])/(?:home|Users|root|tmp|work|opt|mnt|private/var)/\S*"
    r"|file://\S*|\b[A-Z]:\\[A-Z]\w+|\bC:\\\S*|\b(?:site|dist)-packages\b\S*"
)
LOAD = re.compile(r"""(?<![\w.])load\(\s*["'](\w+)["']""")
NOT_COMPARABLE = re.compile(r"\b(?:clear_output|update_display)\b|\bdisplay_id\s*=|(?<![\w.])input\(")
NBVAL_COMMENT = re.compile(r"^\s*#\s*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)", re.MULTILINE)
INSTALLER = re.compile(r"^(?:\s*[%!]+\s*(?:pip|conda|mamba|uv)\b|.*-m\s+pip\b).*", re.MULTILINE)
PYPLOT_SHOW = re.compile(r"\b(?:plt|pyplot)\.show\(")


RULES = []


def repository():
    """The address of the course's repository, from the pyproject.toml of this checkout."""
    pyproject = chapters.folder().parent / "pyproject.toml"
    return tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["urls"]["Repository"]


def colab_address(file_name):
    """Where Google Colab opens a notebook of the course."""
    short = repository().removeprefix("https://github.com/")
    return f"https://colab.research.google.com/github/{short}/blob/main/notebooks/{file_name}"


def rule(function):
    """Add a rule: given a Notebook it yields (position of the cell or None, what is wrong)."""
    RULES.append(function)
    return function


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
            if output.output_type == "error" and "raises-exception" not in tags_of(cell):
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
        for path in sorted({path for text in texts(cell) for path in MACHINE_PATH.findall(text)}):
            yield position, f"expected no path of one machine, received {path!r}"


@rule
def sizes(notebook):
    """The file opens quickly and no output floods the page."""
    size = notebook.path.stat().st_size
    if size > MAX_NOTEBOOK_BYTES:
        yield None, f"expected at most {MAX_NOTEBOOK_BYTES:,} bytes, received {size:,}"
    for position, cell in notebook.code:
        for output in cell.outputs:
            size = len("".join(texts(output)).encode())
            if size > MAX_TEXT_BYTES:
                yield position, f"expected at most {MAX_TEXT_BYTES:,} bytes of text output, received {size:,}"
    for position, output, mime in figures(notebook):
        size = len(output.data[mime]) * 3 // 4  # it is stored in base64
        if size > MAX_IMAGE_BYTES:
            yield position, f"expected at most {MAX_IMAGE_BYTES:,} bytes of {mime}, received {size:,}"


@rule
def figure_alt(notebook):
    """Every figure says in words what it shows, each in its own."""
    seen = Counter()
    for position, output, mime in figures(notebook):
        alt = alt_text(output, mime)
        if len(alt) < MIN_ALT_LENGTH:
            yield position, f"expected an alt of {MIN_ALT_LENGTH} characters or more, received {alt!r}"
        elif seen[alt]:
            yield position, f"expected an alt of its own, received that of another figure: {alt!r}"
        seen[alt] += 1


@rule
def figure_text(notebook):
    """Every figure was shown by plots.show, so that its text stands for it when outputs are compared."""
    for position, output, mime in figures(notebook):
        expected, received = f"Figure: {alt_text(output, mime)}", output.data.get("text/plain")
        if received != expected:
            yield position, f"expected {mime} with text/plain {expected!r}, received {received!r}"


@rule
def image_alt(notebook):
    """Every image in the prose has an alt text."""
    for position, cell in notebook.prose:
        source = without_code(cell.source)
        for alt, target in MARKDOWN_IMAGE.findall(source):
            if not alt.strip():
                yield position, f"expected ![alt text]({target}), received no alt text"
        for image in HTML_IMAGE.findall(source):
            if not HTML_ALT.search(image):
                yield position, f"expected an alt text, received {image!r}"


@rule
def colab_link(notebook):
    """The first cell opens this very notebook on Colab, by a text: a badge from afar is broken offline."""
    expected = colab_address(notebook.path.name)
    received = [target for target in link_targets(notebook.content.cells[0]) if "colab" in target]
    if received != [expected]:
        yield 0, f"expected one link to {expected}, received {received}"


@rule
def offline_images(notebook):
    """Every picture in the prose is there without a network."""
    for position, cell in notebook.prose:
        source = without_code(cell.source)
        targets = [target for _, target in MARKDOWN_IMAGE.findall(source)]
        targets += [match[1] for image in HTML_IMAGE.findall(source) if (match := HTML_SOURCE.search(image))]
        for target in filter(FROM_AFAR.match, targets):
            yield position, f"expected a picture beside the notebook, received {target!r}"


@rule
def title(notebook):
    """The first cell opens with the notebook's number and name."""
    first_line = notebook.content.cells[0].source.split("\n")[0]
    match, number = TITLE.match(first_line), notebook.path.name.partition("_")[0]
    if not match or match[1] != number:
        yield 0, f"expected '# {number} · Title', received {first_line!r}"


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
    headings = [text for _, cell in notebook.prose for level, text in headings_of(cell) if level == 2]
    received = [text for text in headings if text in SECTIONS]
    if received != list(SECTIONS):
        yield None, f"expected the ## headings {', '.join(SECTIONS)}, received {', '.join(received)}"


@rule
def links(notebook):
    """Links within the course lead somewhere: the file exists, the heading too."""
    for position, cell in notebook.prose:
        for target in link_targets(cell):
            if OTHER_SITE.match(target):
                continue
            file_name, _, anchor = unquote(target).partition("#")
            path = notebook.path.parent / file_name if file_name else notebook.path
            if file_name.startswith("/") or not path.exists():
                yield position, f"expected a link to a file next to the notebook, received {target!r}"
            elif anchor and path.suffix == ".ipynb" and anchor not in anchors(read(path)):
                yield position, f"expected a heading of {path.name}, received {target!r}"


@rule
def tags(notebook):
    """Only tags that mean something; a misspelt one would be ignored."""
    for position, cell in enumerate(notebook.content.cells):
        try:
            is_approx = closeness(tags_of(cell))[0] is not None
            approx_tolerance(tags_of(cell), PICTURE_TAG)
        except ValueError as error:
            yield position, str(error)
            continue
        unknown = [
            tag
            for tag in tags_of(cell)
            if tag not in KNOWN_TAGS and not tag.startswith((APPROX_TAG, COUNTS_TAG, PICTURE_TAG))
        ]
        if unknown:
            known = ", ".join([f"{APPROX_TAG}:X", f"{COUNTS_TAG}:X", f"{PICTURE_TAG}:X", *sorted(KNOWN_TAGS)])
            yield position, f"tags: expected only {known}; received {unknown}"
        if is_approx and IGNORE_TAG in tags_of(cell):
            yield position, f"tags: expected {APPROX_TAG}:X or {IGNORE_TAG}, received both"


@rule
def nbval_comments(notebook):
    """What is not compared is said by a tag, not by a comment that students would read."""
    for position, cell in notebook.code:
        for comment in NBVAL_COMMENT.findall(cell.source):
            yield position, f"expected a tag instead of a comment, received # {comment}"


@rule
def own_exercises(notebook):
    """It loads the exercises of its own chapter, by the name, which stays when the number changes."""
    expected = notebook.path.stem.partition("_")[2]
    for position, cell in notebook.code:
        for name in LOAD.findall(cell.source):
            if name != expected:
                yield position, f"expected load({expected!r}), received load({name!r})"


@rule
def comparable(notebook):
    """No cell does what leaves something else in the file than was seen, or waits for somebody."""
    for position, cell in notebook.code:
        for found in NOT_COMPARABLE.findall(cell.source):
            yield position, f"expected output that can be compared, received {found.rstrip('(=')}"


@rule
def details(notebook):
    """What is folded away opens and closes within its cell and says what is inside."""
    for position, cell in notebook.prose:
        source = without_code(cell.source)
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
            section = next((text for level, text in reversed(headings_of(cell)) if level == 2), section)
        elif cell.cell_type == "code" and section != SECTIONS[0]:
            for line in INSTALLER.findall(cell.source):
                yield position, f"expected this only under ## {SECTIONS[0]}, received {line.strip()!r}"


@rule
def pyplot_show(notebook):
    """Figures are shown by plots.show, which asks for an alt text."""
    for position, cell in notebook.code:
        if PYPLOT_SHOW.search(cell.source):
            yield position, "expected plots.show(fig, alt=...), received plt.show()"
