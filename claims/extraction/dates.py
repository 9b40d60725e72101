"""Days and spans that "last week" or "yesterday" mean, from the day an article came out."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from claims.extraction.candidate import Resolution

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RELATIVE = re.compile(
    r"\b(yesterday|today|tomorrow|(?:last|this|next) (?:week|month|year)|(?:(last|on) )("
    + "|".join(WEEKDAYS)
    + r"))\b",
    re.IGNORECASE,
)


def resolve_dates(text: str, published_on: date | None) -> tuple[Resolution, ...]:
    """ISO days or `first/last` intervals for the relative dates in `text`, in its order; none without a date."""
    if published_on is None:
        return ()
    return tuple(Resolution(words, meant) for words, meant in _meanings(text, published_on))


def _meanings(text: str, published_on: date) -> Iterator[tuple[str, str]]:
    for match in RELATIVE.finditer(text):
        words = match.group(1)
        try:
            meant = _meaning(" ".join(words.lower().split()), published_on)
        except (OverflowError, ValueError):
            continue  # the calendar ends: 0001-01-01 has no yesterday
        yield words, meant


def _meaning(words: str, day: date) -> str:
    if words in {"yesterday", "today", "tomorrow"}:
        return (day + timedelta(days=("yesterday", "today", "tomorrow").index(words) - 1)).isoformat()
    which, unit = words.split(" ")
    if unit in WEEKDAYS:
        # "on Tuesday" in a report is the last Tuesday up to the day itself; "last Tuesday" is before that day.
        back = (day.weekday() - WEEKDAYS.index(unit)) % 7 or (7 if which == "last" else 0)
        return (day - timedelta(days=back)).isoformat()
    first, last = _span(unit, day, {"last": -1, "this": 0, "next": 1}[which])
    return f"{first.isoformat()}/{last.isoformat()}"


def _span(unit: str, day: date, steps: int) -> tuple[date, date]:
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=steps)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + steps
        first = date(months // 12, months % 12 + 1, 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date(day.year + steps, 1, 1), date(day.year + steps, 12, 31)
