"""What wrong requests get: the right status, a text with what was expected and received, at little cost."""

import asyncio
import base64
import io
import json
import math
from typing import NamedTuple

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from serving_models import ink, made, publish

from autorev_lib.serving import json_tensors, predict
from autorev_lib.serving.app import create_app
from autorev_lib.serving.middleware import Limits

PREDICT = "/v1/models/digits:predict"
INFER = "/v2/models/digits/infer"
LIMITS = Limits(body_bytes=2_000_000, batch=100)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    publish(models)
    app = create_app(models, limits=LIMITS, hosts=("localhost", "*.example"), origins=("*.example",))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


class Bad(NamedTuple):
    """A bad request: where to, what, and what must come back."""

    path: str
    body: object
    status: int
    error: str
    """What the text must contain; parts are joined by an ellipsis."""
    headers: dict | None = None
    method: str = "POST"


IMAGE = [[128] * 28] * 28


def image(**changes):
    """An image in which some elements differ: image(**{"3,4": value})."""
    rows = json.loads(json.dumps(IMAGE))
    for place, value in changes.items():
        row, column = map(int, place.split(","))
        rows[row][column] = value
    return rows


def tensor(**changes):
    """A request to infer whose input differs."""
    whole = {"name": "input", "shape": [1, 28, 28], "datatype": "FP32", "data": [128] * 784}
    return {"inputs": [{key: value for key, value in (whole | changes).items() if value is not ...}]}


def blank_picture():
    file = io.BytesIO()
    Image.new("L", (2, 3), "white").save(file, "PNG")
    return file.getvalue()


RAW = '{"instances": [%s]}'
NAN, HUGE = json.dumps(IMAGE).replace("128", "NaN", 1), json.dumps(IMAGE).replace("128", "1e400", 1)
TEXT = {"Content-Type": "text/plain"}
BINARY = {"Content-Type": "application/octet-stream"}
LENGTH = "Inference-Header-Content-Length"
DRAWING = {"width": 2, "height": 2, "ink": base64.b64encode(b"\xff" * 4).decode()}

BAD = {
    # not JSON
    "not JSON": Bad(PREDICT, "hello", 400, "body: expected JSON, received something else"),
    "empty body": Bad(PREDICT, "", 400, "body: expected JSON…EOF"),
    "half": Bad(PREDICT, '{"instances": [[', 400, "body: expected JSON…EOF"),
    "not UTF-8": Bad(PREDICT, b'{"instances": "\xff"}', 400, "body: expected JSON"),
    "deep nesting": Bad(PREDICT, '{"instances": ' + "[" * 100_000, 400, "expected JSON…recursion limit"),
    "deep objects": Bad(PREDICT, '{"a":' * 100_000, 400, "expected JSON…recursion limit"),
    "long number": Bad(PREDICT, RAW % ("1" * 10_000), 400, "expected JSON…number out of range"),
    "a list": Bad(PREDICT, [1], 400, "body: expected an object, received [1]"),
    "null": Bad(PREDICT, "null", 400, "body: expected an object, received None"),
    # the envelope
    "no instances": Bad(
        PREDICT, {"instance": []}, 400, "expected either instances or inputs, received neither"
    ),
    "both": Bad(
        PREDICT, {"instances": [], "inputs": []}, 400, "expected either instances or inputs, received both"
    ),
    "signature": Bad(
        PREDICT,
        {"instances": [IMAGE], "signature_name": "x"},
        400,
        "signature_name: expected 'serving_default', received 'x'",
    ),
    "input's name": Bad(
        PREDICT,
        {"instances": [{"image": IMAGE}]},
        400,
        "instances[0]: expected…key input, received {'image'",
    ),
    "mixed": Bad(PREDICT, {"instances": [{"input": IMAGE}, IMAGE]}, 400, "instances[1]: expected an object"),
    "columns' name": Bad(
        PREDICT, {"inputs": {"a": [IMAGE]}}, 400, "inputs: expected…key input, received {'a'"
    ),
    # shape
    "empty": Bad(
        PREDICT, {"instances": []}, 400, "instances: expected…at least one example, received a list of 0"
    ),
    "no list": Bad(PREDICT, {"instances": 3}, 400, "instances: expected a valid array, received 3"),
    "flat": Bad(PREDICT, {"instances": [128] * 784}, 413, "expected at most 100 examples, received 784"),
    "one image": Bad(
        PREDICT,
        {"instances": IMAGE},
        400,
        "shape (28, 28, 28), received 128 at instances[0][0], not a list of 28",
    ),
    "a channel": Bad(
        PREDICT,
        {"instances": [[[[128]] * 28] * 28]},
        400,
        "received a list of 1 at instances[0][0][0], not a number",
    ),
    "too narrow": Bad(
        PREDICT,
        {"instances": [[[128] * 27] * 28]},
        400,
        "received a list of 27 at instances[0][0]…list of 28",
    ),
    "ragged": Bad(
        PREDICT, {"instances": [[*IMAGE[1:], [128] * 29]]}, 400, "received a list of 29 at instances[0][27]"
    ),
    "too deep": Bad(
        PREDICT, {"instances": [image(**{"7,3": [1]})]}, 400, "received a list of 1 at instances[0][7][3]"
    ),
    # type
    "text": Bad(
        PREDICT, {"instances": [image(**{"0,1": "1"})]}, 400, "received '1' at instances[0][0][1]…a number"
    ),
    "null in it": Bad(
        PREDICT, {"instances": [image(**{"0,1": None})]}, 400, "received None at instances[0][0][1]"
    ),
    "true in it": Bad(
        PREDICT, {"instances": [image(**{"0,1": True})]}, 400, "received True at instances[0][0][1]"
    ),
    "object in it": Bad(
        PREDICT, {"instances": [image(**{"0,1": {}})]}, 400, "received {} at instances[0][0][1]"
    ),
    # not finite
    "NaN": Bad(PREDICT, RAW % NAN, 400, "instances: expected finite numbers that float32 can hold"),
    "1e400": Bad(PREDICT, RAW % HUGE, 400, "instances: expected finite numbers that float32 can hold"),
    "1e39": Bad(
        PREDICT,
        {"instances": [image(**{"2,1": 1e39})]},
        400,
        "instances: expected finite numbers that float32 can hold",
    ),
    "10**50": Bad(PREDICT, {"instances": [image(**{"2,1": 10**50})]}, 400, "that float32 can hold"),
    "10**4000": Bad(PREDICT, {"instances": [image(**{"2,1": 10**4000})]}, 400, "that float32 can hold"),
    # too much
    "huge batch": Bad(
        PREDICT, {"instances": [0] * 101}, 413, "instances: expected at most 100 examples, received 101"
    ),
    "huge body": Bad(
        PREDICT, b" " * 2_000_001, 413, "body: expected at most 2000000 bytes, received 2000001 or more"
    ),
    # headers
    "content type": Bad(PREDICT, "{}", 415, "expected application/json, received 'text/plain'", TEXT),
    "form": Bad(
        PREDICT, "{}", 415, "expected application/json", {"Content-Type": "application/x-www-form-urlencoded"}
    ),
    "bytes": Bad(
        PREDICT, "{}", 415, "expected application/json, received 'application/octet-stream'", BINARY
    ),
    "compressed": Bad(
        PREDICT,
        b"\x1f\x8b",
        415,
        "Content-Encoding: expected none, received 'gzip'",
        {"Content-Encoding": "gzip"},
    ),
    # addresses
    "unknown model": Bad("/v1/models/nix:predict", {}, 404, "model: expected digits, received 'nix'"),
    "unknown version": Bad(
        "/v1/models/digits/versions/9:predict",
        {},
        404,
        "version: expected 1, which is served, received '9'",
    ),
    "no version": Bad("/v1/models/digits/versions/01:predict", {}, 404, "received '01'"),
    "climbing": Bad("/v1/models/..%2f..:predict", {}, 404, "received POST"),
    "unknown verb": Bad("/v1/models/digits:classify", {}, 405, "a method that /docs lists for this address"),
    "unknown address": Bad(
        "/v3", None, 404, "expected an address that /docs lists, received GET /v3", {}, "GET"
    ),
    "method": Bad("/draw", None, 405, "expected a method that /docs lists…received GET", None, "GET"),
    "verb without a body": Bad(PREDICT, None, 404, "model: expected digits, received", None, "GET"),
    "status": Bad("/v1/models/nix", None, 404, "model: expected digits", None, "GET"),
    "delete": Bad("/monitor", None, 405, "received DELETE /monitor", None, "DELETE"),
    "foreign host": Bad(
        PREDICT, "{}", 421, "Host: expected localhost or…received 'evil.org'", {"Host": "evil.org"}
    ),
    "foreign host, reading": Bad("/monitor", None, 421, "Host", {"Host": "evil.org:80"}, "GET"),
    "foreign page": Bad(PREDICT, "{}", 403, "received 'http://evil.org'", {"Origin": "http://evil.org"}),
    "page of another port": Bad(PREDICT, "{}", 403, "Origin", {"Origin": "http://localhost:3000"}),
    "page without origin": Bad(PREDICT, "{}", 403, "received 'null'", {"Origin": "null"}),
    "foreign form": Bad(PREDICT, "{}", 403, "Sec-Fetch-Site", {"Sec-Fetch-Site": "cross-site"}),
    # Open Inference Protocol
    "no inputs": Bad(INFER, {}, 400, "inputs: expected a value, received none"),
    "two inputs": Bad(INFER, {"inputs": [{}, {}]}, 400, "inputs: expected at most 1 item…received [{}, {}]"),
    "tensor's name": Bad(
        INFER, tensor(name="x"), 400, "inputs.0.name: expected 'input' or 'output', received 'x'"
    ),
    "datatype": Bad(INFER, tensor(datatype="INT64"), 400, "datatype: expected 'FP32', received 'INT64'"),
    "tensor's shape": Bad(
        INFER,
        tensor(shape=[1, 28, 28, 1]),
        400,
        "expected input of shape ('N', 28, 28), received input of (1, 28, 28, 1)",
    ),
    "empty batch": Bad(
        INFER,
        tensor(shape=[0, 28, 28]),
        400,
        "expected input of shape ('N', 28, 28), received input of (0, 28, 28)",
    ),
    "true in shape": Bad(
        INFER, tensor(shape=[1, 28, True]), 400, "shape.2: expected a valid integer, received True"
    ),
    "true first": Bad(INFER, tensor(shape=[True, 28, 28]), 400, "shape.0: expected a valid integer"),
    "28.0 in shape": Bad(
        INFER, tensor(shape=[1, 28, 28.0]), 400, "shape.2: expected a valid integer, received 28.0"
    ),
    "no shape": Bad(INFER, tensor(shape=...), 400, "shape: expected a value, received none"),
    "long shape": Bad(
        INFER, tensor(shape=["x" * 1000] * 1000), 400, "shape.0: expected a valid integer, received 'xxx"
    ),
    "huge shape": Bad(INFER, tensor(shape=[10**4000, 28, 28]), 413, "at most 100 examples, received 1000"),
    "no data": Bad(INFER, tensor(data=...), 400, "data: expected shape (1, 28, 28), received None"),
    "short data": Bad(
        INFER, tensor(data=[1] * 783), 400, "received a list of 783 at inputs.0.data, not a list of 784"
    ),
    "text data": Bad(INFER, tensor(data=[1] * 783 + ["a"]), 400, "'a' at inputs.0.data[783], not a number"),
    "nested data": Bad(
        INFER, tensor(data=[[[[1]] * 28] * 28]), 400, "received a list of 1 at inputs.0.data[0][0][0]"
    ),
    "NaN data": Bad(
        INFER, json.dumps(tensor(data=[math.nan] * 784)), 400, "inputs.0: expected finite numbers"
    ),
    "large shape": Bad(INFER, tensor(shape=[101, 28, 28]), 413, "expected at most 100 examples"),
    "id": Bad(INFER, tensor() | {"id": 3}, 400, "id: expected a valid string, received 3"),
    "parameters": Bad(INFER, tensor() | {"parameters": []}, 400, "parameters: expected…received []"),
    "wanted output": Bad(
        INFER, tensor() | {"outputs": [{"name": "x"}]}, 400, "outputs.0.name: expected 'output', received 'x'"
    ),
    "header length": Bad(
        INFER, tensor(), 400, f"{LENGTH}: expected at most…received 99999", {LENGTH: "99999"}
    ),
    "endless header length": Bad(
        INFER, tensor(), 400, f"{LENGTH}: expected a number…received '00000", {LENGTH: "0" * 5000}
    ),
    "header length in other digits": Bad(INFER, tensor(), 400, LENGTH, {LENGTH: "\u0663".encode()}),
    "negative header length": Bad(INFER, tensor(), 400, "received '-1'", {LENGTH: "-1"}),
    "bytes that are missing": Bad(
        INFER, tensor(data=..., parameters={"binary_data_size": 3136}), 400, "expected 3136 bytes…received 0"
    ),
    "size as true": Bad(
        INFER,
        tensor(data=..., parameters={"binary_data_size": True}),
        400,
        "binary_data_size: expected a valid integer, received True",
    ),
    "size as a text": Bad(
        INFER,
        tensor(data=..., parameters={"binary_data_size": "x"}),
        400,
        "binary_data_size: expected a valid integer, received 'x'",
    ),
    # drawings and corrections
    "empty drawing": Bad("/draw", DRAWING | {"ink": "AAAAAA=="}, 422, "expected a digit…2 by 2 pixels"),
    "too few bytes": Bad("/draw", DRAWING | {"ink": "/w=="}, 422, "width × height = 4 bytes, received 1"),
    "no Base64": Bad("/draw", DRAWING | {"ink": "?"}, 422, "ink: expected"),
    "too wide": Bad(
        "/draw", DRAWING | {"width": 1025}, 422, "width: expected less than or equal to 1024…1025"
    ),
    "no width": Bad("/draw", {"height": 2, "ink": ""}, 422, "width: expected a value, received none"),
    "width as text": Bad(
        "/draw", DRAWING | {"width": "2"}, 422, "width: expected a valid integer, received '2'"
    ),
    "no object": Bad("/draw", [], 422, "body: expected"),
    "finished as a number": Bad("/draw", ink() | {"finished": 1}, 422, "finished: expected a valid boolean"),
    "no JSON to draw": Bad("/draw", "x", 400, "body: expected JSON"),
    "unknown label": Bad(
        "/corrections", ink() | {"label": "x"}, 422, "label: expected one of 0, 1…received 'x'"
    ),
    "no label": Bad("/corrections", ink(), 422, "label: expected a value, received none"),
    "nothing to correct": Bad(
        "/corrections", DRAWING | {"ink": "AAAAAA==", "label": "7"}, 422, "expected a digit"
    ),
    # pictures
    "no picture": Bad("/read", "hello", 422, "expected a PNG…received 5 bytes", BINARY),
    "an empty file": Bad("/read", "", 422, "body: expected a value, received none", BINARY),
    "a picture in a form": Bad("/read", "x", 415, "application/octet-stream, received 'text/plain'", TEXT),
    "a blank picture": Bad("/read", blank_picture(), 422, "expected a digit, received 3 by 2 pixels", BINARY),
}


def send(client, bad):
    content = bad.body if isinstance(bad.body, str | bytes | None) else json.dumps(bad.body)
    headers = ({"Content-Type": "application/json"} if content is not None else {}) | (bad.headers or {})
    return client.request(bad.method, bad.path, content=content, headers=headers)


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_the_right_status_and_says_what_was_expected(client, case):
    bad = BAD[case]
    response = send(client, bad)
    assert response.status_code == bad.status, response.text
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert answer.keys() == {"error"}
    text = answer["error"]
    assert "expected" in text and "received" in text
    assert len(text) < 400
    for part in bad.error.split("…"):
        assert part in text
        text = text.partition(part)[2]


@pytest.mark.parametrize("content", ['{"a":' * 100_000, b'{"ink": "\xff"}', '{"width": 1%s}' % ("0" * 5000)])
def test_what_no_parser_can_read_is_the_clients_fault(client, content):
    response = client.post("/draw", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json().keys() == {"error"}


def test_nothing_of_it_was_kept_and_the_server_still_answers(client):
    for bad in BAD.values():
        send(client, bad)
    response = client.post(PREDICT, json={"instances": [IMAGE]})
    assert response.status_code == 200
    state = client.get("/monitor").json()
    assert state["corrections"]["total"] == 0
    assert state["version"] == 1


def test_a_body_without_a_length_is_read_up_to_the_limit(client):
    scope = {
        "type": "http",
        "method": "POST",
        "path": PREDICT,
        "headers": [(b"host", b"localhost"), (b"transfer-encoding", b"chunked")],
    }
    read, sent = 0, []

    async def receive():
        nonlocal read
        read += 100_000
        return {"type": "http.request", "body": b" " * 100_000, "more_body": True}

    async def keep(message):
        sent.append(message)

    asyncio.run(client.app(scope, receive, keep))
    assert sent[0]["status"] == 413
    assert "expected at most 2000000 bytes, received 2100000 or more" in sent[1]["body"].decode()
    assert read == LIMITS.body_bytes + 100_000


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://name.example"}, 200),
        ({"Host": "name.example", "Origin": "https://name.example"}, 200),
        ({"Host": "localhost:8000", "Origin": "http://localhost:8000"}, 200),
        ({"Host": "LocalHost.", "Origin": "http://localhost"}, 200),
        ({"Host": "localhost", "Origin": "http://localhost:80"}, 200),
        ({"Host": "localhost:443", "Origin": "https://localhost"}, 200),
        ({"Host": "localhost", "Origin": "http://localhost:8000"}, 403),
        ({"Host": "localhost:8000", "Origin": "http://localhost"}, 403),
        ({"Host": "localhost:443", "Origin": "http://localhost"}, 403),
        ({"Host": "localhost", "Origin": "http://localhost:x"}, 403),
        ({"Host": "localhost", "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Content-Type": "application/json; charset=utf-8"}, 200),
        ({"Origin": "http://name.example.evil.org"}, 403),
        ({"Origin": "http://localhost.evil.org"}, 403),
        ({"Host": "example"}, 421),
        ({"Host": "[::1"}, 421),
    ],
)
def test_who_may_ask(client, headers, status):
    content = json.dumps({"instances": [IMAGE]})
    response = client.post(PREDICT, content=content, headers={"Content-Type": "application/json"} | headers)
    assert response.status_code == status


# Reading JSON fast gives what reading it plainly gives, or leaves it to that.


def check_fast_is_plain(body, shape):
    fast = json_tensors.only_tensor(body, shape, 100)
    if fast is None:
        return False
    key, x = predict._read_images(body, shape, 100)
    assert (fast[0], fast[1].shape) == (key, x.shape)
    assert np.array_equal(fast[1], x, equal_nan=True)
    return True


SHAPES = st.sampled_from([(1,), (2,), (2, 1), (1, 2), (2, 2, 1)])
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e9, 1e9), st.sampled_from([0.0, -0.0, 1e-45]))


def nest(draw, shape):
    return [nest(draw, shape[1:]) for _ in range(shape[0])] if shape else draw(NUMBERS)


@st.composite
def bodies(draw):
    shape = draw(SHAPES)
    values = nest(draw, (draw(st.integers(1, 3)), *shape))
    separators = draw(st.sampled_from([(", ", ": "), (",", ":")]))
    key = draw(st.sampled_from(["instances", "inputs"]))
    return shape, json.dumps({key: values}, separators=separators)


@given(case=bodies())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_what_clients_usually_send_is_read_fast(case):
    shape, text = case
    assert check_fast_is_plain(text.encode(), shape)


@given(case=bodies(), data=st.data())
@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_quite_so_is_never_read_differently(case, data):
    shape, text = case
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 2))
        text = text[:at] + data.draw(st.text('[]{},.:-+eE"0123 \n\ttrueNaN', max_size=3)) + text[at + cut :]
    check_fast_is_plain(text.encode(), shape)


@pytest.mark.parametrize(
    "text",
    [
        '{"instances": [[1]5, [2]]}',
        '{"instances": [5[], [2]]}',
        '{"instances": [5 [], [2]]}',
        '{"instances": [[] 5, [2]]}',
        '{"instances": [[1 2], [2]]}',
        '{"instances": [[1,], [2]]}',
        '{"instances": [[], [2]]}',
        '{"instances": [[01], [2]]}',
        '{"instances": [[+1], [2]]}',
        '{"instances": [[1.], [2]]}',
        '{"instances": [[1], [2]]} x',
        '{"instances": [[1], [2]], "a": 3}',
        '{"instances": [[NaN], [2]]}',
        '{"instances": [[true], [2]]}',
        '{"instances": [["1"], [2]]}',
        '{"instances": []}',
    ],
)
def test_what_is_wrong_is_left_to_the_plain_way(text):
    assert json_tensors.only_tensor(text.encode(), (1,), 100) is None


def test_the_fast_way_is_taken_for_images():
    body = json.dumps({"instances": made("one").inputs.tolist()}).encode()
    assert check_fast_is_plain(body, (28, 28))
