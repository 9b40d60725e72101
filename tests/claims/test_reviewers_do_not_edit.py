"""What readers see beside the verdict itself is a part of what is reviewed: who wrote it does not review it, and who
has reviewed does not write it."""

from collections.abc import Callable
from datetime import date

import pytest

from claims.exceptions import NotAllowed
from claims.models import Claim
from claims.services.corrections import change_correction, open_correction
from claims.services.facts import Facts, describe_claim
from claims.services.parts import make_parts, state_parts_rule
from claims.services.review import rate_verdict, return_verdict
from claims.services.verdicts import send_for_review
from people.models import User
from tests.factories import make_claim_with_verdict, make_published_claim, rating

pytestmark = pytest.mark.django_db


def a_day(claim: Claim, by: User) -> None:
    describe_claim(claim, Facts(claimed_on=date(2026, 3, 1)), by=by)


def a_rule(claim: Claim, by: User) -> None:
    state_parts_rule(claim, "As true as its least true part.", by=by)


def parts(claim: Claim, by: User) -> None:
    make_parts(claim, ["The bridge is new."], by=by)


def a_note(claim: Claim, by: User) -> None:
    change_correction(claim.corrections.get(), kind="factual", note="What readers are told.", by=by)


BEFORE = [a_day, a_rule, parts]


def started(step: object, reporter: User) -> Claim:
    """A claim, or a correction of one, in progress."""
    if step in BEFORE:
        return make_claim_with_verdict()
    claim = make_published_claim()
    open_correction(claim, kind="factual", note="A detail.", by=reporter)
    return claim


@pytest.mark.parametrize("step", [*BEFORE, a_note])
def test_who_has_rated_changes_nothing_that_readers_see(step: Callable[[Claim, User], None], reporter, reviewer):
    claim = started(step, reporter)
    send_for_review(claim, by=reporter)
    claim.refresh_from_db()
    rate_verdict(claim, by=reviewer, rating=rating())
    return_verdict(claim, by=reviewer, note="Say more.")
    claim.refresh_from_db()

    with pytest.raises(NotAllowed, match="You have reviewed this verdict"):
        step(claim, reviewer)

    claim.refresh_from_db()
    assert (claim.claimed_on, claim.parts_rule, claim.parts.count()) == (None, "", 0)
    assert not claim.corrections.filter(note="What readers are told.").exists()


@pytest.mark.parametrize("step", [a_day, a_rule, a_note])
def test_who_wrote_what_readers_see_does_not_review_it(step: Callable[[Claim, User], None], reporter, reviewer):
    claim = started(step, reporter)
    step(claim, reviewer)
    claim.parts.update(part_of=None)
    send_for_review(claim, by=reporter)
    claim.refresh_from_db()

    with pytest.raises(NotAllowed, match="You wrote this verdict"):
        rate_verdict(claim, by=reviewer, rating=rating())
