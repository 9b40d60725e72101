"""Claims as rows of a list: for the desk, and as readers see them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from claims.interchange import CLAIM, PUBLISHED, SOURCE, SOURCES
from claims.models import Citation, Claim, Source

LOT = 500


def exported_claims(claims: QuerySet[Claim]) -> Iterator[dict[str, Any]]:
    """A row for each claim with its `sources`, in the order of their numbers, a few at a time.

    Of findings only published ones: what is in the making is nobody's but the desk's, and a reviewer's least.
    """
    loaded: Any = claims.order_by("pk").for_listing().prefetch_related("topics", "sources")  # type: ignore[attr-defined]  # a ClaimQuerySet, to the stubs a plain one
    for claim in loaded.iterator(chunk_size=LOT):
        yield _row(claim)


def _row(claim: Claim) -> dict[str, Any]:
    fields = {
        **{name: getattr(claim, name) for name in CLAIM if hasattr(Claim, name)},
        "id": str(claim.pk),
        "claimant": claim.claimant.name if claim.claimant else "",
        "named_publicly": claim.claimant.named_publicly if claim.claimant else True,
        "topics": [topic.name for topic in claim.topics.all()],
        "score": claim.check_worthiness,
        **_finding(claim),
    }
    return {name: _plain(fields[name]) for name in CLAIM} | {"sources": [_source(one) for one in claim.sources.all()]}


def _finding(claim: Claim) -> dict[str, Any]:
    verdict = claim.verdict
    shown = claim.status == Claim.Status.PUBLISHED and verdict
    return {
        "url": f"{settings.PUBLIC_URL}{claim.get_absolute_url()}" if shown else "",
        "rating": verdict.rating.label if shown else "",
        "summary": verdict.summary if shown else "",
        "published_at": verdict.published_at if shown else None,
    }


def _source(source: Source) -> dict[str, Any]:
    return {name: value for name in SOURCE if (value := _plain(getattr(source, name))) not in (None, "")}


def _plain(value: Any) -> Any:
    """Days and times as ISO 8601; everything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def exported_sources(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The sources of such rows as rows of their own, for the second CSV."""
    for row in rows:
        for source in row["sources"]:
            yield {name: source.get(name, "") for name in SOURCES} | {"claim": row.get("id") or row["url"]}


def published_claims() -> Iterator[dict[str, Any]]:
    """A row for each published claim, with nothing in it that its page does not show."""
    citations: Any = Prefetch("current_verdicts__citations", queryset=Citation.objects.select_related("source"))
    loaded: Any = Claim.objects.published().order_by("pk").for_listing()
    loaded = loaded.prefetch_related("topics", citations)
    for claim in loaded.iterator(chunk_size=LOT):
        fields = {
            **_finding(claim),
            "text": claim.verdict.claim_text,
            "claimant": claim.claimant_shown,
            "claimed_on": claim.claimed_on,
            "topics": [topic.name for topic in claim.topics.all()],
        }
        shown = [{"n": one.n, "stance": one.stance, **_source(one.source)} for one in claim.verdict.citations.all()]
        hidden = {"interest", "independence_group"}
        sources = [{name: value for name, value in one.items() if name not in hidden} for one in shown]
        yield {name: _plain(fields[name]) for name in PUBLISHED} | {"sources": sources}
