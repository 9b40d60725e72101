"""What people say of pairs: that two claims are the same or not, that a fact-check of others is about a claim."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import StaleClaim
from claims.models import Claim, ClaimMatch, ExternalMatch, Merge, State
from claims.models.matching import Pair
from claims.services.lifecycle import require
from claims.services.merging import lock_claims, merge_claim, unmerge_claim
from people.models import User
from people.record import recorded

Status = Claim.Status
PairT = TypeVar("PairT", bound=Pair)
DECIDE = "claims.triage_claim"


def loser_and_winner(match: ClaimMatch) -> tuple[Claim, Claim] | None:
    """Which of the two would be merged into which: the one that can still move, of two such the one that is not as far
    along, of two alike the newer. None where both have gone too far for that.
    """
    movable = [claim for claim in (match.low, match.high) if Status.MERGED in Claim.MOVES[Status(claim.status)]]
    if not movable:
        return None
    loser = max(movable, key=lambda claim: (claim.status == Status.DETECTED, claim.pk))
    return loser, match.low if loser is match.high else match.high


def may_confirm(match: ClaimMatch, user: User) -> bool:
    """Whether this person may say that the two are the same: into what readers see, only who publishes merges."""
    pair = loser_and_winner(match)
    return pair is None or pair[1].status not in Claim.PAST_REVIEW or user.has_perm("claims.publish_claim")


@transaction.atomic
def confirm_match(match: ClaimMatch, *, by: User) -> Claim | None:
    """Say that the two are the same claim. Returns the one that was merged into the other, None where neither could.

    Raises StaleClaim if somebody, or the machine, was first, and NotAllowed where only who publishes may merge; then
    nothing is written. The same person saying it twice has said it once.
    """
    match = _locked_pair(match, by=by)
    if _said_already(match, State.CONFIRMED, by=by):
        return None
    if gone := next((claim for claim in (match.low, match.high) if claim.status == Status.MERGED), None):
        said = {"number": gone.pk, "other": gone.merged_into_id}
        raise StaleClaim(_("Claim %(number)s counts with claim %(other)s already. Reload the page.") % said)
    pair = loser_and_winner(match)
    _set_state(match, State.CONFIRMED, by=by)
    if pair is None:
        return None
    loser, winner = pair
    merge_claim(loser, into=winner, by=by, match=match)
    return loser


@transaction.atomic
def reject_match(match: ClaimMatch, *, by: User) -> None:
    """Say that the two are not the same claim. Matching does not ask again; what it joined by itself comes apart.

    Raises StaleClaim if somebody else was first; then nothing is written.
    """
    match = _locked_pair(match, by=by)
    if _said_already(match, State.REJECTED, by=by):
        return
    _take_apart(match, by=by)
    _set_state(match, State.REJECTED, by=by)


@transaction.atomic
def reopen_match(match: ClaimMatch, *, by: User) -> None:
    """Take back what was said of the two, with the merge behind it if there is one: the pair is a suggestion again.

    Raises StaleClaim if it was taken back already.
    """
    match = _locked_pair(match, by=by)
    _refuse_undecided(match)
    _take_apart(match, by=by)
    _set_state(match, State.SUGGESTED, by=by)


@transaction.atomic
def confirm_external(match: ExternalMatch, *, by: User) -> None:
    """Say that a fact-check of others is about this claim. Raises StaleClaim if somebody else was first."""
    match = _locked(match, by=by)
    if not _said_already(match, State.CONFIRMED, by=by):
        _set_state(match, State.CONFIRMED, by=by)


@transaction.atomic
def reject_external(match: ExternalMatch, *, by: User) -> None:
    """Say that a fact-check of others is about something else. Raises StaleClaim if somebody else was first."""
    match = _locked(match, by=by)
    if not _said_already(match, State.REJECTED, by=by):
        _set_state(match, State.REJECTED, by=by)


@transaction.atomic
def reopen_external(match: ExternalMatch, *, by: User) -> None:
    """Take back what was said of a fact-check of others. Raises StaleClaim if it was taken back already."""
    match = _locked(match, by=by)
    _refuse_undecided(match)
    _set_state(match, State.SUGGESTED, by=by)


def _locked_pair(match: ClaimMatch, *, by: User) -> ClaimMatch:
    """The pair and all claims that count with its two, locked in the order in which matching and merging lock."""
    two = [match.low_id, match.high_id]
    claims = lock_claims([*two, *Claim.objects.filter(merged_into__in=two).values_list("pk", flat=True)])
    match = _locked(match, by=by)
    match.low, match.high = claims[match.low_id], claims[match.high_id]
    return match


def _locked(match: PairT, *, by: User) -> PairT:
    require(by, DECIDE)
    row = type(match)._default_manager.select_for_update().filter(pk=match.pk).first()
    if row is None:
        raise StaleClaim(_("These two were compared again since. Reload the page."))
    return row


def _said_already(match: Pair, state: State, *, by: User) -> bool:
    """Whether this person has said just this. Raises StaleClaim if something else was said, or by somebody else."""
    if match.state == state and match.decided_by_id == by.pk:
        return True
    if match.state != State.SUGGESTED:
        said = {"who": match.decided_by or _("Somebody"), "state": match.get_state_display()}
        raise StaleClaim(_("%(who)s has decided on these two already: “%(state)s”.") % said)
    return False


def _refuse_undecided(match: Pair) -> None:
    if match.state == State.SUGGESTED:
        raise StaleClaim(_("This decision was taken back already. Reload the page."))


def _set_state(match: Pair, state: State, *, by: User) -> None:
    decided = state != State.SUGGESTED
    match.state = state
    match.decided_by, match.decided_at = (by, timezone.now()) if decided else (None, None)
    with recorded(by=by):
        match.save(update_fields=["state", "decided_by", "decided_at"])


def _take_apart(match: ClaimMatch, *, by: User) -> None:
    merge = Merge.objects.in_force().filter(match=match).select_related("loser").first()
    if merge is not None:
        unmerge_claim(merge.loser, by=by)
        match.refresh_from_db(fields=["state"])
