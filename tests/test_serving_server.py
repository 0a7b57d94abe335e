"""The server as a process: starting, stopping, its command, what it imports, and its manners on a socket."""

import base64
import contextlib
import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from serving_models import LABELS, ink, made, publish

from autorev_lib.data import load_mnist
from autorev_lib.errors import AutorevError
from autorev_lib.serving import server

PREDICT = "/v1/models/digits:predict"
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def running(models):
    with server.start(models) as running:
        yield running


def address(running):
    host, port = running.url.removeprefix("http://").split(":")
    return host, int(port)


def body(size=1):
    return json.dumps({"instances": made("one").inputs[:size].tolist()})


def post(running, path=PREDICT, content=None):
    """Send one request on a connection of its own; returns status and answer."""
    return post_to(address(running)[1], path, content)


def post_to(port, path=PREDICT, content=None):
    """The same, to a port of this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("POST", path, content or body(), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.load(response)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def ends(pid):
    """Whether a process that is not our child ends within ten seconds."""
    end = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_alive(pid)


def test_it_starts_beside_us_answers_and_stops(models):
    with server.start(models) as running:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", running.url)
        assert post(running)[0] == 200
        log = running.log
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert {"event": "serving", "model": "digits", "version": 1} in [
            {key: line.get(key) for key in ("event", "model", "version")} for line in lines
        ]
    running.stop()  # twice is fine
    assert not log.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address(running))


@pytest.mark.parametrize(
    ("prepare", "text"),
    [
        (
            lambda folder: folder / "missing",
            "models: expected a folder that can be read, received .*No such file",
        ),
        (
            lambda folder: folder,
            "expected a folder with a model that can be served.*there is no version of a model",
        ),
        (
            lambda folder: broken(folder),
            r"version 1: model.tflite: expected SHA-256 .*Cure: publish the model again",
        ),
        (
            lambda folder: predated(folder),
            r"version 1: .*first edition.*Cure: publish it again: autorev publish .*keras --name digits",
        ),
        (
            lambda folder: doubled(folder),
            r"expected one model in .*, received digits, letters\. Cure: name it: --name NAME",
        ),
    ],
)
def test_it_does_not_start_without_a_model_and_says_why(tmp_path, monkeypatch, prepare, text):
    monkeypatch.setattr(server, "_configure", lambda: None)  # of this process, which is pytest's
    with pytest.raises(AutorevError, match=text):
        server.run(prepare(tmp_path))


def test_a_child_that_does_not_start_says_why(tmp_path):
    with pytest.raises(AutorevError, match=r"there is no version of a model.*Cure: publish a model"):
        server.start(tmp_path)


def test_where_no_log_can_be_written_none_starts(models, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server.tempfile, "NamedTemporaryFile", full)
    with pytest.raises(AutorevError, match=r"did not start: .*No space left on device\. Cure: free some"):
        server.start(models)


def broken(folder):
    publish(folder)
    (folder / "digits/1/model.tflite").write_bytes(b"broken")
    return folder


def predated(folder):
    publish(folder)
    manifest = json.loads((folder / "digits/1/model.json").read_text()) | {"format": 1}
    (folder / "digits/1/model.json").write_text(json.dumps(manifest))
    return folder


def doubled(folder):
    publish(folder)
    publish(folder, name="letters")
    return folder


def test_a_port_in_use_is_named(models, running):
    port = address(running)[1]
    with pytest.raises(
        AutorevError, match=f"cannot listen on 127.0.0.1 port {port}: .*Cure: choose another port"
    ):
        server.start(models, port=port)


def test_it_ends_with_whoever_started_it(models):
    code = (
        "import sys, time; from autorev_lib.serving import server\n"
        "running = server.start(sys.argv[1]); print(running.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, models], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    assert is_alive(pid)
    parent.kill()
    parent.communicate()
    assert ends(pid)


def test_it_imports_no_framework_and_starts_in_a_moment(models):
    code = (
        "import sys; from autorev_lib.serving import server\n"
        ""
        "app = server.create_app(sys.argv[1]); app.state.watcher.refresh()\n"
        "heavy = {'keras', 'tensorflow', 'jax', 'pandas', 'matplotlib', 'autorev_lib.training'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code, models], capture_output=True, text=True)
    assert answer.stdout.splitlines()[-1:] == ["[]"], answer.stderr


@contextlib.contextmanager
def command(*arguments):
    """The `autorev serve` command, running; and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "autorev_lib", "serve", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, re.search(r"http://[^ /]+:(\d+)", process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


@posix_only
@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 0)])
def test_stopping_finishes_what_was_taken(models, how, code):
    """A request whose body is still on its way when the server is told to stop gets its answer."""
    content = body(8).encode()
    with command(models, "--port", 0) as (process, found):
        connection = socket.create_connection(("127.0.0.1", int(found[1])))
        head = f"POST {PREDICT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content[:1000])
        post_to(int(found[1]))  # it has had the time to take the request before
        process.send_signal(how)
        end = time.monotonic() + 10
        with pytest.raises(ConnectionRefusedError):
            while time.monotonic() < end:
                socket.create_connection(("127.0.0.1", int(found[1]))).close()
                time.sleep(0.02)
        connection.sendall(content[1000:])
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.status == 200
        assert len(json.load(response)["predictions"]) == 8
        assert process.wait(10) == code
        assert "Traceback" not in process.stderr.read()


def test_requests_on_one_connection_and_a_client_that_leaves(running):
    connection = http.client.HTTPConnection(*address(running), timeout=10)
    for content in (body(), "{", body(20), " " * (17 << 20), body()):
        connection.request("POST", PREDICT, content, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        assert response.status == {"{": 400, " " * (17 << 20): 413}.get(content, 200)
    connection.close()
    for part in (
        b"POST",
        f"POST {PREDICT} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{{".encode(),
    ):
        with socket.create_connection(address(running)) as leaving:
            leaving.sendall(part)
    assert post(running)[0] == 200


@pytest.mark.parametrize("sent", [b"\x00\xff\x00\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"A" * 100_000])
def test_what_is_no_http_does_no_harm(running, sent):
    with socket.create_connection(address(running), timeout=10) as connection, contextlib.suppress(OSError):
        connection.sendall(sent)
        connection.recv(1000)
    assert post(running)[0] == 200


def test_only_this_machine_can_reach_it(running):
    port = address(running)[1]
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError):
        socket.create_connection((own, port), timeout=2)


def test_small_answers_are_not_delayed():
    """asyncio sends them at once only where the socket names its protocol; otherwise they wait 40 ms."""
    with server._listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(
    ("host", "allowed", "header", "status"),
    [
        ("127.0.0.1", ["MyBox.local"], "mybox.local:8000", 200),
        ("127.0.0.1", ["mybox.local"], "MyBox.LOCAL", 200),
        ("127.0.0.1", ["*.Example"], "a.example", 200),
        ("127.0.0.1", ["mybox:8000"], "mybox:8000", 200),
        ("127.0.0.1", ["https://MyBox/"], "mybox", 200),
        ("127.0.0.1", ["2001:DB8::1"], "[2001:db8::1]:8000", 200),
        ("127.0.0.1", [], "localhost.", 200),
        ("127.0.0.1", [], "LOCALHOST.:8000", 200),
        ("127.0.0.1", [], "[0:0:0:0:0:0:0:1]:8000", 200),
        ("127.0.0.1", ["2001:db8:0:0::0001"], "[2001:DB8::1]", 200),
        ("127.0.0.1", ["mybox.local."], "mybox.local", 200),
        ("127.0.0.1", ["Bücher.example"], "xn--bcher-kva.example", 200),
        ("127.0.0.1", ["*.bücher.example"], "a.xn--bcher-kva.example", 200),
        ("127.0.0.1", [], "localhost..", 421),
        ("127.0.0.1", [], "[::2]", 421),
        ("127.0.0.1", ["mybox.local"], "yourbox.local", 421),
        ("127.0.0.2", [], "127.0.0.2:8000", 200),
        ("LOCALHOST", [], "localhost:8000", 200),
        ("127.0.0.2", [], "evil.org", 421),
        ("0.0.0.0", [], "anything.org", 200),
        ("0.0.0.0", ["mybox"], "0.0.0.0:8000", 200),
        ("0.0.0.0", ["mybox"], "evil.org", 421),
    ],
)
def test_by_which_names_it_may_be_addressed(models, host, allowed, header, status):
    app = server.create_app(models, **server._names(host, allowed))
    assert TestClient(app).get("/v2/health/live", headers={"Host": header}).status_code == status
    if allowed and status == 200 and "0.0.0.0" not in header:
        headers = {"Host": "127.0.0.1" if host != "0.0.0.0" else allowed[0], "Origin": f"http://{header}"}
        assert TestClient(app).post("/v2/health/live", headers=headers).status_code == 405  # and not 403


@posix_only
@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.2", "127.0.0.2"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("0:0::1", "[0:0::1]"),
        ("localhost", "localhost"),
    ],
)
def test_the_address_that_is_printed_answers(models, host, shown):
    if ":" in host and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with command(models, "--host", host, "--port", 0, "--allow-host", "mybox") as (_, found):
        assert found[0].startswith(f"http://{shown}:")
        with urllib.request.urlopen(f"{found[0]}/v2/health/live") as response:
            assert response.status == 200


def test_parallel_clients_get_their_own_answers(running):
    wrong = []

    def ask(at):
        for size in (1, 2, 40):
            status, answer = post(running, content=body(at + size))
            if status != 200 or len(answer["predictions"]) != at + size:
                wrong.append((at, size, status))

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_command_to_roll_back(autorev, tmp_path):
    publish(tmp_path)
    code, out, err = autorev("rollback", tmp_path)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"autorev: version 1 of digits is the only one .*\. Cure: .*\n", err)
    publish(tmp_path)
    assert autorev("rollback", tmp_path, "digits") == (
        0,
        "Version 2 of digits is withdrawn; version 1 is served. Its files are kept.\n",
        "",
    )
    publish(tmp_path, name="letters")
    code, out, err = autorev("rollback", tmp_path)
    assert (code, out) == (2, "")
    assert "expected one model" in err and "received digits, letters" in err


def test_the_commands_serve_and_read_take_the_name_of_one_of_several_models(autorev, tmp_path):
    doubled(tmp_path)
    for arguments in (("serve", tmp_path), ("read", "x.png", "--models", tmp_path)):
        code, _, err = autorev(*arguments)
        assert (
            code == 2
            and "expected one model" in err
            and "received digits, letters. Cure: name it: --na" in err
        )
        code, _, err = autorev(*arguments, "--name", "letter")
        assert code == 2 and "expected letter in" in err
    code, out, _ = autorev("read", "x.png", "--models", tmp_path, "--name", "letters")
    assert (code, out) == (1, "x.png: not read: No such file or directory\n")


def test_the_command_to_serve_names_what_is_wrong(tmp_path):
    for folder in (tmp_path / "missing", tmp_path):
        command = [sys.executable, "-m", "autorev_lib", "serve", folder]
        answer = subprocess.run(command, capture_output=True, text=True)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert re.fullmatch(r"autorev: models: expected .*\. Cure: .*\n", answer.stderr)


def test_serving_others_prints_a_warning(models):
    process = subprocess.Popen(
        [sys.executable, "-m", "autorev_lib", "serve", models, "--host", "0.0.0.0", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        first = process.stdout.readline()
        assert "Warning: anyone who can reach 0.0.0.0 can use the server" in first
        assert "no login and no encryption" in first
    finally:
        process.kill()
        process.communicate()


def test_drawings_travel(running):
    assert post(running, "/draw", json.dumps(ink()))[0] == 200


def test_pictures_travel(running):
    (images, _), _ = load_mnist(small=True)
    file = io.BytesIO()
    Image.fromarray(np.kron(255 - np.hstack(images[:3]), np.ones((4, 4), np.uint8))).save(file, "PNG")
    headers = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(f"{running.url}/read", file.getvalue(), headers)
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    assert (answer["width"], answer["height"]) == (336, 112)
    assert len(answer["digits"]) == 3
    for at, digit in enumerate(answer["digits"]):
        left, top, right, bottom = digit["box"]
        assert 112 * at <= left < right <= 112 * (at + 1) and 0 <= top < bottom <= 112
        assert len(base64.b64decode(digit["image"])) == 784
        assert digit["label"] == LABELS[int(np.argmax(digit["probabilities"]))]
