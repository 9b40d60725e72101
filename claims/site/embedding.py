"""A card of a fact-check for other people's pages, and oEmbed, by which their programs ask for it."""

from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import urlsplit
from xml.sax.xmlreader import AttributesImpl

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.clickjacking import xframe_options_exempt

from claims.models import Claim
from claims.site.citing import one_line
from claims.site.feeds import sound
from claims.site.keeping import kept, of_claim
from claims.site.responses import for_readers, public_url
from claims.site.share_image import share_image_url
from people.languages import without_language

WIDTH, HEIGHT = 600, 340
SMALLEST, LARGEST = 200, 10_000  # pixels
FOR_A_DAY = 24 * 60 * 60


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@kept(of_claim)
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The card, which any page may frame. Of a retracted fact-check it says so, for it stands on their pages still."""
    found = get_object_or_404(Claim.objects.with_page().at(slug).for_listing())
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("embed", args=[found.slug]))
    return render(
        request,
        "claims/embed.html",
        {
            "claim": found,
            "verdict": found.verdict,
            "retracted": found.status == Claim.Status.RETRACTED,
            "page_url": public_url(found.get_absolute_url()),
        },
    )


@for_readers
def oembed(request: HttpRequest) -> HttpResponse:
    """What to show for the address of a claim page (oembed.com): the card in a frame."""
    asked = _asked(request)
    if isinstance(asked, HttpResponse):
        return asked
    slug = _slug_in(asked.url)
    claim = get_object_or_404(Claim.objects.published().at(slug).for_listing())
    response = _as_xml(_told(claim, asked)) if asked.format == "xml" else JsonResponse(_told(claim, asked))
    response["Access-Control-Allow-Origin"] = "*"
    return response


@dataclass(frozen=True, slots=True)
class Asked:
    url: str
    format: str
    width: int
    height: int


def _asked(request: HttpRequest) -> Asked | HttpResponse:
    """What the address asks for; an answer in its place where nobody can make sense of it."""
    sizes = [request.GET.get(name, "") or str(LARGEST) for name in ("maxwidth", "maxheight")]
    if not all(size.isascii() and size.isdigit() and len(size) < 10 and int(size) for size in sizes):
        return _plain(_("maxwidth and maxheight are whole numbers of pixels."), status=400)
    answer = request.GET.get("format", "") or "json"
    if answer not in {"json", "xml"}:  # the specification names this status
        return _plain(_("The format is json or xml."), status=501)
    url = request.GET.get("url", "")
    if not url:
        return _plain(_("The address of a fact-check is missing: ?url="), status=400)
    width, height = (min(int(size), usual) for size, usual in zip(sizes, (WIDTH, HEIGHT), strict=True))
    return Asked(url=url, format=answer, width=width, height=height)


def _plain(said: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=status)


def _slug_in(url: str) -> str:
    """Of a claim page of ours. Raises Http404 for any other address."""
    try:
        parts = urlsplit(url)
        path = without_language(parts.path)
        found = resolve(path if path.endswith("/") else f"{path}/")
    except (ValueError, Resolver404) as error:
        raise Http404(_("There is no fact-check at this address.")) from error
    if parts.netloc != urlsplit(settings.PUBLIC_URL).netloc or found.view_name not in {"claim", "embed"}:
        raise Http404(_("There is no fact-check at this address."))
    return str(found.kwargs["slug"])


def _told(claim: Claim, asked: Asked) -> dict[str, Any]:
    verdict = claim.verdict
    title = f"{verdict.rating.label}: {verdict.claim_text}"
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": verdict.by.byline,
        "provider_name": settings.SITE_NAME,
        "provider_url": public_url("/"),
        "cache_age": FOR_A_DAY,
        "html": frame(claim, width=asked.width, height=asked.height),
        "width": asked.width,
        "height": asked.height,
    }
    if asked.width >= WIDTH and asked.height >= HEIGHT:  # a thumbnail obeys the same limits, and ours has one size
        told |= {"thumbnail_url": share_image_url(claim), "thumbnail_width": 1200, "thumbnail_height": 630}
    return told


def frame(claim: Claim, *, width: int = WIDTH, height: int = HEIGHT) -> str:
    """What people paste into their pages, as text. The frame may run nothing, and opens links in another window."""
    title = escape(one_line(f"{claim.verdict.rating.label}: {claim.verdict.claim_text}"))
    return (
        f'<iframe src="{escape(public_url(reverse("embed", args=[claim.slug])))}" width="{width}" height="{height}" '
        f'title="{title}" loading="lazy" frameborder="0" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" style="max-width:100%"></iframe>'
    )


def _as_xml(told: dict[str, Any]) -> HttpResponse:
    written = StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", AttributesImpl({}))
    for name, value in told.items():
        xml.addQuickElement(name, sound(str(value)))
    xml.endElement("oembed")
    xml.endDocument()
    return HttpResponse(written.getvalue(), content_type="text/xml; charset=utf-8")
