"""Where a claim was made, how it was found, and why a candidate was left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least, Substr
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleAddress, Revision
from claims.models.claim import Claim
from claims.models.claimant import Claimant
from claims.models.gathering import gather


class ExtractionRunQuerySet(models.QuerySet["ExtractionRun"]):
    def due(self, now: datetime) -> Self:
        """Runs that wait and that no worker is on. Uses run_waiting."""
        return self.filter(finished_at=None, next_try_at__lte=now)


class ExtractionRun(models.Model):
    """One version of the extractor over one revision. The unique pair is what makes it happen once.

    started_at: when a worker began, null before and again once its lease is over. next_try_at: until then some
    worker is taken to be on it, or on its way to it. failure: why nothing came out, "" otherwise.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="runs", verbose_name=_("revision"))
    extractor_version = models.CharField(_("extractor version"), max_length=40)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    failure = models.TextField(_("failure"), blank=True)

    objects = ExtractionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("extraction run")
        verbose_name_plural = _("extraction runs")
        constraints = [
            models.UniqueConstraint(fields=["revision", "extractor_version"], name="run_once_per_revision_and_version"),
        ]
        indexes = [  # the sweep for what was left behind
            models.Index(fields=["next_try_at"], condition=Q(finished_at=None), name="run_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.extractor_version}"


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def summed_up(self) -> dict[str, Any]:
        """What to annotate the claim with that these are the places of: how often, first and last day, publishers."""
        publisher = "revision__article__publisher__name"
        names = ArrayAgg(publisher, filter=Q(revision__article__publisher__isnull=False), distinct=True)
        as_one = self.order_by().values(_one=Value(1))
        return {
            "times": Coalesce(Subquery(as_one.annotate(_n=Count("pk")).values("_n")), 0),
            "first_on": Subquery(as_one.annotate(_first=Min("made_on")).values("_first")),
            "last_on": Subquery(as_one.annotate(_last=Max("made_on")).values("_last")),
            "publishers": Subquery(as_one.annotate(_names=names).values("_names")),
        }

    def for_page(self) -> Self:
        """Where claims were made, in text order, with article, publisher and addresses, in one query."""
        rows = self.select_related("revision__article__publisher", "claimant").defer("revision__text")
        addresses = ArticleAddress.objects.filter(article=OuterRef("revision__article"))
        return gather(rows, revision__article__addresses=addresses).order_by("made_on", "revision", "start")

    def counted_with(self, claim: Claim) -> Self:
        """Where this claim was made, in its own words or in those of claims merged into it, each with that claim."""
        return self.counted_with_any([claim])

    def counted_with_any(self, claims: Iterable[Claim]) -> Self:
        """The same for several claims."""
        keys = [claim.pk for claim in claims]
        counted = Claim.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys))
        return self.filter(claim__in=counted.values("pk")).select_related("claim__claimant")

    def published(self) -> Self:
        """Where published claims were made, in their own words or in those of claims merged into them."""
        published = Claim.Status.PUBLISHED
        return self.filter(Q(claim__status=published) | Q(claim__merged_into__status=published))

    def checked_in(self, article: Article) -> Self:
        """What readers see was checked in an article, in the order of its texts, each with its claim and the one that
        stands for that, in one query."""
        rows = self.published().filter(revision__article=article).defer("revision__text")
        return rows.select_related("revision", "claimant", "claim__claimant", "claim__merged_into__claimant").order_by(
            "revision__n", "start", "end", "pk"
        )

    def number_considered(self) -> int:
        """How many claims that people decided on were made in these places."""
        counted = self.order_by().values(counted=Coalesce("claim__merged_into", "claim"))
        return Claim.objects.considered().filter(pk__in=counted).count()

    def in_context(self, *, margin: int) -> Self:
        """`for_page`, each with `window`: its sentence and up to `margin` characters of the text on either side."""
        start = F("sentence_start") - Least(F("sentence_start"), margin)
        window = Substr("revision__text", start + 1, F("sentence_end") - start + margin)
        return self.for_page().annotate(window=window)


class Appearance(models.Model):
    """One place a claim was made. `revision.text[start:end] == quote`, and neither ever changes.

    claimant_text: who said it, as the article writes it; "" when the article itself says it.
    sentence_start, sentence_end: the sentence around the quote, end exclusive.
    made_on: when it was said, as far as known: the article's date.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="appearances", verbose_name=_("claim"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="appearances", verbose_name=_("revision"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    sentence_start = models.PositiveIntegerField(_("start of the sentence"))
    sentence_end = models.PositiveIntegerField(_("end of the sentence"))
    quote = models.TextField(_("quote"))
    claimant_text = models.CharField(_("said by, as written"), max_length=300, blank=True)
    claimant = models.ForeignKey(Claimant, models.SET_NULL, null=True, blank=True, verbose_name=_("claimant"))
    dates = models.JSONField(_("dates"), default=list)
    run = models.ForeignKey(ExtractionRun, models.SET_NULL, null=True, verbose_name=_("extraction run"))
    made_on = models.DateField(_("made on"), null=True, blank=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["revision", "start"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "revision", "start", "end"], name="appearance_is_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="appearance_ends_after_its_start"),
            models.CheckConstraint(
                condition=Q(sentence_start__lte=F("start")) & Q(sentence_end__gte=F("end")),
                name="appearance_is_inside_its_sentence",
            ),
        ]

    def __str__(self) -> str:
        return self.quote


class DeclineQuerySet(models.QuerySet["Decline"]):
    def standing(self) -> Self:
        """Declines that hold: of each claim that is declined now the last one."""
        later = Decline.objects.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), claim__status=Claim.Status.DECLINED)

    def on_worth(self) -> Self:
        """Declines that say the claim was not worth checking, whoever asks and whenever."""
        return self.filter(reason__in=Decline.ON_WORTH)


class Decline(models.Model):
    """Why a candidate is not checked. Kept when the decision is taken back, so that selection can be counted."""

    class Reason(models.TextChoices):
        OPINION = "opinion", _("Opinion")
        PREDICTION = "prediction", _("Prediction")
        CANNOT_BE_CHECKED = "cannot_be_checked", _("Cannot be checked")
        TRIVIAL = "trivial", _("Trivial")
        ALREADY_CHECKED = "already_checked", _("Already checked")
        OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
        NO_CAPACITY = "no_capacity", _("No capacity")

    # Reasons that lie in the claim. The others say that it was done before, or that the desk cannot.
    ON_WORTH: ClassVar[frozenset[Reason]] = frozenset(
        {Reason.OPINION, Reason.PREDICTION, Reason.CANNOT_BE_CHECKED, Reason.TRIVIAL}
    )

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="declines", verbose_name=_("claim"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = DeclineQuerySet.as_manager()

    class Meta:
        verbose_name = _("decline")
        verbose_name_plural = _("declines")
        ordering = ["-pk"]
        indexes = [  # the last decisions, for how good the ranking is
            models.Index(fields=["-at"], name="decline_last"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
