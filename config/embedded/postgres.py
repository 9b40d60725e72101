"""PostgreSQL: its binaries, its data directory, the account it runs as, and how it is started."""

import os
import shutil
import signal
import socket
import struct
import subprocess
from typing import IO

from config.embedded import binaries, places, processes
from config.embedded.binaries import Installation
from config.embedded.errors import EmbeddedError
from config.embedded.processes import Account

MEGABYTE = 1024 * 1024
ROOM_TO_MAKE = 150 * MEGABYTE  # a new cluster takes 46 MB, its first tables and journal the rest
ROOM_TO_START = 20 * MEGABYTE
# A desk on a laptop: what is confirmed is on the disk (fsync stays on), and memory is left to others.
# POSTGRES_SHARED_BUFFERS and POSTGRES_MAINTENANCE_WORK_MEM give it more (docs/operations.md).
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": os.environ.get("POSTGRES_SHARED_BUFFERS") or "128MB",
    "maintenance_work_mem": os.environ.get("POSTGRES_MAINTENANCE_WORK_MEM") or "128MB",
    "dynamic_shared_memory_type": "mmap",  # in the data directory: nothing is left in /dev/shm by a kill
    "max_wal_size": "512MB",
    "wal_level": "minimal",  # no replicas of an embedded server, so the shortest journal
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


class Postgres:
    """One cluster in the var directory, reached through a socket that only we and its account can open."""

    name = "postgres"
    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # a fast shutdown: ends connections and closes the files properly

    def __init__(self) -> None:
        self.data = places.postgres_data()
        self.pid_file = os.path.join(self.data, "postmaster.pid")

    def settle(self) -> None:
        """Bring the data directory into a state from which `launch` works. Raises EmbeddedError."""
        self._check_room()
        exists = os.path.isdir(self.data)
        if exists and os.getuid() not in (0, os.stat(self.data).st_uid):
            raise EmbeddedError(
                f"{self.data} belongs to another user: start as that user, or set VAR_DIR to a directory of yours."
            )
        installation, account = binaries.choose(self._version(), self._accounts(), beside=places.var())
        if not exists:
            self._make_cluster(installation, account)
        elif os.stat(self.data).st_uid != account.uid:
            give(self.data, account)

    def launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the server as a child of this process."""
        account = self._owner()
        installation, _ = binaries.choose(self._version(), [account], beside=self.data)
        sockets = places.postgres_sockets()
        os.makedirs(sockets, mode=0o700, exist_ok=True)
        os.chown(sockets, account.uid, account.gid)
        settings = {**SETTINGS, "unix_socket_directories": sockets}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        port = str(places.POSTGRES_PORT)
        return subprocess.Popen(
            [installation.program("postgres"), "-D", self.data, "-p", port, *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=processes.environment(),
            preexec_fn=processes.bound_to_parent(self.stop_signal, account),
            **account.arguments(),
        )

    def owns(self, command_line: str) -> bool:
        """Is this the command line of our server?"""
        return f"/postgres -D {self.data} -p " in command_line

    def clear(self) -> None:
        """Remove what a server that is gone left in the way.

        PostgreSQL believes a pid file that names any living process of its account. The memory of
        a crashed server that still has children is found without that file, so nothing is risked.
        """
        sock = places.postgres_socket()
        for path in (self.pid_file, sock, f"{sock}.lock"):
            if os.path.lexists(path):
                os.unlink(path)

    def answers(self) -> bool:
        """True once it lets us in; it may have a crash to recover from first."""
        names = f"user\0{places.NAME}\0database\0{places.NAME}\0\0".encode()
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(places.postgres_socket())
                connection.sendall(struct.pack("!ii", 8 + len(names), 3 << 16) + names)
                reply = connection.recv(1)
                connection.sendall(b"X\0\0\0\4")  # goodbye, or it notes a broken connection
        except OSError:
            return False
        return reply == b"R"  # "you are in", where E would be "starting up"

    def _check_room(self) -> None:
        needed = ROOM_TO_START if os.path.isdir(self.data) else ROOM_TO_MAKE
        free = shutil.disk_usage(places.var()).free
        if free < needed:
            raise EmbeddedError(
                f"The disk of {places.var()} has {free // MEGABYTE} MB left and PostgreSQL needs "
                f"{needed // MEGABYTE} MB: make room, or set VAR_DIR to a directory on another disk."
            )

    def _version(self) -> int | None:
        """The major version that made the data directory, or None before there is one."""
        try:
            with open(os.path.join(self.data, "PG_VERSION")) as file:
                return int(file.read())
        except (OSError, ValueError):
            return None

    def _accounts(self) -> list[Account]:
        """Who may run the server, best first. PostgreSQL refuses to run as root."""
        if os.getuid() != 0:
            return [processes.this_account()]
        owner = [self._owner()] if os.path.isdir(self.data) else []
        others = [processes.nobody(), processes.hidden_root()]
        return owner + [account for account in others if account and account not in owner]

    def _owner(self) -> Account:
        """The account of the data directory: `settle` has seen to it that the server can run as that."""
        found = os.stat(self.data)
        if os.getuid() == 0 and found.st_uid == 0:
            return processes.hidden_root()
        return Account(found.st_uid, found.st_gid)

    def _make_cluster(self, installation: Installation, account: Account) -> None:
        """Make the cluster under another name and rename it when whole: a killed start leaves no half of one."""
        draft = f"{self.data}.new"
        shutil.rmtree(draft, ignore_errors=True)  # of a start that was killed; ours alone, under the start lock
        try:
            os.mkdir(draft, 0o700)
            os.chown(draft, account.uid, account.gid)
            initialise(installation, account, draft)
            os.rename(draft, self.data)
        except OSError as error:
            raise places.unusable(error) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def initialise(installation: Installation, account: Account, data: str) -> None:
    """initdb and the one database. No password: the directory of the socket is what keeps others out."""
    locale = ["--locale=C.UTF-8"]
    if installation.version >= 17:  # this one sorts alike on every machine
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options = ["--username", places.NAME, "--auth=trust", "--encoding=UTF8", "--data-checksums", *locale]
    say(installation, account, "initdb", "-D", data, *options)
    # PostgreSQL without a server, so the rename that follows hands over a cluster with its database in it.
    database = f"CREATE DATABASE {places.NAME};\n"
    say(installation, account, "postgres", "--single", "-D", data, "postgres", given=database)


def say(installation: Installation, account: Account, program: str, *words: str, given: str = "") -> None:
    """Run one of PostgreSQL's programs to its end. Raises EmbeddedError with its complaint."""
    answer = subprocess.run(
        [installation.program(program), *words],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=processes.environment(),
        preexec_fn=processes.bound_to_parent(signal.SIGKILL, account),
        **account.arguments(),
    )
    lines = answer.stderr.splitlines()
    complaints = [line for line in lines if any(word in line for word in ("error:", "ERROR:", "FATAL:", "PANIC:"))]
    if answer.returncode != 0 or complaints:
        what = complaints[0] if complaints else (lines or ["it said nothing"])[-1]
        raise EmbeddedError(
            f"PostgreSQL could not set up {places.postgres_data()} ({what.strip()}): "
            "put that right and start again, or set DATABASE_URL to a server."
        )


def give(path: str, account: Account) -> None:
    """Hand a data directory over to another account."""
    for folder, _, files in os.walk(path):
        for entry in (folder, *(os.path.join(folder, name) for name in files)):
            os.chown(entry, account.uid, account.gid, follow_symlinks=False)
