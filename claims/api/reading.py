"""What anybody may read: lists of each kind, and single ones."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query

from claims.api import asked, rows, telling
from claims.api import resources as out
from claims.api.paging import NEWEST_OUT, Order, answer, answer_list, check_names, chosen_fields
from claims.api.routes import READING, router
from claims.api.whole import full_claim
from claims.models import Claimant, RatingScale, Topic
from claims.site.reading import claim_or_404
from claims.site.responses import public_url

LISTS = ("claims", "verdicts", "sources", "appearances", "claimants", "articles", "corrections", "ratings", "topics")
MOVED = {200: out.FullClaim, 301: None}


@router.get("/", response=out.Index, tags=READING, summary="Where to begin")
def index(request: HttpRequest) -> HttpResponse:
    """The addresses of the lists and of this description."""
    check_names(request)
    root = public_url(reverse("api:index"))
    lists = {name: f"{root}{name}" for name in (*LISTS, "search")}
    return answer(out.Index(openapi=f"{root}openapi.json", docs=f"{root}docs", lists=lists))


@router.get("/claims", response=out.Listed[out.Claim], tags=READING, summary="Published fact-checks")
def claims(request: HttpRequest, which: Query[asked.Claims]) -> HttpResponse:
    """Newest first, by first publication: a correction moves nothing up. For what changed since, ask for verdicts."""

    def told(found: list[Any]) -> list[out.Claim]:
        there = rows.claims([row.claim_id for row in found])
        return [telling.claim(there[row.claim_id]) for row in found if row.claim_id in there]

    return answer_list(
        request, out.Claim, rows.first_verdicts(which), which, told, order=Order(("published_at", "claim_id"))
    )


@router.get("/claims/{slug:slug}", response=MOVED, tags=READING, summary="One fact-check")
def claim(request: HttpRequest, slug: str, which: Query[asked.Fields]) -> HttpResponse:
    """All that its page says. An address it had before leads to the one it has."""
    check_names(request, which)
    fields = chosen_fields(out.FullClaim, which.fields)
    found = claim_or_404(slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("api:claim", args=[found.slug]))
    return answer(full_claim(found), only=fields)


@router.get("/verdicts", response=out.Listed[out.Verdict], tags=READING, summary="Verdicts in all their versions")
def verdicts(request: HttpRequest, which: Query[asked.Verdicts]) -> HttpResponse:
    """Newest first: with `published_from`, what is new or corrected since. Retracted ones are not among them."""

    def told(found: list[Any]) -> list[out.Verdict]:
        there = rows.whole_verdicts([row.pk for row in found])
        return [telling.verdict(there[row.pk]) for row in found if row.pk in there]

    return answer_list(request, out.Verdict, rows.verdicts(which), which, told, order=NEWEST_OUT)


@router.get("/sources", response=out.Listed[out.Source], tags=READING, summary="Evidence")
def sources(request: HttpRequest, which: Query[asked.Sources]) -> HttpResponse:
    """What the verdicts in force cite, newest first."""
    return answer_list(request, out.Source, rows.sources(which), which, telling.many(telling.source))


@router.get("/appearances", response=out.Listed[out.Appearance], tags=READING, summary="Where claims were made")
def appearances(request: HttpRequest, which: Query[asked.Appearances]) -> HttpResponse:
    """Newest first, each with a short quote."""
    return answer_list(request, out.Appearance, rows.appearances(which), which, telling.many(telling.appearance))


@router.get("/claimants", response=out.Listed[out.Claimant], tags=READING, summary="Who made claims")
def claimants(request: HttpRequest, which: Query[asked.Claimants]) -> HttpResponse:
    """Those who are named publicly, newest first."""
    found = rows.claimants().filter(rows.chosen(kind=which.kind))
    return answer_list(request, out.Claimant, found, which, telling.many(telling.claimant))


@router.get("/claimants/{slug:slug}", response=out.Claimant, tags=READING, summary="One claimant")
def claimant(request: HttpRequest, slug: str, which: Query[asked.Fields]) -> HttpResponse:
    check_names(request, which)
    fields = chosen_fields(out.Claimant, which.fields)
    found: Claimant = get_object_or_404(rows.claimants(), slug=slug)
    return answer(telling.claimant(found), only=fields)


@router.get("/articles", response=out.Listed[out.Article], tags=READING, summary="Articles with published claims")
def articles(request: HttpRequest, which: Query[asked.Articles]) -> HttpResponse:
    """Newest first, each with the claims made in it."""
    return answer_list(request, out.Article, rows.articles_of(which), which, telling.articles)


@router.get("/articles/{int:pk}", response=out.Article, tags=READING, summary="One article")
def article(request: HttpRequest, pk: int, which: Query[asked.Fields]) -> HttpResponse:
    check_names(request, which)
    fields = chosen_fields(out.Article, which.fields)
    found = get_object_or_404(rows.articles(), pk=pk)
    return answer(telling.articles([found])[0], only=fields)


@router.get("/corrections", response=out.Listed[out.Correction], tags=READING, summary="Corrections and retractions")
def corrections(request: HttpRequest, which: Query[asked.Corrections]) -> HttpResponse:
    """Newest first. Typing errors are not among them; the versions of a verdict have those."""
    found = rows.corrections(which)
    tell = telling.many(telling.correction)
    return answer_list(request, out.Correction, found, which, tell, order=NEWEST_OUT)


@router.get("/ratings", response=out.Scales, tags=READING, summary="The scales and what each rating means")
def ratings(request: HttpRequest) -> HttpResponse:
    """Those in force and those before them."""
    check_names(request)
    scales = RatingScale.objects.prefetch_related("ratings")
    return answer(out.Scales(items=[telling.scale(one) for one in scales]))


@router.get("/topics", response=out.Topics, tags=READING, summary="What claims are about")
def topics(request: HttpRequest) -> HttpResponse:
    """Those with published fact-checks, by name."""
    check_names(request)
    found = Topic.objects.with_page()
    return answer(out.Topics(items=[out.Topic(slug=one.slug, name=one.name) for one in found]))
