"""Making, using and withdrawing the tokens of programs."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.exceptions import NotAllowed, TokenRefused
from people.models import ApiToken, Scope, User
from people.record import recorded

PREFIX = "plumbline_"  # so that scanners of leaked secrets know one when they see it
NAME_LIMIT = 100
LIFETIMES = (30, 90, 365)  # days
ADD, CHANGE = "people.add_apitoken", "people.change_apitoken"
NOTED_EVERY = timedelta(minutes=5)


def make_token(name: str, *, scopes: Sequence[str], days: int, by: User) -> tuple[ApiToken, str]:
    """Let a program in. Returns its row and the token itself, which can never be had again."""
    if not by.has_perm(ADD):
        raise NotAllowed(_("Your role does not include making tokens."))
    if not 0 < len(name.strip()) <= NAME_LIMIT or "\x00" in name:
        raise NotAllowed(_("Give the token a name, so that you know it again: at most 100 characters."))
    if not scopes or set(scopes) - set(Scope.values):
        raise NotAllowed(_("Choose what the token may do."))
    if days not in LIFETIMES:
        raise NotAllowed(_("Choose how long the token works."))
    token = PREFIX + secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(days=days)
    with recorded(by=by, why="token made"):
        made = ApiToken.objects.create(
            token_hash=_hash(token), name=name.strip(), scopes=sorted(set(scopes)), expires_at=until, by=by
        )
    return made, token


def withdraw_token(pk: int, *, by: User) -> None:
    """Make a token stop working at once. Raises NotAllowed where it was withdrawn already."""
    if not by.has_perm(CHANGE):
        raise NotAllowed(_("Your role does not include withdrawing tokens."))
    with recorded(by=by, why="token withdrawn"):
        row = ApiToken.objects.filter(pk=pk, withdrawn_at=None)
        withdrawn = row.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    if not withdrawn:
        raise NotAllowed(_("This token had been withdrawn already."))


def use_token(token: str) -> ApiToken:
    """The row of a token that works, and note its use. Raises TokenRefused, which says why it does not."""
    found = ApiToken.objects.select_related("by").filter(token_hash=_hash(token)).first()
    if found is None:
        raise TokenRefused(_("This token is not one of ours. Copy the whole of it."))
    if found.withdrawn_at:
        raise TokenRefused(_("This token was withdrawn. Ask an administrator of the desk for a new one."))
    if not found.works:
        raise TokenRefused(_("This token has run out. Ask an administrator of the desk for a new one."))
    if not found.by.has_perm(ADD):  # switched off, or no administrator any more: nor do their tokens let programs in
        raise TokenRefused(_("Whoever made this token has left, or has another role now. Ask for a new token."))
    _note_use(found)
    return found


def _note_use(token: ApiToken) -> None:
    """Not with every request, and not on the record."""
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def _hash(token: str) -> str:
    """The token is 256 random bits: a plain hash of it cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
