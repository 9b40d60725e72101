"""What programs may read: all that readers see, and nothing else."""

from datetime import date

import pytest

from claims.models import Claim, Claimant, LegalRequest, Topic
from tests import factories
from tests.factories import NOON, make_published_claim

pytestmark = pytest.mark.django_db

LISTS = ("claims", "verdicts", "sources", "appearances", "claimants", "articles", "corrections")


def slugs(items) -> list[str]:
    return [item["slug"] for item in items]


def test_where_to_begin_names_every_list(program):
    answer = program.get("").json()

    for address in (*answer["lists"].values(), answer["openapi"], answer["docs"]):
        path = address.removeprefix("http://127.0.0.1:8000/api/v1/")
        assert program.get(path, **({"q": "bridge"} if path == "search" else {})).status_code == 200


@pytest.mark.parametrize("status", ["detected", "in_progress", "in_review", "approved", "declined"])
def test_nothing_of_a_claim_that_is_not_published_is_told(program, status):
    claim = factories.make_claim_with_verdict(status=status)
    factories.make_outreach(claim)

    assert [program.items(name) for name in LISTS] == [[]] * len(LISTS)
    assert program.get(f"articles/{claim.appearances.get().revision.article_id}").status_code == 404
    assert program.get("claimants/jutta-brandt").status_code == 404


def test_a_draft_beside_a_published_verdict_is_not_told(program):
    claim = make_published_claim(verdict={"summary": "The old one."})
    factories.make_verdict(claim, summary="The draft.", explanation="DRAFT")

    told = [program.get(name).content.decode() for name in (*LISTS, f"claims/{claim.slug}")]

    assert not [one for one in told if "DRAFT" in one or "The draft." in one]
    assert len(program.items("verdicts")) == 1
    assert len(program.items("sources")) == 1


def test_a_published_claim_is_told_in_short(program):
    claim = make_published_claim(claimed_on=date(2026, 3, 1))
    claim.topics.add(Topic.objects.create(name="Transport", slug="transport"))

    (item,) = program.items("claims")

    assert item == {
        "id": claim.pk,
        "slug": claim.slug,
        "url": f"http://127.0.0.1:8000/claims/{claim.slug}/",
        "claimreview": f"http://127.0.0.1:8000/claims/{claim.slug}.json",
        "status": "published",
        "text": factories.CLAIM,
        "claimant": {"slug": "jutta-brandt", "name": "Jutta Brandt"},
        "claimed_on": "2026-03-01",
        "topics": [{"slug": "transport", "name": "Transport"}],
        "rating": {"code": "mostly-true", "label": "Mostly true", "value": 4, "scale": "Plumbline 1"},
        "summary": "The final account puts the bridge at 84.1 million euros.",
        "version": 1,
        "evidence_as_of": "2026-03-05",
        "first_published_at": "2026-03-02T12:00:00Z",
        "published_at": "2026-03-02T12:00:00Z",
    }
    assert program.get("topics").json() == {"items": [{"slug": "transport", "name": "Transport"}]}


def test_one_claim_is_told_with_all_that_its_page_says(program):
    claim = make_published_claim(verdict={"how_we_checked": "We asked the city."})
    factories.make_outreach(claim, answered_on=date(2026, 3, 4), answer="It is so.")

    whole = program.get(f"claims/{claim.slug}").json()

    assert whole["explanation"] == "The city's **final account** lists every item."
    assert whole["how_we_checked"] == "We asked the city."
    assert (whole["checked_by"], whole["reviewed_by"]) == ("Rosa Example", ["Ravi Example"])
    assert whole["asked"] == [
        {"whom": "The mayor's office", "asked_on": "2026-03-03", "answered_on": "2026-03-04", "answer": "It is so."}
    ]
    assert [source["title"] for source in whole["sources"]] == ["Final account of the bridge"]
    assert [place["quote"] for place in whole["appearances"]] == [factories.QUOTE]
    assert whole["corrections"] == []
    assert whole["sources"] == program.items("sources")
    assert whole["appearances"] == program.items("appearances")


def test_an_address_that_a_claim_had_leads_to_the_one_it_has(program):
    claim = make_published_claim(slug="old")
    factories.Slug.objects.create(claim=claim, slug="new")

    answer = program.get("claims/old")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/claims/new")


def test_a_retracted_claim_says_that_and_nothing_that_was_found(program):
    claim = make_published_claim()
    Claim.objects.filter(pk=claim.pk).update(status="retracted")
    factories.make_retraction(claim)

    whole = program.get(f"claims/{claim.slug}").json()

    assert (whole["status"], whole["rating"], whole["summary"], whole["sources"]) == ("retracted", None, "", [])
    assert [one["kind"] for one in whole["corrections"]] == ["void"]
    assert whole["corrections"] == program.items("corrections")
    assert program.items("claims") == program.items("verdicts") == program.items("sources") == []


def test_of_a_fact_check_that_was_taken_down_only_the_notice_is_told(program):
    claim = make_published_claim()
    Claim.objects.filter(pk=claim.pk).update(status="retracted")
    LegalRequest.objects.create(
        claim=claim,
        sender="A lawyer",
        received_on=date(2026, 3, 2),
        asked="Take it down.",
        notice="Taken down by order.",
        correction=factories.make_retraction(claim, note="Taken down by order."),
        by=factories.make_user("rosa"),
    )

    told = program.get(f"claims/{claim.slug}"), program.get("corrections")

    assert [factories.CLAIM in answer.content.decode() for answer in told] == [False, False]
    assert told[1].json()["items"][0]["claim"] is None
    assert told[0].json()["corrections"][0]["note"] == "Taken down by order."


def test_a_correction_is_told_with_both_ratings(program):
    claim = make_published_claim()
    factories.make_verdict(claim, rating=factories.rating("false"), published_at=NOON)

    (correction,) = program.items("corrections")

    assert (correction["kind"], correction["version"]) == ("verdict_change", 2)
    assert (correction["rating_before"]["code"], correction["rating_after"]["code"]) == ("mostly-true", "false")
    assert [(one["version"], one["current"]) for one in program.items("verdicts")] == [(2, True), (1, False)]
    assert [one["version"] for one in program.items("verdicts", current=False)] == [1]
    assert len(program.items("sources")) == 1
    assert program.items("claims")[0]["version"] == 2


def test_a_private_person_is_named_nowhere(program):
    private = factories.make_claimant("Otto Stille", named_publicly=False)
    claim = factories.make_claim(claimant=private, status="published", appears=False)
    revision = factories.make_revision(text="Otto Stille said: the bridge cost 84 million, says Otto Stille.")
    revision.article.title = "Otto Stille on the bridge"
    revision.article.save()
    quote = "the bridge cost 84 million, says Otto Stille"
    factories.make_appearance(claim, revision=revision, quote=quote, claimant_text="Otto Stille")
    factories.make_verdict(claim, published_at=NOON)
    factories.Slug.objects.create(claim=claim, slug="it-cost")

    told = "".join(program.get(name).content.decode() for name in (*LISTS, "claims/it-cost", "search?q=bridge"))

    assert "Stille" not in told
    assert "otto" not in told
    assert program.items("claims")[0]["claimant"] == {"slug": None, "name": "a private person"}
    assert "[…]" in program.items("appearances")[0]["quote"]
    assert program.items("articles")[0]["title"] == "[…] on the bridge"
    assert program.items("claims", claimant="otto-stille") == []
    assert program.get("claimants/otto-stille").status_code == 404


def test_quotes_are_as_short_as_on_the_site(program):
    text = "The bridge " + "cost a lot and " * 60 + "opened."
    claim = make_published_claim(appears=False)
    factories.make_appearance(claim, revision=factories.make_revision(text=text), quote=text)

    assert len(program.items("appearances")[0]["quote"]) <= 300
    assert len(program.items("articles")[0]["claims"][0]["quotes"][0]) <= 300
    assert len(program.get(f"claims/{claim.slug}").json()["appearances"][0]["quote"]) <= 300


def test_places_of_a_merged_claim_count_with_the_one_it_went_into(program):
    claim = make_published_claim(appears=False)
    merged = factories.make_claim(status="merged", merged_into=claim, text="It cost 84 million.")

    assert [one["claim"] for one in program.items("appearances")] == [claim.slug]
    assert [one["claim"] for one in program.items("appearances", claim=claim.slug)] == [claim.slug]
    article = merged.appearances.get().revision.article_id
    assert slugs(program.get(f"articles/{article}").json()["claims"]) == [claim.slug]


def test_only_web_addresses_are_handed_out(program):
    make_published_claim()
    Claimant.objects.update(same_as=["javascript:alert(1)", "https://verden.example/"])

    assert program.items("claimants")[0]["same_as"] == ["https://verden.example/"]


class TestFilters:
    def test_claims_by_rating_claimant_topic_publisher_and_day(self, program):
        other = factories.make_claimant("Karl Weber")
        early = make_published_claim(slug="early", published_at=NOON.replace(month=1))
        late = make_published_claim(slug="late", claimant=other, verdict={"rating": factories.rating("false")})
        early.topics.add(Topic.objects.create(name="Transport", slug="transport"))
        elsewhere = factories.make_publisher("elsewhere.example", name="Elsewhere")
        factories.make_appearance(late, revision=factories.make_article(publisher=elsewhere).revisions.get())

        assert slugs(program.items("claims")) == ["late", "early"]
        assert slugs(program.items("claims", rating="false")) == ["late"]
        assert slugs(program.items("claims", claimant="karl-weber")) == ["late"]
        assert slugs(program.items("claims", topic="transport")) == ["early"]
        assert slugs(program.items("claims", publisher="elsewhere.example")) == ["late"]
        assert slugs(program.items("claims", published_to="2026-01-02")) == ["early"]
        assert slugs(program.items("claims", published_from="2026-03-02", published_to="2026-03-02")) == ["late"]
        assert slugs(program.items("claims", rating="false", topic="transport")) == []
        assert slugs(program.items("claims", publisher="nobody.example")) == []

    def test_the_other_lists_by_claim(self, program):
        one, _other = make_published_claim(slug="one"), make_published_claim(slug="other")
        factories.make_verdict(one, published_at=NOON, summary="Now.")

        for name in ("verdicts", "sources", "appearances"):
            assert {item["claim"] for item in program.items(name, claim="one")} == {"one"}
        assert len(program.items("articles", claim="one")) == 1
        assert [item["claim"]["slug"] for item in program.items("corrections", claim="one")] == ["one"]
        assert program.items("corrections", claim="other") == []

    def test_by_kind_stance_and_day(self, program):
        make_published_claim()

        assert len(program.items("sources", stance="supports", kind="primary")) == 1
        assert program.items("sources", stance="refutes") == []
        assert program.items("sources", kind="expert") == []
        assert len(program.items("claimants", kind="person")) == 1
        assert program.items("claimants", kind="organisation") == []
        assert len(program.items("appearances", made_from="2026-03-02", made_to="2026-03-02")) == 1
        assert program.items("appearances", made_to="2026-03-01") == []
        assert len(program.items("articles", published_from="2026-03-02", publisher="verdener-bote.example")) == 1
        assert program.items("verdicts", published_from="2026-03-03") == []


class TestSearch:
    def test_it_finds_what_the_site_finds_with_what_it_can_be_narrowed_to(self, program):
        make_published_claim(slug="bridge")
        make_published_claim(
            slug="tower", text="The bridge tower is high.", verdict={"rating": factories.rating("false")}
        )

        found = program.get("search", q="bridge").json()

        assert sorted(slugs(found["items"])) == ["bridge", "tower"]
        assert (found["total"], found["more"], found["next"]) == (2, False, None)
        (facet,) = found["facets"]
        assert [(value["label"], value["number"]) for value in facet["values"]] == [("Mostly true", 1), ("False", 1)]
        narrowed = facet["values"][1]["url"].removeprefix("http://127.0.0.1:8000/api/v1/")
        assert slugs(program.get(narrowed).json()["items"]) == ["tower"]

    def test_it_goes_on_behind_the_cursor(self, program):
        for n in range(3):
            make_published_claim(slug=f"c-{n}", text=f"The bridge has {n} lanes.")

        first = program.get("search", q="bridge", limit=2).json()
        second = program.get(first["next"].partition("/api/v1/")[2]).json()

        assert len(first["items"]) == 2
        assert sorted(slugs(first["items"] + second["items"])) == ["c-0", "c-1", "c-2"]
        assert second["next"] is None

    def test_fields_are_of_what_was_found(self, program):
        make_published_claim(slug="bridge")

        found = program.get("search", q="bridge", fields="slug").json()

        assert found["items"] == [{"slug": "bridge"}]
        assert found["total"] == 1
