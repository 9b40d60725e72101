"""Giving claims to people from the list of claims."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.desk.triage_forms import AssignForm
from claims.exceptions import ClaimError
from claims.services.assignment import assign_claim
from claims.services.bulk import AT_MOST


class AssignActionForm(ActionForm, AssignForm):
    """Beside the boxes of the list: to whom those that are chosen go."""

    def is_valid(self) -> bool:
        """What is wrong with person or day the action says itself: the list would say that no action was chosen."""
        super().is_valid()
        return "action" in self.cleaned_data


@admin.action(description=gettext_lazy("Assign to"), permissions=["check"])
def assign_claims(_model_admin: Any, request: Any, claims: QuerySet[Any]) -> None:
    """Give the chosen claims to one person. Those that cannot be given are named, and stay as they are."""
    form = AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose who checks them, and a day that exists."))
        return
    to, due_on, given = form.cleaned_data["to"], form.cleaned_data["due_on"], 0
    for claim in claims.order_by("pk")[:AT_MOST]:
        try:
            assign_claim(claim, to=to, by=request.user, due_on=due_on)
        except ClaimError as error:
            messages.warning(request, _("Left as it is: “%(claim)s”. %(why)s") % {"claim": claim.text, "why": error})
        else:
            given += 1
    if given:
        told = ngettext("%(n)s claim is %(person)s’s now.", "%(n)s claims are %(person)s’s now.", given)
        messages.success(request, told % {"n": given, "person": to.byline})
