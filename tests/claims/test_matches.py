"""What people say of pairs, and that it is said once."""

from functools import partial

import pytest

from claims.exceptions import NotAllowed, StaleClaim
from claims.models import Claim, ClaimMatch, ExternalMatch, Merge, State
from claims.services.matches import (
    confirm_external,
    confirm_match,
    reject_external,
    reject_match,
    reopen_external,
    reopen_match,
)
from claims.services.matching import match_waiting
from claims.services.merging import merge_claim
from people.models import RecordEntry
from tests.at_once import at_once
from tests.factories import make_claim, make_external_match, make_match, make_published_claim, make_user

Status = Claim.Status
pytestmark = pytest.mark.django_db


def status_of(claim):
    return Claim.objects.get(pk=claim.pk).status


def state_of(match):
    return type(match).objects.get(pk=match.pk).state


def test_the_same_claim_is_merged_into_the_older_one(reporter):
    older, newer = make_claim(), make_claim()
    match = make_match(older, newer)

    merged = confirm_match(match, by=reporter)

    assert merged == newer
    assert (status_of(older), status_of(newer)) == (Status.DETECTED, Status.MERGED)
    match.refresh_from_db()
    assert (match.state, match.decided_by) == (State.CONFIRMED, reporter)
    assert Merge.objects.get().match == match


def test_a_candidate_is_merged_into_the_one_that_is_further_along_even_if_that_is_newer(reporter):
    older, newer = make_claim(), make_claim(status=Status.SHORTLISTED)

    merged = confirm_match(make_match(older, newer), by=reporter)

    assert merged == older
    assert status_of(newer) == Status.SHORTLISTED


def test_of_two_that_are_both_worked_on_only_the_word_is_kept(reporter):
    older, newer = make_claim(status=Status.IN_PROGRESS), make_claim(status=Status.IN_PROGRESS)
    match = make_match(older, newer)

    merged = confirm_match(match, by=reporter)

    assert merged is None
    assert state_of(match) == State.CONFIRMED
    assert not Merge.objects.exists()


def test_a_candidate_may_turn_out_to_be_one_that_was_declined(reporter):
    declined, claim = make_claim(status=Status.DECLINED), make_claim()

    confirm_match(make_match(declined, claim), by=reporter)

    assert Claim.objects.get(pk=claim.pk).merged_into == declined


def test_only_who_publishes_confirms_what_readers_see_and_the_others_are_told_who(reporter, editor):
    published, claim = make_published_claim(), make_claim()
    match = make_match(published, claim)

    with pytest.raises(NotAllowed, match=rf"Readers see claim {published.pk}, or soon will: an editor has to say"):
        confirm_match(match, by=reporter)
    assert state_of(match) == State.SUGGESTED
    confirm_match(match, by=editor)

    assert status_of(claim) == Status.MERGED


def test_without_the_role_nothing_is_decided(administrator):
    match, external = make_match(make_claim(), make_claim()), make_external_match(make_claim())

    for decide, pair in (
        (confirm_match, match),
        (reject_match, match),
        (reopen_match, match),
        (confirm_external, external),
        (reject_external, external),
        (reopen_external, external),
    ):
        with pytest.raises(NotAllowed):
            decide(pair, by=administrator)

    assert (state_of(match), state_of(external)) == (State.SUGGESTED, State.SUGGESTED)


def test_a_rejected_pair_is_not_asked_again_by_matching(reporter):
    make_published_claim(text="The new bridge over the Aller cost 84 million euros to build.")
    make_claim(text="The new bridge over the Aller cost 84 million euros to build.")
    while match_waiting():
        pass
    match = ClaimMatch.objects.proposed().get()

    reject_match(match, by=reporter)
    Claim.objects.filter(pk=match.high_id).update(text="The new bridge over the Aller cost 84 million euros to build")
    while match_waiting():
        pass

    assert not ClaimMatch.objects.proposed().exists()
    assert state_of(match) == State.REJECTED


def test_reopening_takes_a_rejection_back(reporter):
    match = make_match(make_claim(), make_claim())
    reject_match(match, by=reporter)

    reopen_match(match, by=reporter)

    match.refresh_from_db()
    assert (match.state, match.decided_by, match.decided_at) == (State.SUGGESTED, None, None)


def test_reopening_takes_a_confirmation_back_with_its_merge(reporter):
    winner, loser = make_claim(), make_claim(status=Status.SHORTLISTED)
    match = make_match(winner, loser)
    Claim.objects.filter(pk=winner.pk).update(status=Status.IN_PROGRESS)
    confirm_match(match, by=reporter)

    reopen_match(match, by=reporter)

    assert (status_of(loser), state_of(match)) == (Status.SHORTLISTED, State.SUGGESTED)
    assert not Merge.objects.in_force().exists()


def test_a_decision_is_taken_back_once(reporter):
    match = make_match(make_claim(), make_claim())
    reject_match(match, by=reporter)
    reopen_match(match, by=reporter)

    with pytest.raises(StaleClaim, match="taken back already"):
        reopen_match(match, by=reporter)


def test_rejecting_takes_apart_what_the_machine_joined(reporter):
    winner, loser = make_claim(), make_claim()
    match = make_match(winner, loser, certain=True)
    merge_claim(loser, into=winner, by=None, match=match)

    reject_match(match, by=reporter)

    assert (status_of(loser), state_of(match)) == (Status.DETECTED, State.REJECTED)


def test_saying_the_same_twice_is_saying_it_once(reporter):
    match = make_match(make_claim(), make_claim())

    confirm_match(match, by=reporter)
    confirm_match(match, by=reporter)

    assert Merge.objects.count() == 1


def test_a_colleague_who_comes_second_is_told_who_was_first_and_what_was_said(reporter, editor):
    match, seen = make_match(make_claim(), make_claim()), ClaimMatch.objects.get()
    confirm_match(match, by=reporter)

    for decide in (confirm_match, reject_match):
        with pytest.raises(StaleClaim, match=r"Rosa Example has decided on these two already: “Confirmed”\."):
            decide(seen, by=editor)


def test_a_pair_one_of_which_went_elsewhere_is_not_confirmed(reporter):
    first, second, third = make_claim(), make_claim(), make_claim()
    match = make_match(second, third)
    merge_claim(third, into=first, by=reporter)

    with pytest.raises(StaleClaim, match=f"Claim {third.pk} counts with claim {first.pk} already"):
        confirm_match(match, by=reporter)

    assert state_of(match) == State.SUGGESTED


def test_a_pair_that_was_compared_again_meanwhile_is_not_decided(reporter):
    match = make_match(make_claim(), make_claim())
    ClaimMatch.objects.all().delete()

    for decide in (confirm_match, reject_match, reopen_match):
        with pytest.raises(StaleClaim, match="compared again"):
            decide(match, by=reporter)


def test_a_fact_check_of_others_is_confirmed_or_rejected_once(reporter, editor):
    confirmed, rejected = make_external_match(make_claim()), make_external_match(make_claim())

    confirm_external(confirmed, by=reporter)
    reject_external(rejected, by=reporter)

    assert (state_of(confirmed), state_of(rejected)) == (State.CONFIRMED, State.REJECTED)
    assert rejected not in ExternalMatch.objects.shown()
    with pytest.raises(StaleClaim):
        confirm_external(rejected, by=editor)
    reopen_external(rejected, by=editor)
    assert state_of(rejected) == State.SUGGESTED


def test_who_decided_is_on_the_record(reporter):
    match = make_match(make_claim(), make_claim())

    confirm_match(match, by=reporter)

    entry = RecordEntry.objects.about(match).get()
    assert (entry.actor_id, entry.after["state"]) == (reporter.pk, "confirmed")


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_at_once_one_wins_and_the_other_is_told():
    rosa, ravi = make_user("rosa"), make_user("ravi")
    for decide in (confirm_match, reject_match) * 3:
        match = make_match(make_claim(), make_claim())

        done = at_once(partial(confirm_match, match, by=rosa), partial(decide, match, by=ravi))

        assert [type(result) for result in done if isinstance(result, Exception)] == [StaleClaim]
        assert state_of(match) != State.SUGGESTED
        assert Merge.objects.in_force().filter(match=match).exists() == (state_of(match) == State.CONFIRMED)
