"""What programs ask: TensorFlow Serving's REST interface, and the Open Inference Protocol, version 2.

``predict`` and ``infer`` are the only handlers that read the raw request, for two reasons. FastAPI would build
nested lists and have pydantic look at each of an image's 784 numbers, where :mod:`.json_tensors` takes a batch
in 4 to 9 times less time; and a binary tensor comes as bytes after the JSON. Their neighbours ``predict_body``
and ``infer_body`` only tell FastAPI what to write into the OpenAPI document.

Source:
    TensorFlow Serving, "RESTful API", https://www.tensorflow.org/tfx/serving/api_rest; KServe, "Open Inference
    Protocol", https://github.com/kserve/open-inference-protocol, with NVIDIA Triton's binary tensors.
"""

import math
from functools import partial
from typing import Annotated, Any, Literal

import anyio.to_thread
import numpy as np
from fastapi import Depends, HTTPException, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from pydantic_core import to_json

from autorev_lib import __version__
from autorev_lib.serving import json_tensors
from autorev_lib.serving.json_tensors import kind, shown
from autorev_lib.serving.middleware import busy, parse_length

INPUT = "input"
OUTPUT = "output"
HEADER_LENGTH = "Inference-Header-Content-Length"

_SIGNATURE = "serving_default"
_DATATYPE = "FP32"
_BYTES = 4
_SMALL_BATCH = 16  # takes less time than handing it to a thread
_ANSWERS = {"instances": "predictions", "inputs": "outputs"}
_BINARY = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def add_routes(router):
    """Add both protocols to a router, with and without a version in the address."""
    get = partial(router.add_api_route, methods=["GET"])
    post = partial(router.add_api_route, methods=["POST"])
    get("/v2", server_metadata)
    get("/v2/health/live", live)
    get("/v2/health/ready", ready)
    for version, parameters in (("", [_name]), ("/versions/{version}", [_name, _version])):
        declared = [Depends(parameter) for parameter in parameters]
        v1, v2 = f"/v1/models/{{name}}{version}", f"/v2/models/{{name}}{version}"
        post(
            f"{v1}:predict",
            predict_body,
            name="predict",
            dependencies=declared,
            route_class_override=raw(predict),
        )
        get(v1, model_status, dependencies=declared)
        get(f"{v1}/metadata", model_metadata, dependencies=declared)
        post(
            f"{v2}/infer",
            infer_body,
            name="infer",
            dependencies=declared,
            route_class_override=raw(infer),
            responses={200: {"content": _BINARY}},
            openapi_extra={"requestBody": {"content": _BINARY}},
        )
        get(v2, infer_metadata, dependencies=declared)
        get(f"{v2}/ready", model_ready, dependencies=declared)


def _name(name: str):
    """Declare a part of the address to FastAPI; :func:`served` checks it, for the raw handlers too."""


def _version(version: str):
    """Likewise."""


def raw(handler):
    """The class of a route that FastAPI describes by its endpoint, while ``handler`` gets the raw request."""

    class RawRoute(APIRoute):
        def get_route_handler(self):
            return handler

    return RawRoute


def served(request):
    """The version that is served; HTTPException 404 if the address names another model or version."""
    version, address = request.app.state.watcher.current, request.path_params
    name = version.name if version else "no model at all"
    if address["name"] != name:
        raise HTTPException(404, f"model: expected {name}, received {shown(address['name'])}")
    number = str(version.number)
    if address.get("version", number) != number:
        raise HTTPException(
            404, f"version: expected {number}, which is served, received {shown(address['version'])}"
        )
    return version


async def compute(request, version, x):
    """Have a version answer, and show the monitor what it saw; HTTPException 400 if it cannot compute."""
    if len(x) <= _SMALL_BATCH:
        outputs = version.model.predict(x)
    else:
        outputs = await anyio.to_thread.run_sync(version.model.predict, x)
    if not np.isfinite(outputs).all():
        raise HTTPException(
            400, f"input: expected pixels from 0 to 255, received up to {np.abs(x).max():g}: no finite answer"
        )
    request.app.state.monitoring.offer(version, x, outputs)
    return outputs


# TensorFlow Serving

Tensor = Annotated[list[Any], Field(description="Nested lists of numbers.")]


class PredictBody(BaseModel):
    """Either instances, a list of images, or inputs, the same as one batch: raw pixels, 0 to 255."""

    instances: Tensor | None = None
    inputs: Tensor | None = None
    signature_name: Literal[_SIGNATURE] = _SIGNATURE


class PredictAnswer(BaseModel):
    """Predictions for instances, outputs for inputs: a probability for each class."""

    predictions: Tensor | None = None
    outputs: Tensor | None = None


async def predict(request: Request):
    """Answer with the probabilities of each class."""
    version = served(request)
    body, shape, limit = await request.body(), version.model.input_shape, request.app.state.limits.batch
    found = json_tensors.only_tensor(body, shape, limit)
    if found:
        key, x = found[0], json_tensors.finite(found[1], found[0])
    else:
        key, x = _read_predict(json_tensors.parse_object(body), shape, limit)
    outputs = await compute(request, version, x)
    return Response(to_json({_ANSWERS[key]: outputs.tolist()}), media_type="application/json")


def predict_body(body: PredictBody) -> PredictAnswer:
    """Answer with the probabilities of each class."""


def _read_predict(content, shape, limit):
    keys = [key for key in _ANSWERS if key in content]
    if len(keys) != 1:
        received = " and ".join(keys) or f"the keys {shown(sorted(content))}"
        raise HTTPException(400, f"body: expected either instances or inputs, received {received}")
    signature = content.get("signature_name", _SIGNATURE)
    if signature != _SIGNATURE:
        raise HTTPException(400, f"signature_name: expected {_SIGNATURE}, received {kind(signature)}")
    (key,) = keys
    values = content[key]
    if key == "instances" and isinstance(values, list) and values and isinstance(values[0], dict):
        values = [_named(value, f"instances[{index}]") for index, value in enumerate(values)]
    elif key == "inputs" and isinstance(values, dict):
        values = _named(values, key)
    return key, json_tensors.nested(values, shape, limit, key)


def _named(value, where):
    if not isinstance(value, dict) or value.keys() != {INPUT}:
        received = f"the keys {shown(sorted(value))}" if isinstance(value, dict) else kind(value)
        raise HTTPException(400, f"{where}: expected an object with the key {INPUT}, received {received}")
    return value[INPUT]


class VersionStatus(BaseModel):
    """AVAILABLE, or END if it is refused; the error message says why."""

    version: str
    state: Literal["AVAILABLE", "END"]
    status: dict[Literal["error_code", "error_message"], str]


class ModelStatus(BaseModel):
    """The version that is served, and those that were refused."""

    model_version_status: list[VersionStatus]


async def model_status(request: Request) -> ModelStatus:
    """Which version is served, and why others are not"""
    number = served(request).number
    states = [VersionStatus(version=str(number), state="AVAILABLE", status=_status("OK", ""))]
    if "version" not in request.path_params:
        states += [
            VersionStatus(version=str(number), state="END", status=_status("UNKNOWN", error.problem))
            for number, error in request.app.state.watcher.refused.items()
        ]
    return ModelStatus(model_version_status=states)


class ModelMetadata(BaseModel):
    """Names, shapes and types of what goes in and comes out."""

    model_spec: dict[str, str]
    metadata: dict[str, Any]


async def model_metadata(request: Request) -> ModelMetadata:
    """Shapes and types of the model"""
    version = served(request)
    signature = {
        "inputs": {INPUT: _tensor_info(version.model.input_shape)},
        "outputs": {OUTPUT: _tensor_info(version.model.output_shape)},
        "method_name": "tensorflow/serving/predict",
    }
    return ModelMetadata(
        model_spec={"name": version.name, "signature_name": "", "version": str(version.number)},
        metadata={"signature_def": {"signature_def": {_SIGNATURE: signature}}},
    )


def _status(code, message):
    return {"error_code": code, "error_message": message}


def _tensor_info(shape):
    sides = [{"size": str(side), "name": ""} for side in (-1, *shape)]
    return {"dtype": "DT_FLOAT", "tensor_shape": {"dim": sides, "unknown_rank": False}}


# Open Inference Protocol


class InferTensor(BaseModel):
    """A tensor; its data are missing if they come as bytes after the JSON."""

    name: Literal[INPUT, OUTPUT]
    shape: list[int]
    datatype: Literal[_DATATYPE]
    data: Tensor | None = None
    parameters: dict[str, Any] = {}


class RequestedOutput(BaseModel):
    """The output, and in its parameters whether it is wanted as bytes."""

    name: Literal[OUTPUT]
    parameters: dict[str, Any] = {}


class InferBody(BaseModel):
    """Images as raw pixels, 0 to 255, and how the output is wanted."""

    inputs: Annotated[list[InferTensor], Field(min_length=1, max_length=1)]
    outputs: Annotated[list[RequestedOutput], Field(min_length=1, max_length=1)] | None = None
    id: str | None = None
    parameters: dict[str, Any] = {}


class InferAnswer(BaseModel):
    """The probabilities of each class."""

    model_name: str
    model_version: str
    id: str | None = None
    outputs: list[InferTensor]


async def infer(request: Request):
    """Answer with the probabilities of each class; tensors may also travel as bytes after the JSON."""
    version = served(request)
    head, tail = _split(await request.body(), request.headers.get(HEADER_LENGTH))
    content = json_tensors.parse_object(head)
    x = _read_input(content, tail, version.model.input_shape, request.app.state.limits.batch)
    answer = {"model_name": version.name, "model_version": str(version.number)}
    if content.get("id") is not None:
        answer["id"] = content["id"]
        if not isinstance(answer["id"], str):
            raise HTTPException(400, f"id: expected a string, received {kind(answer['id'])}")
    is_binary = _wants_binary(content)
    outputs = await compute(request, version, x)
    tensor = {"name": OUTPUT, "datatype": _DATATYPE, "shape": list(outputs.shape)}
    answer["outputs"] = [tensor]
    if not is_binary:
        tensor["data"] = outputs.ravel().tolist()
        return Response(to_json(answer), media_type="application/json")
    content = outputs.astype("<f4", copy=False).tobytes()
    tensor["parameters"] = {"binary_data_size": len(content)}
    head = to_json(answer)
    return Response(
        head + content, media_type="application/octet-stream", headers={HEADER_LENGTH: str(len(head))}
    )


def infer_body(body: InferBody) -> InferAnswer:
    """Answer with the probabilities of each class; tensors may also travel as bytes after the JSON."""


def _split(body, header_length):
    """The JSON part of a body, and the bytes after it."""
    length = len(body) if header_length is None else parse_length(header_length, HEADER_LENGTH)
    if length > len(body):
        raise HTTPException(
            400, f"{HEADER_LENGTH}: expected at most the body's {len(body)} bytes, received {length}"
        )
    return body[:length], body[length:]


def _read_input(content, tail, shape, limit):
    """The input as float32 of shape (N, *shape), from JSON or from the bytes after it."""
    tensor = _only(content.get("inputs"), "inputs", INPUT)
    if tensor.get("datatype") != _DATATYPE:
        raise HTTPException(
            400, f"inputs[0].datatype: expected {_DATATYPE}, received {kind(tensor.get('datatype'))}"
        )
    sides = tensor.get("shape")
    # In Python True equals 1 and 28.0 equals 28, but neither is a side.
    if not isinstance(sides, list) or not all(type(side) is int for side in sides) or sides[1:] != [*shape]:
        raise HTTPException(
            400, f"inputs[0].shape: expected {['N', *shape]}, whole numbers, received {shown(sides)}"
        )
    if sides[0] < 1:
        raise HTTPException(400, f"inputs[0].shape: expected at least 1 example, received {shown(sides[0])}")
    json_tensors.check_count(sides[0], limit, "inputs[0].shape")
    size = _parameters(tensor, "inputs[0]").get("binary_data_size")
    if size is None and not tail:
        data = tensor.get("data")
        is_nested = isinstance(data, list) and data and isinstance(data[0], list)
        shape = tuple(sides) if is_nested else (math.prod(sides),)
        return json_tensors.to_array(data, shape, "inputs[0].data").reshape(sides)
    expected = math.prod(sides) * _BYTES
    if type(size) is not int or size != expected or len(tail) != expected:
        raise HTTPException(
            400,
            f"inputs[0]: expected {expected} bytes for shape {sides}, received {len(tail)} bytes "
            f"and as binary_data_size {kind(size)}",
        )
    return json_tensors.finite(np.frombuffer(tail, "<f4").reshape(sides), "inputs[0]")


def _wants_binary(content):
    wanted = content.get("outputs")
    if wanted is None:
        return _parameters(content, "body").get("binary_data_output") is True
    return _parameters(_only(wanted, "outputs", OUTPUT), "outputs[0]").get("binary_data") is True


def _only(tensors, name, expected):
    """The one tensor of a list, which must have the expected name."""
    if not isinstance(tensors, list) or len(tensors) != 1 or not isinstance(tensors[0], dict):
        raise HTTPException(
            400, f"{name}: expected a list of one tensor, an object, received {kind(tensors)}"
        )
    (tensor,) = tensors
    if tensor.get("name") != expected:
        raise HTTPException(400, f"{name}[0].name: expected {expected}, received {kind(tensor.get('name'))}")
    return tensor


def _parameters(holder, name):
    parameters = holder.get("parameters", {})
    if not isinstance(parameters, dict):
        raise HTTPException(400, f"{name}.parameters: expected an object, received {kind(parameters)}")
    return parameters


class TensorMetadata(BaseModel):
    """Name, type and shape of a tensor; -1 stands for any number of examples."""

    name: str
    datatype: str
    shape: list[int]


class InferMetadata(BaseModel):
    """Names, shapes and types of what goes in and comes out."""

    name: str
    versions: list[str]
    platform: str
    inputs: list[TensorMetadata]
    outputs: list[TensorMetadata]


async def infer_metadata(request: Request) -> InferMetadata:
    """Shapes and types of the model"""
    version = served(request)
    tensors = {INPUT: version.model.input_shape, OUTPUT: version.model.output_shape}
    inputs, outputs = (
        [TensorMetadata(name=name, datatype=_DATATYPE, shape=[-1, *shape])] for name, shape in tensors.items()
    )
    return InferMetadata(
        name=version.name, versions=[str(version.number)], platform="litert", inputs=inputs, outputs=outputs
    )


class ModelReady(BaseModel):
    """The model can answer; otherwise the status is 404."""

    name: str
    ready: bool


async def model_ready(request: Request) -> ModelReady:
    """Can the model answer?"""
    return ModelReady(name=served(request).name, ready=True)


async def server_metadata() -> dict[str, str | list[str]]:
    """Name and version of the server"""
    return {"name": "autorev", "version": __version__, "extensions": ["binary_tensor_data"]}


async def live() -> dict[str, bool]:
    """Is the server alive? No answer means no"""
    return {"live": True}


async def ready(request: Request) -> dict[str, bool]:
    """Can the server answer?"""
    if request.app.state.watcher.current is None:
        raise busy("models: expected one that can be served, received none")
    return {"ready": True}
