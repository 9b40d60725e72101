"""The admin site that is the desk: its shell, its front page, its own pages beside the stock ones."""

from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.pages.keeping import typed_page


class DeskSite(admin.AdminSite):
    """The stock admin site with our shell. What a person may not see, or what is not there, is said in a sentence."""

    index_title = gettext_lazy("The desk")
    enable_nav_sidebar = False
    empty_value_display = ""
    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from claims.desk import (  # not before all models are loaded
            agreement,
            clusters,
            find,
            interests,
            legal,
            matches,
            notices,
            publishing,
            ranking,
            requests,
            second_looks,
            submissions,
        )
        from claims.desk.triage_urls import triage_urls

        own = [
            path("typed/", self.admin_view(typed_page), name="typed"),
            *triage_urls(self.admin_view),
            path("matches/", self.admin_view(matches.queue_page), name="matches"),
            path("matches/undo/", self.admin_view(matches.undo), name="matches_undo"),
            path("matches/clusters/", self.admin_view(clusters.clusters_page), name="clusters"),
            path("matches/<int:pk>/<slug:decision>/", self.admin_view(matches.decide), name="matches_decide"),
            path(
                "matches/<slug:kind>/<int:pk>/<slug:decision>/",
                self.admin_view(matches.decide_from_file),
                name="pair_decide",
            ),
            path("agreement/", self.admin_view(agreement.agreement_page), name="agreement"),
            path("approved/", self.admin_view(publishing.approved_page), name="approved"),
            path("approved/publish/", self.admin_view(publishing.publish_all), name="approved_publish"),
            path("interests/", self.admin_view(interests.interests_page), name="interests"),
            path("interests/declare/", self.admin_view(interests.declare), name="interests_declare"),
            path("interests/<int:pk>/withdraw/", self.admin_view(interests.withdraw), name="interests_withdraw"),
            path("notices/", self.admin_view(notices.notices_page), name="notices"),
            path("notices/read/", self.admin_view(notices.read_notices), name="notices_read"),
            path("notices/choices/", self.admin_view(notices.choices_page), name="notice_choices"),
            path("notices/<int:pk>/", self.admin_view(notices.open_notice), name="notice"),
            path("notices/<int:pk>/read/", self.admin_view(notices.read_notices), name="notice_read"),
            path("find/", self.admin_view(find.find_page), name="find"),
            path("ranking/", self.admin_view(ranking.ranking_page), name="ranking"),
            path("ranking/<int:pk>/<slug:decision>/", self.admin_view(ranking.decide), name="ranking_decide"),
            path("requests/", self.admin_view(requests.requests_page), name="requests"),
            path("requests/<int:pk>/", self.admin_view(requests.request_page), name="request"),
            path("submissions/", self.admin_view(submissions.submissions_page), name="submissions"),
            path("submissions/<int:pk>/", self.admin_view(submissions.submission_page), name="submission"),
            path("second-looks/", self.admin_view(second_looks.second_looks_page), name="second_looks"),
            path("legal/", self.admin_view(legal.legal_page), name="legal"),
            path("legal/add/", self.admin_view(legal.add_legal), name="legal_add"),
            path("legal/<int:pk>/", self.admin_view(legal.legal_request_page), name="legal_request"),
        ]
        return [*own, *super().get_urls()]

    def each_context(self, request: Any) -> dict[str, Any]:
        from claims.desk.navigation import menu
        from claims.desk.notices import unread_count

        context = super().each_context(request)
        if not context["has_permission"]:
            return {**context, "desk_menu": []}
        return {**context, "desk_menu": menu(request), "unread_notices": unread_count(request.user)}

    def index(self, request: Any, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from claims.desk.front import front_page

        return front_page(request, extra_context or {})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: ARG002 - nothing here is kept by a cache
        def said(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as refusal:
                why = str(refusal) or _("Your role does not include this page. Ask an administrator.")
                return self._sorry(request, _("Not for your role"), why, status=403)
            except Http404:
                why = _("It may have been removed or joined with another one, or the address is mistyped.")
                return self._sorry(request, _("There is nothing here"), why, status=404)

        return super().admin_view(update_wrapper(said, view), cacheable=False)

    def _sorry(self, request: HttpRequest, title: str, why: str, *, status: int) -> TemplateResponse:
        context = {**self.each_context(request), "title": title, "why": why}
        return TemplateResponse(request, "admin/sorry.html", context, status=status)
