"""Rules of the gate that a verdict does not meet, and why it is published all the same."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.verdict import Verdict


class GateException(models.Model):
    """A written exception from a rule of the gate, which readers see. Frozen with its verdict.

    rule: the code of a rule in claims/services/gate.py.
    """

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="exceptions", verbose_name=_("verdict"))
    rule = models.SlugField(_("rule"), max_length=30)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["verdict", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "rule"], name="exception_once_per_verdict_and_rule"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="exception_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason
