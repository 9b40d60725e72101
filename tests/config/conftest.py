"""Var directories of their own, and users of them that do not outlive the test."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.config.services import User, living, until


def new_folder() -> Path:
    """In memory where there is enough: a cluster has a thousand files, and each test makes or copies one."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2**30
    folder = Path(tempfile.mkdtemp(prefix="plumbline-", dir=memory if roomy else None)).resolve()
    folder.chmod(0o711)
    return folder


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A var directory with a cluster in it, to copy: making one takes a second."""
    folder = new_folder()
    User(folder / "var").up().leave()
    until(lambda: not living(folder / "var"))
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty directory that other accounts can enter, with a short path. pytest's own are neither."""
    folder = new_folder()
    yield folder
    for process in living(folder / "var").values():  # nothing, where the test went well
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def var(folder: Path, made_once: Path) -> Path:
    """A var directory of this test, with a cluster in it and nothing running."""
    subprocess.run(["cp", "-a", made_once, folder / "var"], check=True)
    return folder / "var"


@pytest.fixture
def use() -> Iterator[Callable[..., User]]:
    """Make users; those still there at the end of the test are killed."""
    users: list[User] = []

    def make(var: Path, *services: str, **more: object) -> User:
        users.append(User(var, *services, **more))
        return users[-1]

    yield make
    for user in users:
        user.kill()
