"""Compound claims: a whole and its parts, each with a verdict of its own."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Appearance, Claim
from claims.services.claims import require_not_reviewed, withdraw_approvals
from claims.services.lifecycle import lock_claim, move_claim, require
from claims.services.merging import lock_claims
from claims.services.typed import typed_line
from people.models import User
from people.record import recorded

Status = Claim.Status
MOST_PARTS = 20
AS_THE_WHOLE = (
    *("revision_id", "start", "end", "sentence_start", "sentence_end", "quote"),
    *("claimant_text", "claimant_id", "dates", "made_on"),
)


@transaction.atomic
def make_parts(whole: Claim, wordings: Iterable[str], *, by: User) -> list[Claim]:
    """Make a claim of each wording, a part of `whole`: said where it was said, by whom it was said, and shortlisted.

    A wording that a part has already makes no second one, so that a form sent twice makes nothing twice.
    Raises NotReady for what is no wording.
    """
    require(by, "claims.check_claim")
    wanted = list(dict.fromkeys(" ".join(text.split()) for text in wordings if text.strip()))
    whole = _open_whole(whole)
    known = {text.casefold() for text in whole.parts.values_list("text", flat=True)}
    new = [text for text in wanted if text.casefold() not in known]
    _refuse_wordings(wanted, new, how_many=len(known))
    with recorded(by=by):
        withdraw_approvals(whole, by=by)
        return [_make_part(whole, text, by=by) for text in new]


def _refuse_wordings(wanted: Sequence[str], new: Sequence[str], *, how_many: int) -> None:
    if not wanted or any(len(text) > 1000 for text in wanted):
        raise NotReady(_("Write each part as one sentence of at most 1,000 characters."))
    if how_many + len(new) > MOST_PARTS:
        raise NotReady(_("A claim has at most %(number)s parts.") % {"number": MOST_PARTS})


def _make_part(whole: Claim, text: str, *, by: User) -> Claim:
    part = Claim.objects.create(
        text=text,
        part_of=whole,
        kind=whole.kind,
        modality=whole.modality,
        claimant=whole.claimant,
        claimed_on=whole.claimed_on,
        importance=whole.importance,
        origin=Claim.Origin.BY_HAND,
    )
    part.topics.set(whole.topics.all())
    places = whole.appearances.all()
    Appearance.objects.bulk_create(
        Appearance(claim=part, **{name: getattr(place, name) for name in AS_THE_WHOLE}) for place in places
    )
    why = _("part of claim %(number)s") % {"number": whole.pk}
    move_claim(part, Status.SHORTLISTED, by=by, why=why, shortlisted_at=timezone.now())
    return part


@transaction.atomic
def link_part(part: Claim, *, whole: Claim, by: User) -> None:
    """Say that an existing claim, published or not, is a part of `whole`. Raises NotReady where it cannot be."""
    require(by, "claims.check_claim")
    rows = lock_claims([part.pk, whole.pk])
    if len(rows) < 2 and part.pk != whole.pk:
        raise StaleClaim(_("One of the two claims is gone. Reload the page."))
    whole = _refuse_closed(rows[whole.pk], seen=whole)
    part = rows[part.pk]
    _refuse_link(part, whole)
    if whole.parts.count() >= MOST_PARTS:
        raise NotReady(_("A claim has at most %(number)s parts.") % {"number": MOST_PARTS})
    with recorded(by=by):
        Claim.objects.filter(pk=part.pk).update(part_of=whole)
        withdraw_approvals(whole, by=by)


def _refuse_link(part: Claim, whole: Claim) -> None:
    said = {"number": part.pk}
    if part.pk == whole.pk:
        raise NotReady(_("A claim cannot be a part of itself."))
    if part.status in {Status.MERGED, Status.DECLINED, Status.RETRACTED}:
        raise NotReady(
            _("Claim %(number)s is “%(status)s” and cannot be a part.") % {**said, "status": part.get_status_display()}
        )
    if part.part_of_id not in {None, whole.pk}:
        raise NotReady(_("Claim %(number)s is a part of another claim already.") % said)
    if part.parts.exists():
        raise NotReady(_("Claim %(number)s has parts of its own. Link those instead.") % said)


@transaction.atomic
def unlink_part(part: Claim, *, whole: Claim, by: User) -> None:
    """Say that `part` stands for itself again. It stays as it is otherwise. Safe to repeat."""
    require(by, "claims.check_claim")
    rows = lock_claims([part.pk, whole.pk])
    if whole.pk not in rows:
        raise StaleClaim(_("One of the two claims is gone. Reload the page."))
    whole = rows[whole.pk]
    if whole.status not in {Status.DECLINED, Status.MERGED}:
        require_not_reviewed(whole)
    with recorded(by=by):
        whole.parts.filter(pk=part.pk).update(part_of=None)
        withdraw_approvals(whole, by=by)


@transaction.atomic
def state_parts_rule(whole: Claim, rule: str, *, by: User) -> None:
    """Say how the verdict on the whole follows from those on its parts. Readers see it."""
    require(by, "claims.check_claim")
    rule = typed_line(rule, most=300, least=0, otherwise=_("Say the rule in at most 300 characters."))
    locked = _open_whole(whole)
    with recorded(by=by):
        Claim.objects.filter(pk=locked.pk).update(parts_rule=rule)
        withdraw_approvals(locked, by=by)
    whole.parts_rule = rule


def _open_whole(whole: Claim) -> Claim:
    """The row of the whole, locked. Raises StaleClaim once it is in review, NotReady if it is itself a part."""
    return _refuse_closed(lock_claim(whole), seen=whole)


def _refuse_closed(locked: Claim, *, seen: Claim) -> Claim:
    if locked.status != seen.status:
        raise StaleClaim(_("Someone else changed this claim. Reload it and try again."))
    require_not_reviewed(locked)
    if locked.part_of_id:
        raise NotReady(_("This claim is itself a part of another one, and a part has no parts."))
    return locked


def unmet_by_parts(whole: Claim) -> list[tuple[str, str, bool]]:
    """What a compound claim lacks before publication, as rules of the gate: (rule, message, settled by review).

    A part that was merged is published when the claim it counts with is.
    """
    parts = list(whole.parts.all())
    if not parts:
        return []
    waiting = [str(part.pk) for part in parts if (part.merged_into or part).status != Status.PUBLISHED]
    missing = _("Publish its parts first: claim %(numbers)s.") % {"numbers": ", ".join(waiting)}
    checks = [
        (bool(whole.parts_rule), "parts-rule", _("Say how the verdict follows from those on the parts."), False),
        # A second person may read the whole while its parts are on their way.
        (not waiting, "parts", missing, True),
    ]
    return [(rule, message, settled) for met, rule, message, settled in checks if not met]
