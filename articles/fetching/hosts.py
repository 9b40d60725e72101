"""Which hosts are on the public internet: by name, and by address in every spelling."""

import ipaddress
import re
from collections.abc import Iterable

import idna

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Written out, and not `ipaddress.is_global`, whose answer changed between Python releases (3.11 calls some of these
# public). Source: the IANA special-purpose address registries; 168.63.129.16 is Azure's host for its own machines.
CLOSED_V4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Of IPv6 only 2000::/3 is given out at all; inside it these are Teredo and its neighbours, examples and 6to4.
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
CLOSED_V6 = [ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
# On a network without IPv4 the resolver writes public IPv4 addresses like this, so these are judged by what they hold.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

# Never on the public internet. `.example`, `.test` and `.invalid` are left out: they lead nowhere, which is harmless.
PRIVATE_SUFFIXES = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private",
                    "home.arpa")  # fmt: skip
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
V4_MAX = 2**32 - 1


def is_public_ip(ip: IPAddress) -> bool:
    """Say whether `ip` can only be a machine on the public internet."""
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in CLOSED_V4)
    inner = ip.ipv4_mapped
    if ip in NAT64:
        inner = ipaddress.IPv4Address(int(ip) & V4_MAX)
    if inner is not None:
        return is_public_ip(inner)
    return ip in GLOBAL_V6 and not any(ip in network for network in CLOSED_V6)


def is_public_name(host: str) -> bool:
    """Say whether a host name is one that the public domain name system could hold."""
    return "." in host and not any(host == s or host.endswith("." + s) for s in PRIVATE_SUFFIXES)


def clean_host(host: str) -> str:
    """Return one spelling for a host: lower case, IDNA, no trailing dot, numbers as an IP address.

    An IPv6 address comes and goes without brackets. Raises ValueError if no such host can exist.
    """
    if ":" in host:
        return _clean_v6(host)
    name = _to_ascii(host).removesuffix(".")
    labels = name.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return str(_parse_v4(labels))
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError(host)
    return name


def parse_ip(host: str) -> IPAddress | None:
    """Return the address that a host from `clean_host` spells, or None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _clean_v6(host: str) -> str:
    if "%" in host:  # a zone, as in fe80::1%eth0, only means something on this machine
        raise ValueError(host)
    ip = ipaddress.IPv6Address(host)
    return str(ip.ipv4_mapped or ip)


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    # As browsers do: ß and ß-like letters keep their own spelling, full-width digits and dots become plain ones.
    return idna.encode(host, uts46=True).decode("ascii").lower()


def _parse_v4(labels: Iterable[str]) -> ipaddress.IPv4Address:
    """Read one to four numbers as browsers and C libraries do: decimal, 0x hex, 0 octal; the last fills the rest."""
    numbers = [_number(label) for label in labels]
    *first, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        raise ValueError(numbers)
    return ipaddress.IPv4Address(last + sum(number * 256 ** (3 - place) for place, number in enumerate(first)))


def _number(label: str) -> int:
    if not NUMBER.fullmatch(label) or len(label) > 20:
        raise ValueError(label)
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if len(label) > 1 and label.startswith("0") else int(label)
