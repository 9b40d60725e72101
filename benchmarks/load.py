"""A real web server, as `make run` and the container start it, and readers who ask it over sockets."""

import asyncio
import gzip
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUNICORN = ["-m", "gunicorn", "config.wsgi:application", "--log-level", "warning", "--preload", "--no-control-socket"]
LIKE_OURS = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
STARTS_WITHIN = 60  # seconds


@contextmanager
def served(**environment: str) -> Iterator[int]:
    """The site on the database of this process' environment, with these settings more; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, *GUNICORN, *LIKE_OURS, "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            if sum(asyncio.run(_asked(port, ["/healthz"]))) > 0:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The web server does not come up.")


def one_reader(port: int, paths: Sequence[str]) -> float:
    """Seconds a page takes somebody who asks for one after the other over one connection: the median."""
    return statistics.median(asyncio.run(_asked(port, paths)))


def at_once(port: int, paths: Sequence[str], *, readers: int) -> list[float]:
    """Seconds each page took, in order of size, where so many readers ask for the next the moment they have one."""

    async def crowd() -> list[list[float]]:
        return await asyncio.gather(*(_asked(port, paths[n::readers]) for n in range(readers)))

    return sorted(took for times in asyncio.run(crowd()) for took in times)


def in_turn(port: int, *pages: Sequence[str]) -> list[float]:
    """`one_reader` of each list of pages, asked for in turn, so that what else the machine does falls on all alike."""
    paths = [path for turn in zip(*pages, strict=True) for path in turn]
    times = asyncio.run(_asked(port, paths))
    return [statistics.median(times[n :: len(pages)]) for n in range(len(pages))]


def weights(port: int, path: str) -> dict[str, int]:
    """Bytes of a page as they are sent, by what they are."""
    (body,) = asyncio.run(_bodies(port, [path]))
    page = gzip.decompress(body).decode()
    kinds = {"CSS": r'<link rel="stylesheet" href="([^"]+)"', "script": r'<script[^>]* src="([^"]+)"'}
    parts = {kind: asyncio.run(_bodies(port, re.findall(link, page))) for kind, link in kinds.items()}
    return {"HTML": len(body), **{kind: sum(map(len, bodies)) for kind, bodies in parts.items()}}


async def _asked(port: int, paths: Sequence[str]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for path in paths:
        begun = time.perf_counter()
        await _get(reader, writer, path)
        times.append(time.perf_counter() - begun)
    writer.close()
    return times


async def _bodies(port: int, paths: Sequence[str]) -> list[bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    bodies = [await _get(reader, writer, path) for path in paths]
    writer.close()
    return bodies


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bytes:
    """The body. Raises AssertionError for anything but a page that says its length."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), (path, head[:200])
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return await reader.readexactly(int(length))
