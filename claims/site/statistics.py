"""What the desk puts out, what it left and why, and how well its people agree: for readers, of the last 26 weeks."""

from datetime import datetime

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.charts import lines
from claims.models import Claim, Decline, Verdict
from claims.services.agreement import FLOOR, agreement, scale_in_force
from claims.services.output import WEEKS, output_charts, period_of_output
from claims.site.responses import for_readers, public_url


@for_readers
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the numbers, each beside what it is of, in a fixed number of queries."""
    now = timezone.localtime()
    since, scale = period_of_output(now), scale_in_force()
    chosen = _selection(since)
    context = {
        "weeks": WEEKS,
        "since": since,
        "charts": output_charts(now),
        "selection": lines(chosen, floor=FLOOR),
        "considered": sum(chosen.values()),
        "agreement": agreement(scale, since=since, for_readers=True) if scale else None,
        "floor": FLOOR,
        "page_url": public_url(request.path),
    }
    return render(request, "claims/pages/statistics.html", context)


def _selection(since: datetime) -> dict[str, int]:
    """What became of the claims that people decided on: published or declined since then, or in hand now."""
    published = Verdict.objects.filter(version=1, published_at__gte=since).count()
    in_hand = Claim.objects.filter(status__in=Claim.MINE).count()
    declines = Decline.objects.standing().filter(at__gte=since).order_by()
    by_reason = dict(declines.values_list("reason").annotate(number=Count("pk")))
    return {
        _("Published"): published,
        _("Being worked on now"): in_hand,
        **{
            _("Declined: %(reason)s") % {"reason": label}: by_reason[reason]
            for reason, label in Decline.Reason.choices
            if reason in by_reason
        },
    }
