"""Lists that readers turn the pages of."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from claims.models.claim import ClaimQuerySet
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


def listing(request: HttpRequest, claims: ClaimQuerySet, **chosen: str) -> dict[str, Any]:
    """The page of `claims` that the address asks for, and the addresses of it and its neighbours.

    chosen: what else the address says, kept from page to page. The address of page 1 has no number in it.
    """
    page = page_of(claims.newest_first().for_listing(), request.GET.get("page", "1"))
    return {"claims": page, **addresses(page, lambda number: with_query(request.path, **chosen, page=number))}
