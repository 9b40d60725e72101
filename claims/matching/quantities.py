"""Quantities of a statement: value, unit, comparator, and what is counted."""

from collections.abc import Iterator
from dataclasses import replace

from claims.matching.conditions import Quantity
from claims.matching.lexicon import concepts, keys_of
from claims.matching.numbers import LINKS, ORDINAL_DIGITS, ORDINALS, PARTS, read_number
from claims.matching.sheet import Sheet
from claims.matching.tables import units

# What stands before a number, and what it makes of it; "not" and "no" before it turn it round.
BEFORE = {
    ">=": (
        "at least", "no fewer than", "not fewer than", "no less than", "not less than", "a minimum of", "minimum of",
        "minimum", "at the very least", "not under", "not below", "least",
    ),
    ">": (
        "more than", "over", "above", "upwards of", "in excess of", "greater than", "exceeding", "beyond", "higher than",
        "larger than", "well over", "just over", "slightly over", "a little over", "slightly more than", "just above",
        "a little more than", "just more than", "well above", "north of", "older than", "longer than", "taller than",
        "well more than", "far more than",
    ),
    "<=": (
        "at most", "no more than", "not more than", "up to", "a maximum of", "maximum of", "maximum", "as many as",
        "as much as", "not over", "not above", "no higher than", "no greater than", "no longer than", "not exceeding",
        "no older than", "no larger than", "at the most", "most",
    ),
    "<": (
        "less than", "fewer than", "under", "below", "lower than", "smaller than", "well under", "well below", "south of",
        "younger than", "shorter than", "far fewer than", "far less than",
    ),
    "~<": (
        "nearly", "almost", "close to", "just under", "just below", "just short of", "slightly under", "a little under",
        "slightly less than", "a little less than", "slightly fewer than", "not quite", "approaching", "just less than",
        "just fewer than", "nearing",
    ),
    "~": (
        "about", "around", "roughly", "approximately", "some", "an estimated", "estimated", "~", "circa", "in the region of",
        "something like", "or so", "approx", "approx .", "near", "on the order of", "in the neighbourhood of",
    ),
    "=": ("exactly", "precisely", "a total of", "total of", "only", "just", "as few as", "a full", "fully", "the", "a whole"),
}  # fmt: skip
AFTER = {
    ">=": ("or more", "or over", "and over", "or above", "and above", "plus", "+", "at least", "or higher", "or older",
           "and older", "and more", "and up", "or greater", "or longer", "at minimum", "at a minimum", "at the least"),
    "<=": ("or less", "or fewer", "or under", "and under", "at most", "or below", "or lower", "at the most", "or younger",
           "and younger", "at maximum", "tops", "maximum"),
    "~": ("or so", "or thereabouts"),
}  # fmt: skip
NOT = frozenset({"not", "n't", "no", "never"})
TURNED = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
EXCEED = {"exceed": ">", "surpass": ">", "top": ">", "pass": ">", "outnumber": ">"}
CURRENCY_SIGNS = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr"}
HALF = "half"
TIMES_MORE = frozenset({"as", "the", "more", "higher", "larger", "greater", "bigger", "faster", "that", "what", "its", "their"})
FOLD = {"twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0}
MULTIPLIED = {"double": 100.0, "triple": 200.0, "treble": 200.0, "quadruple": 300.0, "quintuple": 400.0, "halve": 50.0}
AGED = frozenset({"aged", "age"})
YEAR_WRITTEN = "year"
LONGEST_UNIT = 4


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
    between = sheet.ending_at(first, "between") or (sheet.ending_at(first, "from") and not _moves(sheet, first))
    link = end < len(sheet) and (words[end] in {"to", "-", "–"} or (words[end] == "and" and bool(between)))
    if link and not sheet.ending_at(first, "from"):
        skip = end + 2 if words[end + 1 : end + 2] and words[end + 1] in CURRENCY_SIGNS else end + 1
        second = read_number(words, skip) if skip < len(sheet) and not sheet.taken[skip] else None
        if second is not None and second[0] > low:
            high, end = second
            if high >= 1e3 > low and words[skip + 1 : skip + 2] and low < second[0] / 1e3:
                low *= high / (read_number(words[skip : skip + 1], 0) or (high, 1))[0]
    unit, written, factor, after = (sign, sign, 1.0, end) if sign else _unit(sheet, end)
    quantity = Quantity("", low * factor, high * factor, unit or "", written or "")
    return _finish(sheet, quantity, first - (1 if between and high > low else 0), after, counted=end)


def _finish(
    sheet: Sheet, quantity: Quantity, first: int, end: int, *, counted: int = -1
) -> tuple[Quantity, int]:
    """Take in the comparator on either side, say what place the number has, and use the words up."""
    comparator, start = _before(sheet, first, quantity)
    if comparator == "=":
        comparator, end = _after(sheet, end)
    if comparator == "=" and quantity.unit:
        comparator, end = _after(sheet, end)
    place, start, end = _place(sheet, start, end, quantity)
    if quantity.unit == "celsius" or quantity.written in {"fahrenheit", "f"}:
        quantity = _celsius(quantity)
    of = () if quantity.unit not in {"", "%", "rank", "x"} else _counted(sheet, max(end, counted))
    words = sheet.take(start, end)
    return replace(quantity, words=words, comparator=comparator, place=place, of=of), end


def _before(sheet: Sheet, first: int, quantity: Quantity) -> tuple[str, int]:
    """The comparator that ends before `first`, and where it begins."""
    for skipped in (0, 1):  # "more than the 300", "at least some 300"
        end = first - skipped
        if skipped and (end < 1 or sheet.tree.lower[end] not in {"the", "a", "an", "some", "about", "around"}):
            continue
        found = [(sheet.ending_at(end, *patterns), name) for name, patterns in BEFORE.items()]
        length, name = max(found, key=lambda one: one[0])
        if length and not sheet.free(end - length, end):
            length = 0
        if length:
            return _with_not(sheet, name, end - length, quantity)
    return _exceeding(sheet, first)


def _with_not(sheet: Sheet, name: str, start: int, quantity: Quantity) -> tuple[str, int]:
    if name == ">" and sheet.tree.lower[start] == "over" and quantity.unit in {"month", "second"} and quantity.of == ():
        before = sheet.lower(start - 1, start)
        if before not in {("for",), ("just",), ("well",), ("lasted",)} and not _is_measured(sheet, start):
            return "=", start  # "over ten years": in that time
    if name in TURNED and start > 0 and sheet.tree.lower[start - 1] in NOT:
        return TURNED[name], start - 1
    return name, start


def _is_measured(sheet: Sheet, start: int) -> bool:
    """ "is over 60 years old", "took over ten hours": the number is what the verb says, not when."""
    return start > 0 and sheet.tree.lemma[start - 1] in {"be", "take", "last", "spend", "age", "wait", "need", "serve"}


def _exceeding(sheet: Sheet, first: int) -> tuple[str, int]:
    """ "exceeded 300", "did not exceed 300": the verb is the comparator."""
    if first == 0 or sheet.taken[first - 1] or sheet.tree.lemma[first - 1] not in EXCEED:
        return "=", first
    if not sheet.tree.is_verb(first - 1):
        return "=", first
    name, start = EXCEED[sheet.tree.lemma[first - 1]], first - 1
    if start > 0 and sheet.tree.lower[start - 1] in NOT:
        start = start - 2 if start > 1 and sheet.tree.lemma[start - 2] == "do" else start - 1
        name = TURNED[name]
    return name, start


def _after(sheet: Sheet, end: int) -> tuple[str, int]:
    for skipped in (0, 1):  # "300 people or more"
        for name, patterns in AFTER.items():
            length = sheet.at(end + skipped, *patterns)
            if length and sheet.free(end + skipped, end + skipped + length):
                sheet.take(end + skipped, end + skipped + length)
                return name, end if skipped else end + length
    return "=", end


def _unit(sheet: Sheet, token: int) -> tuple[str, str, float, int]:
    """Base unit, unit as written, factor, and the end of a unit that stands at `token`."""
    start = token + 1 if token < len(sheet) and sheet.tree.lower[token] in LINKS else token
    for length in range(LONGEST_UNIT, 0, -1):
        words = sheet.tree.lower[start : start + length]
        if len(words) < length or not sheet.free(start, start + length):
            continue
        for last in dict.fromkeys((words[-1], sheet.tree.lemma[start + length - 1], words[-1].rstrip("s"))):
            for first in dict.fromkeys((words[0], sheet.tree.lemma[start], words[0].rstrip("s"))):
                name = " ".join([first, *words[1:-1], last]) if length > 1 else last
                if name in units() and (len(name) > 1 or name in {"%", "m", "g"}):
                    base, factor = units()[name]
                    return base, name, factor, _old(sheet, start + length)
    return "", "", 1.0, token


def _old(sheet: Sheet, end: int) -> int:
    """Take in "years old", "-year-old"."""
    if sheet.tree.lower[end - 1] not in {"year", "years", "month", "months"}:
        return end
    return end + (sheet.at(end, "old", "- old", "of age") or 0)


def _celsius(quantity: Quantity) -> Quantity:
    if quantity.written in {"fahrenheit", "f", "degree fahrenheit", "degree f", "°f"}:
        low, high = ((value - 32) / 1.8 for value in (quantity.low, quantity.high))
        return replace(quantity, low=low, high=high, unit="celsius")
    return quantity


def _place(sheet: Sheet, start: int, end: int, quantity: Quantity) -> tuple[str, int, int]:
    """from, to or by of a number that something moved; ago and past of a time; the age of someone."""
    before = sheet.tree.lower[start - 1] if start else ""
    if quantity.unit in {"month", "second"}:
        if sheet.at(end, "ago", "earlier", "before", "later"):
            return sheet.tree.lower[end], start, end + 1
        if before in {"last", "past", "previous", "next", "coming", "first", "every", "each"}:
            return {"last": "past", "previous": "past", "coming": "next", "each": "every"}.get(before, before), start - 1, end
    if before in {"from", "to", "by"} and (before != "to" or not sheet.tree.tag[start - 1] == "TO"
                                          or sheet.tree.pos[start - 1] == "ADP"):  # fmt: skip
        return before, start, end
    if before == "at" and _moves(sheet, start):
        return "to", start, end
    return "by" if _moved(sheet, start, end) else "", start, end


def _moved(sheet: Sheet, start: int, end: int) -> bool:
    """ "rose 6 percent": the number hangs on the verb itself."""
    heads = {sheet.tree.head[token] for token in range(start, end)} - set(range(start, end))
    return any(_is_move(sheet, head) and not any(sheet.tree.lower[t] == "to" for t in range(head, start)) for head in heads)


def _moves(sheet: Sheet, token: int) -> bool:
    return any(_is_move(sheet, above) for above in [*sheet.tree.ancestors(token), token])


def _is_move(sheet: Sheet, token: int) -> bool:
    keys = concepts().get(sheet.tree.lemma[token], ())
    return "+move" in keys or "-move" in keys


def _counted(sheet: Sheet, end: int) -> tuple[str, ...]:
    """Keys of the noun behind a number, "of the" and adjectives skipped."""
    for token in range(end, min(end + 5, len(sheet))):
        if sheet.tree.pos[token] in {"NOUN", "PROPN"} and not sheet.taken[token]:
            following = token + 1
            if following < len(sheet) and sheet.tree.dep[token] == "compound" and sheet.tree.head[token] == following:
                continue
            return keys_of(sheet.tree.lemma[token], sheet.tree.lower[token], sheet.tree.tag[token])
        if sheet.tree.pos[token] in {"VERB", "AUX", "PUNCT"}:
            break
    return ()


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
    value = 100 * over / under
    exact = value == round(value)
    return _finish(sheet, Quantity("", value, value, "%", "part", exact=exact), token, _of(sheet, end + 1))


def _is_part(sheet: Sheet, token: int) -> bool:
    """Is "third" in "a third" a part, not an ordinal?"""
    if sheet.tree.lower[token] in {"half", "quarter"} and sheet.at(token + 1, "of", "the", "-"):
        return True
    following = sheet.tree.pos[token + 1] if token + 1 < len(sheet) else "PUNCT"
    return bool(sheet.at(token + 1, "of")) or following in {"PUNCT", "VERB", "AUX", "ADV", "ADP", "CCONJ"} or bool(
        sheet.at(token + 1, "more", "less", "fewer", "higher", "lower")
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
        made, _ = _finish(sheet, Quantity("", share, share, "%", "part", exact=share == round(share)), token, first[1])
        return made, first[1]
    if words[link] == "of" and length == 1:
        return None  # "20 of 30 members" says both numbers
    share = 100 * first[0] / second[0]
    return _finish(sheet, Quantity("", share, share, "%", "part", exact=share == round(share)), token, second[1])


def _is_year(value: float) -> bool:
    return 1500 <= value <= 2099 and value == int(value)


def _half(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    if sheet.tree.lower[token] != HALF or sheet.tree.lower[token + 1 : token + 2] == ["-"]:
        return None
    if sheet.ending_at(token, "first", "second", "other"):
        return None
    first = token - 1 if sheet.ending_at(token, "a", "one", "by", "in") == 1 and sheet.lower(token - 1, token) == ("a",) else token
    return _finish(sheet, Quantity("", 50.0, 50.0, "%", "part"), first, _of(sheet, token + 1))


def _multiplied(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "doubled" is rose by 100 percent: the verb gives the number and stays to give the direction."""
    lemma = sheet.tree.lemma[token]
    if lemma in MULTIPLIED and (sheet.tree.tag[token].startswith("VB") or sheet.tree.lower[token].endswith(("d", "ing"))):
        value = MULTIPLIED[lemma]
        words = sheet.tree.words[token]
        return Quantity(words, value, value, "%", "part", place="by", of=()), token + 1
    factor = FOLD.get(sheet.tree.lower[token].replace("-", ""))
    if factor is not None and _moves(sheet, token):
        words = sheet.take(token, token + 1)
        value = 100 * (factor - 1)
        return Quantity(words, value, value, "%", "part", place="by"), token + 1
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
    return _finish(sheet, Quantity("", value, value, "x" if ratio else "times"), token, end)


def _unit_alone(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "a decade ago", "the past year", "for a week", "an hour": one of the unit."""
    if not sheet.at(token, "a", "an") and not sheet.ending_at(token + 1, "past", "last", "previous"):
        return None
    unit, written, factor, end = _unit(sheet, token + 1)
    if unit not in {"month", "second", "metre", "gram"} or written in {"m", "g", "min", "second", "sec"}:
        return None
    if sheet.at(token, "a", "an"):
        if sheet.at(end, "-") or _is_rate(sheet, token):
            return None
        return _finish(sheet, Quantity("", factor, factor, unit, written), token, end)
    if sheet.ending_at(token, "the", "over", "in") and written in {"decade", "century", "year"} and sheet.at(token - 1, "the"):
        return _finish(sheet, Quantity("", factor, factor, unit, written), token + 1, end)
    return None


def _is_rate(sheet: Sheet, token: int) -> bool:
    """ "20 tonnes a year": how often, not how long."""
    if token and sheet.taken[token - 1]:
        return True
    return token > 0 and sheet.tree.pos[token - 1] in {"NOUN", "NUM"} and not sheet.at(token + 2, "ago", "earlier", "later")


def _rank(sheet: Sheet, token: int) -> tuple[Quantity, int] | None:
    """ "second", "21st", "No. 1"."""
    word = sheet.tree.lower[token]
    digits = ORDINAL_DIGITS.fullmatch(word)
    value = float(digits[1]) if digits else ORDINALS.get(word)
    if value is None or (word == "second" and sheet.tree.tag[token] in {"NN", "NNS"} and not sheet.ending_at(token, "the")):
        return None
    if sheet.tree.tag[token].startswith("RB") and word == "first" and sheet.at(token - 1, "at"):
        return None
    of = _counted(sheet, token + 1)
    return Quantity(sheet.take(token, token + 1), value, value, "rank", of=of), token + 1


def _is_pronoun(sheet: Sheet, token: int) -> bool:
    """ "one of the largest", "no one", "the one": no number."""
    if sheet.tree.lower[token] != "one":
        return False
    return bool(
        sheet.at(token, "one of", "one another") or sheet.ending_at(token, "no", "the", "any", "every", "this", "that")
    ) or sheet.tree.tag[token] in {"PRP", "NN"}


def _share_units(found: list[Quantity]) -> Iterator[Quantity]:
    """ "from nine to six percent": the first has the unit of the second."""
    for place, one in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if one.place == "from" and not one.unit and following and following.place == "to" and following.unit:
            factor = units().get(following.written, ("", 1.0))[1]
            yield replace(one, unit=following.unit, written=following.written, low=one.low * factor, high=one.high * factor)
        elif one.place == "to" and not one.unit and place and found[place - 1].place == "from":
            yield replace(one, unit=found[place - 1].unit, written=found[place - 1].written)
        else:
            yield one
