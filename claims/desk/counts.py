"""Counts that cost the same however much there is: beyond a limit nobody needs the number."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 999


class Counted(Subquery):
    """How many rows a query has, counted no further than one past MOST."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[: MOST + 1], **extra)


def shown(count: int) -> str:
    """The count as people read it."""
    return f"{MOST}+" if count > MOST else str(count)
