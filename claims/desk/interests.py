"""What a person of the desk has to do with claimants, declared by themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import Claimant, Conflict, Recusal
from claims.services.conflicts import declare_interest, withdraw_interest


class InterestForm(forms.Form):
    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        max_length=200,
        help_text=gettext_lazy("The name as the desk writes it, or another name it knows."),
        error_messages={"required": gettext_lazy("Name the claimant.")},
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("What you have to do with them"),
        max_length=300,
        help_text=gettext_lazy("Work, family, money, a party, a lawsuit. The desk can read it."),
        error_messages={"required": gettext_lazy("Say in a few words what you have to do with them.")},
    )

    def clean_claimant(self) -> Claimant:
        name = self.cleaned_data["claimant"]
        known = Claimant.objects.filter(name__iexact=name) | Claimant.objects.filter(aliases__name__iexact=name)
        found = known.order_by("pk").first()
        if found is None:
            raise ValidationError(gettext("The desk knows no claimant of this name. Look in the list of claimants."))
        return found


def interests_page(request: DeskRequest, *, typed: InterestForm | None = None) -> HttpResponse:
    """Show what the person has declared, and the form to declare more."""
    need(request, "claims.view_claim")
    context: dict[str, Any] = {
        "title": _("My interests"),
        "form": typed or InterestForm(),
        "conflicts": Conflict.objects.filter(user=request.user).select_related("claimant"),
        "recusals": Recusal.objects.filter(user=request.user).select_related("claim"),
    }
    return show(request, "admin/interests.html", context)


@require_POST
def declare(request: DeskRequest) -> HttpResponse:
    need(request, "claims.view_claim")
    form = InterestForm(request.POST)
    if not form.is_valid():
        return interests_page(request, typed=form)
    try:
        declare_interest(form.cleaned_data["claimant"], reason=form.cleaned_data["reason"], by=request.user)
    except ClaimError as error:
        form.add_error(None, str(error))
        return interests_page(request, typed=form)
    messages.success(request, _("Declared. Their claims are other people’s from here on."))
    return HttpResponseRedirect(reverse("admin:interests"))


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    need(request, "claims.view_claim")
    conflict = get_object_or_404(Conflict, pk=pk, user=request.user)
    try:
        withdraw_interest(conflict, reason=request.POST.get("reason", ""), by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. That it was declared stays on record."))
    return HttpResponseRedirect(reverse("admin:interests"))
