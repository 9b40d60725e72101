"""Publication at a time: schedules, embargoes, and what is due."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import ClaimError, NotAllowed, NotReady, StaleClaim
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.services import noticing
from claims.services.conflicts import refuse_interested
from claims.services.gate import judge as judge_claim
from claims.services.gate import unmet, with_facts
from claims.services.lifecycle import lock_claim, require
from claims.services.publication import publish_claim
from people.models import User
from people.record import recorded

FARTHEST = timedelta(days=366)


@transaction.atomic
def schedule_publication(claim: Claim, *, at: datetime | None, by: User) -> None:
    """Say when the sweep publishes an approved claim; None: never by itself. It does so in the person's name.

    Raises NotReady for a time that is past, too far off or under embargo, StaleClaim unless the claim is approved.
    """
    require(by, "claims.publish_claim")
    refuse_interested(claim, by)
    locked = lock_claim(claim)
    if locked.status != Claim.Status.APPROVED:
        raise StaleClaim(_("Only an approved claim is scheduled."))
    if at is not None:
        _require_ahead(at)
        if locked.embargo_until and at < locked.embargo_until:
            raise NotReady(_("The embargo lasts longer than that. Choose a later time."))
    with recorded(by=by):
        Claim.objects.filter(pk=claim.pk).update(publish_at=at, scheduled_by=by if at else None)


@transaction.atomic
def set_embargo(claim: Claim, *, until: datetime | None, by: User) -> None:
    """Say until when nobody publishes this claim, nor its schedule; None lifts it."""
    require(by, "claims.publish_claim")
    refuse_interested(claim, by)
    locked = lock_claim(claim)
    if not locked.is_open:
        raise StaleClaim(_("An embargo is for claims that readers do not see yet."))
    if until is not None:
        _require_ahead(until)
    with recorded(by=by):
        Claim.objects.filter(pk=claim.pk).update(embargo_until=until)


def _require_ahead(at: datetime) -> None:
    now = timezone.now()
    if not now < at <= now + FARTHEST:
        raise NotReady(_("Choose a time that is still to come, within a year."))


def due_claims(now: datetime) -> ClaimQuerySet:
    """Approved claims whose time has come. Uses claim_scheduled."""
    return Claim.objects.filter(status=Claim.Status.APPROVED, publish_at__lte=now).order_by("publish_at", "pk")


def publish_due(now: datetime) -> int:
    """Publish what is due, each in the name of who scheduled it. Returns how many.

    What does not pass the gate is left as it is; its file says why (`why_held`). Safe to repeat and to race.
    """
    done = 0
    for claim in due_claims(now).select_related("scheduled_by", "claimant"):
        try:
            publish_claim(claim, by=_scheduler(claim))
        except ClaimError as error:
            noticing.not_published(claim, why=str(error))
            continue
        done += 1
    return done


def why_held(claim: Claim) -> list[str]:
    """Why a claim that `with_facts` loaded did not go out when it was due: what the next sweep will say."""
    told = [rule.message for rule in unmet(judge_claim(claim))]
    person = claim.scheduled_by
    if person is None or not person.has_perm("claims.publish_claim"):
        told.append(_("Whoever scheduled it may not publish any more. Somebody has to schedule it again."))
    return told


def held_claims(now: datetime) -> ClaimQuerySet:
    """What is due since more than a sweep, with the facts of the gate."""
    return with_facts(due_claims(now - timedelta(minutes=2)))


def _scheduler(claim: Claim) -> User:
    if claim.scheduled_by is None:
        raise NotAllowed(_("Nobody scheduled this."))
    return claim.scheduled_by


def publish_together(claims: list[tuple[Claim, int]], *, by: User) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    """Publish each of these that passes, as it was seen (`Verdict.saves`). Returns those, and the others with why."""
    published, left = list[Claim](), list[tuple[Claim, str]]()
    for claim, saves in claims:
        try:
            publish_claim(claim, by=by, saves=saves)
        except ClaimError as error:
            left.append((claim, str(error)))
        else:
            published.append(claim)
    return published, left
