"""What the desk's lists of letters share."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse

from claims.desk.pages import DeskRequest, show

A_PAGE = 30


def show_list(request: DeskRequest, template: str, rows: QuerySet[Any], **context: Any) -> HttpResponse:
    """Answer with a page of `rows`, in two queries."""
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(request, template, {"page": page, "rows": page.object_list, **context})
