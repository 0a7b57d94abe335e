"""What a wrong result has to do with the right one, if it is the same in every case of an exercise.

No exercise has to list these. A relation is told only if it holds in all cases, and what is told is what was
seen; where it suggests a cause, it asks.
"""

import numpy as np

from autorev_lib.exercises.comparison import difference

_ROUND_FACTORS = (2, 3, 4, 10, 100, 255, 1000)
_KNOWN_FACTORS = {
    1 / np.log(2): "1 / ln 2. A logarithm to base 2?",
    1 / np.log(10): "1 / ln 10. A logarithm to base 10?",
    np.pi / 180: "π / 180. Degrees and radians?",
    180 / np.pi: "180 / π. Degrees and radians?",
}


def agree(received, wanted):
    """Whether two lists of results agree, case by case."""
    return len(received) == len(wanted) and all(
        difference(*pair) is None for pair in zip(received, wanted, strict=True)
    )


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
    if text := _among_several(received, wanted):
        return text
    received, wanted, sizes = _without_infinite(received, wanted, sizes)
    arrays = _finite(received, wanted)
    if arrays is None:
        return None
    received, wanted = arrays
    if _is_constant(received) and not _is_constant(wanted):
        return "the answer is the same, whatever the arguments are"
    for text, change in _CHANGES.items():
        changed = [change(array) for array in wanted]
        if _shows_something(changed, wanted) and agree(received, changed):
            return text
    for text, change in _MISSING_STEPS.items():
        if all(array.ndim for array in received) and agree([change(array) for array in received], wanted):
            return text
    return _factor(received, wanted, sizes)


def _factor(received, wanted, sizes):
    """By which factor all numbers are off: one that is the same in all cases, or a length of an argument."""
    if any(one.shape != other.shape for one, other in zip(received, wanted, strict=True)):
        return None
    if sum(np.count_nonzero(array) for array in wanted) < 2:
        return None
    factors = [_ratio(*pair) for pair in zip(received, wanted, strict=True)]
    known = [(each, size) for each, size in zip(factors, sizes, strict=True) if each is not None]
    if not known or any(np.isnan(each) for each, _ in known):
        return None
    found = np.array([each for each, _ in known])
    return _a_length(found, [size for _, size in known]) or _a_constant(found) or _others(factors, wanted)


def _among_several(received, wanted):
    """Say so if an answer returns several things, one of which is right."""
    if not all(isinstance(value, tuple | list) and len(value) == len(received[0]) for value in received):
        return None
    for place in range(len(received[0])):
        if agree([value[place] for value in received], wanted):
            if len(received[0]) == 1:
                return "the right one is there, but inside a list or a tuple"
            return f"it returns {len(received[0])} things, and number {place + 1} of them is the right one"
    return None


def _without_infinite(received, wanted, sizes):
    """Leave out the cases whose result is right and infinite: they tell nothing of a relation."""
    triples = list(zip(received, wanted, sizes, strict=True))
    kept = [triple for triple in triples if not (_is_infinite(triple[1]) and agree(*zip(triple[:2])))]
    return zip(*kept, strict=True) if kept else (received, wanted, sizes)


def _is_infinite(value):
    return isinstance(value, float | np.ndarray) and np.isinf(value).any()


def _finite(received, wanted):
    """Both as lists of arrays, the wanted ones of floats; None unless all are finite numbers."""
    try:
        received, wanted = (list(map(np.asarray, values)) for values in (received, wanted))
    except Exception:  # whatever an answer returns
        return None
    if not all(array.dtype.kind in "biuf" and np.isfinite(array).all() for array in (*received, *wanted)):
        return None
    return received, [array.astype(float) for array in wanted]


def _of_rows(change):
    """Do something to arrays with axes, and nothing to single numbers."""
    return lambda array: change(array) if array.ndim else array


def _where_possible(change):
    """Compute something that may be undefined; where it is, there is no relation."""

    def changed(array):
        with np.errstate(all="ignore"):
            return change(array)

    return changed


_CHANGES = {
    "every number has the right size and the wrong sign": np.negative,
    "every number has lost its sign": np.abs,
    "every number is one too large": lambda array: array + 1,
    "every number is one too small": lambda array: array - 1,
    "every number is 1 minus the right one": lambda array: 1 - array,
    "every number is the right one minus 1, with the sign turned round": lambda array: -1 - array,
    "every number is the square of the right one. Is a root missing?": np.square,
    "every number is the root of the right one": lambda array: np.sqrt(np.abs(array)),
    "every number is the reciprocal of the right one": _where_possible(lambda array: 1 / array),
    "every number is the exponential of the right one. Is a logarithm missing?": _where_possible(np.exp),
    "every number is the logarithm of the right one": _where_possible(np.log),
    "every number is minus the logarithm of the right one": _where_possible(lambda array: -np.log(array)),
    "rows and columns are exchanged": np.transpose,
    "rows and columns of each table are exchanged": lambda array: (
        array.swapaxes(-2, -1) if array.ndim > 1 else array
    ),
    "the order is reversed": _of_rows(lambda array: array[::-1]),
    "the last axis is in reversed order": _of_rows(lambda array: array[..., ::-1]),
    "everything has moved by one place": _of_rows(lambda array: np.roll(array, 1, axis=0)),
    "everything has moved back by one place": _of_rows(lambda array: np.roll(array, -1, axis=0)),
    "the first one is missing": _of_rows(lambda array: array[1:]),
    "the last one is missing": _of_rows(lambda array: array[:-1]),
    "the numbers are right, but sorted": _of_rows(np.sort),
    "only the first one is there": _of_rows(lambda array: array[0]),
    "only the last one is there": _of_rows(lambda array: array[-1]),
    "only the first number is there. Does a `return` stand inside a loop?": lambda array: (
        array.ravel()[:1][0] if array.ndim > 1 else array
    ),
    "it is one number for all of them, their mean": _of_rows(np.mean),
    "it is one number for all of them, their sum": _of_rows(np.sum),
    "they have been added up one after the other": _of_rows(lambda array: np.cumsum(array, axis=0)),
    "there is an axis of length 1 too many, at the end": lambda array: array[..., None],
    "there is an axis of length 1 too many, at the beginning": lambda array: array[None],
    "the numbers are right, but all in one row": _of_rows(np.ravel),
    "an axis of length 1 is missing": _of_rows(np.squeeze),
    "what should be negative is 0": lambda array: np.maximum(array, 0),
    "what should be above 1 is 1": lambda array: np.minimum(array, 1),
    "every number is rounded to a whole one": np.round,
    "every number is cut off to a whole one": np.trunc,
    "every number is rounded up to a whole one": np.ceil,
    "every number is rounded down to a whole one": np.floor,
    "every number is rounded to one decimal": lambda array: np.round(array, 1),
    "every number is rounded to two decimals": lambda array: np.round(array, 2),
}
# What would make a received result the wanted one, if it had not been left out.
_MISSING_STEPS = {
    "there are many numbers, and their mean would be right. Is it missing?": np.mean,
    "there are many numbers, and their sum would be right. Is it missing?": np.sum,
    "the mean over the first axis is missing": lambda array: array.mean(axis=0),
    "the mean over the last axis is missing": lambda array: array.mean(axis=-1),
    "the sum over the first axis is missing": lambda array: array.sum(axis=0),
    "the sum over the last axis is missing": lambda array: array.sum(axis=-1),
}


def _is_constant(results):
    first = results[0]
    return all(result.shape == first.shape and np.allclose(result, first) for result in results[1:])


def _shows_something(changed, wanted):
    """Whether a change does something, and to more than a single number, which any number could be."""
    if not all(np.isfinite(array).all() for array in changed):
        return False
    differ = [not (c.shape == w.shape and np.allclose(c, w)) for c, w in zip(changed, wanted, strict=True)]
    return sum(max(array.size, 1) for array, each in zip(wanted, differ, strict=True) if each) > 1


def _a_length(found, sizes):
    """The factors in words, if in each case it is made of the length of the same axis."""
    for words in sizes[0]:
        lengths = np.array([size[words] for size in sizes], dtype=float)
        if np.ptp(lengths) == 0 or lengths.min() < 1:
            continue
        if np.allclose(found, lengths, rtol=1e-3):
            return f"every number is as many times too large as there are {words}. A sum in place of a mean?"
        if np.allclose(found, 1 / lengths, rtol=1e-3):
            return f"every number is as many times too small as there are {words}. Divided once too often?"
        with np.errstate(divide="ignore"):  # a factor of N - 1 is infinite where N is 1: then it is not seen
            ratio = lengths / (lengths - 1)
        named = {
            "N / (N − 1)": ratio,
            "(N − 1) / N": 1 / ratio,
            "(N + 1) / N": (lengths + 1) / lengths,
            "N / (N + 1)": lengths / (lengths + 1),
        }
        named |= {f"the root of {name}": np.sqrt(value) for name, value in named.items()}
        named |= {
            "the root of N": np.sqrt(lengths),
            "1 / the root of N": 1 / np.sqrt(lengths),
            "1 / N²": 1 / lengths**2,
            "2 / N": 2 / lengths,
            "N / 2": lengths / 2,
        }
        for name, value in named.items():
            if np.allclose(found, value, rtol=1e-4):
                return f"every number is off by the factor {name}, where N is the number of {words}"
    return None


def _a_constant(found):
    """The factors in words, if they are the same in all cases, and not 1."""
    constant = found[0]
    if not np.allclose(found, constant, rtol=1e-3) or np.isclose(constant, 1, rtol=1e-3):
        return None
    for known, text in _KNOWN_FACTORS.items():
        if np.isclose(abs(constant), known, rtol=1e-3):
            return f"every number is off by the factor {text}"
    for whole in _ROUND_FACTORS:
        if np.isclose(abs(constant), whole, rtol=1e-3):
            return f"every number is {constant:.0f} times as large as it should be"
        if np.isclose(abs(constant), 1 / whole, rtol=1e-3):
            return f"every number should be {1 / constant:.0f} times as large"
    return f"every number is {constant:.4g} times as large as it should be"


def _others(factors, wanted):
    """Whether each result has one factor for all its numbers, but not all results the same."""
    pairs = zip(factors, wanted, strict=True)
    found = [factor for factor, array in pairs if factor and np.count_nonzero(array) > 1]
    if len(found) < 2 or np.allclose(found, found[0], rtol=1e-3):
        return None
    return "all numbers are off by one factor, but not by the same in all cases. What are they divided by?"


def _ratio(received, wanted):
    """What all numbers of a result are multiplied by: None if it cannot be said, NaN if they are not."""
    places = wanted != 0
    if not places.any():
        return None if not received.any() else np.nan
    ratios = received[places] / wanted[places]
    is_one = np.allclose(ratios, ratios.flat[0], rtol=1e-3, atol=0) and not received[~places].any()
    return float(np.median(ratios)) if is_one and ratios.flat[0] else np.nan
