"""The list of fact-checks and the page of a claimant."""

from datetime import timedelta

import pytest

from claims.models import Claim
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [link.text for link in pages.parse(response).xpath("//h2[@class='check__claim']/a")]


def publish_many(number: int) -> None:
    for n in range(number):
        factories.make_published_claim(
            text=f"Claim {n}.", appears=False, published_at=factories.NOON + timedelta(days=n)
        )


def test_published_fact_checks_are_listed_newest_first(client):
    publish_many(3)
    factories.make_claim_with_verdict(text="Not yet.")
    factories.make_published_claim(text="Taken back.", status=Claim.Status.RETRACTED)

    assert titles(client.get("/")) == ["Claim 2.", "Claim 1.", "Claim 0."]


def test_a_correction_does_not_move_a_claim_up(client):
    publish_many(2)
    factories.make_verdict(Claim.objects.get(text="Claim 0."), published_at=factories.NOON + timedelta(days=9))

    assert titles(client.get("/")) == ["Claim 1.", "Claim 0."]


def test_an_entry_shows_claim_rating_summary_claimant_and_date(client):
    factories.make_published_claim()

    shown = pages.text_of(client.get("/"))

    assert "The new bridge over the Aller cost 84 million euros. Our verdict: Mostly true" in shown
    assert "The final account puts the bridge at 84.1 million euros." in shown
    assert "Claimed by Jutta Brandt March 2, 2026" in shown


def test_the_list_is_paged_in_the_address(client):
    publish_many(21)

    first, second = pages.parse(client.get("/")), client.get("/?page=2")

    assert first.xpath("//nav//a[@rel='next']/@href") == ["/?page=2"]
    assert titles(second) == ["Claim 0."]
    assert pages.parse(second).xpath("//nav//a[@rel='prev']/@href") == ["/"]
    assert pages.parse(second).xpath("string(//link[@rel='canonical']/@href)").endswith("/?page=2")


@pytest.mark.parametrize("query", ["page=2", "page=0", "page=x", "rating=nonsense"])
def test_an_address_of_nothing_is_not_found(client, query):
    assert client.get(f"/?{query}").status_code == 404


def test_the_list_can_be_narrowed_to_a_rating_by_address(client):
    factories.make_published_claim(text="Right.", verdict={"rating": factories.rating("true")})
    factories.make_published_claim(text="Wrong.", verdict={"rating": factories.rating("false")})

    page = client.get("/?rating=false")

    assert titles(page) == ["Wrong."]
    assert pages.parse(page).xpath("//nav//a[@aria-current]/@href") == ["/?rating=false"]


def test_the_rating_stays_in_the_address_from_page_to_page(client):
    publish_many(21)

    page = pages.parse(client.get("/?rating=mostly-true"))

    assert page.xpath("//nav//a[@rel='next']/@href") == ["/?rating=mostly-true&page=2"]


def test_an_empty_list_says_what_will_appear(client):
    assert "Each claim that has been checked will appear here" in pages.text_of(client.get("/"))
    assert "No fact-check has this rating yet." in pages.text_of(client.get("/?rating=true"))


def test_a_claimant_page_lists_what_they_said(client):
    claim = factories.make_published_claim()
    factories.make_published_claim(text="Another one's.", claimant=factories.make_claimant("Karl Meier"))

    response = client.get(claim.claimant.get_absolute_url())

    assert titles(response) == [factories.CLAIM]
    assert pages.parse(response).xpath("string(//h1)") == "Jutta Brandt"


def test_a_claimant_without_anything_published_has_no_page(client):
    claimant = factories.make_claim_with_verdict().claimant

    assert client.get(claimant.get_absolute_url()).status_code == 404


def test_a_private_person_has_no_page(client):
    claimant = factories.make_claimant("Karl Private", named_publicly=False)
    factories.make_published_claim(claimant=claimant)

    assert client.get(claimant.get_absolute_url()).status_code == 404
    assert "Karl Private" not in client.get("/").content.decode()
