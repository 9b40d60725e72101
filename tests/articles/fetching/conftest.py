"""A site of our own on this machine that answers exactly what a test tells it to, well-formed or not."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

Answer = bytes | Callable[[socket.socket], None]


class Site:
    """Serves one answer for each path; a callable answer gets the connection and may do as it likes."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._answers: dict[str, Answer] = {}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.host_port = f"127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host_port}{path}"

    def answers(self, path: str, answer: Answer) -> str:
        self._answers[path] = answer
        return self.url(path)

    def page(self, path: str, body: bytes, *headers: str, status: str = "200 OK") -> str:
        return self.answers(path, http(body, *headers, status=status))

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            head = b""
            while b"\r\n\r\n" not in head:
                received = connection.recv(65536)
                if not received:
                    return
                head += received
            self.requests.append(head.decode("latin-1"))
            answer = self._answers.get(head.split(b" ")[1].decode(), http(b"no such page", status="404 Not Found"))
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer with a length and, unless the headers say otherwise, the type text/html."""
    kind = [] if any(h.lower().startswith("content-type") for h in headers) else ["Content-Type: text/html"]
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *kind, *headers]
    return "\r\n".join(line for line in lines if line != "Content-Type:").encode() + b"\r\n\r\n" + body


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()
