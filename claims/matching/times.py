"""Dates and spans of a statement: what the dates of extraction read, and what they leave: "June", "on Saturday"."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace

from claims.extraction.dates import resolve_dates
from claims.matching.conditions import Time
from claims.matching.sheet import Sheet
from claims.matching.tables import word_list

MONTHS = {
    name[:3]: name
    for name in [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
}
WEEKDAYS = {name[:3]: name for name in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]}
MONTH = re.compile(rf"({'|'.join(f'{short}(?:{name[3:]})?' for short, name in MONTHS.items())}|sept)\.?")
WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)days?")
DAY = re.compile(r"([12]?\d|3[01])(?:st|nd|rd|th)?")
DATING = frozenset({"date", "come", "stem", "originate", "be"})
WHOLE_YEAR = re.compile(r"(\d{4})-01-01/\1-12-31")
SPAN_OF_MONTH = re.compile(r"\d{4}-(\d\d)-01/\d{4}-\1-\d\d")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
NEAR = frozenset(["last", "this", "next", "past", "previous", "coming", "current"])
SPANS = word_list("spans")
PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
DECADES = {
    word: 1920 + 10 * n
    for n, word in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    )
}
FEASTS = {
    "christmas day": "december 25",
    "christmas eve": "december 24",
    "new year 's day": "january 1",
    "boxing day": "december 26",
    "new year 's eve": "december 31",
    "valentine 's day": "february 14",
    "halloween": "october 31",
    "bastille day": "july 14",
    "may day": "may 1",
    "st patrick 's day": "march 17",
    "fourth of july": "july 4",
    "all saints ' day": "november 1",
}
LONE = word_list("lone")
# "the first half of 2020", "the last quarter of 2019": which month each begins with, and how many months it has.
PARTS_OF_YEAR = {
    "first half": (1, 6),
    "second half": (7, 6),
    "first six months": (1, 6),
    "last six months": (7, 6),
    "first quarter": (1, 3),
    "first three months": (1, 3),
    "second quarter": (4, 3),
    "third quarter": (7, 3),
    "fourth quarter": (10, 3),
    "last quarter": (10, 3),
    "final quarter": (10, 3),
    "last three months": (10, 3),
    "final three months": (10, 3),
}
SAME_WORDS = {
    "past": "last",
    "previous": "last",
    "coming": "next",
    "current": "this",
    "midday": "noon",
    "tonight": "today",
}
RELATIONS = {
    "since": "since",
    "from": "from",
    "by": "by",
    "before": "before",
    "until": "until",
    "till": "until",
    "after": "after",
    "through": "until",
    "to": "to",
    "between": "from",
    "and": "to",
    "prior": "before",
    "during": "in",
    "-": "to",
    "following": "after",
    "up": "until",
}
SKIPPED = word_list("skipped")


def read_times(sheet: Sheet, text: str) -> tuple[Time, ...]:
    """Find dates and spans, in the order of the statement, and use up their words. text: what was parsed."""
    found = [*_feasts(sheet), *_parts_of_years(sheet), *_understood(sheet, text), *_incomplete(sheet)]
    times = [_with_relation(sheet, first, end, meaning) for first, end, meaning in sorted(found)]
    return tuple(dict.fromkeys(_whole_spans([*_pairs(times)])))


def _parts_of_years(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """ "the first half of 2020", "the fourth quarter of 2019"."""
    for token in range(len(sheet)):
        length = sheet.at(token, *PARTS_OF_YEAR)
        year = token + length + sheet.at(token + length, "of", "of the year", "in")
        if not length or year >= len(sheet) or not YEAR.fullmatch(sheet.tree.lower[year]):
            continue
        first, months = PARTS_OF_YEAR[" ".join(sheet.lower(token, token + length))]
        start = token - 1 if sheet.ending_at(token, "the") else token
        number = sheet.tree.lower[year]
        sheet.take(start, year + 1)
        yield start, year + 1, _months(int(number), first, first + months - 1)


def _months(year: int, first: int, last: int) -> str:
    return f"{year}-{first:02}-01/{year}-{last:02}-{calendar.monthrange(year, last)[1]}"


def _understood(sheet: Sheet, text: str) -> list[tuple[int, int, str]]:
    """What the dates of extraction understand, as (first token, end, meaning)."""
    found: list[tuple[int, int, str]] = []
    place = 0
    for one in resolve_dates(text, None):
        start = text.find(one.from_, place)
        place = start + len(one.from_)
        inside = [n for n, at in enumerate(sheet.tree.starts) if start <= at < place]
        if inside and sheet.free(inside[0], inside[-1] + 1):
            found.append((inside[0], inside[-1] + 1, one.to))
            for token in inside:
                sheet.taken[token] = True
    return found


def _feasts(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """ "New Year's Day", "Christmas Day 2021"."""
    for token in range(len(sheet)):
        for feast, day in FEASTS.items():
            length = sheet.at(token, feast)
            if length and sheet.free(token, token + length):
                end, meaning = _with_year(sheet, token + length, day)
                sheet.take(token, end)
                yield token, end, meaning


def _incomplete(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Months, weekdays and words like "last year", whose meaning hangs on the day they were said."""
    token = 0
    while token < len(sheet):
        end, meaning = (token, "") if sheet.taken[token] else _incomplete_at(sheet, token)
        if meaning:
            sheet.take(token, end)
            yield token, end, meaning
        token = max(end, token + 1)


def _incomplete_at(sheet: Sheet, token: int) -> tuple[int, str]:
    word, tree = sheet.tree.lower[token], sheet.tree
    following = tree.lower[token + 1] if token + 1 < len(tree) and not sheet.taken[token + 1] else ""
    month = MONTH.fullmatch(word)
    if month and tree.words[token][0].isupper() and ((word != "may" and word != "march") or tree.pos[token] == "PROPN"):
        if tree.label[token] == "PERSON":
            return token, ""
        name = MONTHS[month[1][:3]]
        if YEAR.fullmatch(following):
            number = [*MONTHS.values()].index(name) + 1
            return token + 2, _months(int(following), number, number)
        day = DAY.fullmatch(following)
        return (token + 2, f"{name} {day[1]}") if day else (token + 1, name)
    day = DAY.fullmatch(word)
    if day and following and MONTH.fullmatch(following) and tree.words[token + 1][0].isupper():
        return token + 2, f"{MONTHS[following[:3]]} {day[1]}"
    decade = DECADES.get(word) if sheet.ending_at(token, "the") else None
    if decade:
        return token + 1, f"{decade}-01-01/{decade + 9}-12-31"
    weekday = WEEKDAY.fullmatch(word)
    if weekday:
        end = token + 2 if following in PARTS_OF_DAY else token + 1
        return end, WEEKDAYS[weekday[1][:3]]
    if word in NEAR and following in SPANS:
        return token + 2, f"{SAME_WORDS.get(word, word)} {following}"
    if word in LONE:
        return token + 1, SAME_WORDS.get(word, word)
    if YEAR.fullmatch(word) and _is_year(sheet, token):
        return token + 1, f"{word}-01-01/{word}-12-31"
    return token, ""


def _with_year(sheet: Sheet, end: int, day: str) -> tuple[int, str]:
    """A feast, and its year if one stands behind it: "Christmas Day 2021", "Christmas Day in 2021"."""
    year = end + sheet.at(end, "in", "of", ",")
    if year < len(sheet) and YEAR.fullmatch(sheet.tree.lower[year]):
        month, number = day.split()
        return year + 1, f"{sheet.tree.lower[year]}-{[*MONTHS.values()].index(month) + 1:02}-{int(number):02}"
    return end, day


def _is_year(sheet: Sheet, token: int) -> bool:
    """Is a number like 2023 a year? Not where it counts something or is money."""
    following = token + 1
    if sheet.lower(token - 1, token) in {("$",), ("£",), ("€",)}:
        return False
    return (
        following >= len(sheet)
        or sheet.tree.tag[following] not in {"NNS", "NN", "$"}
        or sheet.tree.dep[token] == "pobj"
        or sheet.tree.tag[following] == "NN"
    )


def _with_relation(sheet: Sheet, first: int, end: int, meaning: str) -> Time:
    written = sheet.tree.span_text(list(range(first, end)))
    relation = _relation(sheet, first, end)
    sheet.take(end, end + sheet.at(end, "at the latest"))
    year = WHOLE_YEAR.fullmatch(meaning)
    if relation == "before" and year:  # "before 2019": by the end of 2018
        meaning, relation = "{0}-01-01/{0}-12-31".format(int(year[1]) - 1), "by"
    return Time(written, meaning, relation, first)


def _relation(sheet: Sheet, first: int, end: int) -> str:
    """in, since, by, ...: by the word before, which is used up, or the first word of the date itself."""
    words = sheet.tree.lower
    own = RELATIONS.get(words[first])
    if own and words[first] not in {"from", "between"}:
        return own
    if sheet.ending_at(first, "no later than", "not later than"):
        sheet.take(first - 3, first)
        return "by"
    before = first - 1
    while before >= 0 and words[before] in SKIPPED and words[before] not in RELATIONS:
        before -= 1
    possessive = sheet.at(end, "'s", "'")  # "since November's fire"
    if before < 0 or sheet.taken[before] or possessive or words[before] not in RELATIONS or "/" in words[first]:
        return "in"
    sheet.taken[before] = True
    dating = before > 0 and sheet.tree.lemma[before - 1] in DATING  # "dates from the 17th century"
    return "in" if dating and words[before] == "from" else RELATIONS[words[before]]


def _pairs(times: list[Time]) -> Iterator[Time]:
    """ "from" without "to" is since; "to" without "from" is until, "and" without "between" is one more."""
    relations = [time.relation for time in times]
    for place, time in enumerate(times):
        before = relations[place - 1] if place else ""
        after = relations[place + 1] if place + 1 < len(times) else ""
        if time.relation == "from" and after not in {"to", "until"} and time.token >= 0:
            yield replace(time, relation="since")
        elif time.relation == "to" and before != "from":
            yield replace(time, relation="in")
        elif time.relation == "until" and before == "from":
            yield replace(time, relation="to")
        else:
            yield time


def _whole_spans(times: list[Time]) -> Iterator[Time]:
    """ "between January and June 2020" as the one span "the first half of 2020": the same months of the same year."""
    waiting = list(times)
    while waiting:
        time = waiting.pop(0)
        following = waiting[0] if waiting else None
        span = _span(time, following) if following is not None else ""
        if following is not None and span:
            waiting.pop(0)
            yield Time(f"{time.words} {following.words}", span, "in", time.token)
        else:
            yield time


def _span(first: Time, last: Time) -> str:
    """The span of a half or quarter of a year from `first` to `last`, "" where the two are anything else."""
    year = last.meaning[:4]
    names = [*MONTHS.values()]
    if (
        (first.relation, last.relation) != ("from", "to")
        or not year.isdigit()
        or not SPAN_OF_MONTH.fullmatch(last.meaning)
    ):
        return ""
    month = names.index(first.meaning) + 1 if first.meaning in names else 0
    if first.meaning.startswith(year) and SPAN_OF_MONTH.fullmatch(first.meaning):
        month = int(first.meaning[5:7])
    whole = (month, int(last.meaning[5:7]) - month + 1) in PARTS_OF_YEAR.values()
    return _months(int(year), month, int(last.meaning[5:7])) if whole else ""
