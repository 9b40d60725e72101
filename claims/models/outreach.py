"""Asking the claimant."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim


class OutreachQuerySet(models.QuerySet["Outreach"]):
    def overdue(self, today: date) -> Self:
        """Questions of claims that people work on whose deadline has passed without an answer, longest first.

        With claim and who asked, in one query. Uses outreach_unanswered.
        """
        waiting = self.filter(answer="", deadline__lt=today, claim__status__in=Claim.WORKED_ON)
        return waiting.select_related("claim", "by").order_by("deadline", "pk")

    def for_tab(self) -> Self:
        return self.select_related("by")


class Outreach(models.Model):
    """One attempt to ask a claimant about a claim, and what came of it.

    Once the claim is published, readers rely on it: the database takes an answer that comes late, and no other change.

    whom: the person or office asked. deadline: until when an answer counts. answer: "" while there is none.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        LETTER = "letter", _("Letter")
        MESSAGE = "message", _("Message")
        IN_PERSON = "in_person", _("In person")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="outreach", verbose_name=_("claim"))
    whom = models.CharField(_("whom"), max_length=200)
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    asked_on = models.DateField(_("asked on"))
    deadline = models.DateField(_("answer by"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))

    objects = OutreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the claimant")
        verbose_name_plural = _("questions to the claimant")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline=None) | Q(deadline__gte=F("asked_on")), name="outreach_deadline_is_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="outreach_answer_has_a_day",
            ),
        ]
        indexes = [  # whose deadline passed
            models.Index(
                fields=["deadline"], condition=Q(answer="", deadline__isnull=False), name="outreach_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return self.whom
