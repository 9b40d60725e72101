"""Dates that are counted from the day a text came out."""

from collections.abc import Callable
from datetime import date
from re import Match, Pattern

from claims.extraction import spans
from claims.extraction.datewords import (
    MONTH,
    NAME_LIKE,
    NO_NAME,
    NUMBER,
    ORDINALS,
    SEASONS,
    SOME_YEAR,
    UNIT,
    any_case,
    month_number,
    near,
    number,
    pattern,
    steps_of,
)
from claims.extraction.spans import Span
from claims.extraction.tense import direction
from claims.extraction.wordlists import words

LONGEST_AGO = {"day": 31, "week": 12, "month": 24, "year": 100}
PERIOD = any_case(
    r"(?P<before>\b\w{1,20} )?\b(?P<date>(?:(?P<part>earlier|later|so far) )?(?P<which>last|this|next)"
    r" (?P<unit>week|month|year|quarter|century|decade))\b"
)
AGO = any_case(rf"(?P<before>\b\w{{1,20}} )?(?<![\w.,-])(?P<date>(?P<count>{NUMBER}) (?P<unit>{UNIT})s? ago)\b")
UNTIL_NOW = any_case(
    rf"\bthe (?P<which>past|last|next|coming)(?: (?P<count>{NUMBER}))? (?P<unit>{UNIT}|hour|quarter)s?\b(?! of\b|-)"
)
MONTH_ALONE = pattern(
    r"\b(?P<before>[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Bb]efore|[Aa]fter|[Tt]hrough|[Tt]hroughout|[Ee]arly|[Ll]ate"
    rf"|[Mm]id|(?:end|start|beginning|middle|month) of)(?: |-)(?P<date>(?P<month>{MONTH}))(?!\w)(?! [0-9])"
)
MONTH_NAMED = pattern(rf"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<month>{MONTH})(?!\w)(?! [0-9])")
PERSON = pattern(NAME_LIKE)
NO_PERSON = pattern(rf"{NAME_LIKE}{NO_NAME}")
AFTER_SINCE = pattern(r"(?:[.,;:)—–]| -|$| (?:last|this|when|and)\b|\s*$)")
QUARTER_ALONE = any_case(rf"\bthe (?P<ordinal>{'|'.join(ORDINALS)}) quarter(?: of (?P<year>last|this|the) year)?\b")
SEASON = any_case(r"\b(?P<which>this|last|next) (?P<season>spring|summer|autumn|fall|winter)\b(?! in\b)")

VAGUE = words(
    "than nearly almost about around roughly some least most approximately over under hundred thousand and or to"
    " another"
)
BUSINESS = any_case(
    r"(?:\b(?:profits?|sales|revenues?|earnings|income|loss(?:es)?|GDP|economy|economies|growth|exports?|imports?|output"
    r"|inflation|shares|prices|orders|deliveries|spending|investment|unemployment|percent|per cent|million"
    r"|billion)\b|%)"
)


def period(match: Match[str], day: date) -> Span | None:
    if (match["before"] or "").strip().lower() == "the":
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    whole = _calendar(unit, day, steps_of(which))
    part = " ".join((match["part"] or "").lower().split())
    if whole is None or not part:
        return whole
    if which != "this":
        return None
    return (whole[0], day) if part in {"earlier", "so far"} else (day, whole[1])


def _calendar(unit: str, day: date, steps: int) -> Span | None:
    if unit == "week":
        return spans.week(day, steps)
    if unit == "month":
        return spans.month(day.year, day.month + steps)
    if unit == "quarter":
        return spans.quarter(day.year, (day.month + 2) // 3 + steps)
    if unit == "year":
        return spans.years(day.year + steps, day.year + steps)
    if unit == "decade":  # "last decade" may be the past ten years
        return spans.years(day.year // 10 * 10, day.year // 10 * 10 + 9) if steps == 0 else None
    first = (day.year - 1) // 100 * 100 + 1 + 100 * steps
    return spans.years(first, first + 99) if steps <= 0 else None


def ago(match: Match[str], day: date) -> Span | None:
    """As exact as the unit: "two years ago" is that calendar year, "three days ago" that day."""
    count, unit = number(match["count"]), match["unit"].lower()
    if (match["before"] or "").strip().lower() in VAGUE or count > LONGEST_AGO.get(unit, 0):
        return None
    return spans.one(spans.later(day, unit, -count)) if unit == "day" else _calendar(unit, day, -count)


def until_now(match: Match[str], day: date) -> Span | None:
    """So long up to the day, or from it on. Without a number only backwards: "the next year" is one in a story."""
    unit, which = match["unit"].lower(), match["which"].lower()
    count = number(match["count"] or "1")
    if unit == "hour":
        unit, count = "day", count // 24
    if count < 1 or (match["count"] is None and (which in {"next", "coming"} or unit in {"day", "hour", "quarter"})):
        return None
    if which in {"next", "coming"}:
        return day, spans.later(day, unit, count)
    return spans.later(day, unit, -count), day


def month_alone(match: Match[str], day: date) -> Span | None:
    text, word = match.string, match["month"]
    before = match["before"].lower()
    if SOME_YEAR.search(near(match)) or not _is_month(text, match.start("month"), before):
        return None
    side = direction(text, *match.span("date"))
    return _nearest(day, month_number(word), side == "past") if side is not None else None


def _is_month(text: str, start: int, before: str) -> bool:
    """No "Theresa May", no "by June Brown", no "since May took office"."""
    word = PERSON.match(text, start)
    if word is None:
        return True
    if before in {"by", "before", "after", "through"} or not NO_PERSON.match(text, start):
        return False
    return before != "since" or AFTER_SINCE.match(text, word.end()) is not None


def _nearest(day: date, number: int, past: bool) -> Span:
    """The month of that number that last began, or that ends next."""
    year = day.year - (number > day.month) if past else day.year + (number < day.month)
    return spans.month(year, number)


def month_named(match: Match[str], day: date) -> Span | None:
    """ "Last May" in August may be this year's: only what was not yet in this year is certain."""
    number, which = month_number(match["month"]), match["which"].lower()
    if which == "this":
        return spans.month(day.year, number)
    if which == "last":
        return spans.month(day.year - 1, number) if number >= day.month else None
    return spans.month(day.year + 1, number) if number <= day.month else None


def quarter_alone(match: Match[str], day: date) -> Span | None:
    """The last one that is over, in a text about money: games have quarters too."""
    number = ORDINALS.index(match["ordinal"].lower()) + 1
    if match["year"]:
        return spans.quarter(day.year - (match["year"].lower() == "last"), number)
    if not BUSINESS.search(near(match)) or direction(match.string, *match.span()) != "past":
        return None
    this_year = spans.quarter(day.year, number)
    return this_year if this_year[1] < day else spans.quarter(day.year - 1, number)


def season(match: Match[str], day: date) -> Span | None:
    """Three calendar months of the northern year."""
    first, which = SEASONS[match["season"].lower()], match["which"].lower()
    if first == 12:
        return _winter(which, day)
    if which == "this":
        year = day.year
    elif which == "last":
        year = day.year - 1 if day.month < first + 3 else 0
    else:
        year = day.year + 1 if day.month >= first else 0
    return (spans.month(year, first)[0], spans.month(year, first + 2)[1]) if year else None


def _winter(which: str, day: date) -> Span | None:
    begun = {"this": day.year if day.month >= 11 else day.year - 1, "last": day.year - 1}.get(which)
    known = day.month in {11, 12, 1, 2, 3} if which == "this" else 4 <= day.month <= 11
    return (spans.month(begun, 12)[0], spans.month(begun, 14)[1]) if begun is not None and known else None


RULES: tuple[tuple[Pattern[str], Callable[[Match[str], date], Span | None]], ...] = (
    (PERIOD, period),
    (AGO, ago),
    (UNTIL_NOW, until_now),
    (MONTH_ALONE, month_alone),
    (MONTH_NAMED, month_named),
    (QUARTER_ALONE, quarter_alone),
    (SEASON, season),
)
