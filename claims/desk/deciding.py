"""What a person says of a pair, wherever in the desk it is shown, and what the desk answers."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from claims.exceptions import StaleClaim
from claims.models import ClaimMatch, ExternalMatch
from claims.services import matches
from people.models import User
from people.numbers import number

PAIRS: dict[str, type[Any]] = {"match": ClaimMatch, "external": ExternalMatch}


def decide_pair(kind: str, pk: str, decision: str, *, by: User) -> str:
    """Take one decision on a pair. Returns what to tell the person.

    Raises Http404 for what is no decision, StaleClaim if the pair is gone, and what the services raise.
    """
    if (kind, decision) not in DECISIONS:
        raise Http404
    match = pair_of(kind, pk)
    return DECISIONS[kind, decision](match, by)


def pair_of(kind: str, pk: str) -> Any:
    """The pair of this number. Raises StaleClaim if there is none: matching makes new ones of claims worded anew."""
    found = PAIRS[kind].objects.filter(pk=number(pk)).first()
    if found is None:
        raise StaleClaim(_("These two were compared again since. Look at them once more."))
    return found


def take_back_own(kind: str, pk: str, *, by: User) -> None:
    """Undo what this person said last of a pair. Raises StaleClaim if a colleague has decided on it since."""
    match = pair_of(kind, pk)
    if match.decided_by_id not in {None, by.pk}:
        raise StaleClaim(_("Somebody has decided on these two since."))
    TAKE_BACK[kind](match, by=by)


def _same(match: ClaimMatch, by: User) -> str:
    loser = matches.confirm_match(match, by=by)
    if loser is None:
        return _("Kept: claims %(low)s and %(high)s are the same.") % _numbers(match)
    winner = match.high_id if loser.pk == match.low_id else match.low_id
    return _("Claim %(loser)s counts with claim %(winner)s now: “%(text)s”") % {
        "loser": loser.pk,
        "winner": winner,
        "text": loser.text,
    }


def _different(match: ClaimMatch, by: User) -> str:
    matches.reject_match(match, by=by)
    return _("Kept: claims %(low)s and %(high)s are not the same. They are not proposed again.") % _numbers(match)


def _reopen(match: ClaimMatch, by: User) -> str:
    matches.reopen_match(match, by=by)
    return _("Taken back: claims %(low)s and %(high)s are not decided on.") % _numbers(match)


def _numbers(match: ClaimMatch) -> dict[str, int]:
    return {"low": match.low_id, "high": match.high_id}


def _about_it(match: ExternalMatch, by: User) -> str:
    matches.confirm_external(match, by=by)
    return _("Kept: that fact-check is about this claim.")


def _about_another(match: ExternalMatch, by: User) -> str:
    matches.reject_external(match, by=by)
    return _("Kept: that fact-check is about something else. It is not shown again.")


def _reopen_external(match: ExternalMatch, by: User) -> str:
    matches.reopen_external(match, by=by)
    return _("Taken back.")


DECISIONS: dict[tuple[str, str], Callable[[Any, User], str]] = {
    ("match", "same"): _same,
    ("match", "different"): _different,
    ("match", "reopen"): _reopen,
    ("external", "same"): _about_it,
    ("external", "different"): _about_another,
    ("external", "reopen"): _reopen_external,
}
TAKE_BACK: dict[str, Callable[..., None]] = {"match": matches.reopen_match, "external": matches.reopen_external}
