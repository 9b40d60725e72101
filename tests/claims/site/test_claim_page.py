"""The page of one claim."""

from datetime import UTC, date, datetime

import pytest

from claims.models import Citation, Claim, Slug
from claims.services.retraction import retract_at_once
from claims.site.quoting import QUOTE_LIMIT, short_quote
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


def test_the_page_shows_claim_claimant_verdict_meaning_and_summary(client):
    response = client.get(factories.make_published_claim().get_absolute_url())
    shown = pages.text_of(response)

    assert pages.parse(response).findtext(".//h1") == factories.CLAIM
    assert "Claimed by Jutta Brandt, March 2, 2026" in shown
    assert "Mostly true" in shown
    assert "The claim is right in what matters and wrong or unclear in a detail." in shown
    assert "4 of 5 on our scale" in shown
    assert "The final account puts the bridge at 84.1 million euros." in shown


def test_the_page_names_author_reviewer_and_dates(client):
    shown = pages.text_of(client.get(factories.make_published_claim().get_absolute_url()))

    assert "Checked by Rosa Example" in shown
    assert "Reviewed by Ravi Example" in shown
    assert "Evidence as of March 5, 2026" in shown
    assert "March 2, 2026 Checked and published" in shown


def test_sources_stand_under_their_stance_with_what_they_are(client):
    claim = factories.make_published_claim()
    second = factories.make_verdict(claim)
    against = factories.make_source(
        claim, title="A letter", kind="secondary", url="", no_url_reason="On paper only.", locator="Page 2"
    )
    Citation.objects.create(verdict=second, source=against, stance=Citation.Stance.REFUTES, n=2)
    factories.approve(second)
    factories.make_correction(second)
    claim.verdicts.filter(pk=second.pk).update(published_at=factories.NOON, claim_text=claim.text)

    page = pages.parse(client.get(claim.get_absolute_url()))
    headings = [heading.text for heading in page.xpath("//h3[@class='stance']")]
    letter = " ".join(page.get_element_by_id("source-2").text_content().split())

    assert headings == ["Supports the claim", "Speaks against the claim"]
    assert "Primary source" in page.get_element_by_id("source-1").text_content()
    assert letter.startswith("2 A letter City of Verden · Secondary source · Page 2 · retrieved March 5, 2026")
    assert "No link: On paper only." in letter


def test_a_number_in_brackets_leads_to_its_source(client):
    claim = factories.make_published_claim(verdict={"explanation": "It says so [1], and not [2]."})

    page = pages.parse(client.get(claim.get_absolute_url()))

    assert page.xpath("//div[contains(@class, 'prose')]//a/@href") == ["#source-1"]
    assert "not [2]." in page.text_content()


def test_places_are_linked_and_quoted_once_per_article(client):
    claim = factories.make_published_claim()
    revision = claim.appearances.get().revision
    factories.make_appearance(claim, revision=revision, quote="The new bridge over the Aller opened")

    page = pages.parse(client.get(claim.get_absolute_url()))
    (place,) = page.xpath("//li[@class='place']")

    assert place.xpath(".//a[@rel='nofollow']/@href") == [revision.article.url]
    assert len(place.xpath(".//blockquote")) == 2
    assert "Jutta Brandt" in place.text_content()


def test_a_quote_stands_in_its_sentence(client):
    claim = factories.make_published_claim(appears=False)
    revision = factories.make_revision()
    start = revision.text.index(factories.QUOTE)
    end = revision.text.index(" The old bridge")
    factories.make_appearance(claim, revision=revision, sentence_start=start, sentence_end=end)

    page = pages.parse(client.get(claim.get_absolute_url()))
    (quote,) = page.xpath("//li[@class='place']//blockquote/p")

    assert quote.text_content() == "It cost 84 million euros, the mayor of Verden, Jutta Brandt, said."
    assert quote.xpath("./mark/text()") == [factories.QUOTE]


def test_a_long_sentence_is_cut_on_both_sides_of_the_quote(client):
    text = "Long before " * 40 + factories.QUOTE + " long after" * 40 + "."
    claim = factories.make_published_claim(appears=False)
    start = text.index(factories.QUOTE)
    revision = factories.make_revision(text=text)
    factories.make_appearance(claim, revision=revision, start=start, sentence_start=0, sentence_end=len(text))

    page = pages.parse(client.get(claim.get_absolute_url()))
    (quote,) = page.xpath("//li[@class='place']//blockquote/p")

    assert len(quote.text_content()) <= QUOTE_LIMIT + 2
    assert quote.text_content().startswith("…")
    assert quote.text_content().endswith("…")
    assert f"before {factories.QUOTE} long" in quote.text_content()


def test_the_scale_names_its_ends_and_the_page_says_when_the_evidence_is_of(client):
    shown = pages.text_of(client.get(factories.make_published_claim().get_absolute_url()))

    assert "4 of 5 on our scale from “False” to “True” Evidence as of March 5, 2026" in shown
    assert "Jutta Brandt, March 2, 2026 · first found in Verdener Bote" in shown


def test_a_side_without_evidence_says_so(client):
    shown = pages.text_of(client.get(factories.make_published_claim().get_absolute_url()))

    assert "Speaks against the claim None of the sources that we cite." in shown
    assert "Gives context" not in shown


def test_corrections_of_every_class_but_typing_errors_stand_on_top(client):
    claim = factories.make_published_claim()
    draft = factories.make_verdict(claim)
    factories.approve(draft)
    factories.make_correction(draft, note="The year was wrong.")
    claim.verdicts.filter(pk=draft.pk).update(published_at=factories.NOON, claim_text=claim.text)

    page = pages.parse(client.get(claim.get_absolute_url()))
    (notice,) = page.xpath("//p[contains(@class, 'correction')]")

    assert " ".join(notice.text_content().split()) == "Factual error, March 2, 2026: The year was wrong."
    assert f"{claim.get_absolute_url()}versions/" in page.xpath("//section[@aria-labelledby='changed']//a/@href")


def test_appearances_of_merged_claims_count_too_oldest_first(client):
    winner = factories.make_published_claim()
    merged = factories.make_claim(appears=False, status=Claim.Status.MERGED, merged_into=winner)
    article = factories.make_article(title="Said before", url="https://bote.example/before")
    factories.make_appearance(merged, revision=article.revisions.get(), made_on=date(2025, 12, 1))

    page = pages.parse(client.get(winner.get_absolute_url()))

    assert [title.text_content() for title in page.xpath("//p[@class='place__title']")] == [
        "Said before",
        "Bridge over the Aller opened",
    ]


def test_a_long_quote_is_cut_at_a_word():
    text = "one two three " * 50

    cut = short_quote(text)

    assert len(cut) <= 300
    assert cut.endswith(("one…", "two…", "three…"))
    assert short_quote("x" * 400) == "x" * 299 + "…"
    assert short_quote("  short\n words ") == "short words"


def test_history_lists_every_published_version(client):
    claim = factories.make_published_claim()
    factories.make_verdict(claim, rating=factories.rating("false"), published_at=datetime(2026, 5, 1, tzinfo=UTC))

    shown = pages.text_of(client.get(claim.get_absolute_url()))

    assert "March 2, 2026 Checked and published Mostly true May 1, 2026 Changed verdict False" in shown


def test_a_rating_off_the_axis_has_no_place_on_the_scale(client):
    claim = factories.make_published_claim(verdict={"rating": factories.rating("unverifiable")})

    shown = pages.text_of(client.get(claim.get_absolute_url()))

    assert "Beside our scale" in shown
    assert "of 5" not in shown


def test_a_retracted_claim_is_a_notice_with_the_reason_and_nothing_for_machines(client, editor):
    claim = factories.make_published_claim()
    retract_at_once(claim, why="It was another bridge.", by=editor)

    response = client.get(claim.get_absolute_url())

    assert response.status_code == 200
    assert "It was another bridge." in pages.text_of(response)
    assert "Mostly true" not in response.content.decode()
    assert pages.json_ld(response) == []
    assert pages.parse(response).xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_an_older_address_leads_to_the_newest_for_good(client):
    claim = factories.make_published_claim(slug="old")
    Slug.objects.create(claim=claim, slug="new")

    response = client.get("/claims/old/")

    assert (response.status_code, response["Location"]) == (301, "/claims/new/")


def test_the_address_of_a_merged_claim_leads_to_the_other_for_good(client):
    winner = factories.make_published_claim(slug="winner")
    merged = factories.make_claim(status=Claim.Status.MERGED, merged_into=winner)
    Slug.objects.create(claim=merged, slug="merged")

    response = client.get("/claims/merged/")

    assert (response.status_code, response["Location"]) == (301, "/claims/winner/")


@pytest.mark.parametrize(
    "status", [status for status in Claim.Status if status not in {"published", "retracted", "merged"}]
)
def test_what_is_not_published_has_no_page(client, status):
    factories.make_published_claim(slug="bridge", status=status)

    assert client.get("/claims/bridge/").status_code == 404


def test_a_claimant_who_became_private_is_no_longer_named(client):
    claim = factories.make_published_claim()
    claim.claimant.named_publicly = False
    claim.claimant.save()

    body = client.get(claim.get_absolute_url()).content.decode()

    assert "Jutta Brandt" not in body
    assert client.get(claim.claimant.get_absolute_url()).status_code == 404
