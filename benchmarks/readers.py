"""Readers' pages among 1,000, 20,000 and 200,000 published fact-checks, in a PostgreSQL of its own under var/readers/.

Pages are asked of a web server of its own, as `make run` starts it; searches go through Django alone. The pages of
fact-checks that are timed are whole ones, with evidence and places.

Made of invented words that are as unevenly common as real ones, and of vectors at random, which is the worst there is
for their index. Made once, in some minutes, and kept. Run by `make bench ARGS=--readers` in a process of its own.
"""

import json
import random
import statistics
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import load, servers
from benchmarks.million import drop_index, index, say
from benchmarks.servers import milliseconds, timed

ROOT = Path(__file__).parents[1]
HERE = ROOT / "var" / "readers"
FIGURES = HERE / "figures.json"
SERVER = {
    "POSTGRES_SHARED_BUFFERS": "1GB",
    "POSTGRES_MAINTENANCE_WORK_MEM": "2GB",
    "PUBLIC_URL": "http://127.0.0.1",
    "STATIC_ROOT": str(HERE / "static"),
}
SIZES = (1_000, 20_000, 200_000)
WHOLE = 50  # fact-checks with all that a page shows
BESIDE = 1_000  # keys below this are theirs
ASKED = 200
ROUNDS = 5
READERS = 50
STREAMED_FOR = 10  # seconds
KEEP_NOTHING = {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in ("default", "pages")}
FOR_MACHINES = {
    "API, list of fact-checks": "/api/v1/claims",
    "API, the same by rating": "/api/v1/claims?rating=true",
    "API, verdicts": "/api/v1/verdicts",
    "API, search": "/api/v1/search?q=lu2a+lu4f",
    "feed": "/feeds/claims.atom",
    "feed, six years back": "/feeds/claims.atom?before=2020-11-01",
    "sitemap, the index": "/sitemap.xml",
}
WORDS = 20_000  # in the invented language; the n-th of them is the commoner, the smaller n is

# `text` of so many words: word n is drawn with a chance that falls like a power of n.
LANGUAGE = """
CREATE OR REPLACE FUNCTION pg_temp.words(howmany int) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg('lu' || to_hex((%(words)s * power(random(), 4))::int + 17), ' ') FROM generate_series(1, howmany)
$$
"""
ROWS = """
INSERT INTO claims_claim (id, text, extracted_text, status, kind, modality, reasons, unresolved, resolved, origin,
                          created_at, claimant_id, importance, parts_rule)
    SELECT n, pg_temp.words(14), '', 'published', 'other', 'asserted', '[]', '[]', '[]', 'extracted', now(),
           (SELECT min(id) FROM claims_claimant) + (1000 * power(random(), 3))::int, 2, ''
    FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO claims_verdict (claim_id, version, rating_id, summary, explanation, how_we_checked, by_id, saves,
                            created_at, published_at, claim_text, claimant_name)
    SELECT id, 1, (SELECT min(id) FROM claims_rating) + (random() * 4)::int, pg_temp.words(25), pg_temp.words(200), '',
           (SELECT min(id) FROM people_user), 0, now(), now() - random() * interval '8 years', text,
           'Name ' || id %% 1000
    FROM claims_claim WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO claims_slug (slug, claim_id)
    SELECT 'claim-' || id, id FROM claims_claim WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO claims_appearance (claim_id, revision_id, start, "end", sentence_start, sentence_end, quote, claimant_text,
                               dates)
    SELECT id, (SELECT min(id) FROM articles_revision) + (200 * power(random(), 3))::int, id, id + 1, id, id + 1,
           'q', '', '[]'
    FROM claims_claim WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO claims_claimentry (claim_id, words, vector, encoder, stamp)
    SELECT id, to_tsvector('plumbline', text),
           (SELECT array_agg(random() - 0.5) FROM generate_series(1, %(width)s) WHERE id > 0)::real[]::halfvec,
           %(encoder)s, 'bench'
    FROM claims_claim WHERE id BETWEEN %(first)s AND %(last)s;
SELECT claims_search_renew(ARRAY(SELECT id FROM claims_claim WHERE id BETWEEN %(first)s AND %(last)s));
"""
WORDS_INDEX = "CREATE INDEX searchentry_words ON claims_searchentry USING gin (words) WITH (fastupdate = off)"


def prepare() -> None:
    """What the rows point to: 1,001 claimants, 201 publishers with an article each; and WHOLE fact-checks."""
    from claims.models import Claimant
    from tests.factories import make_article, make_published_claim, make_publisher

    for n in range(WHOLE):
        make_published_claim(slug=f"whole-{n}")
    Claimant.objects.bulk_create(Claimant(name=f"Name {n}", slug=f"name-{n}") for n in range(1_001))
    for n in range(201):
        make_article(publisher=make_publisher(f"{n}.example", name=f"Paper {n}"))


def fill(first: int, last: int) -> None:
    """Add published claims with all that a search reads, past the triggers that keep the record."""
    from django.db import connection

    from claims.matching.encoding import load_encoder
    from claims.services.finding import encoder_stamp

    encoder = load_encoder()
    given = {"first": first, "last": last, "encoder": encoder_stamp(), "width": encoder.encode([""]).shape[1]}
    with connection.cursor() as cursor:
        with servers.past_triggers(cursor):
            cursor.execute("DROP INDEX searchentry_words")
            cursor.execute(LANGUAGE % {"words": WORDS})
            for statement in ROWS.split(";\n")[:-1]:
                cursor.execute(statement, given)
            cursor.execute(
                "CREATE INDEX searchentry_words ON claims_searchentry USING gin (words) WITH (fastupdate = off)"
            )
        cursor.execute(
            "VACUUM (ANALYZE) claims_claim, claims_verdict, claims_slug, claims_claimentry, claims_searchentry"
        )


def make() -> dict[str, Any]:
    """Make all rows, measuring at each size on the way. Returns all figures."""
    prepare()
    figures, before = dict[str, Any](), 0
    for size in SIZES:
        say(f"publishing fact-checks up to {size:,}")
        drop_index()
        fill(BESIDE + before + 1, BESIDE + size)
        index()
        figures |= at_size(size)
        before = size
    return figures


def queries() -> list[dict[str, Any]]:
    """What is asked, always the same: words of all frequencies, sentences, phrases, narrowed and sorted searches."""
    chance = random.Random(6)

    def words(number: int) -> str:
        return " ".join(f"lu{int(WORDS * chance.random() ** 4) + 17:x}" for _ in range(number))

    made: list[dict[str, Any]] = []
    for n in range(ASKED):
        asked: dict[str, Any] = {"q": words((1, 2, 3, 9)[n % 4])}
        if n % 10 == 1:
            asked["q"] = f'"{asked["q"]}"'
        asked |= ({"rating": "true"}, {"year": 2024}, {"publisher": "3.example"}, {"sort": "newest"}, {})[n % 5]
        made.append(asked)
    return made


def at_size(size: int) -> dict[str, Any]:
    return pages_at(size) | searches_at(size) | machines_at(size)


def pages_at(size: int) -> dict[str, Any]:
    """How fast pages come from a web server, beside a view that does nothing, and how fast for many readers at once."""
    wholes = [f"/claims/whole-{n}/" for n in range(WHOLE)]
    with load.served() as port:
        load.one_reader(port, ["/healthz", "/", *wholes] * 20)  # each process and connection has seen all once
        bare, kept = load.in_turn(port, ["/healthz"] * 800, wholes * 16)
        crowd = load.at_once(port, ["/", *wholes] * 60, readers=READERS)
        weights = load.weights(port, wholes[0])
    with load.served(PAGES_KEPT="0") as port:
        load.one_reader(port, ["/healthz", "/", *wholes] * 10)
        still, anew = load.in_turn(port, ["/healthz"] * 300, wholes * 6)
        first = load.one_reader(port, ["/"] * 200)
    at, many = f"{size:,} fact-checks", f"{size:,} fact-checks, {READERS} readers at once"
    return {
        f"{at}: a bare view over HTTP, milliseconds": milliseconds(bare),
        f"{at}: kept claim page, share of a bare view’s speed": round(bare / kept, 2),
        f"{at}: claim page made anew, share of it": round(still / anew, 3),
        f"{at}: claim page made anew, milliseconds": milliseconds(anew),
        f"{at}: start page made anew, milliseconds": milliseconds(first),
        f"{many}: milliseconds, half within": milliseconds(crowd[len(crowd) // 2]),
        f"{many}: milliseconds, 95 of 100 within": milliseconds(crowd[len(crowd) * 95 // 100]),
        f"{many}: pages a second": round(READERS / statistics.mean(crowd)),
        **{f"claim page as sent, bytes of {kind}": number for kind, number in weights.items()},
    }


def searches_at(size: int) -> dict[str, Any]:
    """How long a search takes, and how long one for the commonest word of all."""
    from django.test import Client
    from django.test.utils import override_settings

    with override_settings(ALLOWED_HOSTS=["testserver"], SEARCHES_A_MINUTE=10**9):
        client = Client()
        addresses = [f"/search/?{urlencode(asked)}" for asked in queries()]
        for address in addresses[:40]:
            assert client.get(address).status_code == 200
        times = sorted(least(client, address) for address in addresses)
        commonest, bare = least(client, "/search/?q=lu11"), least(client, "/healthz")
    return {
        f"{size:,} fact-checks: a search, milliseconds, half of them within": milliseconds(times[len(times) // 2]),
        f"{size:,} fact-checks: a search, milliseconds, 95 of 100 within": milliseconds(times[len(times) * 95 // 100]),
        f"{size:,} fact-checks: a search, milliseconds, the slowest": milliseconds(times[-1]),
        f"{size:,} fact-checks: for the commonest word, milliseconds": milliseconds(commonest),
        f"{size:,} fact-checks: a bare Django view, milliseconds": milliseconds(bare),
    }


def machines_at(size: int) -> dict[str, Any]:
    """How long the lists for programs take, made anew each time, from their first page and far behind it."""
    from django.test import Client
    from django.test.utils import override_settings

    with override_settings(ALLOWED_HOSTS=["testserver"], API_REQUESTS_A_MINUTE=10**9, CACHES=KEEP_NOTHING):
        client = Client()
        times = {name: least(client, path) for name, path in FOR_MACHINES.items()}
        whole = streamed(client.get("/data/claimreview.json"))
    return {
        **{f"{size:,} fact-checks: {name}, milliseconds": milliseconds(took) for name, took in times.items()},
        f"{size:,} fact-checks: the DataFeed, megabytes a second": round(whole / 1e6, 1),
    }


def streamed(answer: Iterable[bytes]) -> float:
    """Bytes a second of what is sent while it is made, as far as it comes within STREAMED_FOR."""
    begun, size = time.perf_counter(), 0
    for part in answer:
        size += len(part)
        if time.perf_counter() - begun > STREAMED_FOR:
            break
    return size / (time.perf_counter() - begun)


def least(client: Any, address: str) -> float:
    """The best of some rounds, in seconds: what the machine can do when nothing else disturbs it."""
    return min(timed(lambda: client.get(address)) for _ in range(ROUNDS))


def main() -> None:
    """Measure, making the rows first where they are not there yet; print the figures as one line of JSON."""
    from django.core.management import call_command

    servers.start(HERE, **SERVER)
    call_command("collectstatic", interactive=False, verbosity=0)  # compressed, as a deployment sends it
    print(json.dumps(servers.kept(FIGURES, make) | at_size(SIZES[-1])))


if __name__ == "__main__":
    main()
