"""The sitemap, read as a crawler reads it: an index is followed, each address is asked for."""

from datetime import date

import pytest

from claims.models import Claim, Slug, Topic
from claims.services.retraction import retract_at_once
from claims.site.sitemaps import PAGES, PublicSitemap
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


def crawl(client, address: str = "/sitemap.xml") -> dict[str, str]:
    """Every address in the sitemap, or in those of the index, with its last change ("" where it has none)."""
    root = pages.parse_xml(client.get(address))
    found: dict[str, str] = {}
    for entry in root:
        location = entry.findtext("s:loc", namespaces=pages.SITEMAP)
        assert location.startswith("https://desk.example/")
        if root.tag.endswith("sitemapindex"):
            part = crawl(client, location.removeprefix("https://desk.example"))
            assert len(part) <= PublicSitemap.limit
            assert not set(found) & set(part)
            found |= part
        else:
            assert location not in found
            found[location] = entry.findtext("s:lastmod", namespaces=pages.SITEMAP) or ""
    return found


def paths(client) -> set[str]:
    return {address.removeprefix("https://desk.example") for address in crawl(client)}


def test_a_long_sitemap_becomes_an_index_of_parts_that_have_the_same_addresses(client, monkeypatch):
    for n in range(5):
        factories.make_published_claim(text=f"Claim {n}.")
    whole = crawl(client)

    monkeypatch.setattr(PublicSitemap, "limit", 2)
    factories.make_published_claim(text="Claim 5.")
    index = pages.parse_xml(client.get("/sitemap.xml"))

    assert index.tag.endswith("sitemapindex")
    assert len(index) == (len(PAGES) + 1) // 2 + 3 + 1 + 1 + 3  # pages, claims, a claimant, a publisher, articles
    assert len(crawl(client)) == len(whole) + 2  # the claim and its article
    assert set(whole) < set(crawl(client))


def test_the_limit_is_below_what_the_protocol_allows():
    assert PublicSitemap.limit <= 50_000


def test_every_address_of_it_answers_without_leading_elsewhere(client):
    claim = factories.make_published_claim(slug="old")
    Slug.objects.create(claim=claim, slug="new")

    found = paths(client)

    assert "/claims/new/" in found
    assert "/claims/old/" not in found
    assert {client.get(address).status_code for address in found} == {200}


def test_what_has_to_do_with_a_published_claim_is_in_it(client):
    claim = factories.make_published_claim()
    claim.topics.add(Topic.objects.create(name="Bridges", slug="bridges"))
    Topic.objects.create(name="Of the desk alone", slug="desk")
    factories.make_claim(
        revision=factories.make_article(publisher=factories.make_publisher("x.example")).revisions.get()
    )
    article = claim.appearances.get().revision.article_id

    found = {path for path in paths(client) if path.startswith(("/topics/", "/publishers/", "/articles/"))}

    assert found == {"/topics/bridges/", "/publishers/verdener-bote.example/", f"/articles/{article}/"}


def test_what_is_not_published_is_not_in_it(client, editor):
    other = factories.make_claimant("Karl Other")
    gone = factories.make_published_claim(slug="gone", claimant=other)
    winner = factories.make_published_claim(slug="winner")
    factories.make_published_claim(slug="loser", status=Claim.Status.MERGED, merged_into=winner)
    factories.make_published_claim(slug="waiting", status=Claim.Status.APPROVED)
    retract_at_once(gone, why="Wrong.", by=editor)

    found = paths(client)

    assert not {"/claims/gone/", "/claims/loser/", "/claims/waiting/", other.get_absolute_url()} & found
    assert "/claims/winner/" in found


def test_lastmod_is_a_date_and_the_index_has_that_of_its_newest_part(client, monkeypatch):
    monkeypatch.setattr(PublicSitemap, "limit", 2)
    for n in range(5):
        factories.make_published_claim(text=f"Claim {n}.")

    index = pages.parse_xml(client.get("/sitemap.xml"))
    changed = {one[0].text: one.findtext("s:lastmod", namespaces=pages.SITEMAP) for one in index}

    assert changed["https://desk.example/sitemap-claims-1.xml"] == "2026-03-02T12:00:00+00:00"
    assert all(date.fromisoformat(day) for day in crawl(client).values() if day)


@pytest.mark.parametrize("part", ["claims-0", "claims-2", "drafts-1", "claims-999999", "claims--1", "claims-1e9"])
def test_a_part_that_there_is_not_is_not_found(client, part):
    factories.make_published_claim()

    assert client.get(f"/sitemap-{part}.xml").status_code == 404
