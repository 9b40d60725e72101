"""Nothing lost, nothing twice: workers, broker and PostgreSQL are killed while articles come in."""

import json
import subprocess
import sys

import pytest

from claims.extraction import extract_claims
from claims.extraction.repeats import group_repeats
from tests.config.services import sql
from tests.desk_process import ROOT, DeskProcess

pytestmark = pytest.mark.stack

ARTICLES = 50

FILLER = "Nobody knows why the harbour was built there. " * 60
TEXTS = [f"The harbour of Oldsand {n} cost {n + 10} million euros in {1950 + n}. {FILLER}" for n in range(ARTICLES)]

# As a person would, it submits again when the desk does not answer; the same text is one article.
SUBMIT = """
import json, sys, time
from django.db import connection, OperationalError, InterfaceError
from articles.services import submit_text
from claims.tasks import read_soon
for n, text in enumerate(json.load(sys.stdin)):
    while True:
        try:
            read_soon(submit_text(text).article)
            break
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.2)
    print(n, flush=True)
    time.sleep(0.2)
"""

COUNT = """
SELECT (SELECT count(*) FROM articles_article),
       (SELECT count(*) FROM claims_extractionrun),
       (SELECT count(*) FROM claims_extractionrun WHERE finished_at IS NOT NULL AND failure = ''),
       (SELECT count(*) FROM claims_claim),
       (SELECT count(*) FROM claims_appearance)
"""


def expected(texts: list[str]) -> dict[str, int]:
    """What an undisturbed desk would hold: each statement once per article, and each place once."""
    found = [group_repeats(extract_claims(text)) for text in texts]
    return {
        **dict.fromkeys(("articles", "runs", "finished"), len(texts)),
        "claims": sum(map(len, found)),
        "places": sum(len({(c.start, c.end) for c in group}) for groups in found for group in groups),
    }


def submit(desk: DeskProcess, texts: list[str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup()\n" + SUBMIT],
        cwd=ROOT,
        env={**desk.environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.stdin.write(json.dumps(texts))
    process.stdin.close()
    return process


def counts(desk: DeskProcess) -> dict[str, int]:
    (row,) = sql(desk.var, COUNT)
    return dict(zip(("articles", "runs", "finished", "claims", "places"), row, strict=True))


def test_killing_worker_broker_and_database_during_ingestion_loses_and_doubles_nothing(desk):
    submitting = submit(desk, TEXTS)
    kills = {10: "worker", 20: "valkey-server", 30: "postgres", 40: "worker"}

    for line in submitting.stdout:
        if name := kills.get(int(line)):
            desk.kill(name)
    assert submitting.wait(timeout=60) == 0

    desk.wait_until(desk.is_ready, seconds=30, what="the desk to be back")
    desk.wait_until(lambda: counts(desk)["finished"] >= ARTICLES, seconds=120, what="all articles to be extracted")
    assert counts(desk) == expected(TEXTS)


def test_a_broker_that_lost_everything_is_made_up_for_by_the_sweep(desk):
    assert submit(desk, TEXTS[:5]).wait(timeout=60) == 0
    desk.python(
        "from django.conf import settings; from redis import Redis;"
        "Redis.from_url(settings.CACHES['default']['LOCATION']).flushall()"
    )

    desk.wait_until(lambda: counts(desk)["finished"] == 5, seconds=60, what="the sweep")
    assert counts(desk) == expected(TEXTS[:5])
