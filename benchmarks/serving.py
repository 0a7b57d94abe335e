"""One image in, ten probabilities out, over HTTP: the server of notebook 05 and three others, side by side.

    python -m benchmarks.serving --json benchmarks/results/serving.json

Needs wrk (https://github.com/wg/wrk). The network of notebook 04, or a small one if it was not saved, is
published as `autorev publish` does it. All get the same body: one test image of MNIST as {"instances": ...}.
The others: FastAPI with `model.predict` for each request; LitServe with the same LiteRT file, in three of its
settings; and, as the floor, an endpoint that reads the body and answers a constant. Each is a program of its
own with one copy of the model. Where the system allows it they share one core and wrk has another. All
answers are checked first. A round asks each with one connection, for the latency, then with 16, for the
throughput; the others are suspended meanwhile. A round counts only if nothing else used more than a twentieth
of the machine, as long as patience lasts.

uvicorn uses uvloop and httptools where it finds them. LitServe requires them; in a folder of its own
(`pip install --target FOLDER litserve`, `--litserve FOLDER`) only LitServe finds them.
"""

import contextlib
import importlib.metadata
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from autorev_lib.data import load_mnist
from benchmarks import harness
from benchmarks.contestants import LATENCY, NAME, THROUGHPUT, Contestant, body, can_pin

LATE = 100
"""Milliseconds: if half of the requests wait so long, the queue grows and grows."""
CURVES = "ours", "empty", "peer", "peer-queue"
RATES = 100, 200, 500, 1000, 1500, 2000, 2500
SHOWN_RATES = 500, 1000, 2500
TITLES = {
    "ours": "autorev serve",
    "empty": "empty endpoint",
    "naive": "FastAPI, model.predict",
    "peer": "LitServe",
    "peer-queue": "LitServe, fast_queue",
    "peer-batches": "LitServe, batches",
}
# What its documentation names as faster. On one core a second worker cannot help.
PEER_SETTINGS = {
    "peer": {},
    "peer-queue": {"fast_queue": True},
    "peer-batches": {"max_batch_size": THROUGHPUT, "batch_timeout": 0.01},
}


def publish(models):
    """Publish the network of notebook 04, or a small one."""
    from autorev_lib.devices import select_backend

    select_backend()
    import keras

    from autorev_lib import publishing

    path = Path(__file__).parents[1] / "notebooks" / "models" / "digits.keras"
    (x, labels), _ = load_mnist()
    if path.exists():
        network = publishing.load_network(path)
    else:
        layers = keras.layers
        network = keras.Sequential(
            [
                keras.Input((28, 28)),
                layers.Rescaling(1 / 255),
                layers.Reshape((28, 28, 1)),
                layers.Conv2D(16, 5, strides=2, activation="relu"),
                layers.Flatten(),
                layers.Dense(10, activation="softmax"),
            ]
        )
        network.compile("adam", "sparse_categorical_crossentropy")
        network.fit(x[:-5000].astype("float32"), labels[:-5000], batch_size=128, verbose=0)
    clean = x[-5000:], labels[-5000:]
    network, _ = publishing.add_missing_layers(network, *clean)
    publishing.publish(models, NAME, network, *clean)


def load(contestant, seconds):
    """Put both loads on a contestant: what was measured, and the share of the machine that others used."""
    contestant.resume()
    single, others = contestant.load(LATENCY, seconds)
    many, still_others = contestant.load(THROUGHPUT, seconds)
    contestant.suspend()
    found = {
        "p50_ms": single["p50_ms"],
        "p99_ms": single["p99_ms"],
        "throughput": round(many["throughput"], 1),
    }
    return found, max(others, still_others)


def medians(rounds):
    return {key: round(statistics.median(row[key] for row in rounds), 3) for key in rounds[0]}


def measure(models, names, num_rounds=7, seconds=2, patience=0, peer_path=None):
    """Measure some of the contestants, "ours" among them, with what a folder of models serves."""
    deadline = time.monotonic() + patience
    contestants, answer = {}, ""
    with contextlib.ExitStack() as stack:
        for name in names:
            setting = PEER_SETTINGS.get(name)
            contestant = Contestant(name.partition("-")[0], models, answer, setting, peer_path)
            contestants[name] = stack.enter_context(contextlib.closing(contestant))
            answer = answer or contestant.ask(body(0)).decode()
            contestant.suspend()
        rounds, num_disturbed = harness.quiet_rounds(
            contestants, lambda name: load(contestants[name], seconds), num_rounds, deadline
        )
        curves = {name: curve(contestants[name], seconds) for name in names if name in CURVES}
    rows = {
        name: {"title": TITLES[name], "setting": PEER_SETTINGS.get(name)}
        | medians(rounds[name])
        | {"rounds": rounds[name]}
        for name in names
    }
    libraries = ("fastapi", "uvicorn", "uvloop", "httptools", "ai-edge-litert", "keras", "tensorflow")
    return {
        "machine": harness.machine() | {"pinned_to_cores": can_pin()},
        "versions": harness.versions(*libraries) | {"litserve": peer_version(peer_path)},
        "num_rounds": num_rounds,
        "disturbed_rounds": num_disturbed,
        "seconds_per_load": seconds,
        "connections": {"latency": LATENCY, "throughput": THROUGHPUT},
        "bytes": {"body": len(body(0)), "answer": len(answer)},
        "contestants": rows,
        "open_loop": curves,
        "targets": targets(rows),
    }


def curve(contestant, seconds):
    """Latency against the rate at which requests come, until a contestant no longer keeps up."""
    contestant.resume()
    found = []
    for rate in RATES:
        found.append(contestant.load_at(rate, seconds))
        if found[-1]["p50_ms"] > LATE:
            break
    contestant.suspend()
    return found


def targets(rows):
    ours, found = rows["ours"], []
    peers = [rows[name] for name in PEER_SETTINGS if name in rows]
    if "naive" in rows:
        times = round(ours["throughput"] / rows["naive"]["throughput"], 2)
        found.append(("times the throughput of model.predict", "at least 10", times, times >= 10))
    if peers:
        times = round(ours["throughput"] / max(row["throughput"] for row in peers), 2)
        found.append(("times the throughput of LitServe at its best", "above 1", times, times > 1))
        times = round(ours["p50_ms"] / min(row["p50_ms"] for row in peers), 2)
        found.append(("our median latency over LitServe's at its best", "below 1", times, times < 1))
    if "empty" in rows:
        times = round(ours["p50_ms"] / rows["empty"]["p50_ms"], 2)
        found.append(("our median latency over the empty endpoint's", "at most 1.5", times, times <= 1.5))
    return harness.as_targets(found)


def peer_version(path):
    places = [str(path), *sys.path] if path else sys.path
    found = importlib.metadata.distributions(name="litserve", path=places)
    return next((distribution.version for distribution in found), None)


def as_table(result):
    from rich.table import Table

    about = result["machine"]
    pinned = "one core each for server and wrk" if about["pinned_to_cores"] else "not pinned to cores"
    table = Table(
        title=f"One image a request, medians of {result['num_rounds']} rounds",
        caption=f"{about['cpu']}, {about['cores']} cores, {pinned}; "
        f"disturbed rounds: {result['disturbed_rounds']}",
    )
    table.add_column("", no_wrap=True)
    for heading in ("p50 ms", "p99 ms", "requests/s", *(f"at {rate}/s" for rate in SHOWN_RATES)):
        table.add_column(heading, justify="right")
    for name, row in result["contestants"].items():
        figures = f"{row['p50_ms']:.2f}", f"{row['p99_ms']:.2f}", f"{row['throughput']:,.0f}"
        at_rate = {found["rate"]: found for found in result["open_loop"].get(name, ())}
        waits = [
            f"{at_rate[rate]['p50_ms']:.1f}, {at_rate[rate]['p99_ms']:.1f}" if rate in at_rate else ""
            for rate in SHOWN_RATES
        ]
        table.add_row(row["title"], *figures, *waits)
    return table


def main():
    parser = harness.parser(__doc__.splitlines()[0], num_rounds=7, patience=240)
    parser.add_argument("--seconds", type=int, default=2, help="seconds of each load in a round")
    parser.add_argument(
        "--litserve", type=Path, metavar="FOLDER", help="where `pip install --target` put LitServe"
    )
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is not installed: apt-get install wrk, or brew install wrk")
    has_peer = peer_version(arguments.litserve) is not None
    names = [name for name in TITLES if has_peer or name not in PEER_SETTINGS]
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder)
        publish(models)
        result = measure(
            models, names, arguments.rounds, arguments.seconds, arguments.patience, arguments.litserve
        )
    harness.finish(result, as_table(result), arguments.json)
    if not has_peer:
        print("LitServe is not installed, so it is left out: pip install 'autorev-lib[benchmark]'")


if __name__ == "__main__":
    main()
