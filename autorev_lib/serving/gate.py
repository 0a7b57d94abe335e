"""What a request must pass before anything is done with it: who asks, how much, and is there room."""

import asyncio
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import urlsplit

from pydantic_core import to_json

from autorev_lib.serving.errors import RequestError, overloaded
from autorev_lib.serving.open_inference import HEADER_LENGTH

BODY = "autorev.body"
_BINARY_HEADER = HEADER_LENGTH.lower().encode()


@dataclass(frozen=True)
class Limits:
    """How much a server takes on."""

    body_bytes: int = 8 << 20
    """Of one request."""
    body_seconds: float = 20.0
    """In which a client must have sent its body."""
    buffered_bytes: int = 64 << 20
    """Of all bodies that are being received."""
    in_flight: int = 256
    """POST requests that are being received or answered."""
    batch: int = 1024
    """Examples in one request."""
    threaded: int = 16
    """Requests that are so much work that a thread does it, waiting ones included."""


class Gate:
    """An ASGI middleware that turns away what is not for us or too much, and reads bodies within limits.

    Args:
        app: The ASGI app; it finds the body of a POST request in the scope, under :data:`BODY`.
        limits: A :class:`Limits`.
        hosts: Names by which the server may be addressed; ``*`` in them matches anything. None for any name.
            A page from elsewhere that made the browser believe that its name has our address stops here.
        origins: Names of other hosts whose pages may send requests, as behind a proxy; likewise.
    """

    def __init__(self, app, limits, hosts, origins):
        self._app = app
        self._limits = limits
        self._hosts = hosts
        self._origins = origins
        self._in_flight = 0
        self._buffered = 0

    async def __call__(self, scope, receive, send):
        """Let a request pass, or answer it with an error."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            self._check_host(headers)
            if scope["method"] == "POST":
                self._check_origin(headers)
                _check_type(headers)
                self._check_room(headers)
        except RequestError as error:
            await _refuse(send, error)
            return
        if scope["method"] == "POST":
            await self._pass_with_body(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _pass_with_body(self, scope, receive, send):
        self._in_flight += 1
        try:
            try:
                async with asyncio.timeout(self._limits.body_seconds):
                    body = await self._read(receive)
            except RequestError as error:
                await _refuse(send, error)
            except TimeoutError:
                late = f"body: expected all of it within {self._limits.body_seconds:g} s, received a part"
                await _refuse(send, RequestError(408, late, {"Connection": "close"}))
            else:
                if body is not None:
                    scope[BODY] = body
                    await self._app(scope, receive, send)
        finally:
            self._in_flight -= 1

    def _check_host(self, headers):
        host = _text(headers.get(b"host"))
        if self._hosts is not None and not _is_among(host, self._hosts):
            expected = " or ".join(self._hosts)
            raise RequestError(421, f"Host: expected {expected} (see --allow-host), received {host[:100]!r}")

    def _check_origin(self, headers):
        """Turn away what a browser sends on behalf of another site's page."""
        if b"origin" in headers:
            host, origin = _text(headers.get(b"host")), _text(headers[b"origin"])
            netloc = origin.partition("://")[2]
            if netloc != host and not _is_among(netloc, self._origins):
                raise RequestError(
                    403, f"Origin: expected this server, {host[:100]!r}, received {origin[:100]!r}"
                )
        elif headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin"):
            raise RequestError(403, "Sec-Fetch-Site: expected same-origin, received another")

    def _check_room(self, headers):
        length = _text(headers.get(b"content-length", b"0"))
        if not (length.isascii() and length.isdigit()):
            raise RequestError(400, f"Content-Length: expected a number, received {length[:20]!r}")
        size = int(length[:20])
        if size > self._limits.body_bytes:
            raise self._too_large(f"{size} bytes")
        if self._in_flight >= self._limits.in_flight:
            raise overloaded(f"requests: expected at most {self._limits.in_flight} at once, received more")
        if self._buffered + size > self._limits.buffered_bytes:
            raise overloaded("requests: expected bodies for which there is room, received too many at once")

    async def _read(self, receive):
        """The whole body; None if the client went away."""
        parts, size = [], 0
        try:
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                part = message.get("body", b"")
                size += len(part)
                self._buffered += len(part)
                parts.append(part)
                if size > self._limits.body_bytes:
                    raise self._too_large("more")
                if self._buffered > self._limits.buffered_bytes:
                    raise overloaded("requests: expected bodies for which there is room, received too many")
                if not message.get("more_body"):
                    return b"".join(parts)
        finally:
            self._buffered -= size

    def _too_large(self, received):
        return RequestError(
            413, f"body: expected at most {self._limits.body_bytes} bytes, received {received}"
        )


def _check_type(headers):
    encoding = _text(headers.get(b"content-encoding", b"identity"))
    if encoding.lower() != "identity":
        raise RequestError(415, f"Content-Encoding: expected none, received {encoding[:50]!r}")
    if b"content-type" not in headers:
        return
    received = _text(headers[b"content-type"])
    expected = "application/octet-stream" if _BINARY_HEADER in headers else "application/json"
    if received.partition(";")[0].strip().lower() not in (expected, "application/json"):
        raise RequestError(415, f"Content-Type: expected {expected}, received {received[:50]!r}")


async def _refuse(send, error):
    body = to_json({"error": str(error)})
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **error.headers}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": error.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=64)
def _is_among(netloc, names):
    try:
        name = urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return False
    return any(fnmatchcase(name, known) for known in names)


def _text(value):
    return (value or b"").decode("latin-1")
