"""Webhooks in the desk: administrators say which program is told of what, and see how that goes."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError, NotReady
from claims.models import Webhook
from claims.models.webhook import CHOSEN
from claims.services.webhooks import change_webhook, make_webhook, renew_secret, send_test
from claims.tasks import deliver_soon
from people.numbers import number

SHOWN_ONCE = "webhook_secret"  # in the session from making it to showing it: [number of the webhook, secret]
LATEST = 25


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Told when"),
        choices=[(event.value, event.label) for event in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one event.")},
    )
    active = forms.BooleanField(label=gettext_lazy("Active"), required=False, initial=True)


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """The list is the stock one; adding and looking at one are pages of our own."""

    list_display = ("url", "told_of", "active", "latest")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        return Webhook.objects.for_listing()

    @admin.display(description=gettext_lazy("told of"))
    def told_of(self, webhook: Webhook) -> str:
        return ", ".join(webhook.events)

    @admin.display(description=gettext_lazy("last delivery"))
    def latest(self, webhook: Webhook) -> str:
        return webhook.last[0].get_status_display() if webhook.last else ""

    def has_delete_permission(self, request: HttpRequest, obj: Webhook | None = None) -> bool:
        return False  # what was sent where stays on file; switch it off instead

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/test/", view(self.test_view), name="claims_webhook_test"),
            path("<int:pk>/secret/", view(self.secret_view), name="claims_webhook_secret"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: Any, *_args: Any, **_kwargs: Any) -> HttpResponse:
        need(request, "claims.add_webhook")
        form = WebhookForm(request.POST or None)
        if form.is_bound and form.is_valid():
            try:
                made = make_webhook(form.cleaned_data["url"], events=form.cleaned_data["events"], by=request.user)
            except NotReady as error:
                form.add_error("url", str(error))
            else:
                return _show_secret(request, made)
        return show(request, "admin/webhook.html", {"title": _("Add a webhook"), "form": form})

    def change_view(self, request: Any, object_id: str, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """One webhook: what it is told of, its latest deliveries, and once its secret."""
        need(request, "claims.view_webhook")
        webhook = _webhook(object_id)
        posted = request.POST if request.method == "POST" else None
        form = WebhookForm(posted, initial={name: getattr(webhook, name) for name in WebhookForm.base_fields})
        if posted is not None and form.is_valid():
            try:
                change_webhook(webhook, by=request.user, **form.cleaned_data)
            except ClaimError as error:
                form.add_error("url", str(error))
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(reverse("admin:claims_webhook_change", args=[webhook.pk]))
        context = {
            "title": _("Webhook %(number)s") % {"number": webhook.pk},
            "webhook": webhook,
            "form": form,
            "secret": _secret_to_show(request, webhook),
            "deliveries": webhook.deliveries.defer("body")[:LATEST],
        }
        return show(request, "admin/webhook.html", context)

    @method_decorator(require_POST)
    def test_view(self, request: Any, pk: int) -> HttpResponse:
        """Send a test."""
        try:
            sent = deliver_soon(send_test(_webhook(str(pk)), by=request.user))
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            said = _("The test is on its way. Reload the page to see what became of it.")
            messages.success(request, said if sent else _("The test is sent as soon as a worker is free."))
        return HttpResponseRedirect(reverse("admin:claims_webhook_change", args=[pk]))

    @method_decorator(require_POST)
    def secret_view(self, request: Any, pk: int) -> HttpResponse:
        """Make a new secret, and show it."""
        need(request, "claims.change_webhook")
        webhook = _webhook(str(pk))
        renew_secret(webhook, by=request.user)
        return _show_secret(request, webhook)


def _webhook(pk: str) -> Webhook:
    webhook = Webhook.objects.filter(pk=number(pk) or 0).select_related("by").first()
    if webhook is None:
        raise Http404
    return webhook


def _show_secret(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    request.session[SHOWN_ONCE] = [webhook.pk, webhook.secret]
    return HttpResponseRedirect(reverse("admin:claims_webhook_change", args=[webhook.pk]))


def _secret_to_show(request: DeskRequest, webhook: Webhook) -> str:
    """The secret of a webhook just made, once; as the libraries for receivers take it."""
    if request.method != "GET" or request.session.get(SHOWN_ONCE, [0])[0] != webhook.pk:
        return ""
    return f"whsec_{request.session.pop(SHOWN_ONCE)[1]}"
