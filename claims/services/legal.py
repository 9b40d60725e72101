"""Takedown and legal requests: on file, decided, and carried out only by two people."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, LegalRequest
from claims.services import noticing
from claims.services.corrections import checked_note, require_published
from claims.services.lifecycle import require
from claims.services.retraction import VOID, take_down
from people.models import User
from people.record import recorded

Decision = LegalRequest.Decision
PERMISSION = "claims.publish_claim"


@transaction.atomic
def file_legal_request(
    *, sender: str, received_on: date, asked: str, claim: Claim | None = None, deadline: date | None = None, by: User
) -> LegalRequest:
    """Put a letter on file. Raises NotReady for what cannot be stored."""
    require(by, PERMISSION)
    request = LegalRequest(
        sender=sender.strip(), received_on=received_on, asked=asked.strip(), claim=claim, deadline=deadline, by=by
    )
    try:
        request.clean_fields(exclude={"correction", "decided_by", "second_by", "closed_at"})
    except ValidationError as error:
        raise NotReady(" ".join(error.messages)) from error
    with recorded(by=by):
        request.save()
    return request


@transaction.atomic
def decide_legal_request(request: LegalRequest, *, decision: str, outcome: str, notice: str = "", by: User) -> None:
    """Decide and close it; taking a page down waits for a second person first."""
    require(by, PERMISSION)
    waiting = _open(request, decided=False)
    if decision not in Decision.values:
        raise NotReady(_("Choose a decision."))
    if not outcome.strip():
        raise NotReady(_("Write down the outcome and its reasons."))
    waiting.decision, waiting.outcome, waiting.decided_by = decision, outcome.strip(), by
    if decision == Decision.TAKEN_DOWN:
        waiting.notice = _checked_notice(waiting, notice)
    else:
        waiting.closed_at = timezone.now()
    with recorded(by=by, why=outcome):
        waiting.save()
    if waiting.claim is not None and waiting.closed_at is None:
        noticing.takedown_asked(waiting, waiting.claim, by=by)


@transaction.atomic
def confirm_takedown(request: LegalRequest, *, by: User) -> None:
    """The second person agrees: the page is the notice from here on."""
    require(by, PERMISSION)
    waiting = _open(request, decided=True)
    _refuse_same(waiting, by)
    first = waiting.decided_by
    if waiting.claim is None or first is None:
        raise NotReady(_("This request is about no claim, so there is no page to take down."))
    noticing.answered(waiting)
    waiting.correction = take_down(waiting.claim, notice=waiting.notice, by=first, approved_by=by)
    waiting.second_by, waiting.closed_at = by, timezone.now()
    with recorded(by=by):
        waiting.save()


@transaction.atomic
def reopen_legal_request(request: LegalRequest, *, why: str, by: User) -> None:
    """The second person does not agree, or the first one thinks again: it is to be decided anew."""
    require(by, PERMISSION)
    waiting = _open(request, decided=True)
    if not why.strip():
        raise NotReady(_("Say why it should be decided again."))
    noticing.answered(waiting)
    waiting.decision, waiting.outcome, waiting.notice, waiting.decided_by = "", "", "", None
    with recorded(by=by, why=why):
        waiting.save()


def _open(request: LegalRequest, *, decided: bool) -> LegalRequest:
    waiting = LegalRequest.objects.open().select_for_update().filter(pk=request.pk).first()
    if waiting is None or bool(waiting.decision) != decided:
        raise StaleClaim(_("Somebody else has decided on this request. Reload it and see what they decided."))
    return waiting


def _refuse_same(request: LegalRequest, by: User) -> None:
    if request.decided_by == by:
        raise NotAllowed(_("You decided first. A page is taken down by two people."))


def _checked_notice(request: LegalRequest, notice: str) -> str:
    if request.claim is None:
        raise NotReady(_("This request is about no claim, so there is no page to take down."))
    require_published(request.claim)
    if not notice.strip():
        raise NotReady(_("Write the notice that readers will see in the page’s place."))
    return checked_note(notice, kind=VOID)
