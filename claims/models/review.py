"""The second pair of eyes."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.verdict import Rating, Verdict

if TYPE_CHECKING:
    from people.models import User


class ReviewQuerySet(models.QuerySet["Review"]):
    def approvals(self) -> Self:
        """Approvals of the verdict as it stands now: those of an earlier state do not count."""
        return self.filter(outcome=Review.Outcome.APPROVED, saves=F("verdict__saves"))

    def visible_to(self, user: "User | None") -> Self:
        """What this person wrote, and what was said of verdicts they may see: a third person rates blind as well."""
        seen = Q(verdict__in=Verdict.objects.visible_to(user).values("pk"))
        return self.filter(seen | Q(reviewer=user) if user else seen)

    def rated(self) -> Self:
        return self.filter(rated_at__isnull=False)

    def for_page(self) -> Self:
        """With everything a page says of them, oldest first, in one query."""
        return self.select_related("verdict__by", "reviewer", "rating", "first_rating").order_by("rated_at", "pk")


class Review(models.Model):
    """A second person's look at a verdict. The database refuses everyone who wrote on it.

    rating, rating_note: theirs, given once, before anything showed them the first one; never changed. first_rating:
    what the verdict had at that moment. blind: False where the first rating had been open to them already.
    outcome: what they decided then, "" for nothing yet. saves: `Verdict.saves` of the state they rated or decided on.
    approved_at: when they first approved any state of it.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")
        THIRD = "third", _("A third person asked")

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="reviews", verbose_name=_("verdict"))
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("reviewer"))
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+", verbose_name=_("rating"))
    rating_note = models.TextField(_("reason for the rating"), blank=True, validators=[MaxLengthValidator(5000)])
    first_rating = models.ForeignKey(
        Rating, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("first rating")
    )
    rated_at = models.DateTimeField(_("rated"), null=True, editable=False)
    blind = models.BooleanField(_("blind"), default=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("note"), blank=True)
    saves = models.PositiveIntegerField(editable=False)
    approved_at = models.DateTimeField(_("first approved"), null=True, editable=False)
    at = models.DateTimeField(_("when"), auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "reviewer"], name="review_once_per_verdict_and_reviewer"),
            models.CheckConstraint(
                condition=Q(rated_at=None, rating=None) | Q(rated_at__isnull=False, rating__isnull=False),
                name="review_rating_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.reviewer}"

    @property
    def agreed(self) -> bool:
        """Whether both gave the same rating at the moment of rating."""
        return self.rating_id == self.first_rating_id
