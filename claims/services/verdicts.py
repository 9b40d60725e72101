"""Recording what was found, and on what evidence."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Claim, Rating, Verdict
from claims.services import noticing
from claims.services.claims import require_file_open
from claims.services.lifecycle import lock_claim, move_claim, require
from claims.services.publication import unmet_rules
from claims.services.sources import Evidence, check_fields, cite
from people.models import User
from people.record import recorded


@transaction.atomic
def record_verdict(
    claim: Claim,
    *,
    by: User,
    rating: Rating | None = None,
    summary: str = "",
    explanation: str = "",
    how_we_checked: str = "",
    evidence_as_of: date | None = None,
    look_again_by: date | None = None,
    evidence: list[Evidence] | None = None,
    saves: int | None = None,
) -> Verdict:
    """Write the draft verdict of a claim in progress, with its sources in the given order.

    evidence: None leaves the sources as they are; a list replaces what the draft cites.
    saves: `Verdict.saves` as the person saw it; None does not ask.
    Raises StaleClaim if somebody else saved the draft since, NotReady for what cannot be stored.
    """
    require(by, "claims.check_claim")
    claim = lock_claim(claim)
    require_file_open(claim)
    draft = claim.verdicts.drafts().first() or Verdict(claim=claim, by=by, version=_next_version(claim))
    if saves is not None and saves != draft.saves:
        raise StaleClaim(_("Someone else saved this verdict while you were writing. Compare and save again."))
    draft.rating, draft.summary, draft.explanation = rating, summary, explanation
    draft.how_we_checked, draft.evidence_as_of, draft.look_again_by = how_we_checked, evidence_as_of, look_again_by
    draft.by, draft.saves = by, draft.saves + 1
    _check(draft)
    with recorded(by=by):
        draft.save()
        draft.writers.add(by)
        if evidence is not None:
            cite(draft, evidence)
    return draft


@transaction.atomic
def send_for_review(claim: Claim, *, by: User) -> None:
    """Ask a second person to look. Raises NotReady naming what is missing."""
    require(by, "claims.check_claim")
    missing = [rule.message for rule in unmet_rules(claim) if not rule.settled_by_review]
    if missing:
        raise NotReady(" ".join(missing))
    move_claim(claim, Claim.Status.IN_REVIEW, by=by)
    noticing.review_asked(claim, by=by)


def _next_version(claim: Claim) -> int:
    newest = claim.verdicts.order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1


def _check(draft: Verdict) -> None:
    check_fields(draft)
    if draft.look_again_by and draft.evidence_as_of and draft.look_again_by <= draft.evidence_as_of:
        raise NotReady(_("The day to look again has to come after the day up to which you looked for evidence."))
