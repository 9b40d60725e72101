"""Interests: what people declare, and what they then leave to others."""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Claimant, Conflict, Recusal
from people.models import User
from people.record import recorded


def is_interested(claim: Claim, person: User) -> bool:
    """Whether this person leaves the claim to others, or should."""
    declared = Conflict.objects.filter(user=person, claimant=claim.claimant_id or 0)
    return declared.exists() or Recusal.objects.filter(user=person, claim=claim).exists()


def interested_in(claim: Claim) -> QuerySet[User]:
    """The people who have declared an interest in this claim."""
    declared = Conflict.objects.filter(claimant=claim.claimant_id or 0).values("user")
    return User.objects.filter(Q(pk__in=declared) | Q(pk__in=Recusal.objects.filter(claim=claim).values("user")))


def refuse_interested(claim: Claim, by: User) -> None:
    """Raise NotAllowed where this person has declared an interest."""
    if is_interested(claim, by):
        raise NotAllowed(_("You have declared an interest in this. Somebody else has to take this step."))


def require_no_interest(claim: Claim, person: User) -> None:
    """Raise NotReady where this claim cannot be given to a person, since they have declared an interest in it."""
    if is_interested(claim, person):
        raise NotReady(
            _("%(person)s has declared an interest in this. Choose somebody else.") % {"person": person.byline}
        )


def kept_out(person: User) -> Q:
    """The claims that this person has declared an interest in."""
    declared = Conflict.objects.filter(user=person).values("claimant")
    return Q(claimant__in=declared) | Q(pk__in=Recusal.objects.filter(user=person).values("claim"))


def declare_interest(claimant: Claimant, *, reason: str, by: User) -> Conflict:
    """Say that one has to do with a claimant. Their claims are other people's from here on."""
    said = _reason(reason)
    try:
        with recorded(by=by, why=said):
            return Conflict.objects.create(user=by, claimant=claimant, reason=said)
    except IntegrityError as error:
        raise StaleClaim(_("You have declared this interest already.")) from error


def withdraw_interest(conflict: Conflict, *, reason: str, by: User) -> None:
    """Say that it is over. That it was declared stays on record."""
    if conflict.user_id != by.pk:
        raise NotAllowed(_("This is not yours to take back."))
    with recorded(by=by, why=_reason(reason)):
        Conflict.objects.filter(pk=conflict.pk).delete()


@transaction.atomic
def recuse(claim: Claim, *, reason: str, by: User) -> None:
    """Leave one claim to others. It is taken off the person where it was theirs."""
    said = _reason(reason)
    try:
        with recorded(by=by, why=said):
            Recusal.objects.create(user=by, claim=claim, reason=said)
    except IntegrityError as error:
        raise StaleClaim(_("You have left this claim to others already.")) from error
    with recorded(by=by, why=said):
        Claim.objects.filter(pk=claim.pk, assigned_to=by).update(assigned_to=None)


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= 300:
        raise NotReady(_("Say why, in at most 300 characters."))
    return text
