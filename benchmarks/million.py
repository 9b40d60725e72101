"""Matching among 10,000, 100,000 and 1,000,000 claims, in a PostgreSQL of its own under var/million/.

The claims are real sentences of ../shared/data with real vectors, the rest of the million copies of them with noise in
vector and wording. Made once, which takes some fifteen minutes, and kept; the smaller sizes are measured on the way.
Run by `make bench ARGS=--million` in a process of its own, because the server has settings of its own (SERVER).
"""

import csv
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.servers import milliseconds, timed

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
HERE = ROOT / "var" / "million"
FIGURES = HERE / "figures.json"
SERVER = {
    "POSTGRES_SHARED_BUFFERS": "3GB",
    "POSTGRES_MAINTENANCE_WORK_MEM": "3GB",
}
SIZES = (10_000, 100_000, 1_000_000)
BASE = 20_000  # sentences that are read and encoded
NOISE = 0.9  # its length beside a vector of length 1: copies of one sentence have a cosine of about 0.55
ASKED = 300
TABLES = ("claims_claim", "claims_claimentry")


def sentences() -> list[str]:
    """Distinct sentences of debates and of checked claims, always the same ones in the same order."""
    found: dict[str, None] = {}
    with (SHARED / "match" / "v3" / "v3.0" / "verified_claims.docs.tsv").open(encoding="utf-8", newline="") as file:
        found |= dict.fromkeys(row["vclaim"] for row in csv.DictReader(file, delimiter="\t"))
    with (SHARED / "claimbuster" / "claimbuster_train.csv").open(encoding="utf-8", newline="") as file:
        found |= dict.fromkeys(row["Text"] for row in csv.DictReader(file))
    texts = [" ".join(text.split()) for text in found]
    chosen = [text for text in texts if 5 <= len(text.split()) <= 60]
    random.Random(4).shuffle(chosen)
    return chosen[: BASE + ASKED]


class Crowd:
    """The rows. Copy `n` of a sentence has other noise in its vector, and one of its words is a word of another.

    The noise is the difference of two other sentences: real claims differ in some directions and not in all alike.
    """

    def __init__(self) -> None:
        import numpy as np

        from claims.services.matching import make_all

        texts = sentences()
        made = [one for at in range(0, len(texts), 256) for one in make_all(texts[at : at + 256])]
        self.texts, self.asked = texts[:BASE], texts[BASE:]
        self.vectors = np.stack([one.question.vector for one in made[:BASE]])
        self.conditions = [json.dumps(one.fields()["conditions"]) for one in made[:BASE]]
        self.encoder = made[0].question.encoder
        self.stamp = made[0].fields()["stamp"]
        self._words = [word for text in self.texts for word in text.split() if len(word) > 3]

    def rows(self, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        """(number, text, vector, conditions) of the claims from `first` up to `last`."""
        import numpy as np

        for number in range(first, last):
            base, copy = number % len(self.texts), number // len(self.texts)
            text, vector = self.texts[base], self.vectors[base]
            if copy:
                chance = np.random.default_rng(number)
                one, other = chance.integers(len(self.texts), size=2)
                noise = self.vectors[one] - self.vectors[other] + 1e-6
                vector = vector + NOISE * noise / np.linalg.norm(noise)
                words = text.split()
                words[int(chance.integers(len(words)))] = self._words[int(chance.integers(len(self._words)))]
                text = " ".join(words)
            yield number + 1, text, vector / np.linalg.norm(vector), self.conditions[base]


def fill(crowd: Crowd, first: int, last: int) -> None:
    """Add claims and their entries as the services would leave them, past the triggers that keep the record."""
    from django.db import connection
    from pgvector import HalfVector
    from pgvector.psycopg import register_vector

    with connection.cursor() as django_cursor:
        register_vector(connection.connection)
        cursor = django_cursor.connection.cursor()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("CREATE TEMP TABLE given (id int8, text text, vector halfvec, conditions text)")
        with cursor.copy("COPY given FROM STDIN WITH (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "text", "halfvec", "text"])
            for number, text, vector, conditions in crowd.rows(first, last):
                copy.write_row((number, text, HalfVector(vector), conditions))
        cursor.execute(
            "INSERT INTO claims_claim (id, text, extracted_text, status, kind, modality, reasons, unresolved, "
            "resolved, origin, created_at) SELECT id, text, text, 'detected', 'other', 'asserted', '[]', '[]', '[]', "
            "'extracted', now() FROM given"
        )
        cursor.execute(
            "INSERT INTO claims_claimentry (claim_id, words, conditions, vector, encoder, stamp) "
            "SELECT id, to_tsvector('plumbline', text), conditions::jsonb, vector, %s, %s FROM given",
            [crowd.encoder, crowd.stamp],
        )
        cursor.execute("DROP TABLE given")
        cursor.execute("SELECT setval('claims_claim_id_seq', %s)", [last + 1])
        cursor.execute("SET session_replication_role = DEFAULT")


def make() -> dict[str, Any]:
    """Make the million, measuring at each size on the way. Returns all figures."""
    crowd, figures, before = Crowd(), {}, 0
    for size in SIZES:
        say(f"adding claims up to {size:,}")
        drop_index()
        fill(crowd, before, size)
        begun = time.perf_counter()
        index()
        figures[f"{size:,} claims: seconds to make the index of vectors"] = round(time.perf_counter() - begun)
        analyse()
        figures |= at_size(size, crowd.asked)
        before = size
    return figures


def at_size(size: int, asked: list[str]) -> dict[str, Any]:
    """How long a match takes among `size` claims, and how many of the ten nearest it finds."""
    from claims.models import ClaimEntry
    from claims.services.matching import find_matches, make_all

    made = make_all(asked)
    for one in made[:100]:
        find_matches(one, ClaimEntry.objects.all())
    times = sorted(timed(lambda one=one: find_matches(one, ClaimEntry.objects.all())) for one in made)
    exact, recalls = [], []
    for one in made[:100]:
        found = nearest(one.question, ten="")
        begun = time.perf_counter()
        wanted = nearest(one.question, ten="SET LOCAL enable_indexscan = off")
        exact.append(time.perf_counter() - begun)
        recalls.append(len(found & wanted) / len(wanted))
    return {
        f"{size:,} claims: a match, milliseconds, half of them within": milliseconds(times[len(times) // 2]),
        f"{size:,} claims: a match, milliseconds, 95 of 100 within": milliseconds(times[len(times) * 95 // 100]),
        f"{size:,} claims: exact scan of the vectors alone, milliseconds": milliseconds(sorted(exact)[50]),
        f"{size:,} claims: recall of the ten nearest": round(sum(recalls) / len(recalls), 3),
    }


def nearest(question: Any, *, ten: str) -> set[int]:
    """The ten claims nearest by vector, with the settings of a match and `ten` on top of them."""
    from django.db import connection, transaction

    from claims.models import ClaimEntry
    from claims.services.finding import look_far

    with transaction.atomic(), connection.cursor() as cursor:
        look_far()
        if ten:
            cursor.execute(ten)
        found = ClaimEntry.objects.nearest(question.vector, encoder=question.encoder)
        return set(found.values_list("pk", flat=True)[:10])


def one_article(asked: list[str]) -> dict[str, Any]:
    """Thirty new claims, as an article brings them, from waiting to matched."""
    from claims.models import Claim
    from claims.services.matching import match_waiting

    rounds = []
    for at in range(3):
        claims = Claim.objects.bulk_create(Claim(text=f"{text} Again.") for text in asked[at * 30 : at * 30 + 30])
        begun = time.perf_counter()
        while match_waiting():
            pass
        rounds.append(time.perf_counter() - begun)
        Claim.objects.filter(pk__in=[claim.pk for claim in claims]).delete()
    nothing = min(timed(match_waiting) for _ in range(5))
    return {
        "1,000,000 claims: thirty new ones matched, seconds": round(min(rounds), 2),
        "1,000,000 claims: a look that finds nothing to match, milliseconds": milliseconds(nothing),
    }


def drop_index() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%USING hnsw%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')


def index() -> None:
    from claims.services.vectors import prepare_indexes

    prepare_indexes()


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, making the claims first where they are not there yet; print the figures as one line of JSON."""
    servers.start(HERE, **SERVER)
    asked = sentences()[BASE:]
    figures = servers.kept(FIGURES, make) | at_size(SIZES[-1], asked) | one_article(asked)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
