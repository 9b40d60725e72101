"""Comparison of what can be counted: quantities, times, quantifiers."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from claims.matching.conditions import Quantifier, Quantity, Time, TruthConditions
from claims.matching.findings import Findings

One = TypeVar("One", Quantity, Time, Quantifier)
YEAR = "year"
EXACT = 1e-9
ROUNDED = 0.5  # percent, of a share in words: two thirds are 67 percent
CONVERTED = 0.02  # relative, where the unit is another: 5 miles are 8 km
BY_PLACES = frozenset({"from", "to", "by"})
SIDES = (
    (frozenset({"ago", "earlier", "before"}), frozenset({"later", "after"})),
    (frozenset({"past"}), frozenset({"next"})),
)
WEAK_SIZES = frozenset({"some", "both", "always", "all", "many", "of them"})


def compare_quantities(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    ours, theirs = _unmatched(a.quantities, b.quantities, _same_quantity)
    ours, theirs = ([one for one in side if not _follows(one, all_)] for side, all_ in ((ours, a), (theirs, b)))
    ours, theirs = ([one for one in side if not _says_nothing(one)] for side in (ours, theirs))
    _drop_shares_of_counts(ours, theirs, a)
    _drop_complements(ours, theirs, a, found)
    _drop_starts(ours, theirs, a)
    _compare_counted(a, b, found)
    for one in list(ours):
        other = next((other for other in theirs if other.unit == one.unit), None)
        if other is not None:
            ours.remove(one)
            theirs.remove(other)
            found.differ("number", one.words, other.words, sure=not _may_be_same(one, other))
    ours, theirs = ([one for one in side if not _repeats(one)] for side in (ours, theirs))
    for one in ours:
        found.one_sided("number", one.words, "", rank=one.unit == "rank" and one.low == 1, weak=_year_before(one))
    for one in theirs:
        found.one_sided("number", "", one.words, rank=one.unit == "rank" and one.low == 1, weak=_year_before(one))


def _drop_shares_of_counts(ours: list[Quantity], theirs: list[Quantity], a: TruthConditions) -> None:
    """ "half of the 60 members" are 30 of them."""
    for left, right in ((ours, theirs), (theirs, ours)):
        for share, count in [(s, c) for s in left for c in right if s.unit == "%" and c.unit == ""]:
            wholes = (whole.low for whole in a.quantities if whole.unit == "" and whole.low > count.low)
            if share in left and any(abs(share.low * whole / 100 - count.low) < 1e-6 for whole in wholes):
                left.remove(share)
                right.remove(count)


def _drop_complements(ours: list[Quantity], theirs: list[Quantity], a: TruthConditions, found: Findings) -> None:
    """ "three of the ten finished" is "seven of the ten did not", "all but 20 of 640" is 620 of them."""
    for one, other in [(one, other) for one in ours for other in theirs]:
        wholes = (
            [whole.low for whole in a.quantities if whole.unit == "" and whole not in ours]
            if one.unit == ""
            else [100.0]
        )
        if one.unit != other.unit or one.unit not in {"", "%"} or one.low + other.low not in wholes:
            continue
        kinds = {one.comparator, other.comparator}
        if kinds == {"="}:
            found.turned = not found.turned
        if kinds in ({"="}, {"=", "all but"}) and one in ours and other in theirs:
            ours.remove(one)
            theirs.remove(other)


def _drop_starts(ours: list[Quantity], theirs: list[Quantity], a: TruthConditions) -> None:
    """ "by 6 points to 18 percent" is "from 24 to 18 percent"."""
    end = next((one.low for one in a.quantities if one.place == "to" and one not in ours), None)
    for left, right in ((ours, theirs), (theirs, ours)):
        by = next((one for one in left if one.place == "by"), None)
        start = next((one for one in right if one.place == "from"), None)
        if end is not None and by is not None and start is not None and abs(abs(start.low - end) - by.low) < EXACT:
            left.remove(by)
            right.remove(start)


def _compare_counted(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    """ "ten jurors believed the witness" is not "ten witnesses were believed by the jurors"."""
    for one in a.quantities:
        for other in b.quantities:
            if not _same_quantity(one, other) or set(one.of) & set(other.of) or not one.of or not other.of:
                continue
            counts = one.unit in {"", "%"} and (one.low, one.unit) != (1.0, "")
            alone = sum(_same_quantity(one, more) for more in b.quantities) == 1
            if counts and alone and _names(b, one.of) and _names(a, other.of):
                found.differ("number", one.words, other.words, sure=False)


def _names(record: TruthConditions, keys: tuple[str, ...]) -> bool:
    return any(set(keys) & set(term.keys) for term in record.terms)


def compare_anchors(a: TruthConditions, b: TruthConditions, partners: dict[int, int], found: Findings) -> None:
    """ "abolished in 2014 and brought back in 2019" with the years exchanged: what hangs on which verb?"""
    numbers = [(one, other) for one in a.quantities for other in b.quantities if _same_quantity(one, other)]
    times = [(one, other) for one in a.times for other in b.times if _same_time(one, other)]
    for kind, hung in (("number", _hung(numbers, partners)), ("date", _hung(times, partners))):
        for words, at, to in hung:
            other = next((w for w, other_at, other_to in hung if at == other_to and to == other_at and at != to), None)
            if other is not None:
                found.differ(kind, words[0], words[1])


def _hung(
    pairs: Sequence[tuple[Quantity | Time, Quantity | Time]], partners: dict[int, int]
) -> list[tuple[tuple[str, str], int, int]]:
    """The words of each that has an anchor on both sides, the counterpart of our anchor, and their anchor."""
    anchors = [
        ((one.words, other.words), partners.get(one.anchor, -1), other.anchor)
        for one, other in pairs
        if one.anchor >= 0
    ]
    return [(words, at, to) for words, at, to in anchors if at >= 0 and to >= 0]


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
    if {one.unit, other.unit} == {"", "month"} and YEAR in {one.written, other.written}:
        number, age = (one, other) if not one.unit else (other, one)  # "was 87 when he died"
        return not number.of and age.low == 12 * number.low and one.comparator == other.comparator
    if {one.unit, other.unit} == {"x", "%"} and "by" in {one.place, other.place}:
        ratio, percent = (one, other) if one.unit == "x" else (other, one)
        return abs((ratio.low - 1) * 100 - percent.low) <= ROUNDED and one.comparator == other.comparator
    if one.unit == other.unit == "%" and {one.place, other.place} in ({"by", "to"}, {"", "to"}):
        return (
            abs(one.low + other.low - 100) <= ROUNDED and one.comparator == other.comparator
        )  # fell by 90 to 10 percent
    return (
        (one.unit == other.unit or {one.unit, other.unit} == {"times", ""})
        and one.comparator == other.comparator
        and _same_place(one, other)
        and _close(one, other, one.low, other.low)
        and _close(one, other, one.high, other.high)
    )


def _follows(one: Quantity, whole: TruthConditions) -> bool:
    """ "by two points" beside "from 14 to 16 percent" says nothing more; nor "632 years later" between two years."""
    years = [int(time.meaning[:4]) for time in whole.times if time.meaning[:4].isdigit()]
    if one.place in {"later", "earlier", "before", "after"} and len(years) > 1:
        return one.unit == "month" and one.low == 12 * (max(years) - min(years))
    ends = {other.place: other.low for other in whole.quantities if other.unit in {one.unit, "%"} and other is not one}
    return "from" in ends and "to" in ends and abs(abs(ends["to"] - ends["from"]) - one.low) < 1e-9


def _same_place(one: Quantity, other: Quantity) -> bool:
    for first, last in SIDES:
        if (one.place in first and other.place in last) or (one.place in last and other.place in first):
            return False
    if {one.place, other.place} == {"past", "ago"}:
        return True
    return one.place == other.place or (
        not {one.place, other.place} <= BY_PLACES and "ago" not in {one.place, other.place}
    )


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
    return (
        close
        and _same_place(one, other)
        and (exact <= {"=", "~", "~<"} or exact in ({">", ">="}, {"<", "<="}, {"~<", "<"}))
    )


def _year_before(one: Quantity) -> bool:
    """ "up 5 percent from a year earlier": what every yearly figure is compared with."""
    return one.unit == "month" and one.low == 12 and one.place in {"earlier", "ago", "before"}


def _repeats(one: Quantity) -> bool:
    """ "the two provinces" have been counted before."""
    return one.words.lower().startswith("the ") and one.unit == "" and one.comparator == "="


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
    return (
        first <= other_last
        and other_first <= last
        and (first, last) != (other_first, other_last)
        and ((first <= other_first and other_last <= last) or (other_first <= first and last <= other_last))
    )


def _kind(time: Time) -> str:
    return "day" if time.meaning.endswith("day") else "span"


def _bounds(time: Time) -> tuple[str, str]:
    first, _, last = time.meaning.partition("/")
    return first, last or first


def _compare_focus(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    """ "only the chairman knew" is not "the chairman knew only"."""
    for one in a.quantifiers:
        for other in b.quantifiers:
            if one.size == other.size == "only" and one.of and other.of and not set(one.of) & set(other.of):
                found.differ("quantifier", one.words, other.words, sure=False)


def compare_quantifiers(a: TruthConditions, b: TruthConditions, found: Findings) -> None:
    ours, theirs = _unmatched(a.quantifiers, b.quantifiers, lambda one, other: one.size == other.size)
    _compare_focus(a, b, found)
    while ours and theirs:
        one, other = ours.pop(0), theirs.pop(0)
        found.differ("quantifier", one.words, other.words, sure={one.size, other.size} not in ({"some", "many"},))
    for one in ours:
        found.one_sided("quantifier", one.words, "", weak=one.size in WEAK_SIZES)
    for one in theirs:
        found.one_sided("quantifier", "", one.words, weak=one.size in WEAK_SIZES)
