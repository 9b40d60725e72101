"""The tab "Discussion" of a claim's file: comments, files, and what the claimant was asked."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.utils import timezone

from claims.desk.pages import DeskRequest, need
from claims.desk.tabs import claim_of, show_tab
from claims.desk.talk_forms import FORMS
from claims.desk.words import Piece, numbers_in, pieces_of
from claims.models import Comment, Verdict
from claims.models.discussion import CommentQuerySet
from claims.services.blindness import comments_on
from people.models import User
from people.numbers import number

AT_ONCE = 50  # comments
PEOPLE = 500  # whom a comment may call, as the page lists them


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was typed and could not be stored, to be shown again. row: what it was about; 0 for something new."""

    what: str
    row: int
    form: forms.Form


@dataclass(frozen=True, slots=True)
class CommentLine:
    comment: Comment
    pieces: list[Piece]
    form: forms.Form | None  # to change it, for who wrote it and may still
    own: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """form: for an answer, where one can still be written."""

    asked: Any  # an Outreach with `published`
    form: forms.Form | None
    overdue: bool


def discussion_page(request: DeskRequest, pk: int, *, wrong: Wrong | None = None) -> HttpResponse:
    """Show the tab; with what was typed, where it could not be stored."""
    need(request, "claims.view_comment")
    claim: Any = claim_of(pk, to=request.user)
    newest, earlier = _newest(comments_on(claim, to=request.user), before=number(request.GET.get("before", "")))
    published = Verdict.objects.filter(claim=OuterRef("claim"), published_at__isnull=False)
    outreach: list[Any] = list(claim.outreach.for_tab().annotate(published=Exists(published)))
    claims = numbers_in(comment.text for comment in newest if comment.withdrawn_at is None)
    context = {
        "comments": [_comment_line(comment, claims, request.user, wrong) for comment in newest],
        "hidden": claim.hidden,
        "earlier": newest[0].pk if earlier else None,
        "attachments": claim.attachments.standing().select_related("by", "snapshot"),
        "outreach": [_asked_line(asked, request.user, wrong) for asked in outreach],
        "published": any(asked.published for asked in outreach),
        "comment_form": _form("comment", wrong) if request.user.has_perm("claims.add_comment") else None,
        "file_form": _form("file", wrong) if request.user.has_perm("claims.add_attachment") else None,
        "ask_form": _form("ask", wrong) if request.user.has_perm("claims.check_claim") else None,
        "wrong": wrong,
        "people": User.objects.filter(is_active=True, is_staff=True).order_by("username")[:PEOPLE],
    }
    return show_tab(request, "admin/discussion.html", claim, name="claims_claim_discussion", context=context)


def _newest(comments: CommentQuerySet, *, before: int | None) -> tuple[list[Comment], bool]:
    """The last comments, or those before one of them, oldest first; and whether there are earlier ones."""
    comments = comments.for_tab()
    found = list((comments.filter(pk__lt=before) if before else comments)[: AT_ONCE + 1])
    return found[:AT_ONCE][::-1], len(found) > AT_ONCE


def _form(what: str, wrong: Wrong | None = None, *, row: int = 0, initial: Any = None) -> forms.Form:
    if wrong is not None and (wrong.what, wrong.row) == (what, row):
        return wrong.form
    return FORMS[what](auto_id=f"id_{what}_{row}_%s", initial=initial)


def _comment_line(comment: Comment, claims: set[int], reader: User, wrong: Wrong | None) -> CommentLine:
    own = comment.by_id == reader.pk and comment.withdrawn_at is None and reader.has_perm("claims.add_comment")
    tried = wrong is not None and (wrong.what, wrong.row) == ("edit", comment.pk)
    form = None
    if own and (tried or comment.may_be_edited(timezone.now())):
        form = _form("edit", wrong, row=comment.pk, initial={"text": comment.text})
    return CommentLine(comment, pieces_of(comment, claims), form, own)


def _asked_line(asked: Any, reader: User, wrong: Wrong | None) -> AskedLine:
    overdue = not asked.answer and asked.deadline is not None and asked.deadline < timezone.localdate()
    form = None
    if reader.has_perm("claims.check_claim") and not (asked.answer and asked.published):
        known = {"answer": asked.answer, "answered_on": asked.answered_on or timezone.localdate()}
        form = _form("answer", wrong, row=asked.pk, initial=known)
    return AskedLine(asked, form, overdue)
