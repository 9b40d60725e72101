"""The front page of the desk: what waits for this person, what is late, what came in, and what the desk puts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from claims.desk.counts import Counted
from claims.desk.pages import DeskRequest, show
from claims.models import Claim, Correction, Outreach, Verdict
from claims.models.claim import ClaimQuerySet
from claims.services.conflicts import kept_out
from claims.services.output import output_charts
from claims.services.scheduling import held_claims, why_held
from people.lists import in_menu
from people.models import User

AT_MOST = 8
STALE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Pile:
    """Claims that wait for one kind of step. url: all of them."""

    title: str
    empty: str
    url: str
    claims: Sequence[Claim] | ClaimQuerySet


@dataclass(frozen=True, slots=True)
class Late:
    """Something that should have happened by `day`. Exactly what, is said in `what`."""

    claim: Claim
    day: date
    what: str


def front_page(request: DeskRequest, extra: dict[str, Any]) -> TemplateResponse:
    """Show what waits for the person by role and what the desk has before it, in a constant number of queries."""
    now, sees_claims = timezone.now(), request.user.has_perm("claims.view_claim")
    latest, failed = _articles(request.user)
    context = {
        "title": _("What waits for you"),
        "piles": _piles(request),
        "late": _late(timezone.localdate(now)) if sees_claims else [],
        "stale": _stale(timezone.localdate(now)) if sees_claims else [],
        "came_in": _came_in(request.user, now) if latest else None,
        "charts": output_charts(now) if sees_claims else [],
        "articles": latest,
        "failed": failed,
        "is_empty": not latest and not Claim.objects.exists(),
        **extra,
    }
    return show(request, "admin/index.html", context)


def _articles(user: User) -> tuple[list[Article], list[Article]]:
    """The latest ones, and the latest that could not be read. By number: that is the order they came in."""
    if not user.has_perm("articles.view_article"):
        return [], []
    articles = Article.objects.for_listing().order_by("-pk")
    return list(articles[:AT_MOST]), list(articles.filter(status=Article.Status.FAILED)[:AT_MOST])


def _came_in(user: User, now: datetime) -> dict[str, str]:
    """How much came in since yesterday began. Uses claim_came_in."""
    yesterday = _start_of(timezone.localdate(now) - timedelta(days=1))
    articles = Counted(Article.objects.filter(submitted_at__gte=yesterday))
    claims = Counted(Claim.objects.filter(created_at__gte=yesterday))
    articles_in, claims_in = User.objects.filter(pk=user.pk).values_list(articles, claims)[0]
    return {"articles": in_menu(articles_in), "claims": in_menu(claims_in)}


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _late(today: date) -> list[Late]:
    """What is due or past its day, the longest first: claims, questions without an answer, and second looks."""
    due = Claim.objects.for_desk().due_by(today).order_by("due_on", "pk")[:AT_MOST]
    asked = Outreach.objects.overdue(today).select_related("claim__claimant", "claim__assigned_to")[:AT_MOST]
    late = [Late(claim, claim.due_on, _("due")) for claim in due if claim.due_on]
    late += [
        Late(one.claim, one.deadline, _("answer of %(whom)s") % {"whom": one.whom}) for one in asked if one.deadline
    ]
    looks = Correction.objects.look_due_by(_start_of(today + timedelta(days=1)))[:AT_MOST]
    late += [Late(one.claim, timezone.localdate(one.look_due_at), _("second look")) for one in looks]
    return sorted(late, key=lambda one: one.day)[:AT_MOST]


def _stale(today: date) -> list[Verdict]:
    stale = Verdict.objects.going_stale(today + timedelta(days=STALE_DAYS)).select_related("claim", "by", "rating")
    return list(stale.order_by("look_again_by", "pk")[:AT_MOST])


def _piles(request: DeskRequest) -> list[Pile]:
    user, listed = request.user, reverse("admin:claims_claim_changelist")
    own_drafts = Verdict.objects.drafts().filter(Q(by=user) | Q(writers=user), claim=OuterRef("pk"))
    claims = Claim.objects.for_desk()
    piles = [
        (
            "claims.review_claim",
            Pile(
                _("To review"),
                _("Nothing waits for a second pair of eyes."),
                f"{listed}?status=in_review",
                claims.filter(~Exists(own_drafts), status=Claim.Status.IN_REVIEW).exclude(kept_out(user)),
            ),
        ),
        (
            "claims.publish_claim",
            Pile(
                _("Held up"),
                _("Nothing that was scheduled is late."),
                reverse("admin:approved"),
                _held() if user.has_perm("claims.publish_claim") else [],
            ),
        ),
        (
            "claims.publish_claim",
            Pile(
                _("To publish"),
                _("Nothing is approved and waiting."),
                reverse("admin:approved"),
                claims.filter(status=Claim.Status.APPROVED),
            ),
        ),
        (
            "claims.check_claim",
            Pile(
                _("You are checking"),
                _("You have no claim in progress."),
                f"{listed}?who=me",
                claims.filter(status=Claim.Status.IN_PROGRESS, assigned_to=user),
            ),
        ),
        (
            "claims.check_claim",
            Pile(
                _("Ready to be checked"),
                _("Nothing is shortlisted. Triage finds what to check next."),
                f"{listed}?status=shortlisted",
                claims.filter(status=Claim.Status.SHORTLISTED),
            ),
        ),
    ]
    return [
        Pile(pile.title, pile.empty, pile.url, list(pile.claims[:AT_MOST]))
        for permission, pile in piles
        if user.has_perm(permission)
    ]


def _held() -> list[Claim]:
    """Claims that were due and did not go out, each with the reasons as `held`."""
    claims: list[Any] = list(held_claims(timezone.now())[:AT_MOST])
    for claim in claims:
        claim.held = why_held(claim)
    return claims
