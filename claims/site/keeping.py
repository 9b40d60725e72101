"""Readers' pages that are made once and kept until what they show changes.

What tells is the version of the page, one query (claims.models.PageChange). Kept is what was sent, compressed, in the
memory of the web process: nothing to fetch, and nothing that could be down.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date, parse_http_date
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from claims.models import PageChange
from claims.models.pages import Version
from claims.site.responses import View, shared

READ = ("page", "rating", "class", "before")  # what a kept page may take from behind the "?"; the rest is as if unsaid


def of_claim(slug: str) -> Version:
    return PageChange.objects.of_claim_at(slug).version()


def of_lists(**_named: str) -> Version:
    return PageChange.objects.of_lists().version()


def kept(version: Callable[..., Version]) -> Callable[[View], View]:
    """`for_readers`, but made only once for each version. version: takes what the address says, as the view does."""

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, **named: str) -> HttpResponse:
            now = version(**named)
            key = _key(request, now)
            response = caches["pages"].get(key)
            if response is None:
                response = gzip_page(_made)(request, view, now, named)
                if response.status_code == 200:
                    caches["pages"].set(key, response)
            return _or_unchanged(request, response)

        return answer

    return decorate


@shared
def _made(request: HttpRequest, view: View, version: Version, named: dict[str, str]) -> HttpResponse:
    response = view(request, **named)
    if response.status_code == 200:  # of the plain page: compressed it gets random bytes
        set_response_etag(response)
        if version.changed_at:
            response["Last-Modified"] = http_date(version.changed_at.timestamp())
    return response


def _or_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or a 304 where the reader has it already."""
    if response.status_code != 200:
        return response
    changed = response.get("Last-Modified")
    last_modified = parse_http_date(changed) if changed else None
    found = get_conditional_response(request, etag=response["ETag"], last_modified=last_modified, response=response)
    return found if isinstance(found, HttpResponse) else response


def _key(request: HttpRequest, version: Version) -> str:
    """All that a page depends on: what it shows, whom it is for, who we are, and the day ("then Mayor")."""
    asked = [(name, request.GET[name]) for name in READ if name in request.GET]
    us = (settings.SITE_NAME, settings.PUBLIC_URL, settings.CONTACT_EMAIL, settings.DATA_LICENSE)
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    told = (request.path, asked, version, get_language(), timezone.localdate(), us, compressed)
    return hashlib.blake2b(repr(told).encode(), digest_size=20).hexdigest()
