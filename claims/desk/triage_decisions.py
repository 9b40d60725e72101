"""The decisions of triage. Each is taken on one candidate, is said, and the queue goes on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.desk.article_page import enter_from
from claims.desk.deciding import decide_pair
from claims.desk.forms import ByHandForm, RewordForm
from claims.desk.pages import DeskRequest, need
from claims.desk.triage import Typed, answer
from claims.desk.triage_forms import AssignForm, parts_bound, parts_said
from claims.desk.triage_memory import remember
from claims.desk.triage_queue import TriageQueue
from claims.exceptions import ClaimError
from claims.models import Appearance, Claim, Decline
from claims.services.claims import reword_claim
from claims.services.holds import holder_of, release_claim
from claims.services.lifecycle import decline_claim, shortlist_claim
from claims.services.splitting import split_claim

Status = Claim.Status


@require_POST
def decide(request: DeskRequest, pk: int, decision: str) -> HttpResponse:
    """Take one decision on a candidate and show the next one. A refusal is said, and the queue goes on."""
    need(request, "claims.triage_claim")
    if decision not in DECISIONS:
        raise Http404
    queue = TriageQueue(request.GET, request.user)
    claim = Claim.objects.select_related("claimant").filter(pk=pk).first()
    if claim is None:
        messages.info(request, _("A newer version of the extractor does not propose this claim any more."))
        return go_on(request, queue, at=None)
    if claim.status != Status.DETECTED:
        said = {"claim": claim.text, "status": claim.get_status_display()}
        messages.info(request, _("Somebody has decided already: “%(claim)s” is now “%(status)s”.") % said)
        return go_on(request, queue, at=pk)
    if colleague := holder_of(pk, beside=request.user):
        said = {"claim": claim.text, "person": colleague.byline}
        messages.warning(request, _("You were away, and %(person)s is looking at “%(claim)s” now.") % said)
        return go_on(request, queue, at=pk)
    return DECISIONS[decision](request, claim, queue)


def go_on(request: DeskRequest, queue: TriageQueue, *, at: int | None) -> HttpResponse:
    """What stands at this place now: at once where a script asks, else by an address that can be loaded again."""
    if not request.htmx:
        return HttpResponseRedirect(queue.address(at=at))
    asked = request.GET.copy()
    asked.pop("left", None)
    asked["at"] = str(at or "")
    return answer(request, TriageQueue(asked, request.user))


def _shortlist(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    return _done(request, claim, queue, _("Shortlisted: “%(claim)s”"), lambda: shortlist_claim(claim, by=request.user))


def _assign(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    form = AssignForm(request.POST, auto_id="id_assign_%s")
    if not form.is_valid():
        return answer(request, _at(claim, queue), typed=Typed(assign=form))
    to, due_on = form.cleaned_data["to"], form.cleaned_data["due_on"]
    told = _("Shortlisted for %(person)s: “%(claim)s”") % {"person": to.byline, "claim": "%(claim)s"}
    return _done(request, claim, queue, told, lambda: shortlist_claim(claim, by=request.user, to=to, due_on=due_on))


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
        release_claim(claim.pk, by=request.user)
        messages.success(request, told.replace("%(claim)s", claim.text))
        remember(request, claim.pk, "claim", claim.pk)
    return go_on(request, queue, at=claim.pk)


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
            remember(request, claim.pk, what, pk)
        return go_on(request, queue, at=claim.pk)

    return decided


def _reword(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    form = RewordForm(request.POST, auto_id="id_reword_%s")
    if form.is_valid():
        try:
            said = form.cleaned_data
            reword_claim(claim, text=said["text"], claimant_name=said["claimant"], by=request.user)
        except ClaimError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The wording is changed. The quote stays as it was said."))
            return go_on(request, queue, at=claim.pk)
    return answer(request, _at(claim, queue), typed=Typed(reword=form))


def _split(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    place, rows = _place(claim), parts_bound(request.POST)
    parts = parts_said(rows, place) if place else None
    claim.text = request.POST.get("seen", claim.text)  # what the person took apart: refused if it reads otherwise now
    if place and parts is not None:
        try:
            made = split_claim(claim, parts, place=place, by=request.user)
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            said = {"n": len(made) + 1, "claim": parts[0].text}
            messages.success(request, _("Taken apart into %(n)s: this is the first, the others follow.") % said)
            remember(request, claim.pk, "split", claim.pk)
            return go_on(request, queue, at=claim.pk)
    return answer(request, _at(claim, queue), typed=Typed(split=rows))


def _enter(request: DeskRequest, claim: Claim, queue: TriageQueue) -> HttpResponse:
    """Make a claim by hand from words of the article beside the candidate, and stay with the candidate."""
    place, form = _place(claim), ByHandForm(request.POST)
    made = enter_from(place.revision, form, by=request.user) if place and form.is_valid() else None
    if made is None:
        return answer(request, _at(claim, queue), typed=Typed(enter=form))
    messages.success(request, _("A candidate now: “%(claim)s”") % {"claim": made.text})
    remember(request, claim.pk, "entered", made.pk)
    return go_on(request, queue, at=claim.pk)


def _place(claim: Claim) -> Appearance | None:
    return Appearance.objects.filter(claim=claim).for_page().defer(None).first()


def _at(claim: Claim, queue: TriageQueue) -> TriageQueue:
    """The queue as it is seen from this claim."""
    queue.place = claim
    return queue


DECISIONS = {
    "shortlist": _shortlist,
    "assign": _assign,
    "decline": _decline,
    "reword": _reword,
    "split": _split,
    "enter": _enter,
    "same": _pair("same"),
    "different": _pair("different"),
}
