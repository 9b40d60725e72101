"""The verdict and its sources as one form: from the draft, from what was posted, and into the service."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.desk.forms import SourceFormSet, VerdictForm
from claims.models import Citation, Claim, Verdict
from claims.services.verdicts import record_verdict
from people.models import User

PREFIX = "sources"


@dataclass(frozen=True, slots=True)
class Forms:
    """The verdict's form and the rows of its sources, which are stored together or not at all."""

    verdict: VerdictForm
    sources: Any

    @property
    def is_wrong(self) -> bool:
        return self.verdict.is_bound and not (self.verdict.is_valid() and self.sources.is_valid())

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the field it is about."""
        fields = [("", self.verdict[name], said) for name, said in _field_errors(self.verdict)]
        for n, row in enumerate(self.sources, start=1):
            place = _("Source %(number)s, ") % {"number": n}
            fields += [(place, row[name], said) for name, said in _field_errors(row)]
        whole = [("", text) for text in (*self.verdict.non_field_errors(), *self.sources.non_form_errors())]
        return whole + [
            (_anchor(field), f"{place}{field.label}: {text}") for place, field, said in fields for text in said
        ]


def _field_errors(form: Form) -> list[tuple[str, Any]]:
    return [(name, said) for name, said in form.errors.items() if name != NON_FIELD_ERRORS]


def _anchor(field: Any) -> str:
    return f"{field.auto_id}_0" if field.name == "rating" else field.auto_id


def unbound(draft: Verdict | None) -> Forms:
    """The form as the draft has it, loaded by `for_file`."""
    if draft is None:
        return Forms(VerdictForm(initial={"saves": 0}), SourceFormSet(prefix=PREFIX))
    fields = ("rating", "summary", "explanation", "evidence_as_of", "saves")
    rows = [_row(citation) for citation in draft.citations.all()]
    return Forms(
        VerdictForm(initial={name: getattr(draft, name) for name in fields}),
        SourceFormSet(prefix=PREFIX, initial=rows),
    )


def _row(citation: Citation) -> dict[str, Any]:
    fields = ("title", "publisher", "url", "no_url_reason", "kind", "quote", "locator", "retrieved_on")
    source = citation.source
    return {name: getattr(source, name) for name in fields} | {"source": source.pk, "stance": citation.stance}


def bound(posted: QueryDict) -> Forms:
    """The form as it was posted."""
    return Forms(VerdictForm(posted), SourceFormSet(posted, prefix=PREFIX))


def seen(forms: Forms, draft: Verdict | None) -> Forms:
    """The same, typed in the knowledge of what is stored now, so that saving again is a decision."""
    posted = dict(forms.verdict.data.items())
    posted["saves"] = str(draft.saves if draft else 0)
    fresh = VerdictForm(posted)
    fresh.full_clean()
    for error in forms.verdict.non_field_errors():
        fresh.add_error(None, error)
    return replace(forms, verdict=fresh)


def save(forms: Forms, claim: Claim, *, by: User) -> bool:
    """Store the draft with its sources. False when a field is wrong; the service raises what it refuses."""
    if not (forms.verdict.is_valid() and forms.sources.is_valid()):
        return False
    data = forms.verdict.cleaned_data
    record_verdict(
        claim,
        by=by,
        rating=data["rating"],
        summary=data["summary"],
        explanation=data["explanation"],
        evidence_as_of=data["evidence_as_of"],
        evidence=forms.sources.evidence,
        saves=data["saves"],
    )
    return True
