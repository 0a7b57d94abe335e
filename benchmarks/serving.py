"""One image in, ten probabilities out, over HTTP: the server of notebook 05, three others, side by side.

    python -m benchmarks.serving --json benchmarks/results/serving.json

Needs wrk (https://github.com/wg/wrk; `apt-get install wrk`). The network of notebook 04, or a small one if it
was not saved, is published as `autorev publish` does it. All get the same body: one test image of MNIST as
{"instances": ...}. The others: FastAPI with `model.predict` for each request; LitServe with the same LiteRT
file, in the fastest of its settings; and, as the floor, an endpoint that reads the body and answers a
constant. Each is a program of its own with one copy of the model. Where the system allows it they have one
core and wrk has another. All answers are checked first. A round asks each with one connection, for the
latency, then with 16, for the throughput; the others are suspended meanwhile. A round counts only if nothing
else used more than a twentieth of the machine, as long as patience lasts.
"""

import argparse
import contextlib
import functools
import importlib.metadata
import json
import os
import shutil
import socket
import statistics
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
from benchmarks.backprop import QUIET, busy_seconds, machine, version

NAME = "digits"
START_SECONDS = 60
CONNECTIONS = {"latency": 1, "throughput": 16}
TITLES = {
    "ours": "autorev serve",
    "empty": "empty endpoint",
    "naive": "FastAPI, model.predict",
    "peer": "LitServe",
}
# On one core a second worker cannot help. Batches wait for as long as LitServe's guide to batching suggests,
# or not at all.
PEER_SETTINGS = [
    {},
    {"fast_queue": True},
    {"fast_queue": True, "max_batch_size": 16, "batch_timeout": 0.0},
    {"fast_queue": True, "max_batch_size": 16, "batch_timeout": 0.01},
]
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


def publish(models):
    """Publish the network of notebook 04, or a small one."""
    from autorev_lib.devices import select_backend

    select_backend()
    import keras

    from autorev_lib import loop

    path = Path(__file__).parents[1] / "notebooks" / "models" / "digits.keras"
    (x, labels), _ = load_mnist()
    if path.exists():
        model = loop.load_model(path)
    else:
        model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile("adam", loss)
        model.fit(loop.prepare(x), labels, batch_size=128, verbose=0)
    loop.publish(models, NAME, model, x[-5000:], labels[-5000:])


class Contestant:
    """A server in a process of its own that answers as it must."""

    def __init__(self, name, models, setting=None, peer_path=None, answer=None):
        self.setting = setting
        self._stack = contextlib.ExitStack()
        folder = models / NAME / str(versions.served(models, NAME)[-1])
        with on_core(0):
            if name == "ours":
                running = self._stack.enter_context(server.start(models))
                self.process = psutil.Process(running.pid)
                self.url = f"{running.url}/v1/models/{NAME}:predict"
            else:
                arguments = {"empty": [answer], "naive": [folder], "peer": [folder, json.dumps(setting)]}
                self._start(name, arguments[name], peer_path)
        if name != "empty":
            self._check(LiteRTModel(folder / versions.MODEL))
        for connections in CONNECTIONS.values():
            self.load(connections, 1)  # unmeasured: code is loaded, memory is touched

    def _start(self, name, arguments, path):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/predict"
        paths = filter(None, [path and str(path), os.environ.get("PYTHONPATH")])
        changes = {"KERAS_BACKEND": "tensorflow", "PYTHONPATH": os.pathsep.join(paths)}
        log = self._stack.enter_context(tempfile.TemporaryFile())
        self.process = psutil.Popen(
            [sys.executable, "-m", f"benchmarks.servers.{name}", str(port), *map(str, arguments)],
            stdout=log,
            stderr=log,
            env=os.environ | changes,
        )
        self._stack.callback(self._kill)
        deadline = time.monotonic() + START_SECONDS
        while True:
            time.sleep(0.1)
            with contextlib.suppress(OSError):
                return self.ask(body(0))
            if self.process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                text = log.read().decode()
                self.close()
                raise RuntimeError(f"{name} does not answer: {text}")

    def ask(self, content):
        request = urllib.request.Request(self.url, content, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.read()

    def _check(self, model):
        """The int8 model must answer as it does here; Keras, in float32, almost so."""
        for index in range(10):
            received = np.array(json.loads(self.ask(body(index)))["predictions"])
            np.testing.assert_allclose(received, model.predict(example(index)), atol=0.05)

    def load(self, connections, seconds):
        """Let wrk ask for some seconds: what it measured, and the share of the machine that others used."""
        before = busy_seconds(psutil) - self._own_seconds()
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder, on_core(1):
            script = Path(folder, "script.lua")
            Path(folder, "body").write_bytes(body(0))
            script.write_text(LOAD_SCRIPT.format(body=Path(folder, "body")))
            command = [
                "wrk",
                "-t1",
                f"-c{connections}",
                f"-d{seconds}",
                "--timeout",
                "30",
                "-s",
                script,
                self.url,
            ]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        elapsed = time.perf_counter() - start
        others = busy_seconds(psutil) - self._own_seconds() - before
        return read_load(output), others / (elapsed * os.cpu_count())

    def _own_seconds(self):
        wrk = psutil.Process().cpu_times()
        return wrk.children_user + wrk.children_system + sum(map(busy_seconds, self._tree()))

    def _tree(self):
        return [self.process, *self.process.children(recursive=True)]

    def suspend(self):
        for process in self._tree():
            process.suspend()

    def resume(self):
        for process in self._tree():
            process.resume()
        self.ask(body(0))

    def _kill(self):
        tree = self._tree()
        for process in tree:
            process.kill()
        psutil.wait_procs(tree)

    def close(self):
        for process in self._tree():
            process.resume()
        self._stack.close()


@functools.cache
def test_images():
    return load_mnist()[1][0]


def example(index):
    return (test_images()[index : index + 1, :, :, None] / 255).astype("float32")


def body(index):
    return json.dumps({"instances": example(index).tolist()}).encode()


def read_load(output):
    """Read what wrk prints with the script above; every request must have been answered with success."""
    found = json.loads(output.splitlines()[-1])
    if found["errors"] or not found["requests"]:
        raise RuntimeError(f"expected answers without errors, received {found}")
    return found | {"throughput": found["requests"] / found["seconds"]}


@contextlib.contextmanager
def on_core(which):
    """Processes started within live on one of the two cores, where the system knows of such things."""
    if not is_pinned():
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(cores)[which]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def is_pinned():
    return hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1


# The measurement


def quiet_rounds(contestants, num_rounds, seconds, deadline):
    """Ask each contestant, round after round; begin a round anew if something else disturbs it.

    Returns:
        What was measured, by contestant and then by round, and how many of these rounds were disturbed: none,
        unless the deadline passed.
    """
    rounds, num_disturbed = [], 0
    while len(rounds) < num_rounds:
        while time.monotonic() < deadline and psutil.cpu_percent(interval=0.5) > 100 * QUIET:
            pass
        found, disturbed = {}, False
        for name in list(contestants) if len(rounds) % 2 == 0 else reversed(contestants):
            contestant = contestants[name]
            contestant.resume()
            loads = [contestant.load(connections, seconds) for connections in CONNECTIONS.values()]
            contestant.suspend()
            (latency, _), (throughput, _) = loads
            found[name] = {key: latency[key] for key in ("p50_ms", "p99_ms")} | {
                "throughput": throughput["throughput"]
            }
            disturbed |= max(others for _, others in loads) > QUIET
            if disturbed and time.monotonic() < deadline:
                break
        else:
            rounds.append(found)
            num_disturbed += disturbed
    return {name: [found[name] for found in rounds] for name in contestants}, num_disturbed


def medians(rounds):
    return {key: round(statistics.median(row[key] for row in rounds), 3) for key in rounds[0]}


def best_peer(models, peer_path, deadline):
    """Start LitServe in the setting with the highest throughput; returns it and what each setting gave."""
    tried = []
    for setting in PEER_SETTINGS:
        with contextlib.closing(Contestant("peer", models, setting, peer_path)) as peer:
            rounds, _ = quiet_rounds({"peer": peer}, 1, 1, deadline)
        tried.append({"setting": setting} | medians(rounds["peer"]))
    best = max(tried, key=lambda row: row["throughput"])
    return Contestant("peer", models, best["setting"], peer_path), tried


def measure(models, names, num_rounds=7, seconds=2, patience=0, peer_path=None):
    """Measure some of the contestants, "ours" among them, with what a folder of models serves."""
    deadline = time.monotonic() + patience
    contestants, tried, answer = {}, [], None
    with contextlib.ExitStack() as stack:
        for name in names:
            if name == "peer":
                contestant, tried = best_peer(models, peer_path, deadline)
            else:
                contestant = Contestant(name, models, answer=answer)
            contestants[name] = stack.enter_context(contextlib.closing(contestant))
            answer = answer or contestant.ask(body(0)).decode()
            contestant.suspend()
        rounds, num_disturbed = quiet_rounds(contestants, num_rounds, seconds, deadline)
    rows = {
        name: {"title": TITLES[name], "setting": contestants[name].setting}
        | medians(rounds[name])
        | {"rounds": rounds[name]}
        for name in names
    }
    libraries = ("fastapi", "uvicorn", "uvloop", "httptools", "ai-edge-litert", "keras", "tensorflow")
    return {
        "machine": machine() | {"pinned_to_cores": is_pinned()},
        "versions": {name: version(name) for name in libraries} | {"litserve": peer_version(peer_path)},
        "num_rounds": num_rounds,
        "disturbed_rounds": num_disturbed,
        "seconds_per_load": seconds,
        "connections": CONNECTIONS,
        "bytes": {"body": len(body(0)), "answer": len(answer)},
        "litserve_settings_tried": tried,
        "contestants": rows,
        "targets": targets(rows),
    }


def targets(rows):
    def ratio(key, one, other):
        return round(rows[one][key] / rows[other][key], 2)

    found = []
    if "naive" in rows:
        times = ratio("throughput", "ours", "naive")
        found.append(("times the throughput of model.predict", "at least 10", times, times >= 10))
    if "peer" in rows:
        times = ratio("throughput", "ours", "peer")
        found.append(("times the throughput of LitServe", "above 1", times, times > 1))
        times = ratio("p50_ms", "ours", "peer")
        found.append(("our median latency over LitServe's", "below 1", times, times < 1))
    if "empty" in rows:
        times = ratio("p50_ms", "ours", "empty")
        found.append(("our median latency over the empty endpoint's", "at most 1.5", times, times <= 1.5))
    return [dict(zip(("target", "wanted", "measured", "met"), row, strict=True)) for row in found]


def peer_version(path):
    places = [str(path), *sys.path] if path else sys.path
    found = importlib.metadata.distributions(name="litserve", path=places)
    return next((distribution.version for distribution in found), None)


def show(result):
    from rich.console import Console
    from rich.table import Table

    about = result["machine"]
    pinned = "one core each for server and wrk" if about["pinned_to_cores"] else "not pinned to cores"
    table = Table(
        title=f"One image a request, medians of {result['num_rounds']} rounds",
        caption=f"{about['cpu']}, {about['cores']} cores, {pinned}; "
        f"disturbed rounds: {result['disturbed_rounds']}",
    )
    table.add_column("", no_wrap=True)
    for heading in ("p50 ms", "p99 ms", "requests/s"):
        table.add_column(heading, justify="right")
    for row in result["contestants"].values():
        figures = f"{row['p50_ms']:.2f}", f"{row['p99_ms']:.2f}", f"{row['throughput']:,.0f}"
        table.add_row(row["title"], *figures)
    console = Console()
    console.print(table)
    if "peer" not in result["contestants"]:
        console.print("LitServe is not installed, so it is left out: pip install litserve")
    for row in result["targets"]:
        verdict = "met" if row["met"] else "MISSED"
        console.print(f"{row['target']}: {row['measured']} ({row['wanted']}), {verdict}", highlight=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result here too")
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count")
    parser.add_argument("--seconds", type=int, default=2, help="seconds of each load in a round")
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for a quiet machine")
    parser.add_argument(
        "--litserve", type=Path, metavar="FOLDER", help="where `pip install --target` put LitServe"
    )
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is not installed: apt-get install wrk, or brew install wrk")
    names = [name for name in TITLES if name != "peer" or peer_version(arguments.litserve)]
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder)
        publish(models)
        result = measure(
            models, names, arguments.rounds, arguments.seconds, arguments.patience, arguments.litserve
        )
    show(result)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
