"""The HTTP app. Its handlers here are the page's: a drawing comes in, and a reading goes out."""

import threading
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import structlog
from fastapi import Body, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from pydantic import Base64Bytes, BaseModel, Field, StrictBool, model_validator
from starlette.exceptions import HTTPException as AnyHTTPException

from autorev_lib import __version__
from autorev_lib.serving import protocols
from autorev_lib.serving.docs import render
from autorev_lib.serving.errors import busy, explain, refusal
from autorev_lib.serving.feedback import FILE_NAME, Store, StoreError
from autorev_lib.serving.middleware import Guard, Limits, Metrics
from autorev_lib.serving.pictures import PictureReading, ReadDigit, describe, read_picture
from autorev_lib.serving.predict import Current
from autorev_lib.serving.reading import PictureError, as_mnist
from autorev_lib.serving.sampling import Quota, Sampler
from autorev_lib.serving.state import monitor
from autorev_lib.serving.watcher import Monitoring, Watcher, repeat

_PAGE = Path(__file__).parent / "page"
_MEDIA_TYPES = {  # not guessed: what Windows knows of them may have been changed by any program
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class Error(BaseModel):
    """Why a request was not answered: what was expected and what was received."""

    error: str


def create_app(models, limits=None, hosts=None, origins=(), poll_seconds=0.5, model=None):
    """Make the app that serves the model in a folder. It watches the folder from start-up to shutdown.

    Args:
        models: The folder of models.
        limits: How much to take on, a :class:`~autorev_lib.serving.middleware.Limits`; None for its defaults.
        hosts: Names by which the server may be addressed, ``*`` in them matching anything; None for any.
        origins: Names of other hosts whose pages may send requests.
        poll_seconds: How often to look for new versions.
        model: Which model to serve; None for the only one.

    Returns:
        A FastAPI app. What its handlers work with is in its ``state``.
    """
    limits, metrics = limits or Limits(), Metrics()
    watcher, store = Watcher(models, model), Store(Path(models, FILE_NAME))
    monitoring = Monitoring(lambda: watcher.current)

    @asynccontextmanager
    async def lifespan(app):
        stopping = threading.Event()
        work = watcher.refresh, monitoring.drain
        watch = threading.Thread(target=repeat, args=(work, poll_seconds, stopping), daemon=True)
        watcher.refresh()
        watch.start()
        yield
        stopping.set()
        watch.join()
        store.close()

    app = FastAPI(
        title="autorev",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # behind a proxy, a redirect would lose its https
        responses={
            "4XX": {"model": Error, "description": "The request is not what it must be."},
            503: {"model": Error, "description": "Not possible now; Retry-After says when to ask again."},
        },
    )
    app.state.limits, app.state.metrics = limits, metrics
    app.state.watcher, app.state.store, app.state.monitoring = watcher, store, monitoring
    app.state.corrections = Quota(limits.corrections_of_session, limits.corrections)
    app.state.sampler = Sampler(Quota(limits.questions_of_session, limits.questions))
    _add_gauges(metrics.gauge, watcher, store, monitoring)
    protocols.add_routes(app.router)  # first, because each request looks through the routes in this order
    app.add_api_route("/draw", draw, methods=["POST"])
    app.add_api_route("/read", read, methods=["POST"])
    app.add_api_route("/corrections", correct, methods=["POST"], status_code=201)
    app.add_api_route("/questions", question, methods=["POST"])
    app.add_api_route("/samples", add_sample, methods=["POST"], status_code=201)
    app.add_api_route("/monitor", monitor)
    app.add_api_route("/metrics", figures, response_class=PlainTextResponse)
    app.add_api_route("/docs", docs, include_in_schema=False)
    for file in _PAGE.iterdir():
        path = "/" if file.name == "index.html" else f"/{file.name}"
        app.add_api_route(path, _sender(file), include_in_schema=False)
    app.add_exception_handler(AnyHTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid_body)
    app.add_exception_handler(Exception, _on_failure)
    app.add_middleware(Guard, limits=limits, hosts=hosts, origins=origins)
    app.add_middleware(metrics.middleware)
    return app


Side = Annotated[int, Field(ge=1, le=1024, strict=True)]
Session = Annotated[str, Field(pattern="^[0-9a-f]{32}$", description="Made anew at each load of the page.")]


class Ink(BaseModel):
    """What was drawn: width × height bytes in Base64, row by row, 0 = paper to 255 = ink."""

    width: Side
    height: Side
    ink: Base64Bytes

    @model_validator(mode="after")
    def _check_size(self):
        expected = self.width * self.height
        if len(self.ink) != expected:
            raise ValueError(f"ink: expected width × height = {expected} bytes, received {len(self.ink)}")
        return self

    def to_image(self):
        """The drawing as an image of MNIST, uint8 of shape (28, 28); HTTPException 422 if it shows none."""
        try:
            return as_mnist(np.frombuffer(self.ink, np.uint8).reshape(self.height, self.width))
        except PictureError as error:
            raise HTTPException(422, error.problem) from error


class Drawing(Ink):
    """A drawing to be read. Only when the pen has rested is it finished, and counted by the monitor."""

    finished: StrictBool = False


class Reading(ReadDigit):
    """What the model reads in a drawing."""

    model: str
    version: int


def draw(drawing: Drawing, version: Current, request: Request) -> Reading:
    """Read a drawing"""
    image = drawing.to_image()
    probabilities = _read(version, image)
    if drawing.finished:
        request.app.state.monitoring.offer(version, image[None], probabilities[None])
    return Reading(model=version.name, version=version.number, **describe(version, image, probabilities))


def read(
    file: Annotated[bytes, Body(media_type="application/octet-stream")], version: Current, request: Request
) -> PictureReading:
    """Find and read the digits in a picture's file: PNG, JPEG, WebP, GIF, BMP or TIFF"""
    try:
        answer, images, probabilities = read_picture(file, version)
    except PictureError as error:
        raise HTTPException(422, error.problem) from error
    request.app.state.monitoring.offer(version, images, probabilities)
    return answer


class Question(BaseModel):
    """Whether the page asks what is being drawn, before it shows a reading: if so, the answer's token."""

    token: str | None


def question(session: Annotated[Session, Body(embed=True)], request: Request) -> Question:
    """Draw the lot of a new drawing; nobody is asked while there is no shadow to compare with"""
    state = request.app.state
    return Question(token=state.sampler.ask(session) if state.watcher.shadow else None)


class Sample(Ink):
    """A drawing that was picked by lot, and what its author says it shows."""

    label: str
    token: str


class Sampled(BaseModel):
    """An answer that is kept: it is on the disk."""

    samples: int = Field(description="How many there are now, of these two versions.")


def add_sample(sample: Sample, version: Current, request: Request) -> Sampled:
    """Answer a question; when this is answered, the sample is on the disk"""
    state, label = request.app.state, _class_of(sample.label, version)
    image, shadow = sample.to_image(), state.watcher.shadow
    session = state.sampler.answered(sample.token)
    if session is None or shadow is None:
        raise HTTPException(409, "token: expected that of an open question, received another")
    pair = version.name, version.number, shadow.number
    read = int(_read(version, image).argmax()), _read_unseen(shadow, image)
    try:
        state.store.add_sample(*pair, session, image, label, *read)
        return Sampled(samples=state.store.count_samples(*pair))
    except StoreError as error:
        state.sampler.put_back(sample.token, session)
        raise busy(f"answer not kept: {error}", seconds=10) from error


class Correction(Ink):
    """A drawing, and what a person says it shows."""

    label: str
    session: Session | Literal[""] = ""


class Corrected(BaseModel):
    """A correction that is kept: it is on the disk."""

    id: int
    label: str
    predicted: str
    corrections: int = Field(description="How many there are now.")


def correct(correction: Correction, version: Current, request: Request) -> Corrected:
    """Correct a reading; when this is answered, the correction is on the disk"""
    store, label = request.app.state.store, _class_of(correction.label, version)
    image = correction.to_image()
    predicted = int(_read(version, image).argmax())
    if not request.app.state.corrections.take(correction.session):
        raise HTTPException(
            429, "corrections: expected fewer in an hour, received more", {"Retry-After": "600"}
        )
    try:
        number = store.add_correction(
            version.name, version.number, image, label, predicted, correction.session
        )
        total = store.count_corrections(version.name)
    except StoreError as error:
        raise busy(f"correction not kept: {error}", seconds=10) from error
    return Corrected(
        id=number, label=correction.label, predicted=version.labels[predicted], corrections=total
    )


def figures(request: Request):
    """Figures for Prometheus"""
    content = generate_latest(request.app.state.metrics.registry)
    return PlainTextResponse(content, media_type=CONTENT_TYPE_PLAIN_0_0_4)


async def docs(request: Request):
    """The interface, to read."""
    return HTMLResponse(render(request.app.openapi()))


def _read(version, image):
    """Probabilities of each class, shape (num_classes,), for an image, uint8 of shape (28, 28)."""
    return version.model.predict(image[None].astype(np.float32))[0]


def _read_unseen(shadow, image):
    """The class that a shadow reads; -1 if it fails, for nobody must notice it."""
    try:
        return int(_read(shadow, image).argmax())
    except Exception:
        structlog.get_logger().exception("shadow failed", version=shadow.number)
        return -1


def _class_of(label, version):
    """The class of a label; HTTPException 422 if there is none of that name."""
    if label not in version.labels:
        expected = ", ".join(version.labels)
        raise HTTPException(422, f"label: expected one of {expected}, received {label[:20]!r}")
    return version.labels.index(label)


def _add_gauges(gauge, watcher, store, monitoring):
    """What is looked up when Prometheus asks."""
    version = gauge("autorev_model_version", "The version that is served; 0 for none.")
    version.set_function(lambda: getattr(watcher.current, "number", 0))
    refused = gauge("autorev_refused_versions", "Versions that cannot be served.")
    refused.set_function(lambda: len(watcher.refused))
    dropped = gauge("autorev_not_monitored", "Images that the monitor did not look at: too many came.")
    dropped.set_function(lambda: monitoring.dropped)
    trouble = gauge("autorev_store_in_trouble", "1 if corrections cannot be kept.")
    trouble.set_function(lambda: store.trouble is not None)
    drift = gauge("autorev_drift", "1 for the state that the monitor is in.", "state")
    for state in ("off", "collecting", "steady", "drift"):
        drift.labels(state).set_function(lambda state=state: monitoring.drift()["state"] == state)


def _sender(file):
    async def send():
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return FileResponse(file, media_type=_MEDIA_TYPES[file.suffix], headers=headers)

    return send


async def _on_http_exception(request, error):
    expected = {404: "an address that /docs lists", 405: "a method that /docs lists for this address"}
    if type(error) is AnyHTTPException and error.status_code in expected:  # ours are FastAPI's
        received = f"{request.method} {request.url.path[:100]}"
        error.detail = f"expected {expected[error.status_code]}, received {received}"
    return refusal(error)


async def _on_invalid_body(request, error):
    errors = error.errors()
    status = 400 if errors[0]["type"] == "json_invalid" else 422
    return refusal(HTTPException(status, explain(errors)))


async def _on_failure(request, error):
    return refusal(HTTPException(500, "the server failed; its log says why"))
