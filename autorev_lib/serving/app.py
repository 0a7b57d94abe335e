"""The HTTP app: which address answers what, and how that is described."""

from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.routing import request_response

from autorev_lib import __version__
from autorev_lib.serving import schemas
from autorev_lib.serving.docs import render
from autorev_lib.serving.errors import RequestError
from autorev_lib.serving.gate import Gate, Limits
from autorev_lib.serving.service import Service
from autorev_lib.serving.telemetry import Metrics, Telemetry

_PAGE = Path(__file__).parent / "page"
_PREDICT = "/v1/models/{name:part}:predict"
_PREDICT_VERSION = "/v1/models/{name:part}/versions/{version:part}:predict"
_INFER = "/v2/models/{name:part}/infer"
_INFER_VERSION = "/v2/models/{name:part}/versions/{version:part}/infer"
_DRAW = "/draw"
_REFERENCE = "#/components/schemas/{model}"

_BINARY = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_ERRORS = {
    400: "The body is not what it must be.",
    403: "A page from another site asks.",
    404: "No such model or version.",
    408: "The body took too long to come.",
    413: "The body or the batch is too large.",
    415: "The body is of another type.",
    421: "The server is addressed by a name that is not its own.",
    422: "A field of the body is not what it must be.",
    503: "Too much to do, or not possible right now; Retry-After says when to come back.",
}


# Not guessed: what Windows knows of them may have been changed by any program.
_MEDIA_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class _Part(Convertor):
    """A part of a path: what is between slashes, without a colon, which comes before a verb."""

    regex = "[^/:]+"

    def convert(self, value):
        return value

    def to_string(self, value):
        return value


class _PlainRoute(APIRoute):
    """A route whose handler reads the request and makes the response itself: FastAPI only describes it."""

    def __init__(self, path, endpoint, **options):
        super().__init__(path, endpoint, **options)
        self.app = request_response(endpoint)


def create_app(models, limits=None, hosts=None, origins=(), poll_seconds=0.5):
    """Make the app that serves a folder of models.

    Args:
        models: The folder of models.
        limits: How much to take on, a :class:`~autorev_lib.serving.gate.Limits`; None for its defaults.
        hosts: Names by which the server may be addressed, ``*`` in them matching anything; None for any.
        origins: Names of other hosts whose pages may send requests.
        poll_seconds: How often to look for new versions.

    Returns:
        A FastAPI app. It watches the folder from start-up to shutdown.
    """
    register_url_convertor("part", _Part())
    limits = limits or Limits()
    routes = (_PREDICT, _PREDICT_VERSION, _INFER, _INFER_VERSION, _DRAW)
    metrics = Metrics(answering=[route.replace(":part}", "}") for route in routes])
    service = Service(models, limits, metrics, poll_seconds)

    @asynccontextmanager
    async def lifespan(app):
        service.start()
        yield
        service.stop()

    app = FastAPI(title="autorev", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.service = service
    app.router.route_class = _PlainRoute
    _add_routes(app, service)
    _describe_bodies(app)
    _add_page(app)
    app.add_exception_handler(RequestError, _on_refusal)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_failure)
    app.add_middleware(Gate, limits=limits, hosts=hosts, origins=tuple(origins))
    app.add_middleware(Telemetry, metrics=metrics)
    return app


def _add_routes(app, service):
    model, version = "/v1/models/{name:part}", "/v1/models/{name:part}/versions/{version:part}"
    predict = {"body": schemas.PredictRequest, "answer": schemas.PredictAnswer}
    _add(app, "POST", _PREDICT, service.predict, "Predict", **predict)
    _add(app, "POST", _PREDICT_VERSION, service.predict, "Predict with one version", **predict)
    _add(app, "GET", model, service.model_status, "Versions of a model and their state")
    _add(app, "GET", version, service.model_status, "State of a version")
    _add(app, "GET", f"{model}/metadata", service.model_metadata, "Shapes and types of a model")
    _add(app, "GET", f"{version}/metadata", service.model_metadata, "Shapes and types of a version")
    model, version = "/v2/models/{name:part}", "/v2/models/{name:part}/versions/{version:part}"
    infer = {"body": schemas.InferRequest, "answer": schemas.InferAnswer, "binary": True}
    _add(app, "GET", "/v2", service.server_metadata, "Name and version of the server")
    _add(app, "GET", "/v2/health/live", service.live, "Is the server alive?")
    _add(app, "GET", "/v2/health/ready", service.ready, "Can the server answer?", errors=(503,))
    _add(app, "GET", model, service.infer_metadata, "Shapes and types of a model")
    _add(app, "GET", version, service.infer_metadata, "Shapes and types of a version")
    _add(app, "GET", f"{model}/ready", service.model_ready, "Can the model answer?")
    _add(app, "GET", f"{version}/ready", service.model_ready, "Can the version answer?")
    _add(app, "POST", _INFER, service.infer, "Infer", **infer)
    _add(app, "POST", _INFER_VERSION, service.infer, "Infer with one version", **infer)
    draw = {"body": schemas.Drawing, "answer": schemas.Reading, "errors": (422,)}
    _add(app, "POST", _DRAW, service.draw, "Read a drawing", **draw)
    correct = {"body": schemas.Correction, "answer": schemas.Corrected, "errors": (422,), "status": 201}
    _add(app, "POST", "/corrections", service.correct, "Correct a reading", **correct)
    _add(app, "GET", "/monitor", service.monitor, "How it goes", errors=(503,))
    app.add_api_route(
        "/metrics", service.exposition, summary="Figures for Prometheus", response_class=PlainTextResponse
    )


def _add(app, method, path, handler, summary, *, body=None, answer=None, errors=(), status=200, binary=False):
    """Add a route; its handler reads the request itself, so what it takes is described here."""
    codes = {421, *errors} | ({400, 403, 408, 413, 415, 503} if body else set())
    names = [name for name in ("name", "version") if f"{{{name}:" in path]
    codes |= {404, 503} if names else set()
    extra = {"parameters": [_parameter(name) for name in names]}
    responses = {code: {"model": schemas.Error, "description": _ERRORS[code]} for code in sorted(codes)}
    if body:
        content = {"application/json": {"schema": {"$ref": _REFERENCE.format(model=body.__name__)}}}
        if binary:
            content |= _BINARY
        extra["requestBody"] = {"required": True, "content": content}
    responses[status] = {"description": "Answered."} | ({"model": answer} if answer else {})
    if binary:
        responses[status]["content"] = _BINARY
    app.add_api_route(
        path,
        handler,
        methods=[method],
        summary=summary,
        operation_id=f"{handler.__name__}{'_version' if 'version' in names else ''}",
        status_code=status,
        response_model=None,
        responses=responses,
        openapi_extra=extra,
    )


def _describe_bodies(app):
    """Add the schemas of what the handlers read themselves to the OpenAPI."""
    bodies = (schemas.PredictRequest, schemas.InferRequest, schemas.Drawing, schemas.Correction)
    _, definitions = models_json_schema([(body, "validation") for body in bodies], ref_template=_REFERENCE)
    generate = app.openapi

    def openapi():
        document = generate()
        document["components"]["schemas"].update(definitions["$defs"])
        return document

    app.openapi = openapi


def _parameter(name):
    text = {"name": "Name of a model.", "version": "Number of a version."}[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text,
        "schema": {"type": "string"},
    }


def _add_page(app):
    async def docs(request: Request):
        return HTMLResponse(render(app.openapi()))

    app.add_api_route("/docs", docs, methods=["GET"], include_in_schema=False)
    for file in sorted(_PAGE.iterdir()) if _PAGE.is_dir() else ():
        path = "/" if file.name == "index.html" else f"/{file.name}"
        app.add_api_route(path, _sender(file), methods=["GET", "HEAD"], include_in_schema=False)


def _sender(file):
    async def send(request: Request):
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return FileResponse(file, media_type=_MEDIA_TYPES[file.suffix], headers=headers)

    return send


async def _on_refusal(request, error):
    return JSONResponse({"error": str(error)}, error.status, error.headers)


async def _on_http_exception(request, error):
    expected = {404: "an address that /docs lists", 405: "a method that /docs lists for this address"}
    if error.status_code in expected:
        received = f"{request.method} {request.url.path[:100]}"
        text = f"expected {expected[error.status_code]}, received {received}"
    else:
        text = str(error.detail)
    return JSONResponse({"error": text}, error.status_code, error.headers)


async def _on_failure(request, error):
    return JSONResponse({"error": "the server failed; its log says why"}, 500)
