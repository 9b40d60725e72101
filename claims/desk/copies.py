"""Archived copies of sources: read as plain text, downloaded as bytes, tried again."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.desk.claim_file import file_address
from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import SourceCopy
from claims.services.copies import retry_copy
from claims.tasks import keep_copies_soon
from people.numbers import number

SHOWN = 300_000  # characters; a page of more is slow to lay out


@require_safe
def copy_page(request: DeskRequest, pk: int) -> HttpResponse:
    """The words of a copy, without anything of the page they stood on."""
    need(request, "claims.view_claim")
    copy = _kept(pk)
    context = {"title": _("Archived copy"), "copy": copy, "text": copy.text[:SHOWN], "cut": len(copy.text) > SHOWN}
    return show(request, "admin/source_copy.html", context)


@require_safe
def copy_bytes(request: DeskRequest, pk: int) -> FileResponse:
    """The bytes as they came, as a download that no browser takes for a page."""
    need(request, "claims.view_claim")
    copy = _kept(pk)
    response = FileResponse(
        copy.snapshot.file.open("rb"),  # type: ignore[union-attr]  # a kept copy has bytes, says a constraint
        as_attachment=True,
        filename=f"{copy.snapshot}.bin",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def retry(request: DeskRequest) -> HttpResponse:
    """Try a failed copy again."""
    need(request, "claims.check_claim")
    copies = SourceCopy.objects.select_related("source")
    copy = get_object_or_404(copies, pk=number(request.POST.get("copy", "")) or 0)
    try:
        retry_copy(copy, by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
    else:
        keep_copies_soon()
    if request.htmx:
        copy.refresh_from_db()
        return render(request, "admin/_copy.html", {"copy": copy})
    messages.success(request, _("A worker fetches the copy again."))
    return HttpResponseRedirect(file_address(copy.source.claim_id))


def _kept(pk: int) -> SourceCopy:
    kept = SourceCopy.objects.filter(state=SourceCopy.State.KEPT).select_related("source", "snapshot")
    return get_object_or_404(kept, pk=pk)
