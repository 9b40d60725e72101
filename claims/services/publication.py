"""The gate, and what stands behind it."""

import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady
from claims.models import Claim, Slug, Verdict
from claims.services.claims import free_slug
from claims.services.corrections import publish_correction, unmet_by_correction
from claims.services.lifecycle import lock_claim, move_claim, refuse_unseen, require, stage_of
from people.models import User
from people.record import recorded

REFERENCE = re.compile(r"\[(\d{1,3})\](?![(\[:])")  # [2] in an explanation points to source 2


@dataclass(frozen=True, slots=True)
class UnmetRule:
    """Something that stands between a claim and publication. settled_by_review: the second person settles it."""

    rule: str
    message: str
    settled_by_review: bool = False


def unmet_rules(claim: Claim) -> list[UnmetRule]:
    """What is missing before this claim can be published; empty when nothing is."""
    draft = claim.verdicts.drafts().select_related("rating").first()
    if draft is None:
        if claim.status in {Claim.Status.PUBLISHED, Claim.Status.RETRACTED}:
            return []
        return [UnmetRule("verdict", _("Record a verdict."))]
    corrected = [UnmetRule(rule, message) for rule, message in unmet_by_correction(claim, draft)]
    unmet = [*_unmet_by_verdict(draft), *_unmet_by_sources(claim, draft), *_unmet_by_review(claim, draft)]
    return [*unmet, *corrected]


def _unmet_by_verdict(draft: Verdict) -> list[UnmetRule]:
    checks = [
        (draft.rating_id is not None, "rating", _("Choose a rating.")),
        (bool(draft.summary.strip()), "summary", _("Write a summary.")),
        (bool(draft.explanation.strip()), "explanation", _("Write the explanation.")),
    ]
    return [UnmetRule(rule, message) for met, rule, message in checks if not met]


def _unmet_by_sources(claim: Claim, draft: Verdict) -> list[UnmetRule]:
    citations = list(draft.citations.select_related("source"))
    appears = claim.appearances.exists()
    checks = [
        (bool(citations), "source", _("Cite at least one source.")),
        (
            not citations or any(citation.source.kind == "primary" for citation in citations),
            "primary-source",
            _("Cite at least one primary source."),
        ),
        (appears, "appearance", _("Say where the claim was made.")),
        (
            not appears or _is_traceable(claim),
            "origin",
            _("Give the address of the article the claim was made in, or its title and date."),
        ),
    ]
    unmet = [UnmetRule(rule, message) for met, rule, message in checks if not met]
    dead = sorted({int(n) for n in REFERENCE.findall(draft.explanation)} - {citation.n for citation in citations})
    said = _("The explanation points to source %(number)s, which is not there.")
    return unmet + [UnmetRule("reference", said % {"number": n}) for n in dead]


def _is_traceable(claim: Claim) -> bool:
    """Can readers find where the claim was made?"""
    named = ~Q(revision__article__title="") & Q(revision__article__published_on__isnull=False)
    return claim.appearances.filter(named | Q(revision__article__addresses__isnull=False)).exists()


def _unmet_by_review(claim: Claim, draft: Verdict) -> list[UnmetRule]:
    approved = draft.reviews.approvals().exclude(reviewer=draft.by).exists()
    if approved and stage_of(claim) == Claim.Status.APPROVED:
        return []
    return [UnmetRule("approval", _("A second person has to approve the verdict."), settled_by_review=True)]


@transaction.atomic
def publish_claim(claim: Claim, *, by: User, saves: int | None = None) -> None:
    """Put the verdict before readers, the first one or that of a correction. From here on it is frozen, and so is the
    address of its page.

    saves: `Verdict.saves` as the person saw it; None does not ask.
    Raises NotReady naming what is missing, StaleClaim if another editor was first or the verdict was changed.
    """
    require(by, "claims.publish_claim")
    locked = lock_claim(claim)
    missing = [rule.message for rule in unmet_rules(claim)]
    if missing:
        raise NotReady(" ".join(missing))
    draft = locked.verdicts.drafts().first()
    if draft is None:
        raise NotReady(_("There is no verdict to publish."))
    refuse_unseen(draft, saves)
    if locked.status == Claim.Status.PUBLISHED:
        publish_correction(locked, draft, by=by)
    else:
        move_claim(claim, Claim.Status.PUBLISHED, by=by)
    with recorded(by=by):
        if not locked.slugs.exists():
            _give_address(locked)
        locked.verdicts.drafts().update(
            published_at=timezone.now(),
            claim_text=locked.text,
            claimant_name=locked.claimant.public_name if locked.claimant else "",
        )


def _give_address(claim: Claim) -> None:
    """Two claims of the same words may be published at once: the second one tries the next number."""
    slug = free_slug(claim.text, taken=Slug.objects.values_list("slug", flat=True), otherwise="claim")
    try:
        with transaction.atomic():
            Slug.objects.create(claim=claim, slug=slug)
    except IntegrityError:
        _give_address(claim)
