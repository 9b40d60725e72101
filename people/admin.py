"""People and the record, as rows of the desk."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.lists import CappedPaginator
from people.models import RecordEntry, User
from people.numbers import number
from people.record import recorded
from people.services.sessions import end_sessions

admin.site.unregister(Group)  # roles and what each may do come by migration


class RecordedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """Rows changed through a stock form are filed in the record under the person who changed them."""

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with recorded(by=request.user):
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, *args, **kwargs)
        with recorded(by=request.user):
            return super().delete_view(request, *args, **kwargs)


@admin.register(User)
class PersonAdmin(RecordedAdmin, UserAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """Log-ins. Administrators give roles; only a superuser, made on the command line, can touch superusers."""

    list_display = ("username", "byline", "email", "roles", "second_factor", "is_active", "last_in")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Name"), {"fields": ("first_name", "last_name", "email"), "description": _("Readers see the full name.")}),
        (_("Role"), {"fields": ("groups", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "groups", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.for_listing().order_by("username")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label, field.help_text = _("Role"), ""
        return field

    @admin.display(description=_("role"))
    def roles(self, person: User) -> str:
        return ", ".join(group.name for group in person.groups.all())

    @admin.display(description=_("second factor"))
    def second_factor(self, person: Any) -> str:
        return str(_("set up") if person.has_second_factor else _("none"))

    @admin.display(description=_("last log-in"), ordering="last_login")
    def last_in(self, person: User) -> SafeString:
        return render_to_string("admin/_when.html", {"at": person.last_login}) if person.last_login else SafeString("")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        untouchable = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not untouchable and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # what a person did stays theirs; switch the log-in off instead

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody gives roles to themselves."""
        own = ("groups", "is_active") if obj is not None and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)

    def save_model(self, request: Any, obj: User, form: Any, change: Any) -> None:
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(obj, by=request.user, why="log-in switched off")

    def user_change_password(self, request: Any, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 - Django's
        """A password that somebody else sets ends all sessions. For one's own the old one is asked for."""
        person = self.get_object(request, unquote(id))  # 07 is 7 too
        if person == request.user:
            return HttpResponseRedirect(reverse("account:password"))
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with recorded(by=request.user, why="password set by an administrator"):
            response = super().user_change_password(request, id, form_url)
            if response.status_code == HTTPStatus.FOUND and person is not None:
                end_sessions(person, by=request.user, why="password set by an administrator")
        return response


class TableFilter(admin.SimpleListFilter):
    """By the kind of row. The names are listed here: to ask the record for them would scan it."""

    title = _("table")
    parameter_name = "table"
    people = (
        "people_user",
        "people_user_groups",
        "people_authenticator",
        "people_passkey",
        "people_recoverycode",
        "people_desksession",
        "people_loginlock",
        "people_invitation",
        "people_apitoken",
    )
    tables = (
        "claim",
        "verdict",
        "source",
        "citation",
        "review",
        "decline",
        "appearance",
        "claimant",
        "ratingscale",
        "standingpage",
    )

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        names = [f"claims_{name}" for name in self.tables]
        return [(name, name) for name in (*names, "articles_article", *self.people)]

    def queryset(self, _request: HttpRequest, entries: QuerySet[RecordEntry]) -> QuerySet[RecordEntry]:
        return entries.filter(table_name=self.value()) if self.value() else entries


@admin.register(RecordEntry)
class RecordEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """The record, to read. The database refuses every change of it."""

    list_display = ("when", "actor_name", "action", "table_name", "row_id", "reason")
    list_filter = (TableFilter, "action", "at")
    search_fields = ("actor_name", "reason")
    search_help_text = _("Who, words of the reason, or the number of a row")
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RecordEntry], search_term: str
    ) -> tuple[QuerySet[RecordEntry], bool]:
        entries: Any = queryset
        if (row := number(search_term.strip())) is not None:
            return entries.of_row(row), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("when"), ordering="id")
    def when(self, entry: RecordEntry) -> SafeString:
        return render_to_string("admin/_when.html", {"at": entry.at})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RecordEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RecordEntry | None = None) -> bool:
        return False
