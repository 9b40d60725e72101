"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language


def site(_request: HttpRequest) -> dict[str, str]:
    """Who we are, to readers.

    in_our_language: the attribute of an element that holds what the desk wrote, where the page is in another language.
    """
    ours = settings.LANGUAGE_CODE
    return {
        "SITE_NAME": settings.SITE_NAME,
        "PUBLIC_URL": settings.PUBLIC_URL,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "in_our_language": "" if get_language() == ours else format_html(' lang="{}"', ours),
    }
