"""Claims and rating scales as rows of the desk."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.desk import (
    audit,
    claim_file,
    copies,
    discussion,
    facts_page,
    gate,
    history_page,
    lists,
    parts,
    presence,
    publishing,
    review_page,
    talking,
    verdict_page,
    versions,
)
from claims.desk.assigning import AssignActionForm, assign_claims
from claims.models import Claim
from people.admin import RecordedAdmin
from people.lists import CappedPaginator


class StatusTabs(admin.SimpleListFilter):
    """The life cycle as tabs above the list."""

    title = _("status")
    parameter_name = "status"
    template = "admin/filter_tabs.html"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return Claim.Status.choices

    def queryset(self, _request: HttpRequest, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        return claims.filter(status=self.value()) if self.value() in Claim.Status.values else claims


class WhoFilter(admin.SimpleListFilter):
    title = _("assigned to")
    parameter_name = "who"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("Me, and open")), ("nobody", _("Nobody"))]

    def queryset(self, request: Any, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        if self.value() == "me":
            return claims.filter(assigned_to=request.user, status__in=Claim.MINE)
        return claims.filter(assigned_to=None) if self.value() == "nobody" else claims


@admin.register(Claim)
class ClaimAdmin(RecordedAdmin):
    """The list is the stock one with tabs; a claim opens as its file. Claims are entered from an article."""

    list_display = ("sentence", "said_by", "state", "kind", "score", "assigned_to", "created")
    list_filter = (StatusTabs, WhoFilter, "kind", "origin", "created_at")
    search_fields = ("text", "claimant__name")
    search_help_text = _("Words of the claim, or who said it")
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    actions = [assign_claims]
    action_form = AssignActionForm
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.for_desk().order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        """By the words of the text and by names, each by its own index: over both at once there is none."""
        claims: Any = queryset
        return claims.with_words(search_term), False

    def has_check_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("claims.check_claim"))

    @admin.display(description=_("claim"), ordering="text")
    def sentence(self, claim: Claim) -> str:
        return claim.text

    @admin.display(description=_("claimant"), ordering="claimant__name", empty_value="")
    def said_by(self, claim: Claim) -> str:
        return claim.claimant.name if claim.claimant else ""

    @admin.display(description=_("status"), ordering="status")
    def state(self, claim: Claim) -> SafeString:
        return render_to_string("admin/_status.html", {"claim": claim})

    @admin.display(description=_("score"), ordering="check_worthiness", empty_value="")
    def score(self, claim: Claim) -> str | None:
        return None if claim.check_worthiness is None else f"{claim.check_worthiness:.2f}"

    @admin.display(description=_("came in"), ordering="created_at")
    def created(self, claim: Claim) -> SafeString:
        return render_to_string("admin/_when.html", {"at": claim.created_at})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("preview/", view(verdict_page.preview), name="claims_claim_preview"),
            path("<int:object_id>/change/", view(claim_file.file_page), name="claims_claim_change"),
            path("export/", view(lists.export_page), name="claims_claim_export"),
            path("export/<str:name>", view(lists.export_file), name="claims_claim_export_file"),
            path("import/", view(lists.import_page), name="claims_claim_import"),
            path("<int:pk>/audit.zip", view(audit.audit_pack), name="claims_claim_audit"),
            path("<int:pk>/record/", view(history_page.history_page), name="claims_claim_record"),
            path("<int:pk>/discussion/", view(discussion.discussion_page), name="claims_claim_discussion"),
            path("<int:pk>/discussion/files/<int:row>/", view(talking.download), name="claims_claim_file"),
            path("<int:pk>/discussion/<slug:what>/", view(talking.act), name="claims_claim_talk"),
            path("<int:pk>/discussion/<slug:what>/<int:row>/", view(talking.act), name="claims_claim_talk_row"),
            path("<int:pk>/presence/", view(presence.heartbeat), name="claims_claim_presence"),
            path("<int:pk>/verdict/", view(verdict_page.save_verdict), name="claims_claim_verdict"),
            path("<int:pk>/facts/", view(facts_page.save_facts), name="claims_claim_facts"),
            path("<int:pk>/parts/", view(parts.parts_page), name="claims_claim_parts"),
            path("<int:pk>/parts/<slug:name>/", view(parts.change_parts), name="claims_claim_change_parts"),
            path("copies/retry/", view(copies.retry), name="claims_copy_retry"),
            path("copies/<int:pk>/", view(copies.copy_page), name="claims_copy"),
            path("copies/<int:pk>/bytes/", view(copies.copy_bytes), name="claims_copy_bytes"),
            path("<int:pk>/step/<slug:name>/", view(claim_file.take_step), name="claims_claim_step"),
            path("<int:pk>/versions/", view(versions.versions_page), name="claims_claim_versions"),
            path("<int:pk>/exception/<slug:rule>/", view(gate.make_exception), name="claims_claim_exception"),
            path("<int:pk>/review/", view(review_page.review_page), name="claims_claim_review"),
            path("<int:pk>/review/rate/", view(review_page.rate), name="claims_claim_rate"),
            path("<int:pk>/publication/", view(publishing.publication_page), name="claims_claim_publication"),
            *[
                path(f"<int:pk>/{kind}/", view(publishing.set_time), {"kind": kind}, name=f"claims_claim_{kind}")
                for kind in publishing.KINDS
            ],
        ]
        stock = [url for url in super().get_urls() if url.name != "claims_claim_change"]
        return [*own, *stock]
