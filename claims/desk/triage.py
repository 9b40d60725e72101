"""Triage: one candidate at a time, most check-worthy first.

The place in the queue is in the address, as the number of a claim: `at` shows that candidate or, once it is decided,
the one behind it. So a decision needs no new place, and two tabs do not disturb each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url

from claims.desk.context import MARGIN, context_of
from claims.desk.forms import QueueForm, RewordForm
from claims.desk.pages import DeskRequest, need, show
from claims.desk.ranking import proposal_waits
from claims.desk.signals import signals_of
from claims.exceptions import ClaimError
from claims.models import Appearance, Claim, Decline
from claims.models.claim import ClaimQuerySet
from claims.services.claims import reword_claim
from claims.services.lifecycle import decline_claim, shortlist_claim, undo_triage
from claims.services.ranking import track_record

Status = Claim.Status
AHEAD = 10  # listed beside the candidate
REMEMBERED = 30  # decisions that can be undone
DONE = "triage_done"
FILTERS = ("article", "publisher", "kind", "minimum")


@dataclass
class Queue:
    """The part of the queue that the address asks for, seen from one place in it."""

    asked: QueryDict

    @cached_property
    def form(self) -> QueueForm:
        form = QueueForm(self.asked)
        form.is_valid()
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name in FILTERS if (value := self.form.cleaned_data.get(name)) not in (None, "")}

    @cached_property
    def claims(self) -> ClaimQuerySet:
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

    @cached_property
    def place(self) -> Claim | None:
        at = self.asked.get("at", "")
        return Claim.objects.filter(pk=int(at)).first() if at.isascii() and at.isdigit() and len(at) < 19 else None

    @cached_property
    def shown(self) -> list[Claim]:
        """The candidate, and those behind it."""
        claims = self.claims.standing_at(self.place) if self.place else self.claims
        return list(claims[: AHEAD + 1])

    def address(self, *, at: int | None = None) -> str:
        """This part of the queue, seen from claim `at`; from its top without."""
        kept = QueryDict(mutable=True)
        for name, value in self.chosen.items():
            kept[name] = str(getattr(value, "pk", value))
        if at:
            kept["at"] = str(at)
        return f"{reverse('admin:triage')}?{kept.urlencode()}" if kept else reverse("admin:triage")


def queue_page(request: DeskRequest) -> HttpResponse:
    """Show the candidate to decide on."""
    need(request, "claims.triage_claim")
    return _answer(request, Queue(request.GET))


def _answer(request: DeskRequest, queue: Queue, *, reword: RewordForm | None = None) -> HttpResponse:
    context = _candidate(queue, reword) if queue.shown else _end(queue)
    at = context["candidate"].pk if queue.shown else None
    context |= {
        "queue": queue,
        "query": queue.address(at=at).removeprefix(reverse("admin:triage")),
        "waiting": queue.claims.count(),
        "can_undo": bool(request.session.get(DONE)),
        "title": _("Triage"),
    }
    if request.htmx:
        shown = render(request, "admin/_triage.html", context | {"swapped": True})
        return replace_url(shown, queue.address(at=at))
    context |= {"record": track_record(), "proposal_waits": proposal_waits(request)}
    return show(request, "admin/triage.html", context)


def _candidate(queue: Queue, reword: RewordForm | None) -> dict[str, Any]:
    candidate, *behind = queue.shown
    places = list(Appearance.objects.filter(claim=candidate).in_context(margin=MARGIN)[:20])
    before = queue.claims.ahead_of(candidate).first()
    said_by = candidate.claimant.name if candidate.claimant else ""
    return {
        "candidate": candidate,
        "signals": signals_of(candidate),
        "places": [(place, context_of(place)) for place in places],
        "behind": [(claim, queue.address(at=claim.pk)) for claim in behind],
        "later": queue.address(at=behind[0].pk) if behind else queue.address(),
        "back": queue.address(at=before.pk) if before else "",
        "reword": reword or RewordForm(initial={"text": candidate.text, "claimant": said_by}),
        "reasons": [(n, *reason) for n, reason in enumerate(Decline.Reason.choices, start=1)],
    }


def _end(queue: Queue) -> dict[str, Any]:
    return {"candidate": None, "top": queue.address()}


@require_POST
def decide(request: DeskRequest, pk: int, decision: str) -> HttpResponse:
    """Take one decision on a candidate and show the next one. A refusal is said, and the queue goes on."""
    need(request, "claims.triage_claim")
    if decision not in DECISIONS:
        raise Http404
    claim, queue = Claim.objects.filter(pk=pk).first(), Queue(request.GET)
    if claim is None:
        messages.info(request, _("A newer version of the extractor does not propose this claim any more."))
        return HttpResponseRedirect(queue.address())
    if claim.status != Status.DETECTED:
        said = {"claim": claim.text, "status": claim.get_status_display()}
        messages.info(request, _("Somebody has decided already: “%(claim)s” is now “%(status)s”.") % said)
        return HttpResponseRedirect(queue.address(at=pk))
    return DECISIONS[decision](request, claim, queue)


def _shortlist(request: DeskRequest, claim: Claim, queue: Queue) -> HttpResponse:
    return _done(request, claim, queue, _("Shortlisted: “%(claim)s”"), lambda: shortlist_claim(claim, by=request.user))


def _decline(request: DeskRequest, claim: Claim, queue: Queue) -> HttpResponse:
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "").replace("\x00", "")
    said = dict(Decline.Reason.choices).get(reason, "")
    told = _("Declined (%(reason)s): “%(claim)s”") % {"reason": said, "claim": "%(claim)s"}
    return _done(
        request, claim, queue, told, lambda: decline_claim(claim, reason=reason, note=note[:500], by=request.user)
    )


def _done(request: DeskRequest, claim: Claim, queue: Queue, told: str, decision: Callable[[], None]) -> HttpResponse:
    try:
        decision()
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told % {"claim": claim.text})
        request.session[DONE] = [*request.session.get(DONE, []), claim.pk][-REMEMBERED:]
    return HttpResponseRedirect(queue.address(at=claim.pk))


def _reword(request: DeskRequest, claim: Claim, queue: Queue) -> HttpResponse:
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


DECISIONS = {"shortlist": _shortlist, "decline": _decline, "reword": _reword}


@require_POST
def undo(request: DeskRequest) -> HttpResponse:
    """Take the person's last decision back and show that candidate again."""
    need(request, "claims.triage_claim")
    queue, done = Queue(request.GET), request.session.get(DONE, [])
    claim = Claim.objects.filter(pk=done[-1]).first() if done else None
    request.session[DONE] = done[:-1]
    if claim is None:
        messages.info(request, _("There is nothing to undo."))
        return HttpResponseRedirect(queue.address(at=queue.place.pk if queue.place else None))
    try:
        undo_triage(claim, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back: “%(claim)s”") % {"claim": claim.text})
    return HttpResponseRedirect(queue.address(at=claim.pk))
