"""Who does what to whom: whether two that stand for each other changed places."""

from itertools import combinations

from claims.matching.alignment import Alignment, Pair
from claims.matching.conditions import Term, TruthConditions
from claims.matching.findings import Findings
from claims.matching.tables import word_list

Slot = tuple[str, int]
# Prepositions of which one cannot stand for the other.
CONTRARY = {frozenset(pair.split("/")) for pair in word_list("contrary prepositions")}
ROLES = {
    "of": "mod",
    "'s": "mod",
    "attr": "patient",
    "acomp": "patient",
    "into": "to",
    "onto": "to",
    "toward": "to",
    "towards": "to",
}
SPEAKING = frozenset({"than", "to", "from", "against", "over"})


def compare_roles(a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings) -> set[Pair]:
    """Note exchanged roles; return the pairs of opposites that an exchange makes good ("larger" and "smaller" than)."""
    by_ours = {pair.ours: pair for pair in alignment.pairs}
    by_theirs = {pair.theirs: pair for pair in alignment.pairs}
    cancelled: set[Pair] = set()
    slots = {
        pair: (_slot(a.terms[pair.ours], by_ours), _slot(b.terms[pair.theirs], by_theirs)) for pair in alignment.pairs
    }
    for pair in alignment.pairs:
        _compare_parts(a, b, pair, by_ours, found, cancelled)
        _compare_prepositions(a, b, pair, slots[pair], found)
    _compare_compared(a, b, alignment, found, cancelled)
    for one, other in combinations(alignment.pairs, 2):
        if one.sign < 0 or other.sign < 0 or not _exchanged(slots[one], slots[other]):
            continue
        if "verb" in {a.terms[one.ours].kind, a.terms[other.ours].kind}:
            if {slots[one][0][0], slots[one][1][0]} == {"mod", "root"}:  # "the suspended mayor was reinstated"
                found.differ("role", a.terms[one.ours].words, b.terms[other.theirs].words, sure=False)
            continue
        if _told_from_two_sides(a, b, one):
            continue
        head = by_ours.get(a.terms[one.ours].head)
        if "than" in {a.terms[one.ours].role, a.terms[other.ours].role}:
            continue
        if head is None or head.sign > 0:
            sure = head is None or head.by[0] == "="
            found.differ("role", a.terms[one.ours].words, b.terms[other.theirs].words, sure=sure)
    return cancelled


def _compare_compared(
    a: TruthConditions, b: TruthConditions, alignment: Alignment, found: Findings, cancelled: set[Pair]
) -> None:
    """ "A is larger than B" is "B is smaller than A": the opposite and the exchange make each other good."""
    both = [(pair, a.terms[pair.ours], b.terms[pair.theirs]) for pair in alignment.pairs if pair.sign > 0]
    ours = [pair for pair, one, other in both if one.under and not other.under and one.kind != "other"]
    theirs = [pair for pair, one, other in both if other.under and not one.under and one.kind != "other"]
    if not ours or not theirs or all(a.terms[pair.ours].weight == 0 for pair in [*ours, *theirs]):
        return
    opposite = next((pair for pair in alignment.pairs if pair.sign < 0 and _turned_round(a, b, pair)), None)
    if opposite is not None:
        cancelled.add(opposite)
    else:
        found.differ("role", a.terms[ours[0].ours].words, b.terms[theirs[0].theirs].words)


def _both_verbs(a: TruthConditions, b: TruthConditions, pair: Pair) -> bool:
    heads = [(one, one.terms[n].head) for one, n in ((a, pair.ours), (b, pair.theirs))]
    return all(head >= 0 and one.terms[head].kind == "verb" for one, head in heads)


def _turned_round(a: TruthConditions, b: TruthConditions, pair: Pair) -> bool:
    """ "larger" and "smaller", "before" and "after"."""
    if a.terms[pair.ours].kind == b.terms[pair.theirs].kind == "other":
        return True
    return a.terms[pair.ours].degree == b.terms[pair.theirs].degree == "more"


def _slot(term: Term, pairs: dict[int, Pair]) -> Slot:
    """Role, and the pair that its head belongs to: -1 for no head, -2 for one without a counterpart."""
    role = ROLES.get(term.role, term.role)
    if term.head < 0:
        return role, -1
    pair = pairs.get(term.head)
    return role, pair.ours if pair is not None else -2


def _exchanged(one: tuple[Slot, Slot], other: tuple[Slot, Slot]) -> bool:
    (a, b), (c, d) = (tuple(_loose(slot) for slot in pair) for pair in (one, other))
    if a == c or a[1] == -2 or c[1] == -2:
        return False
    return a == d and b == c


def _loose(slot: Slot) -> Slot:
    """Where a phrase hangs is a guess of the parser; "than", "to", "from" say enough by themselves."""
    return (slot[0], -3) if slot[0] in SPEAKING else slot


def _told_from_two_sides(a: TruthConditions, b: TruthConditions, pair: Pair) -> bool:
    """The parts in the event have been compared already."""
    return bool(_events(a.terms[pair.ours]).keys() & _events(b.terms[pair.theirs]).keys())


def _events(term: Term) -> dict[str, str]:
    return {event: part for event, _, part in (one.partition(":") for one in term.parts)}


def _compare_parts(
    a: TruthConditions, b: TruthConditions, pair: Pair, by_ours: dict[int, Pair], found: Findings, cancelled: set[Pair]
) -> None:
    """ "bought from" and "sold to" tell the same sale if everyone has the same part in it."""
    ours, theirs = a.terms[pair.ours], b.terms[pair.theirs]
    head = by_ours.get(ours.head)
    if pair.sign < 0 or head is None or head.theirs != theirs.head:
        return
    events = _events(ours).keys() & _events(theirs).keys()
    if not events:
        return
    if any(_events(ours)[event] == _events(theirs)[event] for event in events):
        if head.sign < 0:
            cancelled.add(head)
    else:
        found.differ("role", ours.words, theirs.words)


def _compare_prepositions(
    a: TruthConditions, b: TruthConditions, pair: Pair, slots: tuple[Slot, Slot], found: Findings
) -> None:
    (ours, our_head), (theirs, their_head) = slots
    ours, theirs = a.terms[pair.ours].role, b.terms[pair.theirs].role
    verbs = pair.ours >= 0 and _both_verbs(a, b, pair)
    if "agent" in {ours, theirs} and not verbs:
        return
    if our_head == their_head and frozenset({ours, theirs}) in CONTRARY and pair.sign > 0:
        if not _told_from_two_sides(a, b, pair):
            found.differ("role", a.terms[pair.ours].words, b.terms[pair.theirs].words)
    elif frozenset({ours, theirs}) in CONTRARY and pair.sign > 0 and a.terms[pair.ours].kind == "name":
        found.doubts.append("preposition")
