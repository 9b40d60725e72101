"""A program on this machine that is told of things, and answers as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """told: headers and body of each request. status: of the next answers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.host_port = url.split("/")[2]
        self.told: list[tuple[dict[str, str], str]] = []
        self.status = 204


@contextmanager
def receiver(settings: Any) -> Iterator[Receiver]:
    """Run one, and let this desk reach it although it is not public."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            served.told.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(served.status)
            self.send_header("Location", f"{served.url}/elsewhere")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook")
    settings.FETCH_PRIVATE_HOSTS = [served.host_port]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()
