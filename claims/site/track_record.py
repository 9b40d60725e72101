"""How many of somebody's claims we checked, what came out and when: numbers beside which stands what they are of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.charts import Chart, Line, bar_chart, lines
from claims.models import Rating
from claims.models.search import SearchEntryQuerySet

FLOOR = 20  # fact-checks; among fewer, one more or less would move a share by five points
MONTHS = (12, 36)  # that the chart has at least, and at most before it counts years
YEARS = 5  # that it then has at least


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """considered: claims that people decided on. checked: those published. ratings: how often each was given.

    floor: of `checked`, under which no shares are given.
    """

    considered: int
    checked: int
    ratings: list[Line]
    timeline: Chart
    floor: int = FLOOR


def track_record(entries: SearchEntryQuerySet, *, considered: int) -> TrackRecord | None:
    """Count published fact-checks by rating and by month in two queries; None where there are none."""
    by_month = entries.annotate(month=TruncMonth("first_published_at")).order_by()
    rows: Any = list(by_month.values_list("rating", "month").annotate(number=Count("pk")))
    ratings, months = Counter[int](), Counter[date]()
    for rating, month, number in rows:
        ratings[rating] += number
        months[timezone.localtime(month).date()] += number
    if not rows:
        return None
    return TrackRecord(considered, months.total(), lines(_by_code(ratings), floor=FLOOR), _timeline(months))


def _by_code(numbers: Counter[int]) -> dict[Rating, int]:
    """Truest first, those off the axis last; ratings of two scales that share a code are one, as the newer has it."""
    ratings = sorted(Rating.objects.in_bulk(numbers).values(), key=lambda one: one.pk)
    newest = {rating.code: rating for rating in ratings}
    by_code = Counter[str]()
    for rating in ratings:
        by_code[rating.code] += numbers[rating.pk]
    in_order = sorted(newest.values(), key=lambda one: (one.value is None, -(one.value or 0), one.pk))
    return {rating: by_code[rating.code] for rating in in_order}


def _timeline(months: Counter[date]) -> Chart:
    """Fact-checks by month up to this one, or by year where that would be too many bars."""
    first, now = min(months), timezone.localdate()
    span = 12 * (now.year - first.year) + now.month - first.month + 1
    if span > MONTHS[1]:
        years = range(min(first.year, now.year - YEARS + 1), now.year + 1)
        in_year = Counter(month.year for month in months.elements())
        return _chart(_("Fact-checks by year"), _("Year"), [str(year) for year in years], [in_year[y] for y in years])
    start = 12 * now.year + now.month - max(span, MONTHS[0])
    shown = [date(*_first_day(start + n)) for n in range(max(span, MONTHS[0]))]
    labels = [date_format(month, "YEAR_MONTH_FORMAT") for month in shown]
    return _chart(_("Fact-checks by month"), _("Month"), labels, [months[month] for month in shown])


def _first_day(number: int) -> tuple[int, int, int]:
    """The first day of the month that is the `number`-th since January of the year 0."""
    year, month = divmod(number, 12)
    return year, month + 1, 1


def _chart(title: str, of: str, labels: list[str], values: Iterable[int]) -> Chart:
    values = list(values)
    said = _("%(number)s since %(first)s.") % {"number": sum(values), "first": labels[0]}
    return bar_chart("timeline", title=title, said=said, of=of, heading=_("Published"), labels=labels, values=values)
