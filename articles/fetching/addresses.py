"""Web addresses: one spelling for each, and none that leads off the public internet."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from articles.exceptions import RefusedAddress
from articles.fetching.hosts import clean_host, is_public_ip, is_public_name, parse_ip
from articles.fetching.tracking import is_tracking

LONGEST_ADDRESS = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}
# Where public sites are found. Others are databases, mail and consoles that a web request can be made to talk to.
OPEN_PORTS = frozenset({80, 443, 8080, 8443})

NO_HTTP = "The address must begin with http:// or https://."
NO_HOST = "The address names no site: check what stands after http:// or https://."
BAD_HOST = "The name of the site in this address is not one that can exist. Check its spelling."
CREDENTIALS = "The address holds a user name or password. Take out what stands before the @."
BAD_PORT = "The address asks for port %(port)s. Only ports 80, 443, 8080 and 8443 can be read."
TOO_LONG = "The address is longer than 2,000 characters. Use a shorter one for the same page."
BAD_CHARACTER = "The address holds a character that does not belong in one (%(character)s). Copy it again."
NOT_PUBLIC = "The address leads to a machine that is not on the public internet. Paste the text instead."
MALFORMED = "The address cannot be understood. Copy it again from the browser."

UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
BRACKETED = re.compile(r"\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\](?::\d*)?")
# Two joiners are letters of Persian and Hindi addresses; every other invisible character only hides something.
JOINERS = "\u200c\u200d"
EDGES = " \t\r\n\f\v\u00a0\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts. host has no brackets; query has no leading `?`; all are ASCII."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def netloc(self) -> str:
        """The host, and the port where it is not the default one."""
        return self._bracketed if self.port == DEFAULT_PORTS[self.scheme] else self.host_port

    @property
    def host_port(self) -> str:
        """`host:port`, as `private_hosts` are written."""
        return f"{self._bracketed}:{self.port}"

    @property
    def target(self) -> str:
        """What is asked of the server."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def normalise_address(url: str, *, private_hosts: Collection[str] = ()) -> str:
    """Return the one spelling of `url` that we keep: ASCII, at most 2,000 characters, the same if given again.

    Off come the fragment, the default port and parameters that only track readers; the order of the others and
    the case of the path stay, because a site may tell them apart. http and https stay two addresses.

    private_hosts: `host:port` entries that may be read although they are not public; they may use any port.
    Raises RefusedAddress for anything that is not an address on the public internet. A name is not resolved here.
    """
    address = split_address(url, private_hosts=private_hosts)
    kept = [part for part in address.query.split("&") if part and not is_tracking(part.partition("=")[0])]
    return str(Address(address.scheme, address.host, address.port, address.path, "&".join(kept)))


def split_address(url: str, *, private_hosts: Collection[str] = ()) -> Address:
    """Return the parts of `url`, spelled as `normalise_address` does, with all parameters. Raises RefusedAddress."""
    url = url.strip(EDGES)
    if len(url) > LONGEST_ADDRESS:
        raise RefusedAddress(TOO_LONG)
    _refuse_bad_characters(url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusedAddress(MALFORMED) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise RefusedAddress(NO_HTTP)
    address = Address(parts.scheme, _host(parts), _port(parts), _path(parts.path), _escape(parts.query))
    _refuse_private(address, private_hosts)
    if len(str(address)) > LONGEST_ADDRESS:
        raise RefusedAddress(TOO_LONG)
    return address


def _refuse_bad_characters(url: str) -> None:
    for character in url:
        hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in JOINERS
        # Browsers read a backslash as a slash, others do not: the two disagree on which site is meant.
        if hidden or character == "\\":
            raise RefusedAddress(BAD_CHARACTER % {"character": f"U+{ord(character):04X}"})


def _host(parts: SplitResult) -> str:
    if "@" in parts.netloc:
        raise RefusedAddress(CREDENTIALS)
    if not parts.hostname:
        raise RefusedAddress(NO_HOST)
    if "[" in parts.netloc and not BRACKETED.fullmatch(parts.netloc):
        raise RefusedAddress(BAD_HOST)
    try:
        return clean_host(parts.hostname)
    except ValueError as error:  # idna's errors are ValueErrors too
        raise RefusedAddress(BAD_HOST) from error


def _port(parts: SplitResult) -> int:
    try:
        return DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError as error:
        raise RefusedAddress(MALFORMED) from error


def _refuse_private(address: Address, private_hosts: Collection[str]) -> None:
    if address.host_port in {entry.strip().lower() for entry in private_hosts}:
        return
    ip = parse_ip(address.host)
    if not (is_public_ip(ip) if ip else is_public_name(address.host)):
        raise RefusedAddress(NOT_PUBLIC)
    if address.port not in OPEN_PORTS:
        raise RefusedAddress(BAD_PORT % {"port": address.port})


def _path(path: str) -> str:
    """Escape and resolve `.` and `..`; a double slash stays, archives put whole addresses into their paths."""
    kept: list[str] = []
    segments = _escape(path).split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _escape(text: str) -> str:
    """Write percent escapes in one way: none where none is needed, capitals where one is."""
    once = ESCAPE.sub(_one_escape, text)
    return quote(once, safe="%/:?[]@!$&'()*+,;=~")


def _one_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in UNRESERVED else match[0].upper()
