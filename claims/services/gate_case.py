"""A claim as the rules of the gate look at it."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from claims.models import (
    Appearance,
    Citation,
    Claim,
    MethodologyVersion,
    Outreach,
    Review,
    Source,
    Verdict,
)
from claims.models.claim import ClaimQuerySet
from claims.services.corrections import unmet_by_correction
from claims.services.naming import unmet_by_names
from claims.services.parts import unmet_by_parts

REFERENCE = re.compile(r"\[(\d{1,3})\](?![(\[:])")  # [2] in an explanation points to source 2
GOES_STALE = re.compile(r"\b(since|first|last|latest|most|highest|lowest|record|only)\b", re.IGNORECASE)
MAY_CHANGE = {Claim.Kind.SUPERLATIVE, Claim.Kind.QUANTITY}


def with_facts(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Claims with everything the gate looks at, in a fixed number of queries: the table itself starts none."""
    drafts = (
        Verdict.objects.drafts()
        .select_related("rating__scale", "by")
        .prefetch_related(
            Prefetch("citations", queryset=Citation.objects.select_related("source")),
            Prefetch("reviews", queryset=Review.objects.filter(outcome=Review.Outcome.APPROVED)),
            "rating__scale__ratings",
            "exceptions__by",
            "writers",
        )
    )
    places = Appearance.objects.filter(claim=OuterRef("pk"))
    named = ~Q(revision__article__title="") & Q(revision__article__published_on__isnull=False)
    loaded: ClaimQuerySet = (
        claims.select_related("claimant", "scheduled_by")
        .prefetch_related(
            Prefetch("verdicts", queryset=drafts, to_attr="drafts"),
            "claimant__conflicts",
            "claimant__aliases",
            Prefetch("parts", queryset=Claim.objects.select_related("merged_into")),
            "recusals",
        )
        .annotate(
            appears=Exists(places),
            is_traceable=Exists(places.filter(named | Q(revision__article__addresses__isnull=False))),
            is_dated=Exists(places.filter(made_on__isnull=False)),
            was_asked=Exists(Outreach.objects.filter(claim=OuterRef("pk"))),
            methodology_stands=Exists(MethodologyVersion.objects.filter(valid_from__lte=timezone.localdate())),
        )
    )
    return loaded


@dataclass
class Case:
    """A claim that `with_facts` loaded and the draft on it, as the rules look at them."""

    claim: Any
    draft: Any
    now: datetime

    @cached_property
    def citations(self) -> list[Citation]:
        return list(self.draft.citations.all())

    @cached_property
    def sources(self) -> list[Source]:
        return [citation.source for citation in self.citations]

    @cached_property
    def origins(self) -> set[str]:
        """What the sources go back to: those of one group, and those of one publisher, count once."""
        return {(source.independence_group or source.publisher).casefold().strip() for source in self.sources}

    @cached_property
    def dead_references(self) -> list[int]:
        said = {int(n) for n in REFERENCE.findall(self.draft.explanation)}
        return sorted(said - {citation.n for citation in self.citations})

    @cached_property
    def by_file(self) -> dict[str, str]:
        """What private names and the parts of a compound claim stand in the way of: messages by rule."""
        unmet = [*unmet_by_names(self.claim, self.draft), *unmet_by_parts(self.claim)]
        return {rule: message for rule, message, _settled in unmet}

    @cached_property
    def correction(self) -> str:
        """What keeps the draft from being published under the class of its correction; "" where nothing does."""
        return unmet_by_correction(self.claim, self.draft)

    @cached_property
    def interested(self) -> set[int]:
        """Who has declared an interest."""
        conflicts = self.claim.claimant.conflicts.all() if self.claim.claimant else []
        return {row.user_id for row in (*conflicts, *self.claim.recusals.all())}

    @cached_property
    def writers(self) -> set[int]:
        return {self.draft.by_id, *(person.pk for person in self.draft.writers.all())}

    @property
    def is_approved(self) -> bool:
        if self.claim.status not in {Claim.Status.APPROVED, Claim.Status.PUBLISHED}:
            return False
        apart = self.writers | self.interested
        return any(
            review.saves == self.draft.saves and review.reviewer_id not in apart for review in self.draft.reviews.all()
        )

    @property
    def claimant_is_named(self) -> bool:
        return self.claim.claimant is not None and self.claim.claimant.named_publicly

    @property
    def names_a_rating(self) -> bool:
        """Whether the claim says how it is rated. Looks for the words of all ratings, so that it tells of none."""
        scale = self.draft.rating.scale.ratings.all() if self.draft.rating else []
        labels = "|".join(re.escape(rating.label) for rating in scale)
        return bool(labels) and re.match(rf"\W*(?:{labels})\s*[:–—]", self.claim.text, re.IGNORECASE) is not None

    @property
    def goes_stale(self) -> bool:
        return self.claim.kind in MAY_CHANGE and GOES_STALE.search(self.claim.text) is not None
