"""The processes that `make run` starts: one log for all of them, a restart for each that dies."""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from config.embedded import processes

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart; doubled each time
STEADY_AFTER = 30.0  # seconds of life after which earlier deaths are forgotten
COLOURS = {"web": 36, "worker": 32, "schedule": 35, "sample": 33}
# What Celery and gunicorn put before a line: time, process, level. We have the time; the level matters.
LEADER = re.compile(
    r"^\[\d{4}-\d\d-\d\d [^\]]*?(?:: (?P<level>[A-Z]+)/[^\]]*)?\]\s*"
    r"(?:\[\d+\]\s*\[(?P<other>[A-Z]+)\]\s*)?"
)


class Log:
    """One line after the other: when, who, what."""

    def __init__(self) -> None:
        self.colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self.zone = datetime.now().astimezone().tzinfo  # kept: Django sets this process to TIME_ZONE

    def line(self, who: str, what: str) -> None:
        name = f"{who:<8}"
        if self.colours and who in COLOURS:
            name = f"\033[{COLOURS[who]}m{name}\033[0m"
        self.write(f"{datetime.now(self.zone):%H:%M:%S} {name} | {what}")

    def write(self, text: str) -> None:
        try:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
        except OSError:  # whoever read this has gone; the desk goes on
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - open to the end of the process


def tidy(line: str) -> str:
    """The line of a child without its time and process, and with its level only where it matters."""
    found = LEADER.match(line)
    if not found:
        return line.rstrip()
    level = found["level"] or found["other"] or "INFO"
    text = line[found.end() :].rstrip()
    return text if level in ("INFO", "DEBUG") else f"{level} {text}"


@dataclass
class Child:
    """A process we start, again and again if `lasting`.

    stop: kind signals, best first, each given `PATIENCE` seconds; SIGKILL comes after the last.
    orphaned: what the kernel sends it when we die ourselves (Linux).
    """

    name: str
    command: Sequence[str]
    orphaned: signal.Signals
    stop: Sequence[signal.Signals] = (signal.SIGTERM, signal.SIGQUIT)
    lasting: bool = True
    shared_files: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    status: int | None = None  # of its last end
    deaths: int = 0  # in a row
    started: float = 0.0
    next_start: float = 0.0
    unfinished_line: bytes = field(default=b"", repr=False)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            pass_fds=self.shared_files,
            start_new_session=True,  # a Ctrl-C is for us; and what it starts can be ended with it
            preexec_fn=processes.bound_to_parent(self.orphaned),
        )

    def send(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def end_group(self) -> None:
        """End whatever its process left behind: the pool of a worker that was killed, for one."""
        if self.process:
            send([self.process.pid], signal.SIGKILL)


def group(child: Child) -> int:
    """The number of its process group, which is that of the process. Only for one that was started."""
    if child.process is None:
        raise RuntimeError(f"{child.name} was not started")
    return child.process.pid


def pipe(child: Child) -> IO[bytes]:
    """What the child writes. Only for one that was started."""
    if child.process is None or child.process.stdout is None:
        raise RuntimeError(f"{child.name} was not started")
    return child.process.stdout


def ending(status: int | None) -> str:
    """An exit status in words."""
    return f"status {status}" if status is None or status >= 0 else signal.Signals(-status).name


class Guard:
    """A small process that ends the groups of our children if we are killed, and lives no longer than needed.

    The kernel's signal to a child comes first, but a worker that loses its broker in the same moment may
    hang while it stops, and its pool hears nothing at all. Make it before anything else is open.
    """

    PATIENCE = 3.0  # seconds for the children to stop by themselves

    def __init__(self) -> None:
        reading, self.writing = os.pipe()
        if os.fork() == 0:
            os.close(self.writing)
            os.setsid()
            for standard in (0, 1, 2):  # whoever reads our log does not wait for the guard
                os.dup2(os.open(os.devnull, os.O_RDWR), standard)
            try:
                self._watch(reading)
            finally:
                os._exit(0)
        os.close(reading)

    def tell(self, mark: str, group: int) -> None:
        """Add ("+") or take away ("-") a process group."""
        with contextlib.suppress(BrokenPipeError):  # somebody killed the guard
            os.write(self.writing, f"{mark}{group}\n".encode())

    def _watch(self, reading: int) -> None:
        groups: set[int] = set()
        with open(reading) as told:
            for line in told:  # ends when we do, whatever ends us
                (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
        if groups:
            send(groups, signal.SIGTERM)
            time.sleep(self.PATIENCE)
            send(groups, signal.SIGKILL)


def send(groups: Iterable[int], number: signal.Signals) -> None:
    """Signal process groups. A group's number is not given away while one of its processes lives."""
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says the second of zombies
            os.killpg(group, number)


class Children:
    """All of them, looked after from one thread."""

    PATIENCE = (8.0, 3.0)  # seconds after each of a child's stop signals

    def __init__(self, log: Log) -> None:
        self.guard = Guard()
        self.log = log
        self.all: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.stopping = False

    def add(self, child: Child) -> Child:
        self.all.append(child)
        self._start(child)
        return child

    def look(self, seconds: float) -> None:
        """Show what they say for up to `seconds`, and start again what died."""
        self._read(seconds)
        for child in self.all:
            if child.process and child.process.poll() is not None:
                self._bury(child)
            if not child.process and child.lasting and not self.stopping and time.monotonic() >= child.next_start:
                self._start(child)

    def stop(self, in_a_hurry: Callable[[], bool]) -> None:
        """End all of them: kindly, then less so; at once less kindly when `in_a_hurry`."""
        self.stopping = True
        for attempt, patience in enumerate(self.PATIENCE):
            if not self._alive():
                break
            for child in self._alive():
                child.send(child.stop[min(attempt, len(child.stop) - 1)])
            self._wait(patience, in_a_hurry if attempt == 0 else lambda: False)
        for child in self._alive():
            self.log.line("desk", f"{child.name} does not stop and is killed")
            child.end_group()
        self._wait(5, lambda: False)

    def _start(self, child: Child) -> None:
        child.start()
        self.guard.tell("+", group(child))
        self.selector.register(pipe(child), selectors.EVENT_READ, child)

    def _read(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            child: Child = key.data
            part = os.read(key.fd, 65536)
            if not part:
                self._forget_pipe(child)
                continue
            *lines, child.unfinished_line = (child.unfinished_line + part).split(b"\n")
            for line in lines:
                self._show(child, line)

    def _show(self, child: Child, line: bytes) -> None:
        text = tidy(line.decode(errors="replace"))
        if text:
            self.log.line(child.name, text)

    def _forget_pipe(self, child: Child) -> None:
        self.selector.unregister(pipe(child))
        pipe(child).close()
        self._show(child, child.unfinished_line)
        child.unfinished_line = b""

    def _bury(self, child: Child) -> None:
        """Note the end of a child, show its last words, and plan its next life."""
        child.status = child.process.returncode if child.process else None
        child.end_group()
        self.guard.tell("-", group(child))
        while not pipe(child).closed:  # everyone who could write to it is dead
            self._read(0.1)
        child.process = None
        if self.stopping or not child.lasting:
            return
        child.deaths = 0 if time.monotonic() - child.started > STEADY_AFTER else child.deaths + 1
        pause = min(FIRST_PAUSE * 2 ** max(child.deaths - 1, 0), LONGEST_PAUSE)
        child.next_start = time.monotonic() + pause
        self.log.line("desk", f"{child.name} ended with {ending(child.status)}; it starts again in {pause:g} s")

    def _alive(self) -> list[Child]:
        return [child for child in self.all if child.process]

    def _wait(self, seconds: float, in_a_hurry: Callable[[], bool]) -> None:
        deadline = time.monotonic() + seconds
        while self._alive() and time.monotonic() < deadline and not in_a_hurry():
            self.look(0.1)
