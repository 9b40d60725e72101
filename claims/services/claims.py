"""Claims and claimants as rows: wording, claimant, entering by hand."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.models import Revision
from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Appearance, Claim, Claimant, Verdict
from claims.services.conflicts import refuse_interested
from claims.services.lifecycle import lock_claim, require, stage_of
from claims.services.typed import typed_line
from people.models import User
from people.record import recorded


def require_file_open(claim: Claim) -> None:
    """Raise StaleClaim unless the claim, or a correction of it, is in progress: all of the file changes only then."""
    stage = stage_of(claim)
    if stage != Claim.Status.IN_PROGRESS:
        raise StaleClaim(
            _("This claim is “%(status)s”; it can be changed while it is in progress.") % {"status": stage.label}
        )


def refuse_reviewer(draft: Verdict, by: User) -> None:
    """Raise NotAllowed for whoever has rated the draft: reviewers comment, they do not edit."""
    if draft.pk and draft.reviews.filter(reviewer=by, rated_at__isnull=False).exists():
        raise NotAllowed(_("You have reviewed this verdict: say what should change in a comment or a note."))


def require_not_reviewed(claim: Claim) -> None:
    """Raise StaleClaim once the claim is with a second person, or out of the desk's hands."""
    if claim.status not in {Claim.Status.DETECTED, Claim.Status.SHORTLISTED}:
        require_file_open(claim)


def withdraw_approvals(claim: Claim, *, by: User) -> None:
    """Let no approval from before hold: what it was of is no longer what would be published.

    Who changed it wrote on the draft. Raises NotAllowed for whoever has rated it.
    """
    for draft in claim.verdicts.drafts():
        refuse_reviewer(draft, by)
        draft.writers.add(by)
    reviewed = claim.verdicts.drafts().filter(reviews__isnull=False).values("pk")
    claim.verdicts.filter(pk__in=reviewed).update(saves=F("saves") + 1)


@transaction.atomic
def reword_claim(claim: Claim, *, text: str, claimant_name: str, by: User) -> None:
    """Change the wording and the claimant of a claim before it is published. Quotes never change.

    In a correction they change with its publication: until then readers and lists go by the published wording.
    Raises NotReady for an empty or over-long wording, StaleClaim once the claim is past the desk's hands.
    """
    require(by, "claims.check_claim")
    text = _wording(text)
    claim = lock_claim(claim)
    require_not_reviewed(claim)
    refuse_interested(claim, by)
    for draft in claim.verdicts.drafts():
        refuse_reviewer(draft, by)
    if claim.status == Claim.Status.PUBLISHED:
        _reword_draft(claim, text, " ".join(claimant_name.split())[:200], by=by)
        return
    with recorded(by=by):
        claim.text, claim.claimant = text, claimant_named(claimant_name)
        claim.save(update_fields=["text", "claimant"])
        for draft in claim.verdicts.drafts():  # what was reviewed is no longer what would be published
            claim.verdicts.filter(pk=draft.pk).update(saves=F("saves") + 1)
            draft.writers.add(by)


def _reword_draft(claim: Claim, text: str, claimant_name: str, *, by: User) -> None:
    with recorded(by=by):
        drafts = claim.verdicts.drafts()
        drafts.update(claim_text=text, claimant_name=claimant_name, saves=F("saves") + 1)
        drafts.get().writers.add(by)


@transaction.atomic
def enter_claim(*, text: str, claimant_name: str = "", revision: Revision, start: int, end: int, by: User) -> Claim:
    """Make a claim by hand from `revision.text[start:end]`. Raises NotReady if that is no part of the text."""
    require(by, "claims.triage_claim")
    if not 0 <= start < end <= len(revision.text) or not revision.text[start:end].strip():
        raise NotReady(_("Choose the words of the article in which the claim is made."))
    text = _wording(text)
    with recorded(by=by):
        claim = Claim.objects.create(text=text, claimant=claimant_named(claimant_name), origin=Claim.Origin.BY_HAND)
        Appearance.objects.create(
            claim=claim,
            revision=revision,
            start=start,
            end=end,
            sentence_start=start,
            sentence_end=end,
            quote=revision.text[start:end],
            claimant_text=claimant_name[:300],
            claimant=claim.claimant,
            made_on=revision.article.published_on,
        )
    return claim


def _wording(text: str) -> str:
    return typed_line(text, most=1000, otherwise=_("Write the claim as one sentence of at most 1,000 characters."))


def claimant_named(name: str) -> Claimant | None:
    """The claimant of this name or other name, made where there is none; None for an empty name."""
    name = _without_article(" ".join(name.split()))[:200]
    if not name:
        return None
    known = Claimant.objects.filter(name__iexact=name) | Claimant.objects.filter(aliases__name__iexact=name)
    return known.order_by("pk").first() or _new_claimant(name)


def _without_article(name: str) -> str:
    """ "the Weser Shipping Company" and "The Weser Shipping Company" are one name, and stand under W."""
    _article, _space, rest = name.partition(" ")
    name = rest if _article in {"the", "The"} and rest else name
    return name[:1].upper() + name[1:]


def _new_claimant(name: str) -> Claimant:
    """Two workers may meet the same new name at once: the address is unique, and the second one reads the first's."""
    slug = claimant_slug(name)
    try:
        with transaction.atomic():
            return Claimant.objects.create(name=name, slug=slug)
    except IntegrityError:
        return Claimant.objects.filter(name__iexact=name).first() or _new_claimant(name)


def claimant_slug(name: str) -> str:
    """An address for a claimant's page that is still free."""
    return free_slug(name, taken=Claimant.objects.values_list("slug", flat=True), otherwise="claimant")


def free_slug(text: str, *, taken: QuerySet[Any, str], otherwise: str) -> str:
    """The words of `text` as an address of at most 90 characters, numbered where it is taken already.

    otherwise: what stands there for a text without Latin letters.
    """
    base = slugify(text)[:80].rstrip("-") or otherwise
    if len(slugify(text)) > 80 and "-" in base:
        base = base.rsplit("-", 1)[0]
    used = set(taken.filter(slug__startswith=base))
    number = next(n for n in range(1, len(used) + 2) if (base if n == 1 else f"{base}-{n}") not in used)
    return base if number == 1 else f"{base}-{number}"
