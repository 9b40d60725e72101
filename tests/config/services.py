"""Processes that use the services of a var directory, and a look at what lives there."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from config import embedded
from config.embedded import places

REPOSITORY = Path(__file__).resolve().parents[2]
USE = """
import sys
from config import embedded
try:
    embedded.start(postgres="postgres" in sys.argv, broker="broker" in sys.argv)
except embedded.EmbeddedError as error:
    sys.exit(str(error))
print("up", flush=True)
sys.stdin.read()
"""


def until(condition: Callable[[], bool], *, within: float = 15) -> None:
    """Wait until something is so; a failure after `within` seconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"not so after {within} seconds"
        time.sleep(0.05)


class User:
    """A process that starts the services and holds them until its standard input ends."""

    def __init__(self, var: Path, *services: str, **more: object) -> None:
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, *(services or ("postgres", "broker"))],
            cwd=REPOSITORY,
            env={**os.environ, "VAR_DIR": str(var)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )

    def up(self) -> "User":
        """Wait until it has the services."""
        said = self.process.stdout.readline()
        assert said == "up\n", self.process.communicate()[1]
        return self

    def complaint(self) -> str:
        """Wait until it gives up, and return what it says."""
        _, said = self.process.communicate(timeout=70)
        assert self.process.returncode == 1, said
        return said

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def leave(self) -> None:
        self.process.communicate()


def living(var: Path) -> dict[str, psutil.Process]:
    """The processes of a var directory: "keeper", "postgres", "broker", and "child ..." of PostgreSQL or of a test."""
    starts = {"postgres": f"postgres -D {var}/postgres ", "broker": f"valkey-server --unixsocket {sockets(var)}/"}
    found = {}
    for process in psutil.process_iter(["cmdline", "cwd", "ppid"]):
        line = " ".join(process.info["cmdline"] or [])
        kinds = [kind for kind, start in starts.items() if start in line]
        if kinds and not (kinds[0] in found and found[kinds[0]].pid == process.info["ppid"]):
            found[kinds[0]] = process
        elif line.endswith(f"-m config.embedded {var}"):
            found["keeper"] = process
        elif kinds or (process.info["cwd"] or "").startswith(str(var)):
            found[f"child {process.pid} {line}"] = process
    return found


def kinds(var: Path) -> set[str]:
    """Which of keeper, postgres and broker live."""
    return living(var).keys() & {"keeper", "postgres", "broker"}


def sockets(var: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAR_DIR", str(var))
        return places.sockets()


def sql(var: Path, query: str) -> list[tuple]:
    """Ask the embedded PostgreSQL of `var`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAR_DIR", str(var))
        address = embedded.database_url()
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []
