"""Addresses of the pages for readers, in each language of the site; contract.md says which must stay."""

from django.urls import URLPattern, path

from claims.models import StandingPage
from claims.site import article, asking, corrections, embedding, standing, statistics, subjects, views
from claims.site.search import search

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("claims/<slug:slug>/", views.claim, name="claim"),
    path("claims/<slug:slug>/versions/", corrections.versions, name="versions"),
    path("articles/<int:pk>/", article.article, name="article"),
    path("claimants/<slug:slug>/", subjects.claimant, name="claimant"),
    path("topics/<slug:slug>/", subjects.topic, name="topic"),
    path("publishers/<str:domain>/", subjects.publisher, name="publisher"),
    path("search/", search, name="search"),
    path("ratings/", views.ratings, name="ratings"),
    path("methodology/", views.methodology, name="methodology"),
    path("statistics/", statistics.statistics, name="statistics"),
    *[path(f"{name}/", standing.standing_page, {"name": name}, name=name) for name in StandingPage.Name.values],
    path("corrections/", corrections.corrections, name="corrections"),
    path("report/<slug:slug>/", asking.report, name="report"),
    path("report/<slug:slug>/<slug:code>/", asking.report_status, name="report-status"),
    path("submit/", asking.submit, name="submit"),
    path("submit/<slug:code>/", asking.submission, name="submission"),
    path("embed/<slug:slug>/", embedding.embed, name="embed"),
]
