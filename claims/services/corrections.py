"""Changing what is published: only by the next version of the verdict, under a class that readers are told."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import IllegalMove, NotReady, StaleClaim
from claims.models import Citation, Claim, Correction, GateException, Verdict
from claims.models.corrections import NOTE_LIMIT
from claims.services import noticing
from claims.services.claims import claimant_named
from claims.services.conflicts import refuse_interested
from claims.services.lifecycle import lock_claim, require
from claims.services.sources import drop_citations
from people.models import User
from people.record import recorded

Kind, State = Correction.Kind, Correction.State

WITH_DRAFT = [choice for choice in Kind.choices if choice[0] != Kind.VOID]  # a void is a retraction
OF_THE_VERSION = {"id", "version", "by", "saves", "created_at", "published_at", "methodology"}
TEXTS = ("claim_text", "summary", "explanation", "how_we_checked")
NUMBER_OR_NAME = re.compile(r"\w*\d[\w.,:/%-]*|[^\W\d_][\w’'-]*")


@transaction.atomic
def open_correction(claim: Claim, *, kind: str, note: str, by: User) -> Correction:
    """Begin a correction of a published claim: its current verdict, with what it cites, is the next version's draft.

    Raises NotReady without a class or a note for readers, StaleClaim where one is open already.
    """
    require(by, "claims.check_claim")
    note = checked_note(note, kind=_checked_kind(kind))
    claim = lock_claim(claim)
    require_published(claim)
    refuse_interested(claim, by)
    refuse_second(claim)
    current = claim.verdicts.current().get()
    with recorded(by=by, why=note):
        draft = _next_draft(claim, current, by=by)
        return Correction.objects.create(
            claim=claim, kind=kind, note=note, by=by, old_verdict=current, new_verdict=draft
        )


def _next_draft(claim: Claim, current: Verdict, *, by: User) -> Verdict:
    """A copy of the current version. Its wording and claimant are the draft's own until it is published."""
    fields = [field.attname for field in Verdict._meta.concrete_fields if field.name not in OF_THE_VERSION]
    copied: dict[str, Any] = {name: getattr(current, name) for name in fields}
    copied["claimant_name"] = claim.claimant.name if claim.claimant else ""
    draft = Verdict.objects.create(**copied, version=current.version + 1, by=by)
    draft.writers.add(by)
    for exception in current.exceptions.all():
        GateException.objects.create(verdict=draft, rule=exception.rule, reason=exception.reason, by=exception.by)
    Citation.objects.bulk_create(
        Citation(verdict=draft, source_id=one.source_id, stance=one.stance, n=one.n) for one in current.citations.all()
    )
    return draft


@transaction.atomic
def change_correction(correction: Correction, *, kind: str, note: str, by: User) -> None:
    """Choose another class, or tell readers something else, while the correction is in progress."""
    require(by, "claims.check_claim")
    refuse_interested(correction.claim, by)
    note = checked_note(note, kind=_checked_kind(kind))
    with recorded(by=by):
        open_ones = Correction.objects.drafting().filter(pk=correction.pk, state=State.IN_PROGRESS)
        if not open_ones.update(kind=kind, note=note):
            raise StaleClaim(_("This correction is not in progress any more. Reload it and see where it is."))


@transaction.atomic
def abandon_correction(correction: Correction, *, why: str, by: User) -> None:
    """Give up a correction, or a retraction that was asked for. Its draft is deleted; the reason stays on file."""
    require(by, "claims.check_claim")
    if not why.strip():
        raise NotReady(_("Say why the correction is given up."))
    claim = lock_claim(correction.claim)
    locked = claim.corrections.open().filter(pk=correction.pk).first()
    if locked is None:
        raise StaleClaim(_("This correction is not open any more. Reload it and see what became of it."))
    noticing.answered(locked)
    with recorded(by=by, why=why):
        draft, locked.new_verdict = locked.new_verdict, None
        locked.state, locked.why_abandoned = State.ABANDONED, why[:NOTE_LIMIT]
        locked.save(update_fields=["state", "why_abandoned", "new_verdict"])
        if draft is not None:
            noticing.taken_back(draft, by=by, asks=False)
            drop_citations(draft.citations.all())
            draft.delete()


def publish_correction(claim: Claim, draft: Verdict, *, by: User) -> None:
    """Put the correction of a locked claim on the log, and its wording on the claim. The caller publishes the draft."""
    correction = claim.corrections.drafting().filter(state=State.APPROVED).first()
    approval = draft.reviews.approvals().exclude(reviewer__in=draft.writers.all()).first()
    if correction is None or approval is None:
        raise IllegalMove(_("A second person has to approve the correction first."))
    with recorded(by=by, why=correction.note):
        if claim.text != draft.claim_text or draft.claimant_name != (claim.claimant.name if claim.claimant else ""):
            claim.text, claim.claimant = draft.claim_text, claimant_named(draft.claimant_name)
            claim.save(update_fields=["text", "claimant"])
        correction.state, correction.approved_by = State.PUBLISHED, approval.reviewer
        correction.published_at = timezone.now()
        correction.save(update_fields=["state", "approved_by", "published_at"])


def unmet_by_correction(claim: Claim, draft: Any) -> str:
    """What keeps a draft from being published under the class of its correction, as a sentence; "" where nothing does.

    Starts no query for a claim that is not published yet.
    """
    if claim.status != Claim.Status.PUBLISHED:
        return ""
    correction = getattr(draft, "correction", None)
    if correction is None:
        return _("A published verdict changes only by a correction: open one.")
    changed = correction.old_verdict.rating_id != draft.rating_id
    if changed and correction.kind != Kind.VERDICT_CHANGE:
        return _("The rating is another one: the class of the correction has to be “Changed verdict”.")
    if not changed and correction.kind == Kind.VERDICT_CHANGE:
        return _("The rating is the same: choose another class than “Changed verdict”, or another rating.")
    touched = _touched(correction.old_verdict, draft, claim) if correction.kind == Kind.TYPO else ""
    said = _("A typing error leaves numbers, names, dates and sources as they were, and this does not (%(what)s).")
    return f"{said % {'what': touched}} {_('Choose another class.')}" if touched else ""


def _touched(old: Verdict, draft: Verdict, claim: Claim) -> str:
    """What a correction of a typing error must not touch and does, in words; "" where it touches nothing."""
    was, now = (
        [found for name in TEXTS for found in numbers_and_names(getattr(verdict, name))] for verdict in (old, draft)
    )
    if was != now:
        differ = sorted({*was} ^ {*now}) or [_("their order")]
        return ", ".join(differ[:6])
    if old.evidence_as_of != draft.evidence_as_of:
        return _("the date of the evidence")
    if _cited(old) != _cited(draft):
        return _("the sources")
    return "" if draft.claimant_name == (claim.claimant.name if claim.claimant else "") else _("who said it")


def numbers_and_names(text: str) -> list[str]:
    """The words with a digit or a capital letter in front, in their order. A name and the first word of a sentence look
    alike here: who mends the latter chooses "clarification".
    """
    found = (match.group().rstrip(".,:/-") for match in NUMBER_OR_NAME.finditer(text))
    return [word for word in found if word[0].isupper() or any(map(str.isdigit, word))]


def _cited(verdict: Verdict) -> list[tuple[int, str, int]]:
    return sorted((citation.source_id, citation.stance, citation.n) for citation in verdict.citations.all())


def _checked_kind(kind: str) -> str:
    if kind not in dict(WITH_DRAFT):
        raise NotReady(_("Choose the class of the correction."))
    return kind


def checked_note(note: str, *, kind: str) -> str:
    """The note without blanks at its ends. Raises NotReady for one that is missing or too long."""
    note = note.strip()
    if not note and kind != Kind.TYPO:
        raise NotReady(_("Say in a note what is corrected and why. Readers will see it."))
    if len(note) > NOTE_LIMIT:
        raise NotReady(_("The note for readers has at most %(number)s characters.") % {"number": NOTE_LIMIT})
    return note


def require_published(claim: Claim) -> None:
    """Raise IllegalMove unless readers see the claim."""
    if claim.status != Claim.Status.PUBLISHED:
        raise IllegalMove(_("Only what is published can be corrected or retracted."))


def refuse_second(claim: Claim) -> None:
    """Raise StaleClaim where a correction or retraction of the locked claim is open."""
    known = claim.corrections.open().select_related("by").first()
    if known is not None:
        said = _("%(who)s has begun a correction of this claim (%(class)s). It has to be published or given up first.")
        raise StaleClaim(said % {"who": known.by.byline, "class": known.get_kind_display()})
