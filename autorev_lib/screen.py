"""What only a person at the screen sees: what is going on, and for how long still. It is not stored."""

import contextlib
import os

from IPython import get_ipython
from IPython.display import DisplayHandle


def somebody_watches():
    """Tell whether this runs in Jupyter, and not in a run whose outputs are stored or compared."""
    if os.environ.get("AUTOREV_PROGRESS") == "plain":
        return False
    shell = get_ipython()
    return shell is not None and hasattr(shell, "kernel")


class Lines:
    """Lines of text in the output of a cell that may change until the cell is done."""

    def __init__(self):
        self._handle = None

    def show(self, text):
        """Show a text in place of the one before; where nobody watches, nothing."""
        if self._handle:
            self._handle.update({"text/plain": text}, raw=True)
        elif somebody_watches():
            self._handle = DisplayHandle()
            self._handle.display({"text/plain": text}, raw=True)


@contextlib.contextmanager
def busy(text):
    """Show what is being done while the block runs, and nothing after that."""
    lines = Lines()
    lines.show(text)
    try:
        yield lines
    finally:
        lines.show("")


def time_left(seconds, done, total):
    """Say in words how long something still takes, if it goes on as it went: ``"8 s left"``.

    Args:
        seconds: How long it has taken so far.
        done: How much of it is done, positive.
        total: How much there is.
    """
    left = seconds / done * (total - done)
    return f"{left / 60:.0f} min left" if left >= 90 else f"{left:.0f} s left"
