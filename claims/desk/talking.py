"""What the forms and buttons of the tab "Discussion" do, and handing out its files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from claims.desk.discussion import Wrong, discussion_page
from claims.desk.pages import DeskRequest, need
from claims.desk.talk_forms import FORMS
from claims.exceptions import ClaimError
from claims.models import Attachment, Claim, Comment, Outreach
from claims.services.attachments import attach_file, withdraw_attachment
from claims.services.discussion import Said, edit_comment, post_comment, withdraw_comment
from claims.services.outreach import ask_claimant, record_answer, remove_outreach

Data = dict[str, Any]


def _comment(request: DeskRequest, claim: Claim, _row: int, data: Data) -> str:
    return _said(request, post_comment(claim, text=data["text"], by=request.user))


def _edit(request: DeskRequest, claim: Claim, row: int, data: Data) -> str:
    comment = get_object_or_404(Comment, claim=claim, pk=row)
    return _said(request, edit_comment(comment, text=data["text"], by=request.user))


def _said(request: DeskRequest, said: Said) -> str:
    if said.unknown:
        text = ngettext(
            "Nobody here is called %(names)s. You can change the comment for 15 minutes.",
            "Nobody here is called any of these: %(names)s. You can change the comment for 15 minutes.",
            len(said.unknown),
        )
        messages.warning(request, text % {"names": ", ".join(f"@{name}" for name in said.unknown[:20])})
    return f"comment-{said.comment.pk}"


def _withdraw(request: DeskRequest, claim: Claim, row: int, _data: Data) -> str:
    withdraw_comment(get_object_or_404(Comment, claim=claim, pk=row), by=request.user)
    return f"comment-{row}"


def _file(request: DeskRequest, claim: Claim, _row: int, data: Data) -> str:
    file = data["file"]
    added = attach_file(
        claim, name=file.name, body=file.read(), declared=file.content_type or "", note=data["note"], by=request.user
    )
    if added.duplicate:
        messages.info(request, _("This file is here already, as “%(name)s”.") % {"name": added.attachment.name})
    return "files"


def _withdraw_file(request: DeskRequest, claim: Claim, row: int, _data: Data) -> str:
    attachment = get_object_or_404(Attachment, claim=claim, pk=row)
    withdraw_attachment(attachment, by=request.user)
    messages.success(request, _("“%(name)s” is withdrawn.") % {"name": attachment.name})
    return "files"


def _ask(request: DeskRequest, claim: Claim, _row: int, data: Data) -> str:
    return f"asked-{ask_claimant(claim, **data, by=request.user).pk}"


def _answer(request: DeskRequest, claim: Claim, row: int, data: Data) -> str:
    asked = get_object_or_404(Outreach.objects.select_related("claim"), claim=claim, pk=row)
    record_answer(asked, **data, by=request.user)
    return f"asked-{row}"


def _remove(request: DeskRequest, claim: Claim, row: int, _data: Data) -> str:
    remove_outreach(get_object_or_404(Outreach.objects.select_related("claim"), claim=claim, pk=row), by=request.user)
    return "asked"


# What a form or button of the tab does. Each gives back the place on the page where it shows.
DOINGS: dict[str, Callable[[DeskRequest, Claim, int, Data], str]] = {
    "comment": _comment,
    "edit": _edit,
    "withdraw": _withdraw,
    "file": _file,
    "withdraw-file": _withdraw_file,
    "ask": _ask,
    "answer": _answer,
    "remove": _remove,
}


@require_POST
def act(request: DeskRequest, pk: int, what: str, row: int = 0) -> HttpResponse:
    """Do what a form of the tab asks for. When it is refused the tab says why, and keeps what was typed."""
    need(request, "claims.view_comment")
    if what not in DOINGS:
        raise Http404
    claim = get_object_or_404(Claim, pk=pk)
    form = FORMS[what](request.POST, request.FILES, auto_id=f"id_{what}_{row}_%s") if what in FORMS else None
    if form is not None and not form.is_valid():
        return discussion_page(request, pk, wrong=Wrong(what, row, form))
    try:
        place = DOINGS[what](request, claim, row, form.cleaned_data if form is not None else {})
    except ClaimError as error:
        if form is not None:
            form.add_error(None, str(error))
            return discussion_page(request, pk, wrong=Wrong(what, row, form))
        messages.error(request, str(error))
        place = ""
    return HttpResponseRedirect(f"{reverse('admin:claims_claim_discussion', args=[pk])}#{place}".rstrip("#"))


@require_safe
def download(request: DeskRequest, pk: int, row: int) -> FileResponse:
    """Hand out a file so that no browser opens it in our name: as bytes, to be saved, and able to do nothing."""
    need(request, "claims.view_attachment")
    attachment = get_object_or_404(Attachment.objects.standing().select_related("snapshot"), claim=pk, pk=row)
    try:
        bytes_ = attachment.snapshot.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(bytes_, as_attachment=True, filename=attachment.name, content_type="application/octet-stream")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
