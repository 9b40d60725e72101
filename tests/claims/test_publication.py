from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Citation, Claim, Review, Slug, Source, Verdict
from claims.services.claims import reword_claim
from claims.services.corrections import open_correction
from claims.services.lifecycle import step_back
from claims.services.publication import publish_claim, unmet_rules
from claims.services.review import approve_verdict, rate_verdict, return_verdict
from claims.services.verdicts import Evidence, record_verdict, send_for_review
from people.models import RecordEntry, Role
from tests.at_once import at_once
from tests.factories import (
    NOON,
    approve_as,
    make_claim,
    make_claim_with_verdict,
    make_outreach,
    make_published_claim,
    make_user,
    make_verdict,
    rating,
)

pytestmark = pytest.mark.django_db
Status = Claim.Status

BUDGET = Evidence(title="Budget 2026", publisher="City of Verden", url="https://verden.example/budget")
PAPER = Evidence(
    title="Report",
    publisher="Verdener Bote",
    url="https://bote.example/1",
    kind=Source.Kind.SECONDARY,
    stance=Citation.Stance.REFUTES,
)


def asked_claim(**fields):
    """A claim in progress whose claimant was asked."""
    claim = make_claim(status=Status.IN_PROGRESS, **fields)
    make_outreach(claim)
    return claim


def write(claim, by, **fields):
    fields = {
        "rating": rating("false"),
        "summary": "It cost 48 million euros.",
        "explanation": "The budget says so.",
        "evidence": [BUDGET, PAPER],
        **fields,
    }
    return record_verdict(claim, by=by, **fields)


def test_a_claim_goes_from_a_draft_to_a_page_by_three_people(reporter, reviewer, editor):
    claim = asked_claim(text="The new bridge cost 84 million euros.")

    write(claim, reporter)
    send_for_review(claim, by=reporter)
    approve_as(reviewer, claim)
    publish_claim(claim, by=editor)

    verdict = Verdict.objects.current().get(claim=claim)
    assert (verdict.version, verdict.by, verdict.rating.code) == (1, reporter, "false")
    assert verdict.claim_text == "The new bridge cost 84 million euros."
    assert verdict.claimant_name == "Jutta Brandt"
    assert [citation.stance for citation in verdict.citations.order_by("n")] == ["supports", "refutes"]
    assert claim.slug == "the-new-bridge-cost-84-million-euros"


def test_publishing_without_a_source_is_refused(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED, verdict={"cites": False})

    with pytest.raises(NotReady, match="Cite at least one source"):
        publish_claim(claim, by=editor)

    assert Claim.objects.get(pk=claim.pk).status == Status.APPROVED
    assert not Slug.objects.exists()


def test_each_missing_part_is_named(reporter):
    claim = make_claim(status=Status.IN_PROGRESS, appears=False)
    make_verdict(claim, cites=False, rating=None, summary="", explanation="")

    rules = [rule.rule for rule in unmet_rules(claim)]

    assert rules == ["rating", "summary", "explanation", "source", "appearance", "approval"]
    with pytest.raises(NotReady, match="Choose a rating"):
        send_for_review(claim, by=reporter)


def test_a_verdict_on_secondary_sources_alone_is_refused(reporter):
    claim = make_claim(status=Status.IN_PROGRESS)
    write(claim, reporter, evidence=[PAPER])

    with pytest.raises(NotReady, match="primary source"):
        send_for_review(claim, by=reporter)


def test_nobody_approves_their_own_verdict(reviewer):
    claim = make_claim_with_verdict(status=Status.IN_REVIEW, verdict={"by": reviewer})

    with pytest.raises(NotAllowed, match="second person"):
        approve_verdict(claim, by=reviewer)

    with pytest.raises(DatabaseError, match="Nobody reviews a verdict they wrote on"), transaction.atomic():
        Review.objects.create(verdict=claim.verdicts.get(), reviewer=reviewer, outcome=Review.Outcome.APPROVED, saves=0)


def test_sending_back_needs_a_note_and_lets_the_author_write_again(reporter, reviewer):
    claim = make_claim_with_verdict(status=Status.IN_REVIEW)

    rate_verdict(claim, by=reviewer, rating=rating())

    with pytest.raises(NotReady):
        return_verdict(claim, by=reviewer, note="")
    return_verdict(claim, by=reviewer, note="The second source is missing.")

    assert claim.status == Status.IN_PROGRESS
    assert write(claim, reporter).version == 1


def test_a_second_editor_is_told_the_claim_has_moved(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    stale = Claim.objects.get(pk=claim.pk)
    publish_claim(claim, by=editor)

    with pytest.raises(StaleClaim):
        publish_claim(stale, by=editor)


def test_two_who_write_at_once_do_not_overwrite_each_other(reporter, reviewer):
    claim = make_claim(status=Status.IN_PROGRESS)
    seen = write(claim, reporter).saves
    write(claim, reviewer, saves=seen, summary="The reviewer's words.")

    with pytest.raises(StaleClaim):
        write(claim, reporter, saves=seen, summary="The reporter's words.")

    assert claim.verdicts.get().summary == "The reviewer's words."


def test_a_verdict_is_written_only_while_the_claim_is_in_progress(reporter):
    with pytest.raises(StaleClaim):
        write(make_claim(status=Status.IN_REVIEW), reporter)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("summary", "x" * 281, "280"), ("explanation", "x" * 50_001, "50.?000")],
)
def test_text_over_the_limit_is_refused_with_a_sentence(reporter, field, value, said):
    claim = make_claim(status=Status.IN_PROGRESS)

    with pytest.raises(NotReady, match=said):
        write(claim, reporter, **{field: value})

    assert not claim.verdicts.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address", "ftp//x"])
def test_a_source_with_an_address_that_is_none_is_refused(reporter, url):
    claim = make_claim(status=Status.IN_PROGRESS)

    with pytest.raises(NotReady):
        write(claim, reporter, evidence=[Evidence(title="T", publisher="P", url=url)])

    assert not claim.sources.exists()


def test_a_source_without_an_address_says_why(reporter):
    claim = make_claim(status=Status.IN_PROGRESS)

    with pytest.raises(NotReady, match="say why there is none"):
        write(claim, reporter, evidence=[Evidence(title="A call", publisher="City of Verden")])
    write(claim, reporter, evidence=[Evidence(title="A call", publisher="City", no_url_reason="By telephone.")])

    assert claim.sources.get().no_url_reason == "By telephone."


def test_a_source_that_is_no_longer_cited_leaves_the_file(reporter):
    claim = make_claim(status=Status.IN_PROGRESS)
    write(claim, reporter)
    kept = claim.sources.get(title="Report")

    write(
        claim, reporter, evidence=[Evidence(title="Report, page 2", publisher="Bote", url=kept.url, source_id=kept.pk)]
    )

    assert [(source.pk, source.title) for source in claim.sources.all()] == [(kept.pk, "Report, page 2")]


@pytest.mark.parametrize("change", ["verdict", "delete verdict", "citation", "new citation", "source", "slug"])
def test_the_database_refuses_to_change_what_is_published(change):
    claim = make_published_claim()
    verdict = claim.verdicts.get()
    citation = verdict.citations.get()
    changes = {
        "verdict": lambda: Verdict.objects.filter(pk=verdict.pk).update(summary="Other."),
        "delete verdict": lambda: Verdict.objects.filter(pk=verdict.pk).delete(),
        "citation": lambda: Citation.objects.filter(pk=citation.pk).update(stance="refutes"),
        "new citation": lambda: Citation.objects.create(
            verdict=verdict,
            source=claim.sources.create(title="T", publisher="P", url="https://x.example"),
            stance="context",
            n=2,
        ),
        "source": lambda: Source.objects.filter(pk=citation.source_id).update(title="Other."),
        "slug": lambda: Slug.objects.filter(claim=claim).update(slug="other"),
    }

    with pytest.raises(DatabaseError), transaction.atomic():
        changes[change]()


def test_a_next_version_beside_a_published_one_replaces_a_cited_source(reporter):
    claim = make_published_claim()
    source = claim.sources.get()
    open_correction(claim, kind="factual", note="The title was wrong.", by=reporter)

    draft = write(
        claim, reporter, evidence=[Evidence(title="New title", publisher="P", url=source.url, source_id=source.pk)]
    )

    assert draft.version == 2
    assert sorted(claim.sources.values_list("title", flat=True)) == ["Final account of the bridge", "New title"]


def test_two_claims_with_the_same_words_get_two_addresses(editor):
    first, second = (make_claim_with_verdict(status=Status.APPROVED) for _ in range(2))

    publish_claim(first, by=editor)
    publish_claim(second, by=editor)

    assert first.slug != second.slug


def test_a_claim_in_a_script_without_latin_letters_gets_an_address(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED, text="桥花了八千四百万欧元。")

    publish_claim(claim, by=editor)

    assert claim.slug == "claim"


def test_a_private_person_is_not_named_in_what_is_published(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    claim.claimant.named_publicly = False
    claim.claimant.save()

    publish_claim(claim, by=editor)

    assert Verdict.objects.current().get(claim=claim).claimant_name == "a private person"


def test_nobody_approves_a_verdict_they_wrote_on_even_if_somebody_saved_it_since(reporter, editor):
    claim = asked_claim()
    write(claim, editor)
    write(claim, reporter, summary="One word changed.")
    send_for_review(claim, by=reporter)

    with pytest.raises(NotAllowed):
        approve_verdict(claim, by=editor)


def test_an_approval_is_of_the_verdict_as_it_was_and_of_no_later_one(reporter, reviewer, editor):
    claim = asked_claim()
    write(claim, reporter)
    send_for_review(claim, by=reporter)
    approve_as(reviewer, claim)
    step_back(claim, why="a slip", by=reviewer)
    step_back(claim, why="a slip", by=reporter)
    write(claim, reporter, summary="Another finding.")
    send_for_review(claim, by=reporter)
    Claim.objects.filter(pk=claim.pk).update(status=Status.APPROVED)  # as somebody might, by hand
    claim.refresh_from_db()

    with pytest.raises(NotReady, match="second person"):
        publish_claim(claim, by=editor)
    with pytest.raises(DatabaseError, match="after a second person approved it as it stands"), transaction.atomic():
        claim.verdicts.update(published_at=NOON, claim_text=claim.text)


def test_a_wording_that_changed_under_the_reviewers_eyes_is_not_approved(reporter, reviewer):
    claim = asked_claim()
    seen = write(claim, reporter).saves
    reword_claim(claim, text="The mayor stole 84 million euros.", claimant_name="", by=reporter)
    send_for_review(claim, by=reporter)

    with pytest.raises(StaleClaim):
        rate_verdict(claim, by=reviewer, rating=rating(), saves=seen)


def test_what_is_published_is_the_row_and_not_what_the_editors_page_remembers(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    Claim.objects.filter(pk=claim.pk).update(text="The bridge cost 84 million euros, all in all.", claimant=None)

    publish_claim(claim, by=editor)

    verdict = Verdict.objects.current().get(claim=claim)
    assert (verdict.claim_text, verdict.claimant_name) == ("The bridge cost 84 million euros, all in all.", "")


def test_a_stance_that_changes_keeps_its_citation_and_is_on_record(reporter):
    claim = make_claim(status=Status.IN_PROGRESS)
    write(claim, reporter)
    citation = claim.verdicts.get().citations.get(n=2)
    kept = Evidence(
        title="Report", publisher="Verdener Bote", url="https://bote.example/1", kind="secondary",
        stance="context", source_id=citation.source_id,
    )  # fmt: skip

    write(claim, reporter, evidence=[kept])

    entry = RecordEntry.objects.about(citation).last()
    assert entry.before["stance"] == "refutes"
    assert (entry.after["stance"], entry.after["n"]) == ("context", 1)


@pytest.mark.django_db(transaction=True)
def test_two_claims_of_the_same_words_published_at_once_both_get_a_page(db):
    claims = [make_claim_with_verdict(status=Status.APPROVED) for _ in range(4)]
    editor = make_user("edith", role=Role.EDITOR)

    assert at_once(*[partial(publish_claim, claim, by=editor) for claim in claims]) == [None] * 4
    assert Slug.objects.count() == 4


def test_a_claim_whose_origin_nobody_can_trace_is_not_published(reporter):
    claim = asked_claim()
    article = claim.appearances.get().revision.article
    article.addresses.all().delete()
    type(article).objects.update(title="", published_on=None)
    write(claim, reporter)

    assert [rule.rule for rule in unmet_rules(claim)] == ["origin", "approval"]


def test_a_reference_to_a_source_that_is_not_there_is_named(reporter):
    claim = make_claim(status=Status.IN_PROGRESS)
    write(claim, reporter, explanation="As [1] and [2] say, and [9] too; see [2](https://a.example) and list[3].")

    with pytest.raises(NotReady, match="points to source 9"):
        send_for_review(claim, by=reporter)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    ["claims_verdict", "claims_citation", "claims_gateexception", "claims_review", "claims_correction", "claims_slug"],
)
def test_what_was_published_is_not_emptied_as_a_whole(table):
    make_published_claim()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with pending triggers could not be emptied anyway
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
