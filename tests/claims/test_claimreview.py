"""shared/checklists/claimreview.md, rule by rule: real rows, the page, and the record parsed out of it."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from articles.models import Snapshot
from claims.claimreview import as_json
from claims.models import Claim, Claimant, Slug, SourceCopy, Topic, Verdict
from claims.site.reading import published_claim
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


def review_of(client, claim: Claim) -> dict:
    return pages.claim_review(client.get(claim.get_absolute_url()))


def test_cr01_the_page_carries_one_valid_record_of_type_claimreview(client):
    response = client.get(factories.make_published_claim().get_absolute_url())

    record = pages.claim_review(response)

    assert len(pages.json_ld(response)) == 1
    assert (record["@context"], record["@type"]) == ("https://schema.org", "ClaimReview")


def test_cr01_no_character_of_the_record_means_anything_to_html():
    text = as_json({"a": "</script><!-- & \u2028 \u2029"})

    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"a": "</script><!-- & \u2028 \u2029"}


def test_cr02_the_claim_is_given_as_published_and_without_the_rating(client):
    claim = factories.make_published_claim()

    record = review_of(client, claim)

    assert record["claimReviewed"] == factories.CLAIM
    assert record["reviewRating"]["alternateName"] not in record["claimReviewed"]


def test_cr03_the_address_is_absolute_and_the_canonical_one(client):
    response = client.get(
        factories.make_published_claim(slug="bridge").get_absolute_url(), headers={"host": "localhost"}
    )
    canonical = pages.parse(response).xpath("string(//link[@rel='canonical']/@href)")

    assert pages.claim_review(response)["url"] == canonical == "https://desk.example/claims/bridge/"


def test_cr04_cr05_the_rating_is_in_the_words_readers_see(client):
    response = client.get(factories.make_published_claim().get_absolute_url())

    rating = pages.claim_review(response)["reviewRating"]

    assert rating["@type"] == "Rating"
    assert rating["alternateName"] == "Mostly true"
    assert "Mostly true" in pages.text_of(response)


def test_cr06_the_author_is_the_desk(client):
    author = review_of(client, factories.make_published_claim())["author"]

    assert author["@type"] == "Organization"
    assert (author["name"], author["url"]) == ("Plumbline", "https://desk.example/")


def test_cr07_cr16_the_reviewed_item_is_a_claim_with_text_and_name(client):
    item = review_of(client, factories.make_published_claim())["itemReviewed"]

    assert item["@type"] == "Claim"
    assert item["text"] == item["name"] == factories.CLAIM


@pytest.mark.parametrize(
    ("kind", "type_"),
    [(Claimant.Kind.PERSON, "Person"), (Claimant.Kind.ORGANISATION, "Organization"), (Claimant.Kind.UNKNOWN, None)],
)
def test_cr08_the_claimant_has_a_type_only_when_the_desk_knows_it(client, kind, type_):
    claimant = factories.make_claimant("Verden Council", kind=kind, same_as=["https://verden.example/"])

    author = review_of(client, factories.make_published_claim(claimant=claimant))["itemReviewed"]["author"]

    assert author.get("@type") == type_
    assert (author["name"], author["sameAs"]) == ("Verden Council", "https://verden.example/")


def test_cr08_without_a_claimant_there_is_no_author(client):
    assert "author" not in review_of(client, factories.make_published_claim(claimant=None))["itemReviewed"]


def test_cr08_a_private_person_is_not_named(client):
    claimant = factories.make_claimant("Karl Private", named_publicly=False)
    claim = factories.make_published_claim(claimant=claimant)

    response = client.get(claim.get_absolute_url())

    assert "author" not in pages.claim_review(response)["itemReviewed"]
    assert "Karl Private" not in response.content.decode()
    assert "a private person" in pages.text_of(response)


def test_cr09_the_claim_is_dated_when_it_was_first_made_and_not_when_it_was_checked(client):
    claim = factories.make_published_claim()
    factories.make_appearance(claim, revision=factories.make_article().revisions.get(), made_on=date(2026, 2, 1))
    factories.make_appearance(claim, revision=factories.make_article().revisions.get(), made_on=None)

    assert review_of(client, claim)["itemReviewed"]["datePublished"] == "2026-02-01"


def test_cr09_a_claim_of_unknown_date_has_none(client):
    claim = factories.make_published_claim()
    claim.appearances.update(made_on=None)

    item = review_of(client, claim)["itemReviewed"]

    assert "datePublished" not in item
    assert "firstAppearance" not in item


def test_cr10_appearances_are_listed_once_per_article_and_the_earliest_is_the_first(client):
    article = factories.make_article(url="https://bote.example/early", title="Early")
    claim = factories.make_published_claim()
    for quote in ("It cost 84 million euros", "The new bridge over the Aller opened"):
        factories.make_appearance(claim, revision=article.revisions.get(), quote=quote, made_on=date(2026, 1, 5))

    item = review_of(client, claim)["itemReviewed"]

    early = {
        "@type": "CreativeWork",
        "url": "https://bote.example/early",
        "headline": "Early",
        "datePublished": "2026-01-05",
        "publisher": {"@type": "Organization", "name": "Verdener Bote"},
    }
    assert item["firstAppearance"] == early
    assert [place["headline"] for place in item["appearance"]] == ["Early", "Bridge over the Aller opened"]


def test_cr10_a_text_without_an_address_is_no_appearance_for_machines(client):
    claim = factories.make_published_claim()
    claim.appearances.get().revision.article.addresses.all().delete()

    assert "appearance" not in review_of(client, claim)["itemReviewed"]


def test_cr11_value_and_ends_come_from_one_scale_and_nearer_best_is_truer(client):
    claims = [factories.make_published_claim(verdict={"rating": factories.rating(code)}) for code in ("false", "true")]

    false, true = (review_of(client, claim)["reviewRating"] for claim in claims)

    assert (false["worstRating"], false["ratingValue"], false["bestRating"]) == (1, 1, 5)
    assert (true["worstRating"], true["ratingValue"], true["bestRating"]) == (1, 5, 5)


@pytest.mark.parametrize("code", ["missing-context", "unverifiable"])
def test_cr12_a_rating_off_the_axis_carries_words_and_no_number(client, code):
    claim = factories.make_published_claim(verdict={"rating": factories.rating(code)})

    rating = review_of(client, claim)["reviewRating"]

    assert rating.keys() == {"@type", "alternateName", "ratingExplanation"}


def test_cr13_a_correction_changes_the_second_date_and_not_the_first(client):
    claim = factories.make_published_claim(published_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, 8, tzinfo=UTC), rating=factories.rating("true"))

    record = review_of(client, claim)

    assert record["datePublished"] == "2026-03-02T12:00:00+00:00"
    assert record["dateModified"] == "2026-04-01T08:00:00+00:00"
    assert record["reviewRating"]["alternateName"] == "True"


def test_cr14_cr15_explanation_abstract_language_publisher_and_evidence_are_given(client):
    record = review_of(client, factories.make_published_claim())

    assert record["reviewRating"]["ratingExplanation"] == record["abstract"]
    assert record["inLanguage"] == "en"
    assert record["publisher"] == record["author"]
    assert record["citation"][0]["name"] == "Final account of the bridge"
    assert record["citation"][0]["url"].startswith("https://verden.example/budget/")


def test_cr15_topics_are_keywords_and_the_licence_is_what_the_desk_set(client, settings):
    settings.DATA_LICENSE = "https://licence.example/open"
    claim = factories.make_published_claim()
    claim.topics.add(Topic.objects.create(name="Bridges", slug="bridges"))

    response = client.get(claim.get_absolute_url())
    record = pages.claim_review(response)

    assert record["keywords"] == ["Bridges"]
    assert record["license"] == pages.parse(response).xpath("string(//link[@rel='license']/@href)")
    assert record["license"] == "https://licence.example/open"


def test_cr15_a_desk_without_a_licence_gives_none(client, settings):
    settings.DATA_LICENSE = ""

    assert "license" not in review_of(client, factories.make_published_claim())


def test_cr15_the_language_is_that_of_what_the_desk_writes_and_not_of_the_page_around_it():
    claim = Claim.objects.for_page().get(pk=factories.make_published_claim().pk)

    with translation.override("ar"):
        assert published_claim(claim, []).language == "en"


def test_cr17_each_correction_is_told_but_for_typing_errors(client):
    claim = factories.make_published_claim()
    for n, kind in enumerate(["factual", "typo"], start=1):
        draft = factories.make_verdict(claim)
        factories.approve(draft)
        factories.make_correction(draft, kind=kind, note=f"Note {n}.")
        Verdict.objects.filter(pk=draft.pk).update(published_at=factories.NOON, claim_text=claim.text)

    response = client.get(claim.get_absolute_url())

    assert pages.claim_review(response)["correction"] == [
        {"@type": "CorrectionComment", "text": "Note 1.", "datePublished": "2026-03-02T12:00:00+00:00"}
    ]
    assert "Note 1." in pages.text_of(response)


def test_cr17_evidence_says_where_we_say_that_we_keep_a_copy(client):
    claim = factories.make_published_claim(slug="bridge")
    source = claim.sources.get()
    kept = Snapshot.objects.create(hash="ab" * 32, file="x", size=1, retrieved_at=factories.NOON)
    SourceCopy.objects.create(source=source, url=source.url, state="kept", snapshot=kept, retrieved_at=factories.NOON)

    response = client.get("/claims/bridge/")
    (evidence,) = pages.claim_review(response)["citation"]

    assert evidence["archivedAt"]["url"] == "https://desk.example/claims/bridge/#source-1"
    assert evidence["archivedAt"]["identifier"]["value"] == "ab" * 32
    assert "ab" * 32 in pages.parse(response).get_element_by_id("source-1").text_content()


def test_cr18_the_desk_gives_its_policies_each_of_which_is_a_page(client):
    author = review_of(client, factories.make_published_claim())["author"]
    policies = {
        "correctionsPolicy": "corrections",
        "publishingPrinciples": "methodology",
        "ethicsPolicy": "methodology",
        "ownershipFundingInfo": "about",
        "masthead": "about",
    }

    for key, page in policies.items():
        assert author[key] == f"https://desk.example/{page}/"
        assert client.get(author[key].removeprefix("https://desk.example")).status_code == 200


def test_e02_lists_carry_no_markup(client):
    claim = factories.make_published_claim()

    for address in ("/", claim.claimant.get_absolute_url()):
        assert pages.json_ld(client.get(address)) == []


def test_e04_what_the_record_says_the_page_shows(client):
    response = client.get(factories.make_published_claim().get_absolute_url())
    record, page = pages.claim_review(response), pages.parse(response)
    shown = pages.text_of(response)
    dates = page.xpath("//main//time/@datetime")

    assert record["claimReviewed"] == page.findtext(".//h1")
    assert record["reviewRating"]["ratingExplanation"] in shown
    assert record["itemReviewed"]["author"]["name"] in shown
    assert record["itemReviewed"]["datePublished"] in dates
    assert record["datePublished"] in dates


def test_the_json_address_is_byte_for_byte_what_the_page_carries(client):
    claim = factories.make_published_claim(slug="bridge", text="“5 < 6” & </script> said the mayor of Łódź.")

    carried = client.get("/claims/bridge/").content.split(b'ld+json">')[1].split(b"</script>")[0]
    response = client.get("/claims/bridge.json")

    assert response.content == carried
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["claimReviewed"] == claim.text


def test_the_json_of_an_older_address_leads_to_the_newest(client):
    claim = factories.make_published_claim(slug="old")
    Slug.objects.create(claim=claim, slug="new")

    response = client.get("/claims/old.json")

    assert (response.status_code, response["Location"]) == (301, "/claims/new.json")


@pytest.mark.parametrize("status", [Claim.Status.RETRACTED, Claim.Status.IN_PROGRESS])
def test_e12_there_is_no_record_of_what_is_not_published(client, status):
    factories.make_published_claim(slug="bridge", status=status)

    assert client.get("/claims/bridge.json").status_code == 404


def test_a_draft_beside_a_published_verdict_is_seen_by_nobody(client):
    claim = factories.make_published_claim(slug="bridge")
    factories.make_verdict(claim, summary="Not yet for readers.", rating=factories.rating("false"))

    response = client.get("/claims/bridge/")

    assert "Not yet for readers." not in response.content.decode()
    assert pages.claim_review(response)["reviewRating"]["alternateName"] == "Mostly true"
    assert Verdict.objects.drafts().count() == 1
