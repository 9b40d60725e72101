"""A feed of 100,000 fact-checks of others: reading it alone, bringing it in, and bringing the same in again.

`python -m benchmarks.externals` measures these alone.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ENTRIES = 100_000
WORDS = [f"word{n}" for n in range(3_000)]


def write_feed(file: Path, *, entries: int = ENTRIES) -> None:
    """A DataFeed as Data Commons has it, of some 2 KB an entry, the same each time."""
    draw = random.Random(4)
    with file.open("w") as out:
        out.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [')
        for n in range(entries):
            out.write(("," if n else "") + json.dumps({"@type": "DataFeedItem", "item": [record(n, draw)]}))
        out.write("]}")


def record(n: int, draw: random.Random) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://checks{n % 90}.example/fact-check/{n}",
        "claimReviewed": f"&#8220;{' '.join(draw.choices(WORDS, k=20))}&#8221; {n}",
        "author": {"@type": "Organization", "name": f"Checks {n % 90}", "url": f"https://checks{n % 90}.example/"},
        "datePublished": "2026-03-04",
        "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"Person {n % 5_000}"}},
        "reviewBody": " ".join(draw.choices(WORDS, k=180)),
    }


def measured(*, entries: int = ENTRIES) -> dict[str, float]:
    """Seconds of each step, and the most memory of a process that does nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feed.json"
        write_feed(file, entries=entries)
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.externals", str(file)], stdout=subprocess.PIPE, check=True, text=True
        )
        size = file.stat().st_size / 1_000_000
    figures = json.loads(answer.stdout)
    return {f"feed of {entries:,} ({size:.0f} MB): {name}": value for name, value in figures.items()}


def in_here(file: Path) -> dict[str, float]:
    import django

    from config import embedded

    embedded.start(postgres=True, broker=False)
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    from claims.claimreviews import read_claimreviews
    from claims.services.externals import import_claimreviews

    made = setup_databases(verbosity=0, interactive=False)
    try:
        with file.open("rb") as feed:
            reading = _seconds(lambda: sum(1 for _entry in read_claimreviews(feed)))
        with file.open("rb") as feed:
            first = _seconds(lambda: import_claimreviews(read_claimreviews(feed)))
        with file.open("rb") as feed:
            again = _seconds(lambda: import_claimreviews(read_claimreviews(feed)))
    finally:
        teardown_databases(made, verbosity=0)
    return {
        "reading alone, seconds": reading,
        "bringing in, seconds": first,
        "the same again, seconds": again,
        "most memory in MB": _memory(),
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 1)


def _memory() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1_000_000 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:]:
        print(json.dumps(in_here(Path(sys.argv[1]))))
    else:
        for name, value in measured().items():
            print(f"{name:<58} {value:>10}")
