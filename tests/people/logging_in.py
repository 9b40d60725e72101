"""What a person does at the door of the desk, through the pages."""

import json
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from people import codes
from people.models import User
from people.services.factors import set_up_authenticator

PASSWORD = "plumb-line-42"
ORIGIN = "http://localhost"  # browsers trust it as they trust https


def give_password(client: Client, person: User, password: str = PASSWORD, *, to: str = "", **extra):
    """Send the log-in form; what comes back may be the second step, the desk, or the form again."""
    fields = {"username": person.username, "password": password, "next": to}
    return client.post(reverse("admin:login"), fields, **extra)


def give_code(client: Client, code: str):
    return client.post(reverse("account:second_step"), {"code": code})


def log_in(client: Client, person: User) -> None:
    """Straight in, for a person without a second factor."""
    assert give_password(client, person).status_code == 302
    assert is_in(client, person)


def is_in(client: Client, person: User) -> bool:
    answer = client.get(reverse("admin:index"))
    return answer.status_code == 200 and answer.wsgi_request.user == person


def with_app(person: User) -> tuple[str, list[str]]:
    """Set up an app for a person: its secret, and the recovery codes."""
    secret = codes.new_secret()
    fresh = set_up_authenticator(person, secret=secret, code=code_of(secret, later=-1), keep="")
    return secret, fresh


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds later."""
    return codes.code_at(secret, int(time.time()) // codes.STEP + later)


class Device:
    """A device that keeps one passkey, as the standard says. It counts its uses."""

    def __init__(self, origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = b"a credential of this test" + self.key.private_numbers().private_value.to_bytes(32, "big")[:8]
        self.origin, self.uses = origin, 0

    def make(self, options: dict) -> str:
        """Answer the question for a new passkey."""
        asked = options["publicKey"]
        credential = AttestedCredentialData.create(
            bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(asked["rp"]["id"], credential)
        said = self._said(CollectedClientData.TYPE.CREATE, asked["challenge"])
        attestation = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=said, attestationObject=attestation)

    def use(self, options: dict) -> str:
        """Answer the question for a known passkey."""
        self.uses += 1
        asked = options["publicKey"]
        data = self._data(asked["rpId"])
        said = self._said(CollectedClientData.TYPE.GET, asked["challenge"])
        signature = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _data(self, rp_id: str, credential: AttestedCredentialData | None = None) -> AuthenticatorData:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(rp_id.encode())
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        if credential:
            flags |= AuthenticatorData.FLAG.AT
        return AuthenticatorData.create(digest.finalize(), flags, self.uses, credential or b"")

    def _said(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _answer(self, **response: bytes) -> str:
        encoded = {name: websafe_encode(bytes(value)) for name, value in response.items()}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": encoded})
