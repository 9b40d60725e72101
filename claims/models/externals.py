"""Fact-checks of others, read from their ClaimReview records, and which of our claims they are about."""

from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.matching import Entry, EntryQuerySet, Pair, State


class ExternalFactCheckQuerySet(EntryQuerySet["ExternalFactCheck"]):
    def for_listing(self) -> Self:
        """Everything a list shows, in one query: with `ours`, the number of our claims it may be about."""
        about = ExternalMatch.objects.exclude(state=State.REJECTED).filter(external=OuterRef("pk")).order_by()
        ours = Coalesce(Subquery(about.values("external").annotate(n=Count("pk")).values("n")), 0)
        return self.defer("words", "conditions", "vector", "raw").annotate(ours=ours)


class ExternalFactCheck(Entry):
    """A fact-check that somebody else published, as their ClaimReview says.

    claim_text: what they checked, in their words. rating: their words for the finding. raw: the record as it came.
    """

    url = models.URLField(_("address"), max_length=2000, unique=True)
    publisher = models.CharField(_("publisher"), max_length=200)
    publisher_site = models.CharField(_("publisher’s site"), max_length=255, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    claim_text = models.TextField(_("claim"))
    claimant = models.CharField(_("claimant"), max_length=300, blank=True)
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    rating = models.CharField(_("rating"), max_length=300)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    raw = models.JSONField(_("record as read"))
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    objects = ExternalFactCheckQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("fact-check of others")
        verbose_name_plural = _("fact-checks of others")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(claim_text=""), name="external_claim_is_not_empty"),
        ]
        indexes = [
            *Entry.Meta.indexes,
            models.Index(fields=["publisher", "language"], name="external_publisher"),  # the list's filters
        ]

    def __str__(self) -> str:
        return self.claim_text


class ExternalMatchQuerySet(models.QuerySet["ExternalMatch"]):
    def shown(self) -> Self:
        """Pairs that nobody has rejected, nearest first, each with the fact-check."""
        return self.exclude(state=State.REJECTED).select_related("external").order_by("-similarity", "pk")

    def with_claims(self) -> Self:
        """All pairs, nearest first, each with the claim of ours."""
        return self.select_related("claim").order_by("-similarity", "pk")


class ExternalMatch(Pair):
    """A claim of ours and a fact-check of others that may be about it. `differences` is from our claim's side."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="external_matches", verbose_name=_("claim"))
    external = models.ForeignKey(
        ExternalFactCheck, models.CASCADE, related_name="matches", verbose_name=_("fact-check of others")
    )

    objects = ExternalMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match with others")
        verbose_name_plural = _("matches with others")
        constraints = [
            models.UniqueConstraint(fields=["claim", "external"], name="external_match_once_per_pair"),
            models.CheckConstraint(
                condition=Q(similarity__range=(0.0, 1.0)), name="external_match_similarity_is_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.claim_id} {self.decision} {self.external_id}"
