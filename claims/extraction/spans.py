"""Spans of the calendar. Each function may raise ValueError or OverflowError where the calendar ends."""

from datetime import date, timedelta

Span = tuple[date, date]
DAY = timedelta(days=1)


def one(day: date) -> Span:
    return day, day


def week(day: date, steps: int = 0) -> Span:
    """Monday to Sunday of the week of `day`, or of one `steps` weeks later."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=steps)
    return monday, monday + 6 * DAY


def month(year: int, number: int) -> Span:
    """All of a month; `number` may be below 1 or above 12 and then counts into another year."""
    months = year * 12 + number - 1
    first = date(months // 12, months % 12 + 1, 1)
    return first, date(first.year, first.month, days_in(first))


def quarter(year: int, number: int) -> Span:
    """Three months; `number` may be below 1 or above 4 and then counts into another year."""
    return month(year, 3 * number - 2)[0], month(year, 3 * number)[1]


def years(first: int, last: int) -> Span:
    return date(first, 1, 1), date(last, 12, 31)


def weekend(day: date) -> Span:
    """Saturday and Sunday of the week of `day`."""
    return week(day)[1] - DAY, week(day)[1]


def later(day: date, unit: str, count: int) -> date:
    """`day` moved by so many days, weeks, months, years or decades; the 31st becomes the last of a short month."""
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, days_in(first)))


def days_in(day: date) -> int:
    """How many days the month of `day` has, also the last of the calendar."""
    return ((day.replace(day=28) + 4 * DAY).replace(day=1) - DAY).day if day.month < 12 else 31


def iso(span: Span) -> str:
    """One ISO day, or `first/last`."""
    first, last = span
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
