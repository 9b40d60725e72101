"""What was found: scales, verdicts in versions, and what they cite."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.gathering import gather
from claims.models.slug import Slug
from claims.models.source import Source

if TYPE_CHECKING:
    from people.models import User

EXPLANATION_LIMIT = 50_000  # characters of Markdown


class RatingScale(models.Model):
    """A published set of ratings. A scale in use is not edited but replaced by its next version."""

    name = models.CharField(_("name"), max_length=100)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("replaced by"))

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="scale_version_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class RatingQuerySet(models.QuerySet["Rating"]):
    def usable(self) -> Self:
        """Ratings of the scales in force, truest first, those off the axis last."""
        return self.filter(scale__retired_on=None).order_by("scale", F("value").desc(nulls_last=True), "pk")

    def usable_or(self, rating: "Rating") -> Self:
        """`usable`, and the one that a draft has already, whatever became of its scale."""
        usable = Q(scale__retired_on=None) | Q(pk=rating.pk)
        return self.filter(usable).order_by("scale", F("value").desc(nulls_last=True), "pk")


class Rating(models.Model):
    """A place on a scale. `value` is higher the truer, from 1 on; null stands off the axis and is words only."""

    class Shape(models.TextChoices):
        """Drawn beside the label, so that no rating is told by colour alone."""

        FULL = "full", _("Full circle")
        MOSTLY = "mostly", _("Three quarters")
        HALF = "half", _("Half circle")
        LITTLE = "little", _("One quarter")
        EMPTY = "empty", _("Empty circle")
        QUESTION = "question", _("Question mark")
        FRAGMENT = "fragment", _("Broken circle")

    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="ratings", verbose_name=_("scale"))
    code = models.SlugField(_("code"), max_length=30)
    label = models.CharField(_("label"), max_length=40)
    meaning = models.CharField(_("meaning"), max_length=300)
    value = models.PositiveSmallIntegerField(_("value"), null=True, blank=True)
    shape = models.CharField(_("shape"), max_length=10, choices=Shape)
    colour = models.CharField(
        _("colour"),
        max_length=12,
        validators=[RegexValidator(r"^[a-z]+$")],
        help_text=_("A name from tokens.css: true, mostly, mixed, doubt, false, off."),
    )

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["scale", F("value").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="rating_code_is_unique"),
            models.UniqueConstraint(fields=["scale", "value"], name="rating_value_is_unique"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=1), name="rating_value_is_1_or_more"),
        ]

    def __str__(self) -> str:
        return self.label


class MethodologyVersion(models.Model):
    """How the desk checks, as published from a day on. Never changed: a change is the next version."""

    n = models.PositiveIntegerField(_("version"), unique=True)
    text = models.TextField(_("text"), help_text=_("Markdown."), validators=[MaxLengthValidator(EXPLANATION_LIMIT)])
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("methodology")
        verbose_name_plural = _("methodology")
        ordering = ["-n"]

    def __str__(self) -> str:
        return str(_("Methodology %(number)s")) % {"number": self.n}


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def current(self) -> Self:
        """Of each claim the highest published version."""
        newer = Verdict.objects.filter(
            claim=models.OuterRef("claim"), version__gt=models.OuterRef("version"), published_at__isnull=False
        )
        return self.filter(~models.Exists(newer), published_at__isnull=False)

    def for_mention(self) -> Self:
        """What a page says of another claim in passing: the current verdict with its rating and the claim's `slug`."""
        newest = Slug.objects.filter(claim=models.OuterRef("claim")).order_by("-pk")
        return self.current().select_related("rating").annotate(slug=models.Subquery(newest.values("slug")[:1]))

    def with_all_shown(self) -> Self:
        """Published versions, oldest first, with rating and scale, writer, methodology without its text, correction and
        exceptions, in one query."""
        from claims.models.gate import GateException

        shown = (
            self.filter(published_at__isnull=False)
            .order_by("version")
            .select_related("rating__scale", "by", "methodology", "correction__old_verdict__rating")
        )
        return gather(
            shown.defer("methodology__text"),
            exceptions=GateException.objects.filter(verdict=models.OuterRef("pk")),
            rating__scale__ratings=Rating.objects.filter(scale=models.OuterRef("rating__scale")),
        )

    def going_stale(self, day: date) -> Self:
        """What readers see whose evidence should be looked at again by `day`, or should have been before it.

        Uses verdict_look_again.
        """
        return self.current().filter(look_again_by__lte=day, claim__status=Claim.Status.PUBLISHED)

    def drafts(self) -> Self:
        """Versions not published; a claim has at most one."""
        return self.filter(published_at=None)

    def visible_to(self, user: "User | None") -> Self:
        """Verdicts whose finding this person may see; the one place that decides it, for pages, data and record alike.

        Whoever may review a draft sees nothing of it before they have rated it themselves, unless they wrote on it or
        somebody has approved it. None is a reader.
        """
        published = Q(published_at__isnull=False)
        if user is None or not user.has_perm("claims.view_claim"):
            return self.filter(published)
        if not user.has_perm("claims.review_claim"):
            return self
        wrote = Q(by=user) | Q(pk__in=Verdict.writers.through.objects.filter(user=user).values("verdict"))
        reviews = Verdict._meta.get_field("reviews").related_model._base_manager
        rated = Q(pk__in=reviews.filter(reviewer=user, rated_at__isnull=False).values("verdict"))
        approved = Q(pk__in=reviews.filter(approved_at__isnull=False).values("verdict"))
        return self.filter(published | wrote | rated | approved)

    def hidden_from(self, user: "User | None") -> Self:
        """Drafts whose finding this person may not see."""
        return self.drafts().exclude(pk__in=Verdict.objects.visible_to(user).values("pk"))

    def for_writing(self) -> Self:
        """All that the form of a draft shows, in two queries."""
        cited = models.Prefetch("citations", queryset=Citation.objects.for_page())
        return self.select_related("rating__scale", "by").prefetch_related(cited)


class Verdict(models.Model):
    """Our finding on a claim, in versions. A published version is never edited: a correction is the next one.

    claim_text, claimant_name: as readers saw them when it was published. by: who saved it last. saves: how often the
    draft, or the wording it is about, was changed; an approval is of one such state and of no later one.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts", verbose_name=_("claim"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, blank=True, verbose_name=_("rating"))
    summary = models.CharField(_("summary"), max_length=280, blank=True)
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Markdown."), validators=[MaxLengthValidator(EXPLANATION_LIMIT)]
    )
    how_we_checked = models.TextField(
        _("how we checked"), blank=True, help_text=_("Markdown."), validators=[MaxLengthValidator(10_000)]
    )
    evidence_as_of = models.DateField(_("evidence as of"), null=True, blank=True)
    look_again_by = models.DateField(_("look again by"), null=True, blank=True)
    methodology = models.ForeignKey(
        MethodologyVersion, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("methodology")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="verdicts", verbose_name=_("written by")
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name=_("everyone who wrote on it")
    )
    saves = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    claim_text = models.TextField(_("claim as published"), blank=True, editable=False)
    claimant_name = models.CharField(_("claimant as published"), max_length=200, blank=True, editable=False)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["claim", "-version"]
        constraints = [  # a published verdict is never edited: a correction is the next version, drafted beside it
            models.UniqueConstraint(fields=["claim", "version"], name="verdict_version_is_unique"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(published_at=None), name="verdict_one_draft_per_claim"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | (Q(rating__isnull=False) & ~Q(summary="") & ~Q(explanation="") & ~Q(claim_text="")),
                name="verdict_is_complete_when_published",
            ),
            models.CheckConstraint(
                condition=Q(look_again_by=None) | Q(evidence_as_of=None) | Q(look_again_by__gt=F("evidence_as_of")),
                name="verdict_look_again_is_after_evidence",
            ),
        ]
        indexes = [
            models.Index(  # what the desk puts out
                fields=["published_at"],
                condition=Q(version=1, published_at__isnull=False),
                name="verdict_first_published",
            ),
            models.Index(  # what programs read of all versions, newest first
                fields=["published_at", "id"], condition=Q(published_at__isnull=False), name="verdict_published"
            ),
            models.Index(  # what is going stale
                fields=["look_again_by"],
                condition=Q(look_again_by__isnull=False, published_at__isnull=False),
                name="verdict_look_again",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s")) % {"number": self.version}


class CitationQuerySet(models.QuerySet["Citation"]):
    def for_page(self) -> Self:
        """With sources and the copies kept of them, but for the text of those."""
        return self.select_related("source__copy__snapshot").defer("source__copy__text")


class Citation(models.Model):
    """A source as a verdict uses it. Frozen with its verdict."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports the claim")
        REFUTES = "refutes", _("Speaks against the claim")
        CONTEXT = "context", _("Gives context")

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="citations", verbose_name=_("verdict"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    n = models.PositiveSmallIntegerField(_("number"))

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["verdict", "n"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "source"], name="citation_once_per_verdict_and_source"),
            models.UniqueConstraint(
                fields=["verdict", "n"],
                name="citation_number_is_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.n}]"
