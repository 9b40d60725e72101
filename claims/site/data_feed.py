"""Every published ClaimReview in one file, as schema.org's DataFeed."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from claims.claimreview import as_json, claim_review
from claims.models import Appearance, Claim, PageChange, Verdict
from claims.site import reading
from claims.site.responses import public_url, shared

AT_ONCE = 100  # claims in memory


@require_safe
@gzip_page
@shared
def data_feed(request: HttpRequest) -> HttpResponseBase:
    """The DataFeed, written while it is sent; a 304 where nothing that any page shows has changed."""
    version = PageChange.objects.version_of_everything()
    response = StreamingHttpResponse(_written() if request.method == "GET" else (), content_type="application/json")
    response["ETag"] = quote_etag(f"{version.changes}-{version.changed_at and version.changed_at.isoformat()}")
    if version.changed_at:
        response["Last-Modified"] = http_date(version.changed_at.timestamp())
    last_modified = int(version.changed_at.timestamp()) if version.changed_at else None
    found = get_conditional_response(request, etag=response["ETag"], last_modified=last_modified)
    return found or response


def _written() -> Iterator[str]:
    """The file in pieces: all that is known beforehand, then the claims some at a time, oldest first."""
    yield json.dumps(_head())[:-1] + ', "dataFeedElement": ['
    between = "\n"
    for claims in _some_at_a_time():
        places = _places_of(claims)
        for claim in claims:
            yield between + as_json(_element(claim, places.get(claim.pk, [])))
            between = ",\n"
    yield "\n]}\n"


def _head() -> dict[str, Any]:
    published = Verdict.objects.filter(claim__status=Claim.Status.PUBLISHED)
    changed_at = published.aggregate(newest=Max("published_at"))["newest"]
    us = reading.us()
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": us.name,
        "url": public_url(reverse("data-feed")),
        "provider": {"@type": "Organization", "name": us.name, "url": us.url},
        "license": us.license,
        "inLanguage": settings.LANGUAGE_CODE,
        "dateModified": changed_at and changed_at.isoformat(),
    }
    return {name: value for name, value in head.items() if value}


def _some_at_a_time() -> Iterator[list[Claim]]:
    """By key, each lot in queries of its own: a slow reader holds no transaction open."""
    rows, last = Claim.objects.published().order_by("pk").for_page(), 0
    while claims := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield claims
        last = claims[-1].pk


def _places_of(claims: list[Claim]) -> dict[int, list[Appearance]]:
    """Where each of them was made, in two queries for all."""
    found = sorted(Appearance.objects.counted_with_any(claims).for_page(), key=_counts_with)
    return {claim: list(made) for claim, made in groupby(found, key=_counts_with)}


def _counts_with(appearance: Appearance) -> int:
    return appearance.claim.merged_into_id or appearance.claim_id


def _element(claim: Claim, places: list[Appearance]) -> dict[str, Any]:
    record = claim_review(reading.published_claim(claim, places))
    return {
        "@type": "DataFeedItem",
        "url": record["url"],
        "dateCreated": record["datePublished"],
        "dateModified": record["dateModified"],
        "item": [record],
    }
