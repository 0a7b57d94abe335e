"""How the server says no to a request."""


class RequestError(Exception):
    """A request cannot be answered. The text goes to the client as ``{"error": "..."}``.

    Args:
        status: The HTTP status, 4xx or 503.
        error: What was expected and what was received.
        headers: More headers for the answer, a dictionary.
    """

    def __init__(self, status, error, headers=None):
        super().__init__(error)
        self.status = status
        self.headers = headers or {}


def overloaded(error):
    """Say that there is more to do than can be done; the client is asked to come back in a second.

    Args:
        error: What there is too much of.

    Returns:
        A :class:`RequestError` to raise.
    """
    return RequestError(503, error, {"Retry-After": "1"})
