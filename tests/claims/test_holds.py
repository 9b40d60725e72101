"""Two people never have the same candidate before them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, Decline, TriageHold
from claims.services.holds import free_for, hold_claim, hold_first, holder_of, release_claim
from claims.services.lifecycle import decline_claim, shortlist_claim
from people.models import Role, User
from tests.at_once import at_once
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
QUEUE = [Claim.objects.for_triage()]


def run_out(claim: Claim) -> None:
    TriageHold.objects.filter(claim=claim).update(until=timezone.now() - timedelta(seconds=1))


def test_a_colleague_gets_the_next_candidate_and_the_same_person_the_same_one(reporter, editor):
    first, second = make_claim(check_worthiness=0.9), make_claim(check_worthiness=0.8)

    assert hold_first(QUEUE, by=reporter) == first
    assert hold_first(QUEUE, by=editor) == second
    assert hold_first(QUEUE, by=reporter) == first
    assert holder_of(first.pk, beside=editor) == reporter
    assert holder_of(first.pk, beside=reporter) is None


def test_nothing_is_left_when_colleagues_hold_it_all(reporter, editor):
    hold_claim(make_claim().pk, by=editor)

    assert hold_first(QUEUE, by=reporter) is None


def test_a_hold_that_ran_out_is_free_for_everybody(reporter, editor):
    claim = make_claim()
    hold_claim(claim.pk, by=reporter)
    run_out(claim)

    assert list(free_for(Claim.objects.for_triage(), editor)) == [claim]
    assert hold_claim(claim.pk, by=editor)
    assert not hold_claim(claim.pk, by=reporter)


def test_renewing_in_time_keeps_a_hold(reporter, editor):
    claim = make_claim()
    hold_claim(claim.pk, by=reporter)
    until = TriageHold.objects.get().until

    assert hold_claim(claim.pk, by=reporter)
    assert TriageHold.objects.get().until > until
    assert not hold_claim(claim.pk, by=editor)


def test_letting_go_frees_the_candidate_and_what_ran_out_but_nothing_of_others(reporter, editor):
    left, forgotten, others = make_claim(), make_claim(), make_claim()
    for claim, person in ((left, reporter), (forgotten, reporter), (others, editor)):
        hold_claim(claim.pk, by=person)
    run_out(forgotten)

    release_claim(left.pk, by=reporter)
    release_claim(others.pk, by=reporter)

    assert list(TriageHold.objects.values_list("claim", flat=True)) == [others.pk]


@pytest.mark.parametrize("status", set(Claim.Status) - {Claim.Status.DETECTED, Claim.Status.MERGED})
def test_what_is_decided_is_not_held(status, reporter):
    assert not hold_claim(make_claim(status=status).pk, by=reporter)


def test_a_candidate_that_is_gone_is_not_held(reporter):
    assert not hold_claim(404, by=reporter)


def test_a_candidate_on_a_screen_is_not_changed_by_the_extractor_until_the_hold_runs_out(reporter):
    claim = make_claim()
    hold_claim(claim.pk, by=reporter)

    assert not Claim.objects.untouched().exists()
    run_out(claim)
    assert Claim.objects.untouched().get() == claim


def go_through(person: User, shown: list[int]) -> None:
    """Decide on one candidate after another until nothing is left, as the triage page does."""
    while (claim := hold_first(QUEUE, by=person)) is not None:
        shown.append(claim.pk)
        if claim.pk % 2:
            shortlist_claim(claim, by=person)
        else:
            decline_claim(claim, reason=Decline.Reason.TRIVIAL, by=person)
        release_claim(claim.pk, by=person)


@pytest.mark.django_db(transaction=True)
def test_people_who_race_through_the_queue_are_shown_each_candidate_once_and_lose_none():
    people = [make_user(f"p{n}", role=Role.REPORTER) for n in range(3)]
    claims = {make_claim(check_worthiness=0.5, claimant=None, appears=False).pk for _ in range(30)}
    shown: list[list[int]] = [[] for _ in people]

    results = at_once(*(lambda n=n: go_through(people[n], shown[n]) for n in range(len(people))))

    assert results == [None] * len(people)
    assert sorted(pk for one in shown for pk in one) == sorted(claims)
    assert not Claim.objects.for_triage().exists()
    assert not TriageHold.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_candidate_at_the_same_moment_one_gets_it():
    people = [make_user(name) for name in ("rosa", "mia")]
    claim = make_claim()

    assert sorted(at_once(*(lambda by=by: hold_claim(claim.pk, by=by) for by in people))) == [False, True]
