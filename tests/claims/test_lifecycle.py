from itertools import product

import pytest
from django.db import IntegrityError

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Decline
from claims.services.lifecycle import (
    decline_claim,
    move_claim,
    restore_claim,
    shortlist_claim,
    start_claim,
    step_back,
)
from people.models import RecordEntry
from tests.factories import make_claim, make_retraction

pytestmark = pytest.mark.django_db
Status = Claim.Status


def status_of(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).status


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_a_claim_goes_where_the_table_says_and_nowhere_else(before, after, editor):
    other = make_claim()
    claim = make_claim(status=before, merged_into=other if before == Status.MERGED else None)
    fields = {"merged_into": other if after == Status.MERGED else None}

    if after in Claim.MOVES[before]:
        move_claim(claim, after, by=editor, **fields)
        if after == Status.RETRACTED:
            make_retraction(claim)  # the database asks for it
        assert status_of(claim) == after
    else:
        with pytest.raises(IllegalMove):
            move_claim(claim, after, by=editor, **fields)
        assert status_of(claim) == before


def test_every_status_has_its_line_in_the_table():
    assert set(Claim.MOVES) == set(Status)


def test_the_record_has_each_move_with_who_and_why(reporter):
    claim = make_claim()

    decline_claim(claim, reason=Decline.Reason.TRIVIAL, by=reporter)

    entry = RecordEntry.objects.about(claim).last()
    assert (entry.before, entry.after) == ({"status": "detected"}, {"status": "declined"})
    assert (entry.actor_name, entry.reason) == ("rosa", "Trivial")


def test_a_second_editor_is_told_the_claim_has_moved(reporter):
    claim = make_claim()
    stale = Claim.objects.get(pk=claim.pk)
    shortlist_claim(claim, by=reporter)

    with pytest.raises(StaleClaim):
        decline_claim(stale, reason=Decline.Reason.TRIVIAL, by=reporter)

    assert status_of(claim) == Status.SHORTLISTED
    assert not Decline.objects.exists()


def test_declining_needs_a_reason_the_desk_knows(reporter):
    claim = make_claim()

    with pytest.raises(NotReady):
        decline_claim(claim, reason="boring", by=reporter)

    assert status_of(claim) == Status.DETECTED


def test_a_decline_that_is_taken_back_stays_on_file(reporter):
    claim = make_claim()
    decline_claim(claim, reason=Decline.Reason.NO_CAPACITY, by=reporter)

    restore_claim(claim, by=reporter)

    assert status_of(claim) == Status.DETECTED
    assert Decline.objects.get(claim=claim).reason == Decline.Reason.NO_CAPACITY


def test_starting_a_claim_makes_it_the_persons(reporter):
    claim = make_claim(status=Status.SHORTLISTED)

    start_claim(claim, by=reporter)

    assert Claim.objects.get(pk=claim.pk).assigned_to == reporter


def test_going_back_a_step_needs_a_note(reviewer):
    claim = make_claim(status=Status.APPROVED)

    with pytest.raises(NotReady):
        step_back(claim, why=" ", by=reviewer)
    step_back(claim, why="a source is missing", by=reviewer)

    assert status_of(claim) == Status.IN_REVIEW


def test_a_published_claim_has_no_step_back(editor):
    with pytest.raises(IllegalMove):
        step_back(make_claim(status=Status.PUBLISHED), why="oops", by=editor)


def test_a_role_without_the_step_is_refused(administrator):
    claim = make_claim()

    with pytest.raises(NotAllowed):
        shortlist_claim(claim, by=administrator)

    assert status_of(claim) == Status.DETECTED


@pytest.mark.parametrize("fields", [{"status": "merged"}, {"check_worthiness": 1.01}, {"text": ""}])
def test_the_database_refuses_what_can_never_be_true(fields):
    with pytest.raises(IntegrityError):
        make_claim(**fields)
