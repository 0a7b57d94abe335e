"""What programs ask: TensorFlow Serving's REST interface, and the Open Inference Protocol, version 2.

Source:
    TensorFlow Serving, "RESTful API", https://www.tensorflow.org/tfx/serving/api_rest; KServe, "Open
    Inference Protocol", https://github.com/kserve/open-inference-protocol, with Triton's binary tensors and
    its list of models.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import Body, Depends, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, StrictBool

from autorev_lib import __version__
from autorev_lib.serving.predict import (
    INPUT,
    OUTPUT,
    SIGNATURE,
    Current,
    InferBody,
    InferTensor,
    PredictBody,
    Tensor,
    infer,
    predict,
    served,
)

_BINARY = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def add_routes(router):
    """Add both protocols to a router, with and without a version in the address."""
    get = partial(router.add_api_route, methods=["GET"])
    post = partial(router.add_api_route, methods=["POST"])
    for version, parameters in (("", [_name]), ("/versions/{version}", [_name, _version])):
        declared = [Depends(parameter) for parameter in parameters]
        v1, v2 = f"/v1/models/{{name}}{version}", f"/v2/models/{{name}}{version}"
        post(
            f"{v1}:predict",
            predict_body,
            name="predict",
            dependencies=declared,
            route_class_override=_raw(predict),
        )
        get(v1, model_status, dependencies=declared)
        get(f"{v1}/metadata", model_metadata, dependencies=declared)
        post(
            f"{v2}/infer",
            infer_body,
            name="infer",
            dependencies=declared,
            route_class_override=_raw(infer),
            responses={200: {"content": _BINARY}},
            openapi_extra={"requestBody": {"content": _BINARY}},
        )
        get(v2, infer_metadata, dependencies=declared, response_model_exclude_defaults=True)
        get(f"{v2}/ready", model_ready, dependencies=declared)
    post("/v2/repository/index", repository_index)
    get("/v2", server_metadata)
    get("/v2/health/live", live)
    get("/v2/health/ready", ready)


def _name(name: str):
    """Declare a part of the address to FastAPI; :func:`served` checks it, for the raw handlers too."""


def _version(version: str):
    """Likewise."""


def _raw(handler):
    """The class of a route that FastAPI describes by its endpoint, while ``handler`` gets the raw request."""

    class RawRoute(APIRoute):
        def get_route_handler(self):
            return handler

    return RawRoute


# TensorFlow Serving


class PredictAnswer(BaseModel):
    """Predictions for instances, outputs for inputs: a probability for each class."""

    predictions: Tensor | None = None
    outputs: Tensor | None = None


def predict_body(body: PredictBody) -> PredictAnswer:
    """Answer with the probabilities of each class."""


class ModelStatus(BaseModel):
    """The version that is AVAILABLE, and those that are at their END: refused, with the reason."""

    model_version_status: list[dict[str, Any]]


async def model_status(request: Request) -> ModelStatus:
    """Which version is served, and why others are not."""
    states = [(served(request).number, "AVAILABLE", "OK", "")]
    if "version" not in request.path_params:
        refused = request.app.state.watcher.refused.items()
        states += [(number, "END", "UNKNOWN", error.problem) for number, error in refused]
    return ModelStatus(
        model_version_status=[
            {
                "version": str(number),
                "state": state,
                "status": {"error_code": code, "error_message": message},
            }
            for number, state, code, message in states
        ]
    )


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
        metadata={"signature_def": {"signature_def": {SIGNATURE: signature}}},
    )


def _tensor_info(shape):
    sides = [{"size": str(side), "name": ""} for side in (-1, *shape)]
    return {"dtype": "DT_FLOAT", "tensor_shape": {"dim": sides, "unknown_rank": False}}


# Open Inference Protocol


class InferAnswer(BaseModel):
    """The probabilities of each class."""

    model_name: str
    model_version: str
    id: str | None = None
    outputs: list[InferTensor]


def infer_body(body: InferBody) -> InferAnswer:
    """Answer with the probabilities of each class; tensors may also travel as bytes after the JSON."""


class InferMetadata(BaseModel):
    """Names, types and shapes of what goes in and comes out; -1 stands for any number of examples."""

    name: str
    versions: list[str]
    platform: str
    inputs: list[InferTensor]
    outputs: list[InferTensor]


async def infer_metadata(request: Request) -> InferMetadata:
    """Shapes and types of the model"""
    version = served(request)
    x = InferTensor(name=INPUT, datatype="FP32", shape=[-1, *version.model.input_shape])
    y = InferTensor(name=OUTPUT, datatype="FP32", shape=[-1, *version.model.output_shape])
    return InferMetadata(
        name=version.name, versions=[str(version.number)], platform="litert", inputs=[x], outputs=[y]
    )


async def model_ready(request: Request) -> dict[str, str | bool]:
    """Can the model answer? If not, the status is 404."""
    return {"name": served(request).name, "ready": True}


async def repository_index(
    request: Request, ready: Annotated[StrictBool | None, Body(embed=True)] = None
) -> list[dict[str, str]]:
    """Which version is served, READY, and unless only that is asked for, which are refused, UNAVAILABLE"""
    watcher = request.app.state.watcher
    states = [(watcher.current.number, "READY", "")] if watcher.current else []
    if not ready:
        states += [(number, "UNAVAILABLE", error.problem) for number, error in watcher.refused.items()]
    columns = "version", "state", "reason"
    return [{"name": watcher.name} | dict(zip(columns, map(str, row), strict=True)) for row in states]


async def server_metadata() -> dict[str, str | list[str]]:
    """Name and version of the server"""
    return {"name": "autorev", "version": __version__, "extensions": ["binary_tensor_data"]}


async def live() -> dict[str, bool]:
    """Is the server alive? No answer means no"""
    return {"live": True}


async def ready(version: Current) -> dict[str, bool]:
    """Can the server answer?"""
    return {"ready": True}
