import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks import open_loop


@pytest.fixture
def server():
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                if content == b"stuck" and not bodies:
                    time.sleep(0.5)
                bodies.append(content)
            self.send_response(503 if content == b"busy" else 200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = open_loop.CONNECTIONS

    lock, bodies = threading.Lock(), []
    with Server(("127.0.0.1", 0), Handler) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listener.server_port}/predict", bodies
        listener.shutdown()


def test_each_request_comes_and_is_timed(server):
    url, bodies = server
    waited = open_loop.latencies(url, b"x", rate=200, seconds=0.25)
    assert len(waited) == len(bodies) == 50 and (waited > 0).all()


def test_who_comes_while_the_server_is_stuck_waits_as_well(server):
    url, _ = server
    waited = open_loop.latencies(url, b"stuck", rate=100, seconds=0.5)
    assert (waited > 100).sum() >= 20  # a client that waits for its answer would see one


def test_another_status_is_no_measurement(server):
    with pytest.raises(RuntimeError, match=r"expected status 200, received http/1.1 503"):
        open_loop.latencies(server[0], b"busy", rate=100, seconds=0.1)
