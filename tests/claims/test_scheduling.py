"""Publication at a time: once, by the person who said so, and never before an embargo ends."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Slug, Verdict
from claims.services.lifecycle import step_back
from claims.services.publication import publish_claim
from claims.services.scheduling import (
    held_claims,
    publish_due,
    publish_together,
    schedule_publication,
    set_embargo,
    why_held,
)
from people.models import RecordEntry, Role
from tests.at_once import at_once
from tests.factories import NOON, make_claim, make_claim_with_verdict, make_user

pytestmark = pytest.mark.django_db
Status = Claim.Status
HOUR = timedelta(hours=1)


def scheduled(editor, *, late=timedelta(minutes=1), **fields):
    """An approved claim whose time came a little while ago."""
    due = timezone.now() - late
    return make_claim_with_verdict(status=Status.APPROVED, publish_at=due, scheduled_by=editor, **fields)


def test_what_is_due_is_published_in_the_name_of_who_scheduled_it(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    schedule_publication(claim, at=timezone.now() + HOUR, by=editor)

    early = publish_due(timezone.now())
    done = publish_due(timezone.now() + 2 * HOUR)

    claim.refresh_from_db()
    assert (early, done, claim.status) == (0, 1, Status.PUBLISHED)
    assert RecordEntry.objects.about(claim).last().actor_name == "edith"


def test_what_is_not_ready_stays_and_says_why(editor):
    claim = scheduled(editor, late=HOUR, verdict={"excepted": False})

    assert publish_due(timezone.now()) == 0

    held = held_claims(timezone.now()).get()
    assert held == claim
    assert "Ask the claimant about it." in why_held(held)


def test_one_that_is_held_does_not_hold_the_others(editor):
    scheduled(editor, late=HOUR, verdict={"excepted": False})
    scheduled(editor)

    assert publish_due(timezone.now()) == 1


def test_a_schedule_of_somebody_who_may_not_publish_any_more_is_held(editor):
    scheduled(editor, late=HOUR)
    editor.groups.clear()

    assert publish_due(timezone.now()) == 0
    assert "Somebody has to schedule it again" in " ".join(why_held(held_claims(timezone.now()).get()))


def test_a_claim_that_goes_back_to_review_loses_its_schedule(editor, reviewer):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    schedule_publication(claim, at=timezone.now() + HOUR, by=editor)
    claim.refresh_from_db()

    step_back(claim, why="A source is missing.", by=reviewer)

    claim.refresh_from_db()
    assert (claim.publish_at, claim.scheduled_by) == (None, None)


@pytest.mark.parametrize("ahead", [-HOUR, timedelta(days=400)])
def test_a_time_that_is_past_or_years_off_is_refused(ahead, editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)

    with pytest.raises(NotReady, match="still to come"):
        schedule_publication(claim, at=timezone.now() + ahead, by=editor)
    with pytest.raises(NotReady, match="still to come"):
        set_embargo(claim, until=timezone.now() + ahead, by=editor)


def test_only_an_approved_claim_is_scheduled_and_only_by_who_publishes(editor, reviewer):
    with pytest.raises(StaleClaim):
        schedule_publication(make_claim_with_verdict(), at=timezone.now() + HOUR, by=editor)
    with pytest.raises(NotAllowed):
        schedule_publication(make_claim_with_verdict(status=Status.APPROVED), at=None, by=reviewer)
    with pytest.raises(NotAllowed):
        set_embargo(make_claim(), until=None, by=reviewer)


def test_nobody_publishes_before_an_embargo_ends(editor):
    claim = scheduled(editor)
    set_embargo(claim, until=timezone.now() + HOUR, by=editor)

    assert publish_due(timezone.now()) == 0
    with pytest.raises(NotReady, match="The embargo lasts until"):
        publish_claim(claim, by=editor)
    with pytest.raises(NotReady, match="embargo lasts longer"):
        schedule_publication(claim, at=timezone.now() + HOUR / 2, by=editor)
    with pytest.raises(DatabaseError, match="before the embargo ends"), transaction.atomic():
        Verdict.objects.update(published_at=NOON, claim_text="T.")

    set_embargo(claim, until=None, by=editor)
    publish_claim(claim, by=editor)
    assert claim.status == Status.PUBLISHED


def test_together_those_that_pass_go_out_and_the_others_are_named(editor):
    good, bad = make_claim_with_verdict(status=Status.APPROVED), make_claim_with_verdict(status=Status.APPROVED)
    changed = make_claim_with_verdict(status=Status.APPROVED)
    bad.verdicts.update(summary="")

    published, left = publish_together([(good, 0), (bad, 0), (changed, 7)], by=editor)

    assert published == [good]
    assert [(claim, why.split(".")[0]) for claim, why in left] == [
        (bad, "Write a summary"),
        (changed, "The verdict was changed since you opened this page"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_editors_and_the_sweep_publish_a_claim_once(db):
    edith, emil = (make_user(name, role=Role.EDITOR) for name in ("edith", "emil"))
    claim = scheduled(edith)
    copies = [Claim.objects.get(pk=claim.pk) for _ in range(2)]

    said = at_once(
        partial(publish_claim, copies[0], by=edith),
        partial(publish_claim, copies[1], by=emil),
        partial(publish_due, timezone.now()),
    )

    published = [one for one in said if one is None or one == 1]
    assert len(published) == 1
    assert Slug.objects.count() == 1
    moves = RecordEntry.objects.about(claim).filter(after__status="published")
    assert moves.count() == 1
