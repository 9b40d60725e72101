"""Starting a server so that it dies with its parent, and ending one that a dead parent left behind."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
# Loaded before any fork: between fork and exec is no place to open libraries.
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """Who a server runs as.

    uid, gid: the ids to take on; those of this process change nothing.
    hidden_root: stay the same user, yet be seen as user 1000 in a user namespace of its own. PostgreSQL
        refuses to run as root; this is the way where no other account can reach the files.
    """

    uid: int
    gid: int
    hidden_root: bool = False

    def arguments(self) -> dict[str, Any]:
        """What `subprocess` has to be told."""
        if self.hidden_root or self.uid == os.getuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def this_account() -> Account:
    return Account(os.getuid(), os.getgid())


def hidden_root() -> Account:
    return Account(os.getuid(), os.getgid(), hidden_root=True)


def nobody() -> Account | None:
    """The account that owns nothing, where this system has one."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def bound_to_parent(number: signal.Signals, account: Account | None = None) -> Callable[[], None]:
    """A preexec_fn: on Linux the child gets signal `number` the moment its parent dies, even of SIGKILL.

    Elsewhere the kernel has no such thing, and `end_leftover` clears up at the next start.
    """
    parent = os.getpid()

    def prepare() -> None:
        if account and account.hidden_root:
            _enter_user_namespace(account)
        # After the change of user, for that change takes the setting away.
        if sys.platform == "linux":
            LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:  # it died before we could ask
                os._exit(1)

    return prepare


def _enter_user_namespace(account: Account) -> None:
    if LIBC.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    for name, value in (
        ("setgroups", "deny"),  # the kernel wants this before it lets us map a group
        ("uid_map", f"1000 {account.uid} 1"),
        ("gid_map", f"1000 {account.gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(value)


def environment() -> dict[str, str]:
    """What a server sees: no PGPORT or PGDATA of the person, no locale that this machine lacks."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C", **kept}


def command_line(pid: int) -> str:
    """The command line of a process, blanks between the words; "" where there is no such process."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return os.fsdecode(file.read()).replace("\0", " ")
    except OSError:
        pass
    if sys.platform == "linux":
        return ""
    answer = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def recorded_pid(path: str) -> int | None:
    """The number in the first line of a pid file, or None."""
    try:
        with open(path) as file:
            return int(file.readline())
    except (OSError, ValueError):
        return None


def end_leftover(pid: int, number: signal.Signals, *, ours: Callable[[str], bool], patience: float = 10) -> None:
    """End the server that process `pid` is, if it is ours, and wait until it is gone.

    `ours` judges the command line: a number that was given to another process since is never signalled.
    """
    deadline = time.monotonic() + patience
    while signal_if_ours(pid, number, ours=ours):
        if time.monotonic() > deadline:
            number = signal.SIGKILL
        time.sleep(0.05)


def signal_if_ours(pid: int, number: signal.Signals, *, ours: Callable[[str], bool]) -> bool:
    """Send the signal if process `pid` is ours; False where it is not, or is gone."""
    try:
        if sys.platform == "linux":
            return _signal_pinned(pid, number, ours)
        if not ours(command_line(pid)):
            return False
        os.kill(pid, number)
    except OSError:
        return False
    return True


if sys.platform == "linux":

    def _signal_pinned(pid: int, number: signal.Signals, ours: Callable[[str], bool]) -> bool:
        # The descriptor stays with the process we looked at, also when its number is given away meanwhile.
        pinned = os.pidfd_open(pid)
        try:
            if not ours(command_line(pid)):
                return False
            signal.pidfd_send_signal(pinned, number)
        finally:
            os.close(pinned)
        return True
