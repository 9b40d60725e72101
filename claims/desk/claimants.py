"""Claimants as rows of the desk."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.desk.forms import LongText
from claims.models import Claimant, ClaimantAlias, ClaimantRole
from claims.services.claims import claimant_slug
from claims.services.naming import still_named
from people.admin import RecordedAdmin
from people.lists import CappedPaginator

SHOWN = 50


class Addresses(LongText):
    """Web addresses, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        address = forms.URLField(max_length=500, assume_scheme="https")
        return list(dict.fromkeys(address.clean(line) for line in lines if line))


class ClaimantForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    same_as = Addresses(
        label=_("Same as"),
        max_length=10_000,
        required=False,
        help_text=Claimant._meta.get_field("same_as").help_text,
    )


class _ClaimantRows(admin.StackedInline):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """Rows of a claimant, open to who may change the claimant."""

    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.view_claimant")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.change_claimant")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.change_claimant")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.change_claimant")


class AliasInline(_ClaimantRows):
    model = ClaimantAlias
    verbose_name_plural = _("other names, as articles write them")


class RoleInline(_ClaimantRows):
    model = ClaimantRole
    verbose_name_plural = _("roles, each with its first and last day")


@admin.register(Claimant)
class ClaimantAdmin(RecordedAdmin):
    """A claimant with names, roles and claims."""

    form = ClaimantForm
    list_display = ("name", "kind", "named_publicly")
    list_filter = ("kind", "named_publicly")
    search_fields = ("name", "aliases__name")
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    inlines = [AliasInline, RoleInline]
    actions = None
    change_form_template = "admin/claimant.html"

    def has_change_permission(self, request: HttpRequest, obj: Claimant | None = None) -> bool:
        """A name that readers see is changed by who publishes: its claims were approved with it."""
        before_readers = obj is not None and obj.claims.past_review().exists()
        return super().has_change_permission(request, obj) and (
            not before_readers or request.user.has_perm("claims.publish_claim")
        )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        claimant = kwargs.get("obj")
        if claimant is not None and request.user.has_perm("claims.view_claim"):
            claims = claimant.claims.for_desk().order_by("-pk")
            context = {**context, "claims": claims[:SHOWN], "how_many": claims.count()}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Claimant, form: Any, change: Any) -> None:
        obj.slug = obj.slug or claimant_slug(obj.name)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """With the other names stored: say where readers see a name that is not public, or not any more."""
        super().save_related(request, form, formsets, change)
        named = still_named(Claimant.objects.get(pk=form.instance.pk))
        if named:
            numbers = ", ".join(str(claim.pk) for claim in named)
            said = gettext("Readers still see the name: correct or retract claim %(numbers)s.") % {"numbers": numbers}
            messages.warning(request, said)
