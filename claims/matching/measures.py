"""The unit of a number, its place in a change, and what it counts."""

from dataclasses import replace

from claims.matching.comparators import comparator_after, comparator_before
from claims.matching.conditions import Quantity
from claims.matching.lexicon import concepts, keys_of
from claims.matching.numbers import LINKS
from claims.matching.sheet import Sheet
from claims.matching.tables import units, word_list

LONGEST_UNIT = 4
# "15 consecutive years", "three more weeks": the word stays a term of its own.
BETWEEN_UNIT = LINKS | frozenset(
    [
        "consecutive",
        "straight",
        "successive",
        "full",
        "whole",
        "more",
        "additional",
        "further",
        "extra",
        "long",
        "short",
    ]
)
CONSECUTIVE = word_list("consecutive")
PEOPLE = word_list("people")


def finish(sheet: Sheet, quantity: Quantity, first: int, end: int, *, counted: int = -1) -> tuple[Quantity, int]:
    """Take in the comparator on either side, say what place the number has, and use the words up."""
    comparator, start = comparator_before(sheet, first, quantity)
    if comparator == "=":
        comparator, end = comparator_after(sheet, end)
    if comparator == "=" and quantity.unit:
        comparator, end = comparator_after(sheet, end)
    place, start, end = _place(sheet, start, end, quantity)
    if place == "by" and sheet.tree.lower[start] in {"below", "above", "beyond", "past"}:
        place = "to"  # "dropped below 0.8"
    if quantity.unit == "fahrenheit":
        quantity = _celsius(quantity)
    whole = (
        quantity.unit != "%"
        or sheet.at(end, "of")
        or sheet.lower(end - 1, end) == ("of",)
        or quantity.written == "part"
    )
    of = () if quantity.unit not in {"", "%", "rank", "x"} or not whole else counted_keys(sheet, max(end, counted))
    kept = [one for one in range(start, end) if sheet.tree.lower[one] in CONSECUTIVE]
    words = sheet.take(start, end)
    for one in kept:
        sheet.taken[one] = False
    return replace(quantity, words=words, comparator=comparator, place=place, of=of, token=start), end


def is_age(sheet: Sheet, first: int, end: int) -> bool:
    """ "nobody under 16 is", "people over 65"."""
    someone = (
        first > 1
        and sheet.tree.lower[first - 1] in {"under", "over", "above", "below"}
        and (sheet.tree.lemma[first - 2] in PEOPLE or sheet.tree.lower[first - 2] in PEOPLE)
    )
    return bool(someone) and (end >= len(sheet) or sheet.tree.pos[end] in {"VERB", "AUX", "PUNCT", "ADP", "CCONJ"})


def unit_at(sheet: Sheet, token: int) -> tuple[str, str, float, int]:
    """Base unit, unit as written, factor, and the end of a unit that stands at `token`."""
    start = token + 1 if token < len(sheet) and sheet.tree.lower[token] in BETWEEN_UNIT else token
    for length in range(LONGEST_UNIT, 0, -1):
        words = sheet.tree.lower[start : start + length]
        if len(words) < length or not sheet.free(start, start + length):
            continue
        if words == ["m"] and _is_million(sheet, start):
            return "", "", 1e6, start + 1
        for last in dict.fromkeys(
            (words[-1], sheet.tree.lemma[start + length - 1], _singular(words[-1]), words[-1].rstrip("."))
        ):
            for first in dict.fromkeys((words[0], sheet.tree.lemma[start], _singular(words[0]))):
                name = " ".join([first, *words[1:-1], last]) if length > 1 else last
                if name in units() and (len(name) > 1 or name in {"%", "m", "g"}):
                    base, factor = units()[name]
                    return base, name, factor, _old(sheet, start + length)
    return "", "", 1.0, token


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word  # "has" is no hectare


def _is_million(sheet: Sheet, token: int) -> bool:
    """ "1.2m phones", "£3m": not metres."""
    following = sheet.tree.pos[token + 1] if token + 1 < len(sheet) else ""
    money = token > 1 and sheet.tree.lower[token - 2] in {"$", "£", "€"}
    return token > 0 and not sheet.tree.space_after[token - 1] and (money or following in {"NOUN", "PROPN"})


def _old(sheet: Sheet, end: int) -> int:
    """Take in "years old", "-year-old"."""
    if sheet.tree.lower[end - 1] not in {"year", "years", "month", "months"}:
        return end
    return end + (sheet.at(end, "old", "- old", "of age") or 0)


def _celsius(quantity: Quantity) -> Quantity:
    low, high = ((value - 32) / 1.8 for value in (quantity.low, quantity.high))
    return replace(quantity, low=low, high=high, unit="celsius")


def _place(sheet: Sheet, start: int, end: int, quantity: Quantity) -> tuple[str, int, int]:
    """from, to or by of a number that something moved; ago and past of a time; the age of someone."""
    before = sheet.tree.lower[start - 1] if start else ""
    if quantity.unit in {"month", "second"}:
        if sheet.at(end, "ago", "earlier", "before", "later", "after") and not sheet.at(end + 1, "than"):
            return sheet.tree.lower[end], start, end + 1
        if before in {"last", "past", "previous", "next", "coming", "first", "every", "each"}:
            return (
                {"last": "past", "previous": "past", "coming": "next", "each": "every"}.get(before, before),
                start - 1,
                end,
            )
    if before in {"from", "to", "by"}:
        return before, start, end
    if before == "at" and moves(sheet, start):
        return "to", start, end
    return "by" if _moved(sheet, start, end) else "", start, end


def _moved(sheet: Sheet, start: int, end: int) -> bool:
    """ "rose 6 percent": the number hangs on the verb itself."""
    heads = {sheet.tree.head[token] for token in range(start, end)} - set(range(start, end))
    return any(
        _is_move(sheet, head) and not any(sheet.tree.lower[t] == "to" for t in range(head, start)) for head in heads
    )


def moves(sheet: Sheet, token: int) -> bool:
    return any(_is_move(sheet, above) for above in [*sheet.tree.ancestors(token), token])


def _is_move(sheet: Sheet, token: int) -> bool:
    keys = concepts().get(sheet.tree.lemma[token], ())
    return "+move" in keys or "-move" in keys


def counted_keys(sheet: Sheet, end: int) -> tuple[str, ...]:
    """Keys of the nouns behind a number, "of the" and adjectives skipped: of all that run together, "army officers"."""
    keys: dict[str, None] = {}
    for token in range(end, min(end + 5, len(sheet))):
        pos = sheet.tree.pos[token]
        if pos in {"NOUN", "PROPN"} and not sheet.taken[token]:
            keys.update(dict.fromkeys(keys_of(sheet.tree.lemma[token], sheet.tree.lower[token], sheet.tree.tag[token])))
        elif keys or pos in {"VERB", "AUX", "PUNCT"} or (pos == "ADP" and sheet.tree.lower[token] != "of"):
            break
    return tuple(keys)
