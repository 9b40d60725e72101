"""The users' side: hold the services, and see to it that somebody keeps them."""

import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from config.embedded import locks, places
from config.embedded.broker import Broker
from config.embedded.errors import EmbeddedError
from config.embedded.postgres import Postgres

Service = Postgres | Broker

PATIENCE = 60  # seconds; a database that was killed in the middle of much writing reads its journal first
KEEPERS_TRIED = 5

_held: dict[str, int] = {}  # service to the descriptor of its users file, open for the life of this process
_one_at_a_time = threading.Lock()


def start(*, postgres: bool, broker: bool) -> None:
    """Make sure the wanted services answer, and hold them for the life of this process."""
    wanted: list[Service] = [*([Postgres()] if postgres else []), *([Broker()] if broker else [])]
    if not wanted:  # both come from elsewhere, and a keeper would have nothing to keep
        return
    with _one_at_a_time:
        if all(service.name in _held for service in wanted) and _all_answer(wanted):
            return
        places.make_directories()
        new = _hold(wanted)
        try:
            if not _all_answer(wanted):
                _bring_up(wanted)
        except BaseException:
            _release(new)
            raise


def stop() -> None:
    """Let go of the services; comes back when they have stopped, or at once where others still use them."""
    with _one_at_a_time:
        names = list(_held)
        _release(names)
        deadline = time.monotonic() + PATIENCE
        while names and kept() and not _others_use(names) and time.monotonic() < deadline:
            time.sleep(0.05)


def kept() -> bool:
    """True while the keeper lives."""
    return locks.is_held(locks.KEEPER)


def _all_answer(wanted: list[Service]) -> bool:
    # Without its keeper a server may be about to go, though it still answers.
    return kept() and all(service.answers() for service in wanted)


def _hold(wanted: list[Service]) -> list[str]:
    """Lock the users files, shared. Waits out a keeper that is just stopping the service."""
    new = [service.name for service in wanted if service.name not in _held]
    for name in new:
        descriptor = locks.open_lock(locks.users(name))
        locks.wait_for(descriptor, fcntl.LOCK_SH)
        _held[name] = descriptor
    return new


def _release(names: list[str]) -> None:
    for name in names:
        os.close(_held.pop(name))


def _others_use(names: list[str]) -> bool:
    """True where another process holds one of the services. The keeper that stops one holds it alone."""
    for name in names:
        descriptor = locks.open_lock(locks.users(name))
        try:
            if not locks.taken(descriptor, fcntl.LOCK_EX) and locks.taken(descriptor, fcntl.LOCK_SH):
                return True
        finally:
            os.close(descriptor)
    return False


def _bring_up(wanted: list[Service]) -> None:
    """Prepare, start a keeper where there is none, and wait until all answer. One process at a time does."""
    with _starting():
        begun = time.time()
        deadline = time.monotonic() + PATIENCE
        for service in wanted:
            if not service.answers():
                service.settle()
        keepers = 0
        while not _all_answer(wanted):
            if not kept():
                keepers += 1
                _start_keeper()
            _give_up_if_hopeless(wanted, begun=begun, keepers=keepers, overdue=time.monotonic() > deadline)
            time.sleep(0.02)


@contextmanager
def _starting() -> Iterator[None]:
    descriptor = locks.open_lock(locks.STARTING)
    try:
        locks.wait_for(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _give_up_if_hopeless(wanted: list[Service], *, begun: float, keepers: int, overdue: bool) -> None:
    for service in wanted:
        if reason := failure(service.name, since=begun):
            raise EmbeddedError(f"{service.title} does not start: {reason} {places.log()} says more.")
    if overdue or keepers > KEEPERS_TRIED:
        silent = " and ".join(service.title for service in wanted if not service.answers())
        raise EmbeddedError(f"{silent or 'The keeper'} does not come up; see {places.log()}.")


def failure(service: str, *, since: float) -> str:
    """What the keeper noted about a server that does not start, or ""."""
    path = places.run(f"{service}.failed")
    try:
        if os.stat(path).st_mtime < since:
            return ""
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def _start_keeper() -> None:
    """Start the keeper in a session of its own, so that no Ctrl-C reaches it. Returns when it is on duty."""
    try:
        with open(places.log(), "ab") as log:
            # It leaves a child behind that works and ends itself, so it is nobody's zombie.
            subprocess.run(
                [sys.executable, "-m", "config.embedded", places.var()],  # the last word is for readers of `ps`
                cwd=places.REPOSITORY,
                env={**os.environ, "VAR_DIR": places.var()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=False,
            )
    except OSError as error:
        raise places.unusable(error) from error
