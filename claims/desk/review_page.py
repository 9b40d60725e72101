"""The claim file's page for the second pair of eyes: evidence without the finding first, then both ratings."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.desk.claim_file import Offer, _form_of, _places, _seen_saves
from claims.desk.forms import LongText
from claims.desk.pages import DeskRequest, need
from claims.desk.steps import BY_ANOTHER, offered_steps, step_for
from claims.desk.tabs import claim_of, show_tab
from claims.exceptions import ClaimError
from claims.models import Claim, Rating, Review, Verdict
from claims.services.conflicts import is_interested
from claims.services.lifecycle import stage_of
from claims.services.review import rate_verdict

NAME = "claims_claim_review"


class BlindForm(forms.Form):
    """One's own rating of a claim."""

    rating = forms.ModelChoiceField(
        Rating.objects.usable(),
        label=gettext_lazy("Your rating"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a rating.")},
    )
    note = LongText(
        label=gettext_lazy("Why"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "serif"}),
        help_text=gettext_lazy("For the file. What decided it, and what you missed."),
    )


def review_page(request: DeskRequest, pk: int, *, typed: BlindForm | None = None) -> HttpResponse:
    """Show what there is to rate, or, to whoever has rated or may not, how the two ratings compare."""
    need(request, "claims.view_claim")
    claim: Any = claim_of(pk, to=request.user)
    draft = next((version for version in claim.versions if version.published_at is None), None)
    hidden = _hidden(claim, request) if draft is None else None
    interested = is_interested(claim, request.user)
    context = {
        "draft": draft or hidden,  # for its state alone, which the forms send along
        "hidden": hidden,
        "interested": interested,
        "notes": {citation.n: f"#source-{citation.n}" for citation in draft.citations.all()} if draft else {},
        "waits": stage_of(claim) == Claim.Status.IN_REVIEW,
        "form": typed or BlindForm(),
        "asks": _asks(request, claim, draft, hidden) and not interested,
        "offers": _offers(request, claim, draft, interested=interested),
        "reviews": list(Review.objects.filter(verdict__claim=claim).visible_to(request.user).rated().for_page()),
    }
    if context["asks"] and (asked := draft or hidden):
        context |= _evidence(claim, asked)
    return show_tab(request, "admin/review.html", claim, name=NAME, context=context)


def _hidden(claim: Claim, request: DeskRequest) -> Verdict | None:
    """The draft that this person may not see. Of it the page shows who wrote it, and never what they found."""
    rows = Verdict.objects.filter(claim=claim).hidden_from(request.user)
    return rows.select_related("by").defer("rating", "summary", "explanation", "how_we_checked").first()


def _asks(request: DeskRequest, claim: Claim, draft: Any, hidden: Verdict | None) -> bool:
    """Whether this person is asked for a rating: the verdict waits, and they have neither written nor rated it."""
    if stage_of(claim) != Claim.Status.IN_REVIEW:
        return False
    if hidden is not None:
        return True
    if draft is None or not request.user.has_perm("claims.review_claim"):
        return False
    wrote = draft.by_id == request.user.pk or request.user in draft.writers.all()
    rated = any(review.reviewer_id == request.user.pk and review.rated_at for review in draft.reviews.all())
    return not wrote and not rated


def _offers(request: DeskRequest, claim: Any, draft: Any, *, interested: bool) -> list[Offer]:
    names = offered_steps(claim, draft, to=request.user, interested=interested) if draft else []
    return [Offer(name, step_for(name, claim), _form_of(name)) for name in names if name in BY_ANOTHER]


def _evidence(claim: Claim, draft: Verdict) -> dict[str, Any]:
    """What is read before rating: the places, and the sources with their quotes. No stance: what a source says for or
    against the claim is part of the finding, and "how we checked" is where people write what came out.
    """
    sources = [citation.source for citation in draft.citations.select_related("source")]
    return {"sources": sources, "places": _places(claim)}


@require_POST
def rate(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep the person's own rating, which opens the verdict to them."""
    need(request, "claims.review_claim")
    claim, form = get_object_or_404(Claim, pk=pk), BlindForm(request.POST)
    if not form.is_valid():
        return review_page(request, pk, typed=form)
    try:
        rate_verdict(
            claim,
            by=request.user,
            rating=form.cleaned_data["rating"],
            note=form.cleaned_data["note"],
            saves=_seen_saves(request),
        )
    except ClaimError as error:
        messages.error(request, str(error))
        return review_page(request, pk, typed=form)
    messages.success(request, _("Kept. Here is what was found; your rating stays as it is."))
    return HttpResponseRedirect(reverse(f"admin:{NAME}", args=[pk]))
