"""Where people are logged in, and ending it."""

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.exceptions import NotAllowed
from people.models import DeskSession, User
from people.models.user import ADMINISTER
from people.record import recorded


def begin_session(person: User, *, key: str, browser: str, address: str | None) -> DeskSession:
    """List a log-in that has just been made, and forget those that ran out."""
    with recorded(by=person, why="logged in"):
        Session.objects.filter(desk_session__person=person, expire_date__lte=timezone.now()).delete()
        return DeskSession.objects.create(session_id=key, person=person, browser=browser, address=address)


def see_session(key: str, *, address: str | None) -> None:
    """Note that a session is in use."""
    DeskSession.objects.filter(session_id=key).update(seen_at=timezone.now(), address=address)


def end_session(person: User, pk: int) -> None:
    """End one of one's own sessions. Raises NotAllowed where it is not there any more."""
    if not _end(DeskSession.objects.filter(person=person, pk=pk), by=person, why="ended by its owner"):
        raise NotAllowed(_("This session had ended already."))


def end_sessions(person: User, *, by: User | None, why: str, keep: str | None = None) -> int:
    """End all sessions of a person but the one with the key `keep`. How many there were.

    Raises NotAllowed unless they are one's own or `by` manages people.
    """
    if by is not None and by != person and not by.has_perm(ADMINISTER):
        raise NotAllowed(_("Only an administrator can end the sessions of others."))
    return _end(DeskSession.objects.filter(person=person).exclude(session_id=keep), by=by, why=why)


def _end(sessions: QuerySet[DeskSession], *, by: User | None, why: str) -> int:
    with recorded(by=by, why=why):  # the list goes with Django's sessions
        keys = list(sessions.values_list("session_id", flat=True))
        Session.objects.filter(pk__in=keys).delete()
    return len(keys)
