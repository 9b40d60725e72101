"""Sources of a claim's file that no verdict cites, such as those that were imported with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from claims.models import Citation, Claim
from claims.services.sources import Evidence, evidence_of

AT_MOST = 100  # are offered at a time


class UncitedForm(forms.Form):
    """One field for each: whether the verdict is to cite it, and as what."""

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(data, prefix="uncited")
        self.known = {str(source.pk): source for source in claim.sources.filter(citations=None)[:AT_MOST]}
        for name, source in self.known.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{source.title}, {source.publisher}",
                choices=[("", gettext("Do not cite it")), *Citation.Stance.choices],
                required=False,
            )

    @property
    def evidence(self) -> list[Evidence]:
        chosen = ((self.known[name], stance) for name, stance in self.cleaned_data.items() if stance)
        return [evidence_of(source, stance=stance) for source, stance in chosen]
