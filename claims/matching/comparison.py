"""Whether two statements have the same truth conditions, and what differs."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from claims.matching.alignment import CONCEPT, LEMMA, Alignment, Pair, align
from claims.matching.conditions import Term, TruthConditions
from claims.matching.facts import compare_anchors, compare_quantifiers, compare_quantities, compare_times
from claims.matching.findings import Difference, Findings
from claims.matching.roles import compare_roles

# Opposites that say that something is not so, rather than that it goes the other way.
DENYING = frozenset(
    [
        "attend",
        "true",
        "confirm",
        "say",
        "succeed",
        "live",
        "guilty",
        "convict",
        "include",
        "happen",
        "complete",
        "safe",
        "prove",
    ]
)
# The weight of words without a counterpart up to which two statements may still be the same, on one side and in all.
MOST_LEFT, MOST_LEFT_IN_ALL = 0.5, 0.8
# The same for statements whose wording is another throughout: at most this share of words in the same order.
REWORDED = 0.57
# Where more stand in the same order, a synonym in the place of a word may be another fact: not certain.
OTHER_WORDING = 0.7
MOST_LEFT_REWORDED, MOST_LEFT_IN_ALL_REWORDED, ENOUGH_SHARED = 2.1, 4.1, 0.5
# The share of weight with a counterpart below which, on both sides, two statements are on different subjects.
LEAST_SHARED = 0.34
FEWEST_TERMS = 3
BEFORE_WORDS = frozenset({"before", "previously", "earlier", "ever", "prior", "until", "previous", "yet"})

NO_OTHER = frozenset({"no", "none", "nobody", "nothing", "never"})
ALLOWED = "may for is allowed to"
MODALITIES = {
    "possible": frozenset({"+permit", "+possible"}),
    "required": frozenset({"+force", "+mandatory", "+need"}),
    "planned": frozenset({"+promise", "+plan", "+schedule", "+aim", "+expect"}),
}
MODAL_CONCEPTS = frozenset().union(*MODALITIES.values())
NONE_MORE = "the most for none more"
NONE_BEFORE = "first for none before"


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
    compare_anchors(a, b, {pair.ours: pair.theirs for pair in alignment.pairs}, found)
    return _decide(a, b, alignment, found)


def _compare_polarity(
    a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings, cancelled: set[Pair]
) -> None:
    """Negations and opposites, counted modulo two: "did not attend" is "was absent"."""
    opposed = [pair for pair in alignment.pairs if pair.sign < 0 and pair not in cancelled]
    odd = ((len(a.negations) + len(b.negations)) % 2 == 1) != found.turned
    odd = _first_for_none_before(a, b, found, odd=odd)
    odd = _most_for_none_more(a, b, alignment, found, odd=odd)
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
        found.guessed.append(NONE_BEFORE)
        found.first.clear()
        return False
    found.open += found.first
    return odd


def _most_for_none_more(
    a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings, *, odd: bool
) -> bool:
    """ "the largest fund" is "no other fund is as large" or "no fund is larger"."""
    for pair in alignment.pairs:
        degrees = {a.terms[pair.ours].degree, b.terms[pair.theirs].degree}
        if odd and "most" in degrees and len(degrees) == 2 and pair.sign > 0:
            negated = b if a.terms[pair.ours].degree == "most" else a
            if NO_OTHER & {word.lower().split()[0] for word in negated.negations}:
                found.guessed.append(NONE_MORE)
                return False
    return odd


def _compare_scopes(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> None:
    """As many negations, but do they turn the same verb?"""
    if not a.negations or len(a.negations) != len(b.negations):
        return
    turned = [(a.terms[pair.ours], b.terms[pair.theirs]) for pair in alignment.pairs]
    ours = [pair for pair in turned if pair[0].negated and not pair[1].negated and pair[0].weight > 0]
    theirs = [pair for pair in turned if pair[1].negated and not pair[0].negated and pair[0].weight > 0]
    verbs = [any(one.kind == "verb" for one, _ in side) for side in (ours, theirs)]
    if ours and theirs and verbs[0] == verbs[1]:
        found.differ("negation", ours[0][0].words, theirs[0][1].words, sure=False)


def _compare_names(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> None:
    ours = [a.terms[n].words for n in alignment.ours if a.terms[n].kind == "name"]
    theirs = [b.terms[n].words for n in alignment.theirs if b.terms[n].kind == "name"]
    if ours and theirs:
        found.differ("entity", " ".join(ours), " ".join(theirs))
    elif ours or theirs:
        found.differ("entity", " ".join(ours), " ".join(theirs), sure=False)


def _compare_manner(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> None:
    """Modality, tense, and degrees of adjectives: none has a kind of difference of its own, all stand against same."""
    if _said_by_modality(a, b, alignment.theirs) or _said_by_modality(b, a, alignment.ours):
        found.guessed.append(ALLOWED)
    elif a.modality != b.modality:
        found.doubts.append("modality")
    if {a.tense, b.tense} == {"past", "present"} and not (a.times and b.times) and _same_root(a, b, alignment):
        found.doubts.append("tense")
    for pair in alignment.pairs:
        ours, theirs = a.terms[pair.ours], b.terms[pair.theirs]
        if (
            ours.unreal != theirs.unreal
            and ours.kind == theirs.kind == "verb"
            and a.modality == b.modality == "asserted"
        ):
            found.doubts.append("unreal")
        if (
            NONE_MORE not in found.guessed
            and ours.degree != theirs.degree
            and ours.kind == theirs.kind == "adjective"
            and pair.by[0] == "="
        ):
            found.doubts.append("degree")


def _said_by_modality(a: TruthConditions, b: TruthConditions, left: tuple[int, ...]) -> bool:
    """ "may vote" is "is allowed to vote", "must be vaccinated" is "vaccination is compulsory"."""
    concepts = MODALITIES.get(a.modality, frozenset())
    return b.modality in {"asserted", a.modality} and any(concepts & set(b.terms[n].keys) for n in left)


def _same_root(a: TruthConditions, b: TruthConditions, alignment: Alignment) -> bool:
    """Does everything hang on the same verb, in two forms? A form of "be" is no term."""
    roots = [{n for n, term in enumerate(one.terms) if term.role == "root" and term.kind == "verb"} for one in (a, b)]
    if not roots[0] and not roots[1]:
        return True
    return any(
        pair.ours in roots[0] and pair.theirs in roots[1] and pair.by[0] == "="
        and a.terms[pair.ours].words.lower() != b.terms[pair.theirs].words.lower()
        for pair in alignment.pairs
    )  # fmt: skip


def _decide(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> Comparison:
    differences = tuple(dict.fromkeys([*found.sure, *found.open]))
    left = [_left(one, numbers, found) for one, numbers in ((a, alignment.ours), (b, alignment.theirs))]
    shares = _shares(a, b, alignment)
    if max(shares) < LEAST_SHARED:
        return Comparison(Decision.DIFFERENT, tuple(found.sure))  # other subjects
    if found.sure and min(shares) >= LEAST_SHARED:
        return Comparison(Decision.DIFFERENT, differences)
    if min(shares) < LEAST_SHARED or differences or found.doubts or not _may_be_left(a, b, alignment, left):
        return Comparison(Decision.RELATED, differences)
    return Comparison(Decision.SAME, certain=_certain(a, b, alignment, found, sum(left)))


def _may_be_left(a: TruthConditions, b: TruthConditions, alignment: Alignment, left: list[float]) -> bool:
    """May words without a counterpart be another wording, not another fact?

    Who says another thing in the same words changes the one that matters; who says the same in other words changes
    many. So a word or two may be left where hardly any stand as they stood, and everything that can be counted agrees.
    """
    if max(left) <= MOST_LEFT and sum(left) <= MOST_LEFT_IN_ALL:
        return True
    if (
        max(left) > MOST_LEFT_REWORDED
        or sum(left) > MOST_LEFT_IN_ALL_REWORDED
        or min(_shares(a, b, alignment)) < ENOUGH_SHARED
    ):
        return False
    sides = ((a, alignment.ours), (b, alignment.theirs))
    if min(left) == 0 and any(
        one.terms[n].role == "root" and one.terms[n].kind == "verb" for one, ns in sides for n in ns
    ):
        return False
    return _word_order(a, b) <= REWORDED


def _word_order(a: TruthConditions, b: TruthConditions) -> float:
    """The share of words that stand in the same order, 0.0 to 1.0."""
    return SequenceMatcher(None, a.normal.split(), b.normal.split(), autojunk=False).ratio()


def _left(one: TruthConditions, numbers: tuple[int, ...], found: Findings) -> float:
    dropped = BEFORE_WORDS if NONE_BEFORE in found.guessed else frozenset()
    if ALLOWED in found.guessed:
        numbers = tuple(n for n in numbers if not MODAL_CONCEPTS & set(one.terms[n].keys))
    return sum(one.terms[n].weight for n in numbers if one.terms[n].words.lower() not in dropped)


def _shares(a: TruthConditions, b: TruthConditions, alignment: Alignment) -> list[float]:
    """The share of the weight of terms that has a counterpart, on either side: short beside long it is another."""
    shares = []
    for one, numbers in ((a, [p.ours for p in alignment.pairs]), (b, [p.theirs for p in alignment.pairs])):
        whole = sum(_mass(term) for term in one.terms)
        shares.append(sum(_mass(one.terms[n]) for n in numbers) / whole if whole else 1.0)
    return shares


def _mass(term: Term) -> float:
    return max(term.weight, 0.1)


def _certain(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings, left: float) -> bool:
    weakest = [pair.strength for pair in alignment.pairs if a.terms[pair.ours].weight > 0]
    sure = min(weakest, default=0.0) >= LEMMA or _word_order(a, b) <= OTHER_WORDING
    sure = sure and all(pair.strength >= CONCEPT and pair.sign > 0 for pair in alignment.pairs)
    told = a.modality == b.modality == "asserted" and a.tense == b.tense
    return (
        len(weakest) >= FEWEST_TERMS and sure and told and left == 0 and not found.guessed and a.complete and b.complete
    )
