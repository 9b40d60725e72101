"""What readers are told of the desk's output, choice and agreement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Decline
from claims.services.agreement import FLOOR
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def _rated_today(monkeypatch):
    monkeypatch.setattr(factories, "NOON", timezone.now())


def shown(client) -> str:
    return pages.text_of(client.get("/statistics/"))


def rows(client, caption: str) -> list[str]:
    page = pages.parse(client.get("/statistics/"))
    found = page.xpath("//table[caption=$caption]/tbody/tr", caption=caption)
    return [" ".join(row.text_content().split()) for row in found]


def decline(reason: str, **fields) -> None:
    claim = factories.make_claim(status=Claim.Status.DECLINED, appears=False)
    Decline.objects.create(claim=claim, reason=reason, **fields)


def test_an_empty_desk_says_what_will_appear(client):
    assert "Nobody has decided on a claim yet." in shown(client)
    assert f"There are 0 pairs of ratings; under {FLOOR} no figure is given" in shown(client)


def test_output_and_time_are_drawn_with_a_table_behind_each(client):
    now = timezone.now()
    factories.make_published_claim(published_at=now, shortlisted_at=now - timedelta(days=3))

    page = pages.parse(client.get("/statistics/"))

    assert [drawing.get("role") for drawing in page.xpath("//figure/svg")] == ["img", "img"]
    assert [len(table.xpath("./tbody/tr")) for table in page.xpath("//figure//table")] == [26, 26]
    assert "1 in 26 weeks" in page.xpath("string(//figure[1])")
    assert "Half of them within 3 days" in page.xpath("string(//figure[2])")


def test_what_was_considered_stands_beside_what_was_checked_and_says_why_the_rest_was_left(client):
    factories.make_published_claim(published_at=timezone.now())
    factories.make_claim(status=Claim.Status.IN_REVIEW)
    factories.make_claim()  # nobody has looked at it
    for reason in ("opinion", "opinion", "trivial"):
        decline(reason)

    assert "People decided on 5 claims." in shown(client)
    assert rows(client, "Claims considered") == [
        "Published 1",
        "Being worked on now 1",
        "Declined: Opinion 2",
        "Declined: Trivial 1",
    ]


def test_what_lies_before_the_period_does_not_count(client):
    factories.make_published_claim(published_at=timezone.now() - timedelta(weeks=27))
    decline("opinion")
    Decline.objects.update(at=timezone.now() - timedelta(weeks=27))

    assert "Nobody has decided on a claim yet." in shown(client)


def test_a_decline_that_was_taken_back_does_not_count(client):
    decline("opinion")
    Claim.objects.update(status=Claim.Status.DETECTED)

    assert "Nobody has decided on a claim yet." in shown(client)


@pytest.mark.usefixtures("_rated_today")
@pytest.mark.parametrize(("number", "given"), [(FLOOR - 1, False), (FLOOR, True)])
def test_agreement_is_given_from_a_floor_on_and_names_nobody(client, number, given):
    for _n in range(number):
        factories.make_published_claim(appears=False)

    table = rows(client, "The same rating, by both")

    assert bool(table) is given
    if given:
        assert table[0] == f"All together {number} 100% –"
    assert "Ravi" not in shown(client)


@pytest.mark.usefixtures("_rated_today")
def test_ratings_of_what_is_not_published_are_not_counted(client):
    for _n in range(FLOOR):
        factories.make_claim_with_verdict(status=Claim.Status.APPROVED, appears=False)

    assert rows(client, "The same rating, by both") == []
    assert "There are 0 pairs of ratings" in shown(client)


@pytest.mark.parametrize("number", [1, 10])
def test_it_takes_the_same_queries_however_much_there_is(client, number):
    for _n in range(number):
        factories.make_published_claim(published_at=timezone.now(), appears=False)
        decline("opinion")
    client.get("/statistics/")

    with CaptureQueriesContext(connection) as captured:
        client.get("/statistics/")

    # the scale, what was published twice, in hand, declined, reviews and ratings
    assert len(captured) == 7
