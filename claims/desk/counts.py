"""Counts that cost the same however much there is: beyond a limit nobody needs the number."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from people.lists import IN_MENU


class Counted(Subquery):
    """How many rows a query has, counted no further than one past IN_MENU."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[: IN_MENU + 1], **extra)
