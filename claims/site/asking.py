"""Where readers write to us, and see what came of it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim, CorrectionRequest, LegalRequest, Submission
from claims.services.codes import code_for, hash_of
from claims.services.requests import receive_correction_request
from claims.services.submissions import receive_submission
from claims.site.letter_forms import LetterForm, ReportForm, SubmitForm
from claims.site.letters import letter_page, new_token, refused, within_limits
from claims.site.responses import public_url

Kept = Callable[[LetterForm], str]


@letter_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a fact-check is wrong."""
    claim = get_object_or_404(Claim.objects.with_page().at(slug).for_listing())
    if claim.slug != slug:
        return HttpResponseRedirect(reverse("report", args=[claim.slug]))

    def keep(form: LetterForm) -> str:
        data = form.cleaned_data
        code = code_for(data["token"], data["text"])
        receive_correction_request(claim, text=data["text"], email=data["email"], code=code)
        return reverse("report-status", args=[claim.slug, code])

    taken_down = LegalRequest.objects.filter(correction__claim=claim).exists()
    context = {"claim": claim, "taken_down": taken_down}
    return _letter(request, ReportForm, "claims/report.html", context, keep, about=claim.pk)


@letter_page
def submit(request: HttpRequest) -> HttpResponse:
    """Ask us to check something."""

    def keep(form: LetterForm) -> str:
        data = form.cleaned_data
        code = code_for(data["token"], data["text"], data["url"])
        receive_submission(text=data["text"], url=data["url"], email=data["email"], code=code)
        return reverse("submission", args=[code])

    return _letter(request, SubmitForm, "claims/submit.html", {"page_url": public_url(reverse("submit"))}, keep)


def _letter(
    request: HttpRequest,
    form_class: type[LetterForm],
    template: str,
    context: dict[str, object],
    keep: Kept,
    *,
    about: int | None = None,
) -> HttpResponse:
    """Show the form; keep what is sent, and lead to its status. keep: stores it and says where that is."""
    form = form_class(request.POST) if request.method == "POST" else form_class(initial={"token": new_token()})
    if form.is_bound and form.is_trapped:  # a program is told what it likes to hear
        return HttpResponseRedirect(reverse("home"))
    if form.is_bound and form.is_valid():
        if not within_limits(request, about):
            return refused(
                request, _("Many letters came in within the hour. Please send yours again later."), status=429
            )
        return HttpResponseRedirect(f"{keep(form)}?sent=1")
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)


@letter_page
def submission(request: HttpRequest, code: str) -> HttpResponse:
    """How far a submission is. Shows nothing of what was sent."""
    rows = Submission.objects.select_related("claim__merged_into")
    found = get_object_or_404(rows, code_hash=hash_of(code))
    claim = (found.claim.merged_into or found.claim) if found.claim else None
    context = {"submission": found, "address": _page_of(claim), "code": code, "sent": "sent" in request.GET}
    return render(request, "claims/submission.html", context)


@letter_page
def report_status(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """How far a reader's report is. Shows nothing of what was sent."""
    found = get_object_or_404(CorrectionRequest, code_hash=hash_of(code), claim__in=Claim.objects.at(slug))
    context = {"found": found, "address": reverse("claim", args=[slug]), "code": code, "sent": "sent" in request.GET}
    return render(request, "claims/report_status.html", context)


def _page_of(claim: Claim | None) -> str:
    """The address of the claim's page, or "" while readers cannot see it."""
    seen = claim is not None and claim.status in {Claim.Status.PUBLISHED, Claim.Status.RETRACTED}
    return claim.get_absolute_url() if claim is not None and seen else ""
