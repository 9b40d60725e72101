"""Which weights rank the queue, putting them to work, and how good the ranking has been here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from claims.extraction import learning
from claims.models import Claim, Decline, TriageWeights
from people.record import recorded

BATCH = 200  # claims a transaction: an editor who decides on one of them waits for some tenths of a second at most

LOOKED_AT = 400  # the last decisions: two short walks along an index, however many a desk has taken
NEEDED = 80  # so that the top quarter is 20: of fewer a share is known to no better than 20 points either way


def weights_in_force() -> TriageWeights | None:
    """The learned weights that rank the queue, or None where the shipped ones do."""
    return TriageWeights.objects.in_force().first()


def as_fitted(weights: TriageWeights | None) -> learning.Weights | None:
    """What `claims.extraction.learning` works with."""
    return learning.Weights(weights.factors, weights.shift) if weights else None


def score_with(reasons: Sequence[dict[str, Any]], score: float | None, weights: TriageWeights | None) -> dict[str, Any]:
    """The fields of a claim whose score is made of `reasons`, under `weights`. A score that is right already stays."""
    as_shipped = not any("base" in reason for reason in reasons)
    if not reasons or (weights is None and as_shipped):
        return {"check_worthiness": score, "reasons": reasons, "weights": weights}
    score, weighed = learning.reweigh(reasons, as_fitted(weights))
    return {"check_worthiness": score, "reasons": weighed, "weights": weights}


def reweigh_queue() -> int:
    """Give every candidate that nobody has decided on its score under the weights in force. Returns how many changed.

    Each claim says which weights made its score, so this can be stopped, repeated and done by two at once. Claims
    past triage keep the score they were decided with, until somebody puts them back into the queue.
    """
    changed = 0
    while batch := _reweigh_some():
        changed += batch
    return changed


def _reweigh_some() -> int:
    weights = weights_in_force()
    why = _("learned weights %(number)s") % {"number": weights.n} if weights else _("back to the shipped weights")
    with recorded(by=None, why=why):
        # What somebody is deciding on at this moment is left out; if it stays in the queue the next sweep has it.
        waiting = Claim.objects.weighed_otherwise(weights).order_by().select_for_update(skip_locked=True, of=("self",))
        claims = list(waiting[:BATCH])
        for claim in claims:
            for name, value in score_with(claim.reasons, claim.check_worthiness, weights).items():
                setattr(claim, name, value)
        Claim.objects.bulk_update(claims, ["check_worthiness", "reasons", "weights"], batch_size=50)
    return len(claims)


def last_decisions(at_most: int, *fields: str) -> list[tuple[datetime, int, bool, Any]]:
    """The last decisions on whether a scored claim is worth checking, oldest first, in two queries.

    Each is (when, claim, whether it was shortlisted, its `fields` as a tuple). A claim counts once: as shortlisted if
    it ever was, unless that was undone at once; else as declined, if it is declined now and for a reason that speaks
    about its worth. Other declines are left out, and so are claims that were only merged.
    """
    shortlisted = Claim.objects.shortlisted_here().order_by("-shortlisted_at")
    declined = Decline.objects.standing().on_worth().order_by("-at")
    declined = declined.filter(claim__shortlisted_at=None, claim__check_worthiness__isnull=False)
    of_claim = [f"claim__{name}" for name in fields]
    found: list[tuple[datetime, int, bool, Any]] = [
        (at, pk, True, values) for at, pk, *values in shortlisted.values_list("shortlisted_at", "pk", *fields)[:at_most]
    ]
    found += [(at, pk, False, values) for at, pk, *values in declined.values_list("at", "claim", *of_claim)[:at_most]]
    return sorted(found, key=lambda decision: decision[:2])[-at_most:]


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How the last decisions fell by the score that the claims had: the quarter with the highest beside the rest."""

    decided: int
    top: int
    top_shortlisted: int
    shortlisted: int

    needed: ClassVar[int] = NEEDED

    @property
    def is_enough(self) -> bool:
        """Whether there are enough decisions to say anything."""
        return self.decided >= self.needed

    @property
    def rest(self) -> int:
        return self.decided - self.top

    @property
    def rest_shortlisted(self) -> int:
        return self.shortlisted - self.top_shortlisted


def track_record() -> TrackRecord:
    """Count the last LOOKED_AT decisions. Claims that are in the queue again are not decided, and left out.

    The score is the one that the claim stood in the queue with, for it does not change past triage. Only what people
    decided on is counted: what nobody got to says nothing.
    """
    decisions = last_decisions(LOOKED_AT, "status", "check_worthiness")
    decided = [(-score, pk, yes) for _at, pk, yes, (status, score) in decisions if status != Claim.Status.DETECTED]
    labels = [yes for _score, _pk, yes in sorted(decided)]
    top = len(labels) // 4
    return TrackRecord(len(labels), top, sum(labels[:top]), sum(labels))
