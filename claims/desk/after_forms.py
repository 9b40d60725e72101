"""The forms for what happens after publication. They check what a person typed; the rules are in the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.forms import ClaimNumber, Day, DeclineForm, LongText
from claims.models import CorrectionRequest, LegalRequest
from claims.models.corrections import NOTE_LIMIT
from claims.services.corrections import WITH_DRAFT


def note(label: Any, *, required: bool = True, help_text: Any = "", limit: int = NOTE_LIMIT) -> LongText:
    box = forms.Textarea(attrs={"rows": 4})
    return LongText(label=label, required=required, max_length=limit, help_text=help_text, widget=box)


class CorrectionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Class"), choices=WITH_DRAFT, widget=forms.RadioSelect(attrs={"class": "choices"}))
    note = note(
        _("What is corrected, and why"),
        required=False,
        help_text=_("Readers see this on the page and in the log of corrections. A typing error needs no note."),
    )


class LookForm(forms.Form):
    agrees = forms.ChoiceField(
        label=_("Was it right to retract it?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )
    note = note(
        _("Note"),
        required=False,
        help_text=_("Needed for a no, and shown to readers then. The page stays retracted; check the claim anew."),
    )


class OutcomeForm(forms.Form):
    """The first look at a correction request."""

    outcome = forms.ChoiceField(
        label=_("What comes of it"), choices=CorrectionRequest.Outcome, widget=forms.RadioSelect
    )
    note = note(_("Answer to the reader"), help_text=_("The reader sees it on the status page once it is closed."))


class WhyForm(forms.Form):
    note = note(_("Why not?"))


class LinkForm(forms.Form):
    """The claim that a submission became."""

    number = ClaimNumber(label=_("Number of the claim"))


class DeclineSubmissionForm(DeclineForm):
    note = note(_("Note"), required=False, help_text=_("The reader sees reason and note."))


class LegalRequestForm(forms.Form):
    sender = forms.CharField(label=_("From whom"), max_length=300)
    received_on = Day(label=_("Received on"))
    claim = ClaimNumber(
        label=_("Number of the claim"),
        required=False,
        help_text=_("Leave it empty when it is about no single claim."),
    )
    asked = note(_("What is asked, and on what grounds"), limit=20_000)
    deadline = Day(label=_("Deadline"), required=False)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("Decision"), choices=LegalRequest.Decision, widget=forms.RadioSelect)
    outcome = note(_("Outcome and reasons"), limit=20_000, help_text=_("For the file; readers do not see it."))
    notice = note(
        _("Notice for readers"),
        required=False,
        help_text=_("Only for taking the page down: it stands in its place, and nothing else does."),
    )
