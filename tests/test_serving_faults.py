"""What the server does when things go wrong: killed, full disk, broken models, swaps under load, overload."""

import asyncio
import concurrent.futures
import contextlib
import errno
import http.client
import json
import os
import shutil
import signal
import socket
import threading
import time

import httpx
import numpy as np
import pytest
import structlog
import uvicorn
from fastapi.testclient import TestClient
from serving_models import ink, made, publish

from autorev_lib.serving import server, stages, versions
from autorev_lib.serving import watcher as watcher_module
from autorev_lib.serving.app import create_app
from autorev_lib.serving.feedback import FILE_NAME, Store
from autorev_lib.serving.middleware import Limits

PREDICT = "/v1/models/digits:predict"
HEADERS = {"Content-Type": "application/json"}


def body(size=1):
    return json.dumps({"instances": made("one").inputs[:size].tolist()})


def eventually(condition, seconds=10):
    """Wait until something is so; returns whether it became so."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def connect(url):
    host, port = url.removeprefix("http://").split(":")
    return http.client.HTTPConnection(host, int(port), timeout=30)


@pytest.fixture
def models(tmp_path):
    publish(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def client(models):
    """A client of an app that looks at its folder fifty times a second."""
    with TestClient(create_app(models, poll_seconds=0.02), raise_server_exceptions=False) as client:
        yield client


def which(client):
    """Which of the two models answers: its number of version, and whether the answer is of "one" or "two"."""
    version = client.get("/v1/models/digits/metadata").json()["model_spec"]["version"]
    answer = client.post(PREDICT, content=body(), headers=HEADERS)
    assert answer.status_code == 200
    fits = [
        name
        for name in ("one", "two")
        if np.allclose(answer.json()["predictions"], made(name).outputs[:1], atol=1e-5)
    ]
    return int(version), *fits


# Killed


def test_what_was_acknowledged_survives_a_kill(models):
    """Four clients correct as fast as they can while the server is killed: nothing acknowledged is lost."""
    acknowledged, stop = [], threading.Event()

    def correct(running, at):
        connection = connect(running.url)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            while not stop.is_set():
                connection.request("POST", "/corrections", json.dumps(ink(at) | {"label": str(at)}), HEADERS)
                response = connection.getresponse()
                answer = json.loads(response.read())
                if response.status == 201:
                    acknowledged.append((answer["id"], at))

    for _ in range(2):
        with server.start(models) as running:
            threads = [threading.Thread(target=correct, args=(running, at)) for at in range(4)]
            for thread in threads:
                thread.start()
            before = len(acknowledged)
            assert eventually(lambda before=before: len(acknowledged) >= before + 10, seconds=60)
            os.kill(running.pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            for thread in threads:
                thread.join()
    kept = Store(models / FILE_NAME)
    with contextlib.closing(kept):
        labels = kept.recent_corrections("digits", 10**6).labels[::-1]
    assert len(labels) >= len(acknowledged) >= 20
    assert [int(labels[number - 1]) for number, _ in acknowledged] == [label for _, label in acknowledged]
    with server.start(models) as running:
        state = httpx.get(f"{running.url}/monitor").json()
        assert state["corrections"]["total"] == len(labels)


# Disk


def test_a_full_disk_stops_no_prediction_and_loses_no_word(models):
    """When nothing can be written, corrections are refused; the rest goes on, and then it recovers."""
    resource = pytest.importorskip("resource", reason="limits on a process are not to be had on Windows")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux can limit another process")
    correction = json.dumps(ink() | {"label": "7"})
    with server.start(models) as running, httpx.Client(base_url=running.url, headers=HEADERS) as client:
        assert client.post("/corrections", content=correction).json()["corrections"] == 1
        limits = resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (1, limits[1]))
        refused = client.post("/corrections", content=correction)
        assert refused.status_code == 503
        assert "Retry-After" in refused.headers
        assert "correction not kept" in refused.json()["error"] and "Cure:" in refused.json()["error"]
        for _ in range(3):
            assert client.post(PREDICT, content=body()).status_code == 200
        assert client.get("/monitor").json()["trouble"]
        assert "autorev_store_in_trouble 1.0" in client.get("/metrics").text
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, limits)
        assert client.post("/corrections", content=correction).json()["corrections"] == 2
        state = client.get("/monitor").json()
        assert (state["trouble"], state["corrections"]["total"]) == (None, 2)


@pytest.mark.parametrize("trouble", ["damaged", "a folder"])
def test_without_a_store_everything_else_goes_on(models, trouble):
    path = models / FILE_NAME
    if trouble == "damaged":
        path.write_bytes(b"this is no database" * 1000)
    else:
        path.mkdir()
    with TestClient(create_app(models)) as client:
        assert which(client) == (1, "one")
        assert client.post("/draw", json=ink() | {"finished": True}).status_code == 200
        refused = client.post("/corrections", json=ink() | {"label": "7"})
        assert refused.status_code == 503
        assert "Cure:" in refused.json()["error"]
        state = client.get("/monitor").json()
        assert state["trouble"] and state["corrections"] == {"total": None, "recent": []}
    if trouble == "damaged":
        assert path.read_bytes() == b"this is no database" * 1000


def test_a_damaged_reference_only_stops_the_monitor(tmp_path):
    (tmp_path / "reference.npz").write_bytes(b"broken")
    publish(tmp_path / "models", reference=tmp_path / "reference.npz")
    with TestClient(create_app(tmp_path / "models")) as client:
        assert which(client) == (1, "one")
        assert client.get("/monitor").json()["drift"]["state"] == "off"


# Models


def test_a_new_version_is_swapped_in_and_a_withdrawn_one_out(client, models):
    assert which(client) == (1, "one")
    publish(models, "two")
    assert eventually(lambda: which(client) == (2, "two"))
    assert client.get("/monitor").json()["versions"] == [1, 2]
    stages.withdraw(models, "digits")
    assert eventually(lambda: which(client) == (1, "one"))
    assert client.get("/v1/models/digits/versions/2").status_code == 404
    assert publish(models, "two") == 3
    assert eventually(lambda: which(client) == (3, "two"))


def damage(path):
    (path / "model.tflite").write_bytes(b"broken")


def tamper(path):
    shutil.copy(made("two").litert, path / "model.tflite")


def lose(path):
    (path / "golden.npz").unlink()


def forge(path, which):
    """Put another model into a version, and describe it as if it belonged there."""
    shutil.copy(made(which).litert, path / "model.tflite")
    manifest = json.loads((path / "model.json").read_text())
    manifest["sha256"]["model.tflite"] = versions._digest((path / "model.tflite").read_bytes())
    (path / "model.json").write_text(json.dumps(manifest))


def reshape(path):
    """Make a version that takes other images."""
    forge(path, "wide")


def answer_otherwise(path):
    """Make a version whose files are all as described, but whose model answers otherwise than promised."""
    forge(path, "two")


def predate(path):
    """Make a version as the first edition published it."""
    manifest = json.loads((path / "model.json").read_text())
    manifest |= {"format": 1, "input_shape": [28, 28, 1], "output_shape": [10]}
    (path / "model.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (damage, "model.tflite: expected SHA-256"),
        (tamper, "model.tflite: expected SHA-256"),
        (lose, "golden.npz: No such file"),
        (reshape, "model.tflite: expected input of shape (28, 28), received (14, 56)"),
        (predate, "format 1 is of the first edition"),
        (answer_otherwise, "golden outputs: expected a difference of at most"),
    ],
)
def test_a_bad_version_is_refused_and_the_old_one_goes_on(client, models, spoil, reason, tmp_path):
    publish(tmp_path / "elsewhere", "one")
    path = tmp_path / "elsewhere/digits/2"
    (tmp_path / "elsewhere/digits/1").rename(path)
    spoil(path)
    path.rename(models / "digits/2")
    assert eventually(lambda: client.get("/monitor").json()["refused"])
    (refused,) = client.get("/monitor").json()["refused"]
    assert refused["version"] == 2 and reason in refused["reason"]
    assert which(client) == (1, "one")
    states = client.get("/v1/models/digits").json()["model_version_status"]
    assert [(state["version"], state["state"]) for state in states] == [("1", "AVAILABLE"), ("2", "END")]
    assert reason in states[1]["status"]["error_message"]
    assert "autorev_refused_versions 1.0" in client.get("/metrics").text
    assert client.get("/v2/models/digits/versions/2/ready").status_code == 404
    assert client.get("/v2/health/ready").status_code == 200
    # Put right, it is taken.
    shutil.rmtree(models / "digits/2")
    assert publish(models, "two") == 2
    assert eventually(lambda: which(client) == (2, "two"))
    assert client.get("/monitor").json()["refused"] == []


def test_a_refused_version_is_tried_again_when_its_files_change_or_some_time_has_passed(models, monkeypatch):
    tried, load = [], versions.load

    def counted(path, *arguments, **options):
        tried.append(path.name)
        return load(path, *arguments, **options)

    monkeypatch.setattr(versions, "load", counted)
    now = 1000.0
    monkeypatch.setattr(watcher_module.time, "monotonic", lambda: now)
    publish(models, "two")
    content = (models / "digits/2/model.tflite").read_bytes()
    damage(models / "digits/2")
    watcher = watcher_module.Watcher(models)
    tried.clear()
    for _ in range(3):
        watcher.refresh()
    assert (tried.count("2"), watcher.current.number, list(watcher.refused)) == (1, 1, [2])
    now += watcher_module.RETRY_SECONDS
    watcher.refresh()
    assert tried.count("2") == 2
    (models / "digits/2/model.tflite").write_bytes(content)
    watcher.refresh()
    assert (watcher.current.number, watcher.refused) == (2, {})


@pytest.mark.parametrize(
    "trouble",
    [OSError(errno.EMFILE, "Too many open files"), MemoryError(), RuntimeError("no memory for tensors")],
)
def test_what_passes_refuses_no_version_for_good(models, monkeypatch, trouble):
    """Reading fails once, as when files or memory have run out for a moment; no file changes afterwards."""
    now = 1000.0
    monkeypatch.setattr(watcher_module.time, "monotonic", lambda: now)
    publish(models, "two")
    watcher = watcher_module.Watcher(models)
    litert = versions.LiteRTModel

    def fail_once(content):
        monkeypatch.setattr(versions, "LiteRTModel", litert)
        raise trouble

    monkeypatch.setattr(versions, "LiteRTModel", fail_once)
    watcher.refresh()
    assert watcher.current.number == 1 and str(trouble.args[-1] if trouble.args else "") in str(
        watcher.refused[2]
    )
    now += watcher_module.RETRY_SECONDS
    watcher.refresh()
    assert (watcher.current.number, watcher.refused) == (2, {})


def test_a_folder_that_cannot_be_read_for_a_moment_changes_nothing(models, monkeypatch):
    watcher = watcher_module.Watcher(models)
    watcher.refresh()

    def full(path):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(versions.os, "scandir", full)
    with pytest.raises(versions.VersionError, match="Too many open files"):
        watcher.refresh()
    assert watcher.current.number == 1


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "denied"), OSError(errno.EIO, "bad disk")])
@pytest.mark.parametrize("methods", [["iterdir", "read_bytes"], ["read_bytes"]], ids=["folder", "files"])
def test_what_cannot_be_read_goes_on_in_memory_and_is_named_once(models, monkeypatch, error, methods):
    """The served version, its shadow, and a new one, whose folders or files nobody can read."""
    publish(models, "two", state=versions.SHADOW)
    with structlog.testing.capture_logs() as logs:
        watcher = watcher_module.Watcher(models)
        watcher.refresh()
        before = watcher.current, watcher.shadow
        publish(models, "two")

        def refuse(path):
            raise error

        for method in methods:
            monkeypatch.setattr(versions.Path, method, refuse)
        for number in ("1", "2.shadow"):  # otherwise nobody would read them again
            os.utime(models / "digits" / number / "model.json")
        for _ in range(3):
            watcher.refresh()
        assert (watcher.current, watcher.shadow) == before
        reasons = [line["version"] for line in logs if line["event"] == "version refused"]
        assert sorted(reasons) == sorted(watcher.refused) and 3 in reasons
        monkeypatch.undo()
        monkeypatch.setattr(watcher_module, "RETRY_SECONDS", 0)
        watcher.refresh()
    assert (watcher.current.number, watcher.shadow.number, watcher.refused) == (3, 2, {})


def test_a_folder_that_stays_unreadable_is_logged_once(models, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied")

    stopping = threading.Event()
    with structlog.testing.capture_logs() as logs:
        watcher = watcher_module.Watcher(models)
        watcher.refresh()
        monkeypatch.setattr(versions.os, "scandir", refuse)
        thread = threading.Thread(target=watcher_module.repeat, args=([watcher.refresh], 0.01, stopping))
        thread.start()
        time.sleep(0.3)
        stopping.set()
        thread.join()
    assert watcher.current.number == 1
    assert [line["event"] for line in logs] == ["serving", "background work failed"]


def test_out_of_file_handles_it_says_so_now_and_then_and_recovers(models):
    resource = pytest.importorskip("resource", reason="limits on a process are not to be had on Windows")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux can limit another process")
    with server.start(models) as running, contextlib.ExitStack() as stack:
        host, port = running.url.removeprefix("http://").split(":")
        limits = resource.prlimit(running.pid, resource.RLIMIT_NOFILE)
        handles = len(os.listdir(f"/proc/{running.pid}/fd"))
        resource.prlimit(running.pid, resource.RLIMIT_NOFILE, (handles, limits[1]))
        for _ in range(3):
            stack.enter_context(socket.create_connection((host, int(port))))
        publish(models, "two")
        time.sleep(2.5)
        lines = [json.loads(line) for line in running.log.read_text().splitlines()]
        assert any("out of system resource" in line["event"] for line in lines)
        assert len(lines) < 10
        resource.prlimit(running.pid, resource.RLIMIT_NOFILE, limits)
        with httpx.Client(base_url=running.url, headers=HEADERS, timeout=20) as client:
            assert client.post("/corrections", content=json.dumps(ink() | {"label": "7"})).status_code == 201
            assert eventually(lambda: client.get("/monitor").json()["version"] == 2, 20)


def test_a_second_model_in_the_folder_is_named_and_the_first_goes_on(models):
    with structlog.testing.capture_logs() as logs:
        watcher = watcher_module.Watcher(models)
        watcher.refresh()
        publish(models, name="a-letter")
        publish(models, "two")
        for _ in range(3):
            watcher.refresh()
    assert (watcher.current.name, watcher.current.number) == ("digits", 2)
    (line,) = [line for line in logs if line["event"] == "several models"]
    assert (line["served"], line["found"]) == ("digits", ["a-letter", "digits"])
    assert "autorev serve MODELS --name NAME" in line["cure"]


def test_of_several_models_the_one_that_was_chosen_is_served(models):
    publish(models, "two", name="letters")
    with TestClient(create_app(models, model="letters")) as client:
        assert client.get("/monitor").json()["model"] == "letters"
    for model, expected in ((None, "one model"), ("letter", "letter")):
        with pytest.raises(
            versions.VersionError, match=rf"expected {expected} in .*, received digits, letters"
        ):
            watcher_module.Watcher(models, model).refresh()


def test_what_is_in_memory_outlives_damage_to_its_files(client, models):
    damage(models / "digits/1")
    assert eventually(lambda: client.get("/monitor").json()["refused"])
    assert which(client) == (1, "one")


def test_a_restart_serves_what_was_served_before(client, models):
    """Shapes are those of the first version, whichever is looked at first."""
    shutil.copytree(models / "digits/1", models / "digits/2")
    reshape(models / "digits/2")
    assert eventually(lambda: client.get("/monitor").json()["refused"])
    with TestClient(create_app(models)) as restarted:
        assert which(restarted) == (1, "one")


def test_a_folder_that_is_gone_stops_nothing(client, models):
    models.rename(models.with_name("moved"))
    time.sleep(0.3)
    assert client.post(PREDICT, content=body(), headers=HEADERS).status_code == 200
    models.with_name("moved").rename(models)
    publish(models, "two")
    assert eventually(lambda: which(client) == (2, "two"))


def test_without_any_model_the_server_lives_but_is_not_ready(tmp_path):
    with TestClient(create_app(tmp_path, poll_seconds=0.02), raise_server_exceptions=False) as client:
        assert client.get("/v2/health/live").status_code == 200
        ready = client.get("/v2/health/ready")
        assert (ready.status_code, ready.headers["retry-after"]) == (503, "1")
        assert client.post("/draw", json=ink()).status_code == 503
        assert client.get("/monitor").status_code == 503
        assert client.post(PREDICT, json={}).status_code == 404
        assert client.get("/metrics").status_code == 200
        publish(tmp_path)
        assert eventually(lambda: client.get("/v2/health/ready").status_code == 200)
        shutil.rmtree(tmp_path / "digits")
        assert eventually(lambda: client.get("/v2/health/ready").status_code == 503)


def test_requests_finish_on_the_version_they_began_with(models, monkeypatch):
    """A large batch is being computed while its version is replaced and its files vanish."""
    began, go_on = threading.Event(), threading.Event()
    with TestClient(create_app(models, poll_seconds=0.02)) as client:
        model = client.app.state.watcher.current.model
        predict = model.predict

        def slow(x):
            began.set()
            assert go_on.wait(10)
            return predict(x)

        monkeypatch.setattr(model, "predict", slow)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            answer = pool.submit(client.post, PREDICT, content=body(40), headers=HEADERS)
            assert began.wait(10)
            publish(models, "two")
            assert eventually(lambda: client.get("/monitor").json()["version"] == 2)
            shutil.rmtree(models / "digits/1")
            assert which(client) == (2, "two")
            go_on.set()
            np.testing.assert_allclose(
                answer.result().json()["predictions"], made("one").outputs[:40], atol=1e-5
            )


SWAPS = 20


@contextlib.contextmanager
def serving(models):
    """A server on a socket in this process that looks at its folder all the time; its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(models, poll_seconds=0.002)
    running = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert eventually(lambda: running.started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()


def test_no_request_fails_while_versions_come_and_go(models):
    """Swaps and rollbacks under load, answered one by one and in batches: not one request fails."""
    made("two")
    answered, failed, stop = [], [], threading.Event()
    expected = {name: made(name).outputs for name in ("one", "two")}

    def ask(url, size):
        connection = connect(url)
        with contextlib.closing(connection):
            while not stop.is_set():
                try:
                    connection.request("POST", PREDICT, body(size), HEADERS)
                    response = connection.getresponse()
                    outputs = json.loads(response.read()).get("predictions")
                    # Each answer is wholly of one version.
                    fits = [
                        name for name in expected if np.allclose(outputs, expected[name][:size], atol=1e-5)
                    ]
                    (answered if response.status == 200 and len(fits) == 1 else failed).append(
                        (fits, outputs)
                    )
                except (OSError, http.client.HTTPException) as error:
                    failed.append(error)
                    return

    with serving(models) as url:
        threads = [threading.Thread(target=ask, args=(url, size)) for size in (1, 1, 20)]
        for thread in threads:
            thread.start()
        monitor = connect(url)

        def served():
            monitor.request("GET", "/v1/models/digits/metadata")
            return int(json.loads(monitor.getresponse().read())["model_spec"]["version"])

        newest = 1
        for swap in range(SWAPS // 2):
            newest = publish(models, "two" if swap % 2 else "one")
            assert eventually(lambda newest=newest: served() == newest)
            withdrawn, now = stages.withdraw(models, "digits")
            assert (withdrawn, eventually(lambda now=now: served() == now)) == (newest, True)
        stop.set()
        for thread in threads:
            thread.join()
        monitor.close()
    assert newest == SWAPS // 2 + 1
    assert not failed, failed[:3]
    assert len(answered) >= SWAPS


# Time and load


def test_a_clock_that_goes_back_disturbs_nothing(models, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    with TestClient(create_app(models, poll_seconds=0.02)) as client:
        assert which(client) == (1, "one")
        assert client.post("/corrections", json=ink() | {"label": "7"}).status_code == 201
        now -= 10 * 365 * 86_400
        publish(models, "two")
        for file in (models / "digits/2").iterdir():
            os.utime(file, (now, now))
        assert eventually(lambda: which(client) == (2, "two"))
        kept = client.post("/corrections", json=ink() | {"label": "8"}).json()
        assert kept["corrections"] == 2
        state = client.get("/monitor").json()
        assert [correction["label"] for correction in state["corrections"]["recent"]] == ["8", "7"]
        assert state["latency_ms"]["p50"] > 0


class Requests:
    """Requests to an app whose bodies come when the test says so."""

    def __init__(self, app):
        self.app = app

    async def begin(self, content, path=PREDICT):
        """Start a request; returns (its task, what to call to have its body come)."""
        more, sent = asyncio.Event(), []

        async def receive():
            await more.wait()
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
        scope["headers"] = [(b"host", b"localhost"), (b"content-length", str(len(content)).encode())]

        async def run():
            await self.app(scope, receive, send)
            headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
            return sent[0]["status"], headers, json.loads(sent[1]["body"])

        task = asyncio.create_task(run())
        await asyncio.sleep(0)
        return task, more.set


def test_too_many_requests_are_told_to_come_back(models):
    async def scene(app):
        async with app.router.lifespan_context(app):
            requests = Requests(app)
            taken = [await requests.begin(body().encode()) for _ in range(4)]
            for _ in range(3):
                task, go = await requests.begin(body().encode())
                go()
                status, headers, answer = await task
                assert (status, headers["retry-after"]) == (503, "1")
                assert answer["error"] == "requests: expected at most 4 at once, received more"
            for _, go in taken:
                go()
            assert [(await task)[0] for task, _ in taken] == [200] * 4
            task, go = await requests.begin(body().encode())
            go()
            assert (await task)[0] == 200

    asyncio.run(scene(create_app(models, Limits(in_flight=4))))


def test_too_much_to_buffer_is_told_to_come_back(models):
    async def scene(app):
        async with app.router.lifespan_context(app):
            task, go = await Requests(app).begin(b" " * 5000)
            go()
            status, headers, _ = await task
            assert (status, headers["retry-after"]) == (503, "1")

    asyncio.run(scene(create_app(models, Limits(buffered_bytes=4000))))


def test_small_requests_pass_while_large_ones_are_computed(models, monkeypatch):
    go_on = threading.Event()
    with TestClient(create_app(models), raise_server_exceptions=False) as client:
        model = client.app.state.watcher.current.model
        predict = model.predict
        monkeypatch.setattr(model, "predict", lambda x: (len(x) == 1 or go_on.wait(10)) and predict(x))
        with concurrent.futures.ThreadPoolExecutor() as pool:
            large = [pool.submit(client.post, PREDICT, content=body(40), headers=HEADERS) for _ in range(4)]
            assert client.post(PREDICT, content=body(), headers=HEADERS).status_code == 200
            go_on.set()
            assert [answer.result().status_code for answer in large] == [200] * 4


def test_an_answer_that_is_no_number_is_not_sent(models, monkeypatch):
    with TestClient(create_app(models)) as client:
        model = client.app.state.watcher.current.model
        monkeypatch.setattr(model, "predict", lambda x: np.full((len(x), 10), np.nan, np.float32))
        answer = client.post(PREDICT, content=body(), headers=HEADERS)
        assert answer.status_code == 400
        assert "input: expected pixels from 0 to 255, received up to 255" in answer.json()["error"]


def test_a_body_that_does_not_come_is_not_waited_for(models):
    async def scene(app):
        async with app.router.lifespan_context(app):
            task, _ = await Requests(app).begin(body().encode())
            status, headers, answer = await task
            assert (status, headers["connection"]) == (408, "close")
            assert answer["error"] == "body: expected all of it within 0.1 s, received a part"

    asyncio.run(scene(create_app(models, Limits(body_seconds=0.1))))


def test_slow_clients_stop_nobody(models):
    with server.start(models) as running:
        host, port = running.url.removeprefix("http://").split(":")
        head = f"POST {PREDICT} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".encode()
        with contextlib.ExitStack() as stack:
            for sent in [b"", b"POST ", head] * 50:
                slow = stack.enter_context(socket.create_connection((host, int(port))))
                slow.sendall(sent)
            assert httpx.post(running.url + PREDICT, content=body(), headers=HEADERS).status_code == 200


def test_a_flood_is_monitored_within_bounds(models):
    with TestClient(create_app(models, poll_seconds=60)) as client:
        for _ in range(5):
            assert client.post(PREDICT, content=body(64), headers=HEADERS).status_code == 200
        assert client.app.state.monitoring.dropped == 5 * 64 - 256
        assert "autorev_not_monitored 64.0" in client.get("/metrics").text
        assert sum(client.get("/monitor").json()["confidence"]["counts"]) == 256


def test_a_failure_of_ours_is_an_honest_500(models, monkeypatch):
    with TestClient(create_app(models), raise_server_exceptions=False) as client:
        model = client.app.state.watcher.current.model
        monkeypatch.setattr(model, "predict", lambda x: 1 / 0)
        response = client.post(PREDICT, content=body(), headers=HEADERS)
        assert (response.status_code, response.json()) == (
            500,
            {"error": "the server failed; its log says why"},
        )
        monkeypatch.undo()
        assert which(client) == (1, "one")
