"""The verdict and its sources as one form: from the draft, from what was posted, and into the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.desk.forms import ON_A_DAY, VerdictForm
from claims.desk.ledger import Row, SourceFormSet, blank_row, notes_of, rows_of
from claims.desk.uncited import UncitedForm
from claims.models import Citation, Claim, SourceCopy, Verdict
from claims.services.sources import FIELDS, Evidence
from claims.services.verdicts import record_verdict
from people.models import User

PREFIX = "sources"
PLAIN = ("rating", "summary", "explanation", "how_we_checked", "evidence_as_of", "look_again_by", "saves")
# What is said of these goes out of date by itself.
GOES_STALE = {Claim.Kind.QUANTITY, Claim.Kind.COMPARISON, Claim.Kind.SUPERLATIVE}
PROPOSED = "12"  # months


@dataclass(frozen=True, slots=True)
class Forms:
    """The verdict's form and the rows of its sources, which are stored together or not at all.

    uncited: the sources of the file that it may cite as well; None where there is no file.
    copies: by number of the source what is known of its archived copy.
    """

    verdict: VerdictForm
    sources: Any
    uncited: UncitedForm | None = None
    copies: Mapping[int, SourceCopy] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        return self.verdict.is_bound and not self.is_valid

    @property
    def is_valid(self) -> bool:
        return all(form.is_valid() for form in (self.verdict, self.sources, self.uncited) if form is not None)

    @property
    def evidence(self) -> list[Evidence]:
        """What is to be cited: the rows in their order, then what is newly taken from the file."""
        return [*self.sources.evidence, *(self.uncited.evidence if self.uncited else [])]

    @property
    def rows(self) -> list[Row]:
        return rows_of(self.sources, self.copies)

    @property
    def blank(self) -> Row:
        return blank_row(self.sources)

    @property
    def notes(self) -> dict[int, str]:
        return notes_of(self.sources)

    @property
    def origins(self) -> list[str]:
        """What sources of this ledger go back to, each once."""
        found = (str(row["independence_group"].value() or "") for row in self.sources)
        return sorted({origin for origin in found if origin})

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the field it is about."""
        fields = [("", self.verdict[name], said) for name, said in _field_errors(self.verdict)]
        fields += [("", self.uncited[name], said) for name, said in _field_errors(self.uncited)] if self.uncited else []
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
    return f"{field.auto_id}_0" if field.name in {"rating", "look_again"} else field.auto_id


def unbound(claim: Claim, draft: Verdict | None) -> Forms:
    """The form as the draft has it, loaded by `for_file`; a new one proposes when to look again."""
    if draft is None:
        look_again = PROPOSED if claim.kind in GOES_STALE else ""
        form = VerdictForm(initial={"saves": 0, "look_again": look_again})
        return Forms(form, SourceFormSet(prefix=PREFIX), UncitedForm(claim))
    initial = {name: getattr(draft, name) for name in PLAIN}
    initial["look_again"] = ON_A_DAY if draft.look_again_by else ""
    rows = [_row(citation) for citation in draft.citations.all()]
    sources = SourceFormSet(prefix=PREFIX, initial=rows)
    form = VerdictForm(initial=initial, rating=draft.rating)
    return Forms(form, sources, UncitedForm(claim), _copies(draft))


def _row(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {name: getattr(source, name) for name in FIELDS} | {"source": source.pk, "stance": citation.stance}


def bound(posted: QueryDict, claim: Claim | None = None, draft: Verdict | None = None) -> Forms:
    """The form as it was posted for `draft`, loaded by `for_writing` or `for_file`. claim: None in a mere preview."""
    form = VerdictForm(posted, rating=draft.rating if draft else None)
    uncited = UncitedForm(claim, posted) if claim else None
    return Forms(form, SourceFormSet(posted, prefix=PREFIX), uncited, _copies(draft))


def _copies(draft: Verdict | None) -> dict[int, SourceCopy]:
    sources = [citation.source for citation in draft.citations.all()] if draft else []
    return {source.pk: source.copy for source in sources if hasattr(source, "copy")}


def seen(forms: Forms, draft: Verdict | None) -> Forms:
    """The same, typed in the knowledge of what is stored now, so that saving again is a decision."""
    posted = dict(forms.verdict.data.items())
    posted["saves"] = str(draft.saves if draft else 0)
    fresh = VerdictForm(posted, rating=draft.rating if draft else None)
    fresh.full_clean()
    for error in forms.verdict.non_field_errors():
        fresh.add_error(None, error)
    return replace(forms, verdict=fresh)


def save(forms: Forms, claim: Claim, *, by: User) -> bool:
    """Store the draft with its sources. False when a field is wrong; the service raises what it refuses."""
    if not forms.is_valid:
        return False
    data = forms.verdict.cleaned_data
    record_verdict(claim, by=by, evidence=forms.evidence, **{name: data[name] for name in PLAIN})
    return True
