"""Run the course's notebooks without a browser, count their claims, write their outputs back on demand."""

import contextlib
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from autorev_lib import chapters, errors
from autorev_lib.tools import editions, files, outputs, surroundings

CELL_TIMEOUT = 300
"""Seconds that one cell may take."""
KERNEL = "python3"
_OUTPUT_TIMEOUT = 60
_TRACE_LINES = 12
_products = {}
"""Files that a chapter made in this process and another needs: from their path to their content."""
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


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

    @property
    def status(self):
        """``"passed"`` or ``"failed"``."""
        return "failed" if self.error else "passed"


class _NotComparableError(Exception):
    """A cell did something after which its stored output would not be what was seen."""


def find_kernel():
    """Find the Jupyter kernel that notebooks run in.

    Returns:
        Its kernel spec, from ``jupyter_client``.

    Raises:
        AutorevError: There is none, or the Python it names is gone.
    """
    _require("jupyter_client", "ipykernel")
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    cure = "python -m ipykernel install --sys-prefix"
    try:
        spec = KernelSpecManager().get_kernel_spec(KERNEL)
    except NoSuchKernel as error:
        raise errors.AutorevError(f'there is no Jupyter kernel "{KERNEL}"', cure) from error
    if shutil.which(spec.argv[0]) is None and os.path.isabs(spec.argv[0]):
        raise errors.AutorevError(f'the Jupyter kernel "{KERNEL}" needs {spec.argv[0]}, which is gone', cure)
    return spec


def check_ready(json_file=None, html_folder=None, update=False):
    """Make sure, before minutes are spent, that notebooks can run and that the results can be written.

    Args:
        json_file: File that :func:`write_report` will write, if any.
        html_folder: Folder for :func:`run_notebooks`, if any; it is made if it is missing.
        update: Whether the course's own notebooks will be written.

    Raises:
        AutorevError: Something is missing or cannot be written.
    """
    _require("nbclient", "nbformat", *(["nbconvert"] if html_folder else []))
    find_kernel()
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
    parsed = [_parse(chapter.path, content) for chapter, content in loaded]
    for (chapter, content), notebook in zip(loaded, parsed, strict=True):
        if update:
            editions.refresh(chapter, notebook)
        yield _run_notebook(chapter, content, notebook, on_cell, html_folder, update)


def prepare(chapter, folder):
    """Put into a folder what a chapter finds beside it: the course's other files, and what it needs.

    A file that another chapter makes comes from its run in this process, or that chapter is run first.

    Args:
        chapter: A :class:`~autorev_lib.chapters.Chapter`.
        folder: An empty folder.

    Raises:
        AutorevError: The folder cannot be written, or the other chapter does not make the file.
    """
    folder = Path(folder)
    for path in chapters.course_files():
        files.write_new(folder / path, chapters.read_file(path))
    for name, maker in chapter.needs.items():
        if name not in _products:
            _make(chapters.find(maker))
        files.write_new(folder / name, _products[name])


def collect_products(chapter, folder):
    """Keep what a chapter made in its folder and another one needs, for the rest of this process."""
    for other in chapters.all_chapters():
        for name, maker in other.needs.items():
            if maker == chapter.name and (Path(folder) / name).is_file():
                _products[name] = (Path(folder) / name).read_bytes()


def made_by():
    """From the file name of each chapter that needs another's product to the path of that other notebook."""
    return {
        chapter.path.name: f"notebooks/{chapters.find(maker).path.name}"
        for chapter in chapters.all_chapters()
        for maker in chapter.needs.values()
    }


def write_report(path, runs):
    """Write the figures of some runs, and what they were made with, as JSON.

    Args:
        path: File to write.
        runs: The :class:`NotebookRun` of each notebook.

    Raises:
        AutorevError: The file cannot be written.
    """
    report = {
        "python": platform.python_version(),
        "tensorflow": _installed_version("tensorflow", "tensorflow-cpu"),
        "keras": _installed_version("keras"),
        "numpy": _installed_version("numpy"),
        "platform": platform.platform(),
        "cpu_count": os.cpu_count(),
        "notebooks": [_figures(run) for run in runs],
    }
    files.replace_file(path, (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode())


def _run_notebook(chapter, content, notebook, on_cell, html_folder, update):
    stored = {cell.id: cell.get("outputs", []) for cell in notebook.cells}
    numbered = _clear(notebook)
    name = chapter.path.stem
    started = time.perf_counter()
    with _temporary_folder() as folder:
        prepare(chapter, folder)
        error, trace = _execute(notebook, numbered, folder, lambda done: on_cell(name, done, len(numbered)))
        collect_products(chapter, folder)
    seconds = round(time.perf_counter() - started, 2)
    _tidy(notebook)
    claims = _claims(notebook)
    broken = [text for text, holds in claims.items() if not holds]
    if broken and not error:
        error = f"a claim does not hold: {broken[0]}"
    try:
        if html_folder:
            page = Path(html_folder) / f"{name}.html"
            files.keep_old(page)
            files.replace_file(page, _to_html(notebook, name))
        if update and not error:
            for cell in notebook.cells:
                if cell.cell_type == "code" and cell.id in stored:
                    tags = cell.metadata.get("tags", [])
                    cell.outputs = outputs.keep_agreeing(stored[cell.id], cell.outputs, tags)
            files.replace_unchanged(chapter.path, _to_bytes(notebook), content)
    except errors.AutorevError as cannot_write:
        error = error or str(cannot_write)
    held = len(claims) - len(broken)
    return NotebookRun(name, len(numbered), seconds, held, len(claims), error, trace)


def _make(chapter):
    notebook = _parse(chapter.path, chapters.read_file(chapter.path.name))
    numbered = _clear(notebook)
    with _temporary_folder() as folder:
        prepare(chapter, folder)
        error, _ = _execute(notebook, numbered, folder, lambda done: None)
        collect_products(chapter, folder)
    missing = [
        name
        for other in chapters.all_chapters()
        for name, maker in other.needs.items()
        if maker == chapter.name and name not in _products
    ]
    if missing:
        reason = error or "it ran, but without that"
        raise errors.AutorevError(
            f"{chapter.path.stem} did not make {missing[0]}: {reason}", f"autorev run {chapter.number}"
        )


def _execute(notebook, numbered, folder, on_done):
    """Run the cells; returns the error in one line and the end of its traceback, or (None, "")."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    class Client(NotebookClient):
        def process_message(self, message, cell, cell_index):
            reason = outputs.NOT_COMPARABLE.get(message["msg_type"])
            if reason:
                raise _NotComparableError(f"its output cannot be compared: {reason}")
            return super().process_message(message, cell, cell_index)

    client = Client(
        notebook,
        kernel_name=KERNEL,
        timeout=CELL_TIMEOUT,
        iopub_timeout=_OUTPUT_TIMEOUT,
        raise_on_iopub_timeout=True,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    number, index = 0, None
    try:
        on_done(0)
        # Cell by cell, because client.execute() takes Ctrl+C for a kernel that died.
        # What reaches the kernel's own stderr is Jupyter's log: what cells write comes as their output.
        with client.setup_kernel(env=surroundings.kernel_environment(), stderr=subprocess.DEVNULL):
            for number, index in enumerate(numbered, start=1):
                with _no_task_left():
                    client.execute_cell(notebook.cells[index], index, execution_count=number)
                on_done(number)
    except CellExecutionError as error:
        return f"cell [{number}]: {error.ename}: {_first_line(error.evalue)}", _end_of_trace(
            notebook.cells[index]
        )
    except CellTimeoutError as error:  # before OSError, which is its parent
        return f"cell [{number}]: {_first_line(error)} Cure: stop other programs and run it again", ""
    except _NotComparableError as error:
        return f"cell [{number}]: {error}. Cure: print what is to stay", ""
    except DeadKernelError:
        return f"cell [{number}]: the kernel died, perhaps for want of memory. Cure: see autorev doctor", ""
    except (RuntimeError, OSError) as error:
        return f"the kernel cannot be used: {_first_line(error)}. Cure: see autorev doctor", ""
    return None, ""


@contextlib.contextmanager
def _no_task_left():
    """On Ctrl+C end what is still waiting for the cell, which would otherwise complain on the terminal."""
    try:
        yield
    except KeyboardInterrupt:
        import asyncio

        from jupyter_core.utils import ensure_event_loop

        loop = ensure_event_loop()
        waiting = asyncio.all_tasks(loop)
        for task in waiting:
            task.cancel()
        if waiting:
            loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
        raise


def _first_line(message):
    return (str(message).splitlines() or [""])[0]


def _parse(path, content):
    import nbformat

    try:
        return nbformat.reads(content.decode(), as_version=4)
    except (ValueError, AttributeError, KeyError, nbformat.ValidationError) as error:
        raise errors.AutorevError(f"{path} is no readable notebook", errors.REINSTALL) from error


def _clear(notebook):
    """Forget all outputs; returns the indices of the cells that will run."""
    numbered = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            if cell.source.strip():
                numbered.append(index)
    return numbered


def _claims(notebook):
    """Map the text of each claim to whether it held every time it was made."""
    claims = {}
    for output in _all_outputs(notebook):
        claim = output.get("metadata", {}).get("autorev", {})
        if output.output_type == "display_data" and "claim" in claim:
            claims[claim["claim"]] = bool(claim["holds"]) and claims.get(claim["claim"], True)
    return claims


def _all_outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def _end_of_trace(cell):
    errors = [output for output in cell.outputs if output.output_type == "error"]
    lines = _ANSI.sub("", "\n".join(errors[-1].traceback if errors else [])).splitlines()
    return "\n".join(lines[-_TRACE_LINES:])


def _tidy(notebook):
    """Leave nothing in an executed notebook that would differ in the next run or on another machine."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": KERNEL,
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


def _to_html(notebook, title):
    from nbconvert import HTMLExporter

    # No page of the course has widgets, so none needs the script that would be fetched for them.
    page, _ = HTMLExporter(require_js_url="").from_notebook_node(
        notebook, resources={"metadata": {"name": title}}
    )
    return page.encode()


def _temporary_folder():
    try:
        return tempfile.TemporaryDirectory(prefix="autorev-", ignore_cleanup_errors=True)
    except OSError as error:
        raise errors.AutorevError(
            f"no temporary folder can be made: {error.strerror}",
            "free some disk space, or set TMPDIR to a folder that can be written",
        ) from error


def _require(*modules):
    for module in modules:
        if find_spec(module) is None:
            raise errors.AutorevError(f"{module} is not installed", errors.INSTALL_LAB)


def _installed_version(*packages):
    for package in packages:
        with contextlib.suppress(PackageNotFoundError):
            return version(package)
    return None


def _figures(run):
    figures = asdict(run) | {"status": run.status}
    del figures["trace"]
    return figures
