"""Readers who say that we are wrong: the queue, and two looks at each."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.after_forms import OutcomeForm, WhyForm
from claims.desk.letters import show_list
from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import CorrectionRequest
from claims.services.requests import close_request, propose_outcome, reopen_request

FORMS: dict[str, type[forms.Form]] = {"first": OutcomeForm, "reopen": WhyForm}


def requests_page(request: DeskRequest) -> HttpResponse:
    """Show the correction requests, what waits longest first."""
    need(request, "claims.check_claim")
    rows = CorrectionRequest.objects.for_desk()
    return show_list(request, "admin/requests.html", rows, title=_("Correction requests"))


def request_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One request, and the look that is due. What cannot be stored is shown again as it was typed."""
    need(request, "claims.check_claim")
    letter = get_object_or_404(CorrectionRequest.objects.for_desk(), pk=pk)
    asked, lost = request.POST.get("step", ""), ""
    due = "reopen" if letter.first_by else "first"
    form = FORMS[asked](request.POST) if asked in FORMS else FORMS[due]()
    if request.method == "POST" and (asked == "close" or form.is_valid()):
        try:
            _take(asked, letter, form, request)
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            return HttpResponseRedirect(reverse("admin:requests"))
    if form.is_bound and asked != due:  # somebody was first, and the page has another form now
        form, lost = FORMS[due](), request.POST.get("note", "")
    own = letter.first_by == request.user
    context = {
        "title": _("Correction request %(number)s") % {"number": pk},
        "letter": letter,
        "form": form,
        "own": own,
        "lost": lost,
    }
    return show(request, "admin/request.html", context)


def _take(step: str, letter: CorrectionRequest, form: forms.Form, request: DeskRequest) -> None:
    if step == "close":
        close_request(letter, by=request.user)
        messages.success(request, _("Closed. The reader sees outcome and answer."))
    elif step == "reopen":
        reopen_request(letter, why=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("It waits for a first look again."))
    else:
        propose_outcome(letter, **form.cleaned_data, by=request.user)
        messages.success(request, _("A second person looks at it now."))
