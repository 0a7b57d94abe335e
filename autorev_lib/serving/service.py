"""The work behind each address."""

import base64
import threading
from functools import partial

import anyio.to_thread
import numpy as np
import structlog
from fastapi import Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from autorev_lib.serving import open_inference, tf_serving
from autorev_lib.serving.drawing import to_mnist
from autorev_lib.serving.errors import RequestError, overloaded
from autorev_lib.serving.feedback import FILE_NAME, StoreError
from autorev_lib.serving.gate import BODY
from autorev_lib.serving.recorder import IMAGE_SHAPE, Recorder
from autorev_lib.serving.registry import Registry
from autorev_lib.serving.schemas import Correction, Drawing

_SMALL_BATCH = 16
_DRAIN_SECONDS = 0.5
_RECENT_CORRECTIONS = 12


class Service:
    """Answers requests with the models of a folder. Every handler takes a request and returns a response.

    Args:
        models: The folder of models.
        limits: A :class:`~autorev_lib.serving.gate.Limits`.
        metrics: A :class:`~autorev_lib.serving.telemetry.Metrics`.
        poll_seconds: How often to look for new versions.
    """

    def __init__(self, models, limits, metrics, poll_seconds):
        self.registry = Registry(models)
        self.recorder = Recorder(self.registry.folder / FILE_NAME)
        self.metrics = metrics
        self._limits = limits
        self._poll_seconds = poll_seconds
        self._threaded = 0
        self._stopping = threading.Event()
        self._threads = []
        self._log = structlog.get_logger()

    def start(self):
        """Load what is there, and start to watch the folder and to record.

        Raises:
            VersionError: The folder of models cannot be read.
        """
        self.registry.refresh()
        self._threads = [
            threading.Thread(target=self._repeat, args=arguments, daemon=True)
            for arguments in ((self.registry.refresh, self._poll_seconds), (self.record, _DRAIN_SECONDS))
        ]
        for thread in self._threads:
            thread.start()

    def stop(self):
        """Stop watching, and write down what is still to be recorded."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self.record()
        self.recorder.close()

    def record(self):
        """Pass what was asked since the last time on to the monitor and the store."""
        self.recorder.drain(self._reader())

    # TensorFlow Serving

    async def predict(self, request: Request):
        """Answer with the outputs of a model."""
        version = await self._version(request)
        body = request.scope[BODY]
        key, x = tf_serving.read_request(body, version.model.input_shape, self._limits.batch)
        outputs = await self._compute(version, x)
        return Response(tf_serving.write_answer(key, outputs), media_type="application/json")

    async def model_status(self, request: Request):
        """Which versions there are, and why some are not served."""
        name = request.path_params["name"]
        if "version" in request.path_params:
            version = await self._version(request)
            return JSONResponse({"model_version_status": [tf_serving.status(version.number, "AVAILABLE")]})
        states = [tf_serving.status(number, "AVAILABLE") for number in reversed(self.registry.numbers(name))]
        refused = self.registry.refused(name)
        states += [tf_serving.status(number, "END", reason) for number, reason in refused.items()]
        return JSONResponse({"model_version_status": states})

    async def model_metadata(self, request: Request):
        """Shapes and types of inputs and outputs."""
        return JSONResponse(tf_serving.describe(await self._version(request)))

    # Open Inference Protocol

    async def infer(self, request: Request):
        """Answer with the outputs of a model; tensors may also be sent as bytes after the JSON."""
        version = await self._version(request)
        body = request.scope[BODY]
        length = request.headers.get(open_inference.HEADER_LENGTH)
        asked = open_inference.read_request(body, length, version.model.input_shape, self._limits.batch)
        outputs = await self._compute(version, asked.x)
        content, headers = open_inference.write_answer(version, asked, outputs)
        return Response(content, headers=headers)

    async def server_metadata(self, request: Request):
        """Name, version and extensions."""
        return JSONResponse(open_inference.describe_server())

    async def live(self, request: Request):
        """Always true; no answer means no."""
        return JSONResponse({"live": True})

    async def ready(self, request: Request):
        """True if at least one model can answer."""
        if not self.registry.names():
            raise RequestError(
                503, "models: expected one that can be served, received none", {"Retry-After": "1"}
            )
        return JSONResponse({"ready": True})

    async def model_ready(self, request: Request):
        """True if the version can answer."""
        version = await self._version(request)
        return JSONResponse({"name": version.name, "ready": True})

    async def infer_metadata(self, request: Request):
        """Shapes and types of inputs and outputs."""
        version = await self._version(request)
        return JSONResponse(open_inference.describe(version, self.registry.numbers(version.name)))

    # The page

    async def draw(self, request: Request):
        """Read a drawing the way the page does."""
        drawing = _checked(Drawing, request.scope[BODY])
        version = self._reader_or_refusal()
        image, x, probabilities = await self._in_thread(_read, version, drawing)
        if drawing.finished:
            self.recorder.offer(version, x, probabilities[None])
        return JSONResponse(
            {
                "model": version.name,
                "version": version.number,
                "label": version.labels[probabilities.argmax()],
                "probabilities": probabilities.tolist(),
                "image": _base64(image),
            }
        )

    async def correct(self, request: Request):
        """Keep what a person says a drawing shows; when this is answered, it is on the disk."""
        correction = _checked(Correction, request.scope[BODY])
        version = self._reader_or_refusal()
        if correction.label not in version.labels:
            expected = ", ".join(version.labels)
            raise RequestError(422, f"label: expected one of {expected}, received {correction.label[:20]!r}")
        image, _, probabilities = await self._in_thread(_read, version, correction)
        predicted = int(probabilities.argmax())
        label = version.labels.index(correction.label)
        try:
            number, total = await self._in_thread(self.recorder.correct, version, image, label, predicted)
        except StoreError as error:
            raise RequestError(503, f"correction not kept: {error}", {"Retry-After": "10"}) from error
        content = {"id": number, "label": correction.label, "predicted": version.labels[predicted]}
        return JSONResponse({**content, "corrections": total}, status_code=201)

    async def monitor(self, request: Request):
        """What the page shows: requests, latency, confidence, drift, corrections."""
        version = self._reader_or_refusal()
        return JSONResponse(await self._in_thread(self._state, version))

    async def exposition(self, request: Request):
        """Everything in Prometheus's text format."""
        content = self.metrics.exposition(self._gauges())
        return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _version(self, request):
        """The version that a request is for."""
        name, number = request.path_params["name"], request.path_params.get("version")
        if number is None:
            return self.registry.current(name)
        found = self.registry.in_memory(name, number)
        return found or await self._in_thread(self.registry.load_older, name, number)

    async def _compute(self, version, x):
        if len(x) <= _SMALL_BATCH:
            outputs = version.model.predict(x)
        else:
            outputs = await self._in_thread(version.model.predict, x)
        if not np.isfinite(outputs).all():
            largest = float(np.abs(x).max())
            raise RequestError(
                400, f"input: expected values that the model can compute with, received {largest:g}"
            )
        if _reads_images(version):
            self.recorder.offer(version, x, outputs)
        return outputs

    async def _in_thread(self, function, *args):
        if self._threaded >= self._limits.threaded:
            raise overloaded(
                f"work: expected at most {self._limits.threaded} large requests at once, received more"
            )
        self._threaded += 1
        try:
            return await anyio.to_thread.run_sync(partial(function, *args))
        finally:
            self._threaded -= 1

    def _reader(self):
        """The version that reads drawings: of the first model that takes images of 28 by 28; or None."""
        for name in self.registry.names():
            try:
                version = self.registry.current(name)
            except RequestError:  # it has gone in this moment
                continue
            if _reads_images(version):
                return version
        return None

    def _reader_or_refusal(self):
        version = self._reader()
        if version is None:
            raise RequestError(
                503, "models: expected one for images of 28 by 28, received none", {"Retry-After": "1"}
            )
        return version

    def _state(self, version):
        """What the page shows of the model that reads drawings."""
        self.record()
        try:
            total, recent = self.recorder.corrections(version.name, _RECENT_CORRECTIONS)
            corrections = [
                {
                    "label": version.labels[label],
                    "predicted": version.labels[predicted],
                    "image": _base64(image),
                }
                for image, label, predicted in zip(
                    recent.images, recent.labels, recent.predicted, strict=True
                )
            ]
        except StoreError:
            total, corrections = None, []
        refused = self.registry.refused(version.name).items()
        return {
            "model": version.name,
            "version": version.number,
            "versions": self.registry.numbers(version.name),
            "refused": [{"version": number, "reason": reason} for number, reason in refused],
            "requests": self.metrics.requests,
            "errors": self.metrics.errors,
            "latency_ms": self.metrics.latency_ms(),
            "confidence": self.recorder.confidence(),
            "drift": self.recorder.drift(),
            "corrections": {"total": total, "recent": corrections},
            "trouble": self.recorder.trouble,
        }

    def _gauges(self):
        names = self.registry.names()
        drift = self.recorder.drift()
        state = drift["state"]
        return {
            ("autorev_in_flight", "Requests being answered.", ()): {(): self.metrics.in_flight},
            ("autorev_model_version", "The version that is served.", ("model",)): {
                (name,): self.registry.current(name).number for name in names
            },
            ("autorev_refused_versions", "Versions that cannot be served.", ("model",)): {
                (name,): len(self.registry.refused(name)) for name in names
            },
            ("autorev_drift", "1 for the state that the monitor is in.", ("state",)): {
                (known,): known == state for known in ("off", "collecting", "steady", "drift")
            },
            ("autorev_drift_distance", "Of each signal from the reference.", ("signal",)): {
                (signal["name"],): signal["value"] for signal in drift["signals"]
            },
            ("autorev_not_sampled", "Images not sampled because too many came.", ()): {
                (): self.recorder.dropped
            },
            ("autorev_store_in_trouble", "1 if the store cannot be used.", ()): {
                (): self.recorder.trouble is not None
            },
        }

    def _repeat(self, work, seconds):
        """Do something again and again; what goes wrong is logged when it changes, and does not end it."""
        trouble = None
        while not self._stopping.wait(seconds):
            try:
                work()
                trouble = None
            except Exception as error:
                if repr(error) != trouble:
                    self._log.exception("background work failed")
                trouble = repr(error)


def _read(version, drawing):
    """Let a version read a drawing: the image, uint8 of shape (28, 28), the input made of it, the answer."""
    try:
        image = to_mnist(drawing.pixels())
    except ValueError as error:
        raise RequestError(422, str(error)) from error
    x = (image / np.float32(255)).reshape(1, *version.model.input_shape)
    return image, x, version.model.predict(x)[0]


def _checked(schema, body):
    """Read a body as a schema demands it."""
    try:
        return schema.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "body"
        if first["type"] == "json_invalid":
            raise RequestError(
                400, f"body: expected JSON, received something else: {first['msg']}"
            ) from error
        if first["type"] == "missing":
            raise RequestError(422, f"{where}: expected a value, received none") from error
        expected = first["msg"].replace("Input should be", "expected")
        raise RequestError(422, f"{where}: {expected}, received {str(first['input'])[:40]!r}") from error


def _reads_images(version):
    return version.model.input_shape in (IMAGE_SHAPE, (*IMAGE_SHAPE, 1)) and len(version.labels) > 1


def _base64(image):
    return base64.b64encode(np.ascontiguousarray(image)).decode()
