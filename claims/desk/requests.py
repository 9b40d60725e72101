"""Readers who say that we are wrong: the queue, and two looks at each."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.after_forms import OutcomeForm, WhyForm
from claims.desk.letters import Forms, show_list, take_look
from claims.desk.pages import DeskRequest, need, show
from claims.models import CorrectionRequest
from claims.services.requests import close_request, propose_outcome, reopen_request

FORMS: Forms = {"first": OutcomeForm, "reopen": WhyForm}


def requests_page(request: DeskRequest) -> HttpResponse:
    """Show the correction requests, what waits longest first."""
    need(request, "claims.check_claim")
    rows = CorrectionRequest.objects.for_desk()
    return show_list(request, "admin/requests.html", rows, title=_("Correction requests"))


def request_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One request, and the look that is due."""
    need(request, "claims.check_claim")
    letter = get_object_or_404(CorrectionRequest.objects.for_desk(), pk=pk)
    looked = take_look(
        request,
        FORMS,
        due="reopen" if letter.first_by else "first",
        agree="close",
        take=partial(_take, request, letter),
        onward=reverse("admin:requests"),
    )
    if isinstance(looked, HttpResponse):
        return looked
    title = _("Correction request %(number)s") % {"number": pk}
    context = {"title": title, "letter": letter, "own": letter.first_by == request.user, **looked}
    return show(request, "admin/request.html", context)


def _take(request: DeskRequest, letter: CorrectionRequest, step: str, form: forms.Form) -> None:
    if step == "close":
        close_request(letter, by=request.user)
        messages.success(request, _("Closed. The reader sees outcome and answer."))
    elif step == "reopen":
        reopen_request(letter, why=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("It waits for a first look again."))
    else:
        propose_outcome(letter, **form.cleaned_data, by=request.user)
        messages.success(request, _("A second person looks at it now."))
