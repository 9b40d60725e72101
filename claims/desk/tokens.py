"""API tokens in the desk: administrators let programs in, and shut them out."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, need, show
from people.exceptions import PeopleError
from people.models import ApiToken, Scope
from people.numbers import number
from people.services.tokens import LIFETIMES, NAME_LIMIT, make_token, withdraw_token

SHOWN_ONCE = "api_token"  # in the session from making it to showing it: [number of the token, token]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LIMIT,
        help_text=gettext_lazy("Which program will use it, and whose it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=Scope,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the token may do.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"),
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in LIFETIMES],
        coerce=int,
        initial=LIFETIMES[1],
    )


@admin.register(ApiToken)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """The list is the stock one; making and looking at one are pages of our own."""

    list_display = ("name", "may", "state", "last_used")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        return ApiToken.objects.for_listing()

    @admin.display(description=gettext_lazy("may"))
    def may(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    @admin.display(description=gettext_lazy("works until"))
    def state(self, token: ApiToken) -> str | SafeString:
        if token.withdrawn_at:
            return _("withdrawn")
        return render_to_string("admin/_when.html", {"at": token.expires_at}) if token.works else _("has run out")

    @admin.display(description=gettext_lazy("last used"))
    def last_used(self, token: ApiToken) -> str | SafeString:
        return render_to_string("admin/_when.html", {"at": token.last_used_at}) if token.last_used_at else _("never")

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False  # who was let in stays on file; withdraw it instead

    def get_urls(self) -> list[URLPattern]:
        withdraw = self.admin_site.admin_view(self.withdraw_view)
        return [path("<int:pk>/withdraw/", withdraw, name="people_apitoken_withdraw"), *super().get_urls()]

    def add_view(self, request: Any, *_args: Any, **_kwargs: Any) -> HttpResponse:
        need(request, "people.add_apitoken")
        form = TokenForm(request.POST or None)
        if form.is_bound and form.is_valid():
            try:
                made, token = make_token(**form.cleaned_data, by=request.user)
            except PeopleError as error:
                form.add_error("name", str(error))
            else:
                request.session[SHOWN_ONCE] = [made.pk, token]
                return HttpResponseRedirect(reverse("admin:people_apitoken_change", args=[made.pk]))
        return show(request, "admin/token.html", {"title": _("Make an API token"), "form": form})

    def change_view(self, request: Any, object_id: str, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """One token: what it may do and how long, and once the token itself."""
        need(request, "people.view_apitoken")
        row = ApiToken.objects.for_listing().filter(pk=number(object_id) or 0).first()
        if row is None:
            raise Http404
        scopes = [Scope(scope) for scope in row.scopes]
        context = {"title": row.name, "row": row, "scopes": scopes, "token": _token_to_show(request, row)}
        return show(request, "admin/token.html", context)

    @method_decorator(require_POST)
    def withdraw_view(self, request: Any, pk: int) -> HttpResponse:
        """Make it stop working."""
        try:
            withdraw_token(pk, by=request.user)
        except PeopleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The token is withdrawn. It works no longer."))
        return HttpResponseRedirect(reverse("admin:people_apitoken_change", args=[pk]))


def _token_to_show(request: DeskRequest, row: ApiToken) -> str:
    """The token just made, once."""
    if request.method != "GET" or request.session.get(SHOWN_ONCE, [0])[0] != row.pk:
        return ""
    return str(request.session.pop(SHOWN_ONCE)[1])
