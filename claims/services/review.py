"""The second pair of eyes."""

from django.db import transaction
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady
from claims.models import Claim, Review, Verdict
from claims.services.lifecycle import lock_claim, move_draft, refuse_unseen, require
from people.models import User
from people.record import recorded


@transaction.atomic
def approve_verdict(claim: Claim, *, by: User, note: str = "", saves: int | None = None) -> None:
    """Say that the verdict may be published. Nobody approves what they wrote on.

    saves: `Verdict.saves` as the person saw it; None does not ask. Raises StaleClaim if it was changed since.
    """
    draft = _draft_for(claim, by=by, saves=saves)
    move_draft(claim, Claim.Status.APPROVED, by=by, why=note)
    _keep_review(draft, by=by, outcome=Review.Outcome.APPROVED, note=note)


@transaction.atomic
def return_verdict(claim: Claim, *, by: User, note: str, saves: int | None = None) -> None:
    """Send the verdict back to its author. Raises NotReady without a note saying why."""
    draft = _draft_for(claim, by=by, saves=saves)
    if not note.strip():
        raise NotReady(_("Say in a note what should be changed."))
    move_draft(claim, Claim.Status.IN_PROGRESS, by=by, why=note)
    _keep_review(draft, by=by, outcome=Review.Outcome.RETURNED, note=note)


def _draft_for(claim: Claim, *, by: User, saves: int | None) -> Verdict:
    require(by, "claims.review_claim")
    draft = lock_claim(claim).verdicts.drafts().first()
    if draft is None:
        raise NotReady(_("There is no verdict to review."))
    refuse_unseen(draft, saves)
    if draft.by == by or draft.writers.contains(by):
        raise NotAllowed(_("You wrote this verdict. A second person has to review it."))
    return draft


def _keep_review(draft: Verdict, *, by: User, outcome: Review.Outcome, note: str) -> None:
    with recorded(by=by):
        given = {"outcome": outcome, "note": note, "saves": draft.saves}
        Review.objects.update_or_create(verdict=draft, reviewer=by, defaults=given)
