"""The forms of the desk. They check what a person typed; the rules are in the services."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Publisher
from claims.models import Claim, Decline, Rating, Verdict
from claims.models.verdict import EXPLANATION_LIMIT
from people.numbers import number


class LongText(forms.CharField):
    """Text of several lines. Browsers send line ends as two characters; they count and are kept as one."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength: a browser would cut what is pasted, and say nothing. The server says how much too long."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class Day(forms.DateField):
    """A date, chosen or typed as 2026-03-02."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


# Articles


class AddressForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the article"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )


class DetailsForm(forms.Form):
    """What a text does not say of itself."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    url = forms.CharField(
        label=_("Where it was published"),
        max_length=2000,
        required=False,
        help_text=_("The web address, if there is one."),
    )
    published_on = Day(label=_("Published on"), required=False)


class PasteForm(DetailsForm):
    text = LongText(
        label=_("Text of the article"), strip=False, widget=forms.Textarea(attrs={"rows": 14, "class": "serif"})
    )
    field_order = ["text"]


class FileForm(DetailsForm):
    file = forms.FileField(label=_("File"), help_text=_("Plain text (.txt) or a saved web page (.html)."))
    field_order = ["file"]


class ByHandForm(forms.Form):
    """A claim made from words of an article. near: where in the text they were selected."""

    quote = LongText(
        label=_("The exact words of the article"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
        help_text=_("Select them in the text, or paste them here."),
    )
    text = LongText(
        label=_("The claim, as one sentence that stands alone"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
    )
    claimant = forms.CharField(label=_("Who says it"), max_length=200, required=False)
    near = forms.IntegerField(required=False, widget=forms.HiddenInput)


# Fact-checks of others

FEED_MAX_BYTES = 5 * 1024 * 1024  # some 3,000 entries and as many milliseconds


class FeedForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("A DataFeed, or ClaimReview records as JSON or JSON lines, of at most 5 MB.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FEED_MAX_BYTES:
            raise ValidationError(
                gettext("This file is larger than 5 MB. Bring it in with manage.py import_claimreviews FILE.")
            )
        return file


# Matches


class MatchQueueForm(forms.Form):
    """Which proposed pairs to look at. What cannot be read is left out."""

    published = forms.BooleanField(label=_("Only where one of the two is published"), required=False)
    publisher = forms.ModelChoiceField(
        Publisher.objects.all(), label=_("Publisher"), empty_label=_("All publishers"), required=False
    )
    similarity = forms.FloatField(
        label=_("Similarity at least"),
        min_value=0,
        max_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )


class RewordForm(forms.Form):
    text = LongText(
        label=_("The claim, as one sentence that stands alone"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
    )
    claimant = forms.CharField(
        label=_("Who says it"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty when the article itself says it."),
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Decline.Reason, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class FindForm(forms.Form):
    """What to find among all claims. merge: the claim for which the person looks for another one to merge it into."""

    q = forms.CharField(
        label=_("A statement, as a sentence"),
        max_length=1000,
        widget=forms.TextInput(attrs={"type": "search", "class": "serif"}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Any status")), *(one for one in Claim.Status.choices if one[0] != Claim.Status.MERGED)],
        required=False,
    )
    publisher = forms.ModelChoiceField(
        Publisher.objects.all(), label=_("Publisher"), empty_label=_("All publishers"), required=False
    )
    merge = forms.ModelChoiceField(
        Claim.objects.filter(status__in=[Claim.Status.DETECTED, Claim.Status.SHORTLISTED]),
        required=False,
        widget=forms.HiddenInput,
    )


# The claim file


class NoteForm(forms.Form):
    note = LongText(label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ClaimNumber(forms.CharField):
    """A claim by its number, as somebody writes it: 12 or #12. None where the field may be and is empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def clean(self, value: Any) -> Claim | None:
        written: str = super().clean(value)
        if not written:
            return None
        claim = Claim.objects.filter(pk=number(written.removeprefix("#")) or 0).first()
        if claim is None:
            raise ValidationError(gettext("There is no claim of this number."))
        return claim


class MergeForm(forms.Form):
    number = ClaimNumber(label=_("Number of the other claim"))


ON_A_DAY = "day"
LOOK_AGAIN = [
    ("", _("No need to")),
    ("3", _("After 3 months")),
    ("6", _("After 6 months")),
    ("12", _("After a year")),
    (ON_A_DAY, _("By this day")),
]


def in_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


class VerdictForm(forms.Form):
    rating = forms.ModelChoiceField(
        Rating.objects.usable(),
        label=_("Rating"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    summary = LongText(
        label=_("Summary"),
        max_length=Verdict._meta.get_field("summary").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
        help_text=_("What you found, in at most 280 characters. Readers see it first."),
    )
    explanation = LongText(
        label=_("Explanation"),
        max_length=EXPLANATION_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "serif"}),
        help_text=_("Markdown: **bold**, *italic*, [words](address), > quote, - list. [1] points to source 1."),
    )
    how_we_checked = LongText(
        label=_("How we checked"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "serif"}),
        help_text=_("The steps, so that somebody else can take them again. Markdown, as above."),
    )
    evidence_as_of = Day(
        label=_("Evidence as of"), required=False, help_text=_("The day up to which you looked for evidence.")
    )
    look_again = forms.ChoiceField(
        label=_("Look again"),
        choices=LOOK_AGAIN,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Numbers, firsts and “since” go out of date. The desk is reminded."),
    )
    look_again_by = Day(label=_("Look again by"), required=False)
    saves = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rating: Rating | None = None, **kwargs: Any) -> None:
        """rating: that of the draft, offered also where its scale is retired by now."""
        super().__init__(*args, **kwargs)
        if rating is not None:
            field: Any = self.fields["rating"]
            field.queryset = Rating.objects.usable_or(rating)

    def clean(self) -> dict[str, Any]:
        """The day to look again, also where it was chosen as so many months from the evidence, or from today."""
        data = super().clean() or {}
        chosen = data.get("look_again")
        if chosen == ON_A_DAY and not data.get("look_again_by") and "look_again_by" not in self.errors:
            self.add_error("look_again_by", gettext("Choose the day, or choose above when to look again."))
        if chosen and chosen != ON_A_DAY:
            try:
                data["look_again_by"] = in_months(data.get("evidence_as_of") or timezone.localdate(), int(chosen))
            except ValueError:  # after the year 9999
                self.add_error("evidence_as_of", gettext("Choose a day that is nearer."))
        return data
