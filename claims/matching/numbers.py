"""Numbers in words and digits. Why no library: docs/matching.md."""

import re
from collections.abc import Sequence

UNITS = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10.0 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
GROUPS = {"pair": 2.0, "couple": 2.0, "trio": 3.0, "quartet": 4.0}  # "a pair of"
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
DIGITS = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?:\.\d+)?|\d{1,15}(?:\.\d+)?|\.\d+)(?P<scale>k|m|mn|mln|bn|tn)?"
)
ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30.0, "fortieth": 40.0, "fiftieth": 50.0, "hundredth": 100.0, "thousandth": 1000.0}
ORDINAL_DIGITS = re.compile(r"(\d{1,9})(?:st|nd|rd|th)")
PARTS = {"half": 2.0, "halve": 2.0, "third": 3.0, "quarter": 4.0} | {
    word: value for word, value in ORDINALS.items() if value > 3
}
LINKS = frozenset({"-", "–"})


def read_number(words: Sequence[str], start: int) -> tuple[float, int] | None:
    """The number that begins at `words[start]`, in small letters, and where it ends (exclusive); None if none does."""
    if words[start] in {"a", "an"} and words[start + 1 : start + 2] and words[start + 1] in SCALES:
        return _scaled(words, 1.0, start + 1)
    if words[start] in {"a", "the"} and words[start + 2 : start + 3] == ["of"] and words[start + 1] in GROUPS:
        return GROUPS[words[start + 1]], start + 3
    if words[start : start + 2] == ["half", "a"] and words[start + 2 : start + 3] and words[start + 2] in SCALES:
        return _scaled(words, 0.5, start + 2)
    simple = _simple(words, start)
    if simple is None:
        return None
    value, end = simple
    if tuple(words[end : end + 3]) == ("and", "a", "half"):
        value, end = value + 0.5, end + 3
    return _scaled(words, value, end)


def _simple(words: Sequence[str], start: int) -> tuple[float, int] | None:
    """Digits, or "twenty-five", without "hundred" and the like."""
    word = words[start]
    match = DIGITS.fullmatch(word)
    if match:
        return float(match["digits"].replace(",", "")) * SHORT.get(match["scale"] or "", 1.0), start + 1
    if word in TENS:
        following = start + 2 if words[start + 1 : start + 2] and words[start + 1] in LINKS else start + 1
        if following < len(words) and 0 < UNITS.get(words[following], 0.0) < 10:
            return TENS[word] + UNITS[words[following]], following + 1
        return TENS[word], start + 1
    return (UNITS[word], start + 1) if word in UNITS else None


def _scaled(words: Sequence[str], value: float, end: int) -> tuple[float, int]:
    """Take in "hundred", "million" and what is added behind them: "three hundred and five thousand"."""
    total, last = 0.0, float("inf")
    if end < len(words) and words[end] in SHORT and words[end] != "m":
        return value * SHORT[words[end]], end + 1
    while end < len(words):
        word = words[end]
        if word in LINKS and words[end + 1 : end + 2] and words[end + 1] in SCALES:
            end += 1
            word = words[end]
        if word not in SCALES:
            break
        value, end = value * SCALES[word], end + 1
        if tuple(words[end : end + 3]) == ("and", "a", "half"):
            value, end = value + SCALES[word] / 2, end + 3
        if SCALES[word] >= last:
            break
        following = end + 1 if words[end : end + 1] and words[end] == "and" else end
        more = _simple(words, following) if following < len(words) else None
        if more is None or more[0] >= SCALES[word] or SCALES[word] == 12 or DIGITS.fullmatch(words[following]):
            continue
        if more[1] < len(words) and words[more[1]] in SCALES and SCALES[words[more[1]]] < SCALES[word]:
            total, last = total + value, SCALES[word]
        elif more[1] < len(words) and words[more[1]] in SCALES:
            value, end = value + more[0], more[1]  # "three hundred and five" thousand
            continue
        else:
            total, last = total + value, SCALES[word]
        value, end = more
    return total + value, end
