"""Days that are counted from the day a text came out."""

from collections.abc import Callable
from datetime import date, timedelta
from re import Match, Pattern

from claims.extraction import spans
from claims.extraction.datewords import (
    ATTACKS,
    DAY,
    MONTH,
    SOME_YEAR,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    any_case,
    month_number,
    near,
    pattern,
    steps_of,
)
from claims.extraction.spans import Span
from claims.extraction.tense import direction
from claims.extraction.wordlists import words

DAYS_OFF = {
    "the day before yesterday": -2, "last night": -1, "yesterday": -1, "today": 0, "tonight": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip

NAMED_DAY = any_case(rf"\b(?:{'|'.join(DAYS_OFF)}|overnight)\b")
WEEKDAY_NAME = pattern(
    r"(?P<before>\b\w{1,20} )?\b(?P<date>(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming|[Tt]his) )?"
    rf"(?P<weekday>{WEEKDAY}))(?P<after>(?:,? (?:night )?\w{{1,20}})?)(?<!\w-)(?!\w|-)"
)
WEEKDAY_OF_WEEK = pattern(rf"\b(?P<weekday>{WEEKDAY}),?(?: of)? (?P<which>last|this|next) week\b")
FROM_DAY_TO_DAY = pattern(rf"\b{WEEKDAY} (?:to|through|until|or|and) {WEEKDAY}\b|\b{WEEKDAY}[-–]{WEEKDAY}\b")
WEEKEND = any_case(r"\b(?P<date>(?P<which>the|last|next|this past|this coming|this) weekend)\b")
MONTH_AND_DAY = pattern(
    rf"\b(?P<date>(?:{WEEKDAY},? )?(?:(?P<month>{MONTH}) (?P<day>{DAY})(?:st|nd|rd|th)?"
    rf"|(?P<day2>{DAY})(?:st|nd|rd|th)?(?: of)? (?P<month2>{MONTH})))(?![\w%]|[.,:][0-9]|,? {YEAR}|[-–][0-9])"
    r"(?P<after> \w{1,20})?"
)
ATTACK = pattern(ATTACKS)
NO_DAY_AFTER = words(
    "every each any a an one some most that following previous same black super good easter palm ash bloody cyber"
    " giving fat shrove maundy holy sheffield ruby freaky ago alternate"
)
NO_DAY_BEFORE = words(
    "times telegraph mirror mail express post herald addams club market independent people school roast best week after"
    " ago"
)


def named_day(match: Match[str], day: date) -> Span | None:
    written = " ".join(match.group().lower().split())
    if written == "overnight":
        return day - spans.DAY, day
    if _is_paper(match):
        return None
    return spans.one(day + timedelta(days=DAYS_OFF[written]))


def _is_paper(match: Match[str]) -> bool:
    """ "USA Today": a capital, and one before it."""
    before = match.string[max(0, match.start() - 30) : match.start()].split()
    return match.group()[0].isupper() and bool(before) and before[-1][0].isupper() and before[-1][-1].isalpha()


def weekday(match: Match[str], day: date) -> Span | None:
    before, after = (match[name] or "" for name in ("before", "after"))
    if before.strip().lower() in NO_DAY_AFTER or (after.split() or [""])[-1].lower() in NO_DAY_BEFORE:
        return None
    if before.strip() == "on" and match.string[
        max(0, match.start("before") - 6) : match.start("before")
    ].rstrip().endswith("Mail"):
        return None
    back = (day.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    which = " ".join((match["which"] or "").lower().split())
    return _weekday_of(which, back, day, match)


def _weekday_of(which: str, back: int, day: date, match: Match[str]) -> Span | None:
    """back: how many days ago the weekday last was, 0 to 6; up to `day.weekday()` of them lie in the same week."""
    this_week = back <= day.weekday()
    if which == "last":  # on a Friday, "last Monday" may be four days ago or eleven
        return spans.one(day - timedelta(days=back or 7)) if back == 0 or not this_week else None
    if which == "next":  # on a Monday, "next Friday" may be in four days or in eleven
        return spans.one(day + timedelta(days=7 - back)) if this_week else None
    if which == "this past":
        return spans.one(day - timedelta(days=back or 7))
    if which == "this coming":
        return spans.one(day + timedelta(days=7 - back))
    if which == "this":
        return spans.one(spans.week(day)[0] + timedelta(days=(day.weekday() - back) % 7))
    side = direction(match.string, *match.span("date"))
    if side == "past":
        return spans.one(day - timedelta(days=back))
    return spans.one(day + timedelta(days=(7 - back) % 7)) if side == "future" else None


def weekday_of_week(match: Match[str], day: date) -> Span:
    monday = spans.week(day, steps_of(match["which"]))[0]
    return spans.one(monday + timedelta(days=WEEKDAYS.index(match["weekday"].lower())))


def not_known(_match: Match[str], _day: date) -> None:
    """Days that come again, or that the words do not tell."""


def weekend(match: Match[str], day: date) -> Span | None:
    which = " ".join(match["which"].lower().split())
    side = direction(match.string, *match.span("date"))
    if day.weekday() >= 5:
        steps = {"last": -1, "this past": -1, "next": 1, "this coming": 1}.get(which, 0)
        return spans.weekend(day + timedelta(weeks=steps))
    if which in {"last", "this past"} or (which in {"the", "this"} and side == "past"):
        return spans.weekend(day - timedelta(weeks=1))
    coming = which == "this coming" or side == "future" or (which == "this" and day.weekday() > 0)
    return spans.weekend(day) if coming and which != "next" else None


def month_and_day(match: Match[str], day: date) -> Span | None:
    text, after = match.string, (match["after"] or "").strip()
    if SOME_YEAR.search(near(match)) or ATTACK.fullmatch(after):
        return None
    month, number = month_number(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    side = direction(text, *match.span("date"))
    if side is None:
        return None
    this_year = (month, number) <= (day.month, day.day) if side == "past" else (month, number) >= (day.month, day.day)
    return spans.one(date(day.year + (0 if this_year else -1 if side == "past" else 1), month, number))


RULES: tuple[tuple[Pattern[str], Callable[[Match[str], date], Span | None]], ...] = (
    (NAMED_DAY, named_day),
    (WEEKDAY_NAME, weekday),
    (WEEKDAY_OF_WEEK, weekday_of_week),
    (FROM_DAY_TO_DAY, not_known),
    (WEEKEND, weekend),
    (MONTH_AND_DAY, month_and_day),
)
