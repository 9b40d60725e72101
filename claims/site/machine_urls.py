"""Addresses that programs ask for, and the desk's preview; contract.md says which must stay."""

from django.urls import URLPattern, path, re_path

from claims.site import corrections, embedding, preview, sitemaps, views, well_known
from claims.site.data_feed import data_feed
from claims.site.feeds import ClaimFeed
from claims.site.keeping import kept, of_lists
from claims.site.paged_feeds import paged
from claims.site.responses import for_readers
from claims.site.share_image import share_image
from claims.site.subject_feeds import ClaimantFeed, PublisherFeed, TopicFeed

urlpatterns: list[URLPattern] = [
    path("claims/<slug:slug>.json", views.claim_review_json, name="claim-review"),
    path("claims/<slug:slug>/card-<int:version>.png", share_image, name="share-image"),
    path("preview/<int:pk>/", preview.guarded, name="preview"),
    path("feeds/claims.atom", kept(of_lists)(paged(ClaimFeed)), name="claim-feed"),
    path("feeds/claimants/<slug:slug>.atom", for_readers(paged(ClaimantFeed)), name="claimant-feed"),
    path("feeds/topics/<slug:slug>.atom", for_readers(paged(TopicFeed)), name="topic-feed"),
    path("feeds/publishers/<str:domain>.atom", for_readers(paged(PublisherFeed)), name="publisher-feed"),
    path("feeds/corrections.atom", kept(of_lists)(paged(corrections.CorrectionFeed)), name="correction-feed"),
    path("oembed", embedding.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<name>[a-z]+)-(?P<page>\d{1,6}).xml$", sitemaps.part, name="sitemap-part"),
    path("data/claimreview.json", data_feed, name="data-feed"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
]
