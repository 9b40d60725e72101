"""The forms of the tab "Discussion"."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.forms import Day, LongText
from claims.models import Outreach
from claims.models.discussion import COMMENT_LIMIT
from claims.services.attachments import BYTES_LIMIT, too_large
from claims.services.outreach import ANSWER_LIMIT


class CommentForm(forms.Form):
    text = LongText(
        label=_("Comment"),
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "data-mentions": True}),
        help_text=_("@name calls a colleague, #12 leads to claim 12. Readers never see comments."),
    )


class AttachForm(forms.Form):
    file = forms.FileField(label=_("File"), max_length=None, help_text=_("At most 20 MB. Readers never see it."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BYTES_LIMIT:
            raise ValidationError(too_large())
        return file


class AskForm(forms.Form):
    whom = forms.CharField(
        label=_("Whom"),
        max_length=200,
        help_text=_(
            "The office rather than the person: readers are told whom you asked, unless the claimant is private."
        ),
    )
    channel = forms.ChoiceField(label=_("How"), choices=Outreach.Channel.choices)
    asked_on = Day(label=_("Asked on"), initial=timezone.localdate)
    deadline = Day(label=_("Answer by"), required=False)


class AnswerForm(forms.Form):
    answer = LongText(
        label=_("What they answered"),
        max_length=ANSWER_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers see it as it stands here."),
    )
    answered_on = Day(label=_("Answered on"), initial=timezone.localdate)


FORMS: dict[str, type[forms.Form]] = {
    "comment": CommentForm,
    "edit": CommentForm,
    "file": AttachForm,
    "ask": AskForm,
    "answer": AnswerForm,
}
