"""Comparison of what can be counted: quantities, times, quantifiers."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from claims.matching.conditions import Quantifier, Quantity, Time, TruthConditions
from claims.matching.findings import Findings

One = TypeVar("One", Quantity, Time, Quantifier)
ROUNDED = 0.5  # percent, of a share in words: two thirds are 67 percent
CONVERTED = 0.02  # relative, where the unit is another: 5 miles are 8 km
BY_PLACES = frozenset({"from", "to", "by"})
WEAK_SIZES = frozenset({"some", "both", "always"})


def compare_quantities(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    ours, theirs = _unmatched(a.quantities, b.quantities, _same_quantity)
    ours, theirs = ([one for one in side if not _says_nothing(one)] for side in (ours, theirs))
    for one in list(ours):
        other = next((other for other in theirs if other.unit == one.unit), None)
        if other is not None:
            ours.remove(one)
            theirs.remove(other)
            found.differ("number", one.words, other.words, sure=not _may_be_same(one, other))
    for one in ours:
        found.one_sided("number", one.words, "", rank=one.unit == "rank" and one.low == 1)
    for one in theirs:
        found.one_sided("number", "", one.words, rank=one.unit == "rank" and one.low == 1)


def _unmatched(
    ours: Sequence[One], theirs: Sequence[One], same: Callable[[One, One], bool]
) -> tuple[list[One], list[One]]:
    """Those of either side that have no equal on the other; each equal is used once."""
    left, right = [], list(theirs)
    for one in ours:
        equal = next((other for other in right if same(one, other)), None)
        if equal is None:
            left.append(one)
        else:
            right.remove(equal)
    return left, right


def _same_quantity(one: Quantity, other: Quantity) -> bool:
    return (
        one.unit == other.unit
        and one.comparator == other.comparator
        and _same_place(one, other)
        and _close(one, other, one.low, other.low)
        and _close(one, other, one.high, other.high)
    )


def _same_place(one: Quantity, other: Quantity) -> bool:
    return one.place == other.place or not {one.place, other.place} <= BY_PLACES and "ago" not in {one.place, other.place}


def _close(one: Quantity, other: Quantity, value: float, against: float) -> bool:
    distance = abs(value - against)
    if one.unit == "%" and not (one.exact and other.exact):
        return distance <= ROUNDED
    if one.written != other.written and one.unit == "celsius":
        return distance <= 1
    if one.written != other.written and one.unit not in {"%", ""}:
        return distance <= CONVERTED * max(abs(value), abs(against))
    return distance <= 1e-9 * max(abs(value), abs(against), 1.0)


def _may_be_same(one: Quantity, other: Quantity) -> bool:
    """Only the comparator differs, and not to the opposite: "about 300" and "300"."""
    close = _close(one, other, one.low, other.low) and _close(one, other, one.high, other.high)
    exact = {one.comparator, other.comparator}
    return close and _same_place(one, other) and (exact <= {"=", "~", "~<"} or exact in ({">", ">="}, {"<", "<="}, {"~<", "<"}))


def _says_nothing(one: Quantity) -> bool:
    return one.low == one.high == 1 and one.unit in {"", "times"} and one.comparator == "="


def compare_times(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    ours, theirs = _unmatched(a.times, b.times, _same_time)
    for one in list(ours):
        if theirs:
            other = theirs.pop(0)
            ours.remove(one)
            found.differ("date", one.words, other.words, sure=not _overlap(one, other))
    for one in ours:
        found.one_sided("date", one.words, "")
    for one in theirs:
        found.one_sided("date", "", one.words)


def _same_time(one: Time, other: Time) -> bool:
    return one.meaning == other.meaning and one.relation == other.relation


def _overlap(one: Time, other: Time) -> bool:
    """May the two be the same time, one said more exactly or from another day? "Saturday" may be 5 June."""
    if one.relation != other.relation:
        return {one.relation, other.relation} in ({"by", "before"}, {"by", "until"}, {"to", "until"})
    if one.meaning[:1].isdigit() != other.meaning[:1].isdigit():
        return True
    if not one.meaning[:1].isdigit():
        return one.meaning.split()[-1] not in other.meaning and _kind(one) != _kind(other)
    first, last = _bounds(one)
    other_first, other_last = _bounds(other)
    return first <= other_last and other_first <= last and (first, last) != (other_first, other_last) and (
        (first <= other_first and other_last <= last) or (other_first <= first and last <= other_last)
    )


def _kind(time: Time) -> str:
    return "day" if time.meaning.endswith("day") else "span"


def _bounds(time: Time) -> tuple[str, str]:
    first, _, last = time.meaning.partition("/")
    return first, last or first


def compare_quantifiers(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    ours, theirs = _unmatched(a.quantifiers, b.quantifiers, lambda one, other: one.size == other.size)
    while ours and theirs:
        one, other = ours.pop(0), theirs.pop(0)
        found.differ("quantifier", one.words, other.words, sure={one.size, other.size} not in ({"some", "many"},))
    for one in ours:
        found.one_sided("quantifier", one.words, "", weak=one.size in WEAK_SIZES)
    for one in theirs:
        found.one_sided("quantifier", "", one.words, weak=one.size in WEAK_SIZES)
