"""Keys with which programs use the API in the name of the desk."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may do. Reading what is published needs none."""

    SUBMIT = "articles:write", _("Send articles in")
    FOLLOW = "articles:read", _("Read how far an article is, and which claims were found in it")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def for_listing(self) -> Self:
        """Everything the list shows, in one query."""
        return self.select_related("by", "withdrawn_by")


class ApiToken(models.Model):
    """A key of one program. Its holder keeps the token; only its hash is here, and never on the record.

    by: who made it, and in whose name it acts; it ends with their right to make tokens. last_used_at: within minutes.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), verbose_name=_("may"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0, scopes__contained_by=Scope.values), name="token_scopes_are_known"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_ends_after_it_was_made"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="token_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """Whether it was neither withdrawn nor has run out."""
        return self.withdrawn_at is None and timezone.now() < self.expires_at
