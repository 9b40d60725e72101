"""Telling people, and programs of others, what happens to claims: one call in each service, in its transaction.

Who is told what: docs/notices.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, Comment, Verdict
from claims.models.webhook import Event
from claims.services.telling import tell
from people.models import Notice, User
from people.models.notices import Kind
from people.notifying import notify, people_who_may, settle

STALE_DAYS = 14  # before "look again by"
DUE_DAYS = 2  # before a claim is due
LOOKED_BACK = 7  # days after either: what passed earlier was told then, or before this desk told anybody

EDITORS = "claims.publish_claim"


def assigned(claim: Claim, *, to: User, by: User) -> None:
    """A claim was given to somebody; each time anew."""
    _notify(claim, to, kind=Kind.ASSIGNED, event=f"assigned:{claim.pk}:{timezone.now().isoformat()}", by=by)


def mentioned(comment: Comment, people: Iterable[User]) -> None:
    """A comment calls these people by name."""
    address = reverse("admin:claims_claim_discussion", args=[comment.claim_id]) + f"#comment-{comment.pk}"
    said: dict[str, Any] = {"by": comment.by, "note": comment.text, "address": address}
    _notify(comment.claim, *people, kind=Kind.MENTIONED, event=f"mentioned:{comment.pk}", **said)


def review_asked(claim: Claim, *, by: User) -> None:
    """A draft waits for a second person: everyone who may review it."""
    draft = claim.verdicts.drafts().get()
    reviewers = people_who_may("claims.review_claim").exclude(pk__in=draft.writers.values("pk"))
    _notify(claim, *reviewers, kind=Kind.REVIEW_ASKED, event=_asked(draft), by=by)


def returned(draft: Verdict, *, by: User, note: str) -> None:
    """A reviewer wants changes: those who wrote it."""
    settle(_asked(draft))
    event = f"returned:{draft.pk}:{draft.saves}:{by.pk}"
    _notify(draft.claim, *_writers(draft), kind=Kind.RETURNED, event=event, by=by, note=note)


def approved(draft: Verdict, *, by: User) -> None:
    """A draft can be published: those who publish."""
    settle(_asked(draft))
    _notify(draft.claim, *people_who_may(EDITORS), kind=Kind.APPROVED, event=_approval(draft), by=by)


def published(claim: Claim, *, by: User | None) -> None:
    """Readers see a verdict: those who wrote and reviewed it, and the webhooks. A later version is a correction."""
    verdict = _shown(claim)
    settle(_approval(verdict))
    people = {*_writers(verdict), *User.objects.filter(review__verdict=verdict)}
    _notify(claim, *people, kind=Kind.PUBLISHED, event=f"published:{verdict.pk}", by=by)
    tell(Event.PUBLISHED if verdict.version == 1 else Event.CORRECTED, claim, verdict)


def retracted(claim: Claim, *, why: str) -> None:
    """Readers see a notice in place of the fact-check: the webhooks."""
    tell(Event.RETRACTED, claim, _shown(claim), why=why)


def not_published(claim: Claim, *, why: str) -> None:
    """The time to publish came, and the gate or somebody stood in the way: those who publish, and whose claim it is."""
    event = f"unpublished:{claim.pk}:{claim.publish_at:%Y-%m-%dT%H:%M}"
    _notify(claim, *_whose(claim), *people_who_may(EDITORS), kind=Kind.UNPUBLISHED, event=event, by=None, note=why)


def notice_days() -> None:
    """Tell people of days that come near or have passed. Safe to repeat: each is told once, and again when it passed.

    First only the person whose work it is; editors too once it has passed, or where it is nobody's.
    """
    today = timezone.localdate()
    days = [*_stale_days(today), *_due_days(today)]
    told = set(Notice.objects.filter(event__in=[day.event for day in days]).values_list("event", flat=True))
    editors = list(people_who_may(EDITORS)) if days else []
    for day in days:
        if day.event not in told:
            people = {*day.people, *editors} if day.has_passed or not day.people else day.people
            _notify(day.claim, *people, kind=day.kind, event=day.event, by=None, day=day.on)


@dataclass(frozen=True, slots=True)
class _Day:
    claim: Claim
    kind: Kind
    number: int
    on: date
    people: set[User]
    has_passed: bool

    @property
    def event(self) -> str:
        return f"{self.kind}:{self.number}:{self.on}:{'passed' if self.has_passed else 'soon'}"


def _stale_days(today: date) -> Iterator[_Day]:
    stale = Verdict.objects.going_stale(today + timedelta(days=STALE_DAYS)).select_related("claim", "by")
    since = today - timedelta(days=LOOKED_BACK)
    for verdict in stale.filter(look_again_by__gte=since).prefetch_related("writers"):
        if day := verdict.look_again_by:
            yield _Day(verdict.claim, Kind.STALE, verdict.pk, day, _writers(verdict), day < today)


def _due_days(today: date) -> Iterator[_Day]:
    due = Claim.objects.due_by(today + timedelta(days=DUE_DAYS)).select_related("assigned_to")
    for claim in due.filter(due_on__gte=today - timedelta(days=LOOKED_BACK)):
        if day := claim.due_on:
            yield _Day(claim, Kind.DUE, claim.pk, day, _whose(claim), day < today)


def _notify(claim: Claim, *people: User, address: str = "", **said: Any) -> None:
    address = address or reverse("admin:claims_claim_change", args=[claim.pk])
    notify(*people, about=claim.text, address=address, **said)


def _asked(draft: Verdict) -> str:
    return f"review_asked:{draft.pk}:{draft.saves}"


def _approval(draft: Verdict) -> str:
    return f"approved:{draft.pk}:{draft.saves}"


def _shown(claim: Claim) -> Verdict:
    """What readers see of the claim."""
    return Verdict.objects.current().select_related("rating", "by").get(claim=claim)


def _writers(verdict: Verdict) -> set[User]:
    """Who wrote on it, without those who are switched off."""
    return {person for person in (verdict.by, *verdict.writers.all()) if person.is_active}


def _whose(claim: Claim) -> set[User]:
    return {claim.assigned_to} if claim.assigned_to and claim.assigned_to.is_active else set()
