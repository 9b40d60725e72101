"""For benchmarks that need a server of their own, with more memory than a desk on a laptop gives it."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def start(var: Path, **settings: str) -> None:
    """Start PostgreSQL under `var` with these settings of ours in the environment, and make Django and tables ready."""
    var.mkdir(parents=True, exist_ok=True)
    os.environ |= {"VAR_DIR": str(var), **settings, "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("DATABASE_URL", None)
    from config import embedded

    embedded.start(postgres=True, broker=False)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)  # of kept rows, too: they may be from before


@contextmanager
def past_triggers(cursor: Any) -> Iterator[None]:
    """Fill tables without what triggers do and refuse, those included that keep the record even from a superuser."""
    cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'")
    always = cursor.fetchall()
    for table, name in always:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = DEFAULT")
    for table, name in always:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def kept(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The figures in `path`, made and put there the first time."""
    if not path.exists():
        path.write_text(json.dumps(make(), indent=2))
    figures: dict[str, Any] = json.loads(path.read_text())
    return figures


def timed(work: Callable[[], object]) -> float:
    """How many seconds it took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
