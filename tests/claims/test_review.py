"""The second pair of eyes: who may rate, what stays, and what a decision asks for."""

from functools import partial

import pytest
from django.db import DatabaseError, transaction

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Review, Verdict
from claims.services.publication import publish_claim
from claims.services.review import approve_verdict, ask_third_person, rate_verdict, return_verdict
from claims.services.verdicts import join_writers, record_verdict, send_for_review
from people.models import RecordEntry, Role
from tests.at_once import at_once
from tests.factories import approve_as, make_claim_with_verdict, make_user, rating

pytestmark = pytest.mark.django_db
Status = Claim.Status


def waiting(**verdict):
    return make_claim_with_verdict(status=Status.IN_REVIEW, verdict=verdict)


@pytest.mark.parametrize("decide", [approve_verdict, partial(return_verdict, note="No."), ask_third_person])
def test_nobody_decides_before_they_have_rated(decide, reviewer):
    claim = waiting()

    with pytest.raises(NotReady, match="Rate the claim yourself first"):
        decide(claim, by=reviewer)

    assert Claim.objects.get(pk=claim.pk).status == Status.IN_REVIEW


def test_a_rating_is_kept_with_the_first_one_and_is_blind(reviewer):
    claim = waiting()

    rate_verdict(claim, by=reviewer, rating=rating("false"), note="The total says otherwise.")

    review = Review.objects.get()
    assert (review.rating, review.first_rating, review.blind) == (rating("false"), rating("mostly-true"), True)
    assert (review.outcome, review.agreed) == ("", False)


def test_a_rating_is_given_once(reviewer):
    claim = waiting()
    rate_verdict(claim, by=reviewer, rating=rating("false"))

    with pytest.raises(StaleClaim, match="first rating stays"):
        rate_verdict(claim, by=reviewer, rating=rating("mostly-true"))

    assert Review.objects.get().rating == rating("false")


@pytest.mark.parametrize("change", ["rating", "note", "first", "blind", "when", "whose", "delete"])
def test_the_database_refuses_to_change_a_rating_that_was_given(change, reviewer, editor):
    rate_verdict(waiting(), by=reviewer, rating=rating("false"))
    rows = Review.objects.all()
    changes = {
        "rating": lambda: rows.update(rating=rating("true")),
        "note": lambda: rows.update(rating_note="Other."),
        "first": lambda: rows.update(first_rating=rating("false")),
        "blind": lambda: rows.update(blind=False),
        "when": lambda: rows.update(rated_at=None, rating=None),
        "whose": lambda: rows.update(reviewer=editor),
        "delete": rows.delete,
    }

    with pytest.raises(DatabaseError), transaction.atomic():
        changes[change]()


def test_the_database_refuses_a_decision_without_a_rating(reviewer):
    verdict = waiting().verdicts.get()

    with pytest.raises(DatabaseError, match="rates a verdict before"), transaction.atomic():
        Review.objects.create(verdict=verdict, reviewer=reviewer, outcome=Review.Outcome.APPROVED, saves=0)


def test_approving_another_rating_than_ones_own_needs_a_written_reason(reviewer):
    claim = waiting()
    rate_verdict(claim, by=reviewer, rating=rating("false"))

    with pytest.raises(NotReady, match="Your rating is another one"):
        approve_verdict(claim, by=reviewer, note="  ")
    with pytest.raises(DatabaseError, match="says why"), transaction.atomic():
        Review.objects.update(outcome=Review.Outcome.APPROVED)
    approve_verdict(claim, by=reviewer, note="The rounding is fair.")

    assert Claim.objects.get(pk=claim.pk).status == Status.APPROVED
    assert Review.objects.get().rating == rating("false")


def test_a_third_person_rates_blind_and_decides(reviewer, editor):
    claim = waiting()
    rate_verdict(claim, by=reviewer, rating=rating("false"))
    ask_third_person(claim, by=reviewer, note="We cannot agree.")
    seen_before = Review.objects.visible_to(editor).exists()

    rate_verdict(claim, by=editor, rating=rating("mostly-true"))
    approve_verdict(claim, by=editor)

    assert not seen_before
    assert Review.objects.get(reviewer=editor).blind
    assert Claim.objects.get(pk=claim.pk).status == Status.APPROVED


def test_a_verdict_that_changed_needs_approval_again_and_keeps_the_blind_rating(reporter, reviewer, editor):
    claim = waiting()
    rate_verdict(claim, by=reviewer, rating=rating("false"))
    return_verdict(claim, by=reviewer, note="Look at the total again.")
    record_verdict(claim, by=reporter, rating=rating("false"), summary="S.", explanation="E.")
    send_for_review(claim, by=reporter)

    approve_verdict(claim, by=reviewer)
    publish_claim(claim, by=editor)

    review = Review.objects.get()
    assert (review.first_rating, review.rating) == (rating("mostly-true"), rating("false"))
    assert Verdict.objects.current().get(claim=claim).rating == rating("false")


def test_who_rates_after_an_approval_is_not_blind(reporter, reviewer, editor):
    claim = waiting()
    approve_as(reviewer, claim)
    Claim.objects.filter(pk=claim.pk).update(status=Status.IN_REVIEW)
    claim.refresh_from_db()

    rate_verdict(claim, by=editor, rating=rating("mostly-true"))

    assert not Review.objects.get(reviewer=editor).blind


def test_a_reviewer_does_not_write_on_what_they_rated(reporter, reviewer):
    claim = waiting()
    rate_verdict(claim, by=reviewer, rating=rating("false"))
    return_verdict(claim, by=reviewer, note="No.")

    for write in (
        lambda: record_verdict(claim, by=reviewer, rating=rating("false"), summary="S.", explanation="E."),
        lambda: join_writers(claim, by=reviewer),
    ):
        with pytest.raises(NotAllowed, match="You have reviewed this verdict"):
            write()
    with pytest.raises(DatabaseError, match="Nobody writes on a verdict they have rated"), transaction.atomic():
        claim.verdicts.get().writers.add(reviewer)


def test_who_takes_part_in_writing_sees_the_verdict_and_does_not_review_it(reporter, reviewer):
    claim = make_claim_with_verdict()
    hidden = Verdict.objects.hidden_from(reviewer).exists()

    join_writers(claim, by=reviewer)
    send_for_review(claim, by=reporter)

    assert hidden
    assert Verdict.objects.visible_to(reviewer).filter(claim=claim).exists()
    with pytest.raises(NotAllowed, match="second person"):
        rate_verdict(claim, by=reviewer, rating=rating("false"))


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.APPROVED])
def test_only_what_waits_for_review_is_rated(status, editor):
    claim = make_claim_with_verdict(status=status)

    with pytest.raises(IllegalMove):
        rate_verdict(claim, by=editor, rating=rating("false"))


def test_a_rating_of_an_old_page_is_refused(reviewer):
    claim = waiting()
    Verdict.objects.update(saves=3)

    with pytest.raises(StaleClaim):
        rate_verdict(claim, by=reviewer, rating=rating("false"), saves=2)


def test_a_note_to_the_author_is_with_the_review_and_not_with_the_claim(reviewer):
    claim = waiting()
    rate_verdict(claim, by=reviewer, rating=rating("false"))

    return_verdict(claim, by=reviewer, note="It is false.")

    assert not RecordEntry.objects.about(claim).filter(reason__contains="false").exists()
    assert Review.objects.get().note == "It is false."


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_who_approve_at_once_approve_once(db):
    claim = waiting()
    people = [make_user(name, role=Role.REVIEWER) for name in ("ravi", "rita")]
    for person in people:
        rate_verdict(claim, by=person, rating=rating("mostly-true"))

    said = at_once(*[partial(approve_verdict, Claim.objects.get(pk=claim.pk), by=person) for person in people])

    assert sorted(type(one).__name__ for one in said) in (["NoneType", "StaleClaim"], ["IllegalMove", "NoneType"])
    assert Review.objects.approvals().count() == 1
