"""Days and spans that the dates of a text mean, from the day it came out. Why no library: docs/extraction-reading.md.

A wrong date is worse than none: what can be read in two ways is left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from re import Match

from claims.extraction import absolute_dates, relative_dates, relative_days
from claims.extraction.candidate import Resolution
from claims.extraction.spans import Span, iso

ABSOLUTE = absolute_dates.RULES
# No date is without one of these; most statements are, and need not be searched for two dozen patterns.
HINT = re.compile(
    r"[0-9]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|(?:day|night|morning|evening|afternoon|tomorrow|week|month|quarter|year|decade|centur|hour|spring|summer|autumn|fall"
    r"|winter)",
    re.IGNORECASE,
)
RELATIVE = (*relative_days.RULES, *relative_dates.RULES)


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that look like a date, `text[start:end]`; `meaning` is an ISO day or span, or None if not known."""

    start: int
    end: int
    meaning: str | None


def resolve_dates(text: str, published_on: date | None) -> tuple[Resolution, ...]:
    """Give ISO days or `first/last` spans (both included) for the dates in `text`, in its order.

    Full dates, years and decades need no day of publication; all others are left out without one. Never raises.
    """
    if not HINT.search(text):
        return ()
    found = sorted(_dated(text, published_on), key=lambda one: (one.start, -one.end))
    kept: list[Resolution] = []
    end = 0
    for one in found:
        if one.start >= end:
            end = one.end
            if one.meaning is not None:
                kept.append(Resolution(text[one.start : one.end], one.meaning))
    return tuple(kept)


def _dated(text: str, published_on: date | None) -> Iterator[Dated]:
    for pattern, absolute in ABSOLUTE:
        for match in pattern.finditer(text):
            yield _read(match, partial(absolute, match))
    for pattern, relative in RELATIVE:
        for match in pattern.finditer(text):
            yield _read(match, partial(relative, match, published_on) if published_on else _unknown)


def _unknown() -> None:
    """Without a day of publication."""


def _read(match: Match[str], meaning: Callable[[], Span | None]) -> Dated:
    """The words of the group "date", or of the whole match, and what they mean."""
    start, end = match.span("date" if "date" in match.re.groupindex else 0)
    try:
        span = meaning()
    except (ValueError, OverflowError):
        span = None  # 30 February, or the calendar ends: 0001-01-01 has no yesterday
    return Dated(start, end, iso(span) if span is not None and span[0] <= span[1] else None)
