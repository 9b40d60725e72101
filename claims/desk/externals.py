"""Fact-checks of others in the desk: the list, each with the claims of ours it may be about, and small feeds in."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.claimreviews import read_claimreviews
from claims.desk.forms import FeedForm
from claims.desk.pages import DeskRequest, need, show
from claims.desk.pairs import differences
from claims.models import ExternalFactCheck
from claims.services.externals import Tally, import_claimreviews
from claims.tasks import match_soon
from people.lists import CappedPaginator
from people.numbers import number

FEW = 40  # choices of a filter; others are searched for
TOLD = 5  # faults that a message names


class ValueFilter(admin.SimpleListFilter):
    """By a field, with the values that most rows have. Uses external_publisher."""

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        name = self.parameter_name or ""
        rows = ExternalFactCheck.objects.exclude(**{name: ""}).order_by().values(name).annotate(n=Count("pk"))
        return [(row[name], f"{row[name]} ({row['n']})") for row in rows.order_by("-n", name)[:FEW]]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(**{str(self.parameter_name): self.value()}) if self.value() else rows


class PublisherFilter(ValueFilter):
    title = gettext_lazy("publisher")
    parameter_name = "publisher"


class LanguageFilter(ValueFilter):
    title = gettext_lazy("language")
    parameter_name = "language"


@admin.register(ExternalFactCheck)
class ExternalFactCheckAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """To read. What others wrote is changed by reading their feed again."""

    list_display = ("sentence", "publisher", "rating", "reviewed_on", "our_claims")
    list_filter = (PublisherFilter, LanguageFilter)
    search_fields = ("claim_text", "publisher", "claimant", "url")
    search_help_text = gettext_lazy("Claim, publisher, claimant, address")
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExternalFactCheck]:
        return ExternalFactCheck.objects.for_listing().order_by(*self.ordering)

    @admin.display(description=gettext_lazy("claim"), ordering="claim_text")
    def sentence(self, external: ExternalFactCheck) -> str:
        return external.claim_text

    @admin.display(description=gettext_lazy("our claims"), ordering="ours")
    def our_claims(self, external: Any) -> int:
        return int(external.ours)

    def has_change_permission(self, request: HttpRequest, obj: ExternalFactCheck | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ExternalFactCheck | None = None) -> bool:
        return False

    def change_view(self, request: Any, object_id: str, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """One fact-check, and the claims of ours it may be about."""
        need(request, "claims.view_externalfactcheck")
        external = ExternalFactCheck.objects.defer("words", "vector").filter(pk=number(object_id) or 0).first()
        if external is None:
            raise Http404
        context = {
            "title": external.claim_text,
            "external": external,
            "matches": [(match, differences(match.differences)) for match in external.matches.with_claims()],
            "waits": external.stamp == "",
            "record": json.dumps(external.raw, indent=2, ensure_ascii=False),
        }
        return show(request, "admin/external.html", context)

    def add_view(self, request: Any, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take in a small feed. A file that holds nothing that can be used is refused at its field."""
        need(request, "claims.add_externalfactcheck")
        form = FeedForm(request.POST, request.FILES) if request.method == "POST" else FeedForm()
        if form.is_bound and form.is_valid():
            tally = import_claimreviews(read_claimreviews(form.cleaned_data["file"]))
            if tally.read > tally.broken:
                return _stored(request, tally)
            form.add_error("file", _("No ClaimReview that can be used is in this file."))
            for fault in tally.faults[:TOLD]:
                form.add_error("file", str(fault))
        return show(request, "admin/external_add.html", {"title": _("Upload a feed of fact-checks"), "form": form})


def _stored(request: DeskRequest, tally: Tally) -> HttpResponse:
    said = _("%(new)s new, %(changed)s changed, %(unchanged)s known as they are.") % tally.counts()
    messages.success(request, said)
    if tally.broken:
        named = " ".join(map(str, tally.faults[:TOLD]))
        messages.warning(request, _("%(broken)s could not be used.") % tally.counts() + " " + named)
    if not match_soon():
        messages.warning(request, _("They are matched with our claims as soon as a worker is free."))
    return HttpResponseRedirect(reverse("admin:claims_externalfactcheck_changelist"))
