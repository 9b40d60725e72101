"""Recording what was found, and on what evidence."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Claim, GateException, Rating, Verdict
from claims.services import noticing
from claims.services.claims import refuse_reviewer, require_file_open
from claims.services.conflicts import refuse_interested
from claims.services.gate import require_exceptable, unmet_rules
from claims.services.lifecycle import lock_claim, move_draft, require
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
    """Write the draft verdict of a claim, or of a correction, in progress, with its sources in the given order.

    evidence: None leaves the sources as they are; a list replaces what the draft cites.
    saves: `Verdict.saves` as the person saw it; None does not ask.
    Raises StaleClaim if somebody else saved the draft since, NotReady for what cannot be stored.
    """
    require(by, "claims.check_claim")
    claim = lock_claim(claim)
    require_file_open(claim)
    refuse_interested(claim, by)
    draft = claim.verdicts.drafts().first() or Verdict(claim=claim, by=by, version=_next_version(claim))
    if saves is not None and saves != draft.saves:
        raise StaleClaim(_("Someone else saved this verdict while you were writing. Compare and save again."))
    refuse_reviewer(draft, by)
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
    refuse_interested(claim, by)
    missing = [rule.message for rule in unmet_rules(claim) if not rule.settled_by_review]
    if missing:
        raise NotReady(" ".join(missing))
    move_draft(claim, Claim.Status.IN_REVIEW, by=by)
    noticing.review_asked(claim.verdicts.drafts().get(), by=by)


@transaction.atomic
def join_writers(claim: Claim, *, by: User) -> None:
    """Take part in writing the draft, which opens it to the person; they cannot review it then."""
    draft = _open_draft(claim, by=by)
    with recorded(by=by):
        draft.writers.add(by)


@transaction.atomic
def except_from_rule(claim: Claim, *, rule: str, reason: str, by: User) -> None:
    """Say why the verdict is published although it does not meet a rule of the gate. Readers see the reason.

    An approval covers what it saw: one given before no longer counts. Raises NotReady for a rule without exceptions.
    """
    require_exceptable(rule)
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= 300:
        raise NotReady(_("Say why, in at most 300 characters. Readers will see it."))
    draft = _open_draft(claim, by=by)
    with recorded(by=by):
        GateException.objects.update_or_create(verdict=draft, rule=rule, defaults={"reason": reason, "by": by})
        _changed(draft, by=by)


@transaction.atomic
def take_back_exception(claim: Claim, *, rule: str, by: User) -> None:
    """Let the rule hold again."""
    draft = _open_draft(claim, by=by)
    with recorded(by=by):
        if draft.exceptions.filter(rule=rule).delete()[0]:
            _changed(draft, by=by)


def _open_draft(claim: Claim, *, by: User) -> Verdict:
    require(by, "claims.check_claim")
    claim = lock_claim(claim)
    require_file_open(claim)
    refuse_interested(claim, by)
    draft = claim.verdicts.drafts().first()
    if draft is None:
        raise NotReady(_("Save the verdict first."))
    refuse_reviewer(draft, by)
    return draft


def _changed(draft: Verdict, *, by: User) -> None:
    Verdict.objects.filter(pk=draft.pk).update(saves=F("saves") + 1)
    draft.writers.add(by)


def _next_version(claim: Claim) -> int:
    newest = claim.verdicts.order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1


def _check(draft: Verdict) -> None:
    check_fields(draft)
    if draft.look_again_by and draft.evidence_as_of and draft.look_again_by <= draft.evidence_as_of:
        raise NotReady(_("The day to look again has to come after the day up to which you looked for evidence."))
