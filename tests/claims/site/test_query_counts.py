"""A page takes as many queries for ten rows as for one."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimMatch, Topic
from tests import factories

pytestmark = pytest.mark.django_db


def queries(client, address: str) -> int:
    """Of a page that is not kept yet: with one for its version, where it will be."""
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 10])
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/", 7),  # version, ratings, how many, which, claims with claimants, addresses, verdicts
        ("/?rating=mostly-true", 7),
        # claimant with roles, how many were considered, how often which rating was given, how many, claims as above
        ("/claimants/jutta-brandt/", 10),
        ("/topics/bridges/", 10),
        ("/publishers/verdener-bote.example/", 10),
        ("/feeds/topics/bridges.atom", 6),
        ("/feeds/claims.atom", 5),
        ("/sitemap.xml", 11),  # version; how many and which, of five kinds
        # in a transaction, which takes three: those with the words; claims near by vector, and what is
        # known of them. Then claims with claimants, addresses, verdicts; which words to mark; which topics; names
        # of four facets
        ("/search/?q=claim+by+brandt", 15),
        ("/search/?q=%22claim%22&sort=newest", 14),  # the same without meaning, and with the stems of what to mark
    ],
)
def test_lists(client, address, number, rows):
    topic = Topic.objects.create(name="Bridges", slug="bridges")
    for n in range(rows):
        factories.make_published_claim(text=f"Claim {n}.").topics.add(topic)
    client.get(address)  # what a process finds out once

    assert queries(client, address) == number


@pytest.mark.parametrize("rows", [1, 10])
def test_the_claim_page(client, rows):
    claim = factories.make_published_claim(appears=False, verdict={"cites": False})
    verdict = factories.make_verdict(claim, cites=False)
    merged = [
        factories.make_claim(appears=False, status=Claim.Status.MERGED, merged_into=claim, text=f"As {n}.")
        for n in range(rows)
    ]
    for n in range(rows):
        source = factories.make_source(claim)
        factories.Citation.objects.create(verdict=verdict, source=source, stance="context", n=n + 1)
        for member in (claim, merged[n]):
            article = factories.make_article(publisher=factories.make_publisher(f"{n}.example", name=f"Paper {n}"))
            factories.make_appearance(member, revision=article.revisions.get(), made_on=date(2026, 1, 1 + n))
    factories.approve(verdict)
    factories.make_correction(verdict)
    claim.verdicts.filter(pk=verdict.pk).update(published_at=factories.NOON, claim_text=claim.text)

    for n in range(rows):
        other = factories.make_published_claim(text=f"Other {n}.")
        ClaimMatch.objects.create(low=merged[n], high=other, similarity=0.8, decision="related", rules="1")

    # its version; the claim with what is small on it; versions with their scales, what they cite, who approved them;
    # where it was made; matches; verdicts on other claims
    assert queries(client, claim.get_absolute_url()) == 8


@pytest.mark.parametrize("rows", [1, 10])
def test_an_article(client, rows):
    article = factories.make_article(publisher=factories.make_publisher(text_allowed=True))
    for n in range(rows):
        claim = factories.make_published_claim(text=f"Claim {n}.", appears=False)
        factories.make_appearance(claim, revision=article.revisions.get(), quote=factories.QUOTE[: -1 - n])

    # the article, its addresses, what was checked in it, who of these is not named, verdicts, the text
    assert queries(client, f"/articles/{article.pk}/") == 6
