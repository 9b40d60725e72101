"""`make bench`: how fast, against a bare baseline in the same run, and how cost grows with ten times the data.

Prints a table and leaves the same in var/bench.json. --long adds 5 MB of text, which takes minutes; --million adds
matching among a million claims, which takes a quarter of an hour the first time, --readers the readers' search among
200,000 fact-checks, which takes some ten minutes, --desk the desk's lists among 400,000 claims. Works in databases of
its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import externals, extractor, matching
from benchmarks.timing import least_seconds
from config import embedded

KEPT = Path(__file__).parents[1] / "var" / "bench.json"
ROUNDS = 5


def seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The best of some rounds by the clock on the wall: a page waits for the database as well."""
    return least_seconds(work, rounds=rounds, clock=time.perf_counter)


def main() -> None:
    """Measure everything and show it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    embedded.start(postgres=not os.environ.get("DATABASE_URL"), broker=not os.environ.get("REDIS_URL"))
    import django

    django.setup()
    rows = {
        **extractor.measured(long="--long" in sys.argv),
        **matching.measured(),
        **pages(),
        **externals.measured(),
        **(apart("million") if "--million" in sys.argv else {}),
        **(apart("readers") if "--readers" in sys.argv else {}),
        **(apart("desk") if "--desk" in sys.argv else {}),
    }
    for name, value in rows.items():
        print(f"{name:<58} {value:>10}")
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(rows, indent=2) + "\n")


def apart(name: str) -> dict[str, float]:
    """What benchmarks/NAME.py measures, in a process of its own: its server has settings of its own."""
    answer = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], stdout=subprocess.PIPE, check=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def pages() -> dict[str, float]:
    """The readers' list and a claim page against a bare Django view, with 100 and 1,000 fact-checks published."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return measured_pages()
    finally:
        teardown_databases(made, verbosity=0)


def measured_pages() -> dict[str, float]:
    from django.core.cache import caches
    from django.test import Client

    from tests.factories import make_published_claim

    client = Client()
    claims = [make_published_claim() for _ in range(100)]
    claim = claims[0].get_absolute_url()
    for path in ("/healthz", "/", claim):  # templates are compiled at the first request
        assert client.get(path).status_code == 200

    def made(path: str) -> None:
        caches["pages"].clear()
        client.get(path)

    bare, kept = (seconds(lambda path=path: client.get(path), rounds=50) for path in ("/healthz", claim))
    few, one = (seconds(partial(made, path), rounds=20) for path in ("/", claim))
    for _ in range(900):
        make_published_claim()
    many, still = (seconds(partial(made, path), rounds=20) for path in ("/", claim))
    return {
        "bare Django view: milliseconds": round(bare * 1000, 2),
        "kept claim page: share of a bare view’s speed": round(bare / kept, 2),
        "claim page made anew: share of a bare view’s speed": round(bare / one, 3),
        "list of fact-checks made anew: times a bare view": round(few / bare, 1),
        "list with ten times the fact-checks: cost": round(many / few, 2),
        "claim page with ten times the fact-checks: cost": round(still / one, 2),
    }


if __name__ == "__main__":
    main()
