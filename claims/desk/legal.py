"""Takedown and legal requests: the file of letters, a new one, and the decision by two."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.after_forms import DecisionForm, LegalRequestForm, WhyForm
from claims.desk.letters import Forms, show_list, take_look
from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import LegalRequest
from claims.services.legal import (
    PERMISSION,
    confirm_takedown,
    decide_legal_request,
    file_legal_request,
    reopen_legal_request,
)

FORMS: Forms = {"decide": DecisionForm, "reopen": WhyForm}


def legal_page(request: DeskRequest) -> HttpResponse:
    """Show the letters, those with the next deadline first."""
    need(request, PERMISSION)
    return show_list(request, "admin/legal.html", LegalRequest.objects.for_desk(), title=_("Legal requests"))


def add_legal(request: DeskRequest) -> HttpResponse:
    """Put a letter on file."""
    need(request, PERMISSION)
    form = LegalRequestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            filed = file_legal_request(**form.cleaned_data, by=request.user)
        except ClaimError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The letter is on file."))
            return HttpResponseRedirect(reverse("admin:legal_request", args=[filed.pk]))
    return show(request, "admin/legal_add.html", {"title": _("File a legal request"), "form": form})


def legal_request_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One letter and the decision on it."""
    need(request, PERMISSION)
    letter = get_object_or_404(LegalRequest.objects.for_desk(), pk=pk)
    looked = take_look(
        request,
        FORMS,
        due="reopen" if letter.decision else "decide",
        agree="confirm",
        take=partial(_take, request, letter),
        onward=reverse("admin:legal_request", args=[pk]),
    )
    if isinstance(looked, HttpResponse):
        return looked
    context = {"title": letter.sender, "letter": letter, "own": letter.decided_by == request.user, **looked}
    return show(request, "admin/legal_request.html", context)


def _take(request: DeskRequest, letter: LegalRequest, step: str, form: forms.Form) -> None:
    if step == "confirm":
        confirm_takedown(letter, by=request.user)
        messages.success(request, _("Taken down. The page is the notice now."))
    elif step == "reopen":
        reopen_legal_request(letter, why=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("It is to be decided again."))
    else:
        decide_legal_request(letter, **form.cleaned_data, by=request.user)
        messages.success(request, _("The decision is on file."))
