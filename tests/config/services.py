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
        time.sleep(0.02)


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
    """The processes of a var directory by kind: keeper, postgres, broker; anything else by its command line."""
    found = {}
    for process in psutil.process_iter():
        try:
            line, where = " ".join(process.cmdline()), process.cwd()
        except psutil.Error:
            continue
        if f"postgres -D {var}/postgres " in line:
            found["postgres"] = process
        elif f"valkey-server --unixsocket {embedded_sockets(var)}/" in line:
            found["broker"] = process
        elif line.endswith(f"-m config.embedded {var}"):
            found["keeper"] = process
        elif str(where or "").startswith(str(var)):
            found[f"{process.pid} {line}"] = process
    return found


def embedded_sockets(var: Path) -> str:
    answer = [sys.executable, "-c", "from config.embedded import places; print(places.sockets())"]
    return subprocess.check_output(answer, cwd=REPOSITORY, env={**os.environ, "VAR_DIR": str(var)}, text=True).strip()


def sql(var: Path, query: str) -> list[tuple]:
    """Ask the embedded PostgreSQL of `var`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAR_DIR", str(var))
        address = embedded.database_url()
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []
