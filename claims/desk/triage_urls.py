"""The addresses of triage."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from claims.desk import triage, triage_decisions, triage_filters, triage_list, triage_undo


def triage_urls(view: Callable[[Any], Any]) -> list[URLPattern]:
    """All pages of triage. view: what the desk puts around each, so that only people with a log-in see it."""
    return [
        path("triage/", view(triage.queue_page), name="triage"),
        path("triage/list/", view(triage_list.list_page), name="triage_list"),
        path("triage/list/decide/", view(triage_list.decide_many), name="triage_many"),
        path("triage/undo/", view(triage_undo.undo), name="triage_undo"),
        path("triage/filters/", view(triage_filters.save), name="triage_filter_save"),
        path("triage/filters/<int:pk>/<slug:what>/", view(triage_filters.change), name="triage_filter"),
        path("triage/<int:pk>/hold/", view(triage.renew), name="triage_hold"),
        path("triage/<int:pk>/leave/", view(triage.leave), name="triage_leave"),
        path("triage/<int:pk>/<slug:decision>/", view(triage_decisions.decide), name="triage_decide"),
    ]
