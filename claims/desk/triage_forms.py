"""What is asked for in triage: whom a claim goes to, and the parts of a claim that is taken apart."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.desk.context import find_words
from claims.desk.forms import Day, LongText
from claims.models import Appearance, Claim, Decline
from claims.services.assignment import who_may_check
from claims.services.splitting import PARTS, Part
from people.models import User

ROWS = 4  # offered; a claim that says more is taken apart twice


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """A colleague who may check, by name. Asked for when the form is made: people come and go."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)


class AssignForm(forms.Form):
    to = PersonField(label=_("Who checks it"), empty_label=None)
    due_on = Day(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = who_may_check()


class ManyForm(AssignForm):
    """One decision on many. to, reason: asked for by the decision that needs them."""

    decision = forms.ChoiceField(choices=[(name, name) for name in ("shortlist", "assign", "decline")])
    reason = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose why")), *Decline.Reason.choices], required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].required = False


class PartForm(forms.Form):
    """One part. words: those of the sentence that say it; without any it stands where the claim does."""

    text = LongText(label=_("The part, as one sentence that stands alone"), max_length=1000, required=False)
    words = forms.CharField(
        label=_("Its words in the sentence above"), max_length=5000, required=False, widget=forms.TextInput
    )


PartForms = forms.formset_factory(PartForm, extra=0, min_num=ROWS, max_num=PARTS, absolute_max=PARTS)


def parts_unbound(claim: Claim) -> Any:
    """Rows for the parts of a claim, the first with its wording."""
    rows = PartForms(prefix="part", initial=[{"text": claim.text}], auto_id="id_split_%s")
    return _as_rows(rows)


def parts_bound(data: Any) -> Any:
    return _as_rows(PartForms(data, prefix="part", auto_id="id_split_%s"))


def _as_rows(forms_: Any) -> Any:
    for n, form in enumerate(forms_, start=1):
        form.fields["text"].widget.attrs |= {"rows": 2, "class": "serif"}
        form.fields["text"].label = gettext("Part %(number)s") % {"number": n}
    return forms_


def parts_said(rows: Any, place: Appearance) -> list[Part] | None:
    """The parts as they were typed; None, with errors at the rows, where words are not in the sentence."""
    if not rows.is_valid():
        return None
    filled = [form for form in rows if form.cleaned_data.get("text")]
    found = [_part(form, place) for form in filled]
    return None if any(form.errors for form in filled) else found


def _part(form: PartForm, place: Appearance) -> Part:
    words = form.cleaned_data["words"]
    if not words:
        return Part(form.cleaned_data["text"])
    sentence = place.revision.text[place.sentence_start : place.sentence_end]
    span = find_words(sentence, words, near=place.start - place.sentence_start)
    if span is None:
        form.add_error("words", gettext("These words are not in the sentence. Copy them exactly as they stand there."))
        return Part(form.cleaned_data["text"])
    return Part(form.cleaned_data["text"], place.sentence_start + span[0], place.sentence_start + span[1])
