"""Pages of all we checked of one claimant, on one topic, in one publisher's articles: the numbers, then the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Publisher
from claims.models import Appearance, Claim, Claimant, SearchEntry, Topic
from claims.models.search import SearchEntryQuerySet
from claims.site.paging import listing
from claims.site.reading import web_address
from claims.site.responses import for_readers, public_url
from claims.site.track_record import track_record


@dataclass(frozen=True, slots=True)
class Subject:
    """What fact-checks have in common. row: the claimant, topic or publisher. address, feed: of its page and its feed.

    entries: those in the readers' index. considered: counts, when called, the claims that people decided on.
    """

    row: Any
    address: str
    feed: str
    entries: SearchEntryQuerySet
    considered: Callable[[], int]


def of_claimant(slug: str) -> Subject:
    """Raises Http404 for one whom readers may not look up, or of whom nothing is published. So do the next two."""
    person = get_object_or_404(Claimant.objects.with_page().prefetch_related("roles"), slug=slug)
    return Subject(
        person,
        reverse("claimant", args=[slug]),
        reverse("claimant-feed", args=[slug]),
        SearchEntry.objects.filter(claim__claimant=person),
        Claim.objects.considered().filter(claimant=person).count,
    )


def of_topic(slug: str) -> Subject:
    row = get_object_or_404(Topic, slug=slug)
    return _with_page(
        Subject(
            row,
            reverse("topic", args=[slug]),
            reverse("topic-feed", args=[slug]),
            SearchEntry.objects.filter(claim__topics=row),
            Claim.objects.considered().filter(topics=row).count,
        )
    )


def of_publisher(domain: str) -> Subject:
    row = get_object_or_404(Publisher, domain=domain)
    entries = SearchEntry.objects.filter(publishers__contains=[row.pk])
    return _with_page(
        Subject(
            row,
            reverse("publisher", args=[domain]),
            reverse("publisher-feed", args=[domain]),
            entries,
            Appearance.objects.filter(revision__article__publisher=row).number_considered,
        )
    )


def _with_page(subject: Subject) -> Subject:
    if not subject.entries.exists():
        raise Http404(_("Nothing is published here yet."))
    return subject


@for_readers
def claimant(request: HttpRequest, slug: str) -> HttpResponse:
    """What one claimant said and we checked."""
    subject = of_claimant(slug)
    same_as = [address for address in subject.row.same_as if web_address(address)]
    return _page(request, subject, "claims/claimant.html", same_as=same_as, hide_claimant=True)


@for_readers
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What we checked on one topic."""
    return _page(request, of_topic(slug), "claims/topic.html")


@for_readers
def publisher(request: HttpRequest, domain: str) -> HttpResponse:
    """What was claimed in one publisher's articles and we checked."""
    return _page(request, of_publisher(domain), "claims/publisher.html")


def _page(request: HttpRequest, subject: Subject, template: str, **more: Any) -> HttpResponse:
    context = {
        "subject": subject.row,
        "feed": public_url(subject.feed),
        "record": track_record(subject.entries, considered=subject.considered()),
        **listing(request, subject.entries),
        **more,
    }
    return render(request, template, context)
