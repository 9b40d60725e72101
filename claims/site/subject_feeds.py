"""Feeds of what their pages list: the newest fact-checks of one claimant, on one topic, in one publisher's articles."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.site.feeds import ClaimFeed, sound
from claims.site.paging import claims_of
from claims.site.responses import public_url
from claims.site.subjects import Subject, of_claimant, of_publisher, of_topic


class SubjectFeed(ClaimFeed):
    """A feed with an address for each subject."""

    # Django asks for the title and the rest with the subject, which the feed of all fact-checks has none of.
    def title(self, subject: Subject) -> str:  # type: ignore[override]  # with the subject
        return sound(_("%(site)s: %(subject)s") % {"site": settings.SITE_NAME, "subject": subject.row})

    def link(self, subject: Subject) -> str:  # type: ignore[override]  # with the subject
        return public_url(subject.address)

    def feed_url(self, subject: Subject) -> str:  # type: ignore[override]  # with the subject
        return public_url(subject.feed)

    feed_guid = feed_url  # type: ignore[assignment]  # takes the subject, as the others

    def items(self, subject: Subject) -> list[Claim]:  # type: ignore[override]  # with the subject
        return claims_of(self.page(subject.entries.newest_first().defer("words")))


class ClaimantFeed(SubjectFeed):
    def get_object(self, _request: HttpRequest, *_args: Any, slug: str) -> Subject:
        return of_claimant(slug)


class TopicFeed(SubjectFeed):
    def get_object(self, _request: HttpRequest, *_args: Any, slug: str) -> Subject:
        return of_topic(slug)


class PublisherFeed(SubjectFeed):
    def get_object(self, _request: HttpRequest, *_args: Any, domain: str) -> Subject:
        return of_publisher(domain)
