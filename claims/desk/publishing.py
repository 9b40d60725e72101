"""Publication: the page of a claim's file for those who publish, and all approved claims together."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from claims.desk.gate import gate_of, judged_lines
from claims.desk.pages import DeskRequest, need, show
from claims.desk.tabs import claim_of, show_tab
from claims.exceptions import ClaimError
from claims.models import Claim
from claims.services.conflicts import is_interested
from claims.services.gate_case import with_facts
from claims.services.scheduling import publish_together, schedule_publication, set_embargo, why_held
from people.numbers import number

NAME = "claims_claim_publication"
AT_MOST = 100


class Moment(forms.DateTimeField):
    """A time of day on a day, in the desk's zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, required=False, **kwargs)


class ScheduleForm(forms.Form):
    at = Moment(label=gettext_lazy("Publish at"), help_text=gettext_lazy("Empty: it is not published by itself."))


class EmbargoForm(forms.Form):
    at = Moment(label=gettext_lazy("Embargo until"), help_text=gettext_lazy("Empty: there is none."))


KINDS: dict[str, Any] = {
    "schedule": (ScheduleForm, lambda claim, at, by: schedule_publication(claim, at=at, by=by)),
    "embargo": (EmbargoForm, lambda claim, at, by: set_embargo(claim, until=at, by=by)),
}


def publication_page(request: DeskRequest, pk: int, **typed: forms.Form) -> HttpResponse:
    """Show what is missing, the preview, and when the claim goes out. typed: a form of KINDS that was refused."""
    need(request, "claims.publish_claim")
    claim: Any = claim_of(pk, to=request.user)
    draft = next((version for version in claim.versions if version.published_at is None), None)
    now = timezone.now()
    late = claim.status == Claim.Status.APPROVED and claim.publish_at is not None and claim.publish_at < now
    context = {
        "draft": draft,
        "gate": gate_of(claim) if draft else None,
        "interested": is_interested(claim, request.user),
        "schedule": typed.get("schedule") or ScheduleForm(initial={"at": claim.publish_at}, auto_id="id_schedule_%s"),
        "embargo": typed.get("embargo") or EmbargoForm(initial={"at": claim.embargo_until}, auto_id="id_embargo_%s"),
        "held": why_held(with_facts(Claim.objects.filter(pk=pk)).get()) if late else [],
        "late": late,
        "zone": settings.TIME_ZONE,
    }
    return show_tab(request, "admin/publication.html", claim, name=NAME, context=context)


@require_POST
def set_time(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """Keep a schedule or an embargo. What is refused is said, with what was typed."""
    need(request, "claims.publish_claim")
    claim = get_object_or_404(Claim, pk=pk)
    form_class, keep = KINDS[kind]
    form = form_class(request.POST, auto_id=f"id_{kind}_%s")
    if not form.is_valid():
        return publication_page(request, pk, **{kind: form})
    try:
        keep(claim, form.cleaned_data["at"], request.user)
    except ClaimError as error:
        form.add_error("at", str(error))
        return publication_page(request, pk, **{kind: form})
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse(f"admin:{NAME}", args=[pk]))


def approved_page(request: DeskRequest) -> HttpResponse:
    """Show all approved claims with what is missing, oldest first."""
    need(request, "claims.publish_claim")
    claims = with_facts(Claim.objects.filter(status=Claim.Status.APPROVED).order_by("pk"))
    rows = [(claim, judged_lines(claim)) for claim in claims[: AT_MOST + 1]]
    context = {
        "title": _("Publish what is approved"),
        "rows": rows[:AT_MOST],
        "more": len(rows) > AT_MOST,
        "ready": sum(not gate.unmet for _claim, gate in rows[:AT_MOST]),
    }
    return show(request, "admin/approved.html", context)


@require_POST
def publish_all(request: DeskRequest) -> HttpResponse:
    """Publish those that are ticked, each as the page showed it. Says which went out, and of the others why not."""
    need(request, "claims.publish_claim")
    seen = [pair for value in request.POST.getlist("claim")[:AT_MOST] if (pair := _seen(value))]
    claims = Claim.objects.in_bulk([pk for pk, _saves in seen])
    for claim in claims.values():
        claim.status = Claim.Status.APPROVED  # as the page showed it: the services refuse one that has moved since
    published, left = publish_together([(claims[pk], saves) for pk, saves in seen if pk in claims], by=request.user)
    for claim, why in left:
        messages.error(request, _("Not published: “%(claim)s” %(why)s") % {"claim": claim.text, "why": why})
    said = ngettext("%(n)s claim is published.", "%(n)s claims are published.", len(published)) % {"n": len(published)}
    messages.success(request, said) if published else messages.info(request, _("Nothing was published."))
    return HttpResponseRedirect(reverse("admin:approved"))


def _seen(value: str) -> tuple[int, int] | None:
    """What a tick says: the number of the claim and the state of its verdict."""
    pk, _dash, saves = value.partition("-")
    found = number(pk), number(saves)
    return None if found[0] is None or found[1] is None else (found[0], found[1])
