"""The facts of a claim in its file: shown to all who see it, open to who checks it until it is in review."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.desk.forms import Day
from claims.exceptions import StaleClaim
from claims.models import Claim, Topic
from claims.services.claims import require_not_reviewed
from claims.services.facts import Facts, facts_of, role_in_words, role_then
from people.models import User


class FactsForm(forms.Form):
    """topics: those there are; new_topics: names of others. stamp: `Facts.stamp` of what the person saw."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_topics = forms.CharField(
        label=_("New topics"), max_length=1000, required=False, help_text=_("Set apart by commas.")
    )
    claimed_on = Day(label=_("Claimed on"), required=False, help_text=_("The day it was said."))
    importance = forms.TypedChoiceField(label=_("Importance"), choices=Claim.Importance.choices, coerce=int)
    due_on = Day(label=_("Due"), required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topics"]
        topics.choices = [(topic.pk, topic.name) for topic in Topic.objects.all()]  # once, whatever asks for them

    def clean_topics(self) -> Any:
        topics = self.cleaned_data["topics"]
        if len(topics) > 20:
            raise ValidationError(gettext("A claim has at most 20 topics."))
        return topics

    @property
    def facts(self) -> Facts:
        data = self.cleaned_data
        named = {topic.name for topic in data["topics"]} | {name.strip() for name in data["new_topics"].split(",")}
        return Facts(tuple(sorted(named - {""})), data["claimed_on"], data["importance"], data["due_on"])


@dataclass(frozen=True, slots=True)
class FactsShown:
    """form: None where nothing can be changed, by this person or any more. role: of the claimant at the time."""

    form: forms.Form | None
    facts: Facts
    role: str
    is_late: bool

    @property
    def open(self) -> bool:
        """Whether the person is in the middle of it."""
        return self.form is not None and self.form.is_bound


def facts_shown(claim: Any, *, to: User, interested: bool = False, typed: forms.Form | None = None) -> FactsShown:
    """The facts of a claim loaded by `for_file`; with what was typed, where it could not be stored."""
    facts = facts_of(claim)
    writes = to.has_perm("claims.check_claim") and not interested
    form = typed or (_unbound(claim, facts) if writes and _is_open(claim) else None)
    role = role_then(claim, claim.first_made_on)
    late = bool(claim.is_open and facts.due_on and facts.due_on < timezone.localdate())
    return FactsShown(form, facts, role_in_words(role) if role else "", late)


def _is_open(claim: Claim) -> bool:
    try:
        require_not_reviewed(claim)
    except StaleClaim:
        return False
    return True


def _unbound(claim: Claim, facts: Facts) -> FactsForm:
    initial: dict[str, date | Any] = {
        "topics": [topic.pk for topic in claim.topics.all()],
        "claimed_on": facts.claimed_on,
        "importance": facts.importance,
        "due_on": facts.due_on,
        "stamp": facts.stamp,
    }
    return FactsForm(initial=initial, auto_id="id_facts_%s")
