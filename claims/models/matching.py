"""The same claim, once: what is known of each claim to find it by, pairs that may be the same, and merges."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Case, F, FloatField, Func, Prefetch, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _
from pgvector import HalfVector
from pgvector.django import CosineDistance, HalfVectorField

from claims.models.claim import Claim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = "plumbline"  # the text search configuration: English stems, accents ignored; made by migration 0006
EntryT = TypeVar("EntryT", bound="Entry")


class EntryQuerySet(models.QuerySet[EntryT], Generic[EntryT]):
    def due(self, stamp: str, now: datetime) -> Self:
        """Entries that are new or were made by other rules or another encoder than `stamp` says; new ones first."""
        return self.filter(Q(stamp__lt=stamp) | Q(stamp__gt=stamp), next_try_at__lte=now).order_by("stamp", "pk")

    def with_likeness(self, vector: "NDArray[np.float32] | None", *, encoder: str) -> Self:
        """Each with its `stems`, and `cosine` of its vector with this one, -1 to 1: None where one of them has none."""
        stems = Func("words", function="tsvector_to_array", output_field=ArrayField(models.TextField()))
        cosine: Any = Value(None, output_field=FloatField())
        if vector is not None:
            cosine = Case(When(encoder=encoder, then=1.0 - _distance(vector)), output_field=FloatField())
        return self.annotate(stems=stems, cosine=cosine)

    def nearest(self, vector: "NDArray[np.float32]", *, encoder: str) -> Self:
        """Entries with a vector of this encoder, nearest first.

        Uses the index that `claims.services.vectors` makes for the encoder, so cut it to a few dozen rows.
        """
        return self.filter(encoder=encoder).order_by(_distance(vector))

    def with_any(self, weights: Mapping[str, float]) -> Self:
        """Entries that have any of these stems, those first that have the most by weight. Uses the index of words."""
        shared = RawSQL(
            "(SELECT sum(weight) FROM unnest(%s::tsquery[], %s::float8[]) AS asked(stem, weight) WHERE words @@ stem)",
            [list(map(_quoted, weights)), list(weights.values())],
        )
        return self.filter(words=_query(weights, " | ")).order_by(shared.desc(), "pk")

    def with_all(self, stems: Iterable[str]) -> Self:
        """Entries that have all of these stems. Uses the index of words."""
        return self.filter(words=_query(stems, " & "))


def _distance(vector: "NDArray[np.float32]") -> CosineDistance:
    """Written as the index of the encoder has it, or it would not be used."""
    return CosineDistance(Cast("vector", HalfVectorField(dimensions=len(vector))), HalfVector(vector))


def _query(stems: Iterable[str], sign: str = "") -> SearchQuery:
    """Stems as the index has them, so "simple": they are not stemmed again."""
    return SearchQuery(sign.join(map(_quoted, stems)), config="simple", search_type="raw")


def _quoted(stem: str) -> str:
    """As a word of a query in PostgreSQL's own writing."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


class Entry(models.Model):
    """What a statement is found and compared by. All of it is made by machine, from the text, again when that changes.

    words: stems of the text. conditions: its truth conditions, as `claims.matching` writes them; null before, and
    where they could not be read. vector: in half precision, of the encoder's length; null without an encoder.
    encoder: its name and version. stamp: the rules and the encoder that made all this; "" while it waits to be made.
    next_try_at: until then some worker is taken to be on it.
    """

    words = SearchVectorField(null=True, editable=False)
    conditions = models.JSONField(null=True, editable=False)
    vector = HalfVectorField(null=True, editable=False)
    encoder = models.CharField(_("encoder"), max_length=80, blank=True, editable=False)
    stamp = models.CharField(max_length=120, blank=True, editable=False, db_default="")
    next_try_at = models.DateTimeField(_("next try"), editable=False, db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("attempts"), editable=False, db_default=0)

    class Meta:
        abstract = True
        indexes = [
            GinIndex(fields=["words"], fastupdate=False, name="%(class)s_words"),
            models.Index(fields=["stamp", "next_try_at"], name="%(class)s_due"),  # the sweep
        ]


class ClaimEntry(Entry):
    """A claim in the index. A trigger makes it with the claim, empties its stamp when the wording changes, and takes
    it out while the claim is merged into another, which then stands for both."""

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="entry", verbose_name=_("claim"))

    objects = EntryQuerySet["ClaimEntry"].as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("entry in the index")
        verbose_name_plural = _("entries in the index")

    def __str__(self) -> str:
        return f"#{self.claim_id}"


class Decision(models.TextChoices):
    """What comparing truth conditions says of a pair."""

    SAME = "same", _("Same claim")
    RELATED = "related", _("Related")
    DIFFERENT = "different", _("Different")


class State(models.TextChoices):
    """What people say of a pair."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class Pair(models.Model):
    """Two statements that may say the same.

    similarity: 0.0 to 1.0. differences: [{"kind", "query", "candidate"}], what `claims.matching` names. certain:
    nothing was guessed where it says "same". encoder: "" where words alone found it. rules: the version that decided.
    """

    similarity = models.FloatField(_("similarity"))
    decision = models.CharField(_("decision"), max_length=9, choices=Decision)
    differences = models.JSONField(_("differences"), default=list)
    certain = models.BooleanField(_("certain"), default=False)
    encoder = models.CharField(_("encoder"), max_length=80, blank=True)
    rules = models.CharField(_("version of the rules"), max_length=20)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.SUGGESTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("decided by"), related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def is_same(self) -> bool:
        """True where the rules or a person say so."""
        return self.state == State.CONFIRMED or self.decision == Decision.SAME


class ClaimMatchQuerySet(models.QuerySet["ClaimMatch"]):
    def of(self, claims: Sequence[int]) -> Self:
        """Pairs that one of these claims is in."""
        return self.filter(Q(low__in=claims) | Q(high__in=claims))

    def for_readers(self, claim: Claim) -> Self:
        """Pairs of this published claim, or of one merged into it, with another that readers see in the same way.

        Those that people confirmed come first, then the most alike; rejected ones are among them.
        """
        ours = Claim.objects.filter(Q(pk=claim.pk) | Q(merged_into=claim.pk)).values("pk")
        published = Claim.Status.PUBLISHED
        seen = [
            Q(**{f"{side}__status": published}) | Q(**{f"{side}__merged_into__status": published})
            for side in ("low", "high")
        ]
        confirmed = Case(When(state=State.CONFIRMED, then=Value(0)), default=Value(1))
        pairs = self.filter(Q(low__in=ours) | Q(high__in=ours), *seen).select_related("low", "high")
        return pairs.order_by(confirmed, "-similarity", "pk")

    def standing(self) -> Self:
        """Pairs of two claims neither of which is merged."""
        merged = Claim.Status.MERGED
        return self.exclude(low__status=merged).exclude(high__status=merged)

    def proposed(self) -> Self:
        """What waits for a person: pairs taken for the same that nobody has decided on. Uses match_proposed."""
        return self.standing().filter(decision=Decision.SAME, state=State.SUGGESTED)

    def taken_for_the_same(self) -> Self:
        """Standing pairs that the rules or a person take for the same, and nobody rejected."""
        same = Q(decision=Decision.SAME, state=State.SUGGESTED) | Q(state=State.CONFIRMED)
        return self.standing().filter(same)

    def most_similar_first(self) -> Self:
        """The order of the queue of proposed pairs. Uses match_proposed."""
        return self.order_by("-similarity", "pk")

    def standing_at(self, place: "ClaimMatch") -> Self:
        """Of that queue what stands at the place of `place` or behind it, whether that still waits or not."""
        return self.filter(Q(similarity=place.similarity, pk__gte=place.pk) | Q(similarity__lt=place.similarity))

    def ahead_of(self, place: "ClaimMatch") -> Self:
        """Of that queue what stands before `place`, nearest first."""
        before = Q(similarity=place.similarity, pk__lt=place.pk) | Q(similarity__gt=place.similarity)
        return self.filter(before).order_by("similarity", "-pk")

    def same_first(self) -> Self:
        """What nobody has rejected first; then the same, related, different; of these the most similar."""
        rejected = Case(When(state=State.REJECTED, then=1), default=0)
        decision = Case(*(When(decision=value, then=n) for n, value in enumerate(Decision)))
        return self.order_by(rejected, decision, "-similarity", "pk")

    def for_desk(self) -> Self:
        """Everything the desk shows of pairs, in five queries however many: both claims as `Claim.objects.beside()`
        loads them, and who decided."""
        beside = Claim.objects.beside()
        return self.select_related("decided_by").prefetch_related(
            Prefetch("low", queryset=beside), Prefetch("high", queryset=beside)
        )


class ClaimMatch(Pair):
    """Two claims that may be the same, once however often they meet. `differences` is from `low`'s side: its words are
    under "query", those of `high` under "candidate"."""

    low = models.ForeignKey(Claim, models.CASCADE, related_name="matches_above", verbose_name=_("claim"))
    high = models.ForeignKey(Claim, models.CASCADE, related_name="matches_below", verbose_name=_("newer claim"))

    objects = ClaimMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="match_once_per_pair"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="match_low_is_below_high"),
            models.CheckConstraint(condition=Q(similarity__range=(0.0, 1.0)), name="match_similarity_is_0_to_1"),
        ]
        indexes = [
            models.Index(  # the queue of proposed matches
                fields=["-similarity", "id"], condition=Q(decision="same", state="suggested"), name="match_proposed"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.low_id} {self.decision} #{self.high_id}"


class MergeQuerySet(models.QuerySet["Merge"]):
    def in_force(self) -> Self:
        return self.filter(undone_at=None)

    def for_file(self, claim: Claim) -> Self:
        """What counts with this claim now, and what it counts with, newest first, in one query."""
        here = Q(loser=claim) | Q(loser__merged_into=claim)
        return self.in_force().filter(here).select_related("loser", "winner", "by", "match").order_by("-pk")


class Merge(models.Model):
    """One claim counted with another. Undoing it is this row: everything else stayed where it was.

    by: None where the machine added an appearance to a claim it is certain about. match: the pair behind it.
    """

    loser = models.ForeignKey(Claim, models.CASCADE, related_name="merges", verbose_name=_("merged claim"))
    winner = models.ForeignKey(Claim, models.CASCADE, related_name="merges_into", verbose_name=_("into"))
    previous_status = models.CharField(_("status before"), max_length=12, choices=Claim.Status)
    match = models.ForeignKey(ClaimMatch, models.SET_NULL, null=True, verbose_name=_("match"), related_name="merges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by"), related_name="+")
    by_machine = models.BooleanField(_("by machine"), default=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["loser"], condition=Q(undone_at=None), name="merge_once_at_a_time"),
            models.CheckConstraint(condition=~Q(loser=F("winner")), name="merge_into_another"),
        ]

    def __str__(self) -> str:
        return f"#{self.loser_id} → #{self.winner_id}"
