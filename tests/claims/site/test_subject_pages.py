"""Pages of topics, publishers and claimants: the numbers, the list and the feed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, ClaimantRole, Topic
from claims.site.track_record import FLOOR
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
PUBLISHER = "/publishers/verdener-bote.example/"
PAGES = ["/topics/bridges/", PUBLISHER, "/claimants/jutta-brandt/"]
FEEDS = [
    "/feeds/topics/bridges.atom",
    "/feeds/publishers/verdener-bote.example.atom",
    "/feeds/claimants/jutta-brandt.atom",
]


@pytest.fixture
def bridges(db) -> Topic:
    return Topic.objects.create(name="Bridges", slug="bridges")


def publish(topic: Topic, **fields) -> Claim:
    claim = factories.make_published_claim(**fields)
    claim.topics.add(topic)
    return claim


def consider(topic: Topic, status: Claim.Status, **fields) -> None:
    claim = factories.make_claim(text=f"Left {status}.", status=status, **fields)
    claim.topics.add(topic)


@pytest.mark.parametrize("address", PAGES)
def test_it_lists_what_is_published_and_counts_it_beside_what_was_considered(client, bridges, address):
    publish(bridges, text="Right.", verdict={"rating": factories.rating("true")})
    publish(bridges, text="Wrong.", verdict={"rating": factories.rating("false")})
    publish(bridges, text="Wrong too.", verdict={"rating": factories.rating("false")})
    for status in (Claim.Status.DECLINED, Claim.Status.IN_REVIEW, Claim.Status.DETECTED):
        consider(bridges, status)

    response = client.get(address)
    page, shown = pages.parse(response), pages.text_of(response)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//table[@class='tally']/tbody/tr")]

    assert "We considered 5 claims, and checked 3 of them." in shown
    assert rows == ["True 1", "False 2"]
    assert "of 3" in page.xpath("string(//table[@class='tally']/thead)")
    assert [link.text for link in page.xpath("//h2[@class='check__claim']/a")] == ["Wrong too.", "Wrong.", "Right."]
    assert "Left" not in shown


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("number", "shown"), [(FLOOR - 1, False), (FLOOR, True)])
def test_shares_are_given_from_a_floor_on(client, bridges, address, number, shown):
    for _n in range(number):
        publish(bridges, appears=address == PUBLISHER)

    page = pages.text_of(client.get(address))

    assert ("100%" in page) is shown
    assert (f"Under {FLOOR} fact-checks we give no percentages" in page) is not shown


@pytest.mark.parametrize("address", [*PAGES, *FEEDS])
def test_without_anything_published_there_is_none(client, bridges, address):
    for status in (Claim.Status.DECLINED, Claim.Status.APPROVED, Claim.Status.RETRACTED):
        consider(bridges, status)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/topics/none/", "/publishers/none.example/", "/claimants/none/"])
@pytest.mark.parametrize("query", ["", "?page=2"])
def test_what_is_not_there_is_not_found(client, address, query):
    assert client.get(address + query).status_code == 404


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("page", ["0", "2", "x", "9" * 40])
def test_an_absurd_page_is_not_found(client, bridges, address, page):
    publish(bridges)

    assert client.get(f"{address}?page={page}").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_months_are_drawn_with_a_table_behind(client, bridges, address):
    publish(bridges, published_at=timezone.now() - timedelta(days=3))
    publish(bridges, published_at=timezone.now())

    page = pages.parse(client.get(address))
    (drawing,) = page.xpath("//figure[@class='chart']/svg")
    rows = page.xpath("//figure//tbody/tr/td/text()")

    assert drawing.get("role") == "img"
    assert drawing.xpath("./title/text()") == ["Fact-checks by month"]
    assert len(rows) == 12
    assert sum(map(int, rows)) == 2


def test_more_than_three_years_are_drawn_by_year(client, bridges):
    publish(bridges, published_at=datetime(2019, 5, 1, tzinfo=UTC))
    publish(bridges, published_at=datetime(2020, 5, 1, tzinfo=UTC))

    page = pages.parse(client.get("/topics/bridges/"))

    assert page.xpath("//figure//tbody/tr/th/text()")[-2:] == ["2020", "2019"]


def test_a_claim_counts_for_the_publisher_of_what_was_merged_into_it(client, bridges):
    winner = factories.make_published_claim(text="The winner.", appears=False)
    loser = factories.make_claim(appears=False, status=Claim.Status.MERGED, merged_into=winner)
    factories.make_appearance(loser)
    loser.save()

    assert "We considered one claim, and checked it." in pages.text_of(client.get(PUBLISHER))


def test_only_what_belongs_there_is_listed(client, bridges):
    publish(bridges, text="Here.")
    paper = factories.make_publisher("other.example", name="Other")
    article = factories.make_article(publisher=paper)
    factories.make_published_claim(
        text="Elsewhere.", revision=article.revisions.get(), claimant=factories.make_claimant("Karl Meier")
    )

    for address in [*PAGES, *FEEDS]:
        assert "Elsewhere." not in client.get(address).content.decode()


def test_roles_and_identity_stand_on_the_page_of_a_claimant(client):
    claim = factories.make_published_claim(claimant=factories.make_claimant(same_as=["https://brandt.example/"]))
    ClaimantRole.objects.create(claimant=claim.claimant, title="Mayor")

    response = client.get("/claimants/jutta-brandt/")
    page = pages.parse(response)

    assert "Claimed by" not in pages.text_of(response)
    assert page.xpath("//ul[@class='roles']//bdi/text()") == ["Mayor"]
    assert "https://brandt.example/" in page.xpath("//main//a/@href")


@pytest.mark.parametrize(("page", "feed"), list(zip(PAGES, FEEDS, strict=True)))
def test_each_has_a_feed_of_its_own_that_its_page_names(client, bridges, settings, page, feed):
    settings.PUBLIC_URL = "https://desk.example"
    claim = publish(bridges)

    named = pages.parse(client.get(page)).xpath("//link[@type='application/atom+xml']/@href")
    parsed = pages.parse_xml(client.get(feed))

    assert named == [f"https://desk.example{feed}"]
    assert parsed.findtext("a:id", namespaces=pages.ATOM) == f"https://desk.example{feed}"
    assert parsed.findtext("a:entry/a:title", namespaces=pages.ATOM) == f"Mostly true: {claim.text}"
    assert parsed.find("a:link[@rel='alternate']", pages.ATOM).get("href") == f"https://desk.example{page}"


def test_the_claim_page_leads_to_topics_and_publishers(client, bridges):
    claim = publish(bridges)

    links = pages.parse(client.get(claim.get_absolute_url())).xpath("//main//a/@href")

    assert {"/topics/bridges/", PUBLISHER, "/claimants/jutta-brandt/"} <= set(links)


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "\u202eevil", "w" * 100])
def test_a_hostile_name_stays_a_name(client, bridges, name):
    Topic.objects.update(name=name)
    publish(bridges)

    body = client.get("/topics/bridges/").content.decode()

    assert "<script>alert" not in body
    assert client.get("/feeds/topics/bridges.atom").status_code == 200
