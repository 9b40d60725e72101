"""A person's saved filters of the triage queue."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, need
from claims.desk.triage_queue import TriageQueue
from claims.exceptions import ClaimError
from claims.models import SavedFilter
from claims.services import saved_filters


@require_POST
def save(request: DeskRequest) -> HttpResponse:
    """Keep the filters of the address under a name."""
    need(request, "claims.triage_claim")
    queue = TriageQueue(request.GET, request.user)
    try:
        saved = saved_filters.save_filter(name=request.POST.get("name", ""), query=queue.filter_query, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved as “%(name)s”.") % {"name": saved.name})
    return HttpResponseRedirect(queue.address())


@require_POST
def change(request: DeskRequest, pk: int, what: str) -> HttpResponse:
    """Rename a filter of one's own, let triage open with it or not, or delete it."""
    need(request, "claims.triage_claim")
    saved = get_object_or_404(SavedFilter, pk=pk, person=request.user)
    if what not in {"rename", "first", "delete"}:
        raise Http404
    try:
        messages.success(request, _change(saved, what, request))
    except ClaimError as error:
        messages.error(request, str(error))
    query = "" if what == "delete" else saved.query
    return HttpResponseRedirect(f"{reverse('admin:triage')}?{query or 'all=1'}")


def _change(saved: SavedFilter, what: str, request: DeskRequest) -> str:
    if what == "rename":
        saved_filters.rename_filter(saved, name=request.POST.get("name", ""), by=request.user)
        return _("It is called “%(name)s” now.") % {"name": saved.name}
    if what == "delete":
        saved_filters.delete_filter(saved, by=request.user)
        return _("The filter “%(name)s” is deleted.") % {"name": saved.name}
    first = not saved.is_default
    saved_filters.open_first(saved, by=request.user, first=first)
    if first:
        return _("Triage opens with “%(name)s” from now on.") % {"name": saved.name}
    return _("Triage opens with the whole queue from now on.")
