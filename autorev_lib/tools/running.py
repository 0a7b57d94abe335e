"""Run the course's notebooks without a browser, count their claims, write their outputs back on demand."""

import contextlib
import itertools
import json
import os
import platform
import time
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autorev_lib import chapters, errors
from autorev_lib.tools import claim_trials, editions, executor, files, outputs
from autorev_lib.tools.products import collect_products, prepare


@dataclass(frozen=True)
class NotebookRun:
    """What came out of running one notebook."""

    notebook: str
    """Its file name without the extension."""
    cells: int
    """How many code cells it has."""
    seconds: float
    claims_held: int
    claims_total: int
    """How many different claims were checked before the notebook ended or stopped."""
    error: str | None
    """Why it failed, in one line; None if every cell ran and every claim held."""
    trace: str
    """The end of the traceback of the cell that raised, or nothing."""
    cell_seconds: tuple
    """Seconds of each code cell that ran to its end, in order."""

    @property
    def status(self):
        """``"passed"`` or ``"failed"``."""
        return "failed" if self.error else "passed"


def check_ready(json_file=None, html_folder=None, update=False):
    """Make sure, before minutes are spent, that notebooks can run and that the results can be written.

    Args:
        json_file: File that :func:`write_report` will write, if any.
        html_folder: Folder for :func:`run_notebooks`, if any; it is made if it is missing.
        update: Whether the course's own notebooks will be written.

    Raises:
        AutorevError: Something is missing or cannot be written.
    """
    executor.require("nbclient", "nbformat", *(["nbconvert", "latex2mathml"] if html_folder else []))
    executor.find_kernel()
    if json_file:
        files.check_file_writable(json_file)
    if html_folder:
        files.check_writable(html_folder)
    if update:
        files.check_writable(chapters.folder())


def run_notebooks(notebooks, on_cell, html_folder=None, update=False):
    """Run notebooks one after the other, each in a fresh kernel and in a temporary folder of its own.

    Args:
        notebooks: The :class:`~autorev_lib.chapters.Chapter` of each.
        on_cell: Called as ``on_cell(notebook, done, total)`` before the first code cell and after each, with
            the notebook's name and numbers of code cells.
        html_folder: Folder that gets each notebook as a page, also one that failed.
        update: Whether to write the cells of the exercises, as their files have them, and the outputs that
            changed into the notebooks that ran without an error.

    Yields:
        A :class:`NotebookRun` for each notebook, as soon as it has run.

    Raises:
        AutorevError: A notebook cannot be read, before any has run; or a temporary folder cannot be made.
    """
    loaded = [(chapter, chapters.read_file(chapter.path.name)) for chapter in notebooks]
    parsed = [executor.parse(chapter.path, content) for chapter, content in loaded]
    for (chapter, content), notebook in zip(loaded, parsed, strict=True):
        if update:
            editions.refresh(chapter, notebook)
        yield _run_notebook(chapter, content, notebook, on_cell, html_folder, update)


def write_report(path, runs):
    """Write the figures of some runs, and what they were made with, as JSON.

    Raises:
        AutorevError: The file cannot be written.
    """
    write_json(path, {"notebooks": [_figures(run) for run in runs]})


def write_json(path, figures):
    """Write figures as JSON, after what they were made with.

    Raises:
        AutorevError: The file cannot be written.
    """
    made_with = {
        "python": platform.python_version(),
        "tensorflow": _installed_version("tensorflow", "tensorflow-cpu"),
        "keras": _installed_version("keras"),
        "numpy": _installed_version("numpy"),
        "platform": platform.platform(),
        "cpu_count": os.cpu_count(),
    }
    text = json.dumps(made_with | figures, indent=1, ensure_ascii=False)
    files.replace_file(path, f"{text}\n".encode())


def _run_notebook(chapter, content, notebook, on_cell, html_folder, update):
    stored = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    numbered = executor.clear(notebook)
    name = chapter.path.stem
    started, ends = time.perf_counter(), []

    def on_done(done):
        ends.append(time.perf_counter())
        on_cell(name, done, len(numbered))

    with executor.temporary_folder() as folder:
        prepare(chapter, folder)
        error, trace = executor.execute(notebook, numbered, folder, on_done)
        collect_products(chapter, folder)
    seconds = round(time.perf_counter() - started, 2)
    cell_seconds = tuple(round(end - begin, 2) for begin, end in itertools.pairwise(ends))
    _tidy(notebook)
    claims = claim_trials.claims_of(notebook)
    broken = [text for text, claim in claims.items() if not claim.holds]
    if broken and not error:
        error = f"a claim does not hold: {broken[0]}"
    try:
        if html_folder:
            from autorev_lib.tools import pages

            page = Path(html_folder) / f"{name}.html"
            files.keep_old(page)
            files.replace_file(page, pages.to_html(notebook, _title(notebook) or name))
        if update and not error:
            _keep_agreeing(notebook, stored)
            files.replace_unchanged(chapter.path, _to_bytes(notebook), content)
    except errors.AutorevError as cannot_write:
        error = error or str(cannot_write)
    held = len(claims) - len(broken)
    return NotebookRun(name, len(numbered), seconds, held, len(claims), error, trace, cell_seconds)


def _title(notebook):
    """The heading of a notebook's first cell, or nothing."""
    first = notebook.cells[0] if notebook.cells else None
    heading = first.source.partition("\n")[0] if first and first.cell_type == "markdown" else ""
    return heading.removeprefix("# ") if heading.startswith("# ") else ""


def _keep_agreeing(notebook, stored):
    """Put stored outputs back, from the id of each cell, if all fresh ones agree with them.

    Otherwise all are fresh: what a reader finds in a notebook comes from one run.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if all(
        outputs.agree(stored.get(cell.id, []), cell.outputs, cell.metadata.get("tags", [])) for cell in cells
    ):
        for cell in cells:
            cell.outputs = stored.get(cell.id, [])


def _all_outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def _tidy(notebook):
    """Leave nothing in an executed notebook that would differ in the next run or on another machine."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": executor.KERNEL,
    }
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = _merge_streams(cell.outputs)
    for output in _all_outputs(notebook):
        output.get("data", {}).pop(outputs.WIDGET, None)


def _merge_streams(outputs):
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def _to_bytes(notebook):
    import nbformat

    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()


def _installed_version(*packages):
    for package in packages:
        with contextlib.suppress(PackageNotFoundError):
            return version(package)
    return None


def _figures(run):
    figures = asdict(run) | {"status": run.status}
    del figures["trace"]
    return figures
