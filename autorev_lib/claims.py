"""Claims: what the text says about a result, asserted next to the sentence that says it.

There are two kinds. An *identity* holds by construction: a count, an equality of two formulas. A *finding* is
something the data said, so it names a rival, another explanation of what was seen, for which the very same
check fails. A check that the rival passes as well shows nothing, and stops the notebook.
"""

import html
from typing import NamedTuple

import numpy as np
from IPython.display import display


class Claim(NamedTuple):
    """A claim that was checked and holds."""

    kind: str
    measured: str = ""
    """Of a finding, the numbers that the check was made on."""
    rival: str = ""
    """Of a finding, the rival and its numbers."""


class Claims:
    """The claims of one notebook, checked as they are made and listed at the end.

    >>> claims = Claims()
    >>> claims.identity("Two and two make four.", 2 + 2 == 4)
    ✔ Two and two make four.

    A claim is worded so that it is true on every machine: a bound, an order, an agreement. Leave the instance
    as the last line of a cell to show all its claims as a table.
    """

    def __init__(self):
        self._claims = {}

    def identity(self, text, holds, measured=None):
        """Show a sentence that holds by construction with a tick; stop the notebook if it does not hold.

        Args:
            text: The claim, as one sentence.
            holds: The condition, true or false (a NumPy bool is fine).
            measured: What the condition was computed from; shown only if the claim fails.

        Raises:
            TypeError: ``holds`` is not a single truth value.
            AssertionError: The claim does not hold. The message has the claim and ``measured``.
        """
        holds = _truth(holds, text)
        self._show(text, holds, Claim("identity"))
        if not holds:
            self._fail(f"This claim does not hold: {text}" + _reason(measured))

    def finding(self, text, test, measured, rival, rival_measured):
        """Show what the data said, and that the rival does not say it; stop the notebook otherwise.

        Args:
            text: The claim, as one sentence.
            test: The check: a function from what was measured to true or false.
            measured: A number, or several.
            rival: Another explanation, in a few words: the trivial baseline, shuffled labels, another cause.
            rival_measured: The same as ``measured``, for the rival.

        Raises:
            TypeError: ``test`` does not give a single truth value.
            AssertionError: The claim does not hold, or its rival passes the check as well.
        """
        holds, rival_holds = (_truth(test(each), text) for each in (measured, rival_measured))
        found, other = _in_words(measured), _in_words(rival_measured)
        numbers = {"measured": _numbers(measured), "rival_measured": _numbers(rival_measured)}
        self._show(text, holds and not rival_holds, Claim("finding", found, f"{rival}: {other}"), numbers)
        if not holds:
            self._fail(f"This claim does not hold: {text} Measured: {found}")
        elif rival_holds:
            self._fail(f"This claim shows nothing, since its rival passes: {text} {rival}: {other}")

    def _show(self, text, holds, claim, numbers=None):
        lines = [f"{'✔' if holds else '✘'} {text}"]
        if claim.kind == "finding":
            lines.append(f"  measured {claim.measured} | rival, {claim.rival}")
        first, *more = map(html.escape, lines)
        markup = f"<div>{first}{''.join(f'<br><small>{line}</small>' for line in more)}</div>"
        display(
            {"text/plain": "\n".join(lines), "text/html": markup},  # HTML continues between words
            raw=True,
            metadata={"autorev": {"claim": text, "holds": holds, "kind": claim.kind} | (numbers or {})},
        )
        self._claims.pop(text, None)  # it may have held before a change further up
        if holds:
            self._claims[text] = claim

    def _fail(self, message):
        raise AssertionError(message)

    def __len__(self):
        return len(self._claims)

    def __repr__(self):
        lines = [f"{number:2d}. ✔ {text}" for number, text in enumerate(self._claims, start=1)]
        return "\n".join(["Claims of this notebook, each checked in this run:", *lines])

    def _repr_markdown_(self):
        numbered = enumerate(self._claims.items(), start=1)
        rows = [f"| {n} | {text} | {c.kind} | {c.measured} | {c.rival} |" for n, (text, c) in numbered]
        heading = "|  | Claim, checked in this run | Kind | Measured | Rival, which fails |"
        return "\n".join([heading, "|--:|:--|:--|:--|:--|", *rows])


def _truth(holds, text):
    try:
        return bool(holds)
    except (TypeError, ValueError) as error:
        raise TypeError(f"holds: expected one truth value for {text!r}, received {holds!r}") from error


def _numbers(measured):
    return [float(number) for number in np.ravel(measured)]


def _in_words(measured):
    """Three digits of each number, a point in all that are below 100: ``0.0497, −5.78, 1.00``."""
    return ", ".join(f"{number:#.3g}".rstrip(".").replace("-", "−") for number in _numbers(measured))


def _reason(measured):
    return "" if measured is None else f" Measured: {measured}"
