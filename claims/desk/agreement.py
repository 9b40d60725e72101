"""How well first and second ratings agree."""

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.pages import DeskRequest, need, show
from claims.models import RatingScale
from claims.services.agreement import FLOOR, agreement, scale_in_force


class AgreementForm(forms.Form):
    """Which scale and period. What cannot be read is left out."""

    scale = forms.ModelChoiceField(RatingScale.objects.all(), label=gettext_lazy("Scale"), required=False)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Period"),
        coerce=int,
        required=False,
        choices=[
            ("", gettext_lazy("All time")),
            (90, gettext_lazy("The last 90 days")),
            (365, gettext_lazy("The last 365 days")),
        ],
    )


def agreement_page(request: DeskRequest) -> HttpResponse:
    """Show share and kappa, as a whole, by rating and by pair of people."""
    need(request, "claims.review_claim")
    newest = scale_in_force()
    form = AgreementForm(request.GET, initial={"scale": newest})
    form.is_valid()
    scale, days = form.cleaned_data.get("scale") or newest, form.cleaned_data.get("days")
    since = timezone.now() - timedelta(days=days) if days else None
    context = {
        "title": _("Agreement"),
        "form": AgreementForm(initial={"scale": scale, "days": days or ""}),
        "floor": FLOOR,
        "found": agreement(scale, since=since) if scale else None,
    }
    return show(request, "admin/agreement.html", context)
