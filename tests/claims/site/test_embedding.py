"""A fact-check on other people's pages: the card they frame, and oEmbed, by which their programs find it."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from claims.models import Claim, Slug
from claims.services.retraction import retract_at_once
from tests import factories
from tests.claims.site import pages
from tests.claims.site.test_hostile_text import SCRIPT, publish_hostile

pytestmark = pytest.mark.django_db
PAGE = "https://desk.example/claims/bridge/"


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def claim(db) -> Claim:
    return factories.make_published_claim(slug="bridge")


class TestCard:
    def test_it_shows_claim_claimant_rating_in_words_summary_and_the_way_to_the_page(self, client, claim):
        response = client.get("/embed/bridge/")
        page = pages.parse(response)

        shown = pages.text_of(response)
        for words in (factories.CLAIM, "Claimed by Jutta Brandt", "Mostly true", "84.1 million", "March 2, 2026"):
            assert words in shown
        assert page.xpath("//main//a/@href") == [PAGE]
        assert page.xpath("//main//a/@target") == ["_blank"]
        assert page.xpath("//link[@rel='canonical']/@href") == [PAGE]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert len(page.xpath("//h1")) == 1

    def test_anybody_may_frame_it_and_it_runs_nothing_and_sets_no_cookie(self, client, claim):
        for _first_and_kept in range(2):
            response = client.get("/embed/bridge/")

            assert "X-Frame-Options" not in response
            assert "frame-ancestors *" in response["Content-Security-Policy"]
            assert "default-src 'none'" in response["Content-Security-Policy"]
            assert not response.cookies
            assert pages.parse(response).xpath("//script | //style | //*[@style] | //form") == []

    @pytest.mark.parametrize(
        "address", ["/", "/claims/bridge/", "/search/", "/submit/", "/report/bridge/", "/admin/login/"]
    )
    def test_nobody_may_frame_any_other_page(self, client, claim, address):
        client.get("/embed/bridge/")

        response = client.get(address)

        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]

    def test_a_corrected_one_shows_the_new_finding_and_says_so(self, client, claim):
        client.get("/embed/bridge/")
        factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC), rating=factories.rating("false"))

        shown = pages.text_of(client.get("/embed/bridge/"))

        assert "False" in shown
        assert "corrected on April 1, 2026" in shown

    def test_a_retracted_one_says_that_and_nothing_else(self, client, claim, editor):
        client.get("/embed/bridge/")
        retract_at_once(claim, why="It was another bridge.", by=editor)

        response = client.get("/embed/bridge/")

        assert "This fact-check was retracted" in pages.text_of(response)
        assert factories.CLAIM not in response.content.decode()
        assert "Mostly true" not in response.content.decode()

    def test_older_and_merged_addresses_lead_to_the_one_that_counts(self, client, claim):
        Slug.objects.create(claim=claim, slug="new")
        factories.make_published_claim(slug="loser", status=Claim.Status.MERGED, merged_into=claim)

        for slug in ("bridge", "loser"):
            response = client.get(f"/embed/{slug}/")
            assert (response.status_code, response["Location"]) == (301, "/embed/new/")

    def test_what_is_not_published_is_not_found(self, client):
        factories.make_published_claim(slug="waiting", status=Claim.Status.APPROVED)

        assert client.get("/embed/waiting/").status_code == 404
        assert client.get("/embed/none/").status_code == 404

    def test_hostile_text_stays_a_text(self, client):
        publish_hostile(SCRIPT)

        body = client.get("/embed/hostile/").content.decode()

        assert "<script" not in body
        assert "&lt;script&gt;alert(1)" in body

    def test_it_takes_few_queries_and_kept_one(self, client, claim):
        caches["pages"].clear()
        for number in (5, 1):  # version, claim with claimant, addresses, verdict, where it leads
            with CaptureQueriesContext(connection) as captured:
                client.get("/embed/bridge/")
            assert len(captured) <= number


def oembed(client, url: str = PAGE, **query: object) -> dict:
    response = client.get("/oembed", {"url": url, **query})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


class TestOEmbed:
    def test_the_page_leads_to_it_and_it_leads_to_the_card(self, client, claim):
        (link,) = pages.parse(client.get("/claims/bridge/")).xpath("//link[@type='application/json+oembed']/@href")
        assert link == f"https://desk.example/oembed?url={quote(PAGE, safe='')}"

        found = json.loads(client.get(link.removeprefix("https://desk.example")).content)
        frame = html.fragment_fromstring(found["html"])

        assert (found["version"], found["type"]) == ("1.0", "rich")
        assert found["title"] == frame.get("title") == f"Mostly true: {factories.CLAIM}"
        assert found["provider_name"] == "Plumbline"
        assert (frame.tag, frame.get("src")) == ("iframe", "https://desk.example/embed/bridge/")
        assert (frame.get("width"), frame.get("height")) == (str(found["width"]), str(found["height"]))
        assert client.get(frame.get("src").removeprefix("https://desk.example")).status_code == 200
        assert client.get(found["thumbnail_url"].removeprefix("https://desk.example")).status_code == 200

    def test_a_frame_is_no_larger_than_asked_and_neither_is_a_thumbnail(self, client, claim):
        small = oembed(client, maxwidth=320, maxheight=200)

        assert (small["width"], small["height"]) == (320, 200)
        assert "thumbnail_url" not in small
        assert oembed(client, maxwidth=9_999)["width"] == oembed(client)["width"] == 600

    @pytest.mark.parametrize("size", ["0", "-1", "wide", "1e3", "9" * 30, "\u0661"])
    def test_a_size_that_is_none_is_refused_in_a_sentence(self, client, claim, size):
        response = client.get("/oembed", {"url": PAGE, "maxwidth": size})

        assert response.status_code == 400
        assert "maxwidth" in response.content.decode()

    def test_it_answers_in_xml_too(self, client, claim):
        response = client.get("/oembed", {"url": PAGE, "format": "xml"})

        found = etree.fromstring(response.content)
        assert response["Content-Type"].startswith("text/xml")
        assert found.tag == "oembed"
        assert {child.tag: child.text for child in found} == {
            name: str(value) for name, value in oembed(client, format="json").items()
        }

    def test_another_format_is_not_implemented(self, client, claim):
        assert client.get("/oembed", {"url": PAGE, "format": "yaml"}).status_code == 501

    def test_without_an_address_it_says_what_is_missing(self, client):
        response = client.get("/oembed")

        assert response.status_code == 400
        assert "?url=" in response.content.decode()

    @pytest.mark.parametrize(
        "url",
        [
            *("https://elsewhere.example/claims/bridge/", "https://desk.example/", "https://desk.example/claims/none/"),
            *("javascript:alert(1)", "//desk.example:99/claims/bridge/", "https://[", "x" * 5_000, "\u202e", " "),
            *("https://desk.example/claims/bridge/versions/", "https://desk.example/admin/", "https://desk.example@x/"),
        ],
    )
    def test_any_other_address_is_not_found(self, client, claim, url):
        assert client.get("/oembed", {"url": url}).status_code == 404

    @pytest.mark.parametrize("end", ["", "?utm_source=x", "#source-1"])
    def test_what_people_copy_with_the_address_does_not_matter(self, client, claim, end):
        assert oembed(client, PAGE.rstrip("/") + end)["title"].startswith("Mostly true")

    def test_a_retracted_or_unpublished_fact_check_is_not_found(self, client, claim, editor):
        factories.make_published_claim(slug="waiting", status=Claim.Status.APPROVED)
        retract_at_once(claim, why="Wrong.", by=editor)

        for slug in ("bridge", "waiting"):
            assert client.get("/oembed", {"url": f"https://desk.example/claims/{slug}/"}).status_code == 404

    @pytest.mark.parametrize("text", [SCRIPT, "bell \x07 and \ufffe", "\u202eevil", "w" * 190, "a \"quote' & <b>"])
    @pytest.mark.parametrize("answer", ["json", "xml"])
    def test_hostile_text_breaks_neither_answer_nor_frame(self, client, text, answer):
        publish_hostile(text)

        response = client.get("/oembed", {"url": "https://desk.example/claims/hostile/", "format": answer})
        found = etree.fromstring(response.content).findtext("html") if answer == "xml" else response.json()["html"]

        assert response.status_code == 200
        frame = html.fragment_fromstring(found)
        assert (frame.tag, len(frame), frame.get("srcdoc")) == ("iframe", 0, None)
        assert set(frame.keys()) == {"src", "width", "height", "title", "loading", "frameborder", "sandbox", "style"}

    def test_programs_in_browsers_may_ask_and_nobody_gets_a_cookie(self, client, claim):
        response = client.get("/oembed", {"url": PAGE})

        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert client.post("/oembed", {"url": PAGE}).status_code == 405
