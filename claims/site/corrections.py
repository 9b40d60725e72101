"""What readers see of our mistakes: the log, its feed, and the versions of a fact-check."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim, Correction, CorrectionRequest, LegalRequest
from claims.services.versions import versions_of
from claims.site.feeds import ClaimFeed, html, sound
from claims.site.paging import addresses, page_of, with_query
from claims.site.responses import for_readers, public_url

CLASSES = [choice for choice in Correction.Kind.choices if choice[0] != Correction.Kind.TYPO]


@for_readers
def corrections(request: HttpRequest) -> HttpResponse:
    """The policy, and every correction and retraction, newest first; of one class where the address says so."""
    chosen = request.GET.get("class", "")
    if chosen and chosen not in dict(CLASSES):
        raise Http404(_("There is no such class of corrections."))
    rows = Correction.objects.for_readers()
    page = page_of(rows.filter(kind=chosen) if chosen else rows, request.GET.get("page", "1"))
    context = {
        "classes": CLASSES,
        "chosen": chosen,
        "corrections": page,
        "asked": _asked(),
        **addresses(page, lambda number: with_query(request.path, **{"class": chosen, "page": number})),
    }
    return render(request, "claims/pages/corrections.html", context)


def _asked() -> dict[str, int]:
    """How often readers and lawyers asked, and what came of it. Two queries."""
    changed = Q(closed_at__isnull=False, outcome__in=["corrected", "retracted"])
    readers = CorrectionRequest.objects.aggregate(
        readers=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False)), changed=Count("pk", filter=changed)
    )
    granted = Q(closed_at__isnull=False, decision__in=["taken_down", "changed"])
    return readers | LegalRequest.objects.aggregate(legal=Count("pk"), granted=Count("pk", filter=granted))


@for_readers
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a published fact-check with what it changed. A retracted one has its notice alone."""
    found = get_object_or_404(Claim.objects.published().at(slug).for_listing())
    if found.slug != slug:
        return HttpResponseRedirect(reverse("versions", args=[found.slug]))
    shown = versions_of(found, for_readers=True)
    context = {"claim": found, "versions": shown, "page_url": public_url(found.get_absolute_url())}
    return render(request, "claims/versions.html", context)


def told_of(claim: Claim) -> dict[str, Any]:
    """What the page of a claim loaded by `for_page` says of its corrections, without a query.

    corrections: newest first, but for typing errors, which show in the versions alone.
    """
    history = [(version, getattr(version, "correction", None)) for version in claim.published_verdicts]
    told = [one for _version, one in history[::-1] if one is not None and one.kind != Correction.Kind.TYPO]
    return {"history": history, "corrections": told}


class CorrectionFeed(ClaimFeed):
    """Corrections and retractions as Atom."""

    moment = "published_at"

    def title(self) -> str:
        return _("%(site)s: corrections") % {"site": settings.SITE_NAME}

    def subtitle(self) -> str:
        return _("What we got wrong, and what we did about it.")

    def link(self) -> str:
        return public_url(reverse("corrections"))

    def feed_url(self) -> str:
        return public_url(reverse("correction-feed"))

    def all_rows(self) -> "QuerySet[Correction]":  # type: ignore[override]  # a feed of something else
        return Correction.objects.for_readers()

    def items(self) -> list[Correction]:  # type: ignore[override]  # a feed of something else
        return self.page(self.all_rows())

    def item_title(self, item: Any) -> str:
        return sound(f"{item.get_kind_display()}: {wording(item)}")

    def item_description(self, item: Any) -> str:
        if item.kind != Correction.Kind.VERDICT_CHANGE:
            return html(item.note)
        labels = {"old": item.old_verdict.rating.label, "new": item.new_verdict.rating.label, "why": item.note}
        return html(_("From “%(old)s” to “%(new)s”: %(why)s") % labels)

    def item_link(self, item: Any) -> str:
        return public_url(reverse("claim", args=[item.slug]))

    def item_guid(self, item: Any) -> str:
        host = urlsplit(settings.PUBLIC_URL).hostname
        return f"tag:{host},{item.published_at:%Y-%m-%d}:correction-{item.pk}"

    def item_pubdate(self, item: Any) -> datetime:
        published_at: datetime = item.published_at
        return published_at

    item_updateddate = item_pubdate

    def item_author_name(self, _item: Any) -> str:
        return settings.SITE_NAME


def wording(correction: Correction) -> str:
    """The claim as readers saw it, unless the page was taken down."""
    if correction.taken_down:
        return _("a fact-check that was taken down")
    return (correction.new_verdict or correction.old_verdict).claim_text
