"""Taking back what was decided last in triage, one decision after another."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claims.desk.deciding import take_back_own
from claims.desk.pages import DeskRequest, need
from claims.desk.triage_decisions import go_on
from claims.desk.triage_memory import DONE
from claims.desk.triage_queue import TriageQueue
from claims.exceptions import ClaimError, StaleClaim
from claims.models import Claim
from claims.services.bulk import undo_many
from claims.services.lifecycle import undo_triage
from claims.services.splitting import undo_split, withdraw_claim
from people.models import User


@require_POST
def undo(request: DeskRequest) -> HttpResponse:
    """Take the person's last decision back and show that candidate again."""
    need(request, "claims.triage_claim")
    queue, done = TriageQueue(request.GET, request.user), request.session.get(DONE, [])
    at = _take_back_last(request, done) if done else None
    if not done:
        messages.info(request, _("There is nothing to undo."))
    if "list" in request.GET:
        return HttpResponseRedirect(f"{reverse('admin:triage_list')}?{queue.filter_query}")
    return go_on(request, queue, at=at or (queue.place.pk if queue.place else None))


def _take_back_last(request: DeskRequest, done: list[Any]) -> int | None:
    """Take back the last of what is remembered, and say so. Returns the candidate to show again."""
    at, what, key = done[-1]
    request.session[DONE] = done[:-1]
    try:
        told = TAKE_BACK[what](key, request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told or _("Taken back: “%(claim)s”") % {"claim": _text(at)})
    return int(at) if at else None


def _text(pk: int | None) -> str:
    return Claim.objects.filter(pk=pk or 0).values_list("text", flat=True).first() or ""


def _claim(pk: int) -> Claim:
    claim = Claim.objects.filter(pk=pk).first()
    if claim is None:
        raise StaleClaim(_("This claim is gone. There is nothing to undo."))
    return claim


def _many(claims: list[int], by: User) -> str:
    outcome = undo_many(claims, by=by)
    told = ngettext("%(n)s decision is taken back.", "%(n)s decisions are taken back.", len(outcome.done))
    left = [_("Left as it is: “%(claim)s”. %(why)s") % {"claim": claim.text, "why": why} for claim, why in outcome.left]
    return " ".join([told % {"n": len(outcome.done)}, *left])


def _pair(what: str) -> Callable[[Any, User], str]:
    def back(key: Any, by: User) -> str:
        take_back_own(what, str(key), by=by)
        return ""

    return back


def _entered(pk: int, by: User) -> str:
    claim = _claim(pk)
    withdraw_claim(claim, by=by)
    return _("Taken back: “%(claim)s” is not a candidate any more.") % {"claim": claim.text}


TAKE_BACK: dict[str, Callable[[Any, User], str | None]] = {
    "claim": lambda pk, by: undo_triage(_claim(pk), by=by),
    "match": _pair("match"),
    "external": _pair("external"),
    "split": lambda pk, by: undo_split(_claim(pk), by=by),
    "entered": _entered,
    "many": _many,
}
