"""Whose a claim is to check, and by when."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Claim
from claims.services import noticing
from claims.services.lifecycle import require, require_may_check
from people.models import User
from people.record import recorded

BACKEND = "django.contrib.auth.backends.ModelBackend"  # where roles and their permissions are


def who_may_check() -> QuerySet[User]:
    """The people a claim can be assigned to, by name."""
    people = User.objects.with_perm("claims.check_claim", backend=BACKEND, include_superusers=False)
    return people.order_by("first_name", "last_name", "username")


def assign_claim(claim: Claim, *, to: User, by: User, due_on: date | None = None) -> None:
    """Make it this person's to check, in place of whoever had it. due_on: None leaves the day as it is.

    Raises NotReady for a claim that is not shortlisted or worked on, or a person with an interest in it, and StaleClaim
    if it moved or was given to somebody else since it was read.
    """
    require(by, "claims.check_claim")
    require_may_check(to, claim)
    _give(claim, to, by=by, due_on=due_on or claim.due_on)


def unassign_claim(claim: Claim, *, by: User) -> None:
    """Make a shortlisted claim nobody's. Raises NotReady once somebody checks it: they take a step back first."""
    require(by, "claims.check_claim")
    if claim.status in Claim.WORKED_ON:
        raise NotReady(_("Somebody is checking this claim. Give it to somebody else, or take it a step back first."))
    _give(claim, None, by=by, due_on=claim.due_on)


@transaction.atomic
def _give(claim: Claim, to: User | None, *, by: User, due_on: date | None) -> None:
    if claim.status not in Claim.MINE:
        raise NotReady(
            _("This claim is “%(status)s”. Only a shortlisted claim, or one that is being checked, can be assigned.")
            % {"status": claim.get_status_display()}
        )
    as_read = Claim.objects.filter(pk=claim.pk, status=claim.status, assigned_to=claim.assigned_to_id)
    with recorded(by=by):
        given = as_read.update(assigned_to=to, due_on=due_on)
    if not given:
        raise StaleClaim(_("Someone else changed this claim. Reload it and try again."))
    if to is not None:
        noticing.assigned(claim, to=to, by=by)
    claim.assigned_to, claim.due_on = to, due_on
