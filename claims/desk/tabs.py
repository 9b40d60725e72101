"""The pages of a claim file, and the strip of tabs that leads from one to the other."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.desk.pages import DeskRequest, show
from claims.desk.pairs import counted_with
from claims.models import Claim
from claims.services.blindness import hide_unseen
from people.models import User


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the claim file. name: of its address, which takes the claim's number. counted: what `for_file` says of
    how much is on it.
    """

    name: str
    label: str | Promise
    permission: str = "claims.view_claim"
    counted: str = ""


PAGES = [
    Page("claims_claim_change", _("Claim and verdict")),
    Page("claims_claim_parts", _("Parts")),
    Page("claims_claim_review", _("Review")),
    Page("claims_claim_publication", _("Publication"), "claims.publish_claim"),
    Page("claims_claim_versions", _("Versions")),
    Page("claims_claim_discussion", _("Discussion"), "claims.view_comment", "comment_count"),
    Page("claims_claim_record", _("History"), "people.view_recordentry"),
]


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    url: str
    current: bool
    count: int = 0


def tabs_of(claim: Claim, *, to: User, current: str) -> list[Tab]:
    """The tabs this person sees, of a claim from `for_file`."""
    return [
        Tab(
            page.label,
            reverse(f"admin:{page.name}", args=[claim.pk]),
            page.name == current,
            getattr(claim, page.counted) if page.counted else 0,
        )
        for page in PAGES
        if to.has_perm(page.permission)
    ]


def claim_of(pk: int, *, to: User | None = None) -> Claim:
    """The claim as the head of its file shows it, with the versions of its verdict that this person may see. The draft
    that they may not is `hidden`.

    None sees what readers do. Raises Http404.
    """
    claim = get_object_or_404(Claim.objects.for_file(), pk=pk)
    hide_unseen(claim, to=to)
    return claim


def show_tab(request: DeskRequest, template: str, claim: Claim, *, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with one page of the claim's file. template: extends admin/file_tab.html. claim: from `claim_of`."""
    head = {"title": claim.text, "claim": claim, "counted": counted_with(claim)}
    return show(request, template, {**head, "tabs": tabs_of(claim, to=request.user, current=name), **context})
