"""Who has declared an interest leaves also what comes after publication to others, whatever address they send it to."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.exceptions import NotAllowed
from claims.models import Claim
from claims.services.conflicts import declare_interest
from claims.services.corrections import abandon_correction, change_correction, open_correction
from claims.services.legal import confirm_takedown, decide_legal_request, file_legal_request
from claims.services.retraction import approve_retraction, request_retraction, retract_at_once
from claims.services.scheduling import set_embargo
from people.models import Role, User
from tests.factories import make_claim_with_verdict, make_published_claim, make_user

pytestmark = pytest.mark.django_db


def legal_request(claim: Claim):
    return file_legal_request(
        sender="A lawyer",
        received_on=date(2026, 3, 9),
        asked="Take it down.",
        claim=claim,
        by=make_user("rolf", role=Role.EDITOR),
    )


def ask(claim: Claim, by: User) -> None:
    request_retraction(claim, why="Wrong.", by=by)


def approve(claim: Claim, by: User) -> None:
    approve_retraction(request_retraction(claim, why="Wrong.", by=make_user("rosa")), by=by)


def at_once(claim: Claim, by: User) -> None:
    retract_at_once(claim, why="Wrong.", by=by)


def change(claim: Claim, by: User) -> None:
    correction = open_correction(claim, kind="factual", note="A detail.", by=make_user("rosa"))
    change_correction(correction, kind="typo", note="", by=by)


def give_up(claim: Claim, by: User) -> None:
    abandon_correction(open_correction(claim, kind="factual", note="A detail.", by=make_user("rosa")), why="No.", by=by)


def decide(claim: Claim, by: User) -> None:
    decide_legal_request(legal_request(claim), decision="refused", outcome="No ground.", by=by)


def confirm(claim: Claim, by: User) -> None:
    request = legal_request(claim)
    decided = {"decision": "taken_down", "outcome": "Granted.", "notice": "Taken down."}
    decide_legal_request(request, **decided, by=make_user("rolf", role=Role.EDITOR))
    confirm_takedown(request, by=by)


@pytest.mark.parametrize("step", [ask, approve, at_once, change, give_up, decide, confirm])
def test_an_interested_editor_takes_no_step_after_publication(step: Callable[[Claim, User], None], editor):
    claim = make_published_claim()
    declare_interest(claim.claimant, reason="My sister.", by=editor)

    with pytest.raises(NotAllowed, match="declared an interest"):
        step(claim, editor)

    claim.refresh_from_db()
    assert claim.status == Claim.Status.PUBLISHED


def test_an_interested_editor_keeps_nothing_from_readers_by_an_embargo(editor):
    claim = make_claim_with_verdict(status=Claim.Status.APPROVED)
    declare_interest(claim.claimant, reason="My sister.", by=editor)

    with pytest.raises(NotAllowed, match="declared an interest"):
        set_embargo(claim, until=timezone.now() + timedelta(days=300), by=editor)
