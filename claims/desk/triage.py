"""Triage: one candidate at a time, most check-worthy first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url

from articles.models import Publisher
from claims.desk.context import MARGIN, context_of
from claims.desk.forms import ByHandForm, RewordForm
from claims.desk.pages import DeskRequest, need, show
from claims.desk.pairs import beside
from claims.desk.ranking import proposal_waits
from claims.desk.signals import signals_of
from claims.desk.triage_article import beside_it
from claims.desk.triage_forms import AssignForm, parts_unbound
from claims.desk.triage_memory import DONE
from claims.desk.triage_queue import TriageQueue
from claims.models import Appearance, Claim, Decline
from claims.services.holds import HELD_FOR, hold_claim, holder_of, leave_claim, release_claim
from claims.services.ranking import track_record

PUBLISHERS = 100  # proposed while somebody types the name of one


@dataclass(frozen=True, slots=True)
class Typed:
    """Forms that could not be stored, to be shown again with what was typed."""

    reword: RewordForm | None = None
    assign: AssignForm | None = None
    split: Any = None
    enter: ByHandForm | None = None


def queue_page(request: DeskRequest) -> HttpResponse:
    """Show the candidate to decide on, and keep it from colleagues while it is on the screen."""
    need(request, "claims.triage_claim")
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=503)  # nobody is looking: a hold would keep the candidate from people who are
    if not request.GET and (default := request.user.triage_filters.filter(is_default=True).first()):
        return HttpResponseRedirect(f"{reverse('admin:triage')}?{default.query or 'all=1'}")
    return answer(request, TriageQueue(request.GET, request.user))


def answer(request: DeskRequest, queue: TriageQueue, *, typed: Typed | None = None) -> HttpResponse:
    """The candidate at this place of the queue: alone where a script asks, else as a page."""
    if queue.left:
        release_claim(queue.left, by=request.user)
    context = _candidate(request, queue, typed or Typed()) if queue.shown else {"candidate": None}
    _say_who_has_it(request, queue)
    at = queue.shown[0].pk if queue.shown else None
    context |= {
        "queue": queue,
        "query": queue.address(at=at).removeprefix(reverse("admin:triage")),
        "top": queue.address(),
        "undo_address": reverse("admin:triage_undo"),
        "can_undo": bool(request.session.get(DONE)),
        "title": _("Triage"),
    }
    if request.htmx:
        shown = render(request, "admin/_triage.html", context | {"swapped": True})
        return replace_url(shown, queue.address(at=at))
    context |= {
        "record": track_record(),
        "proposal_waits": proposal_waits(request),
        "saved": list(request.user.triage_filters.all()),
        "publishers": Publisher.objects.values_list("name", flat=True)[:PUBLISHERS],
    }
    return show(request, "admin/triage.html", context)


def _candidate(request: DeskRequest, queue: TriageQueue, typed: Typed) -> dict[str, Any]:
    candidate, *behind = queue.shown
    places = list(Appearance.objects.filter(claim=candidate).in_context(margin=MARGIN)[:20])
    said_by = candidate.claimant.name if candidate.claimant else ""
    return {
        "candidate": candidate,
        "beside": beside(candidate, request.user),
        "signals": signals_of(candidate),
        "places": [(place, context_of(place)) for place in places],
        "behind": [(claim, queue.address(at=claim.pk, left=candidate.pk)) for claim in behind],
        "later": queue.address(left=candidate.pk),
        "back": queue.address(at=queue.before.pk, left=candidate.pk) if queue.before else "",
        "reword": typed.reword
        or RewordForm(initial={"text": candidate.text, "claimant": said_by}, auto_id="id_reword_%s"),
        "assign": typed.assign or AssignForm(initial={"to": request.user.pk}, auto_id="id_assign_%s"),
        "split": typed.split or parts_unbound(candidate),
        "reasons": [(n, *reason) for n, reason in enumerate(Decline.Reason.choices, start=1)],
        "side_address": queue.address(at=candidate.pk, side=not queue.side),
        "side": beside_it(places, typed.enter) if queue.side and places else None,
    }


def _say_who_has_it(request: DeskRequest, queue: TriageQueue) -> None:
    """Say why what somebody asked for by its address is not on the screen, if a colleague has it."""
    asked = queue.place
    if asked is None or asked.status != Claim.Status.DETECTED or asked in queue.shown[:1]:
        return
    if colleague := holder_of(asked.pk, beside=request.user):
        said = {"person": colleague.byline, "claim": asked.text}
        messages.info(request, _("%(person)s is looking at “%(claim)s” now. This is the next one.") % said)


@require_POST
def renew(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep the candidate for who is still looking at it; say so if it is theirs no more."""
    need(request, "claims.triage_claim")
    if hold_claim(pk, by=request.user):
        return HttpResponse(status=204)
    context = {"colleague": holder_of(pk, beside=request.user), "minutes": HELD_FOR.seconds // 60}
    return render(request, "admin/_hold_lost.html", context)


@require_POST
def leave(request: DeskRequest, pk: int) -> HttpResponse:
    """The page was closed: a colleague may have the candidate."""
    need(request, "claims.triage_claim")
    leave_claim(pk, by=request.user)
    return HttpResponse(status=204)
