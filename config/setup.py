"""Make the environment of `make run` and `make test`, in .venv/. Run by any Python from 3.11, with nothing installed.

    python3 -I config/setup.py [--dev]

A stamp says what was installed; while nothing changed this ends at once, and needs no network. A run that
was cut off is noticed by the next, which starts over.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"  # there while packages are being written
PACKAGES_FOR_UV = "requirements-setup.txt"

# pip's settings, and the variables by which uv takes the same; uv does not read pip's configuration.
FROM_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "no-index": "UV_NO_INDEX",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


class SetupError(Exception):
    """The message is a sentence: what is wrong and what to do."""


def main() -> None:
    names = ["requirements.txt", *(["requirements-dev.txt"] if "--dev" in sys.argv else [])]
    os.chdir(REPOSITORY)
    try:
        make_environment(names)
        compile_languages()
    except SetupError as error:
        sys.exit(f"make setup: {error}")
    except KeyboardInterrupt:
        sys.exit("\nmake setup: stopped; run it again to go on.")


def make_environment(names: list[str]) -> None:
    """Install the requirement files `names`, unless that is what is installed."""
    if all(stamp(name).exists() and stamp(name).read_text() == state(name) for name in names) and runs():
        return
    if not runs() or UNFINISHED.exists():
        make_venv()
    with step(f"Installing {' and '.join(names)}"):
        UNFINISHED.touch()
        install(names)
        UNFINISHED.unlink()
    for name in names:
        stamp(name).write_text(state(name))


def stamp(name: str) -> Path:
    return VENV / f"installed-{name}"


def state(name: str) -> str:
    """What has to be the same for an installation to be up to date."""
    return hashlib.sha256((REPOSITORY / name).read_bytes()).hexdigest()


def runs() -> bool:
    """Is there an environment, of the Python that the person named if they did, on a Python still there?"""
    if not PYTHON.exists():
        return False
    if Path(sys.prefix).resolve() == VENV.resolve():
        return True  # it runs this
    answer = subprocess.run(
        [PYTHON, "-c", "import sys, pip; print(sys.version_info[:2])"], capture_output=True, text=True
    )
    wanted = sys.version_info[:2] if os.environ.get("PYTHON") else None
    return answer.returncode == 0 and (wanted is None or answer.stdout.strip() == str(tuple(wanted)))


def make_venv() -> None:
    base = getattr(sys, "_base_executable", sys.executable)
    with step(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}"):
        answer = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if answer.returncode != 0:
        raise SetupError(f"{last_line(answer)} (on Debian and Ubuntu, `apt install python3-venv` helps).")


def install(names: list[str]) -> None:
    """Install with uv, which takes seconds; with pip, which takes a minute, where uv cannot be had."""
    files = [word for name in names for word in ("-r", name)]
    uv = find_uv()
    if uv:
        command = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON), *files]
        answer = subprocess.run(command, env={**pip_settings_for_uv(), **os.environ}, capture_output=True, text=True)
        if answer.returncode == 0:
            return
        say(f"  uv did not manage ({last_line(answer)}); trying pip, which takes longer")
    answer = pip("install", "--require-hashes", *files)
    if answer.returncode != 0:
        raise SetupError(
            f"the packages could not be installed: {last_line(answer)} Check that this machine reaches a package "
            "index (`.venv/bin/pip config list` shows which), then run the command again."
        )


def find_uv() -> str | None:
    """uv from the search path, or the pinned one in the environment."""
    if found := shutil.which("uv"):
        return found
    own = VENV / "bin" / "uv"
    if (
        own.exists()
        and stamp(PACKAGES_FOR_UV).exists()
        and stamp(PACKAGES_FOR_UV).read_text() == state(PACKAGES_FOR_UV)
    ):
        return str(own)
    if pip("install", "--require-hashes", "--only-binary=:all:", "-r", PACKAGES_FOR_UV).returncode != 0:
        return None
    stamp(PACKAGES_FOR_UV).write_text(state(PACKAGES_FOR_UV))
    return str(own)


def pip_settings_for_uv() -> dict[str, str]:
    """The package index that pip is set up to use on this machine, in uv's words."""
    settings: dict[str, str] = {}
    for line in pip("config", "list").stdout.splitlines():
        name, _, value = line.partition("=")
        variable = FROM_PIP_TO_UV.get(name.rpartition(".")[2])
        if variable:
            words = value.strip("'\"").replace("\\n", " ").split()
            settings[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(words)
    if "UV_INDEX" in settings or "UV_FIND_LINKS" in settings:
        # pip looks at all its indexes alike. Every file is checked against its hash, so this risks nothing.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


def pip(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run([PYTHON, "-m", "pip", *words], capture_output=True, text=True, env=environment)


def compile_languages() -> None:
    """Turn each .po file that is newer than its .mo into one."""
    catalogues = list((REPOSITORY / "locale").glob("*/LC_MESSAGES/django.po"))
    newer = [po for po in catalogues if not up_to_date(po.with_suffix(".mo"), po)]
    if not newer:
        return
    with step(f"Compiling {len(newer)} language{'s' if len(newer) > 1 else ''}"):
        for po in newer:
            words = ["compile", "-D", "django", "-i", str(po), "-o", str(po.with_suffix(".mo"))]
            answer = subprocess.run([VENV / "bin" / "pybabel", *words], capture_output=True, text=True)
            if answer.returncode != 0:
                raise SetupError(f"{po.relative_to(REPOSITORY)} does not compile: {last_line(answer)}")


def up_to_date(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def last_line(answer: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in (answer.stderr + answer.stdout).splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "× ", "x "))]
    line = (errors or lines or ["it said nothing"])[-1]
    return line if line.endswith((".", "!", "?")) else f"{line}."


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    begun = time.monotonic()
    say(f"{what} ...")
    yield
    say(f"  done in {time.monotonic() - begun:.1f} s")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
