"""Finding among all claims what says the same as a typed sentence, or nearly."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from claims.desk.forms import FindForm
from claims.desk.pages import DeskRequest, need, show
from claims.desk.pairs import Alike, differences, pieces, wording
from claims.matching import TruthConditions, compare, truth_conditions
from claims.models import Appearance, Claim, ClaimEntry, ClaimMatch, Decision
from claims.models.matching import EntryQuerySet
from claims.services.finding import Found, ask, encoder_stamp, find_alike

AT_MOST = 50
LEAST, LEAST_BY_WORDS = 0.25, 0.05  # similarity below which a claim has nothing to do with what was typed


def find_page(request: DeskRequest) -> HttpResponse:
    """Show the claims most like what was typed, best first, with what differs; for a claim that is to be merged, those
    it can be merged into.
    """
    need(request, "claims.view_claim")
    form = FindForm(request.GET if "q" in request.GET else None, initial=request.GET.dict())
    asked = form.is_valid()
    data = form.cleaned_data if asked else {}
    context = {
        "title": _("Find a claim"),
        "form": form,
        "asked": asked,
        "found": find(data["q"], _entries(data)) if asked else [],
        "merging": data.get("merge") if request.user.has_perm("claims.triage_claim") else None,
        "by_words_alone": not encoder_stamp(),
        "narrowed": bool(data.get("status") or data.get("publisher")),
    }
    return show(request, "admin/find.html", context)


def _entries(data: dict[str, Any]) -> EntryQuerySet[ClaimEntry]:
    entries = ClaimEntry.objects.all()
    if data["status"]:
        entries = entries.filter(claim__status=data["status"])
    if data["publisher"]:
        places = Appearance.objects.filter(revision__article__publisher=data["publisher"])
        entries = entries.filter(claim__in=places.values("claim"))
    if data["merge"]:
        entries = entries.exclude(claim=data["merge"])
    return entries


def find(text: str, entries: EntryQuerySet[ClaimEntry]) -> list[Alike]:
    """What is most like `text`, best first, each compared with it; in a fixed number of queries."""
    question, conditions = ask(text), truth_conditions(text)
    with transaction.atomic():
        found = find_alike(question, entries, limit=AT_MOST)
    least = LEAST if question.encoder else LEAST_BY_WORDS
    found = [one for one in found if one.similarity >= least]
    claims = Claim.objects.beside().in_bulk([one.entry.pk for one in found])
    return [_compared(text, conditions, one, claims[one.entry.pk]) for one in found if one.entry.pk in claims]


def _compared(text: str, conditions: TruthConditions, found: Found, claim: Claim) -> Alike:
    match = ClaimMatch(similarity=found.similarity, decision=Decision.RELATED)  # never stored
    if found.entry.conditions is not None:
        said = compare(conditions, TruthConditions.from_dict(found.entry.conditions))
        match.decision = said.decision.value
        match.differences = [asdict(one) for one in said.differences]
    differs = differences(match.differences)
    shown = pieces(claim.text, [one.there for one in differs]) if differs else wording(text, claim.text)[1]
    return Alike(match, shown, differs, claim)
