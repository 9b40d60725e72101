"""Feed, sitemap, robots.txt, and what every answer has in common."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from claims.models import Claim
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
READERS_PAGES = (
    *("/", "/claims/bridge/", "/claims/bridge.json", "/claimants/jutta-brandt/", "/feeds/claims.atom", "/sitemap.xml"),
    *(
        "/search/",
        "/search/?q=bridge",
        "/robots.txt",
        "/about/",
        "/methodology/",
        "/ratings/",
        "/corrections/",
        "/privacy/",
    ),
)


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


def published_twice() -> Claim:
    claim = factories.make_published_claim(slug="bridge")
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC), summary="Corrected.")
    return claim


def test_the_feed_gives_each_fact_check_with_absolute_addresses_of_the_site(client):
    claim = published_twice()

    feed = pages.parse_xml(client.get("/feeds/claims.atom", headers={"host": "testserver"}))
    (entry,) = feed.findall("a:entry", pages.ATOM)

    def of(name: str) -> str | None:
        return entry.findtext(f"a:{name}", namespaces=pages.ATOM)

    assert of("title") == f"Mostly true: {factories.CLAIM}"
    assert of("summary") == "Corrected."
    assert (of("published"), of("updated")) == ("2026-03-02T12:00:00+00:00", "2026-04-01T00:00:00+00:00")
    assert of("id") == f"tag:desk.example,2026-03-02:claim-{claim.pk}"
    assert entry.find("a:link", pages.ATOM).get("href") == "https://desk.example/claims/bridge/"
    assert entry.findtext("a:author/a:name", namespaces=pages.ATOM) == "Rosa Example"
    assert feed.findtext("a:updated", namespaces=pages.ATOM) == "2026-04-01T00:00:00+00:00"
    assert "testserver" not in client.get("/feeds/claims.atom").content.decode()


def test_an_empty_feed_is_a_feed(client):
    assert pages.parse_xml(client.get("/feeds/claims.atom")).tag.endswith("feed")


def test_e13_the_sitemap_lists_published_claims_with_lastmod_and_no_other(client):
    published_twice()
    factories.make_published_claim(slug="gone", status=Claim.Status.RETRACTED)
    private = factories.make_claimant("Karl Private", named_publicly=False)
    factories.make_published_claim(slug="second", claimant=private)

    sitemap = pages.parse_xml(client.get("/sitemap.xml"))
    found = {
        url.findtext("s:loc", namespaces=pages.SITEMAP): url.findtext("s:lastmod", namespaces=pages.SITEMAP)
        for url in sitemap
    }

    assert {address: lastmod for address, lastmod in found.items() if lastmod} == {
        "https://desk.example/claims/bridge/": "2026-04-01",
        "https://desk.example/claims/second/": "2026-03-02",
        "https://desk.example/claimants/jutta-brandt/": "2026-04-01",
    }
    assert "https://desk.example/" in found


def test_robots_may_read_all_but_the_desk_and_searches(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "Disallow: /search/",
        "Disallow: /ar/search/",
        "Disallow: /api/v1/search",
        "Disallow: /v1alpha1/",
        "Sitemap: https://desk.example/sitemap.xml",
    ]


@pytest.mark.parametrize("address", READERS_PAGES)
def test_reading_sets_no_cookie_and_depends_on_none(client, address):
    factories.make_published_claim(slug="bridge")

    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("address", READERS_PAGES)
def test_a_page_that_did_not_change_is_not_sent_again(client, address):
    factories.make_published_claim(slug="bridge")
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", READERS_PAGES)
def test_readers_can_only_read(client, address):
    factories.make_published_claim(slug="bridge")

    assert client.post(address).status_code == 405


def test_pages_go_out_compressed(client):
    for n in range(3):
        factories.make_published_claim(text=f"Claim {n}.")

    response = client.get("/", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 4_000


@pytest.mark.parametrize(
    "address", [address for address in READERS_PAGES if "." not in address] + ["/nothing-here/", "/?rating=true"]
)
def test_each_page_has_a_language_a_title_one_h1_landmarks_and_a_skip_link(client, address):
    factories.make_published_claim(slug="bridge")

    page = pages.parse(client.get(address))

    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert page.findtext(".//title").strip()
    assert len(page.xpath("//h1")) == 1
    assert all(len(page.xpath(f"//body/{landmark}")) == 1 for landmark in ("header", "main", "footer"))
    assert page.xpath("string(//body/a[1]/@href)") == f"#{page.xpath('string(//main/@id)')}"


@pytest.mark.parametrize("address", [address for address in READERS_PAGES if "." not in address])
def test_nothing_inline_runs_and_nothing_is_fetched_from_elsewhere(client, address):
    factories.make_published_claim(slug="bridge")

    page = pages.parse(client.get(address))

    assert page.xpath("//script[not(@type='application/ld+json')] | //style | //*[@style] | //iframe") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert all(source.startswith("/static/") for source in page.xpath("//@src | //link[@rel='stylesheet']/@href"))


def test_a_description_and_social_tags_say_what_was_found(client):
    page = pages.parse(client.get(factories.make_published_claim(slug="bridge").get_absolute_url()))

    assert page.xpath("string(//meta[@name='description']/@content)").startswith("Mostly true. The final account")
    assert page.xpath("string(//meta[@property='og:url']/@content)") == "https://desk.example/claims/bridge/"
    assert page.xpath("string(//meta[@property='og:title']/@content)") == factories.CLAIM
    assert page.findtext(".//title").startswith("Mostly true: The new bridge")


def test_an_error_can_be_reported_where_the_desk_says(client, settings):
    settings.CONTACT_EMAIL = "letters@desk.example"

    for address in ("/about/", "/corrections/", "/privacy/"):
        assert "mailto:letters@desk.example" in client.get(address).content.decode()


def test_the_ratings_page_lists_every_rating_with_its_meaning(client):
    shown = pages.text_of(client.get("/ratings/"))

    for rating in factories.Rating.objects.all():
        assert rating.label in shown
        assert rating.meaning in shown


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_a_page_of_trouble_can_be_made_without_a_request(name):
    """Django makes 500.html with no context at all, when anything may be broken."""
    assert "<h1>" in render_to_string(name)
