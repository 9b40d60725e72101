"""Published fact-checks for feed readers."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from claims.models import Claim, SearchEntry, Verdict
from claims.site.paged_feeds import PagedFeed
from claims.site.paging import claims_of
from claims.site.responses import public_url

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ClaimFeed(PagedFeed):
    """Fact-checks as Atom by first publication, with absolute addresses under the site's public one."""

    moment = "first_published_at"

    def title(self) -> str:
        return _("%(site)s: fact-checks") % {"site": settings.SITE_NAME}

    def subtitle(self) -> str:
        return _("What was claimed, what we found, and on what evidence.")

    def link(self) -> str:
        return public_url("/")

    def feed_url(self) -> str:
        return public_url(reverse("claim-feed"))

    def feed_guid(self) -> str:
        return self.feed_url()

    def author_name(self) -> str:
        return settings.SITE_NAME

    def author_link(self) -> str:
        return public_url("/")

    def all_rows(self) -> "QuerySet[Claim]":
        """By the moment that the list goes by; one that was retracted is in no list any more."""
        listed = SearchEntry.objects.filter(claim=OuterRef("pk")).values("first_published_at")
        first = Verdict.objects.filter(claim=OuterRef("pk"), version=1).values("published_at")
        return Claim.objects.annotate(first_published_at=Coalesce(Subquery(listed), Subquery(first)))

    def items(self) -> list[Claim]:
        return claims_of(self.page(SearchEntry.objects.newest_first().defer("words")))

    def item_title(self, item: Claim) -> str:
        return sound(f"{item.verdict.rating.label}: {item.verdict.claim_text}")

    def item_description(self, item: Claim) -> str:
        return html(item.verdict.summary)

    def item_link(self, item: Claim) -> str:
        return public_url(item.get_absolute_url())

    def item_guid(self, item: Claim) -> str:
        """Stays the same when the address of the page changes (RFC 4151)."""
        host = urlsplit(settings.PUBLIC_URL).hostname
        return f"tag:{host},{self.item_pubdate(item):%Y-%m-%d}:claim-{item.pk}"

    def item_pubdate(self, item: Claim) -> datetime:
        first_published_at: datetime = item.first_published_at  # type: ignore[attr-defined]  # claims_of adds it
        return first_published_at

    def item_updateddate(self, item: Claim) -> datetime:
        published_at: datetime = item.verdict.published_at
        return published_at

    def item_author_name(self, item: Claim) -> str:
        return sound(item.verdict.by.byline)


def sound(text: str) -> str:
    """`text` without the characters that XML has no way to write."""
    return NOT_IN_XML.sub("", text)


def html(text: str) -> str:
    """`text` as the HTML that a summary is taken for, whatever it says."""
    return escape(sound(text))
