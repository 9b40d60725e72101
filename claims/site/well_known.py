"""What programs look for at addresses that are agreed on everywhere."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.site.responses import for_readers, public_url

GOOD_FOR = timedelta(days=180)  # RFC 9116: less than a year


@for_readers
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything but the desk and endless searches may be read by machines."""
    others = [f"/{code}/search/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    shut = ["/admin/", "/preview/", "/search/", *others, "/api/v1/search", "/v1alpha1/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut), f"Sitemap: {public_url('/sitemap.xml')}"]
    return _text(lines)


@for_readers
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in this site (RFC 9116). Raises Http404 where the desk has named nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404(_("This desk has not said whom to tell."))
    expires = (timezone.now() + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")  # the same all day, so that it can be kept
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE}",
        f"Canonical: {public_url(reverse('security'))}",
    ]
    if settings.SECURITY_POLICY:
        lines.append(f"Policy: {settings.SECURITY_POLICY}")
    return _text(lines)


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
