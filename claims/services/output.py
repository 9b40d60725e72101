"""What the desk puts out: how much each week, and how long a verdict takes."""

from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.charts import Chart, bar_chart
from claims.models import Verdict

WEEKS = 26  # the output that the IFCN asks for

Weeks = dict[date, list[float | None]]  # by its Monday: of each publication the days it took, None where not known


def output_charts(now: datetime) -> list[Chart]:
    """Charts of the last 26 weeks, this one included: claims published, and the median time to do so. One query."""
    weeks = _published(timezone.localtime(now))
    labels = [date_format(monday, "j F Y") for monday in weeks]
    return [_throughput(weeks, labels), _time_to_verdict(weeks, labels)]


def period_of_output(now: datetime) -> datetime:
    """Since when the charts count: the Monday of the first of their weeks, where `now` is a local time."""
    monday = now.date() - timedelta(days=now.weekday())
    return datetime.combine(monday - timedelta(weeks=WEEKS - 1), time(), now.tzinfo)


def _published(now: datetime) -> Weeks:
    """First publications alone: a correction is no further claim. Uses verdict_first_published."""
    since = period_of_output(now)
    weeks: Weeks = {since.date() + timedelta(weeks=number): [] for number in range(WEEKS)}
    first = Verdict.objects.filter(version=1, published_at__gte=since)
    rows: Any = first.order_by().values_list("published_at", "claim__shortlisted_at")
    for at, shortlisted_at in rows:
        day = timezone.localtime(at).date()
        took = (at - shortlisted_at).total_seconds() / 86_400 if shortlisted_at else None
        weeks.get(day - timedelta(days=day.weekday()), []).append(took)
    return weeks


def _throughput(weeks: Weeks, labels: list[str]) -> Chart:
    counts = [len(published) for published in weeks.values()]
    said = _("%(all)s in %(weeks)s weeks; at least one in %(busy)s of them.") % {
        "all": sum(counts),
        "weeks": WEEKS,
        "busy": sum(1 for count in counts if count),
    }
    return bar_chart(
        "published",
        title=_("Published each week"),
        said=said,
        of=_("Week from"),
        heading=_("Published"),
        labels=labels,
        values=counts,
        until=_("this week"),
    )


def _time_to_verdict(weeks: Weeks, labels: list[str]) -> Chart:
    known = [[days for days in published if days is not None] for published in weeks.values()]
    medians = [round(median(days)) if days else None for days in known]
    every = [days for week in known for days in week]
    said = _("No claim that was published in these weeks says when it was shortlisted.")
    if every:
        days = max(1, round(median(every)))
        said = ngettext(
            "Half of them within %(n)s day of being shortlisted.",
            "Half of them within %(n)s days of being shortlisted.",
            days,
        ) % {"n": days}
    return bar_chart(
        "time",
        title=_("Days from shortlist to publication"),
        said=said,
        of=_("Week from"),
        heading=_("Days, median"),
        labels=labels,
        values=medians,
        until=_("this week"),
    )
