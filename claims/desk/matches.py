"""Proposed matches: one pair at a time, side by side, most similar first. And what any page says of a pair."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url

from claims.desk.context import MARGIN, context_of
from claims.desk.deciding import decide_pair, take_back_own
from claims.desk.forms import MatchQueueForm
from claims.desk.pages import DeskRequest, need, show
from claims.desk.pairs import Piece, differences, pieces, wording
from claims.desk.queues import REMEMBERED, Queue
from claims.exceptions import ClaimError
from claims.models import Appearance, Claim, ClaimMatch
from claims.models.matching import ClaimMatchQuerySet
from claims.services.matches import DECIDE, loser_and_winner, may_confirm
from people.lists import IN_MENU
from people.numbers import number

DONE = "match_decisions"  # numbers of the pairs, the last one last


class MatchQueue(Queue):
    page = "admin:matches"
    model = ClaimMatch
    form_class = MatchQueueForm
    filters = ("published", "publisher", "similarity")

    @cached_property
    def rows(self) -> ClaimMatchQuerySet:
        pairs, chosen = ClaimMatch.objects.proposed().most_similar_first(), self.chosen
        if "published" in chosen:
            published = Claim.Status.PUBLISHED
            pairs = pairs.filter(Q(low__status=published) | Q(high__status=published))
        if "similarity" in chosen:
            pairs = pairs.filter(similarity__gte=chosen["similarity"])
        if "publisher" in chosen:
            places = Appearance.objects.filter(revision__article__publisher=chosen["publisher"]).values("claim")
            pairs = pairs.filter(Q(low__in=places) | Q(high__in=places))
        return pairs

    @cached_property
    def waiting(self) -> int:
        """How many fit the filters; IN_MENU + 1 for more than IN_MENU."""
        return self.rows.order_by()[: IN_MENU + 1].count()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. place, around: where it was said first, if that is known; key: opens its file."""

    claim: Any
    text: list[Piece]
    key: str
    place: Any = None
    around: Any = None


def queue_page(request: DeskRequest) -> HttpResponse:
    """Show the pair to decide on."""
    need(request, DECIDE)
    queue = MatchQueue(request.GET)
    context = _pair(request, queue) if queue.shown else {"match": None, "top": queue.address()}
    at = queue.shown[0].pk if queue.shown else None
    context |= {
        "queue": queue,
        "query": queue.address(at=at).removeprefix(reverse("admin:matches")),
        "waiting": queue.waiting,
        "can_undo": bool(request.session.get(DONE)),
        "undo_address": reverse("admin:matches_undo"),
        "title": _("Matches"),
    }
    if request.htmx:
        shown = render(request, "admin/_matches.html", context | {"swapped": True})
        return replace_url(shown, queue.address(at=at))
    return show(request, "admin/matches.html", context)


def _pair(request: DeskRequest, queue: MatchQueue) -> dict[str, Any]:
    first, *behind = queue.shown
    match = ClaimMatch.objects.for_desk().get(pk=first.pk)
    before = queue.rows.ahead_of(match).first()
    merge = loser_and_winner(match)
    return {
        "match": match,
        "sides": sides(match),
        "differs": differences(match.differences),
        "loser": merge[0] if merge else None,
        "winner": merge[1] if merge else None,
        "takes": may_confirm(match, request.user),
        "later": queue.address(at=behind[0].pk) if behind else queue.address(),
        "back": queue.address(at=before.pk) if before else "",
    }


def sides(match: ClaimMatch) -> list[Side]:
    """The older claim and the newer one, with what differs marked in both: what is named or, where nothing is, in the
    wording.
    """
    if match.differences:
        texts = [
            pieces(claim.text, (one[side] for one in match.differences))
            for claim, side in ((match.low, "query"), (match.high, "candidate"))
        ]
    else:
        texts = list(wording(match.low.text, match.high.text))
    return [_side(*given) for given in zip((match.low, match.high), texts, ("1", "2"), strict=True)]


def _side(claim: Claim, text: list[Piece], key: str) -> Side:
    place = Appearance.objects.filter(claim=claim).in_context(margin=MARGIN).first()
    return Side(claim, text, key, place, context_of(place) if place else None)


@require_POST
def decide(request: DeskRequest, pk: int, decision: str) -> HttpResponse:
    """Take one decision and show the next pair. A refusal is said, and the queue goes on from there."""
    need(request, DECIDE)
    if decision not in {"same", "different"}:
        raise Http404
    queue = MatchQueue(request.GET)
    try:
        told = decide_pair("match", str(pk), decision, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
        request.session[DONE] = [*request.session.get(DONE, []), pk][-REMEMBERED:]
    return HttpResponseRedirect(queue.address(at=pk))


@require_POST
def undo(request: DeskRequest) -> HttpResponse:
    """Take the person's last decision back and show that pair again."""
    need(request, DECIDE)
    queue, done = MatchQueue(request.GET), request.session.get(DONE, [])
    request.session[DONE] = done[:-1]
    if not done:
        messages.info(request, _("There is nothing to undo."))
        return HttpResponseRedirect(queue.address(at=queue.place.pk if queue.place else None))
    try:
        take_back_own("match", str(done[-1]), by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. Here they are again."))
    return HttpResponseRedirect(queue.address(at=done[-1]))


@require_POST
def decide_from_file(request: DeskRequest, kind: str, pk: int, decision: str) -> HttpResponse:
    """Take one decision on a pair, and go back to the file it was taken in."""
    need(request, DECIDE)
    try:
        told = decide_pair(kind, str(pk), decision, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    claim = number(request.POST.get("file", ""))
    return HttpResponseRedirect(
        reverse("admin:claims_claim_change", args=[claim]) if claim else reverse("admin:matches")
    )
