"""A desk of its own for a test: what `make run` starts, in its own directory and on its own port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
NOT_FOR_THE_DESK = {"DATABASE_URL", "REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}


class DeskProcess:
    """`make run ARGS=--no-sample` with everything real: web server, worker, schedule, PostgreSQL, broker."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.var = folder / "var"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        given = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_DESK}
        self.environment = {**given, "VAR_DIR": str(self.var), "PORT": str(self.port), **environment}
        self.log = folder / "desk.log"
        self.log.touch()

    def start(self, *arguments: str) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.supervisor", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(self.is_ready, seconds=90, what="the desk to answer")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"The desk ended:\n{self.log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return answer.status == 200 and (self.var / "log-ins.json").exists()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def wait_until(self, holds: Callable[[], bool], *, seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"Waited {seconds:g} s for {what}:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def password(self, username: str) -> str:
        return json.loads((self.var / "log-ins.json").read_text())[username]["password"]

    def manage(self, *arguments: str, stdin: bytes = b"", timeout: float = 180) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, input=stdin, capture_output=True, timeout=timeout, check=False
        )

    def python(self, code: str, *arguments: str) -> str:
        """What `code` prints when it runs beside the desk, with Django set up."""
        begin = "import django; django.setup()\n"
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
        run = subprocess.run(
            [sys.executable, "-c", begin + code, *arguments],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr[-3000:]
        return run.stdout

    def kill(self, name: str) -> None:
        """SIGKILL to the oldest process of this desk whose command has `name` in it."""
        processes = self.processes(name)
        assert processes, f"no {name} is running"
        processes[0].kill()

    def processes(self, name: str) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            try:
                words = process.cmdline()
                ours = process.environ().get("VAR_DIR") == str(self.var) or any(str(self.var) in word for word in words)
                if ours and any(name in word for word in words):
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
        return sorted(found, key=lambda process: process.create_time())
