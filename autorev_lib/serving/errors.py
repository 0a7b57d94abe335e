"""How the server says no to a request: HTTPException, whose text goes out as ``{"error": "..."}``."""

import re

from fastapi import HTTPException
from fastapi.responses import JSONResponse


def busy(text, seconds=1):
    """An HTTPException that asks the client to come back later."""
    return HTTPException(503, text, {"Retry-After": str(seconds)})


def refusal(error):
    """The response that an HTTPException stands for."""
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


def explain(errors):
    """The first of pydantic's errors in a body, in a sentence that says what was expected and received."""
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    match first["type"]:
        case "json_invalid":
            return f"body: expected JSON, received something else: {first['ctx']['error']}"
        case "missing":
            return f"{where}: expected a value, received none"
        case "value_error":  # our own words
            return str(first["ctx"]["error"])
    expected = re.sub(r"^\w+ should (be|have)", "expected", first["msg"])
    return f"{where}: {expected}, received {shown(first['input'])}"


def shown(value):
    """A value as Python writes it, cut short."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
