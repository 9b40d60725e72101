"""What every request passes."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from people.pages.shell import SEEN, address_of, is_own
from people.services.factors import has_factor, needs_factor
from people.services.sessions import see_session

SEEN_EVERY = 5 * 60  # seconds
FOR_ANYBODY = {"account:log_in", "account:second_step", "account:log_out", "account:invitation"}
AMONG_READERS = {"preview"}  # a page of the desk whose address is not below the desk's
TO_SET_UP = {"account:confirm", "account:factors", "account:authenticator", "account:passkey"}


def refuse_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse NUL characters in an address: PostgreSQL takes none, and no page of ours has one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            return HttpResponseBadRequest(_("This address has a character that no address has."))
        return get_response(request)

    return middleware


class DeskMiddleware:
    """At the desk: the person's own time zone, when they were last seen, and the second factor first of all.

    Readers' pages are let through untouched: not even the session is looked at there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_desk(request) or not request.user.is_authenticated:
            return self.get_response(request)
        _note_use(request)
        with timezone.override(request.user.time_zone or None):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not (_is_desk(request) or name in AMONG_READERS) or name in FOR_ANYBODY:
            return None
        if not request.user.is_authenticated:
            return _log_in_again(request) if request.method == "POST" else None
        if name not in TO_SET_UP and needs_factor(request.user) and not has_factor(request.user):
            return _set_up_first(request)
        return None


def _is_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))


def _note_use(request: HttpRequest) -> None:
    seen, key = request.session.get(SEEN), request.session.session_key
    if seen is not None and key and time.time() - seen > SEEN_EVERY:
        request.session[SEEN] = time.time()
        see_session(key, address=address_of(request))


def _log_in_again(request: HttpRequest) -> HttpResponse:
    """The session ended while somebody typed: after the log-in they are back at the page, not at where it was sent."""
    page = request.headers.get("Referer", "")
    parts = urlsplit(page)
    back = f"{parts.path}?{parts.query}".rstrip("?") if is_own(request, page) else reverse("admin:index")
    if "HX-Request" not in request.headers:  # htmx loads the page again, and with it goes where this would be said
        messages.warning(
            request,
            _("You were logged out, and nothing was saved. Log in, go back in your browser, and send it again."),
        )
    return redirect_to_login(back, reverse("admin:login"))


def _set_up_first(request: HttpRequest) -> HttpResponse:
    page = reverse("account:factors")
    return HttpResponseClientRedirect(page) if "HX-Request" in request.headers else HttpResponseRedirect(page)
