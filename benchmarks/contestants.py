"""Servers to measure, each in a process of its own, and the load that is put on them with wrk."""

import contextlib
import functools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np
import psutil

from autorev_lib.data import load_mnist
from autorev_lib.litert import LiteRTModel
from autorev_lib.serving import server, versions
from benchmarks import open_loop
from benchmarks.harness import busy_seconds

NAME = "digits"
START_SECONDS = 60
CHECKED = 10  # images whose answers are checked
LATENCY, THROUGHPUT = 1, 16  # connections
LOAD_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = io.open("{body}"):read("*a")
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{{"requests": %d, "seconds": %f, "p50_ms": %f, "p99_ms": %f, "errors": %d}}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


class Contestant:
    """A server that answers as it must, seen by its checked answers, and is warm.

    Args:
        name: "ours", or the name of a module in `benchmarks.servers`.
        models: The folder of models.
        answer: What the empty endpoint answers.
        setting: Of LitServe, a dictionary.
        peer_path: Where LitServe is installed, if not in this environment.
    """

    def __init__(self, name, models, answer="", setting=None, peer_path=None):
        folder = models / NAME / str(versions.served(models, NAME)[-1])
        arguments = {"empty": [answer], "naive": [folder], "peer": [folder, json.dumps(setting)]}
        self._stack = contextlib.ExitStack()
        try:
            with on_core(0):
                if name == "ours":
                    running = self._stack.enter_context(server.start(models))
                    self.process = psutil.Process(running.pid)
                    self.url = f"{running.url}/v1/models/{NAME}:predict"
                else:
                    self._start(name, arguments[name], peer_path)
            if name != "empty":
                self._check(LiteRTModel(folder / versions.MODEL))
            for connections in (LATENCY, THROUGHPUT):
                self.load(connections, seconds=1)
        except BaseException:
            self.close()
            raise

    def _start(self, name, arguments, peer_path):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/predict"
        paths = filter(None, [name == "peer" and peer_path, os.environ.get("PYTHONPATH")])
        changes = {"KERAS_BACKEND": "tensorflow", "PYTHONPATH": os.pathsep.join(map(str, paths))}
        log = tempfile.TemporaryFile()  # noqa: SIM115
        self._stack.callback(log.close)
        self.process = psutil.Popen(
            [sys.executable, "-m", f"benchmarks.servers.{name}", str(port), *map(str, arguments)],
            cwd=Path(__file__).parents[1],
            env=os.environ | changes,
            stdout=log,
            stderr=log,
        )
        self._stack.callback(self._kill)
        deadline = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError):
                return self.ask(body(0))
            if self.process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise RuntimeError(f"{name} does not answer: {log.read().decode()}")
            time.sleep(0.1)

    def _kill(self):
        tree = self._tree()
        for process in tree:
            process.kill()
        psutil.wait_procs(tree)

    def _tree(self):
        """Its processes that are there: LitServe has several."""
        if not self.process.is_running():
            return []
        return [self.process, *self.process.children(recursive=True)]

    def _check(self, model):
        """Compare answers with the model's; Keras, which computes in float32, may be a little off."""
        for index in range(CHECKED):
            received = json.loads(self.ask(body(index)))["predictions"]
            np.testing.assert_allclose(received, model.predict(example(index)), atol=0.05)

    def ask(self, content):
        """Answer one request: bytes in, bytes out."""
        request = urllib.request.Request(self.url, content, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.read()

    def load(self, connections, seconds):
        """Let wrk ask all the time: what it measured, and the share of the machine that others used."""
        before, start = busy_seconds(psutil) - self._own_seconds(), time.perf_counter()
        with tempfile.TemporaryDirectory() as folder, on_core(1):
            script, content = Path(folder, "script.lua"), Path(folder, "body")
            content.write_bytes(body(0))
            script.write_text(LOAD_SCRIPT.format(body=content))
            options = ["-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "30", "-s", script]
            output = subprocess.run(["wrk", *options, self.url], capture_output=True, text=True, check=True)
        elapsed = time.perf_counter() - start
        others = busy_seconds(psutil) - self._own_seconds() - before
        return read_load(output.stdout), others / (elapsed * os.cpu_count())

    def load_at(self, rate, seconds):
        """Ask at times set beforehand, so many a second: median and 99th percentile of the latency."""
        with on_core(1):
            waited = open_loop.latencies(self.url, body(0), rate, seconds)
        p50, p99 = np.percentile(waited, [50, 99])
        return {"rate": rate, "p50_ms": round(float(p50), 3), "p99_ms": round(float(p99), 3)}

    def _own_seconds(self):
        """Processor time of the server, and of wrk, once it has ended."""
        ended = os.times()
        return ended.children_user + ended.children_system + sum(map(busy_seconds, self._tree()))

    def suspend(self):
        for process in self._tree():
            process.suspend()

    def resume(self):
        for process in self._tree():
            process.resume()
        self.ask(body(0))

    def close(self):
        """Stop it; nothing happens if it has ended."""
        for process in self._tree():
            process.resume()
        self._stack.close()


def read_load(output):
    """Read what the script lets wrk print, if all requests were answered with success."""
    found = json.loads(output.splitlines()[-1])
    if found["errors"] or not found["requests"]:
        raise RuntimeError(f"expected answers without errors, received {found}")
    return found | {"throughput": found["requests"] / found["seconds"]}


def body(index):
    """A request for one test image of MNIST, as Python's clients write it."""
    return json.dumps({"instances": example(index).tolist()}).encode()


def example(index):
    return _images()[index : index + 1].astype("float32")


@functools.cache
def _images():
    return load_mnist(small=True)[1][0]


@contextlib.contextmanager
def on_core(which):
    """What is started within stays on one of the cores, where the system knows of such things."""
    if not can_pin():
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(cores)[which]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def can_pin():
    return hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1
