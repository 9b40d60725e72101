"""What every answer to a reader has in common."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Reading only; compressed; kept by whoever likes, but asked about again each time, so a correction shows at once.

    Compression is safe here: these pages hold no secret, so what a search repeats beside it tells nobody anything.
    """
    # From the inside out: the ETag is that of the plain page, for gzip adds random bytes.
    decorators = (require_safe, conditional_page, cache_control(public=True, no_cache=True), gzip_page)
    for decorate in decorators:
        view = decorate(view)
    return view


def public_url(path: str) -> str:
    """`path` under the site's public address, whatever host the reader asked."""
    return f"{settings.PUBLIC_URL}{path}"
