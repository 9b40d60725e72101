"""The ledger: the sources of a verdict as rows of a form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.desk.forms import Day, LongText
from claims.exceptions import NotReady
from claims.models import Citation, Source, SourceCopy
from claims.services.sources import FIELDS, Evidence, refuse_address


class SourceForm(forms.Form):
    """One piece of evidence. A row in which nothing was typed does not count."""

    source = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300)
    publisher = forms.CharField(label=_("Publisher"), max_length=200)
    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    no_url_reason = forms.CharField(
        label=_("Or why there is no address"), max_length=300, required=False, help_text=_("A phone call, a book.")
    )
    quote = LongText(
        label=_("Quote"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
        help_text=_("Word for word, in its own language."),
    )
    translation = LongText(
        label=_("Translation of the quote"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
        help_text=_("Only where the quote is in another language."),
    )
    locator = forms.CharField(
        label=_("Where in it"), max_length=200, required=False, help_text=_("Page, paragraph, time.")
    )
    retrieved_on = Day(label=_("Retrieved on"), required=False)
    interest = forms.CharField(
        label=_("Its interest"),
        max_length=300,
        required=False,
        help_text=_("What the source stands to gain. Readers see it."),
    )
    independence_group = forms.CharField(
        label=_("Goes back to"),
        max_length=100,
        required=False,
        help_text=_("The same word for sources with one origin: they count once."),
        widget=forms.TextInput(attrs={"list": "origins"}),
    )
    stance = forms.ChoiceField(label=_("Stance"), choices=[("", _("Choose")), *Citation.Stance.choices])
    kind = forms.ChoiceField(label=_("Kind of source"), choices=[("", _("Choose")), *Source.Kind.choices])

    def has_changed(self) -> bool:
        """Whether anything was typed: a place in the list alone makes no source."""
        return bool(set(self.changed_data) - {"ORDER"})

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url:
            try:
                refuse_address(url)
            except NotReady as refusal:
                raise ValidationError(str(refusal)) from refusal
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "url" not in self.errors and not data.get("url") and not data.get("no_url_reason"):
            self.add_error("url", gettext("Give the address, or say below why there is none."))
        return data

    @property
    def evidence(self) -> Evidence:
        data = self.cleaned_data
        return Evidence(**{name: data[name] for name in (*FIELDS, "stance")}, source_id=data.get("source"))


class SourceRows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """The sources of a verdict in their order, and two empty rows."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = gettext("Place in the list")
        form.fields["DELETE"].label = gettext("Remove")

    @property
    def evidence(self) -> list[Evidence]:
        """What is to be cited. The same source twice counts as two."""
        found: list[Evidence] = [form.evidence for form in self.ordered_forms]
        seen = {item.source_id: item for item in reversed(found) if item.source_id}
        return [item if seen.get(item.source_id or 0) is item else _anew(item) for item in found]


def _anew(item: Evidence) -> Evidence:
    return replace(item, source_id=None)


SourceFormSet = forms.formset_factory(
    SourceForm,
    formset=SourceRows,
    extra=2,
    can_order=True,
    can_delete=True,
    max_num=100,
    absolute_max=120,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger as the page shows it: one line when it is filled, open to be written in.

    stance, kind: in words. copy: what is known of the archived copy of a stored source.
    """

    form: Any
    title: str
    publisher: str
    stance: str
    kind: str
    filled: bool
    open: bool
    copy: SourceCopy | None

    @property
    def place(self) -> str:
        """Where notes lead to."""
        return str(self.form.prefix)


def rows_of(sources: SourceRows, copies: Mapping[int, SourceCopy]) -> list[Row]:
    """All rows in the order in which they stand. The first of a ledger without sources is open."""
    rows: list[Row] = []
    for form in sources.forms:
        filled = bool(form["title"].value() or form["source"].value())
        opened = bool(form.errors) or (not rows and not filled)
        rows.append(_row(form, filled=filled, opened=opened, copies=copies))
    return rows


def blank_row(sources: SourceRows) -> Row:
    """What a row that is added begins as."""
    return _row(sources.empty_form, filled=False, opened=True, copies={})


def _row(form: Any, *, filled: bool, opened: bool, copies: Mapping[int, SourceCopy]) -> Row:
    said = {name: str(form[name].value() or "") for name in ("title", "publisher", "source")}
    return Row(
        form=form,
        title=said["title"],
        publisher=said["publisher"],
        stance=_label(form, "stance"),
        kind=_label(form, "kind"),
        filled=filled,
        open=opened,
        copy=copies.get(int(said["source"])) if said["source"].isdecimal() else None,
    )


def _label(form: Any, name: str) -> str:
    value = form[name].value()
    return str(dict(form.fields[name].choices).get(value, "")) if value else ""


def notes_of(sources: SourceRows) -> dict[int, str]:
    """Where a bare number in brackets leads to while the rows are being written."""
    cited = [form for form in sources.forms if form["title"].value() and not form["DELETE"].value()]
    cited.sort(key=lambda form: _number(form["ORDER"].value()))
    return {n: f"#{form.prefix}" for n, form in enumerate(cited, start=1)}


def _number(value: Any) -> int:
    """A place as it was typed; a row without one comes last."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 100_000
