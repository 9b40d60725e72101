"""Keeping what was typed until it is saved, so that a closed tab or an ended session loses nothing.

A form that is kept carries a signed token that says whose it is. So what is posted after the session ended is still
kept for the person who typed it, and for nobody else.
"""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from people.models import Draft, User

CHARACTERS = 100_000  # kept of one form, names of fields and all
FIELDS = 2_000  # kept of one form
PER_PERSON = 200  # forms
SALT = "people.drafts"
GOOD_FOR = timedelta(days=14)  # a form that stands open longer keeps nothing any more
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes neither NUL nor half a character

Typed = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A form as one person opened it once."""

    user_id: int
    form: str
    object: int
    opening: str

    @property
    def place(self) -> dict[str, int | str]:
        return {"user_id": self.user_id, "form": self.form, "object": self.object}


@dataclass(frozen=True, slots=True)
class Kept:
    """before: the opened form whose text this one took the place of; "" for none."""

    draft: Draft
    before: str = ""


def open_form(person: User, *, form: str, object: int = 0) -> tuple[Opened, str]:  # noqa: A002 - as the column
    """Say that `person` has a form before them: it, and the token that it carries."""
    opened = Opened(person.pk, form, object, get_random_string(12))
    return opened, signing.dumps(astuple(opened), salt=SALT)


def read_token(token: str) -> Opened | None:
    """The opened form a token was made for; None if it was made by somebody else, or too long ago."""
    try:
        return Opened(*signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return None


def draft_of(opened: Opened) -> Draft | None:
    """What is kept for this form, from whichever opening of it."""
    return Draft.objects.filter(**opened.place).first()


@transaction.atomic
def keep_draft(opened: Opened, typed: Typed) -> Kept | None:
    """Keep what was typed in place of what was kept before. None, and nothing is kept, once the form was saved."""
    if not User.objects.filter(pk=opened.user_id, is_active=True).exists():
        return None
    data, cut = _capped(typed)
    now = timezone.now()
    new = {"opening": opened.opening, "data": data, "cut": cut, "saved_at": now}
    _draft, is_new = Draft.objects.get_or_create(**opened.place, defaults=new)
    draft = Draft.objects.select_for_update().get(**opened.place)
    if is_new:
        _make_room(opened.user_id)
        return Kept(draft)
    if draft.data is None and draft.opening == opened.opening:
        return None
    before = draft.opening if draft.data is not None and draft.opening != opened.opening else ""
    for name, value in new.items():
        setattr(draft, name, value)
    draft.save()
    return Kept(draft, before)


@transaction.atomic
def close_draft(opened: Opened) -> None:
    """The form was saved: what it had kept is not needed. What another opening of it keeps stays."""
    closed = {"opening": opened.opening, "data": None, "cut": False, "saved_at": timezone.now()}
    Draft.objects.get_or_create(**opened.place, defaults=closed)
    ours = Q(opening=opened.opening) | Q(data__isnull=True)
    Draft.objects.filter(ours, **opened.place).update(**closed)


def drop_draft(opened: Opened) -> None:
    """Throw away what is kept for this form."""
    Draft.objects.filter(**opened.place, data__isnull=False).delete()


def _capped(typed: Typed) -> tuple[list[list[str]], bool]:
    """As much of it as is kept, without what the database cannot take; and whether that is less than there was."""
    data: list[list[str]] = []
    left = CHARACTERS
    for name, value in typed:
        clean_name, clean_value = UNSTORABLE.sub("", name), UNSTORABLE.sub("", value)
        if len(data) == FIELDS or left < len(clean_name):
            return data, True
        left -= len(clean_name)
        data.append([clean_name, clean_value[:left]])
        if len(clean_value) > left:
            return data, True
        left -= len(clean_value)
    return data, False


def _make_room(user_id: int) -> None:
    """What was saved a day ago is told to no late comer; of the rest the oldest goes."""
    mine = Draft.objects.filter(user=user_id)
    mine.filter(data__isnull=True, saved_at__lt=timezone.now() - timedelta(days=1)).delete()
    oldest = mine.order_by("-saved_at").values_list("pk", flat=True)[PER_PERSON:]
    mine.filter(pk__in=list(oldest)).delete()
