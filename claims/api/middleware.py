"""What every request to the API passes, and every answer: limits, ETag, compression, and errors that programs read."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page

from claims.api.factcheck import answer_error
from claims.api.limits import SEARCHING, spend
from claims.api.problems import answer_problem

OURS, GOOGLES = "/api/v1/", "/v1alpha1/"
SEARCHES = {f"{OURS}search", f"{GOOGLES}claims:search"}
SEEN_BY_SCRIPTS = "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After"

View = Callable[[HttpRequest], HttpResponse]


def answer_programs(get_response: View) -> View:
    """Middleware. Addresses that are not the API's pass untouched."""
    # From the inside out: the ETag is that of the plain answer, for gzip adds random bytes.
    answer: View = gzip_page(conditional_page(_whole(get_response)))

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith((OURS, GOOGLES)):
            return get_response(request)
        if request.method == "HEAD":  # the server leaves the body out
            request.method = "GET"
        allowance = spend(request, cost=SEARCHING if request.path in SEARCHES else 1)
        if allowance and allowance.left < 0:
            refusal = _error(request, HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests. Ask again later."))
            refusal["Retry-After"] = str(allowance.resets_in)
            response = _for_everybody(request, refusal)
        else:
            response = answer(request)
        for name, value in (allowance.headers if allowance else {}).items():
            response[name] = value
        return response

    return middleware


def _whole(get_response: View) -> View:
    """Answers as programs need them: too much is refused before it is read, and no error is a web page."""

    def view(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            response = _error(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("This is more than is taken at once."))
        else:
            response = get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and "json" not in response["Content-Type"]:
            kept = {name: response[name] for name in ("Allow",) if name in response}
            response = _error(request, response.status_code, headers=kept)
        return _for_everybody(request, response)

    return view


def _for_everybody(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Any page may read what is public. It may be kept, but is asked about again each time, so corrections show."""
    if "Authorization" in request.headers or response.status_code >= HTTPStatus.BAD_REQUEST:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = SEEN_BY_SCRIPTS
    return response


def _error(
    request: HttpRequest, status: int, detail: str | Promise = "", headers: dict[str, str] | None = None
) -> HttpResponse:
    if request.path.startswith(GOOGLES):
        return answer_error(status, detail)
    return answer_problem(status, str(detail or SAID.get(status, "")), headers=headers)


SAID = {
    400: _("This address or its parameters cannot be read."),
    404: _("There is nothing at this address."),
    405: _("This address does not know this method."),
    500: _("Something went wrong on our side. It is noted."),
}
