"""The published versions of a verdict, each with what it changed."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.differences import Piece, compare_words
from claims.models import Citation, Claim, Correction, Verdict

TEXTS: dict[str, str | Promise] = {
    "claim_text": _("Claim"),
    "claimant_name": _("Claimant"),
    "summary": _("Summary"),
    "explanation": _("Why"),
    "how_we_checked": _("How we checked"),
    "evidence_as_of": _("Evidence as of"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One text of the verdict before and after, in one."""

    label: str | Promise
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. before: the one it replaced. correction: under which class; None for the first version."""

    verdict: Verdict
    before: Verdict | None
    correction: Correction | None
    changes: list[Change]
    sources_removed: list[Citation]
    sources_added: list[Citation]

    @property
    def is_rated_anew(self) -> bool:
        return self.before is not None and self.before.rating_id != self.verdict.rating_id


def versions_of(claim: Claim, *, for_readers: bool) -> list[Version]:
    """The published versions, newest first, in three queries however many.

    for_readers: without who said it where that is a private person now.
    """
    rows: list[Any] = list(
        claim.verdicts.filter(published_at__isnull=False)
        .select_related("rating", "by", "correction__by", "correction__approved_by")
        .prefetch_related(Prefetch("citations", queryset=Citation.objects.select_related("source")))
        .order_by("-version")
    )
    hidden = for_readers and claim.claimant is not None and not claim.claimant.named_publicly
    names = [name for name in TEXTS if not (hidden and name == "claimant_name")]
    return [_version(new, old, names) for new, old in zip_longest(rows, rows[1:])]


def _version(new: Any, old: Any, names: list[str]) -> Version:
    correction = getattr(new, "correction", None)
    if old is None:
        return Version(new, None, correction, [], [], [])
    texts = [(TEXTS[name], _text(getattr(old, name)), _text(getattr(new, name))) for name in names]
    changes = [Change(label, compare_words(was, now)) for label, was, now in texts if was != now]
    return Version(new, old, correction, changes, _only_in(old, new), _only_in(new, old))


def _text(value: str | date | None) -> str:
    return date_format(value) if isinstance(value, date) else value or ""


def _only_in(one: Verdict, other: Verdict) -> list[Citation]:
    there = {(citation.source_id, citation.stance) for citation in other.citations.all()}
    return [citation for citation in one.citations.all() if (citation.source_id, citation.stance) not in there]
