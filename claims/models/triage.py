"""What a person has in hand in triage: the candidate before them, their filters, and claims taken apart."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from people.models import User


class TriageHoldQuerySet(models.QuerySet["TriageHold"]):
    def standing(self) -> Self:
        """Holds that have not expired."""
        return self.filter(until__gt=Now())

    def of_others(self, person: User) -> Self:
        """What somebody else is looking at now."""
        return self.standing().exclude(person=person)


class TriageHold(models.Model):
    """A lease on a candidate that is on somebody's screen, so that no colleague is shown it too.

    A row whose time is over counts for nothing and waits to be taken over. Not on the record: nobody decides anything
    by looking. Written by `claims.services.holds` alone.
    """

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="hold", verbose_name=_("claim"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    until = models.DateTimeField(_("until"))

    objects = TriageHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold in triage")
        verbose_name_plural = _("holds in triage")
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.claim_id}"


class SavedFilter(models.Model):
    """A part of the triage queue that a person comes back to. query: as the address has it, without the "?"."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="triage_filters", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filter"), max_length=1000, blank=True)
    is_default = models.BooleanField(_("opens first"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_filter_name_is_unique_per_person"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_default=True), name="saved_filter_one_default_per_person"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimSplit(models.Model):
    """One claim that was taken out of another. The other keeps the first part of what both said.

    text_before, text_after: how the other read until then, and how the split left it. The row
    goes when the split is undone; the record keeps it.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="splits", verbose_name=_("claim"))
    part = models.OneToOneField(Claim, models.CASCADE, related_name="split_from", verbose_name=_("part"))
    text_before = models.TextField(_("wording before"))
    text_after = models.TextField(_("wording after"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("split")
        verbose_name_plural = _("splits")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(claim=models.F("part")), name="split_into_another"),
        ]

    def __str__(self) -> str:
        return f"#{self.claim_id} → #{self.part_id}"
