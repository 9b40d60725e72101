"""The picture that others show beside a link to a fact-check."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from claims.models import Claim, Verdict
from claims.site.responses import public_url

# The light palette of tokens.css.
PAPER, RULE, INK, SOFT = "#fcfbf8", "#dcd8ce", "#1d1c1a", "#4f4c46"
LINE, BOB = 104, 96  # how far the line is from its side, and how wide the bob
COLOURS = {
    "true": "#17673a",
    "mostly": "#4a6610",
    "mixed": "#7a5800",
    "doubt": "#98430f",
    "false": "#a1232c",
    "off": "#4b5463",
}


def share_image_url(claim: Claim) -> str:
    """The address has the version of the verdict, for whoever shows the picture keeps it."""
    return public_url(reverse("share-image", args=[claim.slug, claim.verdict.version]))


@require_safe
@conditional_page
@cache_control(public=True, max_age=24 * 60 * 60, stale_while_revalidate=7 * 24 * 60 * 60)
def share_image(_request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The card of a published claim as PNG. Another version than the current one leads to that."""
    claims = Claim.objects.published().at(slug)
    verdict: Any = get_object_or_404(Verdict.objects.for_mention(), claim__in=claims)
    if (verdict.slug, verdict.version) != (slug, version):
        return HttpResponseRedirect(reverse("share-image", args=[verdict.slug, verdict.version]))
    return HttpResponse(_drawn(verdict), content_type="image/png")


def _drawn(verdict: Any) -> bytes:
    """Drawn once for what it shows, whichever claim that is of."""
    told = (verdict.claim_text, verdict.rating.label, verdict.rating.shape, verdict.rating.colour, settings.SITE_NAME)
    key = f"card:{hashlib.blake2b(repr(told).encode(), digest_size=20).hexdigest()}"
    drawn: bytes | None = caches["pages"].get(key)
    if drawn is None:
        drawn = card_of(*told)
        caches["pages"].set(key, drawn)
    return drawn


def card_of(claim: str, label: str, shape: str, colour: str, site: str) -> bytes:
    """The PNG of a card."""
    from claims.cards.drawing import WIDTH, Card, draw, is_from_right_to_left  # 20 MB: only where one is drawn

    line = WIDTH - LINE if is_from_right_to_left(claim) else LINE
    ink = COLOURS.get(colour, INK)
    ground = render_to_string(
        "claims/card.svg",
        {"paper": PAPER, "rule": RULE, "colour": ink, "shape": shape, "line": line, "bob": line - BOB // 2},
    )
    return draw(Card(claim=claim, rating=label, site=site, ground=ground.strip(), ink=INK, soft=SOFT, colour=ink))
