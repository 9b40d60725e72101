"""What a stranger's program makes of a claim page: extruct, as crawlers use it, and a plain HTML parser."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

import extruct
import pytest

from claims.models import Claim, Topic
from claims.services.retraction import retract_at_once
from tests import factories
from tests.claims.site import pages
from tests.claims.site.test_hostile_text import SCRIPT, publish_hostile

pytestmark = pytest.mark.django_db
HOSTILE = {
    "script": SCRIPT,
    "comment": "<!-- <script> ]]> --> &quot; &lt;",
    "bidi": "\u202eevil\u2066 \u0628\u0644\u063a\u062a",
    "long word": "w" * 190,
    "controls": "bell \x07 and \x1b and \ufffe",
}


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


def extracted(client, address: str) -> list[dict]:
    """Every item of the page in JSON-LD or microdata, as extruct finds it."""
    page = client.get(address).content.decode()
    found = extruct.extract(page, base_url=f"https://desk.example{address}", syntaxes=["json-ld", "microdata"])
    return found["json-ld"] + found["microdata"]


class Scripts(HTMLParser):
    """Collects what stands in script elements, as a parser by the book reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "script":
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def test_e01_a_crawler_finds_one_claimreview_and_nothing_else(client):
    claim = factories.make_published_claim()

    (record,) = extracted(client, claim.get_absolute_url())

    assert record["@type"] == "ClaimReview"
    assert record["claimReviewed"] == factories.CLAIM


def test_e02_a_crawler_finds_nothing_on_lists(client):
    claim = factories.make_published_claim()

    for address in (
        "/",
        claim.claimant.get_absolute_url(),
        "/search/?q=bridge",
        f"{claim.get_absolute_url()}versions/",
    ):
        assert extracted(client, address) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_reaches_a_crawler_unchanged_and_runs_nowhere(client, text):
    publish_hostile(text)
    parser = Scripts()

    (record,) = extracted(client, "/claims/hostile/")
    parser.feed(client.get("/claims/hostile/").content.decode())

    assert record["claimReviewed"] == text
    assert len(parser.found) == 1
    assert pages.claim_review(client.get("/claims/hostile/")) == record


def test_nul_cannot_be_part_of_an_address(client):
    assert client.get("/claims/a%00b/").status_code in {400, 404}
    assert client.get("/claims/a/?x=%00").status_code == 400


def test_no_value_is_empty_and_every_address_is_one(client):
    claim = factories.make_published_claim()
    claim.topics.add(Topic.objects.create(name="Bridges", slug="bridges"))
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC))

    def check(value) -> None:
        assert value not in ("", None, [], {})
        for key, inner in value.items() if isinstance(value, dict) else ():
            if key in {"url", "sameAs", "license", "correctionsPolicy", "masthead"}:
                assert urlsplit(inner).scheme in {"http", "https"}, key
            check(inner)
        for inner in value if isinstance(value, list) else ():
            check(inner)

    check(extracted(client, claim.get_absolute_url())[0])


def test_cr13_a_corrected_claim_has_the_newest_finding_and_both_dates(client):
    claim = factories.make_published_claim()
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC), rating=factories.rating("false"))

    (record,) = extracted(client, claim.get_absolute_url())

    assert record["reviewRating"]["alternateName"] == "False"
    assert record["dateModified"] > record["datePublished"]
    assert record["correction"][0]["text"] == "The account was not final."


def test_e12_a_retracted_claim_carries_no_markup_and_asks_not_to_be_indexed(client, editor):
    claim = factories.make_published_claim()
    retract_at_once(claim, why="It was another bridge.", by=editor)

    response = client.get(claim.get_absolute_url())

    assert response.status_code == 200
    assert extracted(client, claim.get_absolute_url()) == []
    assert pages.parse(response).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Retracted" in pages.text_of(response)


def test_e12_what_is_not_published_is_not_there(client):
    factories.make_published_claim(slug="bridge", status=Claim.Status.IN_REVIEW)

    assert client.get("/claims/bridge/").status_code == 404


def test_a_merged_claim_leads_to_the_one_it_counts_with(client):
    winner = factories.make_published_claim(slug="winner")
    factories.make_published_claim(slug="loser", status=Claim.Status.MERGED, merged_into=winner)

    for kind in ("/", ".json"):
        response = client.get(f"/claims/loser{kind}")
        assert (response.status_code, response["Location"]) == (301, f"/claims/winner{kind}")


def test_e03_e06_e08_e09_e11_the_page_shows_what_search_engines_ask_for(client):
    response = client.get(factories.make_published_claim().get_absolute_url())
    shown, page = pages.text_of(response), pages.parse(response)

    assert "The final account puts the bridge at 84.1 million euros." in shown
    assert all(
        not urlsplit(link).netloc.endswith("desk.example") for link in page.xpath("//*[@class='place__title']/a/@href")
    )
    assert "Primary source" in shown
    assert "Rosa Example" in shown
    assert "Published by Plumbline" in shown
    assert {"/corrections/", "/about/"} <= set(page.xpath("//main//a/@href"))
    assert any(link.startswith("/report/") for link in page.xpath("//main//a/@href"))
