"""What readers ask us to check: the queue, and what becomes of each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.after_forms import DeclineSubmissionForm, LinkForm
from claims.desk.letters import show_list
from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import Submission
from claims.services.submissions import decline_submission, link_claim, make_article, take_up
from claims.tasks import read_soon
from people.models import User


def submissions_page(request: DeskRequest) -> HttpResponse:
    """Show what readers sent, what waits longest first."""
    need(request, "claims.triage_claim")
    return show_list(request, "admin/submissions.html", Submission.objects.for_desk(), title=_("Submissions"))


Take = Callable[[Submission, dict[str, Any], User], object]
STEPS: dict[str, tuple[type[forms.Form], Take, Any]] = {
    "take": (
        forms.Form,
        lambda row, _data, by: take_up(row, by=by),
        gettext_lazy("The reader sees that it is looked at."),
    ),
    "article": (
        forms.Form,
        lambda row, _data, by: read_soon(make_article(row, by=by)),
        gettext_lazy("The article is on its way. Its candidates appear in triage; link the claim here then."),
    ),
    "link": (
        LinkForm,
        lambda row, data, by: link_claim(row, data["number"], by=by),
        gettext_lazy("Linked. The reader is led to the page once it is published."),
    ),
    "decline": (
        DeclineSubmissionForm,
        lambda row, data, by: decline_submission(row, reason=data["reason"], note=data["note"], by=by),
        gettext_lazy("Declined. The reader sees why."),
    ),
}


def submission_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One submission and its steps. What cannot be stored is shown again as it was typed."""
    need(request, "claims.triage_claim")
    row = get_object_or_404(Submission.objects.for_desk(), pk=pk)
    asked = request.POST.get("step", "")
    typed = {name: form(request.POST if name == asked else None, prefix=name) for name, (form, _t, _s) in STEPS.items()}
    if request.method == "POST" and asked in STEPS and typed[asked].is_valid():
        _form, take, done = STEPS[asked]
        try:
            take(row, typed[asked].cleaned_data, request.user)
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, str(done))
            return HttpResponseRedirect(reverse("admin:submission", args=[pk]))
    context = {"title": _("Submission %(number)s") % {"number": pk}, "letter": row, "steps": typed, "asked": asked}
    return show(request, "admin/submission.html", context)
