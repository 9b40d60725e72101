"""The pages readers see."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.claimreview import PublishedClaim, as_json, claim_review
from claims.models import (
    Appearance,
    Claim,
    Correction,
    LegalRequest,
    MethodologyVersion,
    Rating,
    RatingScale,
    SearchEntry,
)
from claims.models.prepared import ANY_NUMBER, Prepared
from claims.services.gate import told_to_readers
from claims.site import reading
from claims.site.asked import asked_about
from claims.site.citing import formats, mail_address
from claims.site.corrections import told_of
from claims.site.embedding import frame
from claims.site.keeping import kept, of_claim, of_lists
from claims.site.paging import listing
from claims.site.parts import parts_and_whole, verdicts_on
from claims.site.related import related_claims, related_matches
from claims.site.repetitions import repetitions, since_verdict
from claims.site.responses import for_readers, public_url
from claims.site.share_image import share_image_url


@kept(of_lists)
def home(request: HttpRequest) -> HttpResponse:
    """Published fact-checks, newest first, of one rating where the address says so."""
    ratings = list(Rating.objects.usable())
    code = request.GET.get("rating", "")
    chosen = next((rating for rating in ratings if rating.code == code), None)
    if code and chosen is None:
        raise Http404(_("There is no such rating."))
    entries = SearchEntry.objects.narrowed(rating=code or None)
    context = {"ratings": ratings, "chosen": chosen, **listing(request, entries, rating=code)}
    return render(request, "claims/home.html", context)


@kept(of_claim)
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim: what was said, what we found, on what evidence."""
    found = reading.claim_or_404(slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    if found.status == Claim.Status.RETRACTED:
        return _retracted(request, found)
    return render(request, "claims/claim.html", claim_page(found))


def claim_page(found: Claim) -> dict[str, Any]:
    """What the page of a claim that `for_page` loaded shows."""
    published = _published(found)
    repeated, matches = repetitions(published), related_matches(found)
    verdicts = verdicts_on([*matches, *found.part_keys, found.part_of_id])
    own = {found.part_of_id, *found.part_keys}
    related = {pk: match for pk, match in matches.items() if pk not in own}
    return {
        "repetitions": repeated,
        "since_verdict": since_verdict(repeated),
        "related": related_claims(found, related, verdicts),
        "asked": asked_about(found),
        **parts_and_whole(found, verdicts),
        "claim": found,
        "verdict": found.verdict,
        "published": published,
        "claim_review": claim_review(published),
        "formats": formats(published, by=found.verdict.by.byline, frame=frame(found)),
        "mail_address": mail_address(published),
        "share_image": share_image_url(found),
        "evidence_groups": reading.by_stance(published.evidence),
        "notes": {item.n: f"#source-{item.n}" for item in published.evidence},
        "axis": reading.axis(found.verdict.rating),
        **told_of(found),
        "exceptions": [(told_to_readers(one.rule), one.reason) for one in found.verdict.exceptions.all()],
    }


_places = Prepared(
    lambda claim: Appearance.objects.counted_with(Claim(pk=claim)).in_context(margin=0), stands_for=ANY_NUMBER
)


def _published(found: Claim) -> PublishedClaim:
    return reading.published_claim(found, _places(found.pk))


def _retracted(request: HttpRequest, found: Claim) -> HttpResponse:
    retraction = Correction.objects.retractions().select_related("look").filter(claim=found).first()
    taken_down = LegalRequest.objects.filter(correction=retraction).exists()
    context = {"claim": found, "verdict": found.verdict, "retraction": retraction, "taken_down": taken_down}
    return render(request, "claims/retracted.html", context)


@kept(of_claim)
def claim_review_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """The ClaimReview of a published claim, byte for byte what its page carries."""
    found = reading.claim_or_404(slug)
    if found.status != Claim.Status.PUBLISHED:
        raise Http404(_("A retracted fact-check has no record."))
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("claim-review", args=[found.slug]))
    record = claim_review(_published(found))
    return HttpResponse(as_json(record), content_type="application/json")


@for_readers
def ratings(request: HttpRequest) -> HttpResponse:
    """What each rating means, on the scales in force and on those before them."""
    scales = list(RatingScale.objects.select_related("replaced_by").prefetch_related("ratings"))
    context = {
        "scales": [scale for scale in scales if scale.retired_on is None],
        "older": [scale for scale in scales if scale.retired_on is not None],
        "page_url": public_url(request.path),
    }
    return render(request, "claims/pages/ratings.html", context)


@for_readers
def methodology(request: HttpRequest) -> HttpResponse:
    """How the desk checks: the methodology in force, or the version that the address asks for."""
    stated = list(MethodologyVersion.objects.filter(valid_from__lte=timezone.localdate()))
    asked = request.GET.get("version", "")
    shown = next((one for one in stated if asked in {"", str(one.n)}), None)
    if shown is None and (asked or stated):
        raise Http404(_("There is no such version."))
    address = f"{request.path}?version={asked}" if asked else request.path
    context = {"shown": shown, "stated": stated, "current": not asked, "page_url": public_url(address)}
    return render(request, "claims/pages/methodology.html", context)
