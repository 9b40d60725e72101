"""What is published changes only by a correction: of a named class, by two people, on the log."""

import pytest
from django.db import transaction

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Correction
from claims.services.claims import reword_claim
from claims.services.corrections import (
    abandon_correction,
    change_correction,
    numbers_and_names,
)
from claims.services.lifecycle import step_back
from claims.services.publication import publish_claim, unmet_rules
from claims.services.review import return_verdict
from claims.services.verdicts import Evidence, record_verdict, send_for_review
from people.models import RecordEntry
from tests import factories
from tests.claims.correcting import approve_verdict, carried, check_deferred, current, opened, rate, violates, write

pytestmark = pytest.mark.django_db
Kind, State = Correction.Kind, Correction.State


def test_opening_a_correction_copies_the_current_version_and_changes_nothing_for_readers(reporter):
    claim = factories.make_published_claim()
    before = current(claim)

    opened(claim, reporter)

    draft = claim.verdicts.drafts().get()
    claim.refresh_from_db()
    assert claim.status == Claim.Status.PUBLISHED
    assert current(claim) == before
    assert (draft.version, draft.rating, draft.summary, draft.claim_text) == (
        2,
        before.rating,
        before.summary,
        claim.text,
    )
    assert [c.source for c in draft.citations.all()] == [c.source for c in before.citations.all()]


def test_a_correction_goes_through_a_second_person_to_readers(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    correction = opened(claim, reporter, kind="verdict_change")
    write(claim, reporter, rating=factories.rating("false"), summary="It cost 94 million.")

    carried(claim, by=reporter, reviewer=reviewer, editor=editor)

    correction.refresh_from_db()
    now = current(claim)
    assert (now.version, now.rating.code, now.summary) == (2, "false", "It cost 94 million.")
    assert (correction.state, correction.approved_by, correction.new_verdict) == (State.PUBLISHED, reviewer, now)
    assert correction.published_at is not None
    assert RecordEntry.objects.about(correction).exists()
    check_deferred()


def test_a_source_that_stays_as_it_is_stays_the_same_row(reporter):
    claim = factories.make_published_claim()
    source = claim.sources.get()
    opened(claim, reporter)
    fields = ("title", "publisher", "url", "kind", "quote", "locator", "retrieved_on")
    same = Evidence(**{name: getattr(source, name) for name in fields}, source_id=source.pk)
    new = Evidence(title="Audit", publisher="Court", url="https://court.example/1", stance="refutes")

    write(claim, reporter, evidence=[same, new])

    cited = [citation.source for citation in claim.verdicts.drafts().get().citations.order_by("n")]
    assert cited[0] == source
    assert claim.sources.count() == 2


def test_the_wording_changes_for_readers_and_lists_only_with_the_publication(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    opened(claim, reporter)

    reword_claim(claim, text="The bridge cost 84 million.", claimant_name="Karl Meyer", by=reporter)
    claim.refresh_from_db()
    meanwhile = (claim.text, claim.claimant.name)
    carried(claim, by=reporter, reviewer=reviewer, editor=editor)

    claim.refresh_from_db()
    now = current(claim)
    assert meanwhile == (factories.CLAIM, "Jutta Brandt")
    assert (claim.text, claim.claimant.name) == ("The bridge cost 84 million.", "Karl Meyer")
    assert (now.claim_text, now.claimant_name) == ("The bridge cost 84 million.", "Karl Meyer")


def test_a_private_claimant_stays_unnamed_through_a_correction(reporter, reviewer, editor):
    private = factories.make_claimant("Petra Klein", named_publicly=False)
    claim = factories.make_published_claim(claimant=private)
    opened(claim, reporter)

    carried(claim, by=reporter, reviewer=reviewer, editor=editor)

    claim.refresh_from_db()
    assert claim.claimant == private
    assert "Klein" not in current(claim).claimant_name


@pytest.mark.parametrize("status", ["in_progress", "retracted", "detected"])
def test_only_what_is_published_can_be_corrected(reporter, status):
    claim = factories.make_claim(status=status)

    with pytest.raises(IllegalMove):
        opened(claim, reporter)


@pytest.mark.parametrize("kind", ["", "void", "stealth"])
def test_a_correction_has_a_class(reporter, kind):
    with pytest.raises(NotReady, match="Choose the class"):
        opened(factories.make_published_claim(), reporter, kind=kind)


@pytest.mark.parametrize("note", ["", " \n ", "x" * 2001])
def test_a_correction_tells_readers_why(reporter, note):
    with pytest.raises(NotReady):
        opened(factories.make_published_claim(), reporter, note=note)


def test_who_may_not_check_may_not_correct(administrator):
    with pytest.raises(NotAllowed):
        opened(factories.make_published_claim(), administrator)


def test_a_second_correction_is_refused_with_the_name_of_who_began_the_first(reporter, editor):
    claim = factories.make_published_claim()
    opened(claim, reporter)

    with pytest.raises(StaleClaim, match="Rosa Example has begun"):
        opened(claim, editor)


def test_a_new_correction_can_follow_a_published_one(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    for n in (2, 3):
        opened(claim, reporter)
        write(claim, reporter, summary=f"Summary {n}.")
        carried(claim, by=reporter, reviewer=reviewer, editor=editor)

    assert current(claim).version == 3
    assert claim.corrections.count() == 2


def test_another_rating_needs_the_class_changed_verdict(reporter):
    claim = factories.make_published_claim()
    opened(claim, reporter, kind="factual")
    write(claim, reporter, rating=factories.rating("false"))

    with pytest.raises(NotReady, match="Changed verdict"):
        send_for_review(claim, by=reporter)


def test_the_class_changed_verdict_needs_another_rating(reporter):
    claim = factories.make_published_claim()
    opened(claim, reporter, kind="verdict_change")

    with pytest.raises(NotReady, match="The rating is the same"):
        send_for_review(claim, by=reporter)


TYPO = {"summary": "The final acount puts the bridge at 84.1 million euros."}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"summary": "The final account puts the bridge at 84.2 million euros."}, "84.1, 84.2"),
        ({"summary": "The final account by Meyer puts the bridge at 84.1 million euros."}, "Meyer"),
        ({"evidence_as_of": factories.NOON.date()}, "the date of the evidence"),
        ({"evidence": [Evidence(title="A", publisher="B", url="https://c.example/")]}, "the sources"),
        ({"explanation": "The city's **Final account** lists every item."}, "Final"),
    ],
)
def test_a_typing_error_leaves_numbers_names_dates_and_sources(reporter, changes, what):
    claim = factories.make_published_claim(verdict=TYPO)
    opened(claim, reporter, kind="typo", note="")
    write(claim, reporter, **({"summary": "The final account puts the bridge at 84.1 million euros."} | changes))

    with pytest.raises(NotReady, match=what):
        send_for_review(claim, by=reporter)


def test_a_typing_error_is_mended_without_a_note(reporter, reviewer, editor):
    claim = factories.make_published_claim(verdict=TYPO)
    opened(claim, reporter, kind="typo", note="")
    write(claim, reporter, summary="The final account puts the bridge at 84.1 million euros.")

    carried(claim, by=reporter, reviewer=reviewer, editor=editor)

    assert current(claim).version == 2
    assert not Correction.objects.for_readers().exists()


def test_numbers_and_names_are_told_in_their_order():
    assert numbers_and_names("From 5 to 3 in Ulm, 84.1% more (Straße) élan Ärger x2") == [
        "From", "5", "3", "Ulm", "84.1%", "Straße", "Ärger", "x2",
    ]  # fmt: skip
    assert numbers_and_names("from 5 to 3") != numbers_and_names("from 3 to 5")


def test_class_and_note_change_while_it_is_in_progress_and_not_after(reporter):
    claim = factories.make_published_claim()
    correction = opened(claim, reporter)

    change_correction(correction, kind="clarification", note="Clearer.", by=reporter)
    send_for_review(claim, by=reporter)

    with pytest.raises(StaleClaim):
        change_correction(correction, kind="update", note="Newer.", by=reporter)
    correction.refresh_from_db()
    assert (correction.kind, correction.note) == ("clarification", "Clearer.")


def test_who_began_or_wrote_a_correction_cannot_approve_it(reviewer, editor):
    claim = factories.make_published_claim()
    opened(claim, reviewer)
    write(claim, editor)
    send_for_review(claim, by=editor)

    for writer in (reviewer, editor):
        with pytest.raises(NotAllowed):
            approve_verdict(claim, by=writer)


def test_a_correction_is_sent_back_and_taken_back(reporter, reviewer):
    claim = factories.make_published_claim()
    correction = opened(claim, reporter)
    states = []

    for take in (
        lambda: send_for_review(claim, by=reporter),
        lambda: (rate(claim, reviewer), return_verdict(claim, by=reviewer, note="Say more.")),
        lambda: send_for_review(claim, by=reporter),
        lambda: step_back(claim, why="Once more.", by=reporter),
    ):
        take()
        correction.refresh_from_db()
        states.append(correction.state)

    assert states == ["in_review", "in_progress", "in_review", "in_progress"]
    with pytest.raises(IllegalMove):
        step_back(claim, why="Off the desk.", by=reporter)


def test_nothing_is_written_while_it_is_in_review(reporter):
    claim = factories.make_published_claim()
    opened(claim, reporter)
    send_for_review(claim, by=reporter)

    with pytest.raises(StaleClaim, match="In review"):
        write(claim, reporter, summary="Another.")
    with pytest.raises(StaleClaim):
        reword_claim(claim, text="Another.", claimant_name="", by=reporter)


def test_a_published_claim_without_a_correction_is_not_written_on(reporter, editor):
    claim = factories.make_published_claim()

    with pytest.raises(StaleClaim):
        record_verdict(claim, by=reporter, summary="Another.")
    with pytest.raises(NotReady):
        publish_claim(claim, by=editor)


def test_a_correction_is_not_published_before_it_is_approved(reporter, editor):
    claim = factories.make_published_claim()
    opened(claim, reporter)
    send_for_review(claim, by=reporter)

    with pytest.raises(NotReady, match="second person"):
        publish_claim(claim, by=editor)
    assert [rule.rule for rule in unmet_rules(claim)] == ["approval"]


def test_what_was_changed_after_the_approval_has_to_be_approved_again(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    opened(claim, reporter)
    send_for_review(claim, by=reporter)
    approve_verdict(claim, by=reviewer)
    step_back(claim, why="Wait.", by=reviewer)
    step_back(claim, why="Wait.", by=reviewer)
    write(claim, reporter, summary="Another.")
    send_for_review(claim, by=reporter)

    with pytest.raises(NotReady):
        publish_claim(claim, by=editor)


def test_giving_up_deletes_the_draft_and_keeps_the_reason(reporter):
    claim = factories.make_published_claim()
    correction = opened(claim, reporter)
    write(claim, reporter, evidence=[Evidence(title="New", publisher="P", url="https://p.example/")])

    abandon_correction(correction, why="It was right after all.", by=reporter)

    correction.refresh_from_db()
    assert (correction.state, correction.why_abandoned) == (State.ABANDONED, "It was right after all.")
    assert not claim.verdicts.drafts().exists()
    assert claim.sources.count() == 1
    assert RecordEntry.objects.filter(table_name="claims_verdict", action="DELETE").count() == 1
    opened(claim, reporter)


def test_a_correction_can_be_given_up_after_its_review_and_the_record_keeps_the_rating(reporter, reviewer):
    claim = factories.make_published_claim()
    correction = opened(claim, reporter)
    send_for_review(claim, by=reporter)
    rate(claim, reviewer)
    review_row = claim.verdicts.drafts().get().reviews.get()

    abandon_correction(correction, why="Not needed.", by=reporter)

    gone = RecordEntry.objects.filter(table_name="claims_review", row_id=review_row.pk, action="DELETE").get()
    assert (gone.action, gone.before["rating_id"]) == ("DELETE", review_row.rating_id)
    with violates("stays on record"), transaction.atomic():
        current(claim).reviews.all().delete()


def test_giving_up_needs_a_reason_and_happens_once(reporter):
    correction = opened(factories.make_published_claim(), reporter)

    with pytest.raises(NotReady):
        abandon_correction(correction, why=" ", by=reporter)
    abandon_correction(correction, why="No.", by=reporter)
    with pytest.raises(StaleClaim):
        abandon_correction(correction, why="No.", by=reporter)
