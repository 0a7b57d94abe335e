"""Run the server: in this process until it is told to stop, or beside a notebook in a process of its own."""

import contextlib
import gc
import ipaddress
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from pathlib import Path

import structlog
import uvicorn

from autorev_lib.errors import AutorevError
from autorev_lib.serving.app import create_app

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
_KEEP_ALIVE_SECONDS = 75
_GRACE_SECONDS = 30
_START_SECONDS = 60
_BACKLOG = 2048
_SWITCH_SECONDS = 0.0005  # threads that record or load must not keep an answer waiting for the usual 5 ms
_said = deque(maxlen=2)  # the last words of asyncio, and in which minute


def run(
    models, host="127.0.0.1", port=8000, allowed_hosts=(), model=None, on_ready=None, stop_at_end_of=None
):
    """Serve the model in a folder until SIGTERM or Ctrl+C; requests that were taken are still answered.

    Args:
        models: The folder of models.
        host: The address to listen on. Only this machine can reach the default.
        port: 0 for any free one.
        allowed_hosts: More names by which the server may be addressed and whose pages may use it, as behind a
            proxy; ``*`` in them matches anything.
        model: Which model to serve; None for the only one in the folder.
        on_ready: Called with the URL once requests are answered.
        stop_at_end_of: A binary stream; the server stops when it ends.

    Raises:
        AutorevError: No model can be served from there, or the port cannot be listened on.
    """
    _configure()
    app = create_app(models, model=model, **_names(host, allowed_hosts))
    _check_model(app.state.watcher)
    listener = _listen(host, port)
    address, bound_port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, host)  # a browser opens no "any address"
    url = f"http://[{shown}]:{bound_port}" if ":" in shown else f"http://{shown}:{bound_port}"
    if not is_loopback(host):
        reason = "anyone who reaches it can use it: no login, no encryption"
        structlog.get_logger().warning("open to the network", host=host, reason=reason)
    config = uvicorn.Config(
        app,
        access_log=False,
        backlog=_BACKLOG,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        ws="none",
    )
    server = _Server(config, lambda: on_ready(url) if on_ready else None)
    if stop_at_end_of:
        threading.Thread(target=server.stop_at_end_of, args=(stop_at_end_of,), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # what Ctrl+C becomes after the last request was answered
        server.run(sockets=[listener])


def is_loopback(host):
    """Whether only this machine can reach an address, a name or a number."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class RunningServer:
    """A server in a process of its own, made by :func:`start`. Leaving its ``with`` block stops it.

    If this process ends, the server ends too.

    Attributes:
        url: Where it answers, such as ``http://127.0.0.1:8000``.
        log: Path of its log, JSON lines. It is removed when the server is stopped.
        pid: Number of its process.
    """

    def __init__(self, process, url, log):
        self.url = url
        self.log = log
        self.pid = process.pid
        self._process = process

    def stop(self):
        """Stop the server; requests that it has taken are answered. Stopping twice is fine."""
        _end(self._process)
        self.log.unlink(missing_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def start(models, port=0, allowed_hosts=()):
    """Start a server in the background and wait until it answers.

    The arguments are those of :func:`run`. Returns a :class:`RunningServer`; raises AutorevError, which says
    why, if the server did not start.
    """
    settings = json.dumps({"models": os.fspath(models), "port": port, "allowed_hosts": list(allowed_hosts)})
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        with tempfile.NamedTemporaryFile(prefix="autorev-", suffix=".log", delete=False) as stderr:
            log = Path(stderr.name)
            process = subprocess.Popen(
                [sys.executable, "-m", "autorev_lib.serving", settings],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=os.environ | {"PYTHONPATH": path},
                # What interrupts a notebook's cell must not interrupt the server.
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
    except OSError as error:
        raise AutorevError(f"the server did not start: {error}", "free some space or file handles") from error
    patience = threading.Timer(_START_SECONDS, process.kill)
    patience.start()
    try:
        answer = json.loads(process.stdout.readline() or b"{}")
    finally:
        patience.cancel()
    if "url" in answer:
        return RunningServer(process, answer["url"], log)
    _end(process)
    problem = answer.get("problem", f"the server did not start; its log is {log}")
    if "problem" in answer:
        log.unlink()
    raise AutorevError(problem, answer.get("cure", "read the last lines of the log"))


def run_as_child(settings):
    """Be the process that :func:`start` waits for, with arguments of :func:`run` as JSON."""
    try:
        run(**json.loads(settings), on_ready=lambda url: _tell(url=url), stop_at_end_of=sys.stdin.buffer)
    except AutorevError as error:
        _tell(problem=error.problem, cure=error.cure)
        sys.exit(2)


class _Server(uvicorn.Server):
    """Tells when it answers, and can be stopped from a thread."""

    def __init__(self, config, on_ready):
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets=None):
        await super().startup(sockets)
        gc.collect()
        gc.freeze()  # what is here now stays; looking through it again and again would only cost time
        self._on_ready()

    def stop_at_end_of(self, stream):
        while stream.read(4096):
            pass
        self.should_exit = True


def _names(host, allowed_hosts):
    """By which names the server may be addressed, None for any, and whose pages may use it."""
    is_known = is_loopback(host) or allowed_hosts
    return {"hosts": (*_LOOPBACK_NAMES, host, *allowed_hosts) if is_known else None, "origins": allowed_hosts}


def _configure():
    """Set what belongs to the process: its logs and those of the libraries are JSON lines on standard error.

    They go through Python's logging, which does not let a broken pipe or a full disk disturb who logs.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    processors, formatter = structlog.processors, structlog.stdlib.ProcessorFormatter
    shared = [
        structlog.stdlib.add_log_level,
        processors.TimeStamper(fmt="iso", utc=True),
        processors.format_exc_info,
    ]
    to_json = [formatter.remove_processors_meta, processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, formatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(foreign_pre_chain=shared, processors=to_json))
    logging.raiseExceptions = False
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("autorev_lib").setLevel(logging.INFO)
    logging.getLogger("asyncio").addFilter(_is_new)


def _is_new(record):
    """Whether a library said something else in this minute: without file handles, asyncio repeats itself."""
    _said.append((record.getMessage(), record.created // 60))
    return len(_said) == 1 or _said[0] != _said[1]


def _check_model(watcher):
    watcher.refresh()
    if watcher.current is None:
        refused = watcher.refused
        reasons = [f"version {number}: {error.problem}" for number, error in refused.items()]
        raise AutorevError(
            f"models: expected a folder with a model that can be served, received {watcher.folder}: "
            + ("; ".join(reasons) or "there is no version of a model in it"),
            refused[max(refused)].cure if refused else "publish a model with autorev publish",
        )


def _listen(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once; otherwise they wait 40 ms for company.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise AutorevError(
            f"cannot listen on {host} port {port}: {getattr(error, 'strerror', None) or error}",
            "choose another port, or 0 for any free one",
        ) from error
    return listener


def _tell(**answer):
    print(json.dumps(answer), flush=True)


def _end(process):
    """Let a process end by itself, or else end it."""
    process.stdin.close()
    try:
        process.wait(_GRACE_SECONDS + 5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
