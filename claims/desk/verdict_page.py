"""Saving and previewing the verdict from the claim file."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.desk import verdict_form
from claims.desk.claim_file import Typed, file_address, file_page
from claims.desk.pages import DeskRequest, need
from claims.exceptions import ClaimError, StaleClaim
from claims.models import Claim, Verdict
from claims.services.verdicts import send_for_review
from claims.tasks import keep_copies_soon


@require_POST
def save_verdict(request: DeskRequest, pk: int) -> HttpResponse:
    """Save the draft and, if asked, send it for approval. What cannot be stored is shown again as it was typed."""
    need(request, "claims.check_claim")
    claim = get_object_or_404(Claim, pk=pk)
    bound = verdict_form.bound(request.POST, claim, _draft(pk, request))
    if "preview" in request.POST:
        return file_page(request, pk, typed=Typed(verdict=bound, context={"preview": bound.verdict}))
    try:
        saved = verdict_form.save(bound, claim, by=request.user)
    except StaleClaim as error:
        return _stale(request, pk, bound, error)
    except ClaimError as error:
        bound.verdict.add_error(None, str(error))
        saved = False
    if not saved:
        return file_page(request, pk, typed=Typed(verdict=bound))
    keep_copies_soon()
    _say_saved(request, claim)
    return HttpResponseRedirect(file_address(pk))


@require_POST
def preview(request: DeskRequest) -> HttpResponse:
    """Explanation and how we checked as readers would see them."""
    need(request, "claims.check_claim")
    bound = verdict_form.bound(request.POST)
    return render(request, "admin/_preview.html", {"preview": bound.verdict, "forms": bound})


def _draft(pk: int, request: DeskRequest) -> Verdict | None:
    """The draft, if this person may see it."""
    return Verdict.objects.drafts().filter(claim=pk).visible_to(request.user).for_writing().first()


def _say_saved(request: DeskRequest, claim: Claim) -> None:
    """Say that the draft is stored, after sending it on where that was asked for."""
    if "send" not in request.POST:
        messages.success(request, _("Draft saved."))
        return
    try:
        send_for_review(claim, by=request.user)
    except ClaimError as error:
        messages.warning(request, _("The draft is saved but not sent: %(why)s") % {"why": error})
    else:
        messages.success(request, _("Sent. A second person has to approve it now."))


def _stale(request: DeskRequest, pk: int, bound: verdict_form.Forms, error: StaleClaim) -> HttpResponse:
    """Show what was typed beside what the other person saved; saving once more keeps what was typed."""
    bound.verdict.add_error(None, str(error))
    theirs = _draft(pk, request)
    return file_page(
        request,
        pk,
        typed=Typed(
            verdict=verdict_form.seen(bound, theirs),
            context={"theirs": theirs},
        ),
    )
