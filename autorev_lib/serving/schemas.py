"""What goes in and out as JSON, for the OpenAPI; drawings and corrections are also checked by it."""

import base64
import binascii
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from autorev_lib.serving.errors import RequestError

MAX_SIDE = 1024

Side = Annotated[int, Field(ge=1, le=MAX_SIDE)]
Tensor = Annotated[list[Any], Field(description="Nested lists of numbers.")]


class Error(BaseModel):
    """Why a request was not answered: what was expected and what was received."""

    error: str


class PredictRequest(BaseModel):
    """TensorFlow Serving: either instances or inputs."""

    instances: Tensor | None = Field(None, description="A list of examples.")
    inputs: Tensor | None = Field(None, description="The same, as one batch.")
    signature_name: Literal["serving_default"] = "serving_default"


class PredictAnswer(BaseModel):
    """TensorFlow Serving: predictions for instances, outputs for inputs."""

    predictions: Tensor | None = None
    outputs: Tensor | None = None


class InferTensor(BaseModel):
    """A tensor of the Open Inference Protocol."""

    name: str
    shape: list[int]
    datatype: Literal["FP32"]
    data: Tensor | None = None
    parameters: dict[str, Any] = {}


class RequestedOutput(BaseModel):
    """An output that the client wants, and whether as bytes."""

    name: Literal["output"]
    parameters: dict[str, Any] = {}


class InferInput(InferTensor):
    """The input."""

    name: Literal["input"]


class InferRequest(BaseModel):
    """Open Inference Protocol: the input, and how the output is wanted."""

    inputs: Annotated[list[InferInput], Field(min_length=1, max_length=1)]
    outputs: Annotated[list[RequestedOutput], Field(min_length=1, max_length=1)] | None = None
    id: str | None = None
    parameters: dict[str, Any] = {}


class InferAnswer(BaseModel):
    """Open Inference Protocol: the output."""

    model_name: str
    model_version: str
    id: str | None = None
    outputs: list[InferTensor]


class _Ink(BaseModel):
    model_config = ConfigDict(strict=True)

    width: Side
    height: Side
    ink: str = Field(description="Base64 of width × height bytes, row by row, 0 = paper to 255 = ink.")

    def pixels(self):
        """The drawing, uint8 of shape (height, width).

        Raises:
            RequestError: 422, ``ink`` is not Base64 of that many bytes.
        """
        try:
            raw = base64.b64decode(self.ink, validate=True)
        except (binascii.Error, ValueError) as error:
            raise RequestError(422, f"ink: expected Base64, received something else: {error}") from error
        if len(raw) != self.width * self.height:
            expected = f"{self.width} × {self.height} = {self.width * self.height}"
            raise RequestError(422, f"ink: expected width × height = {expected} bytes, received {len(raw)}")
        return np.frombuffer(raw, np.uint8).reshape(self.height, self.width)


class Drawing(_Ink):
    """A drawing to be read."""

    finished: bool = Field(False, description="Whether the pen has rested; only then is it remembered.")


class Correction(_Ink):
    """A drawing, and what a person says it shows."""

    label: str


class Reading(BaseModel):
    """What the model reads in a drawing."""

    model: str
    version: int
    label: str
    probabilities: list[float]
    image: str = Field(description="Base64 of the 28 × 28 bytes that the model saw.")


class Corrected(BaseModel):
    """A correction that is kept: it is on the disk."""

    id: int
    label: str
    predicted: str
    corrections: int = Field(description="How many there are now.")
