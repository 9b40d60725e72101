"""Addresses of the pages for readers; contract.md says which must stay."""

from django.urls import URLPattern, path

from claims.site import preview, sitemaps, views
from claims.site.feeds import ClaimFeed
from claims.site.responses import for_readers
from claims.site.search import search

STANDING_PAGES = ("about", "corrections", "privacy")

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("claims/<slug:slug>/", views.claim, name="claim"),
    path("claims/<slug:slug>.json", views.claim_review_json, name="claim-review"),
    path("claimants/<slug:slug>/", views.claimant, name="claimant"),
    path("search/", search, name="search"),
    path("ratings/", views.ratings, name="ratings"),
    path("methodology/", views.methodology, name="methodology"),
    path("preview/<int:pk>/", preview.guarded, name="preview"),
    *[path(f"{name}/", views.standing_page, {"name": name}, name=name) for name in STANDING_PAGES],
    path("feeds/claims.atom", for_readers(ClaimFeed()), name="claim-feed"),
    path("sitemap.xml", for_readers(sitemaps.sitemap), name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
