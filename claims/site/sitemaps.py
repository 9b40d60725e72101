"""What search engines may find: the standing pages, published claims, and pages of what has to do with them.

One sitemap as long as it is short; beyond that an index of sitemaps.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import DateTimeField, Exists, F, Func, Max, OuterRef, Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.models import Article, Publisher
from claims.models import Appearance, Claim, Claimant, SearchEntry, StandingPage, Topic, Verdict
from claims.site.keeping import kept, of_everything
from claims.site.responses import public_url

PAGES = ("home", "methodology", "ratings", "statistics", "corrections", "submit", *StandingPage.Name.values)


class PublicSitemap(Sitemap):  # type: ignore[type-arg]  # takes none at run time
    """A sitemap under the site's public address, whatever host was asked."""

    limit = 10_000  # addresses; 50,000 are allowed, and take seconds

    @cached_property
    def paginator(self) -> "Paginator[Any]":  # counts once
        return super().paginator

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 - Django passes it by name
        return urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: object = None) -> str:  # noqa: ARG002 - Django passes it by name
        return urlsplit(settings.PUBLIC_URL).netloc


class PageSitemap(PublicSitemap):
    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)

    def get_latest_lastmod(self) -> None:
        return None


class RowSitemap(PublicSitemap):
    """Of rows with a page of their own, as (what its address says, last change). page: the name of the address."""

    page = ""

    def location(self, item: tuple[Any, datetime | None]) -> str:
        return reverse(self.page, args=[item[0]])

    def lastmod(self, item: tuple[Any, datetime | None]) -> datetime | None:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        published = Verdict.objects.filter(claim__status=Claim.Status.PUBLISHED)
        newest: datetime | None = published.aggregate(newest=Max("published_at"))["newest"]
        return newest


class ClaimSitemap(RowSitemap):
    page = "claim"

    def items(self) -> "QuerySet[Any, Any]":
        published = Verdict.objects.for_mention().filter(claim__status=Claim.Status.PUBLISHED)
        return published.order_by("claim_id").values_list("slug", "published_at")  # type: ignore[misc]  # for_mention adds it


class ClaimantSitemap(RowSitemap):
    page = "claimant"

    def items(self) -> "QuerySet[Any, Any]":
        return _with_last_change(Claimant.objects.with_page()).values_list("slug", "changed_at")


class TopicSitemap(RowSitemap):
    page = "topic"

    def items(self) -> "QuerySet[Any, Any]":
        return _with_last_change(Topic.objects.with_page()).values_list("slug", "changed_at")


class PublisherSitemap(RowSitemap):
    """Without the last change: no index leads from a publisher to the newest of its fact-checks."""

    page = "publisher"

    def items(self) -> "QuerySet[Any, Any]":
        printed = SearchEntry.objects.values(one=Func(F("publishers"), function="unnest"))
        return _unchanged(Publisher.objects.filter(pk__in=printed)).values_list("domain", "changed_at")


class ArticleSitemap(RowSitemap):
    page = "article"

    def items(self) -> "QuerySet[Any, Any]":
        places = Appearance.objects.published().filter(revision__article=OuterRef("pk"))
        return _unchanged(Article.objects.filter(Exists(places))).values_list("pk", "changed_at")


def _with_last_change(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    published = Q(claims__status=Claim.Status.PUBLISHED)
    changed: QuerySet[Any] = rows.annotate(changed_at=Max("claims__verdicts__published_at", filter=published))
    return changed.order_by("pk")


def _unchanged(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    unknown: QuerySet[Any] = rows.annotate(changed_at=Value(None, DateTimeField()))
    return unknown.order_by("pk")


SITEMAPS: dict[str, type[PublicSitemap]] = {
    "pages": PageSitemap,
    "claims": ClaimSitemap,
    "claimants": ClaimantSitemap,
    "topics": TopicSitemap,
    "publishers": PublisherSitemap,
    "articles": ArticleSitemap,
}


@kept(of_everything)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every address with its last change, or the index of the sitemaps that have them."""
    parts = {name: part() for name, part in SITEMAPS.items()}
    paginators = {name: part.paginator for name, part in parts.items()}
    if sum(paginator.count for paginator in paginators.values()) <= PublicSitemap.limit:
        return _written(request, parts)
    newest = RowSitemap().get_latest_lastmod()  # once: among many rows it takes a third of a second
    found = [
        {
            "location": public_url(reverse("sitemap-part", args=[name, page])),
            "last_mod": newest if isinstance(parts[name], RowSitemap) else None,
        }
        for name, paginator in paginators.items()
        for page in paginator.page_range
        if paginator.count
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


@kept(of_everything)
def part(request: HttpRequest, name: str, page: str) -> HttpResponse:
    """One sitemap of the index."""
    if name not in SITEMAPS or not 1 <= int(page) <= SITEMAPS[name]().paginator.num_pages:
        raise Http404(_("There is no such page."))
    return _written(request, {name: SITEMAPS[name]()}, page=int(page))


def _written(request: HttpRequest, parts: dict[str, Any], *, page: int = 1) -> HttpResponse:
    urls = [url for part in parts.values() for url in part.get_urls(page=page)]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
