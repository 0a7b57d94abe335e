"""Comparing what an answer returns with what is wanted, whatever library computed it."""

import contextlib
import copy
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Number

import numpy as np

_RELATIVE_TOLERANCE = 1e-3
_MAX_LISTED = 6
_MAX_PASTED = 16
_PLAIN = (int, float, complex, str, bool, np.random.Generator)


@dataclass(frozen=True)
class Difference:
    """Where an answer departs from what is wanted, in words that do not tell what is wanted."""

    text: str
    is_form: bool
    """Whether the shape or type is wrong, rather than the numbers."""
    is_shape: bool = False
    """Whether it is the shape alone."""


def snapshot(value):
    """Copy a value so that nothing done to it later changes the copy; tensors become NumPy arrays."""
    if isinstance(value, Mapping):
        return {key: snapshot(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return type(value)(snapshot(item) for item in value) if type(value) in (tuple, list, set) else value
    if hasattr(value, "iloc"):  # a pandas table
        return value.copy()
    if hasattr(value, "toarray"):  # a sparse matrix
        return value.toarray()
    if isinstance(value, np.ndarray) or hasattr(value, "__array__"):
        with contextlib.suppress(ValueError):  # a tensor of Keras that stands for what is not computed yet
            return np.array(value)
        return value
    return copy.deepcopy(value) if isinstance(value, _PLAIN) else value


def is_same(one, other):
    """Whether two values are the same to the bit, as far as they can be changed in place."""
    if isinstance(one, np.ndarray):  # where NaN is the same as NaN
        return one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if hasattr(one, "iloc"):
        return one.equals(other)
    return not isinstance(one, int | float | str | bool) or repr(one) == repr(other)


def taken_apart(result, like):
    """The parts of a result, by a label: those of a tuple or dictionary, otherwise the whole, as ``""``.

    Args:
        result: What an answer gave.
        like: What is wanted; an array counts as several results if its rows have the shapes of these.

    Returns:
        A dictionary, or None if the result has not the parts of the wanted one.
    """
    if isinstance(like, Mapping):
        is_alike = isinstance(result, Mapping) and set(result) == set(like)
        return {_key(key): result[key] for key in like} if is_alike else None
    if isinstance(like, tuple):
        items = as_results(result, like)
        return {f"result {i}": item for i, item in enumerate(items, start=1)} if items else None
    return {"": result}


def _key(key):
    return f"`{key}`" if isinstance(key, str) else f"[{key!r}]"


def as_results(received, wanted):
    """A tuple, list or array as so many results as are wanted; None if it is something else.

    One array counts as several results only if each row has the shape of its result.
    """
    if _length(received) != len(wanted):
        return None
    if isinstance(received, tuple | list):
        return tuple(received)
    if not hasattr(received, "shape"):
        return None
    fits = all(np.shape(row) == np.shape(item) for row, item in zip(received, wanted, strict=True))
    return tuple(received) if fits else None


def difference(received, wanted):
    """Compare a value with the one that is wanted.

    A number agrees within a thousandth of itself, or a ten-thousandth of the largest wanted one, so that
    float32 and another order of summation pass; whole numbers, such as counts, agree exactly but for
    rounding. Lists and tensors of any library count as arrays; tuples are compared item by item.

    Args:
        received: What the answer gave.
        wanted: A number, an array, a set, or a tuple or dictionary of these.

    Returns:
        None if they agree, or the first :class:`Difference`.
    """
    if wanted is None:
        text = f"expected None, received {describe(received)}"
        return None if received is None else Difference(text, is_form=not isinstance(received, Number))
    if isinstance(wanted, str):
        return (
            None if received == wanted else Difference(f"expected text, received {describe(received)}", True)
        )
    if received is None:
        return Difference("it returned `None`. Is there a `return`?", is_form=True)
    if isinstance(wanted, Mapping):
        if not isinstance(received, Mapping) or set(received) != set(wanted):
            return Difference(f"expected a dictionary with the keys {_listed(wanted)}", is_form=True)
        pairs = [(_key(key), received[key], wanted[key]) for key in wanted]
        return _first_difference(pairs)
    if isinstance(wanted, tuple):
        results = as_results(received, wanted)
        if results is None:
            return Difference(f"expected {len(wanted)} results, received {describe(received)}", is_form=True)
        pairs = [(f"result {i}", *both) for i, both in enumerate(zip(results, wanted, strict=True), start=1)]
        return _first_difference(pairs)
    if isinstance(wanted, set | frozenset):
        if not isinstance(received, set | frozenset):
            return Difference(f"expected a set, received {describe(received)}", is_form=True)
        return None if received == wanted else Difference("the set holds other things", is_form=False)
    return _array_difference(received, wanted)


def _first_difference(items):
    for name, received, wanted in items:
        found = difference(received, wanted)
        if found:
            return Difference(f"{name}: {found.text}", found.is_form, found.is_shape)
    return None


def _array_difference(received, wanted):
    wanted = _plain_numbers(np.asarray(wanted))
    if wanted.dtype.kind == "b":
        wanted = wanted.astype(int)
    try:
        array = _plain_numbers(np.asarray(received))
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind not in "biufc":
        return Difference(f"expected {_kind(wanted)}, received {describe(received)}", is_form=True)
    if array.shape != wanted.shape:
        text = f"expected {_kind(wanted)}, received {_kind(array)}"
        return Difference(text, is_form=True, is_shape=True)
    scale = np.max(np.abs(wanted[np.isfinite(wanted)]), initial=0.0)
    if wanted.dtype.kind in "iu":
        relative, absolute = 1e-7, 1e-9
    else:
        relative, absolute = _RELATIVE_TOLERANCE, 1e-4 * scale + 1e-9
    close = np.isclose(array, wanted, rtol=relative, atol=absolute, equal_nan=True)
    if close.all():
        return None
    return Difference(_relation(array, wanted, close), is_form=False)


def _plain_numbers(array):
    """Fractions, decimals and pandas' missing values as floats, if an array of objects holds nothing else."""
    if array.dtype.kind != "O" or array.size == 0:
        return array
    numbers = [np.nan if _is_missing(item) else item for item in array.flat]
    if not all(isinstance(item, Number | Decimal) and not isinstance(item, complex) for item in numbers):
        return array
    return np.array([float(item) for item in numbers]).reshape(array.shape)


def _is_missing(item):
    return type(item).__name__ == "NAType"


def _relation(array, wanted, close):
    if not np.isfinite(array).all() and np.isfinite(wanted).all():
        return "the result is not finite"
    if np.allclose(array, -wanted, rtol=_RELATIVE_TOLERANCE):
        return "the size is right, the sign is not"
    if array.size == 1:
        return f"{describe(array)} is not the right number"
    if close.any():
        return f"{(~close).sum()} of the {close.size} numbers are off"
    return "the shape is right, the numbers are not"


def describe(value):
    """Describe a value in a few words: small ones in full, large arrays by their shape."""
    if isinstance(value, np.ndarray) or (hasattr(value, "shape") and hasattr(value, "__array__")):
        try:
            array = np.asarray(value)
        except ValueError:
            return f"a {type(value).__name__}"
        if array.ndim == 0:
            return f"{array.item():.6g}" if array.dtype.kind == "f" else str(array.item())
        if array.size <= _MAX_LISTED:
            return np.array2string(array, precision=4, separator=", ").replace("\n", "")
        return f"array{array.shape}"
    if isinstance(value, tuple):
        return f"({', '.join(describe(item) for item in value)})"
    if isinstance(value, float):
        return f"{value:.6g}"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def pasteable(value):
    """Write a value as Python code, or "" if that would be too long or cannot be done."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        if value.size > _MAX_PASTED or not np.isfinite(value).all():
            return ""
        dtype = "" if value.dtype in (np.float64, np.int64, np.bool_) else f', "{value.dtype}"'
        return f"np.array({value.tolist()}{dtype})"
    if isinstance(value, tuple | list):
        items = [pasteable(item) for item in value]
        is_short = all(items) and len(items) <= _MAX_PASTED
        text = f"{', '.join(items)}{',' if len(items) == 1 and isinstance(value, tuple) else ''}"
        return (f"({text})" if isinstance(value, tuple) else f"[{text}]") if is_short else ""
    return (
        repr(value) if isinstance(value, int | float | str | bool | bytes) and len(repr(value)) < 80 else ""
    )


def _length(value):
    try:
        return len(value)
    except TypeError:
        return None


def _kind(array):
    return "a single number" if array.ndim == 0 else f"shape {array.shape}"


def _listed(names):
    return ", ".join(repr(name) for name in names)
