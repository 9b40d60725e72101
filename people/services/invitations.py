"""Inviting people to the desk by a link that works once."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.exceptions import InvitationError, NotAllowed
from people.models import Invitation, Role, User
from people.models.user import INVITE
from people.record import recorded
from people.services.log_ins import create_person
from people.services.mail import send_mail

VALID_FOR = timedelta(days=7)


def invite(*, role: Role, by: User, name: str = "", email: str = "") -> tuple[Invitation, str]:
    """Offer a place at the desk. Returns the invitation and its link, which can never be had again."""
    if not by.has_perm(INVITE):
        raise NotAllowed(_("Your role does not include inviting people."))
    token = secrets.token_urlsafe(32)
    with recorded(by=by, why="invited"):
        invitation = Invitation.objects.create(
            token_hash=_hash(token), role=role, name=name, email=email, by=by, expires_at=timezone.now() + VALID_FOR
        )
    return invitation, settings.PUBLIC_URL + reverse("account:invitation", args=[token])


def mail_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link to the invited person. Says whether the mail server took it."""
    return send_mail(invitation.email, "invitation", {"invitation": invitation, "link": link})


def revoke_invitation(pk: int, *, by: User) -> None:
    """Make a link stop working. Raises NotAllowed where it has been used or revoked."""
    if not by.has_perm(INVITE):
        raise NotAllowed(_("Your role does not include inviting people."))
    with recorded(by=by, why="revoked"):
        revoked = Invitation.objects.filter(pk=pk, used_at=None, revoked_at=None).update(revoked_at=timezone.now())
    if not revoked:
        raise NotAllowed(_("This invitation had been used or revoked already."))


def find_invitation(token: str) -> Invitation:
    """The invitation of a link that works. Raises InvitationError, which says why it does not."""
    return _working(Invitation.objects.filter(token_hash=_hash(token)).select_related("by").first())


def accept_invitation(token: str, *, username: str, password: str, name: str = "") -> User:
    """Make the log-in that the link offers. Of several who come at once the first gets it.

    Raises InvitationError where the link does not work any more, NotAllowed where the username is taken.
    """
    with transaction.atomic():
        found = Invitation.objects.select_for_update(of=("self",)).select_related("by").filter(token_hash=_hash(token))
        invitation = _working(found.first())
        person = _new_person(invitation, username=username, password=password, name=name)
        with recorded(by=person, why="accepted the invitation"):
            Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now(), person=person)
    return person


def _new_person(invitation: Invitation, *, username: str, password: str, name: str) -> User:
    if User.objects.filter(username__iexact=username).exists():  # "Edith" beside "edith" would only be taken for her
        raise NotAllowed(_("Somebody has this username. Choose another one."))
    try:
        with transaction.atomic():
            return create_person(
                username,
                role=Role(invitation.role),
                password=password,
                full_name=name or invitation.name,
                email=invitation.email,
                by=invitation.by,
                why="invited",
            )
    except IntegrityError as error:
        raise NotAllowed(_("Somebody has this username. Choose another one.")) from error


def _working(invitation: Invitation | None) -> Invitation:
    if invitation is None:
        raise InvitationError(_("This link is not complete, or was never given out. Copy the whole of it."))
    if invitation.used_at:
        raise InvitationError(_("This invitation has been used. If it was not by you, tell whoever invited you."))
    if invitation.revoked_at:
        raise InvitationError(_("This invitation was withdrawn. Ask whoever invited you."))
    if not invitation.by.has_perm(
        INVITE
    ):  # switched off, or no administrator any more: nor do their links let people in
        raise InvitationError(_("Whoever invited you has left, or has another role now. Ask for a new invitation."))
    if invitation.expires_at <= timezone.now():
        raise InvitationError(_("This invitation has run out. Ask for a new one."))
    return invitation


def _hash(token: str) -> str:
    """The token is 256 random bits: a plain hash of it cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()
