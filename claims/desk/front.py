"""The front page of the desk: what waits for this person, and what came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from claims.desk.pages import DeskRequest, show
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.services.conflicts import kept_out
from claims.services.scheduling import held_claims, why_held

AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Pile:
    """Claims that wait for one kind of step. url: all of them."""

    title: str
    empty: str
    url: str
    claims: Sequence[Claim] | ClaimQuerySet


def front_page(request: DeskRequest, extra: dict[str, Any]) -> TemplateResponse:
    """Show what waits for the person by role, the sizes of the queues, the latest articles, those that failed."""
    articles = Article.objects.for_listing()
    latest = list(articles[:AT_MOST]) if request.user.has_perm("articles.view_article") else []
    context = {
        "title": _("What waits for you"),
        "piles": _piles(request),
        "articles": latest,
        "failed": list(articles.filter(status=Article.Status.FAILED)[:AT_MOST]) if latest else [],
        "is_empty": not latest and not Claim.objects.exists(),
        **extra,
    }
    return show(request, "admin/index.html", context)


def _piles(request: DeskRequest) -> list[Pile]:
    user, listed = request.user, reverse("admin:claims_claim_changelist")
    claims = Claim.objects.for_desk()
    piles = [
        (
            "claims.review_claim",
            Pile(
                _("To review"),
                _("Nothing waits for a second pair of eyes."),
                f"{listed}?status=in_review",
                claims.filter(status=Claim.Status.IN_REVIEW)
                .exclude(verdicts__by=user, verdicts__published_at=None)
                .exclude(kept_out(user)),
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
