"""Who else has the same file open, and whether somebody saved it since it was opened. Blocks nobody."""

from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, need
from claims.models import Claim, Presence, Verdict
from claims.services.presence import be_present
from people.models import RecordEntry, User


@require_POST
def heartbeat(request: DeskRequest, pk: int) -> HttpResponse:
    """Say that this person is here, and be told of the others. since: when the file was opened."""
    need(request, "claims.view_claim")
    now = timezone.now()
    be_present(pk, by=request.user)
    others = Presence.objects.here(now).filter(claim=pk).exclude(user=request.user).select_related("user")
    since = _moment(request.POST.get("since", ""))
    saved = _saved(pk, since=since, reader=request.user) if since else None
    context = {"others": others.order_by("user__username"), "saved": saved}
    return render(request, "admin/_present.html", context)


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


def _saved(claim: int, *, since: datetime, reader: User) -> dict[str, object] | None:
    """The last change of claim or verdict that another person made since then."""
    verdicts = Q(table_name=Verdict._meta.db_table, row_id__in=Verdict.objects.filter(claim=claim).values("pk"))
    itself = Q(table_name=Claim._meta.db_table, row_id=claim)
    changes = RecordEntry.objects.filter(verdicts | itself, at__gt=since, actor_id__isnull=False)
    last = changes.exclude(actor_id=reader.pk).order_by("-id").first()
    if last is None:
        return None
    who = User.objects.filter(pk=last.actor_id or 0).first()
    return {"who": who or last.actor_name, "at": last.at, "verdict": last.table_name == Verdict._meta.db_table}
