"""Rules of logic that say the same in another way, applied while a statement is read; each has pairs in its test."""

import re
from dataclasses import replace

from claims.matching.comparators import TURNED
from claims.matching.conditions import Quantifier, Quantity, Time
from claims.matching.sheet import Sheet
from claims.matching.tables import word_list

NONE_OF = ("no ", "no", "none", "nobody", "not one", "not a single", "neither", "nothing", "no-one")
UNTIL = frozenset({"until", "till", "unless"})
SINCE = ("ever since", "since then", "and since", "has since", "have since")
CAPS = {"maximum": "<=", "max": "<=", "minimum": ">="}
MOST_BETWEEN = 25
NEAR = 4
ANY_OTHER = word_list("than any other")
SHIFTS = {"earlier": -1, "later": 1}
YEAR = re.compile(r"(\d{4})-01-01/\1-12-31")


def not_until(sheet: Sheet) -> bool:
    """ "did not open until the war ended": opened after it. Uses up "not" and makes "until" mean after."""
    for token in range(len(sheet)):
        if sheet.taken[token] or sheet.tree.lower[token] not in {"not", "n't", "never", "no"}:
            continue
        for until in range(token + 1, min(token + MOST_BETWEEN, len(sheet))):
            if sheet.tree.lower[until] in UNTIL:
                sheet.taken[token] = True
                dated = until + 1 < len(sheet) and (
                    sheet.tree.label[until + 1] == "DATE" or sheet.tree.lower[until + 1].isdigit()
                )
                sheet.tree.lower[until] = sheet.tree.lemma[until] = "in" if dated else "after"
                return True
    return False


def all_of_them(
    negations: list[tuple[str, int]], quantifiers: list[Quantifier]
) -> tuple[list[tuple[str, int]], list[Quantifier]]:
    """ "Not one member failed to vote": all voted."""
    words = [word.lower() for word, _ in negations]
    if len(words) == 2 and (words[0].startswith("no ") or words[0] in NONE_OF):
        return [], [*quantifiers, Quantifier(f"{negations[0][0]} ... {negations[1][0]}", "all")]
    return negations, quantifiers


def not_all_of_them(
    negations: list[tuple[str, int]], quantifiers: list[Quantifier], quantities: list[Quantity]
) -> tuple[list[tuple[str, int]], list[Quantifier], list[Quantity]]:
    """ "Some were not freed", "at least one was not freed": not all were."""
    some = next((one for one in quantifiers if one.size == "some"), None)
    one = next((one for one in quantities if one.low == one.high == 1 and one.comparator == ">="), None)
    if len(negations) != 1 or (some is None and one is None):
        return negations, quantifiers, quantities
    words = some.words if some else one.words if one else ""
    left = [kept for kept in quantifiers if kept is not some]
    return [], [*left, Quantifier(words, "not all")], [kept for kept in quantities if kept is not one]


def ever_since(sheet: Sheet, times: tuple[Time, ...]) -> tuple[Time, ...]:
    """ "opened in 2015 and has been open ever since": since 2015."""
    for token in range(len(sheet)):
        length = sheet.at(token, *SINCE)
        ends = token + length >= len(sheet) or sheet.tree.pos[token + length] in {"PUNCT", "CCONJ"}
        if length and ends and sheet.free(token, token + length) and len(times) == 1 and times[0].relation == "in":
            sheet.take(token, token + length)
            return (replace(times[0], relation="since"),)
    return times


def capped(sheet: Sheet, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """ "has a maximum capacity of 300": up to 300."""
    for token in range(len(sheet)):
        comparator = CAPS.get(sheet.tree.lower[token])
        if comparator and not sheet.taken[token] and len(quantities) == 1 and quantities[0].comparator == "=":
            sheet.take(token, token + 1)
            return (replace(quantities[0], comparator=comparator),)
    return quantities


def none_under(
    sheet: Sheet, negations: list[tuple[str, int]], quantifiers: list[Quantifier], quantities: list[Quantity]
) -> tuple[list[tuple[str, int]], list[Quantifier], list[Quantity]]:
    """ "Nobody under 16 may enter": only those of 16 or over may."""
    if len(negations) != 1 or len(quantities) != 1 or quantities[0].comparator not in TURNED:
        return negations, quantifiers, quantities
    words, place = negations[0]
    number = next((n for n in range(place, len(sheet)) if sheet.tree.words[n] == quantities[0].words.split()[0]), None)
    if not (words.lower().startswith("no ") or words.lower() in NONE_OF) or number is None or number - place > NEAR:
        return negations, quantifiers, quantities
    turned = replace(quantities[0], comparator=TURNED[quantities[0].comparator])
    return [], [*quantifiers, Quantifier(words, "only")], [turned]


def counted_years(times: tuple[Time, ...], quantities: list[Quantity]) -> tuple[tuple[Time, ...], list[Quantity]]:
    """ "in 2022 ... a decade earlier": 2012."""
    years = [time for time in times if YEAR.fullmatch(time.meaning)]
    shift = next((one for one in quantities if one.place in SHIFTS and one.unit == "month" and one.low % 12 == 0), None)
    if len(years) != 1 or shift is None:
        return times, quantities
    year = int(years[0].meaning[:4]) + SHIFTS[shift.place] * round(shift.low / 12)
    made = Time(shift.words, f"{year}-01-01/{year}-12-31", "in", shift.token)
    return (*times, made), [one for one in quantities if one is not shift]


def than_any_other(sheet: Sheet) -> None:
    """ "kills more people than any other disease" is the most: uses up the comparison."""
    tree = sheet.tree
    for token in range(len(sheet)):
        length = sheet.at(token, *ANY_OTHER)
        if length:
            sheet.take(token, token + length)
            tree.lower[token] = ""
            tree.tag[:] = [{"JJR": "JJS", "RBR": "RBS"}.get(tag, tag) for tag in tree.tag]
