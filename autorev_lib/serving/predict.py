"""Predict and infer: the only handlers that read the raw request.

FastAPI would build nested lists of an image's 784 numbers and look at each, for which it takes 4 to 9 times
as long as :func:`.json_tensors.only_tensor`. And a binary tensor comes as bytes after the JSON, which no
typed handler can take.
"""

import math
from typing import Annotated, Any, Literal

import anyio.to_thread
import numpy as np
from fastapi import Depends, HTTPException, Request, Response
from pydantic import BaseModel, Field, StrictBool, StrictInt, ValidationError
from pydantic_core import to_json

from autorev_lib.serving import json_tensors
from autorev_lib.serving.errors import busy, explain, shown
from autorev_lib.serving.middleware import parse_length
from autorev_lib.serving.versions import LoadedVersion

INPUT = "input"
OUTPUT = "output"
SIGNATURE = "serving_default"
HEADER_LENGTH = "Inference-Header-Content-Length"

_BYTES = 4
_SMALL_BATCH = 16  # takes less time than handing it to a thread
_ANSWERS = {"instances": "predictions", "inputs": "outputs"}

Tensor = Annotated[list[Any], Field(description="Nested lists of numbers.")]


class PredictBody(BaseModel):
    """Either instances, a list of images, or inputs, the same as one batch: raw pixels, 0 to 255."""

    instances: Tensor | None = None
    inputs: Tensor | dict[str, Tensor] | None = None
    signature_name: Literal[SIGNATURE] = SIGNATURE


class Parameters(BaseModel):
    """How tensors travel: as bytes after the JSON, or, left out, as numbers in it."""

    binary_data_size: StrictInt | None = None
    binary_data: StrictBool = False
    binary_data_output: StrictBool = False


class InferTensor(BaseModel):
    """A tensor; its data are missing if they come as bytes after the JSON."""

    name: Literal[INPUT, OUTPUT]
    shape: list[StrictInt]
    datatype: Literal["FP32"]
    data: Tensor | None = None
    parameters: Parameters | None = None


class RequestedOutput(BaseModel):
    """The output that is wanted, and how."""

    name: Literal[OUTPUT]
    parameters: Parameters | None = None


class InferBody(BaseModel):
    """Images as raw pixels, 0 to 255, and how the output is wanted."""

    inputs: Annotated[list[InferTensor], Field(min_length=1, max_length=1)]
    outputs: Annotated[list[RequestedOutput], Field(max_length=1)] | None = None
    id: str | None = None
    parameters: Parameters | None = None


def served(request):
    """The version that is served; HTTPException 404 if the address names another model or version."""
    version, address = request.app.state.watcher.current, request.path_params
    if version is None or address["name"] != version.name:
        expected = version.name if version else "none, for no version can be served"
        raise HTTPException(404, f"model: expected {expected}, received {shown(address['name'])}")
    number = str(version.number)
    if address.get("version", number) != number:
        raise HTTPException(
            404, f"version: expected {number}, which is served, received {shown(address['version'])}"
        )
    return version


async def _current(request: Request) -> LoadedVersion:
    version = request.app.state.watcher.current
    if version is None:
        raise busy("models: expected one that can be served, received none")
    return version


Current = Annotated[LoadedVersion, Depends(_current)]


async def predict(request: Request):
    """Answer with the probabilities of each class."""
    version = served(request)
    body, shape, limit = await request.body(), version.model.input_shape, request.app.state.limits.batch
    key, x = json_tensors.only_tensor(body, shape, limit) or _read_images(body, shape, limit)
    outputs = await _compute(request, version, json_tensors.finite(x, key))
    return Response(to_json({_ANSWERS[key]: outputs.tolist()}), media_type="application/json")


async def infer(request: Request):
    """Answer with the probabilities of each class; tensors may also travel as bytes after the JSON."""
    version = served(request)
    head, tail = _split(await request.body(), request.headers.get(HEADER_LENGTH))
    body = _parsed(InferBody, head)
    x = _read_tensor(body.inputs[0], tail, version.model.input_shape, request.app.state.limits.batch)
    outputs = await _compute(request, version, json_tensors.finite(x, "inputs.0"))
    tensor = {"name": OUTPUT, "datatype": "FP32", "shape": outputs.shape}
    answer = {"model_name": version.name, "model_version": str(version.number), "outputs": [tensor]}
    if body.id:
        answer["id"] = body.id
    wanted = (body.outputs[0] if body.outputs else body).parameters or Parameters()
    if not (wanted.binary_data if body.outputs else wanted.binary_data_output):
        tensor["data"] = outputs.ravel().tolist()
        return Response(to_json(answer), media_type="application/json")
    content = outputs.astype("<f4", copy=False).tobytes()
    tensor["parameters"] = {"binary_data_size": len(content)}
    head = to_json(answer)
    headers = {HEADER_LENGTH: str(len(head))}
    return Response(head + content, media_type="application/octet-stream", headers=headers)


async def _compute(request, version, x):
    """Have a version answer, and show the monitor what it saw."""
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


def _parsed(model, body):
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(400, explain(error.errors(include_url=False))) from error


def _read_images(body, shape, limit):
    """What a body to predict holds, if it is more than one plain tensor: the key, and float32 (N, *shape)."""
    body = _parsed(PredictBody, body)
    given = {key: values for key in _ANSWERS if (values := getattr(body, key)) is not None}
    if len(given) != 1:
        received = "both" if given else "neither"
        raise HTTPException(400, f"body: expected either instances or inputs, received {received}")
    ((key, values),) = given.items()
    if isinstance(values, dict):
        values = _named(values, key)
    elif key == "instances" and values and isinstance(values[0], dict):
        values = [_named(value, f"instances[{index}]") for index, value in enumerate(values)]
    return key, json_tensors.to_batch(values, shape, limit, key)


def _named(value, where):
    if not isinstance(value, dict) or value.keys() != {INPUT}:
        raise HTTPException(400, f"{where}: expected an object with the key {INPUT}, received {shown(value)}")
    return value[INPUT]


def _split(body, header_length):
    """The JSON part of a body, and the bytes after it."""
    length = len(body) if header_length is None else parse_length(header_length, HEADER_LENGTH)
    if length > len(body):
        raise HTTPException(
            400, f"{HEADER_LENGTH}: expected at most the body's {len(body)} bytes, received {length}"
        )
    return body[:length], body[length:]


def _read_tensor(tensor, tail, shape, limit):
    """The input as float32 of shape (N, *shape), from JSON or from the bytes after it."""
    sides = tuple(tensor.shape)
    if tensor.name != INPUT or sides[1:] != shape or sides[0] < 1:
        expected = f"{INPUT} of shape {('N', *shape)}"
        raise HTTPException(400, f"inputs.0: expected {expected}, received {tensor.name} of {shown(sides)}")
    json_tensors.check_count(sides[0], limit, "inputs.0.shape")
    size = tensor.parameters and tensor.parameters.binary_data_size
    if size is None and not tail:
        is_flat = tensor.data and not isinstance(tensor.data[0], list)
        expected = (math.prod(sides),) if is_flat else sides
        return json_tensors.to_array(tensor.data, expected, "inputs.0.data").reshape(sides)
    expected = math.prod(sides) * _BYTES
    if size != expected or len(tail) != expected:
        raise HTTPException(
            400,
            f"inputs.0: expected {expected} bytes for shape {sides}, received {len(tail)} bytes and "
            f"binary_data_size {shown(size)}",
        )
    return np.frombuffer(tail, "<f4").reshape(sides)
