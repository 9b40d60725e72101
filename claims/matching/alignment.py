"""Which term of one statement stands for which of another."""

from dataclasses import dataclass
from functools import cache

from claims.matching.conditions import Term, TruthConditions
from claims.matching.tables import lines, word_list

LEMMA, CONCEPT, STEM, OPPOSITE = 4.0, 3.0, 2.0, 2.5
SAME_ROLE = 0.3
# Verbs with so many senses that being the opposite of another in one of them says nothing.
MANY_SENSES = word_list("many senses")
DIRECTIONS = word_list("directions")


@dataclass(frozen=True, slots=True)
class Pair:
    """Term `ours` of one stands for `theirs` of the other. sign: -1 where they are opposites; `by`: what they share."""

    ours: int
    theirs: int
    sign: int
    strength: float
    by: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """pairs: in the order of our statement. ours, theirs: the numbers of terms without a counterpart that need one."""

    pairs: tuple[Pair, ...]
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


def align(a: TruthConditions, b: TruthConditions) -> Alignment:
    """Pair terms up, the surest first; each is used once."""
    found = [
        pair
        for i, ours in enumerate(a.terms)
        for j, theirs in enumerate(b.terms)
        if (pair := _pair(i, j, ours, theirs)) is not None
    ]
    pairs: list[Pair] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for pair in sorted(found, key=lambda pair: (-pair.strength, pair.ours + pair.theirs)):
        if pair.ours not in used[0] and pair.theirs not in used[1]:
            pairs.append(pair)
            used[0].add(pair.ours)
            used[1].add(pair.theirs)
    pairs.sort(key=lambda pair: pair.ours)
    full = {n for n in range(len(a.terms)) if n not in used[0] and _named_in_full(n, a, used[0])}
    other = {n for n in range(len(b.terms)) if n not in used[1] and _named_in_full(n, b, used[1])}
    dropped = (set(), set()) if full and other else (full, other)  # "Ingrid" and "Astrid" Halvorsen are two
    return Alignment(tuple(pairs), _needed(a, b, used[0] | dropped[0]), _needed(b, a, used[1] | dropped[1]))


def _pair(i: int, j: int, ours: Term, theirs: Term) -> Pair | None:
    best: Pair | None = None
    vague = ours.words.lower() in MANY_SENSES or theirs.words.lower() in MANY_SENSES
    for key in ours.keys:
        for other in theirs.keys:
            if key[1:] != other[1:] or (vague and key[0] != other[0]):
                continue
            sign = 1 if key[0] == other[0] else -1
            strength = _strength(key, sign)
            if best is None or strength > best.strength:
                best = Pair(i, j, sign, strength, key[1:])
    if best is None:
        return None
    bonus = SAME_ROLE if ours.role == theirs.role else 0.0
    return Pair(i, j, best.sign, best.strength + bonus, best.by)


def _strength(key: str, sign: int) -> float:
    if sign < 0:
        return OPPOSITE
    if key[0] == "@" or key[1] == "=":
        return LEMMA
    return STEM if key[1] == "~" else CONCEPT


def _needed(a: TruthConditions, b: TruthConditions, used: set[int]) -> tuple[int, ...]:
    """Numbers of the terms of `a` without a counterpart that the statement cannot do without."""
    return tuple(
        number
        for number, term in enumerate(a.terms)
        if number not in used and term.weight > 0 and not _said_again(term, b) and not _implied(term, b)
    )


def _said_again(term: Term, other: TruthConditions) -> bool:
    """ "voted to approve" for "approved": the other statement says it with a word that stands for another one, too."""
    keys = {key for key in term.keys if key[1] != "~"}
    return term.kind != "other" and any(keys & set(one.keys) for one in other.terms if one.kind != "other")


def _implied(term: Term, b: TruthConditions) -> bool:
    """Police need not be named where someone was arrested."""
    concepts = {key[1:] for one in b.terms for key in one.keys}
    return any(key[1:] in implied() and implied()[key[1:]] & concepts for key in term.keys) and term.role != "patient"


@cache
def implied() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lines("implied"):
        words, _, concepts = line.partition("|")
        for word in words.split():
            found["=" + word] = frozenset(concepts.split()) | found.get("=" + word, frozenset())
    return found


def _named_in_full(number: int, a: TruthConditions, used: set[int]) -> bool:
    """ "Angela" where "Merkel" has its counterpart; but "North" never, beside "Korea"."""
    term = a.terms[number]
    if term.group < 0 or term.words.lower() in DIRECTIONS:
        return False
    following = (n for n in range(number + 1, len(a.terms)) if a.terms[n].group == term.group)
    return any(n in used for n in following)
