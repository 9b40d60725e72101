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
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date, parse_http_date
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from claims.models import PageChange
from claims.models.pages import Version
from claims.site.responses import View, shared

READ = ("page", "rating", "class", "before")  # what a kept page may take from behind the "?"


def of_claim(slug: str) -> Version:
    return PageChange.objects.version_of_claim_at(slug)


def of_lists(**_named: str) -> Version:
    return PageChange.objects.version_of_lists()


def of_everything(**_named: str) -> Version:
    return PageChange.objects.version_of_everything()


def kept(version: Callable[..., Version]) -> Callable[[View], View]:
    """`for_readers`, but made only once for each version. version: takes what the address says, as the view does."""

    def decorate(view: View) -> View:
        @require_safe
        @gzip_page
        @shared
        @wraps(view)
        def ready(request: HttpRequest, **named: str) -> HttpResponse:
            response = view(request, **named)
            if response.status_code == 200:  # of the plain page: compressed it gets random bytes
                set_response_etag(response)
            return response

        ready.version = version  # type: ignore[attr-defined]  # a mark that KeptPages finds
        return ready

    return decorate


class KeptPages:
    """Answers for the views that are `kept`. It stands before sessions, as these pages know of none.

    A language is told by the address, and so is in the key of the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = _view_of(request)
        if found is None or not hasattr(found.func, "version"):
            return self.get_response(request)
        _forget_the_rest(request)
        version: Version = found.func.version(**found.kwargs)  # before the page is made: it may change meanwhile
        key = _key(request, version)
        response: HttpResponse | None = caches["pages"].get(key)
        if response is None:
            response = self.get_response(request)
            if response.status_code != 200:
                return response
            if version.changed_at:
                response["Last-Modified"] = http_date(version.changed_at.timestamp())
            caches["pages"].set(key, response)
        return _or_unchanged(request, response)


def _view_of(request: HttpRequest) -> ResolverMatch | None:
    if request.method not in {"GET", "HEAD"}:
        return None
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def _forget_the_rest(request: HttpRequest) -> None:
    """Leave behind the "?" only what is READ: a kept page is for everybody, and repeats some of what it was asked."""
    asked = request.GET.copy()
    for name in set(asked) - set(READ):
        del asked[name]
    request.META["QUERY_STRING"] = asked.urlencode()
    request.GET = asked  # type: ignore[assignment]  # a QueryDict too, and as immutable as it has to be


def _or_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or a 304 where the reader has it already."""
    changed = response.get("Last-Modified")
    last_modified = parse_http_date(changed) if changed else None
    found = get_conditional_response(request, etag=response["ETag"], last_modified=last_modified, response=response)
    return found if isinstance(found, HttpResponse) else response


def _key(request: HttpRequest, version: Version) -> str:
    """All that a page depends on: what it shows, who we are, and the day ("then Mayor")."""
    us = (settings.SITE_NAME, settings.PUBLIC_URL, settings.CONTACT_EMAIL, settings.DATA_LICENSE)
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    told = (request.get_full_path(), get_language(), version, timezone.localdate(), us, compressed)
    return hashlib.blake2b(repr(told).encode(), digest_size=20).hexdigest()
