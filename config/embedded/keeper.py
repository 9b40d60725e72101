"""The keeper: one process per var directory, parent of its servers.

It looks ten times a second. A server whose users file is locked has to run, and is started again when it
died; one whose file the keeper can lock alone has no users, and is stopped under that lock, so a newcomer
waits and never meets a server that is about to go. With no users left for either, the keeper is done.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import IO

from config.embedded import locks, places, processes
from config.embedded.broker import Broker
from config.embedded.postgres import Postgres

LOOK_EVERY = 0.1  # seconds
LONGEST_PAUSE = 5.0  # seconds between attempts with a server that does not start
FAILURES_TO_REPORT = 4  # a server that was killed may leave children that stand in the way for a moment
LOG_KEPT, LOG_LIMIT = 1_000_000, 20_000_000  # bytes: at the start, and ever


def main() -> None:
    """Keep the servers of this var directory, unless another keeper does."""
    descriptor = locks.open_lock(locks.KEEPER)
    if not _on_duty(descriptor):
        return
    if os.fork():  # the lock goes with the child; who called us sees us end and knows that it is held
        os._exit(0)
    shorten(places.log(), LOG_KEPT)
    Keeper().keep()


def _on_duty(descriptor: int) -> bool:
    # Whoever asks whether there is a keeper holds this lock for microseconds: not a reason to leave.
    for _ in range(20):
        if locks.taken(descriptor, fcntl.LOCK_EX):
            return True
        time.sleep(0.01)
    return False


def shorten(path: str, limit: int) -> None:
    """Empty the log once it passes the limit. All who write to it append, so none leaves a hole."""
    if os.path.getsize(path) > limit:
        os.truncate(path, 0)


class Kept:
    """One server in the keeper's care."""

    def __init__(self, service: Postgres | Broker, log: IO[bytes]) -> None:
        self.service = service
        self.log = log
        self.users = locks.open_lock(locks.users(service.name))
        self.process: subprocess.Popen[bytes] | None = None
        self.ready = False
        self.failures = 0
        self.next_attempt = 0.0

    def in_use(self) -> bool:
        """True while somebody holds the service. False keeps newcomers out until `admit`."""
        return not locks.taken(self.users, fcntl.LOCK_EX)

    def admit(self) -> None:
        locks.let_go(self.users)

    def look_after(self) -> None:
        """Start the server if it does not run; note when it answers, and when it died."""
        if self.process and self.process.poll() is not None:
            self._bury(self.process)
        if not self.process and time.monotonic() >= self.next_attempt:
            self._start()
        elif self.process and not self.ready and self.service.answers():
            self.ready, self.failures = True, 0

    def stop(self) -> None:
        """Stop the server, kindly first."""
        if not self.process:
            return
        note(f"{self.service.title} has no users left and stops")
        for number, patience in ((self.service.stop_signal, 10), (signal.SIGQUIT, 3), (signal.SIGKILL, 3)):
            self.process.send_signal(number)
            try:
                self.process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        self.process, self.ready, self.failures, self.next_attempt = None, False, 0, 0.0

    def _start(self) -> None:
        pid = processes.recorded_pid(self.service.pid_file)
        if pid:
            processes.end_leftover(pid, self.service.stop_signal, ours=self.service.owns)
        self.log_before = os.path.getsize(places.log())
        try:
            self.service.clear()
            self.process = self.service.launch(self.log)
            note(f"{self.service.title} starts, process {self.process.pid}")
        except Exception as error:  # noqa: BLE001 - the users have to hear of it, and the other server has to live on
            self._failed(str(error))

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        note(f"{self.service.title} ended with status {process.returncode}")
        was_ready, self.process, self.ready = self.ready, None, False
        if not was_ready:
            self._failed(last_words(self.log_before))

    def _failed(self, reason: str) -> None:
        """Try again later, a little later each time, and tell those who wait once it looks hopeless."""
        note(f"{self.service.title} does not start: {reason}")
        self.next_attempt = time.monotonic() + min(0.1 * 2**self.failures, LONGEST_PAUSE)
        self.failures += 1
        if self.failures >= FAILURES_TO_REPORT:
            with open(places.run(f"{self.service.name}.failed"), "w") as file:
                file.write(reason)


class Keeper:
    """Both servers, until nobody uses either."""

    def __init__(self) -> None:
        log = open(places.log(), "ab", buffering=0)  # noqa: SIM115 - for the life of this process
        self.kept = [Kept(Postgres(), log), Kept(Broker(), log)]
        self.told_to_go = False
        signal.signal(signal.SIGTERM, self._go)
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)

    def keep(self) -> None:
        """Look after the servers as long as one is in use."""
        while not self.told_to_go:
            idle = [kept for kept in self.kept if not kept.in_use()]
            for kept in idle:
                kept.stop()
            if len(idle) == len(self.kept):
                return  # still holding every lock: newcomers get in when this process is gone
            for kept in self.kept:
                if kept in idle:
                    kept.admit()
                else:
                    kept.look_after()
            shorten(places.log(), LOG_LIMIT)
            time.sleep(LOOK_EVERY if all(kept.ready for kept in self.kept if kept not in idle) else 0.02)
        for kept in self.kept:
            kept.stop()

    def _go(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_go = True


def last_words(start: int) -> str:
    """The line of the log, from byte `start` on, that says best why a server ended."""
    with open(places.log(), errors="replace") as file:
        file.seek(start)
        lines = [line.strip() for line in file if line.strip() and " keeper: " not in line]
    severe = [line for line in lines if ("FATAL" in line or "PANIC" in line) and "starting up" not in line]
    return (severe or lines or ["it said nothing"])[-1]


def note(sentence: str) -> None:
    """A line in the log, which is this process's standard output."""
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S UTC', time.gmtime())} keeper: {sentence}\n")
    sys.stdout.flush()
