"""Lists that readers turn the pages of."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from claims.models import Claim, SearchEntry
from claims.models.search import SearchEntryQuerySet
from claims.site.responses import public_url

PAGE_LENGTH = 20


def page_of(rows: Any, number: str) -> Page[Any]:
    """The page of this number, as the address has it. Raises Http404 where there is none."""
    try:
        return Paginator(rows, PAGE_LENGTH).page(number)
    except InvalidPage as error:
        raise Http404(_("There is no such page.")) from error


def addresses(page: Page[Any], address: Callable[[str | int], str]) -> dict[str, str]:
    """Where the page and its neighbours are: `page_url`, `newer` and `older`, "" for what is not there.

    address: of the page of that number, which is "" for the first.
    """

    def at(number: int) -> str:
        return address(number if number > 1 else "")

    return {
        "page_url": public_url(at(page.number)),
        "newer": at(page.previous_page_number()) if page.has_previous() else "",
        "older": at(page.next_page_number()) if page.has_next() else "",
    }


def with_query(path: str, **query: str | int) -> str:
    """`path` with the parts of `query` that are not empty."""
    said = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def claims_of(entries: Iterable[SearchEntry]) -> list[Claim]:
    """The fact-checks of these entries in their order, as lists show them, each with `first_published_at`."""
    return claims_in({entry.pk: entry.first_published_at for entry in entries})


def claims_in(order: Mapping[int, datetime]) -> list[Claim]:
    """The same by primary key, with the day of first publication of each."""
    rows: dict[int, Any] = Claim.objects.published().for_listing().in_bulk(list(order))
    for pk, claim in rows.items():
        claim.first_published_at = order[pk]
    return [rows[pk] for pk in order if pk in rows]


def listing(request: HttpRequest, entries: SearchEntryQuerySet, **chosen: str) -> dict[str, Any]:
    """The page of these fact-checks that the address asks for, and the addresses of it and its neighbours.

    chosen: what else the address says, kept from page to page. The address of page 1 has no number in it.
    """
    page = page_of(entries.newest_first().defer("words"), request.GET.get("page", "1"))
    page.object_list = claims_of(page.object_list)
    return {"claims": page, **addresses(page, lambda number: with_query(request.path, **chosen, page=number))}
