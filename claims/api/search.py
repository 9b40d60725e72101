"""Search: the same as the site's, as data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query

from claims.api import asked, rows, telling
from claims.api import resources as out
from claims.api.paging import answer, check_names, chosen_fields, next_address, opened
from claims.api.problems import Problem
from claims.api.routes import READING, router
from claims.models import SearchEntry
from claims.services.searching import Answer, search_claims, tidy
from claims.site.facets import Chosen, chosen, facets
from claims.site.responses import public_url


@router.get("/search", response=out.Found, tags=READING, summary="Search by words and by meaning")
def search(request: HttpRequest, which: Query[asked.Search]) -> HttpResponse:
    """Accents and word endings do not matter. A search counts as five requests."""
    check_names(request, which)
    fields = chosen_fields(out.Claim, which.fields)
    narrowed = _chosen(request, which)
    entries = SearchEntry.objects.narrowed(**narrowed.narrowing())
    found = search_claims(narrowed.text, entries, newest_first=which.sort == "newest")
    start = _start(request, which.cursor)
    only = dict.fromkeys(out.Found.model_fields, True) | {"items": {"__all__": fields}} if fields else None
    return answer(_found(request, found, narrowed, start, start + which.limit), only=only)


def _chosen(request: HttpRequest, which: asked.Search) -> Chosen:
    """Raises Problem for what cannot be looked up, or for a filter whose value there is not."""
    text = tidy(which.q)
    if not text:
        raise Problem(422, _("There is nothing here that can be looked up."), ("q", which.q[:100]))
    try:
        return chosen(text, request.GET)
    except Http404 as error:
        raise Problem(
            422, _("There is nothing of this kind to narrow the search to."), ("filter", str(error))
        ) from error


def _start(request: HttpRequest, cursor: str) -> int:
    return int(opened(request, cursor)[0]) if cursor else 0


def _found(request: HttpRequest, found: Answer, narrowed: Chosen, start: int, end: int) -> out.Found:
    there = rows.claims([hit.claim for hit in found.hits[start:end]])
    return out.Found(
        items=[telling.claim(there[hit.claim]) for hit in found.hits[start:end] if hit.claim in there],
        next=next_address(request, [end]) if end < len(found.hits) else None,
        total=len(found.hits),
        more=found.more,
        facets=[_facet(one) for one in facets(found.hits, narrowed)],
    )


def _facet(facet: Any) -> out.Facet:
    here = public_url(reverse("api:search"))
    values = [
        out.Value(label=str(one.label), number=one.number, url=f"{here}?{one.address.partition('?')[2]}")
        for one in facet.values
    ]
    return out.Facet(label=str(facet.label), values=values)
