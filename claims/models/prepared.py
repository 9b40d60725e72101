"""Queries that are written and planned once, and asked with many values.

Django writes the SQL of a query anew each time, and PostgreSQL reads and plans it: for the many columns of a page, that
takes both of them longer than finding the rows. Here a query is made for a value that stands for all others.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Value = str | int | list[int]
ANY_TEXT, ANY_NUMBER = "any text, to be replaced", 2**31 - 7  # no row has these


class Prepared(Generic[Row]):
    """`Prepared(make, stands_for=...)(value)` is `list(make(value))`, at less cost from the second time on.

    make: gives rows filtered by its one argument. Nothing else in the query may change from call to call, such as the
    time. Prefetches are not made: load those by a query of their own.
    stands_for: a value of the same type that no row has.
    """

    def __init__(self, make: Callable[[Any], QuerySet[Row]], *, stands_for: Value) -> None:
        self.make, self.stands_for = make, stands_for
        self.written: tuple[QuerySet[Row], Any, str, tuple[Any, ...]] | None = None

    def __call__(self, value: Value) -> list[Row]:
        rows, compiler, sql, params = self.written or self._write()
        connection = connections[rows.db]
        found = _ask(connection, sql, [value if param == self.stands_for else param for param in params])
        reading = copy(compiler)  # of its own: threads share what was written, and no connection
        reading.connection = connection
        reading.execute_sql = lambda **_how: [found]
        asked = rows.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: reading  # type: ignore[method-assign]  # of this clone alone
        return list(asked)

    def _write(self) -> tuple[QuerySet[Row], Any, str, tuple[Any, ...]]:
        rows = self.make(self.stands_for)
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        self.written = rows, compiler, sql, tuple(params)
        return self.written


def _ask(connection: Any, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        # Django's own cursor puts the values into the SQL: another one for each, of which PostgreSQL can keep no plan.
        if not connection.queries_logged:  # the log asks the cursor, which cannot tell of what was prepared
            cursor.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]  # the stubs know psycopg2
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
