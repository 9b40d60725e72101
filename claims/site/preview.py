"""A draft as readers will see it, for people of the desk alone."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Slug, Verdict
from claims.services.claims import free_slug
from claims.site.views import claim_page


def preview(request: Any, pk: int) -> HttpResponse:
    """The page of claim `pk` as its draft would make it, for those from whom the draft is not hidden."""
    if not request.user.has_perm("claims.view_claim"):
        raise Http404
    claim = get_object_or_404(Claim.objects.for_page(), pk=pk)
    draft = _draft_of(claim, request)
    if draft is None or draft.rating is None:
        raise Http404(_("There is nothing to preview yet."))
    _as_published(claim, draft)
    context = {**claim_page(claim), "claim_review": None, "formats": []}
    return render(request, "claims/preview.html", context)


def _draft_of(claim: Claim, request: Any) -> Any:
    drafts = Verdict.objects.drafts().filter(claim=claim).visible_to(request.user).select_related("by", "rating__scale")
    return drafts.prefetch_related("citations__source", "rating__scale__ratings", "exceptions").first()


def _as_published(claim: Any, draft: Any) -> None:
    """Give the rows in memory what publication would give them; nothing is stored."""
    draft.claim_text, draft.published_at, draft.approvals = claim.text, timezone.now(), []
    draft.claimant_name = claim.claimant.public_name if claim.claimant else ""
    claim.published_verdicts = [*claim.published_verdicts, draft]
    if not claim.slug:
        slug = free_slug(claim.text, taken=Slug.objects.values_list("slug", flat=True), otherwise="claim")
        claim._prefetched_objects_cache["slugs"] = [Slug(claim=claim, slug=slug)]


def guarded(request: HttpRequest, pk: int) -> HttpResponse:
    """`preview` behind the desk's log-in."""
    return admin.site.admin_view(preview)(request, pk=pk)
