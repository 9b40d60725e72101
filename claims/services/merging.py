"""Counting one claim with another, and taking that back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, ClaimMatch, Merge, State
from claims.services.lifecycle import move_claim, require
from people.models import User
from people.record import recorded

Status = Claim.Status


@transaction.atomic
def merge_claim(claim: Claim, *, into: Claim, by: User | None, match: ClaimMatch | None = None) -> None:
    """Say that `claim` is the same as `into`. Its appearances stay where they are and count with the other's, and so
    do those of claims merged into it before.

    Into a claim that readers see, only who publishes may merge. by: None for the machine, which has asked what it
    may do (`claims.services.matching`). match: the pair that said so, if any.
    """
    if by is not None:
        require(by, "claims.triage_claim")
    if into.pk == claim.pk:
        raise NotReady(_("A claim cannot be merged into itself."))
    with_it = list(claim.merged.values_list("pk", flat=True))
    rows = lock_claims([claim.pk, into.pk, *with_it])
    winner = rows.get(into.pk)
    if winner is None or claim.pk not in rows:
        raise StaleClaim(_("One of the two claims is gone. Reload the page."))
    if winner.status in Claim.PAST_REVIEW and by is not None and not by.has_perm("claims.publish_claim"):
        said = {"number": winner.pk}
        raise NotAllowed(
            _("Readers see claim %(number)s, or soon will: an editor has to say that this is the same.") % said
        )
    if winner.status == Status.MERGED:
        raise NotReady(_("Claim %(number)s is itself merged. Choose the claim it went into.") % {"number": winner.pk})
    before = claim.status
    move_claim(claim, Status.MERGED, by=by, why=f"#{winner.pk}", merged_into=winner)
    with recorded(by=by, why=f"#{winner.pk}"):
        Claim.objects.filter(merged_into=claim).update(merged_into=winner)
        Merge.objects.create(
            loser=claim, winner=winner, previous_status=before, by=by, by_machine=by is None, match=match
        )


@transaction.atomic
def unmerge_claim(claim: Claim, *, by: User) -> None:
    """Take a merge back: the claim stands where it stood, with the claims that had been merged into it.

    A pair that the machine joined by itself counts as rejected from here on, so that it is not joined again; one that
    a person confirmed is a suggestion again.
    """
    require(by, "claims.triage_claim")
    merge = Merge.objects.in_force().filter(loser=claim).select_related("match").first()
    if merge is None or claim.status != Status.MERGED:
        raise StaleClaim(_("This merge was undone already. Reload the page."))
    with_it = _merged_into(claim)
    lock_claims([claim.pk, *with_it])
    move_claim(claim, Status(merge.previous_status), by=by, why=_("merge undone"), merged_into=None)
    with recorded(by=by, why=_("merge undone")):
        Claim.objects.filter(pk__in=with_it).update(merged_into=claim)
        Merge.objects.filter(pk=merge.pk).update(undone_at=timezone.now())
        if merge.match is not None:
            _take_back(merge.match, by=by, by_machine=merge.by_machine)


def _take_back(match: ClaimMatch, *, by: User, by_machine: bool) -> None:
    decided = (State.REJECTED, by, timezone.now()) if by_machine else (State.SUGGESTED, None, None)
    match.state, match.decided_by, match.decided_at = decided
    match.save(update_fields=["state", "decided_by", "decided_at"])


def _merged_into(claim: Claim) -> list[int]:
    """Claims that went into `claim`, or into one that did, by merges in force."""
    pairs = dict[int, list[int]]()
    # All that count with the same claim now: the way of each to it leads over merges among them alone.
    here = Merge.objects.in_force().filter(loser__merged_into=claim.merged_into)
    for loser, winner in here.values_list("loser", "winner"):
        pairs.setdefault(winner, []).append(loser)
    found, ahead = list[int](), [claim.pk]
    while ahead:
        below = pairs.get(ahead.pop(), [])
        found += below
        ahead += below
    return found


def lock_claims(claims: Iterable[int]) -> dict[int, Claim]:
    """Lock these rows to the end of the transaction, always in the order of their numbers: whoever locks several
    waits for others and never in a circle. Those that are gone are left out."""
    rows = Claim.objects.filter(pk__in=set(claims)).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}
