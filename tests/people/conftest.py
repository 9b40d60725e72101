"""A mail server on this machine that keeps what it takes, and can be told to refuse."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """letters: what came, parsed. to: whom it was for. refusal: the answer in place of taking a letter; "" takes it."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.refusal = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refusal:
            return self.refusal
        self.letters.append(message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default))
        self.to += envelope.rcpt_tos
        return "250 taken"


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[Controller]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mailbox(_mail_server: Controller, settings: Any) -> Mailbox:
    """An empty one, to which this desk's letters go."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = _mail_server.hostname, _mail_server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    _mail_server.handler.__init__()
    return _mail_server.handler
