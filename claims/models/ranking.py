"""What the desk's own decisions taught about the ranking."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TriageWeightsQuerySet(models.QuerySet["TriageWeights"]):
    def in_force(self) -> Self:
        """The weights that rank the queue: one row, or none where the shipped weights do."""
        return self.filter(state=TriageWeights.State.ACCEPTED)

    def waiting(self) -> Self:
        """The proposal that nobody has decided on: one row or none."""
        return self.filter(state=TriageWeights.State.PROPOSED)

    def standing(self) -> Self:
        """The weights in force and the proposal that waits: two rows at most."""
        return self.in_force() | self.waiting()

    def past(self) -> Self:
        """Weights that were rejected or retired."""
        return self.filter(state__in=[TriageWeights.State.REJECTED, TriageWeights.State.RETIRED])

    def for_page(self) -> Self:
        """Everything the page on the ranking shows of weights, newest first, in one query."""
        return self.select_related("decided_by").order_by("-n")


class TriageWeights(models.Model):
    """Weights fitted to the desk's decisions, beside the shipped ones. What was fitted and measured never changes.

    factors: {signal: how many times its shipped contribution counts}; a signal that is not named counts once.
    shift: log-odds added to the starting point of every claim; it moves all scores alike, and no claim past another.
    figures: how the held-out decisions were ranked, see `claims.extraction.learning.compare`.
    decisions: how many were used, the held-out ones included. n: what people call it by.
    decided_by, decided_at, note: of the last decision; the record has those before. A proposal that a newer one
    took the place of is retired by nobody.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("In force")
        REJECTED = "rejected", _("Rejected")
        RETIRED = "retired", _("Retired")

    n = models.PositiveIntegerField(_("number"), unique=True)
    extractor_version = models.CharField(_("extractor version"), max_length=40)
    factors = models.JSONField(_("factors"))
    shift = models.FloatField(_("shift"))
    figures = models.JSONField(_("figures"))
    decisions = models.PositiveIntegerField(_("decisions used"))
    fitted_at = models.DateTimeField(_("fitted"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.TextField(_("note"), blank=True)

    objects = TriageWeightsQuerySet.as_manager()

    class Meta:
        verbose_name = _("learned weights")
        verbose_name_plural = _("learned weights")
        ordering = ["-n"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("decide_triageweights", "Can accept and reject what the desk learned about its ranking")]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="accepted"), name="weights_one_in_force"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="proposed"), name="weights_one_proposal_waits"),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_at__isnull=False), name="weights_decided_unless_proposed"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Weights %(number)s")) % {"number": self.n}

    @property
    def is_better(self) -> bool:
        """Whether the held-out decisions say clearly that the queue would be ranked better."""
        return bool(self.figures["better"])
