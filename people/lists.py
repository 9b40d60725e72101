"""Lists of rows that may be very many."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED = 10_000
IN_MENU = 999  # waiting rows are counted no further than this


def in_menu(rows: int) -> str:
    """How much waits, as the menu says it."""
    return f"{IN_MENU}+" if rows > IN_MENU else str(rows)


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """Pages of a list, of which rows past COUNTED are neither counted nor shown: who looks for one narrows the list.

    Counting 200,000 rows takes longer than reading a page of them. `count` is COUNTED for that many or more.
    """

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[:COUNTED].count())
