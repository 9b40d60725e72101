"""The languages of the site: the address of a page tells which it is in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path, override


def language_of_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The language of a page is told by its address and by nothing else, so that anybody may keep it for anybody.

    Django's own middleware asks the browser too where the address says nothing, and says so in `Vary`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def without_language(path: str) -> str:
    """`path` as it is in the site's own language, which has no prefix."""
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language else path
