"""E-mails in the desk: administrators see what was sent, what waits and what was given up, and why. Nobody's text."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.pages import need
from people.models import Mail
from people.services.mailing import is_mail_on, retry_given_up


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    list_display = ("to", "state", "notices_in", "attempts", "failure", "when")
    list_display_links = None
    list_filter = ("status",)
    search_fields = ("user__username", "user__email")
    search_help_text = gettext_lazy("Name or address")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    change_list_template = "admin/people/mail/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        return Mail.objects.select_related("user").annotate(n=Count("notices")).order_by("-pk")

    @admin.display(description=gettext_lazy("to"))
    def to(self, mail: Mail) -> str:
        return f"{mail.user} <{mail.user.email}>" if mail.user.email else str(mail.user)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, mail: Mail) -> str:
        return mail.get_status_display()

    @admin.display(description=gettext_lazy("notices"))
    def notices_in(self, mail: Any) -> int:
        return int(mail.n)

    @admin.display(description=gettext_lazy("when"), ordering="pk")
    def when(self, mail: Mail) -> SafeString:
        return render_to_string("admin/_when.html", {"at": mail.sent_at or mail.made_at})

    def get_urls(self) -> list[URLPattern]:
        return [
            path("retry/", self.admin_site.admin_view(self.retry_view), name="people_mail_retry"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: Any, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        given_up = Mail.objects.filter(status=Mail.Status.FAILED).count()
        return super().changelist_view(request, {"is_mail_on": is_mail_on(), "given_up": given_up})

    def retry_view(self, request: Any) -> HttpResponse:
        """Send everything that was given up once more."""
        need(request, "people.view_mail")
        if request.method != "POST":
            raise Http404
        retry_given_up()
        messages.success(request, _("What was given up is sent again within a minute."))
        return HttpResponseRedirect(reverse("admin:people_mail_changelist"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False
