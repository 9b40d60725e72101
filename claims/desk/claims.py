"""Claims, claimants and rating scales as rows of the desk."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from claims.desk import claim_file, versions
from claims.desk.pages import DeskRequest, need
from claims.models import Claim, Claimant, ClaimantAlias, Rating, RatingScale
from claims.models.verdict import EXPLANATION_LIMIT
from claims.services.claims import claimant_slug
from people.admin import RecordedAdmin


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
            return claims.filter(assigned_to=request.user, status__in=Claim.WORKED_ON)
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
    actions = None
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.for_desk().order_by(*self.ordering)

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
            path("preview/", view(preview), name="claims_claim_preview"),
            path("<int:object_id>/change/", view(claim_file.file_page), name="claims_claim_change"),
            path("<int:pk>/verdict/", view(claim_file.save_verdict), name="claims_claim_verdict"),
            path("<int:pk>/step/<slug:name>/", view(claim_file.take_step), name="claims_claim_step"),
            path("<int:pk>/versions/", view(versions.versions_page), name="claims_claim_versions"),
        ]
        stock = [url for url in super().get_urls() if url.name != "claims_claim_change"]
        return [*own, *stock]


@require_POST
def preview(request: DeskRequest) -> HttpResponse:
    """The explanation as readers would see it."""
    need(request, "claims.check_claim")
    return render(request, "admin/_preview.html", {"preview": request.POST.get("explanation", "")[:EXPLANATION_LIMIT]})


class AliasInline(admin.StackedInline):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    model = ClaimantAlias
    extra = 1
    verbose_name_plural = _("other names, as articles write them")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.view_claimant")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.change_claimant")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.change_claimant")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.change_claimant")


@admin.register(Claimant)
class ClaimantAdmin(RecordedAdmin):
    list_display = ("name", "kind", "named_publicly")
    list_filter = ("kind", "named_publicly")
    search_fields = ("name", "aliases__name")
    list_per_page = 50
    show_full_result_count = False
    inlines = [AliasInline]
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Claimant | None = None) -> bool:
        """A name that readers see is changed by who publishes: its claims were approved with it."""
        before_readers = obj is not None and obj.claims.past_review().exists()
        return super().has_change_permission(request, obj) and (
            not before_readers or request.user.has_perm("claims.publish_claim")
        )

    def save_model(self, request: HttpRequest, obj: Claimant, form: Any, change: Any) -> None:
        obj.slug = obj.slug or claimant_slug(obj.name)
        super().save_model(request, obj, form, change)


class RatingInline(admin.StackedInline):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    model = Rating
    extra = 0
    can_delete = False
    ordering = ("pk",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.view_ratingscale")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and request.user.has_perm("claims.add_rating")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 7 if obj is None else 0


@admin.register(RatingScale)
class RatingScaleAdmin(RecordedAdmin):
    """A scale in use is not edited: it is retired and replaced by its next version."""

    list_display = ("name", "version", "retired_on", "replaced_by")
    list_select_related = ("replaced_by",)
    inlines = [RatingInline]
    actions = None

    def get_readonly_fields(self, _request: HttpRequest, obj: RatingScale | None = None) -> tuple[str, ...]:
        return ("name", "version") if obj else ()
