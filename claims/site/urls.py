"""Addresses of the pages for readers; contract.md says which must stay."""

from django.urls import URLPattern, path, re_path

from claims.models import StandingPage
from claims.site import (
    article,
    asking,
    corrections,
    embedding,
    preview,
    sitemaps,
    standing,
    statistics,
    subjects,
    views,
    well_known,
)
from claims.site.data_feed import data_feed
from claims.site.feeds import ClaimFeed
from claims.site.keeping import kept, of_lists
from claims.site.paged_feeds import paged
from claims.site.responses import for_readers
from claims.site.search import search
from claims.site.share_image import share_image
from claims.site.subject_feeds import ClaimantFeed, PublisherFeed, TopicFeed

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("claims/<slug:slug>/", views.claim, name="claim"),
    path("claims/<slug:slug>.json", views.claim_review_json, name="claim-review"),
    path("claims/<slug:slug>/card-<int:version>.png", share_image, name="share-image"),
    path("claims/<slug:slug>/versions/", corrections.versions, name="versions"),
    path("articles/<int:pk>/", article.article, name="article"),
    path("claimants/<slug:slug>/", subjects.claimant, name="claimant"),
    path("topics/<slug:slug>/", subjects.topic, name="topic"),
    path("publishers/<str:domain>/", subjects.publisher, name="publisher"),
    path("search/", search, name="search"),
    path("ratings/", views.ratings, name="ratings"),
    path("methodology/", views.methodology, name="methodology"),
    path("preview/<int:pk>/", preview.guarded, name="preview"),
    path("statistics/", statistics.statistics, name="statistics"),
    *[path(f"{name}/", standing.standing_page, {"name": name}, name=name) for name in StandingPage.Name.values],
    path("feeds/claims.atom", kept(of_lists)(paged(ClaimFeed)), name="claim-feed"),
    path("feeds/claimants/<slug:slug>.atom", for_readers(paged(ClaimantFeed)), name="claimant-feed"),
    path("feeds/topics/<slug:slug>.atom", for_readers(paged(TopicFeed)), name="topic-feed"),
    path("feeds/publishers/<str:domain>.atom", for_readers(paged(PublisherFeed)), name="publisher-feed"),
    path("feeds/corrections.atom", kept(of_lists)(paged(corrections.CorrectionFeed)), name="correction-feed"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("report/<slug:slug>/", asking.report, name="report"),
    path("report/<slug:slug>/<slug:code>/", asking.report_status, name="report-status"),
    path("submit/", asking.submit, name="submit"),
    path("submit/<slug:code>/", asking.submission, name="submission"),
    path("embed/<slug:slug>/", embedding.embed, name="embed"),
    path("oembed", embedding.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<name>[a-z]+)-(?P<page>\d{1,6}).xml$", sitemaps.part, name="sitemap-part"),
    path("data/claimreview.json", data_feed, name="data-feed"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
]
