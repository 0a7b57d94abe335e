"""A Jupyter kernel that marks one notebook: what it may see, how long it may run, how much it may use."""

import contextlib
import json
import os
import re
import secrets
import subprocess
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from autorev_lib.tools import surroundings
from autorev_lib.tools.hand_ins import Outcome

STOPPED = "was stopped after"
"""Begins what is said of a cell that took too long."""
_POLL_SECONDS = 0.2
_GRACE = 10
"""Seconds that a cell may go on after it was interrupted."""
_INTERRUPTED = "stopped by the marking"
_START_TIMEOUT = 600
# What a program needs to start; not the teacher's tokens, nor where they were.
_ENVIRONMENT = re.compile(
    r"PATH|PYTHONPATH|KERAS_BACKEND|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEM\w*|WINDIR|\w*LIBRARY_PATH|CUDA\w*"
)
_MARKER = "AUTOREV_MARKING"
_SOURCE = Path(__file__).with_name("marking_kernel.py").read_text(encoding="utf-8")


class KernelEnded(Exception):  # noqa: N818 (what happened, and no error of ours)
    """The kernel is no more: it ended, or was ended."""

    def __init__(self, outcome, detail, is_final=False):
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.is_final = is_final
        """Whether there is no time for another kernel."""


class Budget:
    """What the marking of one notebook may use, in all of its kernels together."""

    def __init__(self, seconds, gibibytes, stop):
        self.seconds = seconds
        self.gibibytes = gibibytes
        self.stop = stop
        self.ends = time.monotonic() + seconds

    def cell_seconds(self):
        """Seconds that the next cell may take: some are always left for those that follow."""
        return max(0.5, min(self.seconds / 5, (self.ends - time.monotonic()) / 4))

    def excess(self, family):
        """What the processes of a kernel have too much of, as :class:`KernelEnded`, or None."""
        if self.stop.is_set():
            return KernelEnded(Outcome.CRASHED, "the marking was stopped", is_final=True)
        if time.monotonic() > self.ends:
            return KernelEnded(Outcome.HUNG, f"stopped after {self.seconds:g} seconds", is_final=True)
        if _memory(family, self.gibibytes * 2**30) > self.gibibytes * 2**30:
            return KernelEnded(Outcome.OUT_OF_MEMORY, f"was stopped at {self.gibibytes:g} GiB")
        return None


class Kernel:
    """A kernel in a folder of its own, with the modules that were handed in. It is a context manager.

    Everything that it starts ends with it.
    """

    def __init__(self, work, modules, budget):
        self._work = Path(work)
        self._budget = budget
        self._marker = secrets.token_hex(16)
        self._excess = None
        self._done = threading.Event()
        self._family = {}
        self._seconds = None
        self._beside, self._home = self._work / "beside", self._work / "home"
        for folder in (self._beside, self._home):
            folder.mkdir(exist_ok=True)
        for name, content in modules.items():
            (self._beside / name).write_bytes(content)

    def __enter__(self):
        self._client = _client(self._executed, lambda cell: self._seconds)
        self._manager = self._client.km
        self._watch = threading.Thread(target=self._watch_it, daemon=True)
        self._watch.start()
        self._setup = self._client.setup_kernel(
            cleanup_kc=True,
            cwd=str(self._home),
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._setup.__enter__()
        except BaseException as error:
            self._end()
            if isinstance(error, RuntimeError):  # it died before it was ready
                raise self._excess or KernelEnded(Outcome.CRASHED, "no kernel starts", True) from error
            raise
        return self

    def __exit__(self, *raised):
        self._end()
        with contextlib.suppress(RuntimeError):
            self._setup.__exit__(None, None, None)

    def run(self, code, seconds=None):
        """Run a cell.

        Args:
            code: Its source.
            seconds: What it may take; None for what the budget gives it.

        Returns:
            What it did instead of coming to its end, in words, or nothing.

        Raises:
            KernelEnded: The cell ended the kernel, or would not end itself.
        """
        seconds = seconds or self._budget.cell_seconds()
        reply = self._execute(code, seconds, is_theirs=True)
        if reply.get("status", "ok") == "ok":  # an empty cell gets no reply
            return ""
        if reply.get("ename") == _INTERRUPTED:
            return f"{STOPPED} {seconds:.2g} seconds"
        line = (str(reply.get("evalue", "")).splitlines() or [""])[0]
        return f"raised `{reply.get('ename', 'an exception')}: {line}`"

    def ask(self, job, seconds):
        """Do a job of :mod:`.marking_kernel`.

        Returns:
            What it reported; a dictionary with a ``problem`` if nothing came.

        Raises:
            KernelEnded: The kernel ended, or the job did not.
        """
        nonce, path = secrets.token_hex(16), self._work / secrets.token_hex(16)
        job = {"nonce": nonce, "report": str(path), "beside": str(self._beside), **job}
        arguments = f"{_SOURCE + 'report(JOB)'!r}, '<marking>', 'exec'"
        code = f"__import__('builtins').exec(compile({arguments}), {{'__name__': 'marking', 'JOB': {job!r}}})"
        reply = self._execute(code, seconds, is_theirs=False)
        try:
            answer = json.loads(path.read_text(encoding="utf-8"))
            path.unlink()
            if answer.pop("nonce") == nonce:
                return answer
        except (OSError, ValueError, KeyError, AttributeError):
            pass
        return {"problem": f"{reply.get('ename', 'no report')}: {reply.get('evalue', '')}".strip(": ")}

    def _execute(self, code, seconds, is_theirs):
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
        from nbformat.v4 import new_code_cell

        self._seconds, self._reply = seconds, {}
        self._client.iopub_timeout = min(_GRACE, max(2, round(seconds)))
        try:
            self._client.execute_cell(new_code_cell(code), 0, store_history=is_theirs)
        except CellTimeoutError as error:
            raise self._excess or KernelEnded(Outcome.HUNG, f"{STOPPED} {seconds:.2g} seconds") from error
        except (DeadKernelError, RuntimeError, OSError) as error:
            raise self._excess or KernelEnded(Outcome.CRASHED, "ended the kernel") from error
        if self._excess:
            raise self._excess
        return self._reply

    def _executed(self, cell, cell_index, execute_reply):
        self._reply = execute_reply["content"]

    def _environment(self):
        everything = surroundings.kernel_environment()
        environment = {key: value for key, value in everything.items() if _ENVIRONMENT.fullmatch(key)}
        cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))  # matplotlib's fonts
        home = str(self._home)
        environment |= {"HOME": home, "USERPROFILE": home, "XDG_CACHE_HOME": cache, _MARKER: self._marker}
        environment |= {"TF_CPP_MIN_LOG_LEVEL": "3", "AUTOREV_PROGRESS": "plain", "OPENBLAS_NUM_THREADS": "1"}
        if backend := next(filter(find_spec, surroundings.BACKENDS.values()), None):
            environment.setdefault("KERAS_BACKEND", backend)
        return environment | {"PIP_DRY_RUN": "1"}  # what one notebook installs, all others would get

    def _watch_it(self):
        """Look after the kernel until it is done, and end it if it takes too much."""
        while not self._done.wait(_POLL_SECONDS):
            family = self._find_family()
            if excess := self._budget.excess(family):
                self._excess = self._excess or excess
                _kill(family)

    def _find_family(self):
        """The kernel and all that it has started, as far as they can still be found."""
        import psutil

        if pid := getattr(self._manager.provisioner, "pid", None):
            with contextlib.suppress(psutil.Error):
                kernel = psutil.Process(pid)
                for process in (kernel, *kernel.children(recursive=True)):
                    self._family[process.pid, process.create_time()] = process
        return [process for process in self._family.values() if process.is_running()]

    def _end(self):
        """Kill the kernel and all that it has started, also what it left behind: that inherits its marker."""
        import psutil

        self._done.set()
        self._watch.join()
        _kill(self._find_family())
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.environ().get(_MARKER) == self._marker:
                    process.kill()


def _client(on_executed, seconds_of):
    """A client for a kernel of this Python. Outputs are not kept: they could fill the teacher's memory."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    class Client(NotebookClient):
        def process_message(self, msg, cell, cell_index):
            return super().process_message(msg, cell, cell_index) if msg["msg_type"] == "status" else None

    return Client(
        new_notebook(cells=[new_code_cell()]),
        km=AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[])),
        timeout_func=seconds_of,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": _INTERRUPTED},
        raise_on_iopub_timeout=True,
        startup_timeout=_START_TIMEOUT,
        allow_errors=True,
        record_timing=False,
        store_widget_state=False,
        shutdown_kernel="immediate",
        on_cell_executed=on_executed,
    )


def _memory(family, enough):
    """Bytes that some processes use; if it seems more than enough, what they share is counted once."""
    import psutil

    resident, proportional = 0, 0
    for process in family:
        with contextlib.suppress(psutil.Error):
            resident += process.memory_info().rss
    if resident <= enough:
        return resident
    for process in family:
        with contextlib.suppress(psutil.Error):
            used = process.memory_full_info()
            proportional += getattr(used, "pss", used.uss)
    return proportional


def _kill(family):
    import psutil

    for process in family:
        with contextlib.suppress(psutil.Error):
            process.kill()
