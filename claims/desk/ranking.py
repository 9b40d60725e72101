"""How the queue is ranked: what the desk learned about it, and a person's word on that."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claims.desk.forms import NoteForm
from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError, NotReady
from claims.models import Claim, TriageWeights
from claims.services.learning import DECIDE, accept_weights, reject_weights, retire_weights
from claims.services.ranking import track_record
from claims.tasks import reweigh_soon

EARLIER = 20
TELLING = 0.05  # a factor that differs from 1 by less is not worth a line


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of figures, as text."""

    what: str
    before: str
    after: str


def ranking_page(request: DeskRequest, *, typed: NoteForm | None = None) -> HttpResponse:
    """Show what ranks the queue, what is proposed in its place, and earlier proposals."""
    need(request, DECIDE)
    standing = {weights.state: weights for weights in TriageWeights.objects.for_page().standing()}
    in_force, proposal = standing.get(TriageWeights.State.ACCEPTED), standing.get(TriageWeights.State.PROPOSED)
    context = {
        "title": _("How the queue is ranked"),
        "record": track_record(),
        "in_force": in_force,
        "proposal": proposal,
        "form": typed or NoteForm(),
        "changes": changes_of(in_force) if in_force else [],
        "proposed_changes": changes_of(proposal) if proposal else [],
        "figures": figures_of(proposal) if proposal else [],
        "left": Claim.objects.weighed_otherwise(in_force).count(),
        "earlier": [(weights, _precision(weights)) for weights in TriageWeights.objects.for_page().past()[:EARLIER]],
    }
    return show(request, "admin/ranking.html", context)


def figures_of(weights: TriageWeights) -> list[Row]:
    """How many of the top of the held-out decisions were shortlisted, before and after; last, average precision."""
    before, after = weights.figures["before"], weights.figures["after"]
    rows = [
        Row(_("The top %(share)s%%") % {"share": top["share"]}, _part(top), _part(then))
        for top, then in zip(before["top"], after["top"], strict=True)
    ]
    return [*rows, Row(_("Average precision"), *_precision(weights))]


def _part(top: dict[str, int]) -> str:
    share = round(100 * top["shortlisted"] / top["of"])
    return _("%(some)s of %(all)s (%(share)s%%)") % {"some": top["shortlisted"], "all": top["of"], "share": share}


def _precision(weights: TriageWeights) -> tuple[str, str]:
    before, after = (weights.figures[side]["average_precision"] for side in ("before", "after"))
    return number_format(round(before, 2), 2), number_format(round(after, 2), 2)


def changes_of(weights: TriageWeights) -> list[str]:
    """What these weights say against the shipped ones, in words, the largest change first."""
    factors = sorted(weights.factors.items(), key=lambda item: (-abs(item[1] - 1), item[0]))
    told = [_change(signal, factor) for signal, factor in factors if abs(factor - 1) >= TELLING]
    few = len(factors) - len(told)
    if few:
        told.append(
            ngettext("%(n)s signal changes by less than 5%%.", "%(n)s signals change by less than 5%%.", few)
            % {"n": few}
        )
    if abs(weights.shift) >= TELLING:
        told.append(
            _("All scores are higher, as this desk shortlists more than the extractor expects. The order stays.")
            if weights.shift > 0
            else _("All scores are lower, as this desk shortlists less than the extractor expects. The order stays.")
        )
    return told


def _change(signal: str, factor: float) -> str:
    said = {"signal": signal, "factor": number_format(round(factor, 1), 1)}
    if factor < TELLING:
        return _("“%(signal)s” does not count any more.") % said
    if factor < 1:
        return _("“%(signal)s” counts only %(factor)s times as much.") % said
    return _("“%(signal)s” counts %(factor)s times as much.") % said


@require_POST
def decide(request: DeskRequest, pk: int, decision: str) -> HttpResponse:
    """Take a person's word on some weights. When it is refused the page says why, and keeps what was typed."""
    need(request, DECIDE)
    if decision not in DECISIONS:
        raise Http404
    weights, form = get_object_or_404(TriageWeights, pk=pk), NoteForm(request.POST)
    if not form.is_valid():
        return ranking_page(request, typed=form)
    take, told = DECISIONS[decision]
    try:
        take(weights, note=form.cleaned_data["note"], by=request.user)
    except NotReady as error:
        form.add_error("note", str(error))
        return ranking_page(request, typed=form)
    except ClaimError as error:
        messages.error(request, str(error))
        return ranking_page(request, typed=form)
    messages.success(request, told(weights))
    if decision != "reject" and not reweigh_soon():
        messages.warning(request, _("The queue follows as soon as a worker is free."))
    return HttpResponseRedirect(reverse("admin:ranking"))


DECISIONS: dict[str, tuple[Any, Any]] = {
    "accept": (accept_weights, lambda weights: _("%(weights)s rank the queue from now on.") % {"weights": weights}),
    "reject": (reject_weights, lambda weights: _("%(weights)s are rejected.") % {"weights": weights}),
    "retire": (retire_weights, lambda _weights: _("The queue goes back to the shipped weights.")),
}


def proposal_waits(request: DeskRequest) -> bool:
    """Whether this person is asked for a decision."""
    return request.user.has_perm(DECIDE) and TriageWeights.objects.waiting().exists()
