"""`manage.py verify_record`: compute every hash of the record anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.models import RecordEntry
from people.services.chain import Checked, Tally, checked_entries


class Command(BaseCommand):
    help = (
        "Compute every hash of the record anew in the database. Prints a line for each entry that does not verify and "
        "exits with 1; otherwise says how many do. Note the fingerprint outside the desk: the same command with "
        "--until prints it again as long as nothing before was changed or taken out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", default="", help="of this table alone, such as claims_claim")
        parser.add_argument("--row", type=int, help="of this row alone; needs --table")
        parser.add_argument("--until", type=int, metavar="ENTRY", help="leave out what came after this entry")

    def handle(self, *_args: Any, table: str, row: int | None, until: int | None, **_options: Any) -> None:
        if row is not None and not table:
            raise CommandError("--row needs --table: which row 7?", returncode=1)
        if table and not RecordEntry.objects.filter(table_name=table).exists():
            raise CommandError(f"The record has nothing about a table {table}.", returncode=2)
        tally = Tally()
        for entry in checked_entries(table=table, row=row, until=until):
            tally.add(entry)
            for fault in faults(entry):
                self.stdout.write(f"Entry {entry.id} ({entry.table} {entry.row}): {fault}")
        if tally.broken:
            raise CommandError(f"{tally.broken:,} of {tally.entries:,} entries do not verify.", returncode=1)
        self.stdout.write(f"{tally.entries:,} entries about {tally.rows:,} rows verify.")
        self.stdout.write(f"Fingerprint until {tally.last}: {tally.digest.hexdigest()}")


def faults(entry: Checked) -> list[str]:
    """What is wrong with an entry, as ends of sentences."""
    said = [] if entry.holds else ["it does not say what its hash was made of"]
    return said if entry.follows else [*said, "it does not go on from the entry before it"]
