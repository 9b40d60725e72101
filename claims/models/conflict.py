"""What people of the desk have to do with those they check."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.claimant import Claimant


class Conflict(models.Model):
    """A person's interest in a claimant, as they declared it: they leave that claimant's claims to others."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts", verbose_name=_("person")
    )
    claimant = models.ForeignKey(Claimant, models.PROTECT, related_name="conflicts", verbose_name=_("claimant"))
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("declared"), auto_now_add=True)

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["claimant__name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "claimant"], name="conflict_once_per_person_and_claimant"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="conflict_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason


class Recusal(models.Model):
    """A person leaves one claim to others."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals", verbose_name=_("person")
    )
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="recusals", verbose_name=_("claim"))
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "claim"], name="recusal_once_per_person_and_claim"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="recusal_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason
