"""Requests at times that are set beforehand, whether or not the server keeps up.

wrk asks again when it is answered, so it leaves out just those who would have come while a server is stuck.
Here latency counts from the time at which a request was due.
"""

import asyncio
import time
from urllib.parse import urlsplit

import numpy as np

CONNECTIONS = 64


def latencies(url, content, rate, seconds, seed=0):
    """Milliseconds from the time a request was due to the end of its answer.

    Args:
        url: Where to POST.
        content: The body, JSON as bytes.
        rate: Requests a second on average; they come independently of each other (a Poisson process).
        seconds: How long they come.
        seed: Of the times.

    Raises:
        RuntimeError: A status other than 200.
    """
    gaps = np.random.default_rng(seed).exponential(1 / rate, max(1, round(rate * seconds)))
    return np.array(asyncio.run(_ask_at(np.cumsum(gaps), urlsplit(url), content)))


async def _ask_at(due, address, content):
    free = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection(address.hostname, address.port))
    head = (
        f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    request, start = head.encode() + content, time.perf_counter()

    async def ask(moment):
        reader, writer = connection = await free.get()
        writer.write(request)
        answer = await reader.readuntil(b"\r\n\r\n")
        status, *headers = answer.decode().lower().splitlines()
        (length,) = (line.split(":")[1] for line in headers if line.startswith("content-length:"))
        await reader.readexactly(int(length))
        waited = 1000 * (time.perf_counter() - start - moment)
        free.put_nowait(connection)
        return status, waited

    asked = []
    async with asyncio.TaskGroup() as group:
        for moment in due:
            if (rest := start + moment - time.perf_counter()) > 0:
                await asyncio.sleep(rest)
            asked.append(group.create_task(ask(moment)))
    while not free.empty():
        free.get_nowait()[1].close()
    for status, _ in (task.result() for task in asked):
        if status.split()[1] != "200":
            raise RuntimeError(f"expected status 200, received {status}")
    return [task.result()[1] for task in asked]
