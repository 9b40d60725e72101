"""Parts of a compound claim: a page of its file, and what the first page shows of them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from claims.desk.forms import LongText, MergeForm
from claims.desk.pages import DeskRequest, need
from claims.desk.tabs import claim_of, show_tab
from claims.exceptions import ClaimError, StaleClaim
from claims.models import Claim
from claims.services.claims import require_not_reviewed
from claims.services.parts import link_part, make_parts, state_parts_rule, unlink_part
from people.models import User
from people.numbers import number

NAME = "claims_claim_parts"


class WordingsForm(forms.Form):
    wordings = LongText(
        label=_("The parts, one sentence a line"),
        max_length=25_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "serif"}),
        help_text=_("Each has to stand alone. It is said where this claim was said, and is checked by itself."),
    )


class RuleForm(forms.Form):
    rule = LongText(
        label=_("How the verdict on the whole follows from those on the parts"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "serif"}),
        help_text=_("Readers see it. For example: The whole is as true as its least true part."),
    )


FORMS: dict[str, type[forms.Form] | None] = {
    "make": WordingsForm,
    "link": MergeForm,
    "rule": RuleForm,
    "unlink": None,
}
DONE = {
    "make": _("The parts are made, and wait to be checked."),
    "link": _("Linked as a part."),
    "rule": _("The rule is saved."),
    "unlink": _("It is not a part any more."),
}
Take = Callable[[Claim, User, dict[str, Any]], Any]
TAKE: dict[str, Take] = {
    "make": lambda whole, by, data: make_parts(whole, data["wordings"].splitlines(), by=by),
    "link": lambda whole, by, data: link_part(data["number"], whole=whole, by=by),
    "rule": lambda whole, by, data: state_parts_rule(whole, data["rule"], by=by),
    "unlink": lambda whole, by, data: unlink_part(data["part"], whole=whole, by=by),
}


def parts_shown(claim: Claim) -> list[Claim]:
    """The parts with what the desk shows of each, in two queries: a rating only where readers see one too."""
    return list(claim.parts.order_by("pk").select_related("merged_into").beside())


def parts_page(request: DeskRequest, pk: int, *, typed: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The parts of a claim, and what can be done about them; with what was typed, where it could not be stored."""
    need(request, "claims.view_claim")
    claim = claim_of(pk, to=request.user)
    context = {
        "parts": parts_shown(claim),
        "forms": _forms(claim, typed or {}) if _writes(claim, request.user) else None,
        "seen": claim.status,
    }
    return show_tab(request, "admin/parts.html", claim, name=NAME, context=context)


def _writes(claim: Claim, user: User) -> bool:
    try:
        require_not_reviewed(claim)
    except StaleClaim:
        return False
    return claim.part_of_id is None and user.has_perm("claims.check_claim")


def _forms(claim: Claim, typed: dict[str, forms.Form]) -> dict[str, forms.Form]:
    rule = RuleForm(initial={"rule": claim.parts_rule}, auto_id="id_rule_%s")
    empty: dict[str, forms.Form] = {"make": WordingsForm(auto_id="id_make_%s"), "link": MergeForm(auto_id="id_link_%s")}
    return {**empty, "rule": rule, **typed}


@require_POST
def change_parts(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    """Make, link or unlink parts, or state the rule. What is refused is said, and what was typed is kept."""
    need(request, "claims.check_claim")
    if name not in FORMS:
        raise Http404
    whole = get_object_or_404(Claim, pk=pk)
    kind = FORMS[name]
    form = kind(request.POST, auto_id=f"id_{name}_%s") if kind else None
    if form is not None and not form.is_valid():
        return parts_page(request, pk, typed={name: form})
    data = form.cleaned_data if form is not None else {"part": _part(request, whole)}
    try:
        TAKE[name](whole, request.user, data)
    except ClaimError as error:
        if form is None:
            messages.error(request, str(error))
            return parts_page(request, pk)
        form.add_error(None, str(error))
        return parts_page(request, pk, typed={name: form})
    messages.success(request, gettext(str(DONE[name])))
    return HttpResponseRedirect(reverse(f"admin:{NAME}", args=[pk]))


def _part(request: DeskRequest, whole: Claim) -> Claim:
    """The claim to unlink, which may be none of its parts any more."""
    part = number(request.POST.get("part", ""))
    return get_object_or_404(Claim, pk=part) if part else whole
