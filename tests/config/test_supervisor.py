import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from config.children import tidy
from tests.config.services import REPOSITORY, kinds, living, until

pytestmark = pytest.mark.stack


class Desk:
    """A `make run`, with its log in a file."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        self.var, self.port = var, port
        self.log = var.parent / f"log-{port}-{os.urandom(3).hex()}"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.supervisor", "--no-sample"],
                cwd=REPOSITORY,
                env={**os.environ, "VAR_DIR": str(var), "PORT": str(port), **environment},
                stdout=log,
                stderr=log,
            )

    def said(self) -> str:
        return self.log.read_text()

    def open(self) -> "Desk":
        until(lambda: "Ctrl-C stops it" in self.said() or self.process.poll() is not None, within=120)
        assert self.process.poll() is None, self.said()
        return self

    def refused(self) -> str:
        assert self.process.wait(60) == 1
        return self.said()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process | None:
        """The child whose command line has `word`, not one of its own children."""
        children = psutil.Process(self.process.pid).children()
        lines = {child: child.as_dict(["cmdline"])["cmdline"] for child in children}
        return next((child for child, line in lines.items() if word in (line or [])), None)

    def page(self) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=90) as answer:
            return answer.status


@pytest.fixture
def port():
    with socket.socket() as chooser:
        chooser.bind(("127.0.0.1", 0))
        return chooser.getsockname()[1]


@pytest.fixture
def run(var):
    desks = []

    def make(port, **environment):
        desks.append(Desk(var, port, **environment))
        return desks[-1]

    yield make
    for desk in desks:
        desk.process.kill()
        desk.process.wait()
    until(lambda: not living(var))


def gone(processes):
    return lambda: not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


def test_a_taken_port_is_a_sentence_before_anything_starts(run, var, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        said = run(port).refused()

    assert said.count("\n") == 1
    assert f"port {port}" in said
    assert f"make run PORT={port + 1}" in said
    assert not living(var)


@pytest.mark.parametrize("value", ["web", "0", "70000"])
def test_a_port_that_is_none_is_a_sentence(run, port, value):
    said = run(port, PORT=value).refused()

    assert said.count("\n") == 1
    assert "write a number from 1 to 65535" in said


def test_a_database_that_is_not_there_is_a_sentence(run, port):
    said = run(port, DATABASE_URL="postgresql://plumbline@127.0.0.1:1/plumbline").refused()

    assert "the database does not let us in" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_a_desk_opens_repairs_itself_and_stops_cleanly(run, var, port):
    desk = run(port).open()
    assert desk.page() == 200
    assert f"http://127.0.0.1:{port}/admin/" in desk.said()

    second = run(port + 1).refused()
    assert f"running already, at http://127.0.0.1:{port}/" in second

    for name in ("config.wsgi:application", "worker", "beat"):
        killed = desk.child(name)
        family = [killed, *killed.children(recursive=True)]
        killed.kill()
        until(gone(family))
        until(lambda name=name: desk.child(name) is not None)
    assert desk.page() == 200

    living(var)["keeper"].kill()
    until(lambda: kinds(var) == {"keeper", "postgres", "broker"})

    family = desk.family()
    desk.process.send_signal(signal.SIGTERM)
    assert desk.process.wait(15) == 0
    until(gone(family), within=2)
    assert not kinds(var)
    assert desk.said().rstrip().endswith("stopped; the data is kept")
    assert "Traceback" not in desk.said()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_killed_desk_leaves_nothing_and_opens_again(run, var, port):
    desk = run(port).open()
    family = desk.family()

    desk.process.kill()

    until(gone(family))
    until(lambda: not living(var))
    assert run(port).open().page() == 200


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("[2026-11-23 19:07:11,123: INFO/MainProcess] celery@desk ready.", "celery@desk ready."),
        ("[2026-11-23 19:07:11,123: ERROR/ForkPoolWorker-1] it broke", "ERROR it broke"),
        ("[2026-11-23 19:07:11 +0000] [123] [INFO] Booting", "Booting"),
        ("[2026-11-23 19:07:11 +0000] [123] [CRITICAL] WORKER TIMEOUT", "CRITICAL WORKER TIMEOUT"),
        ("a line of our own  \r", "a line of our own"),
        ("[1] a list", "[1] a list"),
    ],
)
def test_a_line_of_a_child_loses_its_time_and_keeps_its_level(line, shown):
    assert tidy(line) == shown
