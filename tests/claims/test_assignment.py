"""Whose a claim is to check."""

from datetime import date

import pytest

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim
from claims.services.assignment import assign_claim, unassign_claim, who_may_check
from claims.services.lifecycle import shortlist_claim, start_claim, step_back, undo_triage
from people.models import RecordEntry, Role
from tests.at_once import at_once
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
Status = Claim.Status
DUE = date(2026, 4, 1)


def kept(claim: Claim) -> tuple:
    claim = Claim.objects.select_related("assigned_to").get(pk=claim.pk)
    return claim.status, claim.assigned_to, claim.due_on


@pytest.fixture
def shortlisted(db) -> Claim:
    return make_claim(status=Status.SHORTLISTED)


def test_an_assignment_is_kept_with_its_day_and_is_on_the_record(shortlisted, reporter, editor):
    assign_claim(shortlisted, to=reporter, by=editor, due_on=DUE)

    assert kept(shortlisted) == (Status.SHORTLISTED, reporter, DUE)
    entry = RecordEntry.objects.about(shortlisted).last()
    assert (entry.actor_name, entry.after) == ("edith", {"assigned_to_id": reporter.pk, "due_on": "2026-04-01"})


def test_giving_it_to_somebody_else_leaves_the_day(shortlisted, reporter, editor):
    assign_claim(shortlisted, to=reporter, by=editor, due_on=DUE)
    assign_claim(shortlisted, to=editor, by=reporter)

    assert kept(shortlisted) == (Status.SHORTLISTED, editor, DUE)


def test_shortlisting_assigns_in_one_step_and_undo_takes_all_of_it_back(reporter, editor):
    claim = make_claim()

    shortlist_claim(claim, by=reporter, to=editor, due_on=DUE)
    assert kept(claim) == (Status.SHORTLISTED, editor, DUE)
    assert RecordEntry.objects.about(claim).count() == 2

    undo_triage(claim, by=reporter)
    assert kept(claim) == (Status.DETECTED, None, None)


def test_starting_keeps_it_mine_or_takes_it_over(reporter, editor):
    mine, theirs = make_claim(), make_claim()
    for claim in (mine, theirs):
        shortlist_claim(claim, by=reporter, to=reporter, due_on=DUE)

    start_claim(mine, by=reporter)
    start_claim(theirs, by=editor)

    assert kept(mine) == (Status.IN_PROGRESS, reporter, DUE)
    assert kept(theirs) == (Status.IN_PROGRESS, editor, DUE)


def test_a_claim_put_back_into_the_queue_is_nobodys(shortlisted, reporter):
    assign_claim(shortlisted, to=reporter, by=reporter)
    step_back(shortlisted, why="No time.", by=reporter)

    assert kept(shortlisted)[:2] == (Status.DETECTED, None)


def test_an_assignment_can_be_taken_off_until_somebody_starts(shortlisted, reporter):
    assign_claim(shortlisted, to=reporter, by=reporter)
    unassign_claim(shortlisted, by=reporter)
    assert kept(shortlisted)[1] is None

    start_claim(shortlisted, by=reporter)
    with pytest.raises(NotReady, match="Somebody is checking this claim"):
        unassign_claim(shortlisted, by=reporter)


@pytest.mark.parametrize("status", [Status.DETECTED, Status.PUBLISHED, Status.RETRACTED, Status.DECLINED])
def test_what_is_not_to_be_checked_is_not_assigned(status, reporter):
    with pytest.raises(NotReady, match="can be assigned"):
        assign_claim(make_claim(status=status), to=reporter, by=reporter)


@pytest.mark.parametrize(("role", "active"), [(Role.ADMINISTRATOR, True), (None, True), (Role.EDITOR, False)])
def test_nobody_is_given_a_claim_who_cannot_check_it(role, active, shortlisted, reporter):
    person, candidate = make_user("nils", role=role, is_active=active), make_claim()

    with pytest.raises(NotReady, match="Nils Example does not check claims"):
        assign_claim(shortlisted, to=person, by=reporter)
    with pytest.raises(NotReady, match="Nils Example does not check claims"):
        shortlist_claim(candidate, by=reporter, to=person)
    assert kept(candidate)[0] == Status.DETECTED
    assert list(who_may_check()) == [reporter]


def test_whoever_checks_nothing_assigns_nothing(shortlisted, reporter, administrator):
    with pytest.raises(NotAllowed):
        assign_claim(shortlisted, to=reporter, by=administrator)
    with pytest.raises(NotAllowed):
        unassign_claim(shortlisted, by=administrator)


def test_who_saw_an_older_state_is_told(shortlisted, reporter, editor):
    stale = Claim.objects.get(pk=shortlisted.pk)
    assign_claim(shortlisted, to=reporter, by=reporter)

    with pytest.raises(StaleClaim):
        assign_claim(stale, to=editor, by=editor)
    assert kept(shortlisted)[1] == reporter


@pytest.mark.django_db(transaction=True)
def test_of_two_who_assign_it_at_the_same_moment_one_is_told(reporter, editor):
    claim = make_claim(status=Status.SHORTLISTED)
    seen = [Claim.objects.get(pk=claim.pk) for _ in range(2)]

    results = at_once(
        lambda: assign_claim(seen[0], to=reporter, by=reporter), lambda: assign_claim(seen[1], to=editor, by=editor)
    )

    assert sorted(type(result) for result in results if result) == [StaleClaim]
