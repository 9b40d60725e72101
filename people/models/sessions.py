"""Where people are logged in."""

from typing import Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeskSessionQuerySet(models.QuerySet["DeskSession"]):
    def open(self) -> Self:
        """Those that still let somebody in, last seen first."""
        return self.filter(session__expire_date__gt=timezone.now()).order_by("-seen_at")


class DeskSession(models.Model):
    """One log-in that lasts. It goes with Django's session, and deleting that one ends it at once."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="desk_session")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_sessions")
    browser = models.CharField(_("browser"), max_length=100, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    objects = DeskSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()

    def __str__(self) -> str:
        return self.browser
