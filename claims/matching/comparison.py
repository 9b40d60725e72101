"""Whether two statements have the same truth conditions, and what differs."""

from dataclasses import dataclass
from enum import StrEnum

from claims.matching.alignment import CONCEPT, Alignment, Pair, align
from claims.matching.conditions import Term, TruthConditions
from claims.matching.facts import compare_quantifiers, compare_quantities, compare_times
from claims.matching.findings import Difference, Findings
from claims.matching.roles import compare_roles

# Opposites that say that something is not so, rather than that it goes the other way.
DENYING = frozenset("attend true confirm say succeed live guilty convict include happen complete safe prove".split())
# The weight of words without a counterpart up to which two statements may still be the same, on one side and in all.
MOST_LEFT, MOST_LEFT_IN_ALL = 0.5, 0.8
# The share of weight with a counterpart below which two statements are on different subjects.
LEAST_SHARED = 0.34
FEWEST_TERMS = 3
BEFORE_WORDS = frozenset({"before", "previously", "earlier", "ever", "prior", "until", "previous"})


class Decision(StrEnum):
    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """differences: named, the query's words first. certain: nothing was guessed, so no person need look."""

    decision: Decision
    differences: tuple[Difference, ...] = ()
    certain: bool = False


def compare(a: TruthConditions, b: TruthConditions) -> Comparison:
    """Compare a query with a candidate; the other way round the decision is the same and differences are mirrored."""
    if a.normal > b.normal:
        turned = _compare(b, a)
        return Comparison(turned.decision, tuple(one.mirrored() for one in turned.differences), turned.certain)
    return _compare(a, b)


def _compare(a: TruthConditions, b: TruthConditions) -> Comparison:
    if a.normal == b.normal:
        return Comparison(Decision.SAME, certain=a.complete and b.complete)
    if a.language or b.language or not a.terms or not b.terms:
        return Comparison(Decision.DIFFERENT if not set(a.normal.split()) & set(b.normal.split()) else Decision.RELATED)
    found = Findings()
    alignment = align(a, b)
    compare_quantities(a, b, found)
    compare_times(a, b, found)
    compare_quantifiers(a, b, found)
    cancelled = compare_roles(a, b, alignment, found)
    _compare_polarity(a, b, alignment, found, cancelled)
    _compare_names(a, b, alignment, found)
    _compare_manner(a, b, alignment, found)
    return _decide(a, b, alignment, found)


def _compare_polarity(
    a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings, cancelled: set[Pair]
) -> None:
    """Negations and opposites, counted modulo two: "did not attend" is "was absent"."""
    opposed = [pair for pair in alignment.pairs if pair.sign < 0 and pair not in cancelled]
    odd = (len(a.negations) + len(b.negations)) % 2 == 1
    odd = _first_for_none_before(a, b, found, odd=odd)
    if not opposed and not odd:
        _compare_scopes(a, b, alignment, found)
        return
    if len(opposed) == 1 and odd:
        found.guessed.append("a negation for an opposite")
        return
    if len(opposed) > 1 and (len(opposed) % 2 == 1) == odd:
        found.doubts.append("several opposites")
        return
    for pair in opposed:
        kind = "negation" if pair.by in DENYING or pair.by[0] == "=" else "direction"
        found.differ(kind, a.terms[pair.ours].words, b.terms[pair.theirs].words)
    if odd:
        found.differ("negation", " ".join(a.negations[:1]), " ".join(b.negations[:1]))


def _first_for_none_before(a: TruthConditions, b: TruthConditions, found: Findings, *, odd: bool) -> bool:
    """ "the first woman to lead it" is "no woman had led it before": takes both out, and says what is left to turn."""
    if not found.first:
        return odd
    first = found.first[0]
    negated, says = (b, first.query) if first.query else (a, first.candidate)
    before = any(BEFORE_WORDS & set(term.words.lower().split()) for term in negated.terms)
    never = any(word.lower() == "never" for word in negated.negations)
    if odd and says and len(found.first) == 1 and negated.negations and (before or never):
        found.guessed.append("first for none before")
        found.first.clear()
        return False
    found.open += found.first
    return odd


def _compare_scopes(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> None:
    """As many negations, but do they turn the same verb?"""
    if not a.negations or len(a.negations) != len(b.negations):
        return
    for pair in alignment.pairs:
        ours, theirs = a.terms[pair.ours], b.terms[pair.theirs]
        if ours.kind == theirs.kind == "verb" and ours.negated != theirs.negated and ours.weight > 0:
            found.doubts.append("negation of another verb")


def _compare_names(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> None:
    ours = [a.terms[n].words for n in alignment.ours if a.terms[n].kind == "name"]
    theirs = [b.terms[n].words for n in alignment.theirs if b.terms[n].kind == "name"]
    if ours and theirs:
        found.differ("entity", " ".join(ours), " ".join(theirs))
    elif ours or theirs:
        found.differ("entity", " ".join(ours), " ".join(theirs), sure=False)


def _compare_manner(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> None:
    """Modality, tense, and degrees of adjectives: none has a kind of difference of its own, all stand against same."""
    if a.modality != b.modality:
        found.doubts.append("modality")
    if {a.tense, b.tense} == {"past", "present"} and not (a.times and b.times):
        found.doubts.append("tense")
    for pair in alignment.pairs:
        ours, theirs = a.terms[pair.ours], b.terms[pair.theirs]
        if ours.degree != theirs.degree and ours.kind == theirs.kind == "adjective" and pair.by[0] == "=":
            found.doubts.append("degree")


def _decide(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> Comparison:
    differences = tuple(dict.fromkeys([*found.sure, *found.open]))
    left = [sum(one.terms[n].weight for n in numbers) for one, numbers in ((a, alignment.ours), (b, alignment.theirs))]
    shared = _shared(a, b, alignment)
    if found.sure and shared >= LEAST_SHARED:
        return Comparison(Decision.DIFFERENT, differences)
    if shared < LEAST_SHARED:
        return Comparison(Decision.DIFFERENT, tuple(found.sure))
    if differences or found.doubts or max(left) > MOST_LEFT or sum(left) > MOST_LEFT_IN_ALL:
        return Comparison(Decision.RELATED, differences)
    return Comparison(Decision.SAME, certain=_certain(a, b, alignment, found, sum(left)))


def _shared(a: TruthConditions, b: TruthConditions, alignment: Alignment) -> float:
    """The share of the weight of terms that has a counterpart, on the side where it is smaller."""
    shares = []
    for one, numbers in ((a, [p.ours for p in alignment.pairs]), (b, [p.theirs for p in alignment.pairs])):
        whole = sum(_mass(term) for term in one.terms)
        shares.append(sum(_mass(one.terms[n]) for n in numbers) / whole if whole else 1.0)
    return min(shares)


def _mass(term: Term) -> float:
    return max(term.weight, 0.1)


def _certain(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings, left: float) -> bool:
    enough = sum(a.terms[pair.ours].weight > 0 for pair in alignment.pairs) >= FEWEST_TERMS
    sure = all(pair.strength >= CONCEPT and pair.sign > 0 for pair in alignment.pairs)
    return enough and sure and left == 0 and not found.guessed and a.complete and b.complete and a.tense == b.tense


def explain(a: TruthConditions, b: TruthConditions) -> list[str]:
    if a.normal > b.normal:
        a, b = b, a
    found = Findings()
    alignment = align(a, b)
    cancelled = compare_roles(a, b, alignment, found)
    compare_quantities(a, b, found)
    _compare_polarity(a, b, alignment, found, cancelled)
    _compare_manner(a, b, alignment, found)
    return found.doubts
