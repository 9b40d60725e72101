"""The second pair of eyes: rate without having seen the first rating, then decide. docs/review.md explains it.

Everything here is about the draft of a verdict that waits for review, whatever claim it is of; only the move along the
life cycle is the claim's or, after publication, its open correction's.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Rating, Review, Verdict
from claims.services import noticing
from claims.services.conflicts import refuse_interested
from claims.services.lifecycle import lock_claim, move_draft, refuse_unseen, require, stage_of
from people.models import User
from people.record import recorded

Status = Claim.Status
NOTE_LIMIT = 5000


@transaction.atomic
def rate_verdict(claim: Claim, *, by: User, rating: Rating, note: str = "", saves: int | None = None) -> Review:
    """Give one's own rating, before anything showed the first one. It opens the verdict to the person, and stays.

    saves: `Verdict.saves` of the page they read. Raises StaleClaim if it was changed since or they have rated it.
    """
    draft = _draft_for(claim, by=by, saves=saves)
    _require_waiting(claim)
    if draft.reviews.filter(reviewer=by, rated_at__isnull=False).exists():
        raise StaleClaim(_("You have rated this verdict already. Your first rating stays on record."))
    if not Rating.objects.usable().filter(pk=rating.pk).exists():
        raise NotReady(_("Choose a rating of the scale in force."))
    given = {
        "rating": rating,
        "rating_note": note.strip()[:NOTE_LIMIT],
        "first_rating": draft.rating,
        "rated_at": timezone.now(),
        "blind": Verdict.objects.hidden_from(by).filter(pk=draft.pk).exists(),
        "saves": draft.saves,
    }
    if draft.reviews.filter(outcome=Review.Outcome.THIRD).exists():
        noticing.third_rated(draft)
    with recorded(by=by):
        return Review.objects.update_or_create(verdict=draft, reviewer=by, defaults=given)[0]


@transaction.atomic
def approve_verdict(claim: Claim, *, by: User, note: str = "", saves: int | None = None) -> None:
    """Say that the verdict may be published. Nobody approves what they wrote on, nor before they have rated it.

    Raises NotReady where the two ratings differ and no note says why it is right all the same, StaleClaim if the
    verdict was changed since `saves`.
    """
    review = _review_by(claim, by=by, saves=saves)
    if review.rating_id != review.verdict.rating_id and not note.strip():
        raise NotReady(_("Your rating is another one. Say in a note why this verdict is right all the same."))
    move_draft(claim, Status.APPROVED, by=by)
    _decide(review, Review.Outcome.APPROVED, note=note, approved_at=review.approved_at or timezone.now())
    noticing.approved(review.verdict, by=by)


@transaction.atomic
def return_verdict(claim: Claim, *, by: User, note: str, saves: int | None = None) -> None:
    """Send the verdict back to its author. Raises NotReady without a note saying why."""
    review = _review_by(claim, by=by, saves=saves)
    if not note.strip():
        raise NotReady(_("Say in a note what should be changed."))
    move_draft(claim, Status.IN_PROGRESS, by=by)
    _decide(review, Review.Outcome.RETURNED, note=note)
    noticing.returned(review.verdict, by=by, note=note)


@transaction.atomic
def ask_third_person(claim: Claim, *, by: User, note: str = "", saves: int | None = None) -> None:
    """Leave the decision to somebody else, who sees neither rating before they have given theirs."""
    review = _review_by(claim, by=by, saves=saves)
    _require_waiting(claim)
    _decide(review, Review.Outcome.THIRD, note=note)
    noticing.third_asked(review.verdict, by=by)


def _draft_for(claim: Claim, *, by: User, saves: int | None) -> Verdict:
    require(by, "claims.review_claim")
    draft = lock_claim(claim).verdicts.drafts().first()
    if draft is None:
        raise NotReady(_("There is no verdict to review."))
    refuse_unseen(draft, saves)
    if draft.by == by or draft.writers.contains(by):
        raise NotAllowed(_("You wrote this verdict. A second person has to review it."))
    refuse_interested(claim, by)
    return draft


def _review_by(claim: Claim, *, by: User, saves: int | None) -> Review:
    """What this person said of the draft. The rating comes first."""
    draft = _draft_for(claim, by=by, saves=saves)
    review = Review.objects.filter(verdict=draft, reviewer=by, rated_at__isnull=False).first()
    if review is None:
        raise NotReady(_("Rate the claim yourself first. Then you see the verdict and decide."))
    review.verdict = draft
    return review


def _require_waiting(claim: Claim) -> None:
    if stage_of(claim) != Status.IN_REVIEW:
        raise IllegalMove(_("This verdict does not wait for a review."))


def _decide(review: Review, outcome: Review.Outcome, *, note: str, **fields: object) -> None:
    """The note stands with the review and nowhere else: a third person is not to read it in the claim's history."""
    for name, value in {"outcome": outcome, "note": note.strip(), "saves": review.verdict.saves, **fields}.items():
        setattr(review, name, value)
    with recorded(by=review.reviewer):
        review.save(update_fields=["outcome", "note", "saves", "at", *fields])
