"""Dates that say all of it: full dates, years, decades, centuries."""

from collections.abc import Callable
from datetime import date
from re import Match, Pattern

from claims.extraction.datewords import (
    COUNTED,
    DAY,
    LATE_YEAR,
    MONTH,
    ORDINALS,
    SEASONS,
    WEEKDAY,
    YEAR,
    any_case,
    month_number,
    pattern,
)
from claims.extraction.spans import Span, month, one, quarter, years
from claims.extraction.wordlists import words

MONTH_FIRST = pattern(
    rf"\b(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>{DAY})(?:st|nd|rd|th)?,? (?P<year>{YEAR})(?![\w%])"
)
DAY_FIRST = pattern(
    rf"\b(?:{WEEKDAY},? )?(?P<day>{DAY})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH}),? (?P<year>{YEAR})(?![\w%])"
)
ISO_DAY = pattern(r"(?<![\w-])(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![\w-])")
MONTH_OF_YEAR = pattern(rf"\b(?P<month>{MONTH}),?(?: of)? (?P<year>{LATE_YEAR}){COUNTED}")
YEAR_ALONE = any_case(
    r"\b(?P<before>\w{1,20} )?"
    r"(?:in|since|until|till|during|before|after|throughout|by|early|late|mid"
    rf"|(?:end|start|beginning|middle|half|rest) of)(?: |-)(?P<date>{YEAR}){COUNTED}"
)
ELECTION = any_case(
    rf"\bthe (?P<date>{LATE_YEAR})(?: (?:presidential|general|midterm|federal|local|national|parliamentary))?"
    r" (?:elections?|campaign|census|referendum|olympics|world cup)\b"
)
YEARS = any_case(
    rf"(?<![\w-])(?:between (?P<first>{LATE_YEAR}) and (?P<last>{LATE_YEAR})"
    rf"|from (?P<first2>{LATE_YEAR}) (?:to|until|through) (?P<last2>{LATE_YEAR})"
    rf"|(?P<first3>{LATE_YEAR})[-–](?P<last3>{LATE_YEAR})){COUNTED}"
)
DECADE = any_case(r"\b(?P<date>(?:the )?(?P<year>(?:1[5-9]|20)[1-9]0)['’]?s)\b")
CENTURY = any_case(r"\b(?:the )?(?P<number>1[0-9]|2[01])(?:st|nd|rd|th)(?: |-)century\b")
QUARTER = any_case(
    rf"\b(?:(?:the )?(?P<ordinal>{'|'.join(ORDINALS)}) quarter(?: of)?|Q(?P<number>[1-4])(?: of)?)"
    rf",? (?P<year>{LATE_YEAR}){COUNTED}"
)
SEASON = any_case(rf"\b(?:the )?(?P<season>spring|summer|autumn|fall)(?: of)? (?P<year>{LATE_YEAR}){COUNTED}")
RISING = words(
    "rise rises rose risen rising fall falls fell fallen falling grow grows grew grown increase increased increases"
    " decrease decreased drop drops dropped cut cuts decline declined up down climb climbed"
)


def full_date(match: Match[str]) -> Span:
    written = match["month"]
    number = int(written) if written.isdigit() else month_number(written)
    return one(date(int(match["year"]), number, int(match["day"])))


def month_of_year(match: Match[str]) -> Span:
    return month(int(match["year"]), month_number(match["month"]))


def year_alone(match: Match[str]) -> Span | None:
    """ "Rose by 2000" is no date."""
    if (match["before"] or "").strip().lower() in RISING and match.group().lower().split()[1] == "by":
        return None
    return years(int(match["date"]), int(match["date"]))


def election(match: Match[str]) -> Span:
    return years(int(match["date"]), int(match["date"]))


def between_years(match: Match[str]) -> Span | None:
    first, last = (int(match[name] or match[name + "2"] or match[name + "3"]) for name in ("first", "last"))
    return years(first, last) if first < last else None


def decade(match: Match[str]) -> Span:
    return years(int(match["year"]), int(match["year"]) + 9)


def century(match: Match[str]) -> Span:
    last = int(match["number"]) * 100
    return years(last - 99, last)


def quarter_of_year(match: Match[str]) -> Span:
    number = int(match["number"] or ORDINALS.index(match["ordinal"].lower()) + 1)
    return quarter(int(match["year"]), number)


def season_of_year(match: Match[str]) -> Span:
    first = SEASONS[match["season"].lower()]
    return month(int(match["year"]), first)[0], month(int(match["year"]), first + 2)[1]


RULES: tuple[tuple[Pattern[str], Callable[[Match[str]], Span | None]], ...] = (
    (MONTH_FIRST, full_date),
    (DAY_FIRST, full_date),
    (ISO_DAY, full_date),
    (MONTH_OF_YEAR, month_of_year),
    (YEAR_ALONE, year_alone),
    (ELECTION, election),
    (YEARS, between_years),
    (DECADE, decade),
    (CENTURY, century),
    (QUARTER, quarter_of_year),
    (SEASON, season_of_year),
)
