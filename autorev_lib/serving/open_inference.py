"""The Open Inference Protocol, version 2, with its binary tensors: what Triton, KServe and others speak.

Source:
    KServe, "Open Inference Protocol", https://github.com/kserve/open-inference-protocol, and NVIDIA Triton's
    extension for binary tensor data.
"""

import math
from typing import NamedTuple

import numpy as np
from pydantic_core import to_json

from autorev_lib import __version__
from autorev_lib.serving import tensors
from autorev_lib.serving.errors import RequestError

INPUT = "input"
OUTPUT = "output"
HEADER_LENGTH = "Inference-Header-Content-Length"

_DATATYPE = "FP32"
_BYTES = 4


class InferRequest(NamedTuple):
    """A request to infer, checked."""

    x: np.ndarray
    """float32 of shape (N, *input_shape)."""
    id: str | None
    binary_output: bool
    """Whether the client wants the output as bytes instead of numbers in JSON."""


def describe_server():
    """Describe the server: name, version, extensions; a dictionary for JSON."""
    return {"name": "autorev", "version": __version__, "extensions": ["binary_tensor_data"]}


def describe(version, numbers):
    """Describe a model.

    Args:
        version: The :class:`~autorev_lib.serving.versions.LoadedVersion` that would answer.
        numbers: Numbers of all versions that can be asked.

    Returns:
        A dictionary for JSON.
    """
    return {
        "name": version.name,
        "versions": [str(number) for number in numbers],
        "platform": "litert",
        "inputs": [{"name": INPUT, "datatype": _DATATYPE, "shape": [-1, *version.model.input_shape]}],
        "outputs": [{"name": OUTPUT, "datatype": _DATATYPE, "shape": [-1, *version.model.output_shape]}],
    }


def read_request(body, header_length, shape, limit):
    """Read a request to infer.

    Args:
        body: The bytes: a JSON object, and the input's bytes after it if it is sent as a binary tensor.
        header_length: The value of the header ``Inference-Header-Content-Length``, or None.
        shape: Shape of one example.
        limit: How many examples there may be.

    Returns:
        An :class:`InferRequest`.

    Raises:
        RequestError: 400 or 413.
    """
    head, tail = _split(body, header_length)
    content = tensors.parse_object(head)
    tensor = _only(content.get("inputs"), "inputs", INPUT)
    if tensor.get("datatype") != _DATATYPE:
        raise RequestError(
            400,
            f"inputs[0].datatype: expected {_DATATYPE}, received {tensors.kind(tensor.get('datatype'))}",
        )
    sides = _checked_shape(tensor.get("shape"), shape, limit)
    size = _parameters(tensor, "inputs[0]").get("binary_data_size")
    if size is not None:
        x = _from_bytes(tail, size, sides)
    elif tail:
        raise RequestError(
            400, f"inputs[0].parameters.binary_data_size: expected {len(tail)}, the bytes sent, received none"
        )
    else:
        x = _from_json(tensor.get("data"), sides)
    identifier = content.get("id")
    if not isinstance(identifier, str | None):
        raise RequestError(400, f"id: expected a string, received {tensors.kind(identifier)}")
    return InferRequest(x, identifier, _wants_binary(content))


def write_answer(version, request, outputs):
    """Write the answer to a request to infer.

    Args:
        version: The :class:`~autorev_lib.serving.versions.LoadedVersion` that answered.
        request: The :class:`InferRequest`.
        outputs: float32 of shape (N, *output_shape), finite.

    Returns:
        The bytes, and the headers that tell how to read them.
    """
    tensor = {"name": OUTPUT, "datatype": _DATATYPE, "shape": list(outputs.shape)}
    content = {"model_name": version.name, "model_version": str(version.number), "outputs": [tensor]}
    if request.id is not None:
        content["id"] = request.id
    if not request.binary_output:
        tensor["data"] = outputs.ravel().tolist()
        return to_json(content), {"Content-Type": "application/json"}
    raw = outputs.astype("<f4", copy=False).tobytes()
    tensor["parameters"] = {"binary_data_size": len(raw)}
    head = to_json(content)
    return head + raw, {"Content-Type": "application/octet-stream", HEADER_LENGTH: str(len(head))}


def _split(body, header_length):
    if header_length is None:
        return body, b""
    if not (header_length.isascii() and header_length.isdigit() and int(header_length[:10]) <= len(body)):
        raise RequestError(
            400,
            f"{HEADER_LENGTH}: expected the length of the JSON part, at most the body's {len(body)} bytes, "
            f"received {header_length[:20]!r}",
        )
    return body[: int(header_length)], body[int(header_length) :]


def _only(tensor_list, name, expected):
    """The one tensor of a list, which must have the expected name."""
    if not isinstance(tensor_list, list) or len(tensor_list) != 1 or not isinstance(tensor_list[0], dict):
        received = "none" if tensor_list is None else tensors.kind(tensor_list)
        raise RequestError(400, f"{name}: expected a list of one tensor, an object, received {received}")
    (tensor,) = tensor_list
    if tensor.get("name") != expected:
        raise RequestError(
            400, f"{name}[0].name: expected {expected}, received {tensors.kind(tensor.get('name'))}"
        )
    return tensor


def _checked_shape(sides, shape, limit):
    count = sides[0] if isinstance(sides, list) and sides else None
    if type(count) is not int or count < 1 or sides[1:] != list(shape):
        received = sides[:8] if isinstance(sides, list) else tensors.kind(sides)
        raise RequestError(
            400, f"inputs[0].shape: expected {['N', *shape]} with N at least 1, received {received}"
        )
    tensors.check_count(count, limit, "inputs[0].shape")
    return tuple(sides)


def _from_bytes(raw, size, sides):
    expected = math.prod(sides) * _BYTES
    if size != expected or len(raw) != expected:
        raise RequestError(
            400,
            f"inputs[0]: expected {expected} bytes for shape {list(sides)}, received {len(raw)} "
            f"with binary_data_size {size if isinstance(size, int) else tensors.kind(size)}",
        )
    return tensors.finite(np.frombuffer(raw, "<f4").reshape(sides), "inputs[0]")


def _from_json(data, sides):
    name = "inputs[0].data"
    if isinstance(data, list) and data and isinstance(data[0], list):
        if len(data) != sides[0]:
            raise RequestError(
                400, f"{name}: expected a list of {sides[0]} as in shape, received {tensors.kind(data)}"
            )
        return tensors.nested(data, sides[1:], sides[0], name)
    if not isinstance(data, list) or len(data) != math.prod(sides):
        received = "none" if data is None else tensors.kind(data)
        raise RequestError(400, f"{name}: expected a list of {math.prod(sides)} numbers, received {received}")

    def misshapen():
        index = next(index for index, value in enumerate(data) if type(value) not in (int, float))
        return RequestError(400, f"{name}[{index}]: expected a number, received {tensors.kind(data[index])}")

    return tensors.numbers(data, sides, name, misshapen)


def _wants_binary(content):
    wanted = content.get("outputs")
    if wanted is None:
        return _parameters(content, "body").get("binary_data_output") is True
    return _parameters(_only(wanted, "outputs", OUTPUT), "outputs[0]").get("binary_data") is True


def _parameters(holder, name):
    parameters = holder.get("parameters", {})
    if not isinstance(parameters, dict):
        raise RequestError(400, f"{name}.parameters: expected an object, received {tensors.kind(parameters)}")
    return parameters
