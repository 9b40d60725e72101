"""The claim file: everything about one claim on one page, and the steps that can be taken from it."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims.desk import verdict_form
from claims.desk.after_forms import CorrectionForm
from claims.desk.after_steps import correction_of
from claims.desk.context import MARGIN, context_of
from claims.desk.facts import facts_shown
from claims.desk.forms import DeclineForm, NoteForm, RewordForm
from claims.desk.gate import gate_of
from claims.desk.history_page import last_moments
from claims.desk.pages import DeskRequest, need, show
from claims.desk.pairs import beside, counted_with
from claims.desk.parts import parts_shown
from claims.desk.signals import signals_of
from claims.desk.step import Step
from claims.desk.steps import STEPS, next_of, offered_steps, step_for
from claims.desk.tabs import tabs_of
from claims.exceptions import ClaimError
from claims.models import Appearance, Claim, Review, Verdict
from claims.services.blindness import hide_unseen
from claims.services.conflicts import is_interested
from claims.services.lifecycle import stage_of
from people.models import User
from people.numbers import number

PLACES = 25


@dataclass(frozen=True, slots=True)
class Offer:
    """A step with the form that goes with it. open: the person was in the middle of it."""

    name: str
    step: Step
    form: forms.Form | None
    open: bool = False

    @property
    def keeps(self) -> bool:
        """Whether so much can be typed here that it is kept until it is saved."""
        return self.form is not None and any(
            isinstance(one.widget, forms.Textarea) for one in self.form.fields.values()
        )


@dataclass(slots=True)
class Typed:
    """What a person typed and could not be stored, to be shown again. step: "" for the verdict itself."""

    step: str = ""
    form: forms.Form | None = None
    verdict: verdict_form.Forms | None = None
    facts: forms.Form | None = None
    context: dict[str, Any] = field(default_factory=dict)


def file_page(request: DeskRequest, object_id: int, *, typed: Typed | None = None) -> HttpResponse:
    """Show the file of claim `object_id`; with what was typed, where it could not be stored."""
    need(request, "claims.view_claim")
    claim: Any = get_object_or_404(Claim.objects.for_file(), pk=object_id)
    typed = typed or Typed()
    hide_unseen(claim, to=request.user)
    hidden, interested = claim.hidden, is_interested(claim, request.user)
    draft = next((version for version in claim.versions if version.published_at is None), None)
    shown = draft or next(iter(claim.versions), None)
    names = offered_steps(claim, draft, to=request.user, hidden=hidden, interested=interested)
    stage = stage_of(claim)
    writes = _writes(request.user, stage, draft) and not hidden and not interested
    context = {
        "title": claim.text,
        "claim": claim,
        "tabs": tabs_of(claim, to=request.user, current="claims_claim_change"),
        "draft": draft,
        "verdict": shown,
        "notes": {citation.n: f"#source-{citation.n}" for citation in shown.citations.all()} if shown else {},
        "next": next_of(claim),
        "stage": stage,
        "correction": correction_of(claim),
        "offers": [_offer(name, claim, draft, typed) for name in names],
        "lost": typed if typed.step and typed.step not in names else None,
        "forms": typed.verdict or (verdict_form.unbound(claim, draft) if writes else None),
        "writes": writes,
        "hidden": hidden,
        "interested": interested,
        "gate": gate_of(claim, writes=writes and draft is not None) if not hidden else None,
        "facts": facts_shown(claim, to=request.user, interested=interested, typed=typed.facts),
        "parts": parts_shown(claim),
        "own_review": stage == Claim.Status.IN_REVIEW and draft is not None and draft.by == request.user,
        "returned": _returned(draft) if stage == Claim.Status.IN_PROGRESS else None,
        "places": places_of(claim),
        "beside": beside(claim, request.user),
        "counted": counted_with(claim),
        "signals": signals_of(claim),
        "moments": last_moments(claim, to=request.user),
        **typed.context,
    }
    return show(request, "admin/claim_file.html", context)


def _writes(person: User, stage: Claim.Status, draft: Verdict | None) -> bool:
    """Whether the person may write on the verdict: while the file is open, and not once they have rated it."""
    if stage != Claim.Status.IN_PROGRESS or not person.has_perm("claims.check_claim"):
        return False
    rated = draft.reviews.all() if draft else []
    return not any(review.reviewer_id == person.pk and review.rated_at for review in rated)


def _offer(name: str, claim: Claim, draft: Verdict | None, typed: Typed) -> Offer:
    step = step_for(name, claim)
    if typed.step == name:
        return Offer(name, step, typed.form, open=True)
    return Offer(name, step, form_of(name, initial=_initial(step, claim, draft)) if step.form else None)


def _initial(step: Step, claim: Claim, draft: Verdict | None) -> dict[str, Any] | None:
    """What a form starts with. In a correction the wording is the draft's."""
    if step.form is RewordForm:
        if draft is not None and claim.status == Claim.Status.PUBLISHED:
            return {"text": draft.claim_text, "claimant": draft.claimant_name}
        return {"text": claim.text, "claimant": claim.claimant.name if claim.claimant else ""}
    if step.form is CorrectionForm and (correction := correction_of(claim)):
        return {"kind": correction.kind, "note": correction.note}
    return None


def form_of(name: str, data: Any = None, **kwargs: Any) -> forms.Form:
    """The form of a step. Each has ids of its own, for there are several on the page."""
    form = (STEPS[name].form or forms.Form)(data, auto_id=f"id_{name}_%s", **kwargs)
    if isinstance(form, NoteForm) and STEPS[name].note:
        form.fields["note"].label = str(STEPS[name].note)
    if isinstance(form, DeclineForm):
        form.fields["reason"].widget.attrs["class"] = "choices"
    return form


def _returned(draft: Verdict | None) -> Review | None:
    """Why the verdict came back, while its author works on it."""
    reviews = draft.reviews.all() if draft else []
    return next((review for review in reviews if review.outcome == Review.Outcome.RETURNED), None)


def places_of(claim: Claim) -> list[tuple[Any, Any]]:
    """Where the claim was made, and where those merged into it were."""
    places = Appearance.objects.counted_with(claim).in_context(margin=MARGIN)[:PLACES]
    return [(place, context_of(place)) for place in places]


def file_address(pk: int) -> str:
    return reverse("admin:claims_claim_change", args=[pk])


@require_POST
def take_step(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    """Take one step. When it is refused the page says why, and keeps what was typed."""
    need(request, "claims.view_claim")
    if name not in STEPS:
        raise Http404
    step, claim = STEPS[name], get_object_or_404(Claim.objects.select_related("claimant"), pk=pk)
    form = form_of(name, request.POST) if step.form else None
    if form is not None and not form.is_valid():
        return file_page(request, pk, typed=Typed(name, form))
    seen = request.POST.get("seen", "")
    if seen in Claim.Status.values:
        claim.status = seen  # the services refuse a step that starts from a status gone by
    data = {**(form.cleaned_data if form is not None else {}), "saves": seen_saves(request)}
    try:
        step.take(claim, request.user, data)
    except ClaimError as error:
        messages.error(request, str(error))
        return file_page(request, pk, typed=Typed(name, form))
    messages.success(request, str(step.done))
    return HttpResponseRedirect(file_address(number(request.POST.get("file", "")) or pk))


def seen_saves(request: DeskRequest) -> int:
    """The state of the verdict that the person saw; one that never is where the page does not say."""
    saves = number(request.POST.get("saves", ""))
    return -1 if saves is None else saves
