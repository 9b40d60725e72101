"""Tab "History" of the claim file: everything that happened, narrowed to a person or a kind of thing."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.history import Moment, told
from claims.desk.pages import DeskRequest, need
from claims.desk.tabs import claim_of, show_tab
from claims.desk.tellers import KINDS, Kind
from claims.models import Claim
from claims.services.blindness import readable
from claims.services.trail import entries_about
from people.models import RecordEntry, User
from people.numbers import number

PAGE = 50
LAST = 8  # lines on the first page of the file
PEOPLE, MACHINE = "people", "machine"


class FilterForm(forms.Form):
    """What the history is narrowed to. Whatever else the address says is no filter."""

    who = forms.ChoiceField(label=gettext_lazy("By"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("About"), required=False, choices=[("", gettext_lazy("Everything")), *Kind.choices]
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.choices = [("", _("Everybody")), (PEOPLE, _("People")), (MACHINE, _("The machine")), *people]


def history_page(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a page of the claim's history, newest first."""
    need(request, "people.view_recordentry")
    claim: Any = claim_of(pk, to=request.user)
    everything = readable(entries_about(claim), to=request.user)
    form = FilterForm(request.GET, people=_people(everything))
    form.is_valid()
    entries = _narrowed(everything, **form.cleaned_data)
    page = Paginator(entries, PAGE).get_page(number(request.GET.get("page", "")) or 1)
    context = {
        "form": form,
        "hidden": claim.hidden,
        "narrowed": any(form.cleaned_data.values()),
        "page": page,
        "moments": told(page.object_list, claim),
        "asked": "".join(f"{name}={value}&" for name, value in form.cleaned_data.items() if value),
    }
    return show_tab(request, "admin/file_history.html", claim, name="claims_claim_record", context=context)


def last_moments(claim: Claim, *, to: User) -> list[Moment]:
    """The last lines, for the first page of the file."""
    return told(readable(entries_about(claim), to=to)[:LAST], claim)


def _people(entries: QuerySet[RecordEntry]) -> list[tuple[str, str]]:
    """Who is in this history, to choose from."""
    actors = entries.filter(actor_id__isnull=False).order_by().values("actor_id").distinct()
    people = User.objects.filter(pk__in=actors)
    return sorted(((str(person.pk), person.byline) for person in people), key=lambda choice: choice[1].casefold())


def _narrowed(entries: QuerySet[RecordEntry], *, who: str = "", kind: str = "") -> QuerySet[RecordEntry]:
    if kind == Kind.OTHER:
        entries = entries.exclude(table_name__in=KINDS)
    elif kind:
        entries = entries.filter(table_name__in=[table for table, its in KINDS.items() if its == kind])
    if who in {PEOPLE, MACHINE}:
        return entries.filter(actor_id__isnull=who == MACHINE)
    return entries.filter(actor_id=int(who)) if who else entries
