"""Fetch one page: public hosts only, capped in size and time, polite about who asks."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from ssl import SSLContext
from urllib.parse import urljoin

import h11
import httpcore

from articles.exceptions import FetchError, RefusedAddress, TransientFetchError
from articles.fetching.addresses import MALFORMED, Address, split_address
from articles.fetching.answers import EMPTY, REDIRECTS, declared_kind, headers_of, refuse_bad_status
from articles.fetching.bodies import ACCEPTED_ENCODINGS, CUT_SHORT, read_body
from articles.fetching.network import (
    NO_CONNECTION,
    TOO_LARGE,
    TOO_SLOW,
    CheckedNetwork,
    Deadline,
    Resolve,
    system_resolve,
)

ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8"
ACCEPT_ANY = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.8,*/*;q=0.5"
SENT_ON = "The site sends readers of this page on to an address that cannot be opened. %(reason)s"
SENT_NOWHERE = "The site sends readers of this page on, but does not say where. Paste the text instead."
TOO_MANY_REDIRECTS = "The site sends readers of this page in circles. Paste the text instead."
UNREADABLE_ANSWER = "The site's answer does not follow the rules of the web. Paste the text instead."
LONG_HEADERS = "The site's answer begins with more than can be read. Paste the text instead."
HEADERS_TOO_LARGE = 431


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much one fetch may take.

    total_seconds: for everything, from the first look-up to the last byte, redirects included.
    connect_seconds: for look-up, connection and TLS, each time. read_seconds: for one wait.
    body_bytes: of one body, as it travels and, counted again, unpacked.
    """

    total_seconds: float = 30
    connect_seconds: float = 10
    read_seconds: float = 15
    redirects: int = 5
    header_bytes: int = 64 * 1024
    body_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came.

    url: as asked. final_url: after redirects, spelled by our rules but with its tracking parameters.
    content_type: text/html, application/xhtml+xml or text/plain, or "" where the site did not say: the parser looks.
    Any other one only where any was asked for.
    charset: as the site declared it, unchecked, or "". body: unpacked, at most FetchLimits.body_bytes, never empty.
    retrieved_at: when the answer was complete, UTC.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    charset: str
    body: bytes
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Client:
    limits: FetchLimits
    private_hosts: Collection[str]
    user_agent: str
    resolve: Resolve
    deadline: Deadline
    any_kind: bool


def fetch(
    url: str,
    *,
    limits: FetchLimits = FetchLimits(),
    private_hosts: Collection[str] = (),
    user_agent: str = "Plumbline",
    resolve: Resolve = system_resolve,
    any_kind: bool = False,
) -> FetchedPage:
    """Fetch the page at `url`, following redirects, without cookies, log-ins or the environment's proxies.

    private_hosts: `host:port` entries that may be read although they are not public. any_kind: also what is no page of
    text, for who keeps the bytes and does not read them.
    Raises RefusedAddress if the address, or one it leads to, is not public http(s); TransientFetchError if it
    may work later; FetchError if it will not.
    """
    client = _Client(limits, private_hosts, user_agent, resolve, Deadline(limits.total_seconds), any_kind)
    address = split_address(url, private_hosts=private_hosts)
    for _ in range(limits.redirects + 1):
        answer = _get(client, address)
        if answer.status not in REDIRECTS:
            return _page(url, address, answer, any_kind=any_kind)
        address = _next_address(address, answer, private_hosts)
    raise FetchError(TOO_MANY_REDIRECTS)


def _page(url: str, address: Address, answer: _Answer, *, any_kind: bool) -> FetchedPage:
    if not answer.body.strip():
        raise FetchError(EMPTY)
    content_type, charset = declared_kind(answer.headers, any_kind=any_kind)
    return FetchedPage(
        url=url,
        final_url=str(address),
        status=answer.status,
        content_type=content_type,
        charset=charset,
        body=answer.body,
        retrieved_at=datetime.now(UTC),
    )


def _next_address(address: Address, answer: _Answer, private_hosts: Collection[str]) -> Address:
    location = answer.headers.get("location", "")
    if not location:
        raise FetchError(SENT_NOWHERE)
    try:
        # Headers came as Latin-1; a site that puts other letters into an address sends them as UTF-8.
        location = location.encode("latin-1").decode("utf-8", "replace")
        return split_address(urljoin(str(address), location), private_hosts=private_hosts)
    except (RefusedAddress, ValueError) as error:
        reason = error if isinstance(error, RefusedAddress) else MALFORMED
        raise RefusedAddress(SENT_ON % {"reason": reason}) from error


def _get(client: _Client, address: Address) -> _Answer:
    """Ask for one address and read the answer. The body of a redirect is left unread."""
    with readable_errors():
        return _exchange(client, address)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn what can go wrong on a connection into errors with a sentence."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise TransientFetchError(TOO_SLOW) from error
    except httpcore.NetworkError as error:
        raise TransientFetchError(NO_CONNECTION) from error
    except httpcore.RemoteProtocolError as error:
        raise _protocol_error(error) from error


def _protocol_error(error: httpcore.RemoteProtocolError) -> FetchError:
    cause = error.args[0]  # httpcore's pool takes the cause off
    if not isinstance(cause, h11.RemoteProtocolError):  # closed before a word was said
        return TransientFetchError(NO_CONNECTION)
    if cause.error_status_hint == HEADERS_TOO_LARGE:
        return FetchError(LONG_HEADERS)
    if "closed connection" in str(cause):  # h11 has no other name for a body that ends too early
        return TransientFetchError(CUT_SHORT)
    return FetchError(UNREADABLE_ANSWER)


def _exchange(client: _Client, address: Address) -> _Answer:
    limits = client.limits
    waits = {"connect": limits.connect_seconds, "read": limits.read_seconds, "write": limits.read_seconds}
    target = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
    with (
        _connection(client, address) as connection,
        connection.stream("GET", target, headers=_asking(client, address), extensions={"timeout": waits}) as response,
    ):
        headers = headers_of(response.headers)
        if sum(len(name) + len(value) for name, value in response.headers) > limits.header_bytes:
            raise FetchError(LONG_HEADERS)
        if response.status in REDIRECTS:
            return _Answer(response.status, headers, b"")
        refuse_bad_status(response.status, headers)
        declared_kind(headers, any_kind=client.any_kind)
        _refuse_announced_size(headers, limits.body_bytes)
        encoding = headers.get("content-encoding", "")
        body = read_body(response.iter_stream(), encoding=encoding, max_bytes=limits.body_bytes)
        return _Answer(response.status, headers, body)


def _connection(client: _Client, address: Address) -> httpcore.ConnectionPool:
    network = CheckedNetwork(
        client.resolve,
        client.deadline,
        max_bytes=client.limits.body_bytes,
        may_be_private=address.host_port in {entry.strip().lower() for entry in client.private_hosts},
    )
    return httpcore.ConnectionPool(
        ssl_context=trusted_certificates(), max_connections=1, max_keepalive_connections=0, network_backend=network
    )


def _asking(client: _Client, address: Address) -> list[tuple[str | bytes, str | bytes]]:
    return [
        ("Host", address.netloc),
        ("User-Agent", client.user_agent),
        ("Accept", ACCEPT_ANY if client.any_kind else ACCEPT),
        ("Accept-Encoding", ACCEPTED_ENCODINGS),
        ("Connection", "close"),
    ]


def _refuse_announced_size(headers: dict[str, str], max_bytes: int) -> None:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and announced.isascii() and int(announced[:20]) > max_bytes:
        raise FetchError(TOO_LARGE % {"megabytes": max_bytes // 1_000_000})


@cache
def trusted_certificates() -> SSLContext:
    """The system's certificates and certifi's: a bare machine has only the second, a desk's own may be in the first."""
    return httpcore.default_ssl_context()
