"""What readers may find: published fact-checks, by their words and by what they can be narrowed to."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.claimant import Claimant
from claims.models.matching import WORDS
from claims.models.verdict import Rating

# Of a word in the explanation, in summary or claimant, in the claim; "D" is not used.
RANKS = {"D": 0.0, "C": 0.2, "B": 0.4, "A": 1.0}


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def with_words(self, words: str, *, at_most: int) -> "SearchEntryQuerySet":
        """Fact-checks with all of these words, best first: of more than `at_most` the newest.

        words: as a reader types them, with "phrases", -exclusions and OR. The cut comes before the ranking, which has
        to fetch the words of each row.
        """
        query = SearchQuery(words, config=WORDS, search_type="websearch")
        found = self.filter(words=query).newest_first()[:at_most]
        rank = SearchRank(F("words"), query, weights=list(RANKS.values()))
        ranked = self.model.objects.filter(pk__in=found.values("pk"))
        return ranked.order_by(rank.desc(), "-first_published_at", "-pk")

    def newest_first(self) -> Self:
        """By first publication: a correction moves nothing up. Uses searchentry_newest."""
        return self.order_by("-first_published_at", "-pk")

    def narrowed(self, **chosen: Any) -> Self:
        """Of one rating (by code), claimant, topic, publisher and year of first publication, as far as given."""
        fields = {
            "rating": "rating__code",
            "claimant": "claimant",
            "topic": "claim__topics",
            "publisher": "publishers__contains",
            "year": "first_published_at__year",
        }
        return self.filter(**{fields[name]: value for name, value in chosen.items() if value is not None})


class SearchEntry(models.Model):
    """A published fact-check in the readers' index. Triggers keep it (migration 0009); no code writes it.

    words: of the current verdict: A the claim as published, B the claimant and the summary, C the explanation. A
    claimant who is not named publicly is neither among the words nor in `claimant`.
    publishers: those of the articles the claim appears in, also through claims merged into it.
    """

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("claim"))
    words = SearchVectorField(editable=False)
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="+", db_index=False, verbose_name=_("rating"))
    claimant = models.ForeignKey(
        Claimant, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("claimant")
    )
    publishers = ArrayField(models.BigIntegerField(), verbose_name=_("publishers"))
    first_published_at = models.DateTimeField(_("first published"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in the readers’ index")
        verbose_name_plural = _("entries in the readers’ index")
        indexes = [
            GinIndex(fields=["words"], fastupdate=False, name="searchentry_words"),
            models.Index(fields=["first_published_at", "claim"], name="searchentry_newest"),  # lists, backwards
            GinIndex(fields=["publishers"], fastupdate=False, name="searchentry_publishers"),  # a publisher's page
        ]

    def __str__(self) -> str:
        return f"#{self.claim_id}"
