"""What clients see: TensorFlow Serving's REST, the Open Inference Protocol, drawings, figures, the page."""

import base64
import json
import re

import httpx
import numpy as np
import pytest
import tritonclient.http as triton
from fastapi.testclient import TestClient
from serving_models import LABELS, ink, made, publish

from autorev_lib import __version__
from autorev_lib.serving import server
from autorev_lib.serving.app import create_app
from autorev_lib.serving.monitor import Reference

PREDICT = "/v1/models/digits:predict"
INFER = "/v2/models/digits/infer"


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Versions 1 and 2 that differ, and 3 withdrawn."""
    folder = tmp_path_factory.mktemp("models")
    publish(folder, "one")
    publish(folder, "two")
    publish(folder, "one")
    (folder / "digits/3").rename(folder / "digits/3.withdrawn")
    return folder


@pytest.fixture(scope="module")
def client(models):
    with TestClient(create_app(models), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def x():
    return made("one").inputs


def answer(response, status=200):
    assert response.status_code == status, response.text
    return response.json()


@pytest.mark.parametrize(("number", "which"), [("", "two"), ("/versions/2", "two")])
@pytest.mark.parametrize("size", [1, 3, 64])
def test_predict_in_rows_and_in_columns(client, x, number, which, size):
    expected = made(which).outputs[:size]
    images = x[:size].tolist()
    for sent, key in (
        ({"instances": images}, "predictions"),
        ({"instances": [{"input": image} for image in images]}, "predictions"),
        ({"instances": images, "signature_name": "serving_default"}, "predictions"),
        ({"inputs": images}, "outputs"),
        ({"inputs": {"input": images}}, "outputs"),
    ):
        got = answer(client.post(f"/v1/models/digits{number}:predict", json=sent))
        assert got.keys() == {key}
        np.testing.assert_allclose(got[key], expected, atol=1e-5)


def test_whole_numbers_and_any_layout_of_json_are_the_same(client):
    image = np.zeros((1, 28, 28), int).tolist()
    texts = [
        json.dumps({"instances": image}, indent=1),
        json.dumps({"instances": image}, separators=(",", ":")),
    ]
    texts.append(texts[1].replace("0", "0.0e-1").replace("{", " { "))
    answers = [client.post(PREDICT, content=text).json() for text in texts]
    assert answers[0]["predictions"] and answers[0] == answers[1] == answers[2]


def test_state_of_models_and_versions(client):
    states = answer(client.get("/v1/models/digits"))["model_version_status"]
    assert [(state["version"], state["state"], state["status"]["error_code"]) for state in states] == [
        ("2", "AVAILABLE", "OK"),
    ]
    (state,) = answer(client.get("/v1/models/digits/versions/2"))["model_version_status"]
    assert state["version"] == "2"
    metadata = answer(client.get("/v1/models/digits/metadata"))
    assert metadata["model_spec"] == {"name": "digits", "signature_name": "", "version": "2"}
    signature = metadata["metadata"]["signature_def"]["signature_def"]["serving_default"]
    sizes = [side["size"] for side in signature["inputs"]["input"]["tensor_shape"]["dim"]]
    assert sizes == ["-1", "28", "28"]
    assert answer(client.get("/v1/models/digits/versions/2/metadata"))["model_spec"]["version"] == "2"


def test_open_inference_metadata(client):
    assert answer(client.get("/v2"))["version"] == __version__
    assert "binary_tensor_data" in answer(client.get("/v2"))["extensions"]
    for path in (
        "/v2/health/live",
        "/v2/health/ready",
        "/v2/models/digits/ready",
        "/v2/models/digits/versions/2/ready",
    ):
        answer(client.get(path))
    metadata = answer(client.get("/v2/models/digits"))
    assert metadata["versions"] == ["2"]
    assert metadata["inputs"] == [{"name": "input", "datatype": "FP32", "shape": [-1, 28, 28]}]
    assert metadata["outputs"] == [{"name": "output", "datatype": "FP32", "shape": [-1, 10]}]


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize("version", ["", "/versions/2"])
def test_infer_with_json(client, x, flat, version):
    data = x[:2].ravel().tolist() if flat else x[:2].tolist()
    tensor = {"name": "input", "shape": [2, 28, 28], "datatype": "FP32", "data": data}
    got = answer(client.post(f"/v2/models/digits{version}/infer", json={"id": "a7", "inputs": [tensor]}))
    assert (got["model_name"], got["model_version"], got["id"]) == ("digits", "2", "a7")
    (output,) = got["outputs"]
    assert (output["name"], output["datatype"], output["shape"]) == ("output", "FP32", [2, 10])
    expected = made("two").outputs[:2]
    np.testing.assert_allclose(np.reshape(output["data"], (2, 10)), expected, atol=1e-5)


@pytest.mark.parametrize("nothing", [None, {}, ""])
def test_what_is_null_or_empty_in_a_request_is_as_if_absent(client, x, nothing):
    data = x[:1].tolist()
    tensor = {"name": "input", "shape": [1, 28, 28], "datatype": "FP32", "data": data}
    plain = answer(client.post(INFER, json={"inputs": [tensor]}))
    options = nothing or None  # "" is a text, and options are none
    for outputs in (None, [], [{"name": "output", "parameters": options}]):
        sent = {"inputs": [tensor | {"parameters": options}], "outputs": outputs, "parameters": options}
        assert answer(client.post(INFER, json=sent | {"id": nothing or None})) == plain
        assert answer(client.post(INFER, json=sent | {"id": ""})) == plain


def test_an_output_that_is_not_there_is_named_with_those_that_are(client, x):
    tensor = {"name": "input", "shape": [1, 28, 28], "datatype": "FP32", "data": x[:1].tolist()}
    refused = client.post(INFER, json={"inputs": [tensor], "outputs": [{"name": "scores"}]})
    assert answer(refused, 400) == {"error": "outputs.0.name: expected 'output', received 'scores'"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v2/health/live", 200),
        ("/v2/health/ready", 200),
        ("/v2/models/digits/ready", 200),
        ("/v2/models/digits/versions/1/ready", 404),
        ("/v1/models/digits", 200),
        ("/monitor", 200),
        ("/page.css", 200),
        ("/nowhere", 404),
    ],
)
def test_head_is_answered_as_get_without_a_body(client, running, path, status):
    with httpx.Client(base_url=running.url) as really:
        for each in (client, really):
            head, got = each.head(path), each.get(path)
            assert (head.status_code, got.status_code, head.content) == (status, status, b"")
            assert head.headers["content-type"] == got.headers["content-type"]
            if path != "/monitor":
                assert head.headers["content-length"] == got.headers["content-length"]
        assert really.head("/v2/health/live").status_code == 200  # on the same connection
    route = "other" if path == "/nowhere" else path.replace("digits", "{name}").replace("/1/", "/{version}/")
    assert f'requests_total{{method="HEAD",route="{route}",' in client.get("/metrics").text


def test_a_slash_too_many_redirects_nowhere(client):
    """Behind a proxy the redirect would lead from https to http."""
    assert answer(client.get("/v1/models/digits/", follow_redirects=False), 404)["error"].startswith(
        "expected"
    )


@pytest.fixture(scope="module")
def running(models):
    """A server in a process of its own."""
    with server.start(models) as running:
        yield running


@pytest.mark.parametrize("binary_input", [True, False])
@pytest.mark.parametrize("binary_output", [True, False, None])
def test_triton_clients_work(running, x, binary_input, binary_output):
    with triton.InferenceServerClient(running.url.removeprefix("http://")) as client:
        assert client.is_server_live() and client.is_server_ready()
        assert client.is_model_ready("digits") and client.is_model_ready("digits", "2")
        assert not client.is_model_ready("digits", "1")
        assert client.get_server_metadata()["name"] == "autorev"
        assert client.get_model_metadata("digits")["versions"] == ["2"]
        for size in (1, 40):
            tensor = triton.InferInput("input", [size, 28, 28], "FP32")
            tensor.set_data_from_numpy(x[:size].astype(np.float32), binary_data=binary_input)
            wanted = binary_output is not None and [
                triton.InferRequestedOutput("output", binary_data=binary_output)
            ]
            result = client.infer("digits", [tensor], outputs=wanted or None, request_id="7")
            np.testing.assert_allclose(result.as_numpy("output"), made("two").outputs[:size], atol=1e-5)
            assert result.get_response()["id"] == "7"
            is_binary = "binary_data_size" in result.get_output("output").get("parameters", {})
            assert is_binary == (binary_output is not False)


def test_triton_lists_what_there_is(tmp_path):
    for which in ("one", "two", "one"):
        publish(tmp_path, which)
    (tmp_path / "digits/2/model.tflite").write_bytes(b"damaged")
    (tmp_path / "digits/3/model.tflite").write_bytes(b"damaged")
    served = {"name": "digits", "version": "1", "state": "READY", "reason": ""}
    with server.start(tmp_path) as running:
        with triton.InferenceServerClient(running.url.removeprefix("http://")) as client:
            first, *refused = client.get_model_repository_index()
            assert first == served
            assert [(each["version"], each["state"]) for each in refused] == [
                ("3", "UNAVAILABLE"),
                ("2", "UNAVAILABLE"),
            ]
            assert all("model.tflite: expected SHA-256" in each["reason"] for each in refused)
            for ask in (client.get_model_config, client.get_inference_statistics):
                with pytest.raises(
                    triton.InferenceServerException, match="expected an address that /docs lists"
                ):
                    ask("digits")
        assert httpx.post(f"{running.url}/v2/repository/index", json={"ready": True}).json() == [served]
    with TestClient(create_app(tmp_path / "digits")) as empty:
        assert answer(empty.post("/v2/repository/index")) == []


def test_triton_clients_get_our_words(running, x):
    with triton.InferenceServerClient(running.url.removeprefix("http://")) as client:
        tensor = triton.InferInput("input", [1, 28, 28, 1], "FP32")
        tensor.set_data_from_numpy(x[:1, ..., None].astype(np.float32))
        with pytest.raises(triton.InferenceServerException, match=r"expected input of shape \('N', 28, 28\)"):
            client.infer("digits", [tensor])
        with pytest.raises(triton.InferenceServerException, match="expected digits, received 'nix'"):
            client.get_model_metadata("nix")


def test_reading_a_drawing(client):
    drawing = ink(0)
    got = answer(client.post("/draw", json=drawing))
    assert (got["model"], got["version"]) == ("digits", 2)
    assert got["label"] == LABELS[np.argmax(got["probabilities"])]
    np.testing.assert_allclose(sum(got["probabilities"]), 1, atol=1e-5)
    seen = np.frombuffer(base64.b64decode(got["image"]), np.uint8).reshape(28, 28)
    same = answer(client.post(PREDICT, json={"instances": [seen.tolist()]}))["predictions"][0]
    np.testing.assert_allclose(got["probabilities"], same, atol=1e-5)


def test_correcting_a_reading(client):
    read = answer(client.post("/draw", json=ink(3)))
    before = answer(client.get("/monitor"))["corrections"]["total"]
    kept = answer(client.post("/corrections", json=ink(3) | {"label": "7"}), 201)
    assert kept == {"id": kept["id"], "label": "7", "predicted": read["label"], "corrections": before + 1}
    corrections = answer(client.get("/monitor"))["corrections"]
    assert corrections["total"] == before + 1
    assert corrections["recent"][0] == {"label": "7", "predicted": read["label"], "image": read["image"]}


def test_only_finished_drawings_count_for_the_monitor(client):
    def seen():
        return sum(answer(client.get("/monitor"))["confidence"]["counts"])

    before = seen()
    answer(client.post("/draw", json=ink(5)))
    assert seen() == before
    answer(client.post("/draw", json=ink(5) | {"finished": True}))
    assert seen() == before + 1


def test_the_monitor_watches_with_the_reference_of_the_version(tmp_path, x):
    images = np.resize(x, (1000, 28, 28))
    outputs = np.resize(made("one").outputs, (1000, 10))
    Reference.build(images, outputs).save(tmp_path / "reference.npz")
    publish(tmp_path / "models", reference=tmp_path / "reference.npz")
    with TestClient(create_app(tmp_path / "models")) as client:
        state = answer(client.get("/monitor"))
        assert state["drift"]["state"] == "collecting"
        np.testing.assert_allclose(sum(state["confidence"]["reference"]), 1)
        for _ in range(7):
            answer(client.post(PREDICT, json={"instances": x[:32].tolist()}))
        state = answer(client.get("/monitor"))
        assert state["drift"]["windows"] == 1
        assert state["drift"]["state"] in ("steady", "drift")
        for _ in range(7):
            answer(client.post(PREDICT, json={"instances": (255 - x[:32]).tolist()}))
        assert answer(client.get("/monitor"))["drift"]["state"] == "drift"
        assert 'autorev_drift{state="drift"} 1.0' in client.get("/metrics").text


def test_the_monitors_answer_is_whole(client, x):
    before = answer(client.get("/monitor"))
    answer(client.post(PREDICT, json={"instances": x[:1].tolist()}))
    answer(client.post(PREDICT, json={"instances": []}), 400)
    state = answer(client.get("/monitor"))
    assert (state["model"], state["version"], state["versions"], state["refused"]) == (
        "digits",
        2,
        [1, 2],
        [],
    )
    assert state["requests"] == before["requests"] + 2
    assert state["errors"] == before["errors"] + 1
    assert 0 < state["latency_ms"]["p50"] <= state["latency_ms"]["p99"]
    assert len(state["confidence"]["edges"]) == len(state["confidence"]["counts"]) + 1
    assert state["drift"]["state"] == "off"  # these versions came without a reference
    assert state["trouble"] is None


def test_figures_for_prometheus(client, x):
    answer(client.post(PREDICT, json={"instances": x[:1].tolist()}))
    client.get("/nowhere/1")
    client.get("/nowhere/2")
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = response.text.splitlines()
    route = 'route="/v1/models/{name}:predict"'
    assert any(
        line.startswith(f'autorev_requests_total{{method="POST",{route},status="200"}}') for line in lines
    )
    assert any(line.startswith(f'autorev_request_seconds_bucket{{le="0.001",{route}}}') for line in lines)
    assert "autorev_model_version 2.0" in lines
    assert "autorev_refused_versions 0.0" in lines
    assert "autorev_in_flight 1.0" in lines
    assert not re.search("nowhere", response.text)  # addresses that clients make up do not become series


def test_the_openapi_is_complete_and_the_page_for_it_needs_no_script(client):
    document = answer(client.get("/openapi.json"))
    assert len(document["paths"]) == 23
    for path, methods in document["paths"].items():
        for operation in methods.values():
            declared = {parameter["name"] for parameter in operation.get("parameters", ())}
            assert declared == set(re.findall(r"{(\w+)}", path))
            assert "200" in operation["responses"] or "201" in operation["responses"]
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references and references <= document["components"]["schemas"].keys()
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text and "http" not in page.text
    assert all(f"{path}</code>" in page.text for path in document["paths"])


def test_the_page_is_there_with_all_its_files(client):
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    files = re.findall(r'(?:src|href)="([\w.-]+)"', page.text)
    assert {"page.css", "page.js"} <= set(files)
    for file in files:
        response = client.get(f"/{file}")
        assert response.status_code == 200
        assert response.headers["x-content-type-options"] == "nosniff"
    assert client.head("/").status_code == 200
