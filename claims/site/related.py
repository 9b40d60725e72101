"""Other fact-checks of ours that a reader of this one may have been looking for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Claim, ClaimMatch, Decision, State, Verdict

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


def related_claims(claim: Claim) -> list[Related]:
    """At most MOST published claims that are like this one, in two queries."""
    matches = _by_claim(claim, ClaimMatch.objects.for_readers(claim)[:PAIRS])
    chosen = sorted((match for match in matches.values() if _is_useful(match)), key=_order)[:MOST]
    others = {match.pk: pk for pk, match in matches.items()}
    verdicts = Verdict.objects.for_mention().filter(claim__in=[others[match.pk] for match in chosen])
    by_claim = {verdict.claim_id: verdict for verdict in verdicts}
    found = [(by_claim.get(others[match.pk]), match) for match in chosen]
    return [Related(verdict, _differences(match, claim)) for verdict, match in found if verdict is not None]


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
