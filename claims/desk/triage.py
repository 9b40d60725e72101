"""Triage: one candidate at a time, most check-worthy first."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url

from claims.desk.context import MARGIN, context_of
from claims.desk.deciding import decide_pair, take_back_own
from claims.desk.forms import QueueForm, RewordForm
from claims.desk.pages import DeskRequest, need, show
from claims.desk.pairs import beside
from claims.desk.queues import REMEMBERED, Queue
from claims.desk.ranking import proposal_waits
from claims.desk.signals import signals_of
from claims.exceptions import ClaimError, StaleClaim
from claims.models import Appearance, Claim, Decline
from claims.models.claim import ClaimQuerySet
from claims.services.claims import reword_claim
from claims.services.lifecycle import decline_claim, shortlist_claim, undo_triage
from claims.services.ranking import track_record
from people.models import User

Status = Claim.Status
DONE = "triage_decisions"  # [number of the candidate, what was decided on, its number], the last one last


class TriageQueue(Queue):
    page = "admin:triage"
    model = Claim
    form_class = QueueForm
    filters = ("article", "publisher", "kind", "minimum")

    @cached_property
    def rows(self) -> ClaimQuerySet:
        claims, chosen = Claim.objects.for_triage().select_related("claimant"), self.chosen
        places = Appearance.objects.all()
        if "kind" in chosen:
            claims = claims.filter(kind=chosen["kind"])
        if "minimum" in chosen:
            claims = claims.filter(check_worthiness__gte=chosen["minimum"])
        if "article" in chosen:
            claims = claims.filter(pk__in=places.filter(revision__article=chosen["article"]).values("claim"))
        if "publisher" in chosen:
            places = places.filter(revision__article__publisher=chosen["publisher"])
            claims = claims.filter(pk__in=places.values("claim"))
        return claims


def queue_page(request: DeskRequest) -> HttpResponse:
    """Show the candidate to decide on."""
    need(request, "claims.triage_claim")
    return _answer(request, TriageQueue(request.GET))


def _answer(request: DeskRequest, queue: TriageQueue, *, reword: RewordForm | None = None) -> HttpResponse:
    context = _candidate(request, queue, reword) if queue.shown else _end(queue)
    at = context["candidate"].pk if queue.shown else None
    context |= {
        "queue": queue,
        "query": queue.address(at=at).removeprefix(reverse("admin:triage")),
        "waiting": queue.rows.count(),
        "undo_address": reverse("admin:triage_undo"),
        "can_undo": bool(request.session.get(DONE)),
        "title": _("Triage"),
    }
    if request.htmx:
        shown = render(request, "admin/_triage.html", context | {"swapped": True})
        return replace_url(shown, queue.address(at=at))
    context |= {"record": track_record(), "proposal_waits": proposal_waits(request)}
    return show(request, "admin/triage.html", context)


def _candidate(request: DeskRequest, queue: TriageQueue, reword: RewordForm | None) -> dict[str, Any]:
    candidate, *behind = queue.shown
    places = list(Appearance.objects.filter(claim=candidate).in_context(margin=MARGIN)[:20])
    before = queue.rows.ahead_of(candidate).first()
    said_by = candidate.claimant.name if candidate.claimant else ""
    return {
        "candidate": candidate,
        "beside": beside(candidate, request.user),
        "signals": signals_of(candidate),
        "places": [(place, context_of(place)) for place in places],
        "behind": [(claim, queue.address(at=claim.pk)) for claim in behind],
        "later": queue.address(at=behind[0].pk) if behind else queue.address(),
        "back": queue.address(at=before.pk) if before else "",
        "reword": reword or RewordForm(initial={"text": candidate.text, "claimant": said_by}),
        "reasons": [(n, *reason) for n, reason in enumerate(Decline.Reason.choices, start=1)],
    }


def _end(queue: TriageQueue) -> dict[str, Any]:
    return {"candidate": None, "top": queue.address()}


@require_POST
def decide(request: DeskRequest, pk: int, decision: str) -> HttpResponse:
    """Take one decision on a candidate and show the next one. A refusal is said, and the queue goes on."""
    need(request, "claims.triage_claim")
    if decision not in DECISIONS:
        raise Http404
    claim, queue = Claim.objects.filter(pk=pk).first(), TriageQueue(request.GET)
    if claim is None:
        messages.info(request, _("A newer version of the extractor does not propose this claim any more."))
        return HttpResponseRedirect(queue.address())
    if claim.status != Status.DETECTED:
        said = {"claim": claim.text, "status": claim.get_status_display()}
        messages.info(request, _("Somebody has decided already: “%(claim)s” is now “%(status)s”.") % said)
        return HttpResponseRedirect(queue.address(at=pk))
    return DECISIONS[decision](request, claim, queue)


def _shortlist(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    return _done(request, claim, queue, _("Shortlisted: “%(claim)s”"), lambda: shortlist_claim(claim, by=request.user))


def _decline(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "").replace("\x00", "")
    said = dict(Decline.Reason.choices).get(reason, "")
    told = _("Declined (%(reason)s): “%(claim)s”") % {"reason": said, "claim": "%(claim)s"}
    return _done(
        request, claim, queue, told, lambda: decline_claim(claim, reason=reason, note=note[:500], by=request.user)
    )


def _done(
    request: DeskRequest, claim: Claim, queue: TriageQueue, told: str, decision: Callable[[], None]
) -> HttpResponse:
    try:
        decision()
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told % {"claim": claim.text})
        _remember(request, claim, "claim", claim.pk)
    return HttpResponseRedirect(queue.address(at=claim.pk))


def _remember(request: DeskRequest, claim: Claim, what: str, pk: int | str) -> None:
    request.session[DONE] = [*request.session.get(DONE, []), [claim.pk, what, str(pk)]][-REMEMBERED:]


def _pair(decision: str) -> Callable[[DeskRequest, Claim, TriageQueue], HttpResponse]:
    """Say that the candidate and what stands beside it are the same, or not."""

    def decided(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
        what = "external" if "external" in request.POST else "match"
        pk = request.POST.get(what, "")
        try:
            told = decide_pair(what, pk, decision, by=request.user)
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, told)
            _remember(request, claim, what, pk)
        return HttpResponseRedirect(queue.address(at=claim.pk))

    return decided


def _reword(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    form = RewordForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            reword_claim(claim, text=said["text"], claimant_name=said["claimant"], by=request.user)
        except ClaimError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The wording is changed. The quote stays as it was said."))
            return HttpResponseRedirect(queue.address(at=claim.pk))
    queue.place = claim
    return _answer(request, queue, reword=form)


DECISIONS = {
    "shortlist": _shortlist,
    "decline": _decline,
    "reword": _reword,
    "same": _pair("same"),
    "different": _pair("different"),
}


@require_POST
def undo(request: DeskRequest) -> HttpResponse:
    """Take the person's last decision back and show that candidate again."""
    need(request, "claims.triage_claim")
    queue, done = TriageQueue(request.GET), request.session.get(DONE, [])
    if not done:
        messages.info(request, _("There is nothing to undo."))
        return HttpResponseRedirect(queue.address(at=queue.place.pk if queue.place else None))
    at, what, pk = done[-1]
    request.session[DONE] = done[:-1]
    try:
        _take_back(what, pk, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        text = Claim.objects.filter(pk=at).values_list("text", flat=True).first() or ""
        messages.success(request, _("Taken back: “%(claim)s”") % {"claim": text})
    return HttpResponseRedirect(queue.address(at=at))


def _take_back(what: str, pk: str, *, by: User) -> None:
    if what != "claim":
        take_back_own(what, pk, by=by)
        return
    claim = Claim.objects.filter(pk=pk).first()
    if claim is None:
        raise StaleClaim(_("This claim is gone. There is nothing to undo."))
    undo_triage(claim, by=by)
