"""Taking a claim apart that says several things, entering one by hand, and taking both back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Appearance, Claim, ClaimSplit, TriageHold
from claims.services.claims import reword_claim
from claims.services.lifecycle import lock_claim, require
from people.models import RecordEntry, User
from people.record import recorded

Status = Claim.Status
PARTS = 6
COPIED = ("kind", "modality", "claimant", "check_worthiness", "reasons", "weights", "claimed_on")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a claim says, as a sentence that stands alone.

    start, end: where the article says it, inside the sentence the claim was found in; None: where the claim is.
    """

    text: str
    start: int | None = None
    end: int | None = None


@transaction.atomic
def split_claim(claim: Claim, parts: Sequence[Part], *, place: Appearance, by: User) -> list[Claim]:
    """Make several claims of one. The first part keeps the row and its places; each other is a candidate of its own,
    with one appearance in the sentence around `place`. Returns those.

    Only while it is a candidate or shortlisted: later a verdict is being written on all that it says.
    """
    require(by, "claims.triage_claim")
    texts = [_one_line(part.text) for part in parts]
    _refuse_unfit(claim, texts)
    seen, claim = claim.text, lock_claim(claim)
    if claim.text != seen:
        raise StaleClaim(_("Somebody has worded this claim anew since. Look at it once more."))
    spans = [_span(part, place) for part in parts[1:]]
    reword_claim(claim, text=texts[0], claimant_name=claim.claimant.name if claim.claimant else "", by=by)
    with recorded(by=by, why=_("taken out of claim %(number)s") % {"number": claim.pk}):
        made = [_part_of(claim, text, place, span) for text, span in zip(texts[1:], spans, strict=True)]
        ClaimSplit.objects.bulk_create(
            ClaimSplit(claim=claim, part=one, text_before=seen, text_after=texts[0], by=by) for one in made
        )
    return made


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _refuse_unfit(claim: Claim, texts: Sequence[str]) -> None:
    if claim.status not in {Status.DETECTED, Status.SHORTLISTED}:
        raise StaleClaim(
            _("This claim is “%(status)s”; it can be taken apart before somebody starts checking it.")
            % {"status": claim.get_status_display()}
        )
    if not 2 <= len(texts) <= PARTS:
        raise NotReady(_("Write two parts at least, and %(most)s at most.") % {"most": PARTS})
    if not all(0 < len(text) <= 1000 for text in texts):
        raise NotReady(_("Write each part as one sentence of at most 1,000 characters."))
    if len({text.casefold() for text in texts}) < len(texts):
        raise NotReady(_("Two parts say the same."))


def _span(part: Part, place: Appearance) -> tuple[int, int]:
    start = place.start if part.start is None else part.start
    end = place.end if part.end is None else part.end
    if not place.sentence_start <= start < end <= place.sentence_end:
        raise NotReady(_("Choose words of the sentence in which the claim was made."))
    return start, end


def _part_of(claim: Claim, text: str, place: Appearance, span: tuple[int, int]) -> Claim:
    copied = {name: getattr(claim, name) for name in COPIED}
    part = Claim.objects.create(text=text, origin=Claim.Origin.BY_HAND, **copied)
    Appearance.objects.create(
        claim=part,
        revision=place.revision,
        start=span[0],
        end=span[1],
        sentence_start=place.sentence_start,
        sentence_end=place.sentence_end,
        quote=place.revision.text[slice(*span)],
        claimant_text=place.claimant_text,
        claimant=place.claimant,
        made_on=place.made_on,
    )
    return part


@transaction.atomic
def undo_split(claim: Claim, *, by: User) -> None:
    """Put a claim together again. Raises StaleClaim if it or a part was changed, decided on or compared by somebody
    since, or if a colleague is looking at a part now."""
    require(by, "claims.triage_claim")
    claim = lock_claim(claim)
    splits = list(claim.splits.filter(text_after=claim.text).select_related("part"))
    if not splits or claim.status not in {Status.DETECTED, Status.SHORTLISTED}:
        raise StaleClaim(_("This was taken back already, or somebody has changed the claim since. Its file says what."))
    for split in splits:
        _remove(split.part, besides="split_from", by=by)
    said_by = claim.claimant.name if claim.claimant else ""
    reword_claim(claim, text=splits[0].text_before, claimant_name=said_by, by=by)


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: User) -> None:
    """Take back a claim entered by hand, as long as nobody has done anything with it. The record keeps what it was."""
    require(by, "claims.triage_claim")
    _remove(claim, besides="", by=by)


def _remove(claim: Claim, *, besides: str, by: User) -> None:
    """Delete a claim entered by hand that nothing was done with. Raises StaleClaim otherwise."""
    TriageHold.objects.filter(claim=claim, person=by).delete()
    made = RecordEntry.objects.about(claim).filter(actor_id__isnull=False)
    as_made = Claim.objects.filter(pk=claim.pk, origin=Claim.Origin.BY_HAND).free_of_marks(besides=besides)
    if made.count() != 1 or not as_made.select_for_update(of=("self",)).exists():
        raise StaleClaim(_("Somebody works with “%(claim)s”, so this stays as it is.") % {"claim": claim.text})
    with recorded(by=by, why=_("taken back")):
        claim.delete()
