"""The triage queue as a list, and one decision on many of its candidates."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.models import Publisher
from claims.desk.pages import DeskRequest, need, show
from claims.desk.triage import PUBLISHERS
from claims.desk.triage_forms import ManyForm
from claims.desk.triage_memory import DONE, remember
from claims.desk.triage_queue import TriageQueue
from claims.exceptions import ClaimError
from claims.models import Appearance, Claim, TriageHold
from claims.models.claim import ClaimQuerySet
from claims.services.bulk import AT_MOST, Outcome, decline_many, shortlist_many
from people.lists import CappedPaginator
from people.numbers import number

A_PAGE = 50
OUTCOME = "triage_outcome"  # in the session: what happened to each, told on the next page and no longer


class TriageList(TriageQueue):
    """The same part of the queue, as a list: looking at it holds nothing."""

    page = "admin:triage_list"

    @property
    def listed(self) -> ClaimQuerySet:
        """With the place of each, and the hold on it if there is one; in three queries however many."""
        places = Appearance.objects.select_related("revision__article__publisher").defer("revision__text")
        holds = TriageHold.objects.of_others(self.person).select_related("person")
        return self.rows.prefetch_related(
            Prefetch("appearances", queryset=places, to_attr="places"), Prefetch("hold", queryset=holds)
        )


def list_page(request: DeskRequest, *, form: ManyForm | None = None, chosen: tuple[int, ...] = ()) -> HttpResponse:
    """Show the candidates a page at a time, each with a box to choose it."""
    need(request, "claims.triage_claim")
    queue = TriageList(request.GET, request.user)
    page = CappedPaginator(queue.listed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Triage as a list"),
        "queue": queue,
        "page": page,
        "rows": [(claim, getattr(claim, "hold", None)) for claim in page.object_list],
        "form": form or ManyForm(initial={"to": request.user.pk}),
        "chosen": chosen,
        "at_most": AT_MOST,
        "outcome": request.session.pop(OUTCOME, None),
        "query": f"?{queue.filter_query}",
        "can_undo": bool(request.session.get(DONE)),
        "undo_address": reverse("admin:triage_undo"),
        "saved": list(request.user.triage_filters.all()),
        "publishers": Publisher.objects.values_list("name", flat=True)[:PUBLISHERS],
    }
    return show(request, "admin/triage_list.html", context)


@require_POST
def decide_many(request: DeskRequest) -> HttpResponse:
    """Take one decision on all that were chosen, and say what happened to each."""
    need(request, "claims.triage_claim")
    chosen = tuple(pk for text in request.POST.getlist("claim") if (pk := number(text)))
    form = ManyForm(request.POST)
    if not form.is_valid():
        return list_page(request, form=form, chosen=chosen)
    try:
        outcome = _decided(form.cleaned_data, chosen, request)
    except ClaimError as error:
        form.add_error(None, str(error))
        return list_page(request, form=form, chosen=chosen)
    _keep(request, outcome)
    page = number(request.GET.get("page", ""))
    query = TriageQueue(request.GET, request.user).filter_query
    at_page = f"&page={page}" if page else ""
    return HttpResponseRedirect(f"{reverse('admin:triage_list')}?{query}{at_page}")


def _decided(said: dict[str, Any], chosen: tuple[int, ...], request: DeskRequest) -> Outcome:
    if said["decision"] == "decline":
        return decline_many(chosen, reason=said["reason"], note=said["note"], by=request.user)
    to = (said["to"] or request.user) if said["decision"] == "assign" else None
    return shortlist_many(chosen, by=request.user, to=to, due_on=said["due_on"] if to else None)


def _keep(request: DeskRequest, outcome: Outcome) -> None:
    """Say in numbers what happened, and keep it by name for the page that comes next."""
    done, left = outcome.done, outcome.left
    if done:
        remember(request, done[0].pk, "many", [claim.pk for claim in done])
        told = ngettext("Decided on %(n)s candidate.", "Decided on %(n)s candidates.", len(done))
        messages.success(request, told % {"n": len(done)})
    if left:
        told = ngettext("%(n)s was left as it is.", "%(n)s were left as they are.", len(left))
        messages.warning(request, told % {"n": len(left)})
    request.session[OUTCOME] = {
        "done": [_line(claim, claim.get_status_display()) for claim in done],
        "left": [_line(claim, why) for claim, why in left],
    }


def _line(claim: Claim, said: str) -> dict[str, Any]:
    return {"pk": claim.pk, "text": claim.text, "said": str(said)}
