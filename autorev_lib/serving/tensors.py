"""From JSON to arrays: strict, fast, and clear about what is wrong and where."""

import re
import struct
from functools import lru_cache
from itertools import chain

import numpy as np
from pydantic_core import from_json

from autorev_lib.serving.errors import RequestError

_ENVELOPE = re.compile(rb'\s*\{\s*"(instances|inputs)"\s*:\s*(\[.*\])\s*\}\s*', re.DOTALL)
_NUMBERS_TO_ZERO = bytes.maketrans(b"123456789.+-eE", b"0" * 14)
_BRACKETS_TO_SPACE = bytes.maketrans(b"[]", b"  ")


def parse_object(body):
    """Parse a body that must be a JSON object.

    Args:
        body: The bytes.

    Returns:
        A dictionary.

    Raises:
        RequestError: 400, it is something else.
    """
    try:
        content = from_json(body, cache_strings="keys")
    except ValueError as error:
        received = f"something else: {error}" if body.strip() else "nothing"
        raise RequestError(400, f"body: expected JSON, received {received}") from error
    if not isinstance(content, dict):
        raise RequestError(400, f"body: expected a JSON object, received {kind(content)}")
    return content


def only_tensor(body, shape, limit):
    """Read a body that holds one nested list of numbers and nothing else, much faster than in general.

    The brackets are compared as a text with those that the shape demands; the numbers are parsed as one flat
    list.

    Args:
        body: The bytes.
        shape: Shape of one example.
        limit: How many examples there may be.

    Returns:
        The key, ``"instances"`` or ``"inputs"``, and a float32 array of shape (N, *shape), which may hold
        infinity. None if the body is anything but that; it may then still be right.
    """
    match = _ENVELOPE.fullmatch(body)
    if not match:
        return None
    text = match[2]
    zeros = text.translate(_NUMBERS_TO_ZERO, b" \t\r\n")
    # A number before or after a list would be lost with the brackets. (Faster than `in` with so many zeros.)
    if zeros.rfind(b"0[") >= 0 or zeros.rfind(b"]0") >= 0:
        return None
    brackets = zeros.translate(None, b"0")
    one = _brackets(shape)
    count, rest = divmod(len(brackets) - 1, len(one) + 1)
    if rest or not 0 < count <= limit or brackets != b"[" + b",".join([one] * count) + b"]":
        return None
    try:
        numbers = from_json(b"[" + text.translate(_BRACKETS_TO_SPACE) + b"]")
        flat = struct.pack(f"{len(numbers)}f", *numbers)
    except (ValueError, OverflowError):
        return None
    return match[1].decode(), np.frombuffer(flat, np.float32).reshape(count, *shape)


def nested(values, shape, limit, name):
    """Turn nested lists into an array.

    Args:
        values: What JSON gave: it should be a list of at least one example, each nested lists of numbers.
        shape: Shape of one example.
        limit: How many examples there may be.
        name: What the request calls it.

    Returns:
        float32 of shape (N, *shape), without infinity or NaN.

    Raises:
        RequestError: 400, or 413 if there are too many; the text says where.
    """
    if not isinstance(values, list) or not values:
        received = "an empty list" if values == [] else kind(values)
        raise RequestError(400, f"{name}: expected a list of at least one example, received {received}")
    check_count(len(values), limit, name)
    level = values
    for size in shape:
        if set(map(type, level)) != {list} or set(map(len, level)) != {size}:
            raise _misshapen(values, shape, name)
        level = list(chain.from_iterable(level))
    return numbers(level, (len(values), *shape), name, lambda: _misshapen(values, shape, name))


def numbers(flat, shape, name, misshapen):
    """Turn a flat list of numbers into an array.

    Args:
        flat: A list; it should hold as many numbers as ``shape`` asks for.
        shape: Shape of the array.
        name: What the request calls it.
        misshapen: Called without arguments if an element is no number; returns what to raise.

    Returns:
        float32 of that shape, without infinity or NaN.

    Raises:
        RequestError: 400.
    """
    if not set(map(type, flat)) <= {int, float}:
        raise misshapen()
    try:
        array = np.frombuffer(struct.pack(f"{len(flat)}f", *flat), np.float32).reshape(shape)
    except OverflowError:  # a number too large for float32
        with np.errstate(over="ignore"):
            array = np.array([float("inf") if abs(n) > 1e39 else n for n in flat], np.float32).reshape(shape)
    return finite(array, name)


def finite(array, name):
    """Return an array if it holds neither infinity nor NaN.

    Args:
        array: Floats.
        name: What the request calls it.

    Raises:
        RequestError: 400, and where the first one is.
    """
    if not np.isfinite(array).all():
        place = np.argwhere(~np.isfinite(array))[0]
        where = "".join(f"[{index}]" for index in place)
        value = array[tuple(place)]
        received = "NaN" if np.isnan(value) else "infinity, or a number that float32 cannot hold"
        raise RequestError(400, f"{name}{where}: expected a finite number, received {received}")
    return array


def check_count(count, limit, name):
    """Check that a batch is not too large.

    Args:
        count: How many examples it has.
        limit: How many it may have.
        name: What the request calls it.

    Raises:
        RequestError: 413.
    """
    if count > limit:
        raise RequestError(413, f"{name}: expected at most {limit} examples in a request, received {count}")


def kind(value):
    """Name a JSON value in words.

    Args:
        value: What JSON gave.
    """
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() | float():
            return "a number"
        case str():
            return f"the string {value[:20]!r}"
        case list():
            return f"a list of {len(value)}"
        case _:
            return "an object"


@lru_cache(maxsize=8)
def _brackets(shape):
    """The brackets and commas of one example: ``[,]`` for shape (2,)."""
    text = b""
    for size in reversed(shape):
        text = b"[" + b",".join([text] * size) + b"]"
    return text


def _misshapen(values, shape, name):
    where, expected, received = _first_fault(values, (len(values), *shape), "")
    return RequestError(
        400,
        f"{name}: expected examples of shape {shape}, received {kind(received)} at {name}{where}, "
        f"where {expected} should be",
    )


def _first_fault(value, shape, where):
    """Where nested lists depart from a shape: (place, what should be there, what is), or None."""
    if not shape:
        return None if type(value) in (int, float) else (where, "a number", value)
    if type(value) is not list or len(value) != shape[0]:
        return where, f"a list of {shape[0]}", value
    faults = (_first_fault(inner, shape[1:], f"{where}[{index}]") for index, inner in enumerate(value))
    return next((fault for fault in faults if fault), None)
