"""The audit pack of a claim, to download from its history."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.desk.pages import DeskRequest, need
from claims.exceptions import ClaimError
from claims.models import Claim
from claims.services.audit_pack import write_audit_pack


@require_safe
def audit_pack(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Answer with the pack, made in a file that goes when it is sent."""
    need(request, "claims.view_claim")
    need(request, "people.view_recordentry")
    claim = get_object_or_404(Claim, pk=pk)
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        write_audit_pack(claim, out, to=request.user)
    except ClaimError as error:
        out.close()
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:claims_claim_record", args=[pk]))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"claim-{pk}-audit.zip", content_type="application/zip")
