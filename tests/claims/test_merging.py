"""Counting one claim with another, and taking that back."""

from functools import partial

import pytest

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, ClaimEntry
from claims.services.merging import merge_claim, unmerge_claim
from tests.at_once import at_once
from tests.factories import make_claim, make_published_claim, make_user

Status = Claim.Status
pytestmark = pytest.mark.django_db


def status_of(claim):
    return Claim.objects.get(pk=claim.pk).status


def test_a_merge_keeps_the_appearances_where_they_are_and_can_be_undone(reporter):
    winner, loser = make_claim(), make_claim()

    merge_claim(loser, into=winner, by=reporter)
    assert (status_of(loser), loser.appearances.count()) == (Status.MERGED, 1)

    unmerge_claim(loser, by=reporter)
    assert status_of(loser) == Status.DETECTED
    assert Claim.objects.get(pk=loser.pk).merged_into is None


def test_a_claim_is_not_merged_into_itself_nor_into_a_merged_one(reporter):
    first, second, third = make_claim(), make_claim(), make_claim()
    merge_claim(second, into=first, by=reporter)

    for winner in (third, second):
        with pytest.raises(NotReady):
            merge_claim(third, into=winner, by=reporter)


def test_claims_merged_into_a_claim_follow_it_into_another_and_back(reporter):
    first, second, third = make_claim(), make_claim(), make_claim()
    merge_claim(third, into=second, by=reporter)

    merge_claim(second, into=first, by=reporter)
    assert {claim.pk for claim in first.merged.all()} == {second.pk, third.pk}

    unmerge_claim(Claim.objects.get(pk=second.pk), by=reporter)
    assert not first.merged.exists()
    assert [claim.pk for claim in second.merged.all()] == [third.pk]


def test_one_of_several_merges_in_a_row_is_undone_by_itself(reporter):
    first, second, third = make_claim(), make_claim(), make_claim()
    merge_claim(third, into=second, by=reporter)
    merge_claim(second, into=first, by=reporter)

    unmerge_claim(Claim.objects.get(pk=third.pk), by=reporter)

    assert status_of(third) == Status.DETECTED
    assert [claim.pk for claim in first.merged.all()] == [second.pk]


def test_undoing_a_merge_puts_a_claim_back_where_it_stood(reporter):
    winner, loser = make_claim(), make_claim(status=Status.SHORTLISTED)
    merge_claim(loser, into=winner, by=reporter)

    unmerge_claim(loser, by=reporter)

    assert status_of(loser) == Status.SHORTLISTED
    assert [(merge.previous_status, merge.undone_at is None) for merge in loser.merges.all()] == [
        (Status.SHORTLISTED, False)
    ]


def test_a_merge_that_was_undone_already_is_not_undone_again(reporter):
    winner, loser = make_claim(), make_claim()
    merge_claim(loser, into=winner, by=reporter)
    stale = Claim.objects.get(pk=loser.pk)
    unmerge_claim(loser, by=reporter)

    with pytest.raises(StaleClaim):
        unmerge_claim(stale, by=reporter)


def test_a_merged_claim_is_in_the_index_as_the_other_and_comes_back_when_that_is_undone(reporter):
    winner, loser = make_claim(), make_claim()

    merge_claim(loser, into=winner, by=reporter)
    assert [entry.claim_id for entry in ClaimEntry.objects.all()] == [winner.pk]

    unmerge_claim(loser, by=reporter)
    assert ClaimEntry.objects.filter(claim=loser, stamp="").exists()


def test_only_who_publishes_may_merge_into_what_readers_see(reporter, editor):
    published = make_published_claim()
    claim = make_claim()

    with pytest.raises(NotAllowed):
        merge_claim(claim, into=published, by=reporter)
    merge_claim(claim, into=published, by=editor)

    assert status_of(claim) == Status.MERGED


@pytest.mark.django_db(transaction=True)
def test_two_merges_the_other_way_round_at_once_neither_hang_nor_make_a_circle():
    reporter = make_user("rosa")
    for _round in range(5):
        first, second = make_claim(), make_claim()

        done = at_once(
            partial(merge_claim, first, into=second, by=reporter), partial(merge_claim, second, into=first, by=reporter)
        )

        assert [type(result) for result in done if result is not None] in ([NotReady], [StaleClaim])
        assert sorted([status_of(first), status_of(second)]) == [Status.DETECTED, Status.MERGED]
