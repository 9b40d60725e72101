"""Recording what was found, and on what evidence."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Citation, Claim, Rating, Source, Verdict
from claims.services.claims import require_file_open
from claims.services.lifecycle import lock_claim, move_draft, require
from claims.services.publication import unmet_rules
from people.models import User
from people.record import recorded


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of the sources form. `source_id` is None for a new source."""

    title: str
    publisher: str
    url: str = ""
    no_url_reason: str = ""
    kind: str = Source.Kind.PRIMARY
    stance: str = Citation.Stance.SUPPORTS
    quote: str = ""
    locator: str = ""
    retrieved_on: date | None = None
    source_id: int | None = None


@transaction.atomic
def record_verdict(
    claim: Claim,
    *,
    by: User,
    rating: Rating | None = None,
    summary: str = "",
    explanation: str = "",
    evidence_as_of: date | None = None,
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
    draft = claim.verdicts.drafts().first() or Verdict(claim=claim, by=by, version=_next_version(claim))
    if saves is not None and saves != draft.saves:
        raise StaleClaim(_("Someone else saved this verdict while you were writing. Compare and save again."))
    draft.rating, draft.summary, draft.explanation = rating, summary, explanation
    draft.evidence_as_of, draft.by, draft.saves = evidence_as_of, by, draft.saves + 1
    _check(draft)
    with recorded(by=by):
        draft.save()
        draft.writers.add(by)
        if evidence is not None:
            _cite(draft, evidence)
    return draft


def send_for_review(claim: Claim, *, by: User) -> None:
    """Ask a second person to look. Raises NotReady naming what is missing."""
    require(by, "claims.check_claim")
    missing = [rule.message for rule in unmet_rules(claim) if not rule.settled_by_review]
    if missing:
        raise NotReady(" ".join(missing))
    move_draft(claim, Claim.Status.IN_REVIEW, by=by)


def _next_version(claim: Claim) -> int:
    newest = claim.verdicts.order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1


def _cite(draft: Verdict, evidence: list[Evidence]) -> None:
    """Cite exactly these, in this order. A citation that stays is changed in place, so that its history goes on."""
    kept = [_keep_source(draft.claim, item) for item in evidence]
    draft.citations.exclude(source__in=kept).delete()
    cited = {citation.source_id: citation for citation in draft.citations.all()}
    for n, (source, item) in enumerate(zip(kept, evidence, strict=True), start=1):
        citation = cited.get(source.pk) or Citation(verdict=draft, source=source)
        citation.stance, citation.n = item.stance, n
        _check(citation)
        citation.save()
    draft.claim.sources.filter(citations=None).delete()


def _keep_source(claim: Claim, item: Evidence) -> Source:
    """Update the source in place, or write a new one where a published verdict cites it and something in it changes."""
    known = claim.sources.filter(pk=item.source_id or 0).first()
    frozen = known is not None and known.citations.filter(verdict__published_at__isnull=False).exists()
    fields = ("title", "publisher", "url", "no_url_reason", "kind", "quote", "locator", "retrieved_on")
    if known is not None and frozen and all(getattr(known, field) == getattr(item, field) for field in fields):
        return known
    source = Source(claim=claim) if known is None or frozen else known
    for field in fields:
        setattr(source, field, getattr(item, field))
    if not source.url and not source.no_url_reason:
        raise NotReady(_("Give the address of “%(title)s”, or say why there is none.") % {"title": item.title})
    _check(source)
    source.save()
    return source


def _check(row: Verdict | Source | Citation) -> None:
    """Field checks of the model, told as one sentence."""
    try:
        row.clean_fields()
    except ValidationError as error:
        names = {field.name: field.verbose_name for field in row._meta.fields}
        said = [f"{names[name]}: {texts[0]}" for name, texts in error.message_dict.items()]
        raise NotReady(" ".join(said)) from error
