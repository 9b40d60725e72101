"""Telling people, and programs of others, what happens to claims: one call in each service, in its transaction.

Who is told what: docs/notices.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, Comment, Correction, CorrectionRequest, LegalRequest, Verdict
from claims.models.webhook import Event
from claims.services.blindness import hides_findings
from claims.services.conflicts import interested_in
from claims.services.telling import tell
from people.models import Notice, RecordEntry, User
from people.models.notices import Kind
from people.notifying import notify, people_who_may, settle

STALE_DAYS = 14  # before "look again by"
DUE_DAYS = 2  # before a claim is due
LOOKED_BACK = 7  # days after either: what passed earlier was told then, or before this desk told anybody

EDITORS = "claims.publish_claim"
REVIEWERS = "claims.review_claim"
Asked = Correction | CorrectionRequest | LegalRequest  # of a second person


def assigned(claim: Claim, *, to: User, by: User) -> None:
    """A claim was given to somebody; each time anew."""
    _notify(claim, to, kind=Kind.ASSIGNED, event=_anew(f"assigned:{claim.pk}"), by=by)


def mentioned(comment: Comment, people: Iterable[User]) -> None:
    """A comment calls these people by name. Those who rate the claim before they read it are not told what it says."""
    address = reverse("admin:claims_claim_discussion", args=[comment.claim_id]) + f"#comment-{comment.pk}"
    said: dict[str, Any] = {"by": comment.by, "address": address}
    for person in people:
        note = "" if hides_findings(comment.claim, to=person) else comment.text
        _notify(comment.claim, person, kind=Kind.MENTIONED, event=f"mentioned:{comment.pk}", note=note, **said)


def review_asked(draft: Verdict, *, by: User) -> None:
    """A draft waits for a second person: everyone who may review it, each time anew."""
    _ask(_reviewers(draft), draft, by=by)


def third_asked(draft: Verdict, *, by: User) -> None:
    """A reviewer leaves the decision to somebody else: everyone who may review it and has not rated it."""
    settle(_asked(draft))
    rated = draft.reviews.filter(rated_at__isnull=False).values("reviewer")
    _ask(_reviewers(draft).exclude(pk__in=rated), draft, by=by)


def third_rated(draft: Verdict) -> None:
    """Somebody else has taken it on."""
    settle(_asked(draft))


def taken_back(draft: Verdict, *, by: User, asks: bool) -> None:
    """A draft went a step back: nobody waits for what they were asked. asks: it waits for a review again."""
    settle(_asked(draft))
    settle(_approval(draft))
    if asks:
        review_asked(draft, by=by)


def returned(draft: Verdict, *, by: User, note: str) -> None:
    """A reviewer wants changes: those who wrote it."""
    settle(_asked(draft))
    event = f"returned:{draft.pk}:{draft.saves}:{by.pk}"
    _notify(draft.claim, *_writers(draft), kind=Kind.RETURNED, event=event, by=by, note=note)


def approved(draft: Verdict, *, by: User) -> None:
    """A draft can be published: those who publish."""
    settle(_asked(draft))
    _notify(draft.claim, *_who_may(EDITORS, draft.claim), kind=Kind.APPROVED, event=_anew(_approval(draft)), by=by)


def published(claim: Claim, *, by: User | None) -> None:
    """Readers see a verdict: those who wrote and reviewed it, and the webhooks. A later version is a correction."""
    verdict = _shown(claim)
    settle(_approval(verdict))
    first = verdict.version == 1
    kind = Kind.PUBLISHED if first else Kind.CORRECTED
    _notify(claim, *_worked_on(claim), kind=kind, event=f"published:{verdict.pk}", by=by)
    tell(Event.PUBLISHED if first else Event.CORRECTED, claim, verdict)


def retracted(claim: Claim, *, why: str, by: User) -> None:
    """Readers see a notice in place of the fact-check: those who wrote and reviewed it, and the webhooks."""
    _notify(claim, *_worked_on(claim), kind=Kind.RETRACTED, event=f"retracted:{claim.pk}", by=by, note=why)
    tell(Event.RETRACTED, claim, _shown(claim), why=why)


def error_told(request: CorrectionRequest) -> None:
    """A reader says that a fact-check is wrong: those who wrote and reviewed it, and those who publish.

    The reader's words are not in the notice: they are forgotten one day, and a notice is not.
    """
    people = {*_worked_on(request.claim), *people_who_may(EDITORS)}
    address = reverse("admin:request", args=[request.pk])
    _notify(request.claim, *people, kind=Kind.ERROR_TOLD, event=f"error_told:{request.pk}", by=None, address=address)


def outcome_proposed(request: CorrectionRequest, *, by: User) -> None:
    """A first look at a reader's request is done: everyone who may review it."""
    settle(f"error_told:{request.pk}")
    address = reverse("admin:request", args=[request.pk])
    _ask_second(request.claim, request, REVIEWERS, by=by, address=address)


def retraction_asked(correction: Correction, *, by: User) -> None:
    """Somebody asks to retract: those who publish."""
    _ask_second(correction.claim, correction, EDITORS, by=by, note=correction.note)


def retracted_at_once(correction: Correction, *, by: User) -> None:
    """One person retracted in an emergency: everyone who may review it."""
    _ask_second(correction.claim, correction, REVIEWERS, by=by, note=correction.note)


def takedown_asked(request: LegalRequest, claim: Claim, *, by: User) -> None:
    """One person decided to take a page down: the others who publish."""
    _ask_second(claim, request, EDITORS, by=by, address=reverse("admin:legal_request", args=[request.pk]))


def answered(asked: Asked) -> None:
    """A second person has looked, or none is needed any more. Call it before the row is changed."""
    settle(_look(asked))


def _ask_second(claim: Claim, asked: Asked, permission: str, **said: Any) -> None:
    _notify(claim, *people_who_may(permission), kind=Kind.LOOK_ASKED, event=_look(asked), **said)


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


def _reviewers(draft: Verdict) -> QuerySet[User]:
    return _who_may("claims.review_claim", draft.claim).exclude(pk__in=draft.writers.values("pk"))


def _ask(reviewers: QuerySet[User], draft: Verdict, *, by: User) -> None:
    _notify(draft.claim, *reviewers, kind=Kind.REVIEW_ASKED, event=_anew(_asked(draft)), by=by)


def _asked(draft: Verdict) -> str:
    return f"review_asked:{draft.pk}"


def _approval(draft: Verdict) -> str:
    return f"approved:{draft.pk}"


def _anew(event: str) -> str:
    """One of several events that `settle` takes together: what was asked, taken back and is asked again."""
    return f"{event}:{timezone.now().isoformat()}"


def _who_may(permission: str, claim: Claim) -> QuerySet[User]:
    """Everyone whose roles include `permission`, without those who leave this claim to others."""
    return people_who_may(permission).exclude(pk__in=interested_in(claim).values("pk"))


def _look(asked: Asked) -> str:
    """With how often the row was written: who is asked again is told again."""
    return f"look_asked:{asked._meta.model_name}:{asked.pk}:{RecordEntry.objects.about(asked).count()}"


def _shown(claim: Claim) -> Verdict:
    """What readers see of the claim."""
    return Verdict.objects.current().select_related("rating", "by").get(claim=claim)


def _writers(verdict: Verdict) -> set[User]:
    """Who wrote on it, without those who are switched off."""
    return {person for person in (verdict.by, *verdict.writers.all()) if person.is_active}


def _worked_on(claim: Claim) -> set[User]:
    """Who wrote on or reviewed any published version."""
    out = claim.verdicts.filter(published_at__isnull=False)
    wrote = Q(pk__in=out.values("by")) | Q(pk__in=out.values("writers")) | Q(review__verdict__in=out)
    return set(User.objects.filter(wrote, is_active=True))


def _whose(claim: Claim) -> set[User]:
    return {claim.assigned_to} if claim.assigned_to and claim.assigned_to.is_active else set()
