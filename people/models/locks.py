"""Log-ins that failed, and the locks that follow."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Attempts(models.Model):
    """Failed attempts on one account or from one address since `since`.

    subject: a keyed hash. What was typed as a username may be anything, a password too.
    """

    subject = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} attempts"


class LoginLockQuerySet(models.QuerySet["LoginLock"]):
    def in_force(self) -> Self:
        return self.filter(until__gt=timezone.now(), lifted_at=None)


class LoginLock(models.Model):
    """A lock after too many failed attempts: of an account, or of an address. On the record.

    person: null for an address, and for a username that nobody has. told_at: when the person was told at the desk.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("account")
        ADDRESS = "address", _("address")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="login_locks"
    )
    address = models.GenericIPAddressField(_("address"), null=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"))
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    told_at = models.DateTimeField(null=True)

    objects = LoginLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("log-in lock")
        verbose_name_plural = _("log-in locks")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="login_lock_has_a_length")]
        indexes = [  # what to tell a person at the next log-in
            models.Index(fields=["person"], condition=Q(told_at=None), name="login_lock_not_told"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.until:%Y-%m-%d %H:%M}"
