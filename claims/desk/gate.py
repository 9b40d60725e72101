"""The checklist of a claim's file, and the exceptions that are made from it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, need
from claims.exceptions import ClaimError
from claims.models import Claim
from claims.services.gate import Judgement, State, checklist, judge, told_to_readers
from claims.services.verdicts import except_from_rule, take_back_exception

# Where each rule is met: the page of the file, and the place on it.
FIRST = "claims_claim_change"
PLACES = {
    "verdict": (FIRST, "id_rating_0"),
    "rating": (FIRST, "id_rating_0"),
    "scale": (FIRST, "id_rating_0"),
    "summary": (FIRST, "id_summary"),
    "explanation": (FIRST, "id_explanation"),
    "reference": (FIRST, "id_explanation"),
    "source": (FIRST, "sources"),
    "source-address": (FIRST, "sources"),
    "stance": (FIRST, "sources"),
    "primary-source": (FIRST, "sources"),
    "independent-sources": (FIRST, "sources"),
    "both-sides": (FIRST, "sources"),
    "private-name": (FIRST, "id_summary"),
    "parts": (FIRST, "parts-title"),
    "parts-rule": (FIRST, "parts-title"),
    "appearance": (FIRST, "places-title"),
    "origin": (FIRST, "places-title"),
    "claimed-on": (FIRST, "id_facts_claimed_on"),
    "look-again": (FIRST, "id_look_again_by"),
    "claimant-asked": ("claims_claim_discussion", "outreach"),
    "approval": ("claims_claim_review", ""),
    "embargo": ("claims_claim_publication", "embargo"),
    "methodology": ("claims_methodologyversion_changelist", ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as the checklist shows it. url: where it is mended, "" for nowhere. told: what readers are told."""

    judged: Judgement
    url: str
    told: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """writes: the person may make exceptions here."""

    lines: list[Line]
    writes: bool

    def _in(self, state: State) -> list[Line]:
        return [line for line in self.lines if line.judged.state == state]

    @property
    def unmet(self) -> list[Line]:
        return self._in(State.UNMET)

    @property
    def excepted(self) -> list[Line]:
        return self._in(State.EXCEPTED)

    @property
    def advice(self) -> list[Line]:
        return self._in(State.ADVICE)

    @property
    def met(self) -> list[Line]:
        return self._in(State.MET)


def gate_of(claim: Any, *, writes: bool = False) -> Checklist | None:
    """The checklist of a claim that is on its way to readers, or None. The caller knows that the person may see it."""
    if claim.status in {Claim.Status.DETECTED, Claim.Status.DECLINED, Claim.Status.MERGED}:
        return None
    lines = lines_of(claim, checklist(claim))
    return Checklist(lines, writes) if lines else None


def judged_lines(claim: Any) -> Checklist:
    """The checklist of a claim that `with_facts` loaded."""
    return Checklist(lines_of(claim, judge(claim)), writes=False)


def lines_of(claim: Claim, judged: list[Judgement]) -> list[Line]:
    return [Line(one, _address(claim, one.rule), told_to_readers(one.rule)) for one in judged]


def _address(claim: Claim, rule: str) -> str:
    page, anchor = PLACES.get(rule, (FIRST, ""))
    arguments = [] if page.endswith("_changelist") else [claim.pk]
    try:
        url = reverse(f"admin:{page}", args=arguments)
    except NoReverseMatch:
        url = reverse(f"admin:{FIRST}", args=[claim.pk])
    return f"{url}#{anchor}" if anchor else url


@require_POST
def make_exception(request: DeskRequest, pk: int, rule: str) -> HttpResponse:
    """Keep the reason why this rule is not met, or take it back. What is refused is said, with what was typed."""
    from claims.desk.claim_file import Typed, file_page  # which shows this checklist

    need(request, "claims.check_claim")
    claim, reason = get_object_or_404(Claim, pk=pk), request.POST.get("reason", "")
    try:
        if "take_back" in request.POST:
            take_back_exception(claim, rule=rule, by=request.user)
        else:
            except_from_rule(claim, rule=rule, reason=reason, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
        return file_page(request, pk, typed=Typed(context={"excepting": rule, "typed_reason": reason}))
    messages.success(request, _("The rule holds again.") if "take_back" in request.POST else _("Exception kept."))
    return HttpResponseRedirect(f"{reverse(f'admin:{FIRST}', args=[pk])}#gate-title")
