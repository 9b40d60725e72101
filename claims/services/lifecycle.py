"""Moving claims along `Claim.MOVES`."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Correction, Decline, Verdict
from claims.services import noticing
from claims.services.conflicts import refuse_interested, require_no_interest
from people.models import User
from people.record import recorded

Status = Claim.Status

# The step before, for claims people work on. Sending an approved claim back is the reviewer's or editor's to do.
STEP_BACK = {
    Status.SHORTLISTED: (Status.DETECTED, "claims.triage_claim"),
    Status.IN_PROGRESS: (Status.SHORTLISTED, "claims.check_claim"),
    Status.IN_REVIEW: (Status.IN_PROGRESS, "claims.check_claim"),
    Status.APPROVED: (Status.IN_REVIEW, "claims.review_claim"),
}


@transaction.atomic
def move_claim(claim: Claim, to: Claim.Status, *, by: User | None, why: str = "", **fields: Any) -> None:
    """Move `claim` to status `to`, setting `fields` with it; the record takes who and why from here.

    Raises IllegalMove if the life cycle has no such move, and StaleClaim if another editor or worker moved
    the claim first. Either way nothing is written.
    """
    before = Status(claim.status)
    if to not in Claim.MOVES[before]:
        raise IllegalMove(
            _("A claim cannot go from “%(before)s” to “%(to)s”.") % {"before": before.label, "to": to.label}
        )
    with recorded(by=by, why=why):
        moved = Claim.objects.filter(pk=claim.pk, status=before).update(status=to, **fields)
    if moved == 0:
        raise StaleClaim(_("Someone else changed this claim. Reload it and try again."))
    claim.status = to
    for name, value in fields.items():
        setattr(claim, name, value)


def stage_of(claim: Claim) -> Claim.Status:
    """Where the draft of the claim's next verdict stands: the claim's own status, or after publication that of its open
    correction.
    """
    correction = None
    if claim.status == Status.PUBLISHED:
        correction = Correction.objects.drafting().filter(claim=claim).first()
    return Status(correction.state if correction else claim.status)


def move_draft(claim: Claim, to: Claim.Status, *, by: User, why: str = "", **fields: Any) -> None:
    """Move what the draft stands with: the claim, setting `fields` with it, or after publication its open correction.

    Raises as `move_claim` does.
    """
    correction = claim.corrections.drafting().first() if claim.status == Status.PUBLISHED else None
    if correction is None:
        move_claim(claim, to, by=by, why=why, **fields)
        return
    before, after = Correction.State(correction.state), Correction.State(to.value)
    if after not in Correction.MOVES[before]:
        said = _("A correction cannot go from “%(before)s” to “%(after)s”.")
        raise IllegalMove(said % {"before": before.label, "after": after.label})
    with recorded(by=by, why=why):
        moved = Correction.objects.filter(pk=correction.pk, state=before).update(state=after)
    if moved == 0:
        raise StaleClaim(_("Someone else changed this correction. Reload it and try again."))


def lock_claim(claim: Claim) -> Claim:
    """The claim's row, locked to the end of the transaction. Raises StaleClaim if it moved since `claim` was read."""
    locked = Claim.objects.select_for_update(of=("self",)).select_related("claimant").get(pk=claim.pk)
    if locked.status != claim.status:
        raise StaleClaim(_("Someone else changed this claim. Reload it and try again."))
    return locked


def refuse_unseen(draft: Verdict, saves: int | None) -> None:
    """Raise StaleClaim unless the person saw the draft as it is now. None does not ask."""
    if saves is not None and saves != draft.saves:
        raise StaleClaim(_("The verdict was changed since you opened this page. Read it again before you decide."))


def require(by: User, permission: str) -> None:
    """Raise NotAllowed unless the person's roles include `permission`."""
    if not by.has_perm(permission):
        raise NotAllowed(_("Your role does not include this step. Ask an administrator."))


def require_may_check(person: User, claim: Claim | None = None) -> None:
    """Raise NotReady unless claims, and this one if it is named, can be assigned to the person."""
    if not person.is_active or not person.has_perm("claims.check_claim"):
        raise NotReady(_("%(person)s does not check claims. Choose somebody else.") % {"person": person.byline})
    if claim is not None:
        require_no_interest(claim, person)


@transaction.atomic
def shortlist_claim(claim: Claim, *, by: User, to: User | None = None, due_on: date | None = None) -> None:
    """Say that somebody should check this candidate; `to` is who, and `due_on` by when, if that is known."""
    require(by, "claims.triage_claim")
    given: dict[str, Any] = {"due_on": due_on} if due_on else {}
    if to is not None:
        require_may_check(to, claim)
        given["assigned_to"] = to
    move_claim(claim, Status.SHORTLISTED, by=by, shortlisted_at=timezone.now(), **given)
    if to is not None:
        noticing.assigned(claim, to=to, by=by)


@transaction.atomic
def decline_claim(claim: Claim, *, reason: str, note: str = "", by: User) -> None:
    """Say that this candidate is not checked, and why. Raises NotReady without a reason the desk knows."""
    require(by, "claims.triage_claim")
    if reason not in Decline.Reason.values:
        raise NotReady(_("Choose why this candidate is declined."))
    move_claim(claim, Status.DECLINED, by=by, why=str(Decline.Reason(reason).label))
    with recorded(by=by):
        Decline.objects.create(claim=claim, reason=reason, note=note, by=by)


def restore_claim(claim: Claim, *, by: User) -> None:
    """Put a declined candidate back into the queue. The decline stays on file."""
    require(by, "claims.triage_claim")
    move_claim(claim, Status.DETECTED, by=by, why=_("put back into the queue"))


def start_claim(claim: Claim, *, by: User) -> None:
    """Begin to check a shortlisted claim; it is the person's from here on, whoever it was assigned to."""
    require(by, "claims.check_claim")
    refuse_interested(claim, by)
    move_claim(claim, Status.IN_PROGRESS, by=by, assigned_to=by)


def step_back(claim: Claim, *, why: str, by: User) -> None:
    """Take an open claim to the step before. Raises NotReady without a note saying why."""
    stage = stage_of(claim)
    if stage not in STEP_BACK or (stage == Status.IN_PROGRESS != claim.status):
        raise IllegalMove(_("There is no step before this one."))
    to, permission = STEP_BACK[stage]
    require(by, permission)
    if not why.strip():
        raise NotReady(_("Say in a note why the claim goes back."))
    fields: dict[str, Any] = {} if to in Claim.MINE else {"assigned_to": None}  # a candidate is nobody's
    if claim.status == Status.APPROVED:  # one that comes back for another look does not go out by the old schedule
        fields |= {"publish_at": None, "scheduled_by": None}
    draft = claim.verdicts.drafts().first()
    move_draft(claim, to, by=by, why=why, **fields)
    if draft is not None:
        noticing.taken_back(draft, by=by, asks=to == Status.IN_REVIEW)


def undo_triage(claim: Claim, *, by: User) -> None:
    """Take a decision back as if it had not been taken: the claim is a candidate again. Its decline stays on file.

    Raises StaleClaim if somebody has taken the claim further since.
    """
    require(by, "claims.triage_claim")
    if claim.status not in {Status.SHORTLISTED, Status.DECLINED}:
        raise StaleClaim(_("Somebody has taken this claim further since. Its file shows what happened."))
    given = {"assigned_to": None, "due_on": None} if claim.status == Status.SHORTLISTED else {}
    move_claim(claim, Status.DETECTED, by=by, why=_("undone in triage"), shortlisted_at=None, **given)
