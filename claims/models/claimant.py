"""Who makes claims."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    def with_page(self) -> Self:
        """Claimants whom readers may look up: named publicly, and something they said is published."""
        return self.filter(named_publicly=True, claims__status="published").distinct()


class Claimant(models.Model):
    """A person or body that makes claims. `named_publicly` is False for private persons."""

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("Not said")
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=100, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.UNKNOWN)
    named_publicly = models.BooleanField(
        _("named publicly"),
        default=True,
        help_text=_("Switch this off for a private person: readers then see “a private person”."),
    )
    same_as = ArrayField(
        models.URLField(max_length=500),
        verbose_name=_("same as"),
        default=list,
        blank=True,
        size=20,
        help_text=_("Pages that identify them, such as an official site or Wikidata: one address a line."),
    )

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("claimant", args=[self.slug])

    @property
    def public_name(self) -> str:
        """The name as readers see it."""
        return self.name if self.named_publicly else str(_("a private person"))


class ClaimantAlias(models.Model):
    """Another name under which a claimant appears, as articles write it."""

    claimant = models.ForeignKey(Claimant, models.CASCADE, related_name="aliases", verbose_name=_("claimant"))
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ClaimantRole(models.Model):
    """An office or affiliation of a claimant. Both days count; an open end is null."""

    claimant = models.ForeignKey(Claimant, models.CASCADE, related_name="roles", verbose_name=_("claimant"))
    title = models.CharField(_("role"), max_length=200)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = [F("from_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="claimant_role_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def held_on(self, day: date) -> bool:
        """Whether it was theirs on this day, as far as its own days say."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)
