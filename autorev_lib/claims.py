"""Claims: what the text says about a result, asserted next to the sentence that says it."""

import html

from IPython.display import display


class Claims:
    """The claims of one notebook, checked as they are made and listed at the end.

    >>> claims = Claims()
    >>> claims.check("Two and two make four.", 2 + 2 == 4)
    ✔ Two and two make four.

    A claim is worded so that its line is the same on every machine: a bound, an order, an agreement.
    Leave the instance as the last line of a cell to show all its claims as a table.
    """

    def __init__(self):
        self._texts = []

    def check(self, text, holds, measured=None):
        """Show ``text`` with a tick if it holds; stop the notebook if it does not.

        Args:
            text: The claim, as one sentence.
            holds: The condition, true or false (a NumPy bool is fine).
            measured: What the condition was computed from; shown only if the claim fails.

        Raises:
            TypeError: ``holds`` is not a single truth value.
            AssertionError: The claim does not hold. The message has the claim and ``measured``.
        """
        try:
            holds = bool(holds)
        except (TypeError, ValueError) as error:
            raise TypeError(f"holds: expected one truth value for {text!r}, received {holds!r}") from error
        mark = "✔" if holds else "✘"
        line = f"{mark} {text}"
        display(
            {"text/plain": line, "text/html": f"<div>{html.escape(line)}</div>"},  # wraps between words
            raw=True,
            metadata={"autorev": {"claim": text, "holds": holds}},
        )
        if not holds:
            raise AssertionError(f"This claim does not hold: {text}" + _reason(measured))
        if text not in self._texts:
            self._texts.append(text)

    def __len__(self):
        return len(self._texts)

    def __repr__(self):
        lines = [f"{number:2d}. ✔ {text}" for number, text in enumerate(self._texts, start=1)]
        return "\n".join(["Claims of this notebook, each checked in this run:", *lines])

    def _repr_markdown_(self):
        rows = [f"| {number} | {text} | ✔ |" for number, text in enumerate(self._texts, start=1)]
        return "\n".join(["|  | Claim, checked in this run | Holds |", "|--:|:--|:-:|", *rows])


def _reason(measured):
    return "" if measured is None else f" Measured: {measured}"
