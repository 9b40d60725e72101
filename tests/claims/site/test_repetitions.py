"""Where a claim was said again, and which other claims stand beside it."""

from datetime import date, timedelta

import pytest

from claims.models import Claim, ClaimMatch, Merge
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
VERDICT_DAY = factories.NOON.date()


def said(claim: Claim, *, days: int | None, at: str = "harben-courier.example", **fields):
    """An appearance so many days after the verdict, in an article of its own."""
    article = factories.make_article(publisher=factories.make_publisher(at, name=at))
    made_on = None if days is None else VERDICT_DAY + timedelta(days=days)
    return factories.make_appearance(claim, revision=article.revisions.get(), made_on=made_on, **fields)


def merged_into(winner: Claim, **fields) -> Claim:
    loser = factories.make_claim(appears=False, status=Claim.Status.MERGED, merged_into=winner, **fields)
    Merge.objects.create(loser=loser, winner=winner, previous_status=Claim.Status.DETECTED)
    return loser


def part(page, name: str) -> list[str]:
    """The publishers of the places under a heading, in order."""
    places = page.xpath(f"//h3[@id='{name}']/following-sibling::ol[1]/li//p[@class='place__from']")
    return [place.text_content().split(" · ")[0] for place in places]


def pair(first: Claim, second: Claim, **fields) -> ClaimMatch:
    fields = {"similarity": 0.8, "decision": "related", "rules": "1", **fields}
    return ClaimMatch.objects.create(low=first, high=second, **fields)


def related(page) -> list[str]:
    titles = page.xpath("//section[contains(@class, 'related')]//h3")
    return [" ".join(title.text_content().split()) for title in titles]


def open_page(client, claim: Claim):
    return pages.parse(client.get(claim.get_absolute_url()))


def test_repetitions_are_told_apart_by_the_day_of_the_verdict(client):
    claim = factories.make_published_claim(appears=False)
    said(claim, days=-9, at="first.example")
    said(claim, days=-1, at="before.example")
    said(claim, days=0, at="same-day.example")
    said(claim, days=1, at="since.example")
    said(claim, days=None, at="undated.example")

    page = open_page(client, claim)

    assert part(page, "before") == ["before.example", "same-day.example"]
    assert part(page, "since") == ["since.example"]
    assert part(page, "undated") == ["undated.example"]


def test_the_verdict_says_how_often_and_by_how_many_outlets_it_was_repeated_since(client):
    claim = factories.make_published_claim()
    for n in range(7):
        said(claim, days=1 + n, at=f"{n % 4}.example")

    page = open_page(client, claim)
    (link,) = page.xpath("//p[@class='verdict__since']/a")

    assert link.text == "Repeated 7 times by 4 outlets since our verdict"
    assert page.xpath(f"//*[@id='{link.get('href')[1:]}']")


def test_a_claim_that_nobody_repeated_says_nothing_of_it(client):
    claim = factories.make_published_claim()
    said(claim, days=-3)

    page = open_page(client, claim)

    assert page.xpath("//p[@class='verdict__since']") == []
    assert part(page, "since") == []


def test_a_text_without_a_publisher_is_no_outlet(client):
    claim = factories.make_published_claim()
    article = factories.make_article(publisher=None)
    article.addresses.all().delete()
    factories.make_appearance(claim, revision=article.revisions.get(), made_on=VERDICT_DAY + timedelta(days=2))

    page = open_page(client, claim)

    assert page.xpath("string(//p[@class='verdict__since'])") == "Repeated once since our verdict"


def test_what_claims_merged_into_it_say_counts_as_repeated(client):
    claim = factories.make_published_claim()
    said(merged_into(claim), days=4, at="merged.example")

    assert part(open_page(client, claim), "since") == ["merged.example"]


def test_two_places_in_one_article_are_one_repetition(client):
    claim = factories.make_published_claim()
    again = said(claim, days=2)
    factories.make_appearance(
        claim, revision=again.revision, quote="The old bridge had been closed", made_on=again.made_on
    )

    page = open_page(client, claim)

    assert page.xpath("string(//p[@class='verdict__since'])") == "Repeated once by one outlet since our verdict"
    assert len(page.xpath("//h3[@id='since']/following-sibling::ol[1]//blockquote")) == 2


@pytest.mark.parametrize(("number", "open_ones", "folded"), [(10, 10, 0), (11, 10, 1), (25, 10, 15)])
def test_after_ten_places_the_others_are_folded(client, number, open_ones, folded):
    claim = factories.make_published_claim()
    for n in range(number):
        said(claim, days=1 + n)

    page = open_page(client, claim)

    assert len(part(page, "since")) == open_ones
    assert len(page.xpath("//details[@class='more']//li[@class='place']")) == folded
    assert page.xpath("string(//details[@class='more']/summary)") == (f"Show all {number}" if folded else "")


def test_a_claim_said_in_more_articles_than_a_page_can_hold_says_how_many_are_left_out(client, monkeypatch):
    monkeypatch.setattr("claims.site.repetitions.LISTED", 12)
    claim = factories.make_published_claim()
    for n in range(15):
        said(claim, days=1 + n)

    page = open_page(client, claim)

    assert len(page.xpath("//details[@class='more']//li[@class='place']")) == 2
    assert "And 3 more." in page.xpath("string(//details[@class='more'])")


def test_a_private_person_is_named_neither_by_the_desk_nor_as_the_article_writes_them(client):
    private = factories.make_claimant("Karl Private", named_publicly=False)
    claim = factories.make_published_claim(claimant=private)
    said(claim, days=2, claimant_text="Karl Private", claimant=None)
    said(merged_into(claim, claimant=private, text="Another wording."), days=3, claimant_text="K. Private")

    body = client.get(claim.get_absolute_url()).content.decode()

    assert "Private" not in body
    assert "a private person" in body


def test_related_claims_come_with_their_verdict_and_what_differs(client):
    twelve = factories.make_published_claim(text="The town has 12 schools.")
    fourteen = factories.make_published_claim(
        text="The town has 14 schools.", verdict={"rating": factories.rating("false")}
    )
    pair(twelve, fourteen, differences=[{"kind": "number", "query": "12", "candidate": "14"}])

    on_twelve, on_fourteen = open_page(client, twelve), open_page(client, fourteen)
    words = " ".join(on_twelve.xpath("string(//section[contains(@class, 'related')])").split())

    assert words == (
        "Related claims we checked The town has 14 schools. Our verdict: False Other number: 14 instead of 12"
    )
    assert on_twelve.xpath("//section[contains(@class, 'related')]//a/@href") == [fourteen.get_absolute_url()]
    assert "12 instead of 14" in on_fourteen.xpath("string(//section[contains(@class, 'related')])")


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"decision": "related", "similarity": 0.5}, True),
        ({"decision": "same"}, True),
        ({"decision": "related", "state": "rejected"}, False),
        ({"decision": "different", "similarity": 0.95}, False),
        ({"decision": "different", "state": "confirmed"}, True),
        ({"decision": "different", "similarity": 0.8, "differences": "number"}, True),
        ({"decision": "different", "similarity": 0.7, "differences": "number"}, False),
    ],
)
def test_a_pair_is_shown_where_it_helps_a_reader(client, fields, shown):
    claim, other = factories.make_published_claim(), factories.make_published_claim(text="Another one.")
    kind = fields.get("differences")
    pair(claim, other, **{**fields, "differences": [{"kind": kind, "query": "12", "candidate": "14"}] if kind else []})

    assert related(open_page(client, claim)) == (["Another one."] if shown else [])


@pytest.mark.parametrize("status", [status for status in Claim.Status if status not in {"published", "merged"}])
def test_a_claim_that_readers_do_not_see_is_not_related(client, status):
    claim, other = factories.make_published_claim(), factories.make_published_claim(text="Hidden.", status=status)
    pair(claim, other)

    assert related(open_page(client, claim)) == []


def test_a_pair_of_merged_claims_relates_those_they_were_merged_into_once(client):
    claim, other = factories.make_published_claim(), factories.make_published_claim(text="Another one.")
    ours, theirs = merged_into(claim), merged_into(other)
    for low, high in [(claim, theirs), (other, ours), (ours, theirs)]:
        pair(low, high)
    pair(claim, ours)

    assert related(open_page(client, claim)) == ["Another one."]


def test_a_pair_that_people_rejected_does_not_come_back_by_way_of_a_merged_claim(client):
    claim, other = factories.make_published_claim(), factories.make_published_claim(text="Another one.")
    pair(claim, other, state="rejected", similarity=0.6)
    pair(other, merged_into(claim), similarity=0.9)

    assert related(open_page(client, claim)) == []


def test_at_most_six_are_shown_confirmed_ones_first_then_the_most_alike(client):
    claim = factories.make_published_claim()
    for n in range(8):
        pair(claim, factories.make_published_claim(text=f"Claim {n}."), similarity=0.5 + n / 100)
    pair(claim, factories.make_published_claim(text="Confirmed."), similarity=0.5, state="confirmed")

    shown = related(open_page(client, claim))

    assert shown == ["Confirmed.", "Claim 7.", "Claim 6.", "Claim 5.", "Claim 4.", "Claim 3."]


def test_a_retracted_notice_relates_to_nothing(client):
    claim = factories.make_published_claim(status=Claim.Status.RETRACTED)
    pair(claim, factories.make_published_claim(text="Another one."))

    assert related(open_page(client, claim)) == []


def test_a_hostile_difference_stays_text(client):
    claim, other = factories.make_published_claim(), factories.make_published_claim(text="Another one.")
    pair(claim, other, differences=[{"kind": "entity", "query": "<img src=x>", "candidate": "<script>alert(1)"}])

    body = client.get(claim.get_absolute_url()).content.decode()

    assert "<script>alert" not in body
    assert "<img" not in body


def test_a_date_is_shown_to_readers_as_a_date(client):
    claim = factories.make_published_claim()
    said(claim, days=30)

    time = open_page(client, claim).xpath("//h3[@id='since']/following-sibling::ol[1]//time")[0]

    assert (time.text, time.get("datetime")) == ("April 1, 2026", date(2026, 4, 1).isoformat())
