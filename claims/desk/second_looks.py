"""Retractions that wait for a second person: asked for and to be approved, or made at once and to be looked at."""

from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext as _

from claims.desk.after_menu import for_second_person
from claims.desk.letters import show_list
from claims.desk.pages import DeskRequest, need
from claims.models import Correction


def second_looks_page(request: DeskRequest) -> HttpResponse:
    """Show them with what is overdue first; each is decided on in its claim's file."""
    need(request, "claims.review_claim")
    rows = Correction.objects.for_desk().filter(pk__in=for_second_person())
    rows = rows.order_by(F("published_at").asc(nulls_last=True), "opened_at")
    return show_list(request, "admin/second_looks.html", rows, title=_("Second looks"))
