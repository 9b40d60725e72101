"""What the desk checks by, as rows of the desk: methodologies and rating scales."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import MethodologyVersion, Rating, RatingScale
from claims.services.standards import Place, replace_scale, state_methodology
from people.admin import RecordedAdmin


class MethodologyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    class Meta:
        model = MethodologyVersion
        fields = ("text", "valid_from")

    def clean(self) -> dict[str, Any]:
        """Asked here already, so that what is refused is said beside the form."""
        data = super().clean() or {}
        newest, day = MethodologyVersion.objects.first(), data.get("valid_from")
        if day and day < max([timezone.localdate(), *([newest.valid_from] if newest else [])]):
            text = _("A methodology is valid from today or later, and not before the one it follows.")
            raise ValidationError({"valid_from": text})
        return data


@admin.register(MethodologyVersion)
class MethodologyAdmin(RecordedAdmin):
    """Versions to read, and a form for the next one that begins with the words of the last."""

    form = MethodologyForm
    list_display = ("number", "valid_from")
    actions = None

    @admin.display(description=gettext_lazy("version"), ordering="n")
    def number(self, version: MethodologyVersion) -> str:
        return str(version)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest = MethodologyVersion.objects.first()
        return {"text": newest.text if newest else "", "valid_from": timezone.localdate()}

    def save_model(self, request: Any, obj: MethodologyVersion, form: Any, change: bool) -> None:
        """The service makes the row; `obj` becomes it."""
        stated = state_methodology(text=obj.text, valid_from=obj.valid_from, by=request.user)
        obj.pk, obj.n = stated.pk, stated.n

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
    fields = ("name", "version", "retired_on", "replaced_by")
    inlines = [RatingInline]
    actions = None
    change_form_template = "admin/claims/ratingscale/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RatingScale]:
        return super().get_queryset(request).order_by("name", "-version")

    def get_fields(self, request: HttpRequest, obj: RatingScale | None = None) -> tuple[str, ...]:
        return self.fields if obj else ("name",)

    def has_change_permission(self, request: HttpRequest, obj: RatingScale | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RatingScale | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(replace_page)
        return [path("<int:pk>/replace/", view, name="claims_ratingscale_replace"), *super().get_urls()]


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    class Meta:
        model = Rating
        fields = ("code", "label", "meaning", "value", "shape", "colour")
        widgets = {"meaning": forms.Textarea(attrs={"rows": 3})}


PlaceFormSet = forms.formset_factory(PlaceForm, extra=1, can_delete=True, max_num=30, absolute_max=40)


def replace_page(request: DeskRequest, pk: int) -> HttpResponse:
    """The ratings of a scale, copied, as the form for its next version."""
    need(request, "claims.add_ratingscale")
    scale = get_object_or_404(RatingScale, pk=pk)
    names = PlaceForm.Meta.fields
    rows: Any = PlaceFormSet(request.POST or None, initial=list(scale.ratings.order_by("pk").values(*names)))
    if request.method == "POST" and rows.is_valid():
        data = [row.cleaned_data for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        places = [Place(**{name: one[name] for name in names}) for one in data]
        try:
            made = replace_scale(scale, places, by=request.user)
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            said = _("%(scale)s is in force. What was rated before keeps its rating.")
            messages.success(request, said % {"scale": made})
            return HttpResponseRedirect(reverse("admin:claims_ratingscale_changelist"))
    context = {"title": _("Replace %(scale)s") % {"scale": scale}, "scale": scale, "rows": rows}
    return show(request, "admin/scale_replace.html", context)
