"""The search page."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from claims.models import Claim, SearchEntry
from claims.services.highlighting import READ, Marks
from claims.services.searching import LONGEST, MOST, Answer, search_claims, tidy
from claims.site.facets import Chosen, chosen, facets
from claims.site.limits import count, hashed_address
from claims.site.paging import addresses, claims_in, page_of
from claims.site.responses import for_readers, public_url

WINDOW = 60  # seconds


def search(request: HttpRequest) -> HttpResponse:
    """`answered`, unless one network asks too much: each search is another page, of which no cache has a copy."""
    typed = request.GET.get("q", "")
    spent = count(f"searches:{hashed_address(request)}", seconds=WINDOW) if typed else 0
    if spent and spent > settings.SEARCHES_A_MINUTE:
        context = {"search": chosen(tidy(typed), QueryDict()), "longest": LONGEST}
        refusal = render(request, "claims/too_many.html", context, status=429)
        refusal["Retry-After"], refusal["Cache-Control"] = str(WINDOW), "no-store"
        return refusal
    return answered(request)


@for_readers
def answered(request: HttpRequest) -> HttpResponse:
    """Published fact-checks by words and by meaning, narrowed as the address says; a form and a hint without words."""
    typed = request.GET.get("q", "")
    text = tidy(typed)
    search = chosen(text, request.GET)
    context: dict[str, Any] = {"search": search, "longest": LONGEST, "page_url": public_url(reverse("search"))}
    if text:
        entries = SearchEntry.objects.narrowed(**search.narrowing())
        answer = search_claims(text, entries, newest_first=search.order == "newest")
        context |= _found(answer, search, request.GET.get("page", "1"))
        context["cut"] = len(" ".join(typed.split())) > LONGEST
    return render(request, "claims/search.html", context)


def _found(answer: Answer, search: Chosen, number: str) -> dict[str, Any]:
    """What the page shows of an answer, and the addresses of it and its neighbours."""
    page = page_of(answer.hits, number)
    marks = Marks.of(answer.stems)
    return {
        "answer": answer,
        "most": MOST,
        "claims": _with_claims(page, answer, marks),
        "marks": marks,
        "facets": facets(answer.hits, search),
        **addresses(page, lambda number: search.address(page=number)),
    }


def _with_claims(page: Page[Any], answer: Answer, marks: Marks) -> Page[Any]:
    """The same page with claims in the place of hits, each with where it was found: `fragment` of the explanation, or
    `by_meaning` alone."""
    claims: list[Any] = claims_in({hit.claim: hit.first_published_at for hit in page.object_list})
    marks.read(text for claim in claims for text in _seen(claim))
    unmarked = [claim for claim in claims if not any(marks.in_text(text) for text in _seen(claim))]
    hidden = [claim for claim in unmarked if claim.pk in answer.with_words]
    if hidden:
        marks.read(claim.verdict.explanation[:READ] for claim in hidden)
    for claim in claims:
        claim.fragment = marks.fragment(claim.verdict.explanation) if claim in hidden else ""
        claim.by_meaning = claim.pk not in answer.with_words
    page.object_list = claims
    return page


def _seen(claim: Claim) -> tuple[str, ...]:
    """What a list shows of it."""
    return claim.verdict.claim_text, claim.verdict.summary, claim.claimant_shown
