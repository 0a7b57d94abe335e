"""Verdicts: what the checker says of an answer, as plain text and as HTML."""

import enum
import html
import re
from dataclasses import dataclass


class Status(enum.StrEnum):
    """The five things that can be said of an answer."""

    NOT_ATTEMPTED = "not_attempted"
    ERROR = "error"
    WRONG_FORM = "wrong_form"
    WRONG = "wrong"
    CORRECT = "correct"


_HEADLINES = {
    Status.NOT_ATTEMPTED: "○ Not attempted yet.",
    Status.ERROR: "✘ Your code did not get through.",
    Status.WRONG_FORM: "✘ Not the form that was asked for.",
    Status.WRONG: "✘ Not right yet.",
    Status.CORRECT: "✔ Correct.",
}
_COLOURS = {
    Status.NOT_ATTEMPTED: "#757575",
    Status.ERROR: "#c62828",
    Status.WRONG_FORM: "#b26a00",
    Status.WRONG: "#b26a00",
    Status.CORRECT: "#2e7d32",
}
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Verdict:
    """What the checker says of one answer.

    It shows itself as a box in JupyterLab and as plain text elsewhere.
    """

    status: Status
    message: str
    """Sentences for the student, with code between backticks. Never the right answer."""
    mistake: str | None = None
    """The name of the typical mistake that was recognised."""
    printed: str = ""
    """The beginning of what the answer printed while it was checked."""
    share: float = 0.0
    """Which part of the answer is right, from 0 to 1; only several values have parts."""
    headline: str = ""
    """In place of the one of its status."""

    def __str__(self):
        parts = [f"{self.headline or _HEADLINES[self.status]} {self.message}".rstrip()]
        if self.printed:
            parts.append(f"Your code printed:\n{self.printed}")
        return "\n".join(parts)

    def _repr_mimebundle_(self, include=None, exclude=None):
        body = _to_html(self.message)
        if self.printed:
            body += f"<br>Your code printed:<pre style='margin: 0'>{html.escape(self.printed)}</pre>"
        return boxed(self.headline or _HEADLINES[self.status], body, str(self), _COLOURS[self.status])


def ended(text):
    """A sentence with its full stop, unless it ends in a question or where something was cut off."""
    return text if text.endswith(("?", "...")) else f"{text}."


def boxed(headline, body, text, colour="#1565c0"):
    """Make a box with a coloured edge for JupyterLab, and the same as plain text.

    Returns:
        A mapping from MIME type to content, as ``IPython.display.display(..., raw=True)`` takes it.
    """
    style = f"border-left: 4px solid {colour}; padding: 0.3em 0 0.3em 0.9em; max-width: 52em"
    box = f"<div style='{style}'><strong>{html.escape(headline)}</strong> {body}</div>"
    return {"text/plain": text, "text/html": box}


def to_box(headline, message):
    """Make a box of a headline and a message with code between backticks; see :func:`boxed`."""
    return boxed(headline, _to_html(message), f"{headline} {message}")


def _to_html(message):
    escaped = _CODE.sub(r"<code>\1</code>", html.escape(message, quote=False))
    return escaped.replace("\n", "<br>")
