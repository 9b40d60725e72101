"""Putting fact-checks before readers."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady
from claims.models import Claim, MethodologyVersion, Slug, Verdict
from claims.services import noticing
from claims.services.claims import free_slug
from claims.services.conflicts import refuse_interested
from claims.services.corrections import publish_correction
from claims.services.gate import drop_needless, unmet_rules
from claims.services.lifecycle import lock_claim, move_claim, refuse_unseen, require
from people.models import User
from people.record import recorded


@transaction.atomic
def publish_claim(claim: Claim, *, by: User, saves: int | None = None) -> None:
    """Put the verdict before readers, the first one or that of a correction. From here on it is frozen, and so is the
    address of its page.

    saves: `Verdict.saves` as the person saw it; None does not ask.
    Raises NotReady naming what is missing, StaleClaim if another editor was first or the verdict was changed.
    """
    require(by, "claims.publish_claim")
    refuse_interested(claim, by)
    locked = lock_claim(claim)
    if claim.verdicts.hidden_from(by).exists():  # what is missing may tell what was found
        raise NotReady(_("A second person has to approve the verdict."))
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
    put_before_readers(locked, draft, by=by)


def put_before_readers(claim: Claim, draft: Verdict, *, by: User) -> None:
    """Freeze `draft`, which has passed the gate, as readers see it from now on. `claim` is locked."""
    with recorded(by=by):
        if not claim.slugs.exists():
            _give_address(claim)
        drop_needless(claim, draft)
        Verdict.objects.filter(pk=draft.pk).update(
            published_at=timezone.now(),
            claim_text=claim.text,
            claimant_name=claim.claimant.public_name if claim.claimant else "",
            methodology=MethodologyVersion.objects.filter(valid_from__lte=timezone.localdate()).first(),
        )
    noticing.published(claim, by=by)


def _give_address(claim: Claim) -> None:
    """Two claims of the same words may be published at once: the second one tries the next number."""
    slug = free_slug(claim.text, taken=Slug.objects.values_list("slug", flat=True), otherwise="claim")
    try:
        with transaction.atomic():
            Slug.objects.create(claim=claim, slug=slug)
    except IntegrityError:
        _give_address(claim)
