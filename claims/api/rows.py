"""Which rows the API lists: what readers see, and nothing else. Each loads all that is told of it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, Publisher
from claims.api import asked
from claims.models import Appearance, Citation, Claim, Claimant, Correction, SearchEntry, Slug, Verdict
from claims.models.claim import ClaimQuerySet

OUT = Claim.Status.PUBLISHED


def days(field: str, first: date | None, last: date | None, *, moments: bool = True) -> Q:
    """`field` on a day from `first` to `last`, both included. moments: it is a moment, and the days are the desk's."""

    def begins(day: date) -> Any:
        return timezone.make_aware(datetime.combine(day, time())) if moments else day

    from_on = Q((f"{field}__gte", begins(first))) if first else Q()
    return from_on & (Q((f"{field}__lt", begins(last + timedelta(days=1)))) if last else Q())


def chosen(**values: Any) -> Q:
    """Each of these conditions that was asked for."""
    return Q(**{name: value for name, value in values.items() if value not in ("", None)})


def first_verdicts(which: asked.Claims) -> QuerySet[Any]:
    """The first versions on published claims, as (claim_id, published_at). Uses verdict_first_published."""
    first = Verdict.objects.filter(version=1, published_at__isnull=False, claim__status=OUT)
    first = first.filter(days("published_at", which.published_from, which.published_to))
    if which.claimant:
        first = first.filter(claim__claimant__slug=which.claimant, claim__claimant__named_publicly=True)
    if which.topic:
        first = first.filter(claim__in=Claim.objects.filter(topics__slug=which.topic).values("pk"))
    if which.rating or which.publisher:
        entries = SearchEntry.objects.filter(chosen(rating__code=which.rating))
        if which.publisher:
            entries = entries.filter(publishers__overlap=_publishers(which.publisher))
        first = first.filter(claim__in=entries.values("pk"))
    return first.values_list("claim_id", "published_at", named=True)


def _publishers(domain: str) -> list[int]:
    return list(Publisher.objects.filter(domain=domain).values_list("pk", flat=True))


def claims(pks: list[int]) -> dict[int, Claim]:
    """What a list says of published claims, by their number, in seven queries."""
    rows: ClaimQuerySet = Claim.objects.published().for_listing()
    found: dict[int, Claim] = rows.with_first_publication().prefetch_related("topics").in_bulk(pks)
    return found


def verdicts(which: asked.Verdicts) -> QuerySet[Any]:
    """Published versions, as (pk, published_at)."""
    rows = Verdict.objects.filter(published_at__isnull=False, claim__status=OUT).filter(
        chosen(rating__code=which.rating)
    )
    if which.current is not None:
        rows = rows.alias(current=_is_current()).filter(current=which.current)
    found = _of(rows, which.claim).filter(days("published_at", which.published_from, which.published_to))
    return found.values_list("pk", "published_at", named=True)


def whole_verdicts(pks: list[int]) -> dict[int, Any]:
    """All that is told of these verdicts. Apart from which they are, so that no more of them are read than are told."""
    rows = Verdict.objects.annotate(current=_is_current(), slug=_slug("claim")).select_related("rating__scale", "by")
    found: dict[int, Any] = rows.in_bulk(pks)
    return found


def _is_current() -> Any:
    later = Verdict.objects.filter(claim=OuterRef("claim"), version__gt=OuterRef("version"), published_at__isnull=False)
    return ~Exists(later)


def _slug(claim: str) -> Subquery:
    """The address of the claim that a row is about."""
    return Subquery(Slug.objects.filter(claim=OuterRef(claim)).order_by("-pk").values("slug")[:1])


def sources(which: asked.Sources) -> QuerySet[Any]:
    """Citations of the verdicts in force."""
    later = Verdict.objects.filter(
        claim=OuterRef("verdict__claim"), version__gt=OuterRef("verdict__version"), published_at__isnull=False
    )
    rows: Any = Citation.objects.filter(~Exists(later), verdict__published_at__isnull=False, verdict__claim__status=OUT)
    rows = rows.filter(chosen(stance=which.stance, source__kind=which.kind)).for_page()
    return _of(rows.annotate(slug=_slug("verdict__claim")), which.claim, claim="verdict__claim")


def appearances(which: asked.Appearances) -> QuerySet[Any]:
    """Of published claims, in their own words or in those of claims that count with them."""
    rows: Any = Appearance.objects.filter(Q(claim__status=OUT) | Q(claim__merged_into__status=OUT))
    rows = rows.filter(chosen(revision__article__publisher__domain=which.publisher))
    rows = rows.filter(days("made_on", which.made_from, which.made_to, moments=False))
    if which.claim:
        rows = rows.filter(_counted(which.claim))
    return with_names(rows)


def _counted(slug: str) -> Q:
    owner = Claim.objects.at(slug).values("pk")
    return Q(claim__in=owner) | Q(claim__merged_into__in=owner)


def with_names(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With article and publisher, with the claim that each counts with, and with every name that may be left out."""
    near = ("revision__article__publisher", "claimant", "claim__claimant", "claim__merged_into__claimant")
    names = ("claimant__aliases", "claim__claimant__aliases", "claim__merged_into__claimant__aliases")
    slugs = ("revision__article__addresses", "claim__slugs", "claim__merged_into__slugs")
    return rows.select_related(*near).defer("revision__text").prefetch_related(*names, *slugs)


def claimants() -> QuerySet[Any]:
    """Those whom readers may look up, each with how many fact-checks are `published`."""
    rows = Claimant.objects.filter(named_publicly=True, claims__status=OUT)
    return rows.annotate(published=Count("claims")).prefetch_related("roles")


def articles(claim: str = "") -> Any:
    """Those in which published claims were made, or this one."""
    out = Q(claim__status=OUT) | Q(claim__merged_into__status=OUT)
    made = Appearance.objects.filter(out, revision__article=OuterRef("pk"))
    return Article.objects.filter(Exists(made.filter(_counted(claim)) if claim else made)).for_listing()


def articles_of(which: asked.Articles) -> QuerySet[Any]:
    found: QuerySet[Any] = articles(which.claim).filter(chosen(publisher__domain=which.publisher))
    return found.filter(days("published_on", which.published_from, which.published_to, moments=False))


def places_in(found: list[Article]) -> QuerySet[Any]:
    """Where in these articles published claims were made, in text order."""
    out = Q(claim__status=OUT) | Q(claim__merged_into__status=OUT)
    rows: Any = Appearance.objects.filter(out, revision__article__in=found)
    return with_names(rows).order_by("revision__article_id", "revision__n", "start")


def mentions(pks: set[int]) -> dict[int, Any]:
    """The verdicts in force on these published claims, by claim, as a page mentions them in passing."""
    rows: Any = Verdict.objects.for_mention().select_related("rating__scale").filter(claim__in=pks, claim__status=OUT)
    return {verdict.claim_id: verdict for verdict in rows}


def logged() -> QuerySet[Any]:
    """The log of corrections."""
    scales = ("old_verdict__rating__scale", "new_verdict__rating__scale")
    return Correction.objects.for_readers().select_related(*scales)


def corrections(which: asked.Corrections) -> QuerySet[Any]:
    rows = _of(logged().filter(chosen(kind=which.kind)), which.claim)
    return rows.filter(days("published_at", which.published_from, which.published_to))


def _of(rows: QuerySet[Any], slug: str, *, claim: str = "claim") -> QuerySet[Any]:
    """Those of the claim that has or had this address."""
    return rows.filter(**{f"{claim}__in": Claim.objects.at(slug).values("pk")}) if slug else rows


def candidates(revision: Any) -> Any:
    """What the extractor found in a text."""
    rows = Appearance.objects.filter(revision=revision, run__isnull=False)
    return rows.select_related("claim")


def claims_in(article: Article) -> int:
    """How many claims were found there, each counted once."""
    here = Claim.objects.filter(appearances__revision__article=article)
    counted: int = here.aggregate(number=Count(Coalesce("merged_into", "pk"), distinct=True))["number"]
    return counted
