"""Quantities of a statement: value, unit, comparator, and what is counted."""

from collections.abc import Iterator
from dataclasses import replace

from claims.matching.comparators import comparator_before
from claims.matching.conditions import Quantity
from claims.matching.measures import counted_keys, finish, is_age, moves, unit_at
from claims.matching.numbers import LINKS, ORDINAL_DIGITS, ORDINALS, PARTS, read_number
from claims.matching.sheet import Sheet
from claims.matching.tables import units, word_list

CURRENCY_SIGNS = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr"}
HALF = "half"
TIMES_MORE = word_list("times more")
FOLD = {"twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0}
MULTIPLIED = {"double": 100.0, "triple": 200.0, "treble": 200.0, "quadruple": 300.0, "quintuple": 400.0, "halve": 50.0}
AGED = ("aged", "age", "age of", "the age of", "at age", "at the age of", "ages", "the ages of", "at the ages of")
YEAR_WRITTEN = "year"
MILLION = 1e6
OLDER = frozenset(["older", "younger"])


def read_quantities(sheet: Sheet) -> tuple[Quantity, ...]:
    """Find the quantities of a statement, in its order, and use up their words."""
    found: list[Quantity] = []
    token = 0
    while token < len(sheet):
        one = None if sheet.taken[token] else _read_at(sheet, token)
        if one is None:
            token += 1
            continue
        quantity, token = one
        found.append(quantity)
    return tuple(_share_units(found))


def _read_at(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    for reader in (_multiplied, _share, _one_in, _times, _number, _half, _unit_alone, _rank):
        read = reader(sheet, token)
        if read is not None:
            return read
    return None


def _number(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "between 5 and 10 km", "$1.5 million", "14 months", "300 people or more"."""
    words = sheet.tree.lower
    first = token
    sign = CURRENCY_SIGNS.get(words[token])
    if sign:
        token += 1
    number = read_number(words, token) if token < len(sheet) and not sheet.taken[token] else None
    if number is None or _is_pronoun(sheet, token):
        return None
    low, end = number
    high = low
    between = sheet.ending_at(first, "between") or (sheet.ending_at(first, "from") and not moves(sheet, first))
    link = end < len(sheet) and (words[end] in {"to", "-", "–"} or (words[end] == "and" and bool(between)))
    if link and not sheet.ending_at(first, "from"):
        skip = end + 2 if words[end + 1 : end + 2] and words[end + 1] in CURRENCY_SIGNS else end + 1
        second = read_number(words, skip) if skip < len(sheet) and not sheet.taken[skip] else None
        if second is not None and second[0] > low:
            high, end = second
            if high >= 1e3 > low and words[skip + 1 : skip + 2] and low < second[0] / 1e3:
                low *= high / (read_number(words[skip : skip + 1], 0) or (high, 1))[0]
    unit, written, factor, after = unit_at(sheet, end)
    if factor == MILLION and not unit:  # "1.2m euros"
        low, high, end = low * MILLION, high * MILLION, after
        unit, written, factor, after = unit_at(sheet, end)
    if sign:
        unit, written, factor, after = sign, sign, 1.0, end
    if unit in {"degree", "celsius", "fahrenheit"} and sheet.ending_at(first, "minus", "negative", "-"):
        low, high, first = -high, -low, first - 1
    quantity = Quantity("", low * factor, high * factor, unit or "", written or "")
    factored = 0 if unit else sheet.ending_at(first, "a factor of")
    if factored and sheet.ending_at(first - factored, "by"):
        first, quantity = (
            first - factored,
            replace(quantity, low=100 * (low - 1), high=100 * (high - 1), unit="%", written="part"),
        )
    aged = 0 if unit else sheet.ending_at(first, *AGED)
    if (
        aged
        or (not unit and is_age(sheet, first, end))
        or (not unit and OLDER & set(sheet.lower(first - 2, first) + sheet.lower(end, end + 2)))
    ):
        quantity = replace(quantity, low=12 * low, high=12 * high, unit="month", written=YEAR_WRITTEN)
        first -= aged
    return finish(sheet, quantity, first - (1 if between and high > low else 0), after, counted=end)


def _share(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "two thirds of", "a quarter of", "three-fifths"."""
    words = sheet.tree.lower
    over: float
    if words[token] in {"a", "an", "one"}:
        over, end = 1.0, token + 1
    else:
        number = read_number(words, token)
        if number is None:
            return None
        over, end = number
    if end < len(sheet) and words[end] in LINKS:
        end += 1
    part = words[end] if end < len(sheet) else ""
    under = PARTS.get(part.rstrip("s") if part != "halves" else HALF)
    if under is None or (over > 1) != part.endswith("s") or over >= under or part == "second":
        return None
    if over == 1 and not _is_part(sheet, end):
        return None
    if sheet.at(end + 1, "of a", "of an"):
        unit, written, factor, after = unit_at(sheet, end + 3)
        if unit:
            return finish(
                sheet, Quantity("", over / under * factor, over / under * factor, unit, written), token, after
            )
    value = 100 * over / under
    exact = value == round(value)
    return finish(sheet, Quantity("", value, value, "%", "part", exact=exact), token, _of(sheet, end + 1))


def _is_part(sheet: Sheet, token: int) -> bool:
    """Is "third" in "a third" a part, not an ordinal?"""
    if sheet.tree.lower[token] in {"half", "quarter"} and sheet.at(token + 1, "of", "the", "-"):
        return True
    following = sheet.tree.pos[token + 1] if token + 1 < len(sheet) else "PUNCT"
    return (
        bool(sheet.at(token + 1, "of"))
        or following in {"PUNCT", "VERB", "AUX", "ADV", "ADP", "CCONJ"}
        or bool(sheet.at(token + 1, "more", "less", "fewer", "higher", "lower"))
    )


def _of(sheet: Sheet, end: int) -> int:
    return end + 1 if sheet.at(end, "of") else end


def _one_in(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "one in four", "three out of ten", "9 out of every 10"."""
    words = sheet.tree.lower
    first = read_number(words, token)
    if first is None:
        return None
    link = first[1]
    length = sheet.at(link, "in", "out of", "of", "in every", "out of every", "of every")
    # "nine people in ten", "one child in three"
    if not length and link + 1 < len(sheet) and sheet.tree.pos[link] == "NOUN":
        length = sheet.at(link + 1, "in", "in every", "out of", "out of every")
        link += 1 if length else 0
    start = link + length
    second = read_number(words, start) if length and start < len(sheet) else None
    if second is None or not 0 < first[0] < second[0] or second[0] > 1e6 or _is_year(second[0]):
        return None
    if link != first[1]:
        sheet.take(link, second[1])
        share = 100 * first[0] / second[0]
        made, _ = finish(sheet, Quantity("", share, share, "%", "part", exact=share == round(share)), token, first[1])
        return made, first[1]
    if words[link] == "of" and length == 1:
        return None  # "20 of 30 members" says both numbers
    share = 100 * first[0] / second[0]
    return finish(sheet, Quantity("", share, share, "%", "part", exact=share == round(share)), token, second[1])


def _is_year(value: float) -> bool:
    return 1500 <= value <= 2099 and value == int(value)


def _half(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    if sheet.tree.lower[token] != HALF or sheet.tree.lower[token + 1 : token + 2] == ["-"]:
        return None
    if sheet.ending_at(token, "first", "second", "other", "first -", "second -", "latter"):
        return None
    if sheet.at(token + 1, "a", "an", "of a", "of an"):
        after = token + 1 + sheet.at(token + 1, "a", "an", "of a", "of an")
        unit, written, factor, end = unit_at(sheet, after)
        if unit:
            return finish(sheet, Quantity("", factor / 2, factor / 2, unit, written), token, end)
    first = (
        token - 1
        if sheet.ending_at(token, "a", "one", "by", "in") == 1 and sheet.lower(token - 1, token) == ("a",)
        else token
    )
    return finish(sheet, Quantity("", 50.0, 50.0, "%", "part"), first, _of(sheet, token + 1))


def _multiplied(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "doubled" is rose by 100 percent: the verb gives the number and stays to give the direction."""
    lemma = sheet.tree.lemma[token]
    if lemma in MULTIPLIED and (
        sheet.tree.tag[token].startswith("VB") or sheet.tree.lower[token].endswith(("d", "ing"))
    ):
        value = MULTIPLIED[lemma]
        comparator, start = comparator_before(sheet, token, Quantity("", value, value, "%"))
        words = f"{sheet.take(start, token)} {sheet.tree.words[token]}".strip()
        return Quantity(words, value, value, "%", "part", comparator, "by", token=token), token + 1
    factor = FOLD.get(sheet.tree.lower[token].replace("-", ""))
    if factor is not None and moves(sheet, token):
        words = sheet.take(token, token + 1)
        value = 100 * (factor - 1)
        return Quantity(words, value, value, "%", "part", place="by", token=token), token + 1
    return None


def _times(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "twice as many" (x), "three times as high" (x), "three times" (times), "once"."""
    words = sheet.tree.lower
    simple = {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(words[token])
    number = (simple, token + 1) if simple else read_number(words, token)
    if number is None:
        return None
    value, end = number
    if not simple:
        if not sheet.at(end, "times", "time"):
            return None
        end += 1
    if value == 1 and sheet.tree.dep[token] in {"mark", "advmod"} and sheet.tree.pos[token] == "SCONJ":
        return None
    ratio = value > 1 and end < len(sheet) and words[end] in TIMES_MORE
    if ratio and words[end] in {"as", "more"}:
        end += 1
    return finish(sheet, Quantity("", value, value, "x" if ratio else "times"), token, end)


def _unit_alone(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "a decade ago", "the past year", "for a week", "an hour": one of the unit."""
    if sheet.at(token, "a single", "one single"):
        unit, written, factor, end = unit_at(sheet, token + 2)
        if unit or sheet.at(token + 2, "quarter"):
            months = (
                ("month", "quarter", 3.0, token + 3) if sheet.at(token + 2, "quarter") else (unit, written, factor, end)
            )
            return finish(sheet, Quantity("", months[2], months[2], months[0], months[1]), token, months[3])
    if not sheet.at(token, "a", "an") and not sheet.ending_at(token + 1, "past", "last", "previous"):
        return None
    unit, written, factor, end = unit_at(sheet, token + 1)
    if unit not in {"month", "second", "metre", "gram"} or written in {"m", "g", "min", "second", "sec"}:
        return None
    if sheet.at(token, "a", "an"):
        if sheet.at(end, "-") or _is_rate(sheet, token):
            return None
        if sheet.at(end, "and a half"):
            return finish(sheet, Quantity("", 1.5 * factor, 1.5 * factor, unit, written), token, end + 3)
        return finish(sheet, Quantity("", factor, factor, unit, written), token, end)
    if (
        sheet.ending_at(token, "the", "over", "in")
        and written in {"decade", "century", "year"}
        and sheet.at(token - 1, "the")
    ):
        return finish(sheet, Quantity("", factor, factor, unit, written), token + 1, end)
    return None


def _is_rate(sheet: Sheet, token: int) -> bool:
    """ "20 tonnes a year": how often, not how long."""
    if sheet.at(token + 2, "ago", "earlier", "later", "before", "after"):
        return False
    return token > 0 and (sheet.taken[token - 1] or sheet.tree.pos[token - 1] in {"NOUN", "NUM"})


def _rank(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "second", "21st", "No. 1"."""
    word = sheet.tree.lower[token]
    digits = ORDINAL_DIGITS.fullmatch(word)
    value = float(digits[1]) if digits else ORDINALS.get(word)
    if value is None or (
        word == "second" and sheet.tree.tag[token] in {"NN", "NNS"} and not sheet.ending_at(token, "the")
    ):
        return None
    if sheet.tree.tag[token].startswith("RB") and word == "first":
        return None  # "first won it in 2010"
    if word == "first" and token + 1 < len(sheet) and read_number(sheet.tree.lower, token + 1):
        return None  # "the first three months"
    of = counted_keys(sheet, token + 1)
    return Quantity(sheet.take(token, token + 1), value, value, "rank", of=of, token=token), token + 1


def _is_pronoun(sheet: Sheet, token: int) -> bool:
    """ "one of the largest", "no one", "the one": no number."""
    if sheet.tree.lower[token] != "one" or sheet.ending_at(token, "at least", "more than", "only"):
        return False
    return bool(
        sheet.at(token, "one of", "one another") or sheet.ending_at(token, "no", "the", "any", "every", "this", "that")
    ) or sheet.tree.tag[token] in {"PRP", "NN"}


def _share_units(found: list[Quantity]) -> Iterator[Quantity]:
    """ "from nine to six percent": what moves from, to or by has one unit, said once."""
    moved = [
        one for one in found if one.place in {"from", "to", "by"} and one.unit and one.unit not in {"rank", "point"}
    ]
    for one in found:
        if one.place in {"from", "to"} and not one.unit and moved:
            factor = units().get(moved[0].written, ("", 1.0))[1]
            yield replace(
                one, unit=moved[0].unit, written=moved[0].written, low=one.low * factor, high=one.high * factor
            )
        else:
            yield one
