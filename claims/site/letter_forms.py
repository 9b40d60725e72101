"""The two forms that readers fill in."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.requests import TEXT_MAX, TEXT_MIN
from claims.site.letters import is_good, new_token

KEPT = "\n\t"
TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}  # marks that turn round what follows


def plain(text: str) -> str:
    """`text` with line ends as one character, and without characters that steer: controls, and marks of direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in KEPT or not (unicodedata.category(one) == "Cc" or one in TURNING))


class PlainText(forms.CharField):
    """Text of several lines, of which a browser cuts nothing silently: the form says how much too long it is."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes | {"rows": 8, "dir": "auto"}


class LetterForm(forms.Form):
    """What both have. website: a trap; people do not see it, and programs fill it in."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Only if you want an answer by e-mail. We delete it 90 days after the end."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not is_good(data.get("token", "")):
            self.renew()
            raise ValidationError(gettext("This page was open for long. Nothing is lost: send it once more."))
        return data

    def renew(self) -> None:
        """Put a new token into the form that is shown again."""
        self.data = {**self.data.dict(), "token": new_token()}  # type: ignore[attr-defined]  # of a bound form a QueryDict

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


class ReportForm(LetterForm):
    text = PlainText(
        label=_("What is wrong, and how do you know?"),
        min_length=TEXT_MIN,
        max_length=TEXT_MAX,
        error_messages={"required": _("Write what is wrong, and how you know.")},
        help_text=_("20 to 5,000 characters. A link to where we can see it helps most."),
    )
    field_order = ["text"]


class SubmitForm(LetterForm):
    text = PlainText(
        label=_("The claim"),
        required=False,
        max_length=TEXT_MAX,
        help_text=_("As it was said, and who said it, if you know. At most 5,000 characters."),
    )
    url = forms.CharField(
        label=_("Where you saw it"),
        required=False,
        max_length=2000,
        help_text=_("The web address, if it has one."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "dir": "ltr"}),
    )
    field_order = ["text", "url"]

    def clean_url(self) -> str:
        url = plain(self.cleaned_data["url"]).strip()
        if url and "://" not in url:
            url = f"https://{url}"
        if url and not url.lower().startswith(("https://", "http://")):
            raise ValidationError(gettext("Give an address of the web: it begins with https:// or http://."))
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data.get("text") or data.get("url")):
            self.add_error("text", gettext("Write the claim, or give the address where you saw it."))
        return data
