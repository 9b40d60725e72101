"""Taking a fact-check back: by two people, or in an emergency by one at once with the second look afterwards.

There is no way back from RETRACTED. Where the second look disagrees, that is on file and on the page, and the claim is
checked again as a new one.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Correction, SecondLook
from claims.services import noticing
from claims.services.corrections import abandon_correction, checked_note, refuse_second, require_published
from claims.services.lifecycle import lock_claim, move_claim, require
from people.models import User
from people.record import recorded

VOID, State = Correction.Kind.VOID, Correction.State


@transaction.atomic
def request_retraction(claim: Claim, *, why: str, by: User) -> Correction:
    """Ask for a published fact-check to be retracted. Nothing changes for readers until a second person approves."""
    require(by, "claims.check_claim")
    why = _reason(why)
    claim = lock_claim(claim)
    require_published(claim)
    refuse_second(claim)
    with recorded(by=by, why=why):
        correction = _void(claim, why, by=by, state=State.IN_REVIEW)
    noticing.retraction_asked(correction, by=by)
    return correction


@transaction.atomic
def approve_retraction(correction: Correction, *, by: User) -> None:
    """Retract what another person asked to retract. Its page stays, as a notice that says why."""
    require(by, "claims.publish_claim")
    claim = lock_claim(correction.claim)
    asked = claim.corrections.asked_for().filter(pk=correction.pk).first()
    if asked is None:
        raise StaleClaim(_("This retraction does not wait for approval any more. Reload it and see what became of it."))
    if asked.by == by:
        raise NotAllowed(_("You asked for this retraction. A second person has to approve it."))
    noticing.answered(asked)
    _publish(asked, approved_by=by, by=by)
    move_claim(claim, Claim.Status.RETRACTED, by=by, why=asked.note)
    noticing.retracted(claim, why=asked.note, by=by)


@transaction.atomic
def retract_at_once(claim: Claim, *, why: str, by: User) -> Correction:
    """Retract in an emergency, without waiting for anybody. A second person has to look at it afterwards.

    An open correction is given up.
    """
    require(by, "claims.publish_claim")
    why = _reason(why)
    locked = lock_claim(claim)
    require_published(locked)
    for correction in locked.corrections.open():
        abandon_correction(correction, why=_("The fact-check was retracted at once."), by=by)
    with recorded(by=by, why=why):
        correction = _void(locked, why, by=by, state=State.PUBLISHED, emergency=True, published_at=timezone.now())
    move_claim(claim, Claim.Status.RETRACTED, by=by, why=why)
    noticing.retracted(claim, why=why, by=by)
    noticing.retracted_at_once(correction, by=by)
    return correction


def take_down(claim: Claim, *, notice: str, by: User, approved_by: User) -> Correction:
    """Retract on a legal request that two people granted. Call it inside a transaction."""
    claim = lock_claim(claim)
    require_published(claim)
    for correction in claim.corrections.open():
        abandon_correction(correction, why=_("The page was taken down on a legal request."), by=approved_by)
    with recorded(by=approved_by, why=notice):
        correction = _void(claim, notice, by=by, state=State.IN_REVIEW)
    _publish(correction, approved_by=approved_by, by=approved_by)
    move_claim(claim, Claim.Status.RETRACTED, by=approved_by, why=notice)
    noticing.retracted(claim, why=notice, by=approved_by)
    return correction


@transaction.atomic
def give_second_look(correction: Correction, *, agrees: bool, note: str = "", by: User) -> SecondLook:
    """Say what a second person found of a retraction by one person at once. Once and for all."""
    require(by, "claims.review_claim")
    if not agrees and not note.strip():
        raise NotReady(_("Say why you do not agree with the retraction. Readers will see it."))
    note = checked_note(note, kind=Correction.Kind.TYPO)
    locked = Correction.objects.select_for_update().get(pk=correction.pk)  # the looks are asked for once it is locked
    if not Correction.objects.to_look_at().filter(pk=locked.pk).exists():
        raise StaleClaim(_("Somebody has looked at this retraction already."))
    if locked.by == by:
        raise NotAllowed(_("You retracted this fact-check. A second person has to look at it."))
    noticing.answered(locked)
    with recorded(by=by, why=note):
        return SecondLook.objects.create(correction=locked, by=by, agrees=agrees, note=note)


def _void(claim: Claim, note: str, *, by: User, state: Correction.State, **fields: object) -> Correction:
    current = claim.verdicts.current().get()
    return Correction.objects.create(
        claim=claim, kind=VOID, note=note, by=by, old_verdict=current, state=state, **fields
    )


def _publish(correction: Correction, *, approved_by: User, by: User) -> None:
    correction.state, correction.approved_by = State.PUBLISHED, approved_by
    correction.published_at = timezone.now()
    with recorded(by=by, why=correction.note):
        correction.save(update_fields=["state", "approved_by", "published_at"])


def _reason(why: str) -> str:
    if not why.strip():
        raise NotReady(_("Say why the fact-check is retracted. Readers will see it."))
    return checked_note(why, kind=VOID)
