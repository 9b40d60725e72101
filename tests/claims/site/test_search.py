"""The search page: what it finds and how it is narrowed."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from claims.models import Claim, Topic
from claims.services.matching import match_waiting
from claims.services.retraction import retract_at_once
from tests import factories
from tests.claims.site import pages
from tests.claims.site.pages import search

pytestmark = pytest.mark.django_db
FERRY = "The ferry carried 410,000 cars in 2025."
needs_encoder = pytest.mark.skipif(
    os.environ.get("PLUMBLINE_ENCODER", "").lower() in {"off", "none", "0"}, reason="no encoder here"
)


def found(response) -> list[str]:
    return [link.text_content() for link in pages.parse(response).xpath("//h2[@class='check__claim']/a")]


def values(response, facet: str) -> list[tuple[str, int]]:
    """What a facet offers, with its numbers."""
    rows = pages.parse(response).xpath(f"//div[@class='facet'][p='{facet}']//li")
    return [(row.find("a").text_content().strip(), int(row.find("span").text)) for row in rows]


def link(response, words: str) -> str:
    (address,) = pages.parse(response).xpath(f"//main//a[normalize-space()='{words}']/@href")
    return address


@pytest.mark.usefixtures("no_encoder")
class TestWords:
    @pytest.mark.parametrize(
        "words",
        [
            "bridge",
            "bridges",
            "BRIDGE Aller",
            "mayor's",
            "depot",
            "brandt",
            "Jutta Brändt",
            "84.1 million",
            '"bridge over the Aller"',
            "„bridge over the Aller“",
            "bridge -ferry",
            "ferry OR bridge",
        ],
    )
    def test_a_fact_check_is_found_by_claim_claimant_summary_and_explanation(self, client, words):
        factories.make_published_claim(verdict={"explanation": "The mayor's office counts the **depot** too."})

        assert found(search(client, words)) == [factories.CLAIM]

    @pytest.mark.parametrize("words", ["Zürich", "zurich", "ZÜRICH", "Zu\u0308rich"])
    def test_accents_make_no_difference(self, client, words):
        factories.make_published_claim(text="The hospital in Zürich closed.")
        factories.make_published_claim(text="The hospital in Zurich opened.")

        assert len(found(search(client, words))) == 2

    @pytest.mark.parametrize("words", ['"bridge Aller"', "bridge -aller", "bridge tunnel", "rosa"])
    def test_what_was_not_asked_for_is_not_found(self, client, words):
        factories.make_published_claim()

        assert found(search(client, words)) == []

    def test_words_of_the_claim_count_more_than_those_of_the_explanation(self, client):
        factories.make_published_claim(text="The bridge is new.", verdict={"summary": "It is."})
        factories.make_published_claim(text="Another thing.", verdict={"summary": "As for the bridge."})
        factories.make_published_claim(
            text="A third thing.", verdict={"summary": "No.", "explanation": "The bridge, that bridge, any bridge."}
        )

        assert found(search(client, "bridge")) == ["The bridge is new.", "Another thing.", "A third thing."]

    def test_the_newest_come_first_where_the_reader_wants_that(self, client):
        for n in range(3):
            factories.make_published_claim(text=f"Bridge {n}.", published_at=factories.NOON + timedelta(days=n))

        page = search(client, "bridge", sort="newest")

        assert found(page) == ["Bridge 2.", "Bridge 1.", "Bridge 0."]
        assert link(page, "Most relevant") == "/search/?q=bridge"

    def test_only_the_current_verdict_of_a_published_claim_is_looked_up(self, client, editor):
        claim = factories.make_published_claim(verdict={"summary": "Said the heron."})
        factories.make_verdict(claim, version=2, published_at=factories.NOON, summary="Said the stork.")
        gone = factories.make_published_claim(text="The heron is gone.")
        retract_at_once(gone, why="Another bird.", by=editor)
        factories.make_claim_with_verdict(text="The heron is not out yet.")

        assert found(search(client, "heron")) == []
        assert found(search(client, "stork")) == [factories.CLAIM]

    def test_a_private_person_is_not_found_by_name_before_or_after_they_became_one(self, client):
        claimant = factories.make_claimant("Karl Private")
        factories.make_published_claim(claimant=claimant)
        assert found(search(client, "karl")) == [factories.CLAIM]

        claimant.named_publicly = False
        claimant.save()

        assert found(search(client, "karl")) == []
        assert found(search(client, "bridge -karl")) == [factories.CLAIM]
        assert client.get("/search/?q=bridge&claimant=karl-private").status_code == 404

    def test_words_are_marked_where_they_stand_whatever_their_form(self, client):
        factories.make_published_claim(text="Brücken cost; bridges cost 84.1 million.", verdict={"summary": "Costs."})

        page = pages.parse(search(client, "bridge costing 84.1"))

        assert page.xpath("//h2//mark/text()") == ["cost", "bridges", "cost", "84.1"]
        assert page.xpath("//p[@class='check__summary']/mark/text()") == ["Costs"]

    def test_a_word_of_the_explanation_is_shown_in_its_place(self, client):
        explanation = "One word. " * 50 + "The [**depot**](https://depot.example/) counts. " + "And so on. " * 50
        factories.make_published_claim(verdict={"explanation": explanation})

        page = pages.parse(search(client, "depot"))
        (line,) = page.xpath("//p[@class='check__found']")

        assert line.xpath(".//mark/text()") == ["depot"]
        assert "The depot counts." in " ".join(line.text_content().split())
        assert len(line.text_content()) < 250

    def test_it_says_that_only_words_were_looked_up(self, client):
        factories.make_published_claim()

        assert "only words were looked up" in pages.text_of(search(client, "bridge"))

    def test_a_sentence_finds_a_claim_that_shares_its_rare_words(self, client):
        factories.make_published_claim()
        match_waiting()

        assert found(search(client, "Did the Aller bridge really cost 84 million?")) == [factories.CLAIM]


@needs_encoder
class TestMeaning:
    def test_a_claim_in_other_words_is_found_and_says_so(self, client):
        factories.make_published_claim(text="Vaccines cause autism in children.")
        factories.make_published_claim(text=FERRY)
        match_waiting()

        page = search(client, "did immunization give kids autism")

        assert found(page) == ["Vaccines cause autism in children."]
        assert "Found by meaning" in pages.text_of(page)
        assert "only words were looked up" not in pages.text_of(page)

    def test_a_claim_found_both_ways_comes_before_others_and_once(self, client):
        factories.make_published_claim(text="A bridge is mentioned.", published_at=factories.NOON + timedelta(days=1))
        factories.make_published_claim(verdict={"summary": "Right."})
        match_waiting()

        assert found(search(client, "the cost of the bridge in euros"))[0] == factories.CLAIM

    def test_a_phrase_or_an_exclusion_is_taken_to_the_letter(self, client):
        factories.make_published_claim(text="Vaccines cause autism in children.")
        match_waiting()

        page = search(client, '"immunization gives kids" autism')

        assert found(page) == []
        assert "Leave out quotes and minus" in pages.text_of(page)

    def test_meaning_keeps_to_what_the_search_is_narrowed_to(self, client):
        factories.make_published_claim(text="Vaccines cause autism.", verdict={"rating": factories.rating("false")})
        match_waiting()

        assert found(search(client, "autism by immunization", rating="true")) == []
        assert len(found(search(client, "autism by immunization", rating="false"))) == 1

    def test_claims_that_are_not_matched_yet_are_found_by_their_words(self, client):
        factories.make_published_claim()

        assert found(search(client, "bridge")) == [factories.CLAIM]


@pytest.mark.usefixtures("no_encoder")
class TestFacets:
    def test_they_count_what_was_found(self, client):
        other = factories.make_claimant("Karl Meier")
        for n, rating in enumerate(("true", "false", "false")):
            factories.make_published_claim(
                text=f"Bridge {n}.",
                claimant=other if n else factories.make_claimant(),
                published_at=datetime(2024 + n, 5, 1, tzinfo=UTC),
                verdict={"rating": factories.rating(rating)},
            )
        factories.make_published_claim(text=FERRY, verdict={"summary": "It did."})

        page = search(client, "bridge")

        assert values(page, "Rating") == [("True", 1), ("False", 2)]
        assert values(page, "Claimed by") == [("Karl Meier", 2), ("Jutta Brandt", 1)]
        assert values(page, "Checked in") == [("2026", 1), ("2025", 1), ("2024", 1)]

    def test_publishers_count_through_merged_claims_and_follow_an_undone_merge(self, client):
        claim = factories.make_published_claim()
        harbour = factories.make_publisher("harbour.example", name="Harbour")
        merged = factories.make_claim(revision=factories.make_article(publisher=harbour).revisions.get())
        Claim.objects.filter(pk=merged.pk).update(status="merged", merged_into=claim)

        assert values(search(client, "bridge"), "Published in") == [("Harbour", 1), ("Verdener Bote", 1)]
        assert found(search(client, "bridge", publisher="harbour.example")) == [factories.CLAIM]

        Claim.objects.filter(pk=merged.pk).update(status="detected", merged_into=None)

        assert found(search(client, "bridge", publisher="harbour.example")) == []

    def test_each_narrows_the_list_stays_in_the_address_and_can_be_taken_off(self, client):
        for n in range(42):
            rating = factories.rating("false" if n % 2 else "true")
            factories.make_published_claim(text=f"Bridge {n}.", appears=False, verdict={"rating": rating})
        narrowed = client.get(link(search(client, "bridge"), "False"))

        page = pages.parse(narrowed)

        assert len(found(narrowed)) == 20
        assert page.xpath("//nav//a[@rel='next']/@href") == ["/search/?q=bridge&rating=false&page=2"]
        assert page.xpath("//input[@type='hidden']/@value") == ["false"]
        assert page.xpath("//a[@class='chip']/@href") == ["/search/?q=bridge"]
        assert len(found(search(client, "bridge", rating="false", page=2))) == 1

    def test_topics_of_what_was_found_are_offered_and_narrow(self, client):
        bridges = Topic.objects.create(name="Bridges", slug="bridges")
        money = Topic.objects.create(name="Money", slug="money")
        Topic.objects.create(name="Of the desk alone", slug="desk")
        one, other = factories.make_published_claim(), factories.make_published_claim()
        one.topics.add(bridges, money)
        other.topics.add(bridges)

        offered = pages.parse(search(client, "bridge")).xpath("//a[contains(@href, 'topic=')]/@href")

        assert offered == ["/search/?q=bridge&topic=bridges", "/search/?q=bridge&topic=money"]
        assert len(found(search(client, "bridge", topic="money"))) == 1
        assert client.get("/search/?q=bridge&topic=desk").status_code == 404

    def test_all_of_them_together(self, client):
        claim = factories.make_published_claim(published_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
        narrow = {"rating": "mostly-true", "claimant": "jutta-brandt", "publisher": "verdener-bote.example"}

        assert found(search(client, "bridge", year=2025, **narrow)) == [claim.text]
        assert found(search(client, "bridge", year=2026, **narrow)) == []

    @pytest.mark.parametrize(
        "query",
        [
            "rating=nonsense",
            "claimant=nobody",
            "topic=nothing",
            "publisher=nowhere.example",
            "year=0000",
            "year=99999",
            "year=٢٠٢٦",
            "year=x",
            "sort=worst",
            "page=2",
            "page=0",
            "page=99999999",
            "page=x",
            "page=-1",
        ],
    )
    def test_a_value_that_there_is_not_is_not_found(self, client, query):
        factories.make_published_claim()

        assert client.get(f"/search/?q=bridge&{query}").status_code == 404

    def test_a_name_that_there_is_not_is_left_alone(self, client):
        factories.make_published_claim()

        page = search(client, "bridge", utm_source="elsewhere", colour="x")

        assert found(page) == [factories.CLAIM]
        assert "utm_source" not in page.content.decode()

    def test_of_very_many_the_newest_are_ranked_and_the_page_says_so(self, client, monkeypatch):
        monkeypatch.setattr("claims.services.searching.MOST", 3)
        for n in range(5):
            factories.make_published_claim(text=f"Bridge {n}.", published_at=factories.NOON + timedelta(days=n))

        page = search(client, "bridge")

        assert sorted(found(page)) == ["Bridge 2.", "Bridge 3.", "Bridge 4."]
        assert "These are of the newest" in pages.text_of(page)


def test_without_words_there_is_a_form_and_a_hint(client):
    for query in ("", "?q=", "?q=%20%0A", "?q=%E2%80%8B", "?rating=true"):
        response = client.get(f"/search/{query}")

        assert response.status_code == 200
        assert "A whole sentence works as well as two words" in pages.text_of(response)
        assert pages.parse(response).xpath("//meta[@name='robots']") == []


def test_a_search_that_finds_nothing_says_what_to_do(client):
    factories.make_published_claim()

    page = search(client, "zeppelin", rating="true")

    assert "Nothing found for zeppelin." in pages.text_of(page)
    assert "Try fewer words" in pages.text_of(page)
    assert link(page, "Search all fact-checks") == "/search/?q=zeppelin"


def test_results_are_kept_from_search_engines_and_have_one_address(client, settings):
    settings.PUBLIC_URL = "https://desk.example"
    factories.make_published_claim()

    page = pages.parse(search(client, "bridge", page=1, utm_source="x"))

    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://desk.example/search/?q=bridge"]


@pytest.mark.parametrize("address", ["/", "/about/", "/claims/bridge/"])
def test_every_page_has_a_search_box(client, address):
    factories.make_published_claim(slug="bridge")

    (form,) = pages.parse(client.get(address)).xpath("//form[@role='search']")

    assert form.get("action") == "/search/"
    assert form.get("method") is None
    assert len(form.xpath(".//input[@name='q']")) == 1
