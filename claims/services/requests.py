"""Readers who say that we are wrong: two people look, and the reader learns what came of it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, CorrectionRequest, Submission
from claims.models.corrections import NOTE_LIMIT
from claims.models.requests import TEXT_MAX, TEXT_MIN
from claims.services import noticing
from claims.services.codes import hash_of
from claims.services.lifecycle import require
from people.models import User
from people.record import recorded

KEEP_EMAIL = timedelta(days=90)  # after the end


def receive_correction_request(claim: Claim, *, text: str, email: str = "", code: str) -> CorrectionRequest:
    """Keep what a reader says is wrong. The same code again is the same letter.

    Raises NotReady for a letter that is too short or too long.
    """
    if not TEXT_MIN <= len(text) <= TEXT_MAX:
        raise NotReady(_("Write between %(least)s and %(most)s characters.") % {"least": TEXT_MIN, "most": TEXT_MAX})
    try:
        with recorded(by=None):
            request = CorrectionRequest.objects.create(claim=claim, text=text, email=email, code_hash=hash_of(code))
            noticing.error_told(request)
    except IntegrityError:
        return CorrectionRequest.objects.get(code_hash=hash_of(code))
    return request


@transaction.atomic
def propose_outcome(request: CorrectionRequest, *, outcome: str, note: str, by: User) -> None:
    """The first look: say what should come of a request, and what the reader is told."""
    require(by, "claims.check_claim")
    if outcome not in CorrectionRequest.Outcome.values:
        raise NotReady(_("Choose what comes of the request."))
    if not note.strip():
        raise NotReady(_("Write an answer. The reader sees it."))
    if len(note) > NOTE_LIMIT:
        raise NotReady(_("The answer has at most %(number)s characters.") % {"number": NOTE_LIMIT})
    with recorded(by=by):
        waiting = CorrectionRequest.objects.open().filter(pk=request.pk, first_by=None)
        looked = waiting.update(outcome=outcome, note=note.strip(), first_by=by, first_at=timezone.now())
    if not looked:
        raise StaleClaim(_("Somebody has looked at this request already. Reload it and see what they found."))
    noticing.outcome_proposed(request, by=by)


@transaction.atomic
def close_request(request: CorrectionRequest, *, by: User) -> None:
    """The second look agrees: the request is closed, and the reader sees outcome and answer."""
    waiting = _waiting_for_second(request, by=by)
    noticing.answered(waiting)
    waiting.second_by, waiting.closed_at = by, timezone.now()
    with recorded(by=by):
        waiting.save(update_fields=["second_by", "closed_at"])


@transaction.atomic
def reopen_request(request: CorrectionRequest, *, why: str, by: User) -> None:
    """The second look does not agree: the request waits for a first look again. Why is on the record."""
    waiting = _waiting_for_second(request, by=by)
    if not why.strip():
        raise NotReady(_("Say why you do not agree."))
    noticing.answered(waiting)
    waiting.outcome, waiting.note, waiting.first_by, waiting.first_at = "", "", None, None
    with recorded(by=by, why=why):
        waiting.save(update_fields=["outcome", "note", "first_by", "first_at"])


def _waiting_for_second(request: CorrectionRequest, *, by: User) -> CorrectionRequest:
    require(by, "claims.review_claim")
    waiting = CorrectionRequest.objects.open().select_for_update().filter(pk=request.pk).first()
    if waiting is None or waiting.first_by_id is None:
        raise StaleClaim(_("This request does not wait for a second look. Reload it and see where it is."))
    if waiting.first_by_id == by.pk:
        raise NotAllowed(_("You looked at this request first. A second person has to look at it now."))
    return waiting


def forget_emails(now: datetime) -> int:
    """Empty the e-mail addresses of whatever was closed 90 days ago. Returns how many."""
    due = {"closed_at__lt": now - KEEP_EMAIL}
    with recorded(by=None):
        return sum(
            model.objects.filter(**due).exclude(email="").update(email="") for model in (CorrectionRequest, Submission)
        )
