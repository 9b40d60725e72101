"""The pages about the desk, as rows to edit."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.exceptions import ClaimError
from claims.models import StandingPage
from claims.services.standing import edit_page, locked_page, stamp
from people.admin import RecordedAdmin


class StandingPageForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """seen: the words as they were when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = StandingPage
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 24})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = stamp(self.instance.text)

    def clean(self) -> dict[str, Any]:
        """Asked here already, in the transaction that saves, so that what is refused is said beside the form."""
        data: dict[str, Any] = super().clean() or {}
        try:
            locked_page(self.instance, seen=data.get("seen", ""))
        except ClaimError as error:
            raise ValidationError(str(error)) from error
        return data


@admin.register(StandingPage)
class StandingPageAdmin(RecordedAdmin):
    """A fixed list, and for each page its words."""

    form = StandingPageForm
    fields = ("text", "seen")
    list_display = ("title", "changed_at")
    actions = None

    @admin.display(description=_("page"), ordering="pk")
    def title(self, page: StandingPage) -> str:
        return str(page)

    def save_model(self, request: Any, obj: StandingPage, form: Any, change: Any) -> None:  # noqa: ARG002 - Django passes it
        edit_page(obj, text=form.cleaned_data["text"], by=request.user, seen=form.cleaned_data["seen"])
