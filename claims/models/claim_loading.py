"""Claims with what a page shows of them, each in a fixed number of queries however many claims."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from claims.models.claimant import ClaimantAlias, ClaimantRole
from claims.models.gathering import gather
from claims.models.slug import Slug
from claims.models.topic import Topic

if TYPE_CHECKING:
    from claims.models.claim import Claim


class ClaimLoading(models.QuerySet["Claim"]):
    def for_listing(self) -> Self:
        """Everything a list of fact-checks shows, in four queries however long the list.

        `current_verdicts` on each claim is a list of one published verdict with its rating, or empty.
        """
        return self.select_related("claimant").prefetch_related("slugs", _current_verdicts())

    def for_page(self) -> Self:
        """What a claim page shows of the claim itself, in four queries however many claims.

        `published_verdicts`, oldest first, with their scale, `citations` with sources, `exceptions` and `approvals`;
        addresses, topics, what was asked; the claimant with names and roles; `part_keys`: of the claims that its parts
        count with; `left_to_others`: whether somebody of the desk took no part for an interest of theirs.
        """
        from claims.models.review import Review
        from claims.models.verdict import Citation, Verdict

        approvals = Review.objects.approvals().select_related("reviewer")
        more: list[Any] = [
            Prefetch("verdicts", queryset=Verdict.objects.with_all_shown(), to_attr="published_verdicts"),
            Prefetch("published_verdicts__citations", queryset=Citation.objects.for_page()),
            Prefetch("published_verdicts__reviews", queryset=approvals, to_attr="approvals"),
        ]
        return self.with_small_relations().prefetch_related(*more)

    def with_small_relations(self) -> Self:
        """What `for_page` loads in the query of the claims themselves."""
        from claims.models.conflict import Conflict, Recusal

        facts: dict[str, Any] = {
            "part_keys": ArraySubquery(_counted_parts()),
            "left_to_others": Exists(Recusal.objects.filter(claim=OuterRef("pk")))
            | Exists(Conflict.objects.filter(claimant=OuterRef("claimant"))),
        }
        claims: Self = self.select_related("claimant").annotate(**facts)
        return gather(claims, **_small_relations())

    def for_file(self) -> Self:
        """Everything a claim file shows but where it appears and its history: `first_made_on`; `comment_count`;
        `versions` of the verdict, newest first, with citations, sources, their copies and reviews; addresses, declines,
        topics; the claimant with names and roles.
        """
        from claims.models.appearance import Appearance
        from claims.models.discussion import Comment
        from claims.models.verdict import Citation, Verdict

        verdicts = (
            Verdict.objects.select_related("rating__scale", "by")
            .prefetch_related(
                Prefetch("citations", queryset=Citation.objects.for_page()),
                "reviews__reviewer",
                "writers",
            )
            .order_by("-version")
        )
        places = Appearance.objects.filter(claim=OuterRef("pk")).order_by("made_on").values("made_on")
        said = Comment.objects.filter(claim=OuterRef("pk"), withdrawn_at=None).order_by().values("claim")
        near = self.select_related("claimant", "assigned_to", "merged_into", "part_of")
        return near.annotate(
            first_made_on=Subquery(places[:1]),
            comment_count=Coalesce(Subquery(said.annotate(n=Count("pk")).values("n")), 0),
        ).prefetch_related(
            "slugs",
            "declines__by",
            "topics",
            "claimant__aliases",
            "claimant__roles",
            Prefetch("verdicts", queryset=verdicts, to_attr="versions"),
        )

    def for_desk(self) -> Self:
        """Everything a list in the desk shows, in one query."""
        return self.select_related("claimant", "assigned_to")

    def beside(self) -> Self:
        """Everything the desk shows of a claim beside another, in two queries: `current_verdicts`; of where it and what
        was merged into it was made `times`, `first_on`, `last_on` and the names of `publishers`.
        """
        from claims.models.appearance import Appearance

        counted = self.model._default_manager.filter(
            Q(pk=OuterRef(OuterRef("pk"))) | Q(merged_into=OuterRef(OuterRef("pk")))
        )
        places = Appearance.objects.filter(claim__in=counted).order_by()
        return self.select_related("claimant").prefetch_related(_current_verdicts()).annotate(**places.summed_up())


def _counted_parts() -> "models.QuerySet[Claim, Any]":
    from claims.models.claim import Claim

    parts = Claim.objects.filter(part_of=OuterRef("pk")).order_by()
    counted: models.QuerySet[Claim, Any] = parts.annotate(counted=Coalesce("merged_into", "pk")).values("counted")
    return counted


def _small_relations() -> dict[str, models.QuerySet[Any]]:
    from claims.models.outreach import Outreach

    return {
        "slugs": Slug.objects.filter(claim=OuterRef("pk")),
        "topics": Topic.objects.filter(claims=OuterRef("pk")),
        "outreach": Outreach.objects.filter(claim=OuterRef("pk")),
        "claimant__aliases": ClaimantAlias.objects.filter(claimant=OuterRef("claimant")),
        "claimant__roles": ClaimantRole.objects.filter(claimant=OuterRef("claimant")),
    }


def _current_verdicts() -> "Prefetch[Any]":
    from claims.models.verdict import Verdict

    current = Verdict.objects.current().select_related("rating__scale", "by", "methodology").defer("methodology__text")
    return Prefetch("verdicts", queryset=current, to_attr="current_verdicts")
