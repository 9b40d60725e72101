"""One decision on many candidates. Each stands for itself: what cannot be decided is named and left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from claims.exceptions import ClaimError, NotReady, StaleClaim
from claims.models import Claim, Decline
from claims.services.holds import holder_of
from claims.services.lifecycle import decline_claim, require, require_may_check, shortlist_claim, undo_triage
from people.models import User

AT_MOST = 100  # at once: as many as somebody can have looked at
Decision = Callable[[Claim], None]


@dataclass(slots=True)
class Outcome:
    """What happened to each claim. left: those that stay as they are, each with a sentence that says why."""

    done: list[Claim] = field(default_factory=list)
    left: list[tuple[Claim, str]] = field(default_factory=list)


def shortlist_many(claims: Iterable[int], *, by: User, to: User | None = None, due_on: date | None = None) -> Outcome:
    """Shortlist these candidates, and give them to one person if `to` says whom."""
    if to is not None:
        require_may_check(to)
    return _each(claims, lambda claim: shortlist_claim(claim, by=by, to=to, due_on=due_on), by=by)


def decline_many(claims: Iterable[int], *, reason: str, note: str = "", by: User) -> Outcome:
    """Decline these candidates for one reason."""
    if reason not in Decline.Reason.values:
        raise NotReady(_("Choose why these candidates are declined."))
    return _each(claims, lambda claim: decline_claim(claim, reason=reason, note=note, by=by), by=by)


def undo_many(claims: Iterable[int], *, by: User) -> Outcome:
    """Put claims back that were shortlisted or declined together, but for those that somebody took further."""
    require(by, "claims.triage_claim")
    return _sorted_out(claims, lambda claim: undo_triage(claim, by=by))


def _each(claims: Iterable[int], decide: Decision, *, by: User) -> Outcome:
    require(by, "claims.triage_claim")
    chosen = list(dict.fromkeys(claims))
    if not chosen:
        raise NotReady(_("Choose at least one candidate."))
    if len(chosen) > AT_MOST:
        raise NotReady(_("Decide on %(most)s candidates at most at once.") % {"most": AT_MOST})

    def decided(claim: Claim) -> None:
        if claim.status != Claim.Status.DETECTED:
            raise StaleClaim(_("Decided already: it is “%(status)s”.") % {"status": claim.get_status_display()})
        if colleague := holder_of(claim.pk, beside=by):
            raise StaleClaim(_("%(person)s is looking at it now.") % {"person": colleague.byline})
        decide(claim)

    return _sorted_out(chosen, decided)


def _sorted_out(claims: Iterable[int], decide: Decision) -> Outcome:
    """Decide on each in a transaction of its own. A claim that is gone is left out: the extractor took it back."""
    outcome, wanted = Outcome(), list(claims)
    rows = Claim.objects.in_bulk(wanted)
    for claim in (rows[pk] for pk in wanted if pk in rows):
        try:
            decide(claim)
        except ClaimError as error:
            outcome.left.append((claim, str(error)))
        else:
            outcome.done.append(claim)
    return outcome
