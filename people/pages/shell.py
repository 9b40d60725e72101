"""What these pages share: the desk around them, who asks from where, and where to go next."""

import time
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from people.models import User

CONFIRMED = "confirmed_at"  # in the session: when the password was last typed, in seconds since 1970
SEEN = "seen_at"  # in the session: when its use was last noted, in seconds since 1970
CONFIRMED_FOR = 15 * 60  # seconds
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class PersonRequest(HttpRequest):
    """A request that the desk's log-in has seen."""

    user: User


View = Callable[..., HttpResponse]


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> TemplateResponse:
    """Answer with a page inside the desk's shell."""
    request.current_app = admin.site.name
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context}, status=status)


def confirmed(view: View) -> View:
    """Have the password typed once more, unless it was within the last 15 minutes."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if time.time() - request.session.get(CONFIRMED, 0) > CONFIRMED_FOR:
            back = request.path if request.method == "GET" else reverse("account:factors")
            return HttpResponseRedirect(f"{reverse('account:confirm')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return guarded


def is_own(request: HttpRequest, address: str) -> bool:
    """Whether `address` is one of this site's, so that a redirect leads nobody away."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def next_page(request: HttpRequest) -> str:
    """Where the person wanted to go; the front page of the desk where that is not ours to say."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    doors = (reverse("account:log_in"), reverse("account:log_out"), reverse("account:second_step"))
    if not is_own(request, wanted) or wanted.startswith(doors):
        return reverse("admin:index")
    return wanted


def address_of(request: HttpRequest) -> str | None:
    """The address a request comes from, or None where the server does not know it.

    Behind a proxy it is the last one in X-Forwarded-For, which the proxy wrote; those before it anybody can write.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] if settings.BEHIND_PROXY else ""
    try:
        return str(ip_address((said or direct).strip()))
    except ValueError:
        return None


def origin_of(request: HttpRequest) -> str:
    """Scheme, host and port, as a browser names where a passkey was used."""
    return f"{request.scheme}://{request.get_host()}"


def browser_of(request: HttpRequest) -> str:
    """The browser in words a person knows: "Firefox, Linux"; "" where it says nothing we know."""
    said = request.headers.get("User-Agent", "")
    known = (next((name for mark, name in names if mark in said), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in known if name)
