"""What a wrong result has to do with the right one, if it is the same in every case of an exercise.

No exercise has to list these. A relation is told only if it holds in all cases, and what is told is what was
seen; where it suggests a cause, it asks.
"""

from collections.abc import Mapping

import numpy as np

from autorev_lib.exercises.comparison import difference

_ROUND_FACTORS = (2, 3, 4, 10, 100, 255, 1000)


def taken_apart(result):
    """The parts of a result, by a label: those of a tuple or dictionary, otherwise the whole, as ``""``."""
    if isinstance(result, Mapping):
        return {f"[{key!r}]": value for key, value in result.items()}
    if isinstance(result, tuple):
        return {f"result {number}": value for number, value in enumerate(result, start=1)}
    return {"": result}


def agree(received, wanted):
    """Whether two lists of results agree, case by case."""
    return all(difference(*pair) is None for pair in zip(received, wanted, strict=True))


def relate(received, wanted, sizes):
    """Say what wrong results have to do with the right ones.

    Args:
        received: The results of an answer, one for each case.
        wanted: The right ones.
        sizes: For each case the lengths of its arguments' axes, by words such as ``"rows of `x`"``; all cases
            have the same words.

    Returns:
        A clause such as ``"every number has the wrong sign"``, or None if no relation holds in every case.
    """
    try:
        received, wanted = (list(map(np.asarray, values)) for values in (received, wanted))
    except Exception:  # whatever an answer returns
        return None
    if not all(array.dtype.kind in "biuf" and np.isfinite(array).all() for array in (*received, *wanted)):
        return None
    wanted = [array.astype(float) for array in wanted]
    if _is_constant(received) and not _is_constant(wanted):
        return "the answer is the same, whatever the arguments are"
    for text, change in _CHANGES.items():
        changed = [change(array) for array in wanted]
        if _shows_something(changed, wanted) and agree(received, changed):
            return text
    if any(one.shape != other.shape for one, other in zip(received, wanted, strict=True)):
        return None
    return _factor(received, wanted, sizes)


_CHANGES = {
    "every number has the right size and the wrong sign": np.negative,
    "every number is one too large": lambda array: array + 1,
    "every number is one too small": lambda array: array - 1,
    "every number is 1 minus the right one": lambda array: 1 - array,
    "every number is the square of the right one": np.square,
    "every number is the root of the right one": lambda array: np.sqrt(np.abs(array)),
    "rows and columns are exchanged": np.transpose,
    "rows and columns of each table are exchanged": lambda array: (
        array.swapaxes(-2, -1) if array.ndim > 1 else array
    ),
    "the order is reversed": lambda array: array[::-1] if array.ndim else array,
    "the last axis is in reversed order": lambda array: array[..., ::-1] if array.ndim else array,
    "what should be negative is 0": lambda array: np.maximum(array, 0),
    "every number is rounded to a whole one": np.round,
}


def _is_constant(results):
    first = results[0]
    return all(result.shape == first.shape and np.allclose(result, first) for result in results[1:])


def _shows_something(changed, wanted):
    """Whether a change does something, and to more than a single number, which any number could be."""
    differ = [not (c.shape == w.shape and np.allclose(c, w)) for c, w in zip(changed, wanted, strict=True)]
    return sum(max(array.size, 1) for array, each in zip(wanted, differ, strict=True) if each) > 1


def _factor(received, wanted, sizes):
    """A factor that is the same in all cases, or is the length of an argument's axis in each of them."""
    if sum(np.count_nonzero(array) for array in wanted) < 2:
        return None
    factors = [_ratio(*pair) for pair in zip(received, wanted, strict=True)]
    known = [(factor, size) for factor, size in zip(factors, sizes, strict=True) if factor is not None]
    if not known or any(np.isnan(factor) for factor, _ in known):
        return None
    found = np.array([factor for factor, _ in known])
    for words in sizes[0]:
        lengths = np.array([size[words] for _, size in known], dtype=float)
        if np.ptp(lengths) == 0 or lengths.min() < 2:
            continue
        if np.allclose(found, lengths, rtol=1e-3):
            return f"every number is as many times too large as there are {words}. A sum in place of a mean?"
        if np.allclose(found, 1 / lengths, rtol=1e-3):
            return f"every number is as many times too small as there are {words}. Divided once too often?"
        ratio = lengths / (lengths - 1)
        named = {"N / (N − 1)": ratio, "(N − 1) / N": 1 / ratio}
        named |= {f"the root of {name}": np.sqrt(value) for name, value in named.items()}
        for name, value in named.items():
            if np.allclose(found, value, rtol=1e-4):
                return f"every number is off by the factor {name}, where N is the number of {words}"
    factor = found[0]
    if not np.allclose(found, factor, rtol=1e-3) or np.isclose(factor, 1, rtol=1e-3):
        return None
    for whole in _ROUND_FACTORS:
        if np.isclose(abs(factor), whole, rtol=1e-3):
            return f"every number is {factor:.0f} times as large as it should be"
        if np.isclose(abs(factor), 1 / whole, rtol=1e-3):
            return f"every number should be {1 / factor:.0f} times as large"
    return f"every number is {factor:.4g} times as large as it should be"


def _ratio(received, wanted):
    """What all numbers of a result are multiplied by: None if it cannot be said, NaN if they are not."""
    places = wanted != 0
    if not places.any():
        return None if not received.any() else np.nan
    ratios = received[places] / wanted[places]
    is_one = np.allclose(ratios, ratios.flat[0], rtol=1e-3, atol=0) and not received[~places].any()
    return float(np.median(ratios)) if is_one and ratios.flat[0] else np.nan
