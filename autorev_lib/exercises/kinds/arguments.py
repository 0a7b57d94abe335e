"""Wrong results that would be right for other arguments: exchanged, ignored, or changed on the way in."""

import itertools

import numpy as np


def misreadings(parameters, cases):
    """Yield the ways in which a function may misread its arguments.

    Args:
        parameters: The names of its parameters.
        cases: Tuples of arguments, one for each case.

    Yields:
        The name of the mistake, a sentence about it, and a function from arguments to what is made of them.
    """
    count = min(map(len, cases))
    for one, other in itertools.combinations(range(count), 2):
        names = f"`{parameters[one]}` and `{parameters[other]}`"
        yield "exchanges_arguments", f"{names} are taken for each other.", _exchange(one, other)
    for place in range(count):
        name = f"`{parameters[place]}`"
        for value in _numbers([case[place] for case in cases]):
            text = f"{name} is ignored: whatever it is, the result is the one for {value:.6g}."
            yield "ignores_argument", text, _change(place, lambda _, value=value: value)
        for text, change in _CHANGES.items():
            yield "changes_argument", f"That would be right for {text} {name}.", _change(place, change)


def _numbers(values):
    """The different numbers that an argument is in some cases, if it is a number in all of them."""
    if not all(np.ndim(value) == 0 and isinstance(value, int | float | np.number) for value in values):
        return []
    different = list(dict.fromkeys(values))
    return different if len(different) > 1 else []


def _exchange(one, other):
    def changed(arguments):
        arguments = list(arguments)
        arguments[one], arguments[other] = arguments[other], arguments[one]
        return tuple(arguments)

    return changed


def _change(place, change):
    def changed(arguments):
        return tuple(change(each) if at == place else each for at, each in enumerate(arguments))

    return changed


def _of_tables(change):
    """Do something to arrays with rows and columns, and nothing to what has none."""
    return lambda value: change(value) if np.ndim(value) > 1 else value


def _of_arrays(change):
    return lambda value: change(value) if isinstance(value, np.ndarray) and value.ndim else value


def _of_sequences(change):
    return lambda value: change(value) if isinstance(value, list) or np.ndim(value) else value


_CHANGES = {
    "the absolute value of": np.abs,
    "minus": np.negative,
    "the whole part of": np.trunc,
    "rounded": np.round,
    "one more than": lambda value: value + 1 if isinstance(value, int) else value,
    "one less than": lambda value: value - 1 if isinstance(value, int) else value,
    "the square of": np.square,
    "the transpose of": _of_tables(np.transpose),
    "sorted": _of_arrays(lambda value: np.sort(value, axis=0)),
    "reversed": _of_sequences(lambda value: value[::-1]),
    "only the first of": _of_tables(lambda value: value[:1]),
    "all but the first of": _of_sequences(lambda value: value[1:]),
    "all but the last of": _of_sequences(lambda value: value[:-1]),
}
