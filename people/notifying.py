"""Telling people what happened, and how they want to be told."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models import User
from people.models.notices import ABOUT_LIMIT, DEFAULT_WAYS, Kind, Notice, NoticeChoice, Way
from people.record import recorded


def notify(
    *people: User,
    kind: Kind,
    event: str,
    by: User | None,
    about: str,
    address: str,
    note: str = "",
    day: date | None = None,
) -> None:
    """Tell people, each once for each event, and never the one who did it (`by`; None: the machine).

    Call it inside the transaction of what happened, so that both are kept or neither. address: a path of the desk.
    Those who want no notices of this kind, or are switched off, get none.
    """
    told = {person.pk for person in people if person.is_active and person != by}
    ways = dict.fromkeys(told, DEFAULT_WAYS[kind]) | {pk: Way(way) for pk, way in _chosen(told, kind)}
    said = {"by_name": by.byline if by else "", "about": _cut(about), "note": _cut(note), "day": day}
    Notice.objects.bulk_create(
        [
            Notice(user_id=pk, event=event, kind=kind, address=address, way=way, **said)
            for pk, way in ways.items()
            if way != Way.OFF
        ],
        ignore_conflicts=True,
    )


def settle(event: str) -> None:
    """Take what was asked of several people as seen by all of them: one has done it, or it is not asked any more.

    event: or what several of them begin with, before a colon.
    """
    Notice.objects.unread().filter(Q(event=event) | Q(event__startswith=f"{event}:")).update(read_at=timezone.now())


def mark_read(person: User, notice_id: int | None = None) -> None:
    """Mark one notice of a person as read, or all of them. Another person's are left alone."""
    notices = Notice.objects.unread().filter(user=person)
    if notice_id is not None:
        notices = notices.filter(pk=notice_id)
    notices.update(read_at=timezone.now())


def ways_of(person: User) -> dict[Kind, Way]:
    """How the person wants each kind of notice."""
    chosen = NoticeChoice.objects.filter(user=person).values_list("kind", "way")
    return DEFAULT_WAYS | {Kind(kind): Way(way) for kind, way in chosen}


@transaction.atomic
def choose_ways(person: User, ways: Mapping[Kind, Way]) -> None:
    """Say how the person wants these kinds from now on. What waits for an e-mail that they no longer want stays in
    the desk; what is in the desk already is not mailed after the fact."""
    with recorded(by=person):
        for kind, way in ways.items():
            NoticeChoice.objects.update_or_create(user=person, kind=kind, defaults={"way": way})
            if way in {Way.DESK, Way.OFF}:
                Notice.objects.to_mail().filter(user=person, kind=kind).update(way=Way.DESK)


def people_who_may(permission: str) -> QuerySet[User]:
    """Everyone whose roles include `permission`, without those who are switched off."""
    backend = "django.contrib.auth.backends.ModelBackend"
    people: QuerySet[User] = User.objects.with_perm(permission, include_superusers=False, backend=backend)
    return people


def _chosen(people: set[int], kind: Kind) -> QuerySet[NoticeChoice, tuple[int, str]]:
    return NoticeChoice.objects.filter(user__in=people, kind=kind).values_list("user_id", "way")


def _cut(text: str) -> str:
    return text if len(text) <= ABOUT_LIMIT else text[: ABOUT_LIMIT - 1] + "…"
