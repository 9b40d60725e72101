"""What was typed and not saved: kept quietly, offered back, and carried over an ended session."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.models import Draft
from people.services.drafts import Opened, close_draft, draft_of, drop_draft, keep_draft, read_token

TOKEN = "kept"  # noqa: S105 - the name of the field
NOT_TYPED = {TOKEN, "csrfmiddlewaretoken"}


class KeepTyped:
    """A form that is kept and was posted is saved once the answer leads on; after the session ended it is kept.

    So a page that takes a kept form answers with a redirect if, and only if, it has stored what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        opened = getattr(request, "opened_form", None)
        if opened is not None and answer.status_code in {302, 303}:
            close_draft(opened)
        return answer

    def process_view(self, request: Any, *_view: Any) -> HttpResponse | None:
        """Not before the check against forged posts."""
        token = request.POST.get(TOKEN) if request.method == "POST" else None
        opened = read_token(token) if token and request.path != reverse("admin:typed") else None
        if opened is None:
            return None
        if request.user.is_authenticated:
            request.opened_form = opened if opened.user_id == request.user.pk else None
            return None
        return _log_in_again(request, opened)


def _log_in_again(request: HttpRequest, opened: Opened) -> HttpResponse:
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_TYPED]
    keep_draft(opened, typed)
    if "HX-Request" not in request.headers:  # htmx loads the page again, and with it goes where this would be said
        messages.warning(
            request, _("Your session had ended. What you typed is kept, and is offered to you after the log-in.")
        )
    page = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    path = page.partition(request.get_host())[2] if own else ""
    return redirect_to_login(path or reverse("admin:index"), reverse("admin:login"))


@require_http_methods(["GET", "POST"])
def typed_page(request: Any) -> HttpResponse:
    """For the script of the forms: what is kept for one (GET), to keep more, or to throw it away (POST)."""
    opened = read_token(request.GET.get(TOKEN, "") or request.POST.get(TOKEN, ""))
    if opened is None or opened.user_id != request.user.pk:
        return HttpResponseBadRequest()
    if request.method == "GET":
        return JsonResponse(_told(draft_of(opened)))
    if "throw" in request.POST:
        drop_draft(opened)
        return JsonResponse({})
    typed = _pairs(request.POST.get("typed", ""))
    if typed is None:
        return HttpResponseBadRequest()
    kept = keep_draft(opened, typed)
    if kept is None:
        return JsonResponse({"closed": opened.opening})
    return JsonResponse({"when": _when(kept.draft), "cut": kept.draft.cut, "before": kept.before})


def _told(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    if draft.data is None:
        return {"closed": draft.opening}
    told = {"pairs": draft.data, "when": _when(draft), "at": draft.saved_at.timestamp() * 1000}
    return {"draft": {**told, "opening": draft.opening, "cut": draft.cut}}


def _when(draft: Draft) -> str:
    at = timezone.localtime(draft.saved_at)
    return date_format(at, "H:i" if at.date() == timezone.localdate() else "j F, H:i")


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """The fields and what is in them, or None for anything that no form of ours sends."""
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(pairs, list):
        return None
    fits = all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in pairs
    )
    return [(name, value) for name, value in pairs] if fits else None
