"""The desk among 200,000 candidates and as many claims past triage, in a PostgreSQL of its own under var/desk/.

Over ten thousand articles of five hundred publishers, by five thousand claimants, with an entry in the record for each
row. Made once, in some minutes, and kept. Run by `make bench ARGS=--desk` in a process of its own.
"""

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.million import say
from benchmarks.readers import LANGUAGE
from benchmarks.servers import milliseconds, timed

HERE = Path(__file__).parents[1] / "var" / "desk"
FIGURES = HERE / "figures.json"
SERVER = {"POSTGRES_SHARED_BUFFERS": "1GB", "POSTGRES_MAINTENANCE_WORK_MEM": "1GB", "PUBLIC_URL": "http://127.0.0.1"}
CLAIMS = 400_000  # every second one a candidate; of the others most are declined or published
ARTICLES, PUBLISHERS, CLAIMANTS, EXTERNALS = 10_000, 500, 5_000, 50_000
ROUNDS, DECISIONS = 20, 100
SCRIPT = {"HX-Request": "true"}

ROWS = """
INSERT INTO articles_publisher (name, domain, timezone)
    SELECT 'Paper ' || n, 'paper' || n || '.example', '' FROM generate_series(1, %(publishers)s) n;
INSERT INTO articles_article (id, status, failure, title, byline, publisher_id, published_on, language, submitted_at,
                              attempts)
    OVERRIDING SYSTEM VALUE
    SELECT n, 'read', '', pg_temp.words(7), '',
           (SELECT min(id) FROM articles_publisher) + (%(publishers)s * power(random(), 3))::int %% %(publishers)s,
           current_date - n %% 900, 'en', now() - n * interval '1 hour', 0
    FROM generate_series(1, %(articles)s) n;
INSERT INTO articles_articleaddress (article_id, url)
    SELECT id, 'https://paper.example/' || id FROM articles_article;
INSERT INTO articles_revision (id, article_id, n, text, text_hash, notes, read_at)
    OVERRIDING SYSTEM VALUE
    SELECT id, id, 1, repeat(pg_temp.words(14) || '. ', 60), 'hash ' || id, '[]', now() FROM articles_article;
INSERT INTO claims_claimant (name, slug, kind, named_publicly, same_as)
    SELECT 'Name ' || n, 'name-' || n, 'person', true, '{}' FROM generate_series(1, %(claimants)s) n;
INSERT INTO claims_claim (id, text, extracted_text, status, kind, modality, reasons, unresolved, resolved, origin,
                          created_at, claimant_id, check_worthiness, shortlisted_at, assigned_to_id, importance,
                          parts_rule)
    OVERRIDING SYSTEM VALUE
    SELECT n, pg_temp.words(14), '',
           CASE WHEN n %% 2 = 0 THEN 'detected' WHEN n %% 3 = 0 THEN 'published' WHEN n %% 40 = 1 THEN 'shortlisted'
                WHEN n %% 400 = 11 THEN 'in_progress' WHEN n %% 400 = 31 THEN 'in_review' ELSE 'declined' END,
           (ARRAY['quantity', 'law', 'event', 'other'])[1 + n / 2 %% 4], 'asserted',
           '[{"signal": "a sum of money", "weight": 1.2}]', '[]', '[]', 'extracted', now() - n * interval '1 minute',
           (SELECT min(id) FROM claims_claimant) + (%(claimants)s * power(random(), 3))::int %% %(claimants)s,
           round(random()::numeric, 3), CASE WHEN n %% 40 = 1 THEN now() END,
           CASE WHEN n %% 400 = 11 THEN (SELECT min(id) FROM people_user) END, 2, ''
    FROM generate_series(1, %(claims)s) n;
INSERT INTO claims_decline (claim_id, reason, note, at) SELECT id, 'trivial', '', now() FROM claims_claim
    WHERE status = 'declined';
INSERT INTO claims_appearance (claim_id, revision_id, start, "end", sentence_start, sentence_end, quote, claimant_text,
                               dates, made_on)
    SELECT id, 1 + id %% %(articles)s, id %% 3000, id %% 3000 + 60, id %% 3000, id %% 3000 + 70, 'q', '', '[]',
           current_date
    FROM claims_claim;
INSERT INTO claims_claimentry (claim_id, words, encoder, stamp)
    SELECT id, to_tsvector('plumbline', text), '', 'bench' FROM claims_claim;
INSERT INTO claims_claimmatch (low_id, high_id, similarity, decision, differences, certain, encoder, rules, state,
                               made_at)
    SELECT id - 1, id, 0.5 + random() / 2, 'same', '[]', false, '', 'bench', 'suggested', now() FROM claims_claim
    WHERE id %% 20 = 0;
INSERT INTO claims_externalfactcheck (url, publisher, publisher_site, title, claim_text, claimant, rating, language,
                                      raw, imported_at, words, encoder, stamp)
    SELECT 'https://check.example/' || n, 'Checks ' || n %% 90, 'check.example', pg_temp.words(8), pg_temp.words(14),
           'Name ' || n, 'False', 'en', '{}', now(), to_tsvector('plumbline', 'none'), '', 'bench'
    FROM generate_series(1, %(externals)s) n;
INSERT INTO people_recordentry (at, actor_name, table_name, row_id, action, after, reason, previous_hash, hash)
    SELECT now(), CASE WHEN id %% 9 = 0 THEN 'rosa' ELSE '' END, 'claims_claim', id, 'INSERT',
           '{"status": "detected"}'::jsonb, '', '', 'hash ' || id
    FROM claims_claim UNION ALL
    SELECT now(), '', 'claims_appearance', id, 'INSERT', '{}'::jsonb, '', '', 'hash ' || id FROM claims_appearance;
"""
PAGES = {
    "the front page": "/admin/",
    "triage": "/admin/triage/?all=1",
    "triage, the article beside it": "/admin/triage/?all=1&side=article",
    "triage, one publisher of 500": "/admin/triage/?publisher=Paper+77",
    "triage, not checked before, of two years": "/admin/triage/?matched=no&published_after=2024-12-01",
    "triage, one kind": "/admin/triage/?kind=law",
    "triage, low scores": "/admin/triage/?maximum=0.3",
    "triage as a list": "/admin/triage/list/",
    "triage as a list, page 100": "/admin/triage/list/?page=100",
    "matches": "/admin/matches/",
    "find": "/admin/find/?q=lu11+lu2a+lu4f",
    "claims": "/admin/claims/claim/",
    "claims, page 100": "/admin/claims/claim/?p=100",
    "claims, shortlisted": "/admin/claims/claim/?status=shortlisted",
    "claims, in review": "/admin/claims/claim/?status=in_review",
    "claims, mine": "/admin/claims/claim/?who=me",
    "claims, a common word": "/admin/claims/claim/?q=lu11",
    "claims, a rare word": "/admin/claims/claim/?q=lu4e2f",
    "claims, a name": "/admin/claims/claim/?q=Name+4711",
    "articles": "/admin/articles/article/",
    "articles, a word of the title": "/admin/articles/article/?q=lu11",
    "claimants": "/admin/claims/claimant/",
    "fact-checks of others": "/admin/claims/externalfactcheck/",
    "people": "/admin/people/user/",
    "the record": "/admin/people/recordentry/",
    "the record, of one row": "/admin/people/recordentry/?q=4711",
    "the record, of one person": "/admin/people/recordentry/?q=rosa",
}


def fill() -> dict[str, Any]:
    """Make all rows, past the triggers that keep the record and the indexes."""
    from django.db import connection

    from tests.factories import make_user

    make_user()
    given = {
        "claims": CLAIMS,
        "articles": ARTICLES,
        "publishers": PUBLISHERS,
        "claimants": CLAIMANTS,
        "externals": EXTERNALS,
    }
    with connection.cursor() as cursor:
        with servers.past_triggers(cursor):
            cursor.execute(LANGUAGE % {"words": 20_000})
            for statement in ROWS.split(";\n")[:-1]:
                cursor.execute(statement, given)
        cursor.execute("VACUUM (ANALYZE)")
    return {}


def measured() -> dict[str, float]:
    """How long each list takes, and from a decision to the next candidate on the screen, through all of Django."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.test.utils import override_settings

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        people = get_user_model().objects
        client.force_login(people.filter(is_superuser=True).first() or people.create_superuser("bench"))
        figures = dict[str, float]()
        for name, address in PAGES.items():
            figures |= of(name, [timed(partial(get, client, address)) for _ in range(ROUNDS + 1)][1:])
        for name, query in {"decision to the next candidate": "?all=1", "the same, low scores": "?maximum=0.3"}.items():
            figures |= of(name, [decide(client, query) for _ in range(DECISIONS + 1)][1:])
    return figures


def get(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


def decide(client: Any, query: str) -> float:
    """Shortlist the first candidate as the page does. Returns the seconds until the next one is there."""
    shown = candidate(get(client, f"/admin/triage/{query}"))
    address = f"/admin/triage/{shown}/shortlist/{query}&at={shown}"
    answer: Any = None

    def post() -> None:
        nonlocal answer
        answer = client.post(address, headers=SCRIPT)

    seconds = timed(post)
    assert candidate(answer) != shown
    return seconds


def candidate(answer: Any) -> str:
    """The number of the candidate on a page of triage."""
    found = re.search(rb"/admin/triage/(\d+)/leave/", answer.content)
    assert found
    return found[1].decode()


def of(name: str, times: list[float]) -> dict[str, float]:
    times = sorted(times)
    say(f"{name}: {milliseconds(times[len(times) // 2])} ms")
    return {
        f"desk: {name}, half within, ms": milliseconds(times[len(times) // 2]),
        f"desk: {name}, 95 of 100 within, ms": milliseconds(times[len(times) * 95 // 100]),
    }


def main() -> None:
    """Measure, making the rows first where they are not there yet; print the figures as one line of JSON."""
    servers.start(HERE, **SERVER)
    print(json.dumps(servers.kept(FIGURES, fill) | measured()))


if __name__ == "__main__":
    main()
