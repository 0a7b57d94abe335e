"""How it goes: what the page shows of the server, and ``/monitor`` answers."""

from typing import Literal

from fastapi import Request
from pydantic import BaseModel

from autorev_lib.serving import gate
from autorev_lib.serving.feedback import StoreError
from autorev_lib.serving.pictures import to_base64
from autorev_lib.serving.predict import Current

_RECENT_CORRECTIONS = 12


class Refused(BaseModel):
    """A version that is not served, and why."""

    version: int
    reason: str


class Signal(BaseModel):
    """How far a signal is from the reference; above its threshold it has drifted."""

    name: str
    value: float
    threshold: float


class Drift(BaseModel):
    """The verdict on the last complete window of images."""

    state: Literal["off", "collecting", "steady", "drift"]
    seen: int
    window: int
    windows: int
    signals: list[Signal]


class Corrections(BaseModel):
    """How many corrections there are, None if the file cannot be read, and the last of them."""

    total: int | None
    recent: list[dict[Literal["label", "predicted", "image"], str]]


class Trial(BaseModel):
    """The comparison with the shadow: how many labelled drawings decide, and what follows from them."""

    shadow: int
    samples: int
    needed: int
    verdict: Literal["waiting", "promote", "end", "roll back"]


class State(BaseModel):
    """What the page shows of the server."""

    model: str
    version: int
    versions: list[int]
    refused: list[Refused]
    requests: int
    errors: int
    latency_ms: dict[Literal["p50", "p99"], float | None]
    confidence: dict[Literal["edges", "counts", "reference"], list[float]]
    drift: Drift
    corrections: Corrections
    trial: Trial | None
    trouble: str | None


def monitor(version: Current, request: Request) -> State:
    """How it goes: requests, latency, confidence, drift, corrections"""
    state = request.app.state
    corrections = _corrections(state.store, version)
    return State(
        model=version.name,
        version=version.number,
        versions=state.watcher.numbers,
        refused=[
            Refused(version=number, reason=error.problem) for number, error in state.watcher.refused.items()
        ],
        requests=state.metrics.requests,
        errors=state.metrics.errors,
        latency_ms=state.metrics.latency_ms(),
        drift=state.monitoring.drift(),
        confidence=state.monitoring.confidence(),
        corrections=corrections,
        trial=_trial(state.store, version, state.watcher.shadow),
        trouble=state.store.trouble,
    )


def _corrections(store, version):
    try:
        total = store.count_corrections(version.name)
        recent = store.recent_corrections(version.name, _RECENT_CORRECTIONS)
    except StoreError:  # what is wrong is in store.trouble, which the page shows
        return Corrections(total=None, recent=[])
    rows = zip(recent.labels, recent.predicted, recent.images, strict=True)
    return Corrections(
        total=total,
        recent=[
            {"label": version.labels[said], "predicted": version.labels[read], "image": to_base64(image)}
            for said, read, image in rows
        ],
    )


def _trial(store, version, shadow):
    if shadow is None:
        return None
    try:
        trial = gate.trial(store, version.name, version.number, shadow.number)
    except StoreError:
        return None
    return Trial(shadow=shadow.number, samples=trial.count, needed=gate.SAMPLES, verdict=trial.verdict)
