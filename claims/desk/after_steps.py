"""The steps of the claim file after publication: correct, retract, look again."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.after_forms import CorrectionForm, LookForm
from claims.desk.forms import NoteForm
from claims.desk.step import Step
from claims.exceptions import StaleClaim
from claims.models import Claim, Correction
from claims.services.corrections import abandon_correction, change_correction, open_correction
from claims.services.retraction import approve_retraction, give_second_look, request_retraction, retract_at_once

Status, VOID = Claim.Status, Correction.Kind.VOID

AFTER = {
    "correct": Step(
        gettext_lazy("Correct"),
        "claims.check_claim",
        lambda claim, by, data: open_correction(claim, kind=data["kind"], note=data["note"], by=by),
        gettext_lazy("The next version is yours to write. Readers see the published one until it is out."),
        CorrectionForm,
        "primary",
    ),
    "change_correction": Step(
        gettext_lazy("Class and note"),
        "claims.check_claim",
        lambda claim, by, data: change_correction(open_one(claim), kind=data["kind"], note=data["note"], by=by),
        gettext_lazy("Changed."),
        CorrectionForm,
    ),
    "abandon": Step(
        gettext_lazy("Give it up"),
        "claims.check_claim",
        lambda claim, by, data: abandon_correction(open_one(claim), why=data["note"], by=by),
        gettext_lazy("Given up. What readers see has not changed."),
        NoteForm,
        note=gettext_lazy("Why is it given up?"),
    ),
    "retract": Step(
        gettext_lazy("Ask to retract"),
        "claims.check_claim",
        lambda claim, by, data: request_retraction(claim, why=data["note"], by=by),
        gettext_lazy("An editor other than you has to approve the retraction now."),
        NoteForm,
        note=gettext_lazy("Why? Readers will see this."),
    ),
    "approve_retraction": Step(
        gettext_lazy("Approve the retraction"),
        "claims.publish_claim",
        lambda claim, by, _data: approve_retraction(open_one(claim), by=by),
        gettext_lazy("Retracted. Its page is a notice now."),
        look="danger",
    ),
    "retract_at_once": Step(
        gettext_lazy("Retract at once"),
        "claims.publish_claim",
        lambda claim, by, data: retract_at_once(claim, why=data["note"], by=by),
        gettext_lazy("Retracted. Its page is a notice now, and a second person has to look at it within a day."),
        NoteForm,
        "danger",
        gettext_lazy("For an emergency. Why? Readers will see this."),
    ),
    "look": Step(
        gettext_lazy("Give the second look"),
        "claims.review_claim",
        lambda claim, by, data: give_second_look(
            to_look_at(claim), agrees=data["agrees"] == "yes", note=data["note"], by=by
        ),
        gettext_lazy("Your look is on file."),
        LookForm,
        "primary",
    ),
}

IN_CORRECTION = {
    Status.IN_PROGRESS: ("join", "reword", "change_correction", "abandon", "recuse", "retract_at_once"),
    Status.IN_REVIEW: ("approve", "return", "third", "back", "abandon", "recuse", "retract_at_once"),
    Status.APPROVED: ("publish", "back", "abandon", "retract_at_once"),
}
NEXT_AFTER = {
    Status.IN_PROGRESS: gettext_lazy("A correction: write the next version, then send it for approval."),
    Status.IN_REVIEW: gettext_lazy("A correction: a second person rates it without seeing the rating, then decides."),
    Status.APPROVED: gettext_lazy("A correction: an editor publishes it."),
}


def correction_of(claim: Claim) -> Correction | None:
    """The open correction of a published claim, or the retraction that still waits for its second look."""
    rows = claim.corrections.select_related("by")
    if claim.status == Status.PUBLISHED:
        return rows.open().first()
    return rows.to_look_at().first() if claim.status == Status.RETRACTED else None


def offered_after(claim: Claim, correction: Correction | None, *, to: Any) -> tuple[str, ...]:
    """The steps from a published or retracted claim, before anybody asks for the role."""
    own = correction is not None and correction.by_id == to.pk
    if claim.status == Status.RETRACTED:
        return ("look",) if correction is not None and not own else ()
    if correction is None:
        return ("correct", "retract", "retract_at_once")
    if correction.kind == VOID:
        return ("abandon", "retract_at_once") if own else ("approve_retraction", "abandon", "retract_at_once")
    return IN_CORRECTION[Status(correction.state)]


def next_after(claim: Claim, correction: Correction | None) -> str | Promise:
    """What comes next after publication, or "" where the claim's own status says it."""
    if correction is None:
        return ""
    if claim.status == Status.RETRACTED:
        return gettext_lazy("One person retracted it at once. A second person has to look at it.")
    if correction.kind == VOID:
        return gettext_lazy("It is to be retracted. An editor who did not ask for it has to approve.")
    return NEXT_AFTER[Status(correction.state)]


def open_one(claim: Claim) -> Correction:
    """The open correction of a claim. Raises StaleClaim where there is none any more."""
    return _there(claim.corrections.open().first())


def to_look_at(claim: Claim) -> Correction:
    return _there(claim.corrections.to_look_at().first())


def _there(correction: Correction | None) -> Correction:
    if correction is None:
        raise StaleClaim(_("This has been decided meanwhile. The page shows what became of it."))
    return correction
