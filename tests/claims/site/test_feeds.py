"""The Atom feeds, read by feedparser as feed readers do, and held against the rules of a validator."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from claims.models import Claim
from claims.services.retraction import retract_at_once
from claims.site import paged_feeds
from tests import factories
from tests.claims.site import pages
from tests.claims.site.test_hostile_text import SCRIPT, publish_hostile

pytestmark = pytest.mark.django_db
FEEDS = ("/feeds/claims.atom", "/feeds/corrections.atom")
RFC_3339 = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr(paged_feeds, "LENGTH", 3)


def publish(n: int) -> list[Claim]:
    """Claims of one day, the last two at the same moment, the newest last."""
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    times = [noon + timedelta(minutes=min(minute, n - 2)) for minute in range(n)]
    return [factories.make_published_claim(text=f"Claim {i}.", published_at=at) for i, at in enumerate(times)]


def read(client, address: str) -> feedparser.FeedParserDict:
    response = client.get(address)
    assert response.status_code == 200
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def link(feed: feedparser.FeedParserDict, relation: str) -> str:
    return next((link.href for link in feed.feed.links if link.rel == relation), "")


def every_page(client, address: str) -> list[feedparser.FeedParserDict]:
    found = []
    while address:
        found.append(read(client, address))
        address = link(found[-1], "next").removeprefix("https://desk.example")
    return found


def assert_valid(response, address: str) -> None:
    """What validator.w3.org/feed asks of an Atom feed (RFC 4287), as far as ours can break it."""
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    assert feed.tag == f"{{{pages.ATOM['a']}}}feed"
    entries = feed.findall("a:entry", pages.ATOM)
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=pages.ATOM) == [f"https://desk.example{address}"]
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", pages.ATOM)) == 1, name
            assert element.findtext(f"a:{name}", namespaces=pages.ATOM).strip()
        assert urlsplit(element.findtext("a:id", namespaces=pages.ATOM)).scheme in {"https", "tag"}
        assert len(element.xpath("a:link[@rel='alternate']", namespaces=pages.ATOM)) == 1
        for moment in element.xpath("a:updated | a:published", namespaces=pages.ATOM):
            assert feed.xpath(
                "re:test($text, $pattern)",
                text=moment.text,
                pattern=RFC_3339,
                namespaces={"re": "http://exslt.org/regular-expressions"},
            )
    ids = [entry.findtext("a:id", namespaces=pages.ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(entry.findtext("a:author/a:name", namespaces=pages.ATOM) for entry in entries)
    assert all(entry.findtext("a:summary", namespaces=pages.ATOM) for entry in entries)
    assert all(urlsplit(href).scheme for href in feed.xpath("//@href"))
    relations = [(one.get("rel"), one.get("hreflang")) for one in feed.findall("a:link", pages.ATOM)]
    assert len(set(relations)) == len(relations)


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_obeys_the_rules_of_a_validator_on_every_page(client, address, short_pages):
    for claim in publish(7):
        factories.make_verdict(claim, published_at=factories.NOON)

    for page in every_page(client, address):
        here = link(page, "self").removeprefix("https://desk.example")
        assert_valid(client.get(here), here)


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_valid_and_stays_the_same(client, address):
    first = client.get(address)

    assert_valid(first, address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_following_next_gives_every_fact_check_once_newest_first(client, short_pages):
    claims = publish(8)

    found = [entry.link for page in every_page(client, "/feeds/claims.atom") for entry in page.entries]

    assert found == [f"https://desk.example{claim.get_absolute_url()}" for claim in reversed(claims)]


def test_the_pages_of_a_feed_are_one_feed(client, short_pages):
    publish(5)

    first, last = every_page(client, "/feeds/claims.atom")

    assert first.feed.id == last.feed.id
    assert link(first, "first") == link(last, "first") == "https://desk.example/feeds/claims.atom"
    assert link(last, "next") == ""


def test_what_is_published_while_somebody_reads_moves_nothing(client, short_pages):
    publish(5)
    older = link(read(client, "/feeds/claims.atom"), "next").removeprefix("https://desk.example")
    before = [entry.id for entry in read(client, older).entries]

    factories.make_published_claim(text="New.", published_at=datetime(2026, 5, 1, tzinfo=UTC))

    assert [entry.id for entry in read(client, older).entries] == before


def test_a_page_that_begins_behind_what_was_retracted_is_still_there(client, short_pages, editor):
    claims = publish(5)
    older = link(read(client, "/feeds/claims.atom"), "next").removeprefix("https://desk.example")
    before = [entry.id for entry in read(client, older).entries]

    retract_at_once(claims[2], why="It was another bridge.", by=editor)

    assert older.endswith(f"={claims[2].pk}")
    assert [entry.id for entry in read(client, older).entries] == before


def test_a_feed_can_be_asked_for_what_is_older_than_a_day(client):
    publish(2)

    assert len(read(client, "/feeds/claims.atom?before=2026-03-03").entries) == 2
    assert read(client, "/feeds/claims.atom?before=2026-03-02").entries == []


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize(
    "before",
    [
        *("2026-02-30", "2026-13-01", "yesterday", "0001-01-01x", "-1", "0", "999999999999999999", "9" * 40, "1e9"),
        *("\u0661\u0662", "2026-03-02T99:00", "' OR 1=1", " ", "\u202e", "1" * 5000),
    ],
)
def test_a_bad_day_or_number_is_no_page(client, address, before):
    publish(2)

    assert client.get(address, {"before": before}).status_code == 404


@pytest.mark.parametrize("before", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_answered(client, before):
    publish(2)

    assert client.get("/feeds/claims.atom", {"before": before}).status_code in {200, 404}


def test_nul_in_the_query_is_refused(client):
    assert client.get("/feeds/claims.atom?before=%00").status_code == 400


def test_html_in_a_summary_is_text_to_a_feed_reader(client):
    publish_hostile(SCRIPT)

    (entry,) = read(client, "/feeds/claims.atom").entries
    raw = pages.parse_xml(client.get("/feeds/claims.atom"))

    assert raw.findtext(".//a:summary", namespaces=pages.ATOM).startswith("&lt;/script&gt;")
    assert "<script" not in entry.summary


def test_an_entry_keeps_its_id_and_says_when_it_was_corrected(client):
    claim = publish(2)[0]
    before = {entry.link: entry for entry in read(client, "/feeds/claims.atom").entries}

    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC), summary="Not so.")
    after = {entry.link: entry for entry in read(client, "/feeds/claims.atom").entries}

    address = f"https://desk.example{claim.get_absolute_url()}"
    assert after[address].id == before[address].id
    assert after[address].updated > before[address].updated
    assert after[address].summary == "Not so."


def test_a_retracted_fact_check_leaves_the_feed_and_is_in_that_of_corrections(client, editor):
    claim = publish(2)[0]
    read(client, "/feeds/claims.atom")
    retract_at_once(claim, why="It was another bridge.", by=editor)

    assert len(read(client, "/feeds/claims.atom").entries) == 1
    assert read(client, "/feeds/corrections.atom").entries[0].title.startswith("Retraction: Claim 0.")
