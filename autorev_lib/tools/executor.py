"""Run the cells of one notebook in a fresh kernel, with the surroundings that nobody has changed."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec

from autorev_lib import errors
from autorev_lib.tools import outputs, surroundings

CELL_TIMEOUT = 300
"""Seconds that one cell may take."""
KERNEL = "python3"
_OUTPUT_TIMEOUT = 60
_TRACE_LINES = 12
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class _NotComparableError(Exception):
    """A cell did something after which its stored output would not be what was seen."""


def find_kernel():
    """Find the Jupyter kernel that notebooks run in.

    Returns:
        Its kernel spec, from ``jupyter_client``.

    Raises:
        AutorevError: There is none, or the Python it names is gone.
    """
    require("jupyter_client", "ipykernel")
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    cure = "python -m ipykernel install --sys-prefix"
    try:
        spec = KernelSpecManager().get_kernel_spec(KERNEL)
    except NoSuchKernel as error:
        raise errors.AutorevError(f'there is no Jupyter kernel "{KERNEL}"', cure) from error
    if shutil.which(spec.argv[0]) is None and os.path.isabs(spec.argv[0]):
        raise errors.AutorevError(f'the Jupyter kernel "{KERNEL}" needs {spec.argv[0]}, which is gone', cure)
    return spec


def parse(path, content):
    import nbformat

    try:
        return nbformat.reads(content.decode(), as_version=4)
    except (ValueError, AttributeError, KeyError, nbformat.ValidationError) as error:
        raise errors.AutorevError(f"{path} is no readable notebook", errors.REINSTALL) from error


def clear(notebook):
    """Forget all outputs; returns the indices of the cells that will run."""
    numbered = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            if cell.source.strip():
                numbered.append(index)
    return numbered


def execute(notebook, numbered, folder, on_done, go_on=False):
    """Run the cells; returns the error in one line and the end of its traceback, or (None, "").

    Args:
        go_on: Whether a cell that raises is passed over.
    """
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
        allow_errors=go_on,
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


def temporary_folder():
    try:
        return tempfile.TemporaryDirectory(prefix="autorev-", ignore_cleanup_errors=True)
    except OSError as error:
        raise errors.AutorevError(
            f"no temporary folder can be made: {error.strerror}",
            "free some disk space, or set TMPDIR to a folder that can be written",
        ) from error


def require(*modules):
    for module in modules:
        if find_spec(module) is None:
            raise errors.AutorevError(f"{module} is not installed", errors.INSTALL_LAB)


def _first_line(message):
    return (str(message).splitlines() or [""])[0]


def _end_of_trace(cell):
    errors = [output for output in cell.outputs if output.output_type == "error"]
    lines = _ANSI.sub("", "\n".join(errors[-1].traceback if errors else [])).splitlines()
    return "\n".join(lines[-_TRACE_LINES:])
