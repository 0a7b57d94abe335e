"""What every request passes on its way in and out: it is counted and timed, and turned away if it must be."""

import asyncio
import re
import time
from collections import deque
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import ip_address
from urllib.parse import urlsplit

import numpy as np
import structlog
from fastapi import HTTPException
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import Headers

from autorev_lib.serving.errors import busy, refusal

_SECONDS = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
_MODEL_ROUTES = (":predict", "/infer", "/draw", "/read")
_RECENT = 1000


@dataclass(frozen=True)
class Limits:
    """How much a server takes on."""

    body_bytes: int = 16 << 20
    """Of one request."""
    body_seconds: float = 20.0
    """In which a client must have sent its body."""
    buffered_bytes: int = 64 << 20
    """Of all bodies that are being received or answered."""
    in_flight: int = 256
    """POST requests that are being received or answered."""
    batch: int = 1024
    """Examples in one request."""
    corrections_of_session: int = 100
    """In an hour, from one load of the page."""
    corrections: int = 1000
    """In an hour, in all."""
    questions_of_session: int = 30
    """In an hour, put to one load of the page."""
    questions: int = 2000
    """In an hour, in all."""


class Guard:
    """An ASGI middleware that turns away what is not for us or too much.

    Starlette's TrustedHostMiddleware takes no wildcard within a name, and does not say what to do about it.

    Args:
        app: The ASGI app.
        limits: A :class:`Limits`.
        hosts: Names by which the server may be addressed; ``*`` in them matches anything. None for any name.
            A page from elsewhere that made the browser believe that its name has our address stops here.
        origins: Names of other hosts whose pages may send requests, as behind a proxy; likewise.
    """

    def __init__(self, app, limits, hosts, origins):
        self._app = app
        self._limits = limits
        self._hosts = None if hosts is None else _patterns(hosts)
        self._origins = _patterns(origins)
        self._in_flight = 0
        self._buffered = 0

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        is_post = scope["method"] == "POST"
        try:
            headers = Headers(scope=scope)
            self._check_host(headers)
            if is_post:
                self._check_origin(headers)
                _check_type(headers, scope["path"])
                self._check_room(headers)
        except HTTPException as error:
            return await refusal(error)(scope, receive, send)
        if is_post:
            await self._pass_with_body(scope, receive, send)
        elif scope["method"] == "HEAD":  # as GET; the server leaves out the body
            as_get = scope | {"method": "GET"}
            await self._app(as_get, receive, send)
            scope["route"] = as_get.get("route")
        else:
            await self._app(scope, receive, send)

    async def _pass_with_body(self, scope, receive, send):
        """Pass a request on with a ``receive`` that raises when the body is too large or too late."""
        deadline = asyncio.get_running_loop().time() + self._limits.body_seconds
        size = 0

        async def receive_within_limits():
            nonlocal size
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                late = f"body: expected all of it within {self._limits.body_seconds:g} s, received a part"
                raise HTTPException(408, late, {"Connection": "close"}) from None
            if message["type"] == "http.disconnect":
                raise HTTPException(400, "body: expected all of it, received a part: the client went away")
            received = len(message.get("body", b""))
            size += received
            self._buffered += received
            self._check_size(size, self._buffered)
            return message

        self._in_flight += 1
        try:
            await self._app(scope, receive_within_limits, send)
        finally:
            self._in_flight -= 1
            self._buffered -= size

    def _check_host(self, headers):
        host = headers.get("host", "")
        if self._hosts is not None and not _is_among(host, self._hosts):
            expected = " or ".join(self._hosts)
            raise HTTPException(421, f"Host: expected {expected} (see --allow-host), received {host[:100]!r}")

    def _check_origin(self, headers):
        """Turn away what a browser sends on behalf of another site's page."""
        if "origin" in headers:
            host, origin = headers.get("host", ""), headers["origin"]
            scheme, _, netloc = origin.partition("://")
            default_port = {"http": 80, "https": 443}.get(scheme)
            (name, port), (own_name, own_port) = _address(netloc), _address(host)
            is_own = name and (name, port or default_port) == (own_name, own_port or default_port)
            if not is_own and not _is_among(netloc, self._origins):
                raise HTTPException(
                    403, f"Origin: expected this server, {host[:100]!r}, received {origin[:100]!r}"
                )
        elif headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            raise HTTPException(403, "Sec-Fetch-Site: expected same-origin, received another")

    def _check_room(self, headers):
        if self._in_flight >= self._limits.in_flight:
            raise busy(f"requests: expected at most {self._limits.in_flight} at once, received more")
        size = parse_length(headers.get("content-length", "0"), "Content-Length")
        self._check_size(size, self._buffered + size)

    def _check_size(self, size, buffered):
        if size > self._limits.body_bytes:
            expected = f"at most {self._limits.body_bytes} bytes"
            raise HTTPException(413, f"body: expected {expected}, received {size} or more")
        if buffered > self._limits.buffered_bytes:
            raise busy("requests: expected bodies for which there is room, received too many at once")


def parse_length(text, name):
    """The number of bytes that a header tells; HTTPException 400 if it is no number of a sane size."""
    if not re.fullmatch("[0-9]{1,18}", text):
        raise HTTPException(400, f"{name}: expected a number of bytes, received {text[:20]!r}")
    return int(text)


def _address(netloc):
    """Name and port of ``name:port``, the name as one may compare it, the port None if there is none.

    In lower case, without a final dot, other letters as the name service has them, IPv6 short and without
    brackets; "" for what is no name.
    """
    if netloc.count(":") > 1 and "[" not in netloc:
        netloc = f"[{netloc}]"
    try:
        parts = urlsplit(f"//{netloc}")
        name = (parts.hostname or "").removesuffix(".").encode("idna").decode()
        return str(ip_address(name)) if ":" in name else name, parts.port
    except ValueError:
        return "", None


class Metrics:
    """What ``/metrics`` and ``/monitor`` tell, and the ASGI middleware that finds it out.

    Attributes:
        requests: How many requests were answered by a model, rightly or wrongly.
        errors: How many of these ended with a status of 400 or more.
        registry: Everything for Prometheus.
    """

    def __init__(self):
        self.requests = 0
        self.errors = 0
        self.registry = CollectorRegistry()
        self._recent = deque(maxlen=_RECENT)
        self._total = Counter(
            "autorev_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "autorev_request_seconds",
            "Time from the request's headers to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._in_flight = self.gauge("autorev_in_flight", "Requests being answered.")
        self._log = structlog.get_logger()

    def gauge(self, name, text, *labels):
        """A new figure of :attr:`registry`, to be set."""
        return Gauge(name, text, labels, registry=self.registry)

    def count(self, scope, status, seconds):
        """Count one request; addresses and methods that clients make up do not become series."""
        route = getattr(scope.get("route"), "path_format", "other")
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
        self._total.labels(route, method, status).inc()
        self._seconds.labels(route).observe(seconds)
        if route.endswith(_MODEL_ROUTES):
            self.requests += 1
            self.errors += status >= 400
            self._recent.append(seconds)
        if status >= 400:
            path, milliseconds = scope["path"][:200], round(seconds * 1000, 3)
            self._log.warning("request", method=scope["method"], path=path, status=status, ms=milliseconds)

    def latency_ms(self):
        """Median and 99th percentile of the last 1,000 answers of a model in milliseconds, or None each."""
        if not self._recent:
            return {"p50": None, "p99": None}
        p50, p99 = np.percentile(np.array(self._recent) * 1000, [50, 99])
        return {"p50": round(float(p50), 3), "p99": round(float(p99), 3)}

    def middleware(self, app):
        """Wrap an ASGI app so that its requests are counted here."""

        async def measured(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            status = 500  # unless the app says otherwise before it fails

            async def observed_send(message):
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            start = time.perf_counter()
            with self._in_flight.track_inprogress():
                try:
                    await app(scope, receive, observed_send)
                finally:
                    self.count(scope, status, time.perf_counter() - start)

        return measured


def _check_type(headers, path):
    encoding = headers.get("content-encoding", "identity")
    if encoding.lower() != "identity":
        raise HTTPException(415, f"Content-Encoding: expected none, received {encoding[:50]!r}")
    # A form of another site's page could send any other type without asking the browser for leave.
    received = headers.get("content-type", "application/json")
    expected = ["application/json"]
    if "inference-header-content-length" in headers or path.endswith("/read"):
        expected.append("application/octet-stream")
    if received.partition(";")[0].strip().lower() not in expected:
        raise HTTPException(
            415, f"Content-Type: expected {' or '.join(expected)}, received {received[:50]!r}"
        )


def _patterns(names):
    """What a person calls a host may hold capitals, a port, or be an address copied from the browser."""
    return [_address(name.rpartition("://")[2])[0] for name in names]


def _is_among(netloc, patterns):
    name, _ = _address(netloc)
    return bool(name) and any(fnmatchcase(name, pattern) for pattern in patterns)
