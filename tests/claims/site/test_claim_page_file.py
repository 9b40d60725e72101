"""What the claim file adds to the readers' page: parts, roles, copies, how it was checked; and whom it never names."""

from datetime import date

import pytest

from articles.models import Snapshot
from claims.models import Claim, Claimant, ClaimantAlias, ClaimantRole, SourceCopy, Topic, Verdict
from claims.services.retraction import retract_at_once
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


def test_the_page_shows_how_we_checked_with_notes_when_we_look_again_and_topics(client):
    claim = factories.make_published_claim(
        verdict={"how_we_checked": "We **rang** them [1]. <script>alert(1)</script>", "look_again_by": date(2027, 3, 5)}
    )
    claim.topics.add(Topic.objects.create(name="Bridges", slug="bridges"))

    response = client.get(claim.get_absolute_url())
    page = pages.parse(response)

    assert page.xpath("//section[@aria-labelledby='how']//a/@href") == ["#source-1"]
    assert page.xpath("//section[@aria-labelledby='how']//strong")[0].text == "rang"
    assert page.xpath("//main//script") == []
    assert "We look again by March 5, 2027" in pages.text_of(response)
    assert "Topics Bridges" in pages.text_of(response)


def test_what_is_not_there_is_not_announced(client):
    shown = pages.text_of(client.get(factories.make_published_claim().get_absolute_url()))

    for words in ("How we checked", "We look again by", "Topics", "Its parts", "Archived copy", "In translation"):
        assert words not in shown


def test_a_source_shows_translation_interest_origin_and_its_archived_copy(client):
    claim = factories.make_published_claim(verdict={"cites": False})
    draft = factories.make_verdict(claim, cites=False)
    source = factories.make_source(
        claim, kind="expert", translation="In total", interest="It wants more.", independence_group="ticket sales"
    )
    snapshot = Snapshot.objects.create(hash="ab" * 32, file="x", size=1, retrieved_at=factories.NOON)
    SourceCopy.objects.create(
        source=source, url=source.url, state="kept", snapshot=snapshot, retrieved_at=factories.NOON
    )
    draft.citations.create(source=source, stance="supports", n=1)
    factories.approve(draft)
    factories.make_correction(draft)
    Verdict.objects.filter(pk=draft.pk).update(published_at=factories.NOON, claim_text=claim.text)

    shown = " ".join(
        pages.parse(client.get(claim.get_absolute_url())).get_element_by_id("source-1").text_content().split()
    )

    assert "· Expert ·" in shown
    assert "In translation: In total" in shown
    assert "Its interest: It wants more." in shown
    assert "Goes back to: ticket sales" in shown
    assert f"Archived copy kept, retrieved March 2, 2026, SHA-256 {'ab' * 32}" in shown


def test_the_day_it_was_said_goes_before_that_of_the_article_and_decides_the_role(client):
    claim = factories.make_published_claim(claimed_on=date(2020, 5, 1))
    ClaimantRole.objects.create(claimant=claim.claimant, title="Minister of Defence", to_on=date(2020, 12, 31))
    ClaimantRole.objects.create(claimant=claim.claimant, title="Mayor", from_on=date(2021, 1, 1))

    response = client.get(claim.get_absolute_url())

    assert "Claimed by Jutta Brandt (then Minister of Defence), May 1, 2020" in pages.text_of(response)
    assert pages.claim_review(response)["itemReviewed"]["datePublished"] == "2020-05-01"
    assert "Mayor" in pages.text_of(client.get(claim.claimant.get_absolute_url()))


class TestParts:
    @pytest.fixture
    def whole(self, db) -> Claim:
        return factories.make_published_claim(text="Both.", parts_rule="The lowest counts.")

    def test_whole_and_parts_show_each_other_with_verdicts_and_rule(self, client, whole):
        parts = [factories.make_published_claim(text=f"Part {n}.", part_of=whole) for n in range(2)]

        of_whole, of_part = (client.get(claim.get_absolute_url()) for claim in (whole, parts[0]))

        assert "Its parts Mostly true Part 0. Mostly true Part 1." in pages.text_of(of_whole)
        assert "How the verdict on the whole follows: The lowest counts." in pages.text_of(of_whole)
        assert "Part of a larger claim: Both. Mostly true" in pages.text_of(of_part)
        assert "Its parts" not in pages.text_of(of_part)

    @pytest.mark.parametrize("status", [Claim.Status.IN_REVIEW, Claim.Status.APPROVED])
    def test_what_is_not_published_is_shown_on_neither(self, client, whole, status):
        factories.make_claim_with_verdict(text="Hidden part.", part_of=whole, status=status)

        assert "Hidden part" not in client.get(whole.get_absolute_url()).content.decode()

    def test_a_part_of_what_is_not_published_says_nothing_of_it(self, client):
        hidden = factories.make_claim_with_verdict(text="Hidden whole.")
        part = factories.make_published_claim(part_of=hidden)

        assert "Hidden whole" not in client.get(part.get_absolute_url()).content.decode()

    def test_a_retracted_part_leaves_and_a_merged_one_is_told_by_its_winner(self, client, whole, editor):
        part = factories.make_published_claim(text="Taken back.", part_of=whole)
        winner = factories.make_published_claim(text="The winner.")
        factories.make_claim(text="Merged.", part_of=whole, status=Claim.Status.MERGED, merged_into=winner)
        retract_at_once(part, why="Wrong.", by=editor)

        shown = client.get(whole.get_absolute_url()).content.decode()

        assert "Taken back." not in shown
        assert "Merged." not in shown
        assert "The winner." in shown


class TestPrivatePerson:
    @pytest.fixture
    def claim(self, db) -> Claim:
        karl = factories.make_claimant("Karl Meyer", named_publicly=False, same_as=["https://meyer.example/karl"])
        ClaimantAlias.objects.create(claimant=karl, name="Charly M.")
        ClaimantRole.objects.create(claimant=karl, title="Baker in Verden")
        claim = factories.make_published_claim(claimant=karl, appears=False)
        text = "Karl Meyer, called Charly M., said it cost 84 million, and Meyer knows."
        article = factories.make_article(text=text, title="Meyer: it cost 84 million")
        factories.make_appearance(claim, revision=article.revisions.get(), quote=text, claimant_text="Karl Meyer")
        return claim

    def test_no_page_and_no_data_for_readers_names_one(self, client, claim):
        assert claim.claimant.kind == Claimant.Kind.PERSON
        for address in (
            claim.get_absolute_url(),
            f"/claims/{claim.slug}.json",
            "/",
            "/feeds/claims.atom",
            "/sitemap.xml",
            "/search/?q=84+million",
            f"/articles/{claim.appearances.get().revision.article_id}/",
            "/publishers/verdener-bote.example/",
            "/feeds/publishers/verdener-bote.example.atom",
            "/statistics/",
        ):
            body = client.get(address).content.decode()

            for name in ("Meyer", "Charly", "Baker in Verden", "karl", "meyer.example"):
                assert name not in body, (name, address)

    def test_the_quote_says_that_words_were_left_out(self, client, claim):
        shown = pages.text_of(client.get(claim.get_absolute_url()))

        assert "[…], called […], said it cost 84 million, and […] knows." in shown
        assert "Claimed by a private person" in shown

    def test_a_search_for_the_name_finds_nothing(self, client, claim):
        assert claim.get_absolute_url() not in pages.search(client, '"Karl Meyer"').content.decode()
