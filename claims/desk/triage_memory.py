"""What a person decided last in triage, kept in their session, the last decision last."""

from typing import Any

from claims.desk.pages import DeskRequest
from claims.desk.queues import REMEMBERED

DONE = "triage_decisions"  # [the candidate to show again, what was decided on, its number or numbers]


def remember(request: DeskRequest, at: int | None, what: str, key: Any) -> None:
    """Keep that something can be taken back: a key of TAKE_BACK, and what it needs to do so."""
    request.session[DONE] = [*request.session.get(DONE, []), [at, what, key]][-REMEMBERED:]
