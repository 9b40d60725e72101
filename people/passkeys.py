"""Passkeys: the questions a browser is asked, and whether its answer holds. No database, no request."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

PREFERRED = UserVerificationRequirement.PREFERRED
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)  # what the library raises over bytes that fit nothing
LONGEST_ANSWER = 20_000  # characters; a browser's answer has about 2,000


class BadAnswer(Exception):
    """What the browser sent is no answer to what it was asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """options: for the browser, as JSON can carry it. state: to be kept on our side until the answer comes, once."""

    options: dict[str, Any]
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A credential as it is kept. uses: how often the key says that it was used; many always say 0."""

    credential_id: bytes
    credential: bytes
    uses: int


def are_possible(origin: str) -> bool:
    """Browsers keep passkeys for a name, over https or on localhost; not for a number such as 127.0.0.1."""
    parts = urlsplit(origin)
    try:
        ip_address(parts.hostname or "")
    except ValueError:
        return parts.scheme == "https" or parts.hostname == "localhost"
    return False


def ask_for_new(origin: str, *, site: str, handle: bytes, username: str, name: str, known: Sequence[bytes]) -> Question:
    """Ask for a new passkey. known: credentials of this person; a device that has one of them is not asked twice."""
    user = PublicKeyCredentialUserEntity(id=handle, name=username, display_name=name)
    options, state = _server(origin, site).register_begin(
        user,
        [AttestedCredentialData(credential) for credential in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=PREFERRED,
    )
    return Question(dict(options), state)


def read_new(origin: str, *, state: Any, answer: str) -> Key:
    """The new credential. Raises BadAnswer."""
    server, response = _server(origin), _read(answer)
    try:
        data = server.register_complete(state, response)
    except UNREADABLE as error:
        raise BadAnswer(str(error)) from error
    if data.credential_data is None:
        raise BadAnswer("no credential")
    return Key(data.credential_data.credential_id, bytes(data.credential_data), data.counter)


def ask_for_known(origin: str, *, known: Sequence[bytes]) -> Question:
    """Ask for one of these credentials."""
    credentials = [AttestedCredentialData(credential) for credential in known]
    options, state = _server(origin).authenticate_begin(credentials, user_verification=PREFERRED)
    return Question(dict(options), state)


def read_known(origin: str, *, state: Any, known: Sequence[bytes], answer: str) -> Key:
    """Which of the credentials answered. Raises BadAnswer."""
    credentials, response = [AttestedCredentialData(credential) for credential in known], _read(answer)
    try:
        used = _server(origin).authenticate_complete(state, credentials, response)
        uses = AuthenticationResponse.from_dict(response).response.authenticator_data.counter
    except UNREADABLE as error:
        raise BadAnswer(str(error)) from error
    return Key(used.credential_id, bytes(used), uses)


def _read(answer: str) -> dict[str, Any]:
    try:
        read = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as error:
        raise BadAnswer("not JSON") from error
    if not isinstance(read, dict):
        raise BadAnswer("not an object")
    return read


def _server(origin: str, site: str = "") -> Fido2Server:
    host = urlsplit(origin).hostname or ""
    rp = PublicKeyCredentialRpEntity(id=host, name=site or host)
    return Fido2Server(rp, verify_origin=lambda said: said == origin)
