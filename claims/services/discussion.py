"""What people of the desk say to each other about a claim."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, StaleClaim
from claims.models import Claim, Comment, Mention
from claims.models.discussion import COMMENT_LIMIT, EDITED_WITHIN
from claims.services import noticing
from claims.services.lifecycle import require
from claims.services.typed import typed_text
from people.models import User
from people.record import recorded

MENTION = re.compile(r"(?<![\w@.+-])@+([\w.+-][\w@.+-]{0,149})")  # what Django takes for a username
ENDS = ".+-@"  # at the end of a name they rather end the sentence
TWICE_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as stored. unknown: names that it calls and nobody here has."""

    comment: Comment
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def post_comment(claim: Claim, *, text: str, by: User) -> Said:
    """Say something about a claim to the desk. The same words twice within a minute are said once.

    Raises NotReady for no text, or more than 5,000 characters.
    """
    require(by, "claims.add_comment")
    text, now = _checked(text), timezone.now()
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)  # a double click waits for its first half
    people, unknown = _called(text)
    twice = claim.comments.filter(by=by, text=text, withdrawn_at=None, at__gt=now - TWICE_WITHIN).first()
    if twice:
        return Said(twice, unknown)
    with recorded(by=by):
        comment = Comment.objects.create(claim=claim, by=by, text=text, at=now)
        _mention(comment, people)
    return Said(comment, unknown)


@transaction.atomic
def edit_comment(comment: Comment, *, text: str, by: User) -> Said:
    """Change one's own comment. Raises StaleClaim 15 minutes after it was posted, or once it is withdrawn."""
    _require_own(comment, by)
    text, now = _checked(text), timezone.now()
    with recorded(by=by):
        mine = Comment.objects.filter(pk=comment.pk, withdrawn_at=None, at__gt=now - EDITED_WITHIN)
        if not mine.update(text=text, edited_at=now):
            raise StaleClaim(
                _("A comment can be changed for 15 minutes, and not once it is withdrawn. Write another one.")
            )
        people, unknown = _called(text)
        comment.mentions.exclude(person__in=people).delete()
        _mention(comment, people)
    comment.text, comment.edited_at = text, now
    return Said(comment, unknown)


def withdraw_comment(comment: Comment, *, by: User) -> None:
    """Take one's own comment back. It is no longer shown; the record keeps it. Twice does nothing."""
    _require_own(comment, by)
    with recorded(by=by):
        Comment.objects.filter(pk=comment.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _require_own(comment: Comment, by: User) -> None:
    require(by, "claims.add_comment")
    if comment.by_id != by.pk:
        raise NotAllowed(_("A comment is changed and withdrawn by who wrote it."))


def _checked(text: str) -> str:
    return typed_text(text, most=COMMENT_LIMIT, otherwise=_("Write a comment of at most 5,000 characters."))


def _called(text: str) -> tuple[list[User], list[str]]:
    """The people whom a text calls, and the names that nobody has who works here."""
    names = dict.fromkeys(MENTION.findall(text))
    wanted = {way.lower() for name in names for way in _ways(name)}
    known: dict[str, User] = {}
    if wanted:
        here = User.objects.filter(is_active=True, is_staff=True).annotate(lower=Lower("username"))
        known = {person.username.lower(): person for person in here.filter(lower__in=wanted)}
    people, unknown = [], []
    for name in names:
        person = next((known[way.lower()] for way in _ways(name) if way.lower() in known), None)
        if person is None:
            unknown.append(name.rstrip(ENDS) or name)
        elif person not in people:
            people.append(person)
    return people, unknown


def _ways(name: str) -> tuple[str, str]:
    return name, name.rstrip(ENDS)


def _mention(comment: Comment, people: list[User]) -> None:
    new = [Mention(comment=comment, person=person) for person in people if person.pk != comment.by_id]
    Mention.objects.bulk_create(new, ignore_conflicts=True)
    noticing.mentioned(comment, people)
