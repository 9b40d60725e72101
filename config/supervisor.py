"""`make run`: services, tables, log-ins, then web, worker and schedule in one log, until Ctrl-C.

    python -m config.supervisor [--no-sample]

PORT and HOST say where it serves. DATABASE_URL and REDIS_URL, each on its own, replace an embedded service.
"""

import fcntl
import http.client
import io
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType

from config import embedded
from config.children import Child, Children, Log
from config.embedded import places

START_PATIENCE = 120.0  # seconds for the first page, on a machine with other things to do
LOOK_EVERY = 0.5  # seconds
HOPELESS = 3  # deaths of the web server before its first page


class StartError(Exception):
    """The desk cannot start. The message is a sentence: what is wrong and what to do."""


def main() -> None:
    """Run the desk. Exit 0 after Ctrl-C or SIGTERM, 1 with a sentence when it cannot start."""
    if set(sys.argv[1:]) - {"--no-sample"}:
        sys.exit("make run knows ARGS=--no-sample, for a desk without the sample articles, and nothing else.")
    # Whoever is started finds the same directory, also from elsewhere.
    os.environ["VAR_DIR"] = places.var()
    try:
        Supervisor(sample="--no-sample" not in sys.argv).run()
    except (StartError, embedded.EmbeddedError) as error:
        sys.exit(f"make run: {error}")


class Supervisor:
    """One desk, from nothing to a page that answers, and to the end."""

    def __init__(self, *, sample: bool) -> None:
        self.sample = sample
        self.log = Log()
        self.children = Children(self.log)
        self.stops = 0  # how often we were told to
        self.closing = False
        self.wants = {"postgres": not os.environ.get("DATABASE_URL"), "broker": not os.environ.get("REDIS_URL")}
        self.next_care = 0.0

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        try:
            with claimed() as record, listening(*wanted_address()) as listener:
                address = address_of(listener)
                record(address)
                self._serve(listener, address)
        except KeyboardInterrupt:
            self.log.line("desk", "stopped; the data is kept")

    def _serve(self, listener: socket.socket, address: str) -> None:
        try:
            logins = self._start(listener, address)
            if self.sample:
                self._fill_with_samples()
            self._announce(address, logins)
            while True:
                self.children.look(LOOK_EVERY)
                self._care_for_services()
        finally:
            self.closing = True
            self._stop()

    def _start(self, listener: socket.socket, address: str) -> str:
        """Everything up to the page that answers; what comes back are the log-ins, as text."""
        with self._step("starting PostgreSQL and broker"):
            embedded.start(**self.wants)
        web = self.children.add(web_server(listener))  # loads its code while we see to the tables
        with self._step("bringing the tables up to date"):
            migrate()
        with self._step("making log-ins for this machine"):
            logins = command_output("local_logins")
        with self._step("starting web, worker and schedule"):
            web = self.children.add(web_server(listener))
            self._wait_for_page(web, listener)  # alone on the processors, the page comes sooner
            self.children.add(worker())
            self.children.add(schedule())
        self.log.line("desk", f"{address}/ answers")
        return logins

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        self.log.line("desk", f"{what} ...")
        begun = time.monotonic()
        yield
        self.log.line("desk", f"  done in {time.monotonic() - begun:.1f} s")

    def _wait_for_page(self, web: Child, listener: socket.socket) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not self._page_comes(listener, until=deadline, web=web):
            if web.deaths >= HOPELESS or time.monotonic() > deadline:
                raise StartError("the web server does not come up; its lines above say why.")
            self.children.look(0.2)

    def _page_comes(self, listener: socket.socket, *, until: float, web: Child) -> bool:
        """Ask for the front page once, and wait. A refusal counts: then Django is there to refuse."""
        with closing(http.client.HTTPConnection(*reachable(listener), timeout=10)) as connection:
            connection.request("GET", "/")
            # The socket is ours and open all along, so the request waits in it until somebody takes it.
            while not select.select([connection.sock], [], [], 0)[0]:
                if web.deaths >= HOPELESS or time.monotonic() > until:
                    return False
                self.children.look(0.05)
            try:
                return connection.getresponse().status < 500
            except (OSError, http.client.HTTPException):
                return False

    def _fill_with_samples(self) -> None:
        """Let the sample desk be made, while everything runs. A desk that has articles is left alone."""
        with self._step("filling an empty desk with sample articles"):
            sample = self.children.add(manage("sample_desk", name="sample"))
            while sample.process:
                self.children.look(LOOK_EVERY)
                self._care_for_services()
        if sample.status != 0:
            self.log.line("desk", "the sample desk was not finished; its lines above say why")

    def _announce(self, address: str, logins: str) -> None:
        lines = [f"Site     {address}/", f"Desk     {address}/admin/", "", *logins.rstrip().splitlines()]
        self.log.write("\n" + "".join(f"    {line}".rstrip() + "\n" for line in [*lines, "", "Ctrl-C stops it."]))

    def _care_for_services(self) -> None:
        """Bring the keeper of the services back if it was killed. It cares for the servers themselves."""
        if not any(self.wants.values()) or time.monotonic() < self.next_care or embedded.kept():
            return
        self.log.line("desk", "PostgreSQL and broker are gone; starting them again")
        try:
            embedded.start(**self.wants)
        except embedded.EmbeddedError as error:
            self.log.line("desk", str(error))
            self.next_care = time.monotonic() + 5

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stops += 1
        if self.stops == 1 and not self.closing:
            raise KeyboardInterrupt

    def _stop(self) -> None:
        if self.children.all:
            self.log.line("desk", "stopping; tasks under way may finish (Ctrl-C again: they are cut off)")
        told = self.stops
        self.children.stop(in_a_hurry=lambda: self.stops > told)
        embedded.stop()


@contextmanager
def claimed() -> Iterator[Callable[[str], None]]:
    """Make sure that this is the only `make run` of this var directory; yields a note of our address."""
    places.make_directories()
    with open(places.run("supervisor.lock"), "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            where = file.read().strip()
            raise StartError(
                f"this desk is running already{', at ' + where if where else ''}: stop that one with Ctrl-C, "
                "or give this one a directory of its own with VAR_DIR and a PORT."
            ) from None
        file.truncate(0)

        def record(address: str) -> None:
            file.write(f"{address}/ (process {os.getpid()})\n")
            file.flush()

        yield record


def wanted_address() -> tuple[str, int]:
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StartError(f"PORT is {port!r}: write a number from 1 to 65535, as in `make run PORT=8001`.")
    os.environ["PORT"] = port
    return os.environ.get("HOST") or "127.0.0.1", int(port)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The socket that the web server is handed. Ours, so readers only wait while it starts again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(2048)
        except OSError as error:
            raise StartError(
                f"port {port} of {host} cannot be used ({error.strerror}): stop what uses it, or choose another, "
                f"as in `make run PORT={port + 1 if port < 65535 else 8001}`."
            ) from error
        yield listener


def reachable(listener: socket.socket) -> tuple[str, int]:
    """Where we reach it ourselves, also when it listens to everybody."""
    host, port = listener.getsockname()[:2]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104 - compared, not bound


def address_of(listener: socket.socket) -> str:
    """The address as people type it."""
    host, port = reachable(listener)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def migrate() -> None:
    """Bring the tables up to date, in this process: another would load Django once more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, connections

    try:
        django.setup()
        os.makedirs(settings.STATIC_ROOT, exist_ok=True)  # WhiteNoise warns at each start where it is missing
        command_output("migrate", verbosity=0)
    except ImproperlyConfigured as error:
        raise StartError(str(error)) from error
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise StartError(f"the database does not let us in ({reason}): see DATABASE_URL.") from error
    finally:
        connections.close_all()


def command_output(name: str, **options: object) -> str:
    """What a management command prints."""
    from django.core.management import CommandError, call_command
    from django.db import connections

    printed = io.StringIO()
    try:
        call_command(name, stdout=printed, **options)
    except CommandError as error:
        raise StartError(f"{name}: {error}") from error
    finally:
        connections.close_all()
    return printed.getvalue()


def web_server(listener: socket.socket) -> Child:
    # Memory for the sign of life its workers give: on a slow disk they would seem dead.
    memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108 - gunicorn makes a private file in it
    words = ["--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    words += ["--preload", "--timeout", "60", "--graceful-timeout", "5", "--no-control-socket", *memory]
    return Child(
        "web",
        [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--log-level", "warning", *words],
        orphaned=signal.SIGINT,
        shared_files=[listener.fileno()],
    )


def worker() -> Child:
    # Gossip and mingling are for many workers that know each other; they cost this one a second at the start.
    words = ["--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "warning"]
    return Child("worker", [*CELERY, "worker", *words], orphaned=signal.SIGQUIT)


def schedule() -> Child:
    words = ["--schedule", places.run("schedule"), "--loglevel", "warning"]
    return Child("schedule", [*CELERY, "beat", *words], orphaned=signal.SIGTERM)


def manage(command: str, *, name: str) -> Child:
    """A management command that runs once."""
    path = os.path.join(places.REPOSITORY, "manage.py")
    return Child(name, [sys.executable, path, command], orphaned=signal.SIGTERM, lasting=False)


# Its warning about root is about pickled messages; ours are JSON, and in a container root is who we are.
QUIET = ["-W", "ignore:You're running the worker"]
CELERY = [sys.executable, *QUIET, "-m", "celery", "--quiet", "--skip-checks", "-A", "config"]

if __name__ == "__main__":
    main()
