"""Lists of claims out of the desk and into it."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.interchange import CLAIM, SOURCES, csv_lines, json_lines
from claims.models import Claim
from claims.services.exporting import exported_claims, exported_sources
from claims.services.importing import Plan, State, import_claims, plan_import
from claims.tasks import match_soon

DESK_ROWS = 2_000  # rows a web process brings in while a person waits; more with the command
DESK_BYTES = 5_000_000
SHOWN = 1_000
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for its own encoding
WRITERS: dict[str, Any] = {
    "claims.jsonl": json_lines,
    "claims.csv": lambda rows: _marked(csv_lines(rows, CLAIM)),
    "sources.csv": lambda rows: _marked(csv_lines(exported_sources(rows), SOURCES)),
}


def _marked(lines: Iterator[str]) -> Iterator[str]:
    yield BOM
    yield from lines


@require_safe
def export_page(request: DeskRequest) -> HttpResponse:
    """Offer what the list of claims is narrowed to, as files."""
    need(request, "claims.view_claim")
    context = {
        "title": _("Export claims"),
        "count": _narrowed(request).count(),
        "all": not request.GET,
        "query": request.GET.urlencode(),
    }
    return show(request, "admin/export.html", context)


@require_safe
def export_file(request: DeskRequest, name: str) -> HttpResponseBase:
    """Send one of the files, a few claims at a time."""
    need(request, "claims.view_claim")
    if name not in WRITERS:
        raise Http404
    lines = WRITERS[name](exported_claims(_narrowed(request)))
    kind = "text/csv; charset=utf-8" if name.endswith("csv") else "application/jsonl"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type=kind, headers=headers)


def _narrowed(request: DeskRequest) -> Any:
    """The claims that the list shows for this address, on all its pages."""
    claim_admin = admin.site.get_model_admin(Claim)
    try:
        rows = claim_admin.get_changelist_instance(request).get_queryset(request)
    except admin.options.IncorrectLookupParameters as error:
        raise Http404 from error
    return Claim.objects.filter(pk__in=rows.order_by().values("pk"))


class ListForm(forms.Form):
    """The files of a list. kept: both as they were shown, packed; digest: of what was shown."""

    claims = forms.FileField(
        label=gettext_lazy("Claims"),
        help_text=gettext_lazy("CSV or JSON lines, at most 2,000 rows and 5 MB. CSV needs a column “text”."),
    )
    sources = forms.FileField(
        label=gettext_lazy("Sources"),
        required=False,
        help_text=gettext_lazy("CSV whose column “claim” is an “id” of the other file."),
    )

    def clean_claims(self) -> bytes:
        return self._body("claims")

    def clean_sources(self) -> bytes:
        return self._body("sources") if self.cleaned_data["sources"] else b""

    def _body(self, name: str) -> bytes:
        file = self.cleaned_data[name]
        if file.size > DESK_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Split it, or use manage.py import_claims."))
        body: bytes = file.read()
        return body


def import_page(request: DeskRequest) -> HttpResponse:
    """Take the files, show what would become of each row, and import exactly that when asked to."""
    need(request, "claims.add_claim")
    if request.method == "POST" and "kept" in request.POST:
        return _import(request)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    plan = None
    if form.is_bound and form.is_valid():
        bodies = form.cleaned_data["claims"], form.cleaned_data["sources"]
        try:
            plan = plan_import(*bodies, most_rows=DESK_ROWS)
        except ClaimError as error:
            form.add_error("claims", str(error))
        else:
            return _shown(request, plan, _packed(*bodies))
    return show(request, "admin/import.html", {"title": _("Import claims"), "form": form})


def _shown(request: DeskRequest, plan: Plan, kept: str) -> HttpResponse:
    """The rows, those with a problem first."""
    rows = sorted(plan.rows, key=lambda row: row.state != State.PROBLEM)
    context = {"title": _("Import claims"), "plan": plan, "rows": rows[:SHOWN], "kept": kept}
    return show(request, "admin/import.html", {**context, "more": max(0, len(rows) - SHOWN)})


def _import(request: DeskRequest) -> HttpResponse:
    bodies = _unpacked(request.POST["kept"])
    if bodies is None:
        messages.error(request, _("The files did not come back whole. Choose them again."))
        return HttpResponseRedirect(reverse("admin:claims_claim_import"))
    try:
        plan = plan_import(*bodies, most_rows=DESK_ROWS)
    except ClaimError as error:  # no page of ours has sent these
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:claims_claim_import"))
    try:
        count = import_claims(plan, digest=request.POST.get("digest", ""), by=request.user)
    except ClaimError as error:
        messages.error(request, str(error))
        return _shown(request, plan_import(*bodies, most_rows=DESK_ROWS), request.POST["kept"])
    match_soon()
    messages.success(request, ngettext("%(n)s claim imported.", "%(n)s claims imported.", count) % {"n": count})
    return HttpResponseRedirect(f"{reverse('admin:claims_claim_changelist')}?origin__exact=imported")


def _packed(*bodies: bytes) -> str:
    """Files as the text of a hidden field."""
    return ".".join(base64.b64encode(zlib.compress(body)).decode() for body in bodies)


def _unpacked(kept: str) -> list[bytes] | None:
    """The files again, or None for what is none of ours or would be too large."""
    bodies = []
    try:
        for part in kept.split("."):
            unpacker = zlib.decompressobj()
            bodies.append(unpacker.decompress(base64.b64decode(part, validate=True), DESK_BYTES))
            if unpacker.unconsumed_tail or not unpacker.eof:
                return None
    except (ValueError, zlib.error):
        return None
    return bodies if len(bodies) == 2 else None
