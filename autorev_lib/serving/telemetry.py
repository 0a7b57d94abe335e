"""Counts and times: each request is counted, timed, and logged if it went wrong."""

import time
from collections import deque

import numpy as np
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
_RECENT = 1000


class Telemetry:
    """An ASGI middleware that measures every request, and what it found out.

    Args:
        app: The ASGI app.
        metrics: Where the figures are kept, a :class:`Metrics`.
    """

    def __init__(self, app, metrics):
        self._app = app
        self._metrics = metrics
        self._log = structlog.get_logger()

    async def __call__(self, scope, receive, send):
        """Pass a request on, and measure it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        start = time.perf_counter()

        async def observed_send(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.in_flight += 1
        try:
            await self._app(scope, receive, observed_send)
        finally:
            self._metrics.in_flight -= 1
            seconds = time.perf_counter() - start
            route = getattr(scope.get("route"), "path_format", "other")
            self._metrics.count(route, scope["method"], status, seconds)
            if status >= 400:
                self._log.warning(
                    "request",
                    method=scope["method"],
                    path=scope["path"][:200],
                    status=status,
                    ms=round(seconds * 1000, 3),
                )


class Metrics:
    """What ``/metrics`` and ``/monitor`` tell.

    Args:
        answering: The routes that answer with a model; only these count for ``/monitor``.

    Attributes:
        in_flight: How many requests are being answered.
        requests: How many were answered by a model, rightly or wrongly.
        errors: How many of these ended with a status of 400 or more.
    """

    def __init__(self, answering):
        self.in_flight = 0
        self.requests = 0
        self.errors = 0
        self._answering = frozenset(answering)
        self._recent = deque(maxlen=_RECENT)
        self._children = {}
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._total = Counter(
            "autorev_requests", "Requests by route, method and status.", labels, registry=self._registry
        )
        self._seconds = Histogram(
            "autorev_request_seconds",
            "Time from the request's headers to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._gauges = {}

    def count(self, route, method, status, seconds):
        """Count one request.

        Args:
            route: The path of its route, as in the OpenAPI.
            method: Its HTTP method.
            status: The status it was answered with; 0 if the client went away before.
            seconds: How long it took.
        """
        key = route, method, status
        children = self._children.get(key)
        if children is None:
            children = self._total.labels(route, method, str(status)), self._seconds.labels(route)
            self._children[key] = children
        total, histogram = children
        total.inc()
        histogram.observe(seconds)
        if route in self._answering:
            self.requests += 1
            self.errors += status >= 400
            self._recent.append(seconds)

    def latency_ms(self):
        """Median and 99th percentile of the last 1,000 answers of a model in milliseconds, or None each."""
        if not self._recent:
            return {"p50": None, "p99": None}
        p50, p99 = np.percentile(np.array(self._recent) * 1000, [50, 99])
        return {"p50": round(float(p50), 3), "p99": round(float(p99), 3)}

    def exposition(self, gauges):
        """Write everything in Prometheus's text format.

        Args:
            gauges: Values of this moment: from (name, help, names of labels) to a dictionary from the labels'
                values to the value.

        Returns:
            The bytes.
        """
        for (name, text, labels), values in gauges.items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(name, text, labels, registry=self._registry)
            gauge = self._gauges[name]
            if labels:
                gauge.clear()
            for key, value in values.items():
                (gauge.labels(*key) if labels else gauge).set(value)
        return generate_latest(self._registry)
