"""Locks on files, which the kernel gives back whatever ends the process. Shared by holders and keeper."""

import fcntl
import os

from config.embedded import places

KEEPER = "keeper.lock"  # held by the keeper, for its life
STARTING = "starting.lock"  # held by the one process that prepares and starts things


def users(service: str) -> str:
    """The file that everyone who uses the service holds a shared lock on."""
    return f"{service}.users"


def open_lock(name: str) -> int:
    """A new descriptor of the file; its lock is independent of all others, also of this process."""
    try:
        return os.open(places.run(name), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise places.unusable(error) from error


def wait_for(descriptor: int, kind: int) -> None:
    """Take the lock, however long another has it."""
    fcntl.flock(descriptor, kind)


def taken(descriptor: int, kind: int) -> bool:
    """Take the lock if it is free."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def let_go(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def is_held(name: str) -> bool:
    """True where some process holds the file alone. Not for a lock of one's own."""
    if not os.path.exists(places.run(name)):
        return False
    descriptor = open_lock(name)
    try:
        return not taken(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)
