"""Atom feeds that can be read to their very beginning (RFC 5005): each page leads to the next, older one.

A page is told by the row it begins behind and not by a number, so that what is published meanwhile moves nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

LENGTH = 30
LONGEST_NUMBER = 18  # digits that surely fit the database


class PagedAtom(Atom1Feed):
    """Atom with the links of RFC 5005, section 3."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def latest_post_date(self) -> datetime:
        """Of an empty feed not the moment it is asked for: it did not change then."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class PagedFeed(Feed):  # type: ignore[type-arg]  # takes none at run time
    """A feed of rows that are ordered by `moment` and their key, newest first. Made anew for each request.

    before: what the address says, the number of the row that the page begins behind, or a day (2026-03-01); "" is the
    newest page.
    """

    feed_type = PagedAtom
    moment = ""
    older: int | None = None

    def __init__(self, before: str = "") -> None:
        self.before = before

    def all_rows(self) -> "QuerySet[Any]":
        """Every row that a page can ever have begun behind, with `moment`: None if it never was in the feed."""
        raise NotImplementedError

    def page(self, rows: "QuerySet[Any]") -> list[Any]:
        """The rows of this page, in one query and one more for the row it begins behind."""
        found = list(self._behind(rows)[: LENGTH + 1])
        self.older = found[LENGTH - 1].pk if len(found) > LENGTH else None
        return found[:LENGTH]

    def _behind(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        if not self.before:
            return rows
        if self.before.isascii() and self.before.isdigit() and len(self.before) <= LONGEST_NUMBER:
            last = get_object_or_404(self.all_rows(), pk=int(self.before))
            at = getattr(last, self.moment)
            if at is None:
                raise Http404(_("There is no such page."))
            older = Q(**{f"{self.moment}__lt": at}) | Q(pk__lt=last.pk)
            return rows.filter(older, **{f"{self.moment}__lte": at})  # by itself, which is where an index begins
        return rows.filter(**{f"{self.moment}__lt": _beginning_of(self.before)})

    def get_feed(self, obj: Any, request: HttpRequest) -> Any:
        """Add where this page and its neighbours are."""
        feed = super().get_feed(obj, request)
        first = feed.feed["feed_url"]
        feed.feed["pages"] = {"first": first}
        if self.older:
            feed.feed["pages"]["next"] = f"{first}?before={self.older}"
        if self.before:
            feed.feed["feed_url"] = f"{first}?before={self.before}"
        return feed


def paged(feed: type[PagedFeed]) -> Callable[..., HttpResponse]:
    """The view of a feed."""

    def view(request: HttpRequest, **named: str) -> HttpResponse:
        return feed(request.GET.get("before", ""))(request, **named)

    return view


def _beginning_of(day: str) -> datetime:
    try:
        found = parse_date(day)
    except ValueError:  # 30 February
        found = None
    if found is None:
        raise Http404(_("There is no such page."))
    return timezone.make_aware(datetime.combine(found, time.min))
