"""What every answer to a reader has in common."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from people.languages import without_language

View = Callable[..., HttpResponse]


# A server in front answers by itself for half a minute, and for as long again while it asks us, as browsers may too: a
# correction is with every reader within two minutes. While we are down it goes on for a day.
shared = cache_control(public=True, max_age=0, s_maxage=30, stale_while_revalidate=30, stale_if_error=24 * 60 * 60)


def for_readers(view: View) -> View:
    """Reading only; compressed; kept by whoever likes, but not for long, so that a correction shows soon.

    Compression is safe here: these pages hold no secret, so what a search repeats beside it tells nobody anything.
    """
    # From the inside out: the ETag is that of the plain page, for gzip adds random bytes.
    for decorate in (require_safe, conditional_page, shared, gzip_page):
        view = decorate(view)
    return view


def public_url(path: str) -> str:
    """`path` under the public address, whatever host and language were asked for: a page has one address."""
    return f"{settings.PUBLIC_URL}{without_language(path)}"
