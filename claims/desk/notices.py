"""The person's own notices, and how they want to be told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.desk.pages import DeskRequest, show
from people.lists import IN_MENU
from people.models import Notice, User
from people.models.notices import Kind, Way
from people.numbers import number
from people.services.mailing import is_mail_on
from people.services.notifying import choose_ways, mark_read, ways_of

PER_PAGE = 50

# Kinds that only people who may do something about it are told.
ONLY_FOR = {
    Kind.REVIEW_ASKED: "claims.review_claim",
    Kind.APPROVED: "claims.publish_claim",
    Kind.UNPUBLISHED: "claims.publish_claim",
    Kind.LOOK_ASKED: "claims.review_claim",
    Kind.WEBHOOK_OFF: "claims.change_webhook",
}


def unread_count(user: User) -> int:
    """How many notices the person has not read, counted no further than one past IN_MENU. Uses notice_unread."""
    return Notice.objects.unread().filter(user=user)[: IN_MENU + 1].count()


def notices_page(request: DeskRequest) -> HttpResponse:
    """Show the unread notices, or with `?show=all` all of them, newest first."""
    context = {"title": _("Notices"), "is_mail_on": is_mail_on(), **_listed(request)}
    return show(request, "admin/notices.html", context)


def _listed(request: DeskRequest) -> dict[str, Any]:
    """`before` in the address is the number of the last notice on the page before."""
    wants_all = request.GET.get("show") == "all"
    notices = Notice.objects.filter(user=request.user)
    if not wants_all:
        notices = notices.unread()
    if before := number(request.GET.get("before", "")):
        notices = notices.filter(pk__lt=before)
    rows = list(notices[: PER_PAGE + 1])
    return {
        "notices": rows[:PER_PAGE],
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "wants_all": wants_all,
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }


def open_notice(request: DeskRequest, pk: int) -> HttpResponse:
    """Lead to what a notice is about, and take it as read. Raises Http404 for another person's."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    mark_read(request.user, notice.pk)
    return HttpResponseRedirect(notice.address)


@require_POST
def read_notices(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """Mark one notice as read, or all."""
    mark_read(request.user, pk)
    if not request.htmx:
        return HttpResponseRedirect(reverse("admin:notices"))
    context = {**_listed(request), "unread_notices": unread_count(request.user), "swapped": True}
    return render(request, "admin/_notices.html", context)


class ChoicesForm(forms.Form):
    """One field for each kind of notice that the person may get."""

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data, initial={str(kind): way for kind, way in ways_of(person).items()})
        for kind in Kind:
            if person.has_perm(ONLY_FOR.get(kind, "")) or kind not in ONLY_FOR:
                self.fields[kind] = forms.ChoiceField(label=kind.label, choices=Way.choices)


def choices_page(request: DeskRequest) -> HttpResponse:
    """Show and take how the person wants to be told."""
    form = ChoicesForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        choose_ways(request.user, {Kind(kind): Way(way) for kind, way in form.cleaned_data.items()})
        messages.success(request, _("Saved. From now on you are told in this way."))
        return HttpResponseRedirect(reverse("admin:notice_choices"))
    context = {"title": gettext_lazy("How you are told"), "form": form, "is_mail_on": is_mail_on()}
    return show(request, "admin/notice_choices.html", context)
