"""Where everything lies. Pure: nothing here makes or opens a file, except `make_directories`."""

import os
import string
import sys

from config.embedded.errors import EmbeddedError

NAME = "plumbline"  # of the role and of the database
POSTGRES_PORT = 5432  # only a part of the socket's file name; no port is opened
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LONGEST_SOCKET = 103 if sys.platform == "darwin" else 107  # bytes; the kernel's sun_path less its final NUL
# PostgreSQL splits its list of directories at commas, and not every reader of addresses decodes %20.
PLAIN = frozenset(string.ascii_letters + string.digits + "/._-+~")


def var() -> str:
    return os.path.realpath(os.environ.get("VAR_DIR") or os.path.join(REPOSITORY, "var"))


def run(name: str = "") -> str:
    """Locks and process ids."""
    return os.path.join(var(), "run", name) if name else os.path.join(var(), "run")


def log() -> str:
    return os.path.join(var(), "log", "services.log")


def postgres_data() -> str:
    return os.path.join(var(), "postgres")


def broker_data() -> str:
    return os.path.join(var(), "broker")


def sockets() -> str:
    """The directory of the sockets: var/run, or a short one of our own where that path will not do."""
    longest = os.path.join(run(), "postgres", f".s.PGSQL.{POSTGRES_PORT}")
    if len(os.fsencode(longest)) <= LONGEST_SOCKET and PLAIN.issuperset(longest):
        return run()
    from hashlib import blake2s

    return f"/tmp/{NAME}-{os.getuid()}-{blake2s(os.fsencode(var()), digest_size=6).hexdigest()}"  # noqa: S108 - its owner and mode are checked


def postgres_sockets() -> str:
    """A directory of its own, for it belongs to the account that PostgreSQL runs as."""
    return os.path.join(sockets(), "postgres")


def postgres_socket() -> str:
    return os.path.join(postgres_sockets(), f".s.PGSQL.{POSTGRES_PORT}")


def broker_socket() -> str:
    return os.path.join(sockets(), "broker.sock")


def make_directories() -> None:
    """Make what is missing, closed to other people. Raises EmbeddedError where that cannot be."""
    # Where root starts PostgreSQL it runs as another account, which has to pass through, not to read.
    private = 0o711 if os.getuid() == 0 else 0o700
    try:
        os.makedirs(os.path.dirname(var()), exist_ok=True)
        _make(var(), private)
        if var() == os.path.join(REPOSITORY, "var"):  # ours alone, whoever made it first
            os.chmod(var(), private)
        _make(run(), private)
        _make(os.path.dirname(log()), 0o700)
        _make(broker_data(), 0o700)
    except OSError as error:
        raise unusable(error) from error
    if sockets() != run():
        _make_short_directory(sockets(), private)


def unusable(error: OSError) -> EmbeddedError:
    """The sentence for a var directory that cannot be used."""
    return EmbeddedError(
        f"{var()} cannot be used ({error.strerror or error}): make it a directory you can write to, "
        "or set VAR_DIR to one."
    )


def _make(path: str, mode: int) -> None:
    try:
        os.mkdir(path, mode)
    except FileExistsError:
        if not os.path.isdir(path):
            raise NotADirectoryError(0, f"{path} is not a directory") from None
    else:
        os.chmod(path, mode)  # whatever the umask took away


def _make_short_directory(path: str, mode: int) -> None:
    """Anybody can write where it lies, so what stands there under our name must be a directory, and ours."""
    try:
        _make(path, mode)
        found = os.lstat(path)
        if not os.path.isdir(path) or os.path.islink(path) or found.st_uid != os.getuid():
            raise EmbeddedError(
                f"{path} is not a directory of yours: remove it, or set VAR_DIR to a directory with a path "
                f"of under {LONGEST_SOCKET - 30} bytes."
            )
        os.chmod(path, mode)
    except OSError as error:
        raise EmbeddedError(
            f"The sockets need {path}, which cannot be made ({error.strerror or error}): set VAR_DIR to a "
            f"directory with a path of under {LONGEST_SOCKET - 30} bytes."
        ) from error
