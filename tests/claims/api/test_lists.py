"""Lists a stretch at a time, fields, and asking again."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from claims.models import Claim, Topic
from tests import factories
from tests.factories import NOON, make_published_claim

pytestmark = pytest.mark.django_db

LISTS = ("claims", "verdicts", "sources", "appearances", "claimants", "articles", "corrections")


def walk(program, address: str) -> list[list[int]]:
    """The numbers on each stretch to the end."""
    stretches = []
    while address:
        answer = program.get(address).json()
        stretches.append([item["id"] for item in answer["items"]])
        address = (answer["next"] or "").partition("/api/v1/")[2]
    return stretches


@pytest.mark.parametrize("name", LISTS)
def test_following_next_meets_everything_once(program, name):
    for n in range(3):
        speaker, day = factories.make_claimant(f"Speaker {n}"), NOON + timedelta(days=n // 2)
        claim = make_published_claim(text=f"Claim {n}.", claimant=speaker, published_at=day)
        factories.make_verdict(claim, published_at=NOON + timedelta(days=9))

    stretches = walk(program, f"{name}?limit=2")
    everything = [pk for one in stretches for pk in one]

    assert [len(one) for one in stretches[:-1]] == [2] * (len(stretches) - 1)
    assert everything == [item["id"] for item in program.items(name, limit=100)]
    assert len(set(everything)) == len(everything) >= 3


def test_what_is_published_meanwhile_moves_nothing(program):
    old = [make_published_claim(published_at=NOON + timedelta(days=n)).pk for n in range(4)]
    first = program.get("claims", limit=2).json()
    make_published_claim(published_at=NOON + timedelta(days=9))

    second = program.get(first["next"].partition("/api/v1/")[2]).json()

    assert [one["id"] for one in first["items"] + second["items"]] == old[::-1]


def test_next_keeps_what_was_asked(program):
    for _ in range(2):
        make_published_claim()

    address = program.get("claims", limit=1, rating="mostly-true", fields="id,slug").json()["next"]

    assert "rating=mostly-true" in address
    assert "fields=id%2Cslug" in address
    assert set(program.items(address.partition("/api/v1/")[2])[0]) == {"id", "slug"}


def test_fields_leave_out_the_others(program):
    claim = make_published_claim()

    assert program.items("claims", fields="slug, text") == [{"slug": claim.slug, "text": factories.CLAIM}]
    assert set(program.get(f"claims/{claim.slug}", fields="sources").json()) == {"sources"}


def test_who_has_the_newest_answer_is_told_so(program):
    make_published_claim()
    tag = program.get("claims")["ETag"]

    again = program.client.get("/api/v1/claims", headers={"If-None-Match": tag})
    make_published_claim()
    after = program.client.get("/api/v1/claims", headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert after.status_code == 200


def test_answers_may_be_read_from_any_page_are_compressed_and_set_no_cookie(program):
    make_published_claim()

    answer = program.client.get("/api/v1/claims", headers={"Accept-Encoding": "gzip"})

    assert b"Aller" in gzip.decompress(answer.content)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies


def test_head_is_answered_as_get(program):
    make_published_claim()

    answer = program.client.head("/api/v1/claims")

    assert (answer.status_code, answer["ETag"]) == (200, program.get("claims")["ETag"])


def queries(program, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert program.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 10])
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("claims", 5),  # which; claims with claimants, addresses, verdicts, topics
        ("claims?rating=mostly-true&claimant=jutta-brandt&topic=transport&publisher=verdener-bote.example", 6),
        ("verdicts", 2),  # which, and all of them
        ("sources", 1),
        (
            "appearances",
            7,
        ),  # addresses; claims and those they count with; names of claimants
        ("claimants", 2),  # and roles
        ("articles", 10),
        ("corrections", 1),
        ("ratings", 2),
        ("topics", 1),
        ("search?q=claim", 15),
    ],
)
def test_ten_rows_take_as_many_queries_as_one(program, address, number, rows):
    topic = Topic.objects.create(name="Transport", slug="transport")
    for n in range(rows):
        claim = make_published_claim(text=f"Claim {n}.")
        factories.make_verdict(claim, published_at=NOON)
        claim.topics.add(topic)
        factories.make_claim(status="merged", merged_into=claim, text=f"As {n}.")
    program.get(address)  # what a process finds out once

    assert queries(program, address) == number


@pytest.mark.parametrize("rows", [1, 10])
def test_one_claim_takes_as_many_queries_whatever_it_holds(program, rows):
    claim = make_published_claim(appears=False)
    for n in range(rows):
        factories.make_appearance(claim)
        factories.make_claim(status="merged", merged_into=claim, text=f"As {n}.")
        factories.make_outreach(claim)
        factories.make_verdict(claim, published_at=NOON)

    assert queries(program, f"claims/{claim.slug}") == 12


@pytest.mark.parametrize("rows", [1, 10])
def test_one_article_takes_as_many_queries_whatever_it_holds(program, rows):
    article = factories.make_article()
    for n in range(rows):
        claim = make_published_claim(text=f"Claim {n}.", appears=False)
        factories.make_appearance(claim, revision=article.revisions.get())

    assert queries(program, f"articles/{Article.objects.get().pk}") == 8
    assert len(program.get(f"articles/{article.pk}").json()["claims"]) == Claim.objects.count()
