"""What people type about themselves and each other."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from people.models import Role, User

LONGEST_PASSWORD = 1_000  # characters: hashing more is work for us and no safety for anybody


def _text(autocomplete: str, **attrs: Any) -> forms.TextInput:
    plain = {"autocapitalize": "none", "spellcheck": "false"}
    return forms.TextInput(attrs={"autocomplete": autocomplete, **plain, **attrs})


def _password(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


def _zones() -> list[tuple[str, str]]:
    names = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
    )
    return [("", str(_("As the desk"))), *((zone, zone.replace("_", " ")) for zone in names)]


class LogInForm(forms.Form):
    username = forms.CharField(label=_("Username"), max_length=150, widget=_text("username"))
    password = forms.CharField(
        label=_("Password"), max_length=LONGEST_PASSWORD, strip=False, widget=_password("current-password")
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits that the app shows now"),
        max_length=40,
        widget=_text("one-time-code", inputmode="numeric"),
    )


class SecondStepForm(forms.Form):
    """A code of the app, or a recovery code, which has letters."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        widget=_text("one-time-code"),
        help_text=_("One of the codes that you kept, if your passkey is not at hand."),
    )

    def __init__(self, *args: Any, has_app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_app:
            self.fields["code"].label = _("Code")
            self.fields["code"].help_text = _(
                "The six digits that your authenticator app shows now. Without the app, one of your recovery codes."
            )


class ConfirmForm(forms.Form):
    password = forms.CharField(
        label=_("Password"), max_length=LONGEST_PASSWORD, strip=False, widget=_password("current-password")
    )


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lazy(_zones, list)(), required=False)

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "time_zone")
        help_texts = {"email": _("For notices. Readers never see it.")}


class NewPasswordForm(forms.Form):
    """A password typed twice, checked as for `person`."""

    password1 = forms.CharField(
        label=_("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_password("new-password"),
        help_text=_("At least eight characters. A few words that only you would put together are good."),
    )
    password2 = forms.CharField(
        label=_("New password, once more"), max_length=LONGEST_PASSWORD, strip=False, widget=_password("new-password")
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        elif first:
            try:
                password_validation.validate_password(first, self._whose(cleaned))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def _whose(self, _cleaned: dict[str, Any]) -> User | None:
        return self.person


class ChangePasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=_("Password until now"), max_length=LONGEST_PASSWORD, strip=False, widget=_password("current-password")
    )
    field_order = ("old", "password1", "password2")


class JoinForm(NewPasswordForm):
    name = forms.CharField(label=_("Your name"), max_length=150, widget=_text("name"), help_text=_("Readers see it."))
    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=_text("username"),
        help_text=_("For logging in. Letters, digits and @ . + - _ only."),
    )
    field_order = ("name", "username", "password1", "password2")

    def _whose(self, cleaned: dict[str, Any]) -> User | None:
        return User(username=cleaned.get("username", ""), first_name=cleaned.get("name", ""))


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The link is sent there. Without one you pass it on yourself.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the passkey"), max_length=60, help_text=_("So that you know it again, such as “work laptop”.")
    )
    answer = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": _("The browser gave no passkey. Try again, or use an authenticator app.")},
    )


class ReasonForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("It goes on the record."))
