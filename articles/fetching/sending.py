"""Send something to an address: public hosts only, capped in size and time, and never on to another address."""

from collections.abc import Collection, Mapping

import httpcore

from articles.fetching.addresses import Address, split_address
from articles.fetching.client import readable_errors, trusted_certificates
from articles.fetching.network import CheckedNetwork, Deadline, Resolve, system_resolve

TOTAL_SECONDS = 20
WAIT_SECONDS = 10
ANSWER_BYTES = 64 * 1024  # more than this is not read: only the status counts


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    private_hosts: Collection[str] = (),
    user_agent: str = "Plumbline",
    resolve: Resolve = system_resolve,
) -> int:
    """Send `body` to `url` and return the status of the answer, whatever it is; what the answer says is not read.

    headers: besides Host, User-Agent and Content-Length. private_hosts: as in `fetch`.
    Raises RefusedAddress if the address is not public http(s), FetchError if no answer came.
    """
    address = split_address(url, private_hosts=private_hosts)
    own = {"Host": address.netloc, "User-Agent": user_agent, "Content-Length": str(len(body)), "Connection": "close"}
    waits = {"connect": WAIT_SECONDS, "read": WAIT_SECONDS, "write": WAIT_SECONDS}
    target = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
    with (
        readable_errors(),
        _connection(address, private_hosts, resolve) as connection,
        connection.stream(
            "POST", target, headers=list({**headers, **own}.items()), content=body, extensions={"timeout": waits}
        ) as response,
    ):
        return int(response.status)


def _connection(address: Address, private_hosts: Collection[str], resolve: Resolve) -> httpcore.ConnectionPool:
    network = CheckedNetwork(
        resolve,
        Deadline(TOTAL_SECONDS),
        max_bytes=ANSWER_BYTES,
        may_be_private=address.host_port in {entry.strip().lower() for entry in private_hosts},
    )
    return httpcore.ConnectionPool(
        ssl_context=trusted_certificates(), max_connections=1, max_keepalive_connections=0, network_backend=network
    )
