"""Other fact-checks of ours that a reader of this one may have been looking for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Claim, ClaimMatch, Decision, State, Verdict
from claims.models.prepared import ANY_NUMBER, Prepared

MOST = 6
PAIRS = 100  # that are looked at: those people confirmed, then the most alike
# Claims that differ only in a number or a name are what readers mix up: whoever heard "14" and finds our check of "12"
# is helped by the other one. So different ones are shown where the rest is alike and we can say what differs.
ALIKE = 0.75
DIFFERENCES = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, in words. theirs, ours: as the two claims have it, "" where one has nothing there."""

    label: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another published claim, by its current verdict. differences: empty where there is none that we can name."""

    verdict: Any
    differences: list[Difference]


_matches = Prepared(lambda claim: ClaimMatch.objects.for_readers(Claim(pk=claim))[:PAIRS], stands_for=ANY_NUMBER)


def related_matches(claim: Claim) -> dict[int, ClaimMatch]:
    """The matches with at most MOST other claims, by the primary keys of these, the best first. One query."""
    matches = _by_claim(claim, _matches(claim.pk))
    useful = sorted((one for one in matches.items() if _is_useful(one[1])), key=lambda one: _order(one[1]))
    return dict(useful[:MOST])


def related_claims(claim: Claim, matches: Mapping[int, ClaimMatch], verdicts: Mapping[int, Verdict]) -> list[Related]:
    """Those of `matches` that readers may see. verdicts: of published claims, as `verdicts_on` gives them."""
    return [Related(verdicts[pk], _differences(match, claim)) for pk, match in matches.items() if pk in verdicts]


def _by_claim(claim: Claim, matches: Iterable[ClaimMatch]) -> dict[int, ClaimMatch]:
    """The first match with each other claim; none where people rejected one with it, or with what is merged into it."""
    found, rejected = dict[int, ClaimMatch](), set[int]()
    for match in matches:
        ends = {side.merged_into_id or side.pk for side in (match.low, match.high)}
        for other in ends - {claim.pk}:
            found.setdefault(other, match)
            if match.state == State.REJECTED:
                rejected.add(other)
    return {other: match for other, match in found.items() if other not in rejected}


def _is_useful(match: ClaimMatch) -> bool:
    if match.state == State.CONFIRMED or match.decision != Decision.DIFFERENT:
        return True
    return match.similarity >= ALIKE and 0 < len(match.differences) <= DIFFERENCES


def _order(match: ClaimMatch) -> tuple[bool, float]:
    return match.state != State.CONFIRMED, -match.similarity


def _differences(match: ClaimMatch, claim: Claim) -> list[Difference]:
    """From the side of `claim`: `low` is the query of a match."""
    ours_is_low = (match.low.merged_into_id or match.low_id) == claim.pk
    ours, theirs = ("query", "candidate") if ours_is_low else ("candidate", "query")
    labels = {
        "number": _("Other number"),
        "date": _("Other date"),
        "negation": _("Says the opposite"),
        "entity": _("About another name"),
        "direction": _("Other direction"),
        "quantifier": _("Other amount"),
        "role": _("Other roles"),
    }
    named = [(labels.get(one["kind"]), one[theirs], one[ours]) for one in match.differences[:DIFFERENCES]]
    return [Difference(label, there, here) for label, there, here in named if label]
