"""Saving the facts of a claim from its file."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.desk.claim_file import Typed, file_address, file_page
from claims.desk.facts import FactsForm
from claims.desk.pages import DeskRequest, need
from claims.exceptions import ClaimError, StaleClaim
from claims.models import Claim
from claims.services.facts import describe_claim, facts_of


@require_POST
def save_facts(request: DeskRequest, pk: int) -> HttpResponse:
    """Store the facts. What cannot be stored is shown again as it was typed."""
    need(request, "claims.check_claim")
    claim = get_object_or_404(Claim, pk=pk)
    form = FactsForm(request.POST, auto_id="id_facts_%s")
    if not form.is_valid():
        return file_page(request, pk, typed=Typed(facts=form))
    try:
        describe_claim(claim, form.facts, by=request.user, seen=form.cleaned_data["stamp"])
    except StaleClaim as error:
        return _stale(request, pk, form, error)
    except ClaimError as error:
        form.add_error(None, str(error))
        return file_page(request, pk, typed=Typed(facts=form))
    messages.success(request, _("The facts are saved."))
    return HttpResponseRedirect(file_address(pk))


def _stale(request: DeskRequest, pk: int, form: FactsForm, error: StaleClaim) -> HttpResponse:
    """Show what was typed beside what is stored; saving once more keeps what was typed."""
    posted = request.POST.copy()
    posted["stamp"] = facts_of(get_object_or_404(Claim, pk=pk)).stamp
    again = FactsForm(posted, auto_id=form.auto_id)
    again.add_error(None, str(error))
    return file_page(request, pk, typed=Typed(facts=again))
