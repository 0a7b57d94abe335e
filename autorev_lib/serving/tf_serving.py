"""The REST interface of TensorFlow Serving: what is in a request, and what goes into an answer.

Source:
    TensorFlow Serving, "RESTful API", https://www.tensorflow.org/tfx/serving/api_rest.
"""

from pydantic_core import to_json

from autorev_lib.serving import tensors
from autorev_lib.serving.errors import RequestError

INPUT = "input"
OUTPUT = "output"

_SIGNATURE = "serving_default"
_ANSWERS = {"instances": "predictions", "inputs": "outputs"}


def read_request(body, shape, limit):
    """Read a request to predict.

    Args:
        body: The bytes: a JSON object with ``instances`` (a list of examples, or of objects that name the
            input) or ``inputs`` (the batch, or an object that names it).
        shape: Shape of one example.
        limit: How many examples there may be.

    Returns:
        The key of the answer, and a float32 array of shape (N, *shape).

    Raises:
        RequestError: 400 or 413.
    """
    found = tensors.only_tensor(body, shape, limit)
    if found:
        key, x = found
        return _ANSWERS[key], tensors.finite(x, key)
    content = tensors.parse_object(body)
    keys = [key for key in _ANSWERS if key in content]
    if len(keys) != 1:
        received = " and ".join(keys) or f"the keys {sorted(content)[:5]}"
        raise RequestError(400, f"body: expected either instances or inputs, received {received}")
    signature = content.get("signature_name", _SIGNATURE)
    if signature != _SIGNATURE:
        raise RequestError(400, f"signature_name: expected {_SIGNATURE}, received {tensors.kind(signature)}")
    (key,) = keys
    values = content[key]
    if key == "instances" and isinstance(values, list) and values and isinstance(values[0], dict):
        values = [_named(value, f"instances[{index}]") for index, value in enumerate(values)]
    elif key == "inputs" and isinstance(values, dict):
        values = _named(values, key)
    return _ANSWERS[key], tensors.nested(values, shape, limit, key)


def write_answer(key, outputs):
    """Write the answer to a request to predict.

    Args:
        key: As :func:`read_request` gave it.
        outputs: float32 of shape (N, *output_shape), finite.

    Returns:
        The bytes.
    """
    return to_json({key: outputs.tolist()})


def describe(version):
    """Describe a version as TensorFlow Serving does: shapes and types of its signature.

    Args:
        version: A :class:`~autorev_lib.serving.versions.LoadedVersion`.

    Returns:
        A dictionary for JSON.
    """
    signature = {
        "inputs": {INPUT: _tensor(version.model.input_shape)},
        "outputs": {OUTPUT: _tensor(version.model.output_shape)},
        "method_name": "tensorflow/serving/predict",
    }
    return {
        "model_spec": {"name": version.name, "signature_name": "", "version": str(version.number)},
        "metadata": {"signature_def": {"signature_def": {_SIGNATURE: signature}}},
    }


def status(number, state, error=""):
    """Describe the state of a version.

    Args:
        number: Its number.
        state: ``"AVAILABLE"`` or ``"END"``.
        error: Why it is not available.

    Returns:
        A dictionary for JSON.
    """
    code = "UNKNOWN" if error else "OK"
    return {"version": str(number), "state": state, "status": {"error_code": code, "error_message": error}}


def _named(value, name):
    if not isinstance(value, dict) or value.keys() != {INPUT}:
        received = f"the keys {sorted(value)[:5]}" if isinstance(value, dict) else tensors.kind(value)
        raise RequestError(400, f"{name}: expected an object with the key {INPUT}, received {received}")
    return value[INPUT]


def _tensor(shape):
    sides = [{"size": str(side), "name": ""} for side in (-1, *shape)]
    return {"dtype": "DT_FLOAT", "tensor_shape": {"dim": sides, "unknown_rank": False}}
