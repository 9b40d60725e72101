"""Checking that the record is what the triggers wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

# In the order of the index record_by_row: a row's history is checked without sorting or holding the record.
EACH = """
SELECT id, table_name, row_id, hash, hash = people_record_hash(entry),
       previous_hash = coalesce(lag(hash) OVER (PARTITION BY table_name, row_id ORDER BY id), '')
FROM people_recordentry entry WHERE {which} ORDER BY table_name, row_id, id
"""
AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry of the record. holds: its hash is that of its text. follows: it goes on from the one before it."""

    id: int
    table: str
    row: int
    hash: str
    holds: bool
    follows: bool


def checked_entries(*, table: str = "", row: int | None = None, until: int | None = None) -> Iterator[Checked]:
    """Every entry, row by row and oldest first, with its hash computed anew in the database.

    until: leaves out entries with a higher number. A gap in the numbers is no fault: a transaction was taken back.
    """
    asked: dict[str, Any] = {"table_name =": table or None, "row_id =": row, "id <=": until}
    asked = {test: value for test, value in asked.items() if value is not None}
    which = " AND ".join(f"{test} %s" for test in asked) or "true"
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(EACH.format(which=which), list(asked.values()))
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from (Checked(*values) for values in rows)


@dataclass(slots=True)
class Tally:
    """How far a check is. last: the highest number of an entry. digest: of all hashes so far, in their order."""

    entries: int = 0
    rows: int = 0
    broken: int = 0
    last: int = 0
    digest: Any = field(default_factory=sha256)
    row: tuple[str, int] = ("", 0)

    def add(self, entry: Checked) -> None:
        self.entries += 1
        self.rows += (entry.table, entry.row) != self.row
        self.row = (entry.table, entry.row)
        self.broken += not (entry.holds and entry.follows)
        self.last = max(self.last, entry.id)
        self.digest.update(entry.hash.encode())
