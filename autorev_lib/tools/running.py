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
from autorev_lib.tools import editions, files, surroundings

CELL_TIMEOUT = 300
"""Seconds that one cell may take."""
KERNEL = "python3"
_OUTPUT_TIMEOUT = 60
_TRACE_LINES = 12
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


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
    """Run notebooks one after the other, each in a fresh kernel, all in one temporary copy of the course.

    What a notebook writes, such as a trained model, is there for those after it and gone at the end.

    Args:
        notebooks: Paths of the notebooks.
        on_cell: Called as ``on_cell(notebook, done, total)`` before the first code cell and after each, with
            the notebook's name and numbers of code cells.
        html_folder: Folder that gets each notebook as a page, also one that failed.
        update: Whether to write the cells of the exercises, as their modules have them, and all outputs
            into the notebooks that ran without an error.

    Yields:
        A :class:`NotebookRun` for each notebook, as soon as it has run.

    Raises:
        AutorevError: The temporary copy cannot be made, or a notebook cannot be read; before any has run.
    """
    loaded = [(path, _read(path)) for path in notebooks]
    if update:
        for path, notebook in loaded:
            editions.refresh_exercises(path, notebook)
    with _temporary_copy() as folder:
        for path, notebook in loaded:
            yield _run_notebook(path, notebook, folder, on_cell, html_folder, update)


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


def _run_notebook(path, notebook, folder, on_cell, html_folder, update):
    numbered = _clear(notebook)
    started = time.perf_counter()
    error, trace = _execute(notebook, numbered, folder, lambda done: on_cell(path.stem, done, len(numbered)))
    seconds = round(time.perf_counter() - started, 2)
    _tidy(notebook)
    claims = _claims(notebook)
    broken = [text for text, holds in claims.items() if not holds]
    if broken and not error:
        error = f"a claim does not hold: {broken[0]}"
    try:
        if html_folder:
            files.replace_file(Path(html_folder) / f"{path.stem}.html", _to_html(notebook, path.stem))
        if update and not error:
            files.replace_file(path, _to_bytes(notebook))
    except errors.AutorevError as cannot_write:
        error = error or str(cannot_write)
    held = len(claims) - len(broken)
    return NotebookRun(path.stem, len(numbered), seconds, held, len(claims), error, trace)


def _execute(notebook, numbered, folder, on_done):
    """Run the cells; returns the error in one line and the end of its traceback, or (None, "")."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    client = NotebookClient(
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


def _read(path):
    import nbformat

    try:
        return nbformat.reads(chapters.read_file(path.name).decode(), as_version=4)
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
    for output in _outputs(notebook):
        claim = output.get("metadata", {}).get("autorev", {})
        if output.output_type == "display_data" and "claim" in claim:
            claims[claim["claim"]] = bool(claim["holds"]) and claims.get(claim["claim"], True)
    return claims


def _outputs(notebook):
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
    for output in _outputs(notebook):
        output.get("data", {}).pop(_WIDGET_VIEW, None)


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


@contextlib.contextmanager
def _temporary_copy():
    try:
        folder = tempfile.TemporaryDirectory(prefix="autorev-", ignore_cleanup_errors=True)
    except OSError as error:
        raise errors.AutorevError(
            f"no temporary folder can be made: {error.strerror}",
            "free some disk space, or set TMPDIR to a folder that can be written",
        ) from error
    with folder as name:
        for path in chapters.course_files():
            target = Path(name) / path
            files.check_writable(target.parent)
            files.replace_file(target, chapters.read_file(path))
        yield Path(name)


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
