"""Whether two statements have the same truth conditions, and what differs."""

from dataclasses import dataclass
from enum import StrEnum

from claims.matching.conditions import TruthConditions


class Decision(StrEnum):
    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Difference:
    """kind: number, date, negation, entity, direction, quantifier or role; query and candidate: verbatim or ""."""

    kind: str
    query: str
    candidate: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """certain: nothing was guessed, so that two may be taken for one without a person."""

    decision: Decision
    differences: tuple[Difference, ...] = ()
    certain: bool = False


def compare(a: TruthConditions, b: TruthConditions) -> Comparison:
    """Compare a query with a candidate; the other way round the decision is the same and differences are mirrored."""
    if a.normal == b.normal:
        return Comparison(Decision.SAME, certain=a.complete)
    ours, theirs = ({term.keys[0] for term in one.terms} for one in (a, b))
    if not ours & theirs:
        return Comparison(Decision.DIFFERENT)
    return Comparison(Decision.SAME if ours == theirs else Decision.RELATED)
