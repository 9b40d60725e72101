"""Connections that go where we checked, end when they must, and read no more than they may."""

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from articles.exceptions import FetchError, RefusedAddress, TransientFetchError
from articles.fetching.addresses import NOT_PUBLIC
from articles.fetching.hosts import is_public_ip

Resolve = Callable[[str, int], Sequence[str]]
SocketOptions = Iterable[Any] | None

NO_SUCH_NAME = "There is no site called %(host)s. Check the spelling of the address."
NO_NAME_SERVICE = "The name %(host)s could not be looked up just now."
TOO_SLOW = "The site did not answer in time."
NO_CONNECTION = "The site could not be reached just now."
BAD_CERTIFICATE = "The site's certificate is not valid, so its page cannot be trusted. Paste the text instead."
TOO_LARGE = "The page is larger than %(megabytes)s MB. Paste the part that matters instead."

UNKNOWN_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None), getattr(socket, "EAI_ADDRFAMILY", None)}
# Chunk sizes and headers travel beside the body; what passes this much on top of it is no page.
OVERHEAD_BYTES = 1_000_000


def system_resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host` in the order to try them. Raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """The moment by which everything must be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds left, never more than `at_most`. Raises TransientFetchError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TransientFetchError(TOO_SLOW)
        return left if at_most is None else min(left, at_most)


class CheckedStream(httpcore.NetworkStream):
    """A connection on which no wait passes the deadline and no more than `max_bytes` are read.

    A page that comes one byte a second never waits long, so a time-out for each read alone would not end it.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, max_bytes: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._bytes_left = max_bytes + OVERHEAD_BYTES

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        received = self._stream.read(max_bytes, self._deadline.left(timeout))
        self._bytes_left -= len(received)
        if self._bytes_left < 0:
            raise FetchError(TOO_LARGE % {"megabytes": self._max_bytes // 1_000_000})
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError) and not isinstance(error.__cause__, ssl.SSLEOFError):
                raise FetchError(BAD_CERTIFICATE) from error
            raise
        return CheckedStream(secure, self._deadline, self._max_bytes)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class CheckedNetwork(httpcore.NetworkBackend):
    """Resolve, check and connect in one step, so that no second look-up can lead elsewhere (DNS rebinding).

    Every address of a name has to be public, not only the one we would take: a name that also points inside is
    either an attack or a mistake.
    """

    def __init__(self, resolve: Resolve, deadline: Deadline, *, max_bytes: int, may_be_private: bool) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._may_be_private = may_be_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: SocketOptions = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.NetworkStream:
        started = Deadline(self._deadline.left(timeout))
        ips = resolve_in_time(self._resolve, host, port, started.left())
        if not self._may_be_private and not all(is_public_ip(ipaddress.ip_address(ip)) for ip in ips):
            raise RefusedAddress(NOT_PUBLIC)
        return CheckedStream(_connect_first(ips, port, started), self._deadline, self._max_bytes)


def resolve_in_time(resolve: Resolve, host: str, port: int, seconds: float) -> Sequence[str]:
    """Return the IP addresses of `host`, or raise a FetchError that says why there are none.

    The system's look-up cannot be interrupted; it runs in a thread that is left to end by itself.
    """
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()
    threading.Thread(target=_answer, args=(answers, resolve, host, port), daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise TransientFetchError(NO_NAME_SERVICE % {"host": host}) from error
    if isinstance(answer, socket.gaierror) and answer.errno in UNKNOWN_NAME:
        raise FetchError(NO_SUCH_NAME % {"host": host}) from answer
    if isinstance(answer, OSError) or not answer:
        raise TransientFetchError(NO_NAME_SERVICE % {"host": host})
    return answer


def _answer(answers: "queue.SimpleQueue[Sequence[str] | OSError]", resolve: Resolve, host: str, port: int) -> None:
    try:
        answers.put(resolve(host, port))
    except OSError as error:
        answers.put(error)


def _connect_first(ips: Sequence[str], port: int, deadline: Deadline) -> httpcore.NetworkStream:
    """Connect to the first address that takes us; the system has put the likeliest first."""
    failure: Exception = TransientFetchError(NO_CONNECTION)
    for ip in ips[:4]:
        try:
            return httpcore.SyncBackend().connect_tcp(ip, port, timeout=deadline.left())
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            failure = error
    raise failure
