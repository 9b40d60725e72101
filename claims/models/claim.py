"""The statement under review and where it stands."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce, Now, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.claim_loading import ClaimLoading
from claims.models.claimant import Claimant
from claims.models.ranking import TriageWeights
from claims.models.slug import Slug
from claims.models.topic import Topic
from people.models import RecordEntry

# Rows that hang on a claim without a person's doing.
MADE_BY_MACHINE: dict[str | None, dict[str, Any]] = {
    "matches_above": {"state": "suggested"},
    "matches_below": {"state": "suggested"},
    "external_matches": {"state": "suggested"},
    "merges": {"by_machine": True},
    "merges_into": {"by_machine": True},
    "hold": {"until__lte": Now()},  # nobody looks at it any more
}

MANY = 500  # claimants that one name may mean
WORDS = 8  # that a search looks for


class ClaimQuerySet(ClaimLoading):
    def published(self) -> Self:
        """Claims with a page for readers."""
        return self.filter(status=Claim.Status.PUBLISHED)

    def past_review(self) -> Self:
        """Claims whose wording, claimant and places readers see, or will see without another look."""
        return self.filter(status__in=Claim.PAST_REVIEW)

    def with_page(self) -> Self:
        """Claims whose address answers: published ones, and retracted ones, which are a notice."""
        return self.filter(status__in=[Claim.Status.PUBLISHED, Claim.Status.RETRACTED])

    def considered(self) -> Self:
        """Claims that people decided on, whatever they decided; what was merged counts with the one it is part of."""
        return self.exclude(status__in=[Claim.Status.DETECTED, Claim.Status.MERGED])

    def at(self, slug: str) -> Self:
        """The claim that has or had this address, or into which the one that had it was merged: at most one."""
        owner = Slug.objects.filter(slug=slug).values(owner=Coalesce("claim__merged_into", "claim"))
        return self.filter(pk__in=owner)

    def with_first_publication(self) -> Self:
        """Each with `first_published_at`, None where nothing was published. Lists go by SearchEntry, by its index."""
        first = FilteredRelation("verdicts", condition=Q(verdicts__version=1))  # versions are published in order
        return self.alias(first=first).annotate(first_published_at=F("first__published_at"))

    def due_by(self, day: date) -> Self:
        """Claims people are to work on that are due on `day` or were before it. Uses claim_due."""
        waiting = [Claim.Status.SHORTLISTED, *Claim.WORKED_ON]
        return self.filter(due_on__lte=day, status__in=waiting)

    def for_triage(self) -> Self:
        """Candidates nobody has decided on, most check-worthy first; those without a score last. Uses claim_triage."""
        return self.filter(status=Claim.Status.DETECTED).order_by(F("check_worthiness").desc(nulls_last=True), "pk")

    def weighed_otherwise(self, weights: TriageWeights | None) -> Self:
        """Of the triage queue what has a score that other weights made than `weights` (None: as shipped).

        Uses claim_to_reweigh, so that a sweep that finds nothing costs nothing.
        """
        queue = self.filter(status=Claim.Status.DETECTED, check_worthiness__isnull=False)
        if weights is None:
            return queue.filter(weights__isnull=False)
        return queue.filter(Q(weights=None) | Q(weights__lt=weights.pk) | Q(weights__gt=weights.pk))

    def shortlisted_here(self) -> Self:
        """Scored claims that a person shortlisted and did not at once take back, whatever became of them."""
        return self.filter(shortlisted_at__isnull=False, check_worthiness__isnull=False)

    def untouched(self) -> Self:
        """Candidates as the extractor left them: no person decided on, worded, assigned, joined or worked on them, and
        nothing was counted with them.

        The record knows of every such change of the claim itself. Beside its places, its entry in the index and
        what the machine made of it in matching, nothing may hang on it: a table that is new here counts as people's
        until it is named.
        """
        return self.untouched_by_people().filter(merged=None)

    def untouched_by_people(self) -> Self:
        """`untouched`, or with nothing but what the machine counted with them by itself."""
        by_people = RecordEntry.objects.filter(
            table_name=Claim._meta.db_table, row_id=OuterRef("pk"), actor_id__isnull=False
        )
        return self.filter(origin=Claim.Origin.EXTRACTED).exclude(Exists(by_people)).free_of_marks()

    def free_of_marks(self, *, besides: str = "") -> Self:
        """Candidates on which nothing hangs that a person put there, but for rows under the name `besides`."""
        marks: list[Any] = []
        for relation in Claim._meta.related_objects:
            name = relation.get_accessor_name()
            if name not in {"appearances", "entry", "merged", besides}:  # of "merged", `merges_into` says who did it
                rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
                marks.append(rows.exclude(**MADE_BY_MACHINE.get(name, {"pk": None})))
        candidates = self.filter(status=Claim.Status.DETECTED, assigned_to=None, shortlisted_at=None)
        return candidates.exclude(reduce(or_, [Q(Exists(mark)) for mark in marks]))

    def stretches_at(self, place: "Claim | None", *, behind: bool = False) -> list[Self]:
        """The triage queue from `place` on, whether that is still queued or not, as pieces one after another.

        Each begins where it stands in claim_triage, so that no row before it is read. behind: without `place` itself.
        """
        unscored = self.filter(check_worthiness=None)
        if place is None:
            return [self]
        here = Q(pk__gt=place.pk) if behind else Q(pk__gte=place.pk)
        if place.check_worthiness is None:
            return [unscored.filter(here)]
        scored = self.filter(check_worthiness__lte=place.check_worthiness)
        return [scored.filter(Q(check_worthiness__lt=place.check_worthiness) | here), unscored]

    def ahead_of(self, place: "Claim") -> Self:
        """Of the triage queue what stands before `place`, nearest first."""
        score, here = place.check_worthiness, Q(check_worthiness=place.check_worthiness, pk__lt=place.pk)
        if score is None:
            ahead = self.filter(Q(check_worthiness=None, pk__lt=place.pk) | Q(check_worthiness__isnull=False))
        else:
            ahead = self.filter(here | Q(check_worthiness__gt=score), check_worthiness__gte=score)
        return ahead.order_by(F("check_worthiness").asc(nulls_first=True), "-pk")

    def said_by(self, words: str) -> Self:
        """Claims of claimants whose name or other name has these words."""
        return self.filter(claimant__in=_named(words))

    def with_words(self, words: str) -> Self:
        """Claims that have each of these words in their text or in a name of who made them.

        Uses claim_text_by_letters.
        """
        claims = self
        for word in words.split()[:WORDS]:
            claims = claims.filter(Q(text__icontains=word) | Q(claimant__in=_named(word)))
        return claims


def _named(words: str) -> list[int]:
    """Claimants with these words in their name or in another name of theirs. Asked for first, so that their claims are
    found by an index, whatever else is asked."""
    named = Claimant.objects.filter(Q(name__icontains=words) | Q(aliases__name__icontains=words))
    return list(named.order_by("pk").values_list("pk", flat=True).distinct()[:MANY])


class Claim(models.Model):
    """A statement that can be true or false. In DETECTED it is the extractor's candidate.

    check_worthiness: 0.0 (leave) to 1.0 (check first); null when it could not be computed. Says nothing about truth.
    reasons: [{"signal": str, "weight": float}], the log-odds that made check_worthiness, largest first; where learned
    weights made them each has its shipped log-odds as "base" too.
    weights: the learned weights that made the score; null: it is as shipped.
    shortlisted_at: when a person last shortlisted it. Kept when the claim goes back into the queue, unless by undo.
    claimed_on: when it was said, as a person found out; the places have the dates of their articles.
    part_of: the compound claim this is a part of, one level and no more. parts_rule: on the compound, how the verdict
    on the whole follows from those on its parts.
    publish_at: the sweep publishes it then, once approved, in the name of scheduled_by. embargo_until: nobody publishes
    it before.
    """

    class Status(models.TextChoices):
        DETECTED = "detected", _("Detected")
        SHORTLISTED = "shortlisted", _("Shortlisted")
        IN_PROGRESS = "in_progress", _("In progress")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        RETRACTED = "retracted", _("Retracted")
        DECLINED = "declined", _("Declined")
        MERGED = "merged", _("Merged")

    class Kind(models.TextChoices):
        QUANTITY = "quantity", _("Quantity")
        COMPARISON = "comparison", _("Comparison")
        SUPERLATIVE = "superlative", _("First or superlative")
        EVENT = "event", _("Event")
        LAW = "law", _("Law or rule")
        POSITION = "position", _("Position or vote")
        CAUSE = "cause", _("Cause")
        QUOTE = "quote", _("Quote")
        HISTORY = "history", _("History")
        OTHER = "other", _("Other")

    class Modality(models.TextChoices):
        ASSERTED = "asserted", _("Asserted")
        DENIED = "denied", _("Denied")
        ALLEGED = "alleged", _("Alleged")
        PLANNED = "planned", _("Planned")
        CONDITIONAL = "conditional", _("Conditional")

    class Origin(models.TextChoices):
        EXTRACTED = "extracted", _("Found by the extractor")
        BY_HAND = "by_hand", _("Entered by hand")
        IMPORTED = "imported", _("Imported")

    class Importance(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")

    # The life cycle. `services.lifecycle.move_claim` is the only code that writes `status`.
    MOVES: ClassVar[dict[Status, frozenset[Status]]] = {
        Status.DETECTED: frozenset({Status.SHORTLISTED, Status.DECLINED, Status.MERGED}),
        Status.SHORTLISTED: frozenset({Status.IN_PROGRESS, Status.DETECTED, Status.MERGED}),
        Status.IN_PROGRESS: frozenset({Status.IN_REVIEW, Status.SHORTLISTED}),
        Status.IN_REVIEW: frozenset({Status.APPROVED, Status.IN_PROGRESS}),
        Status.APPROVED: frozenset({Status.PUBLISHED, Status.IN_REVIEW}),
        Status.PUBLISHED: frozenset({Status.RETRACTED}),
        Status.RETRACTED: frozenset(),
        Status.DECLINED: frozenset({Status.DETECTED}),
        Status.MERGED: frozenset({Status.DETECTED, Status.SHORTLISTED}),
    }

    # A person has it in hand, and it is theirs.
    WORKED_ON: ClassVar[frozenset[Status]] = frozenset({Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED})

    # Assigned to a person, these are theirs to do.
    MINE: ClassVar[frozenset[Status]] = WORKED_ON | {Status.SHORTLISTED}

    PAST_REVIEW: ClassVar[frozenset[Status]] = frozenset({Status.APPROVED, Status.PUBLISHED, Status.RETRACTED})

    text = models.TextField(_("claim"), help_text=_("One sentence that stands alone."))
    extracted_text = models.TextField(_("as the extractor put it"), blank=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DETECTED, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    modality = models.CharField(_("modality"), max_length=12, choices=Modality, default=Modality.ASSERTED)
    check_worthiness = models.FloatField(_("check-worthiness"), null=True, blank=True, editable=False)
    reasons = models.JSONField(_("reasons for the score"), default=list, editable=False)
    weights = models.ForeignKey(
        TriageWeights, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    shortlisted_at = models.DateTimeField(_("shortlisted"), null=True, editable=False)
    unresolved = models.JSONField(_("words that do not stand alone"), default=list, editable=False)
    resolved = models.JSONField(_("words the extractor replaced"), default=list, editable=False)
    claimant = models.ForeignKey(
        Claimant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimant"),
        help_text=_("Who said it; empty when the article itself does."),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("assigned to")
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims", verbose_name=_("topics"))
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    importance = models.PositiveSmallIntegerField(_("importance"), choices=Importance, default=Importance.NORMAL)
    due_on = models.DateField(_("due"), null=True, blank=True)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    parts_rule = models.CharField(_("how the verdict follows from those on the parts"), max_length=300, blank=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.EXTRACTED, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    current_verdicts: "list[Any]"  # set by for_listing and beside
    published_verdicts: "list[Any]"  # set by for_page
    part_keys: "list[int]"  # set by for_page

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        permissions = [
            ("triage_claim", "Can shortlist, decline and merge candidates"),
            ("check_claim", "Can record a verdict and send it for approval"),
            ("review_claim", "Can approve or send back another person's verdict"),
            ("publish_claim", "Can publish and retract"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(check_worthiness__isnull=True) | Q(check_worthiness__range=(0.0, 1.0)),
                name="claim_check_worthiness_is_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(status="merged") ^ Q(merged_into__isnull=True), name="claim_merged_says_into_what"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="claim_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_text_is_not_empty"),
            models.CheckConstraint(condition=~Q(part_of=F("id")), name="claim_not_part_of_itself"),
            models.CheckConstraint(condition=Q(importance__range=(1, 3)), name="claim_importance_is_1_to_3"),
        ]
        indexes = [
            models.Index(  # the triage queue
                F("check_worthiness").desc(nulls_last=True),
                "id",
                condition=Q(status="detected"),
                name="claim_triage",
            ),
            models.Index(  # the triage queue of one kind
                "kind",
                F("check_worthiness").desc(nulls_last=True),
                "id",
                condition=Q(status="detected"),
                name="claim_triage_by_kind",
            ),
            models.Index(fields=["status", "-id"], name="claim_by_status"),  # the desk's list of one status
            GinIndex(OpClass(Upper("text"), "gin_trgm_ops"), name="claim_text_by_letters"),  # the desk's search
            models.Index(  # the sweep for claims that other weights ranked
                fields=["weights"],
                condition=Q(status="detected", check_worthiness__isnull=False),
                name="claim_to_reweigh",
            ),
            models.Index(  # the last decisions, for how good the ranking is
                fields=["-shortlisted_at"], condition=Q(shortlisted_at__isnull=False), name="claim_last_shortlisted"
            ),
            models.Index(  # what is late
                fields=["due_on"],
                condition=Q(due_on__isnull=False, status__in=["shortlisted", "in_progress", "in_review", "approved"]),
                name="claim_due",
            ),
            models.Index(fields=["created_at"], name="claim_came_in"),  # what came in since yesterday
            models.Index(  # the sweep that publishes
                fields=["publish_at"], condition=Q(status="approved", publish_at__isnull=False), name="claim_scheduled"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.slug])

    @property
    def slug(self) -> str:
        """Its place in the address of its page, or "" before publication. Prefetch `slugs` for a list."""
        return next((slug.slug for slug in self.slugs.all()), "")

    @property
    def verdict(self) -> Any:
        """What readers see: the published verdict loaded by `for_listing` or `for_page`, or None."""
        loaded = self.__dict__.get("published_verdicts")
        verdicts = self.current_verdicts if loaded is None else loaded
        return verdicts[-1] if verdicts else None

    @property
    def claimant_shown(self) -> str:
        """The claimant as readers see it: as published, unless no longer named publicly. Needs `for_listing`."""
        if self.claimant and not self.claimant.named_publicly:
            return self.claimant.public_name
        return self.verdict.claimant_name if self.verdict else ""

    @property
    def is_open(self) -> bool:
        """True while people still work on it."""
        return self.status not in {
            self.Status.PUBLISHED,
            self.Status.RETRACTED,
            self.Status.DECLINED,
            self.Status.MERGED,
        }
