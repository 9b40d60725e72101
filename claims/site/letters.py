"""What protects the forms that anybody may send, without a cookie.

Django's own protection compares a form with a cookie, and readers get no cookie on any GET. What it protects is a
session, and these forms know of none: whoever makes a reader's browser send one gains what they could send themselves,
a letter. So the form carries a signed and dated token in the cookie's place, a browser that says it comes from another
site is refused, and each address and each claim has its number of letters an hour (docs/reader-requests.md).
"""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.site.limits import count, hashed_address

logger = logging.getLogger(__name__)

SIGNER = signing.TimestampSigner(salt="letters")
OPEN_FOR = 24 * 60 * 60  # seconds that a form may lie open
HOUR = 60 * 60
BY_ADDRESS, BY_CLAIM = 5, 20  # letters an hour
MOST_BYTES = 1024 * 1024  # of a form; a letter has at most 5,000 characters


def letter_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page with a form that anybody may send: without a cookie, and kept by no cache, for each has its own token."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
                return refused(request, _("This is too long. Write at most 5,000 characters."), status=413)
            if not _from_here(request):
                return refused(request, _("This form was sent from another site. Fill in the one on our page."))
        return view(request, *args, **kwargs)

    decorated: Callable[..., HttpResponse] = csrf_exempt(
        never_cache(require_http_methods(["GET", "HEAD", "POST"])(guarded))
    )
    return decorated


def refused(request: HttpRequest, why: str, *, status: int = 403) -> HttpResponse:
    """A page that says why nothing was sent. The browser's way back has what was typed."""
    return render(request, "claims/letter_refused.html", {"why": why}, status=status)


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says the form stood on our page. One that says nothing is believed: the token has to do."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc in {urlsplit(settings.PUBLIC_URL).netloc, request.get_host()}


def new_token() -> str:
    return SIGNER.sign(secrets.token_urlsafe(12))


def is_good(token: str) -> bool:
    """Whether we gave out this token, and not longer ago than a form may lie open."""
    try:
        SIGNER.unsign(token, max_age=OPEN_FOR)
    except signing.BadSignature:
        return False
    return True


def within_limits(request: HttpRequest, claim: int | None = None) -> bool:
    """Count one letter. False when there were too many within the hour from this address or about this claim.

    Without a cache nothing is counted, and letters come through: better too many than none.
    """
    counts = [(f"letters:from:{hashed_address(request)}", BY_ADDRESS)]
    if claim is not None:
        counts.append((f"letters:about:{claim}", BY_CLAIM))
    # What is too many from one address is not counted about the claim: nobody shuts others out with it.
    return all((count(key, seconds=HOUR) or 0) <= most for key, most in counts)
