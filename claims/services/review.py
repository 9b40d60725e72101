"""The second pair of eyes."""

from django.db import transaction
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady
from claims.models import Claim, Review, Verdict
from claims.services.lifecycle import move_claim, require
from people.models import User
from people.record import recorded


@transaction.atomic
def approve_verdict(claim: Claim, *, by: User, note: str = "") -> None:
    """Say that the verdict may be published. Nobody approves their own."""
    draft = _draft_for(claim, by=by)
    move_claim(claim, Claim.Status.APPROVED, by=by, why=note)
    _keep_review(draft, by=by, outcome=Review.Outcome.APPROVED, note=note)


@transaction.atomic
def return_verdict(claim: Claim, *, by: User, note: str) -> None:
    """Send the verdict back to its author. Raises NotReady without a note saying why."""
    draft = _draft_for(claim, by=by)
    if not note.strip():
        raise NotReady(_("Say in a note what should be changed."))
    move_claim(claim, Claim.Status.IN_PROGRESS, by=by, why=note)
    _keep_review(draft, by=by, outcome=Review.Outcome.RETURNED, note=note)


def _draft_for(claim: Claim, *, by: User) -> Verdict:
    require(by, "claims.review_claim")
    draft = claim.verdicts.drafts().first()
    if draft is None:
        raise NotReady(_("There is no verdict to review."))
    if draft.by == by:
        raise NotAllowed(_("You wrote this verdict. A second person has to review it."))
    return draft


def _keep_review(draft: Verdict, *, by: User, outcome: Review.Outcome, note: str) -> None:
    with recorded(by=by):
        Review.objects.update_or_create(verdict=draft, reviewer=by, defaults={"outcome": outcome, "note": note})
