"""Counting log-ins that fail, and locking an account or an address after too many.

An attempt is counted before it is tried and taken back when it succeeds, so that a hundred at once are no way around
it. All of it is in the database: an empty cache or a broker that is away changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from people.exceptions import LockedOut, NotAllowed
from people.models import Attempts, LoginLock, User
from people.models.user import ADMINISTER
from people.record import recorded
from people.services.mail import send_mail

ACCOUNT_LIMIT = 5
ADDRESS_LIMIT = 30  # a newsroom behind one address has more people, and more slips of the finger
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What attempts are counted on. person: whose account, where there is one of that name."""

    key: str
    limit: int
    kind: LoginLock.Kind
    person: User | None = None
    address: str | None = None


def subjects(username: str, address: str | None) -> list[Subject]:
    """The account and the address of an attempt. An unknown username counts too, or the answer would tell it apart."""
    person = User.objects.filter(username__iexact=username.strip()).first()
    account = Subject(_key("account", username), ACCOUNT_LIMIT, LoginLock.Kind.ACCOUNT, person=person)
    if not address:
        return [account]
    network = _network(address)
    return [account, Subject(_key("address", network), ADDRESS_LIMIT, LoginLock.Kind.ADDRESS, address=network)]


def count_attempt(counted: Iterable[Subject]) -> None:
    """Count one attempt on each. Raises LockedOut where there were too many, and locks on the first one too many."""
    locked = [until for until in [_count(subject) for subject in counted] if until]
    if locked:
        raise LockedOut(_sentence(max(locked)), max(locked))


def take_back(counted: Iterable[Subject]) -> None:
    """The attempt succeeded, and is not counted."""
    Attempts.objects.filter(subject__in=[subject.key for subject in counted], count__gt=0).update(count=F("count") - 1)


def clear(person: User) -> None:
    """Count from nothing again for this account. Its address stays counted: one good log-in is no licence to guess."""
    Attempts.objects.filter(since__lt=timezone.now() - FORGOTTEN).delete()
    Attempts.objects.filter(subject=_key("account", person.username)).update(count=0, locked_until=None)


def lift_lock(person: User, *, by: User) -> None:
    """Let a person try again before the time. Raises NotAllowed, and for oneself too."""
    if by == person or not by.has_perm(ADMINISTER):
        raise NotAllowed(_("Only another administrator can lift this lock."))
    with recorded(by=by, why="lock lifted"):
        LoginLock.objects.in_force().filter(person=person).update(lifted_at=timezone.now())
        clear(person)


def tell_locks(person: User) -> list[LoginLock]:
    """The locks of this account that its owner has not been told of, each given once."""
    with transaction.atomic():
        waiting = list(LoginLock.objects.select_for_update().filter(person=person, told_at=None).order_by("since"))
        LoginLock.objects.filter(pk__in=[lock.pk for lock in waiting]).update(told_at=timezone.now())
    return waiting


def _count(subject: Subject) -> datetime | None:
    """Count one attempt; until when the subject is locked, if it is."""
    now = timezone.now()
    with recorded(by=None, why="too many failed log-ins"):
        row, _made = Attempts.objects.select_for_update().get_or_create(subject=subject.key)
        if row.locked_until and row.locked_until > now:
            return row.locked_until
        if row.locked_until or row.since <= now - WINDOW:
            row.count, row.since, row.locked_until = 0, now, None
        if row.count >= subject.limit:
            row.locked_until = now + LOCK
            _lock(subject, until=row.locked_until, since=now)
        row.count += 1
        row.save()
    return row.locked_until


def _lock(subject: Subject, *, since: datetime, until: datetime) -> None:
    person = subject.person
    lock = LoginLock.objects.create(kind=subject.kind, person=person, address=subject.address, since=since, until=until)
    if person and person.email:
        transaction.on_commit(
            lambda: send_mail(person.email, "locked", {"person": person, "lock": lock, "minutes": _minutes(until)})
        )


def _minutes(until: datetime) -> int:
    return max(1, -(-int((until - timezone.now()).total_seconds()) // 60))


def _sentence(until: datetime) -> str:
    said = _("Too many attempts failed. Try again in %(minutes)d minutes, or ask an administrator to lift the lock.")
    return said % {"minutes": _minutes(until)}


def _network(address: str) -> str:
    """What one customer of a network has: an IPv4 address, or the 64 bits of an IPv6 one that others gave them."""
    ip = ip_address(address)
    return str(ip_network((ip, 64), strict=False).network_address) if ip.version == 6 else str(ip)


def _key(kind: str, value: str) -> str:
    return salted_hmac(f"people.locks.{kind}", value.strip().casefold(), algorithm="sha256").hexdigest()
