"""From JSON to arrays: strict, fast, and clear about what is wrong and where."""

import math
import re
import struct
from functools import lru_cache
from itertools import chain

import numpy as np
from fastapi import HTTPException
from pydantic_core import from_json

from autorev_lib.serving.errors import shown

_ENVELOPE = re.compile(rb'\s*\{\s*"(instances|inputs)"\s*:\s*(\[.*\])\s*\}\s*', re.DOTALL)
_NUMBERS_TO_ZERO = bytes.maketrans(b"123456789.+-eE", b"0" * 14)
_BRACKETS_TO_SPACE = bytes.maketrans(b"[]", b"  ")


def only_tensor(body, shape, limit):
    """Read a body that holds one nested list of numbers and nothing else, much faster than in general.

    Most of the time goes into the nested lists, not into the numbers. So the brackets are compared as a text
    with those that the shape demands, and the numbers are parsed as one flat list.

    Returns:
        The key, "instances" or "inputs", and float32 of shape (N, *shape), N at most ``limit``, which may
        hold infinity. None if the body is anything but that; it may then still be right.
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
        return match[1].decode(), _floats(numbers).reshape(count, *shape)
    except ValueError:
        return None


def to_batch(values, shape, limit, name):
    """Turn a list of examples, each nested lists of this shape, into float32 of shape (N, *shape).

    Raises:
        HTTPException: 400, or 413 if there are more than ``limit``; the text says where ``name`` is wrong.
    """
    if not isinstance(values, list) or not values:
        raise HTTPException(400, f"{name}: expected a list of at least one example, received {kind(values)}")
    check_count(len(values), limit, name)
    return to_array(values, (len(values), *shape), name)


def to_array(values, shape, name):
    """Turn nested lists of exactly this shape into float32, or raise HTTPException 400."""
    level, is_right = [values], True
    for size in shape:
        is_right = is_right and set(map(type, level)) == {list} and set(map(len, level)) == {size}
        level = list(chain.from_iterable(level)) if is_right else []
    if not is_right or not set(map(type, level)) <= {int, float}:
        where, expected, received = _first_fault(values, shape, name)
        raise HTTPException(
            400, f"{name}: expected shape {shape}, received {kind(received)} at {where}, not {expected}"
        )
    return _floats(level).reshape(shape)


def finite(array, name):
    """Return an array if it holds neither infinity nor NaN; else HTTPException 400."""
    if not np.isfinite(array).all():
        raise HTTPException(400, f"{name}: expected finite numbers that float32 can hold, received others")
    return array


def check_count(count, limit, name):
    """Raise HTTPException 413 if a batch is too large."""
    if count > limit:
        raise HTTPException(413, f"{name}: expected at most {limit} examples, received {shown(count)}")


def kind(value):
    """A JSON value in a few words, however long it is."""
    return f"a list of {len(value)}" if isinstance(value, list) else shown(value)


def _floats(numbers):
    """A flat float32 array; what float32 cannot hold becomes infinity."""
    try:
        return np.frombuffer(struct.pack(f"{len(numbers)}f", *numbers), np.float32)  # faster than np.array
    except (OverflowError, struct.error):  # an integer that no float can hold
        return _floats([math.inf if abs(number) > 1e39 else number for number in numbers])


@lru_cache(maxsize=8)
def _brackets(shape):
    """The brackets and commas of one example: ``[,]`` for shape (2,)."""
    text = b""
    for size in reversed(shape):
        text = b"[" + b",".join([text] * size) + b"]"
    return text


def _first_fault(value, shape, where):
    """Where nested lists depart from a shape: (place, what should be there, what is), or None."""
    if not shape:
        return None if type(value) in (int, float) else (where, "a number", value)
    if type(value) is not list or len(value) != shape[0]:
        return where, f"a list of {shape[0]}", value
    faults = (_first_fault(inner, shape[1:], f"{where}[{index}]") for index, inner in enumerate(value))
    return next((fault for fault in faults if fault), None)
