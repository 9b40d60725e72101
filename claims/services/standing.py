"""The words of the standing pages."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import StandingPage
from claims.services.lifecycle import require
from people.models import User
from people.record import recorded


def stamp(text: str) -> str:
    """Tells whether a text is still as somebody saw it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def edit_page(page: StandingPage, *, text: str, by: User, seen: str) -> None:
    """Give a page other words; the record keeps the old ones.

    seen: `stamp` of the words as the person saw them. Raises StaleClaim if they were changed since, and NotReady for
    an empty text.
    """
    require(by, "claims.change_standingpage")
    locked = locked_page(page, seen=seen)
    if not text.strip():
        raise NotReady(_("Write what readers are to see."))
    if text != locked.text:
        with recorded(by=by):
            StandingPage.objects.filter(pk=page.pk).update(text=text, changed_at=timezone.now())


def locked_page(page: StandingPage, *, seen: str) -> StandingPage:
    """The row, locked to the end of the transaction. Raises StaleClaim if it says something else than was `seen`."""
    locked = StandingPage.objects.select_for_update().get(pk=page.pk)
    if stamp(locked.text) != seen:
        raise StaleClaim(_("Somebody else has changed this page since. Copy your words, and open it again."))
    return locked
