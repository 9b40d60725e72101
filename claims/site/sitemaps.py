"""What search engines may find: the standing pages, published claims and their claimants, and nothing else."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.models import Claim, Claimant, StandingPage

PAGES = ("home", "methodology", "ratings", "statistics", "corrections", "submit", *StandingPage.Name.values)


class PublicSitemap(Sitemap):  # type: ignore[type-arg]  # takes none at run time
    """A sitemap under the site's public address, whatever host was asked."""

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 - Django passes it by name
        return urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: object = None) -> str:  # noqa: ARG002 - Django passes it by name
        return urlsplit(settings.PUBLIC_URL).netloc


class PageSitemap(PublicSitemap):
    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class ClaimSitemap(PublicSitemap):
    def items(self) -> "QuerySet[Claim]":
        return Claim.objects.published().order_by("pk").for_listing()

    def lastmod(self, item: Claim) -> datetime:
        published_at: datetime = item.verdict.published_at
        return published_at


class ClaimantSitemap(PublicSitemap):
    def items(self) -> "QuerySet[Claimant]":
        return Claimant.objects.with_page().annotate(changed_at=Max("claims__verdicts__published_at")).order_by("pk")

    def lastmod(self, item: Claimant) -> datetime:
        changed_at: datetime = item.changed_at  # type: ignore[attr-defined]  # annotated above
        return changed_at


SITEMAPS: dict[str, Any] = {"pages": PageSitemap, "claims": ClaimSitemap, "claimants": ClaimantSitemap}


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every published claim with its last change."""
    page = views.sitemap(request, sitemaps=SITEMAPS).render()
    # A plain response: `conditional_page` cannot turn one that came from a template into a 304.
    return HttpResponse(page.content, headers=dict(page.items()))
