"""Var directories of their own, and users of them that do not outlive the test."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.services import User, living, until


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A var directory with a cluster in it, to copy: making one takes a second."""
    folder = Path(tempfile.mkdtemp(prefix="plumbline-"))
    folder.chmod(0o711)
    User(folder / "var").up().leave()
    until(lambda: not living(folder / "var"))
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty directory that other accounts can enter, with a short path. pytest's own are neither."""
    folder = Path(tempfile.mkdtemp(prefix="plumbline-")).resolve()
    folder.chmod(0o711)
    yield folder
    for process in living(folder / "var").values():
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
