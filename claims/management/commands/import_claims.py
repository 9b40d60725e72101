"""`manage.py import_claims`: a list of claims with their sources in, all of it or nothing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.exceptions import ClaimError
from claims.management.commands.import_claimreviews import opened
from claims.services.importing import Plan, import_claims, plan_import
from claims.tasks import match_soon
from people.models import User

NAMED = 50  # problems that are told in words


class Command(BaseCommand):
    help = (
        "Bring in claims from CSV or JSON lines as candidates for triage. Names each row that has a problem, and then "
        "brings in nothing. docs/import-export.md describes the columns."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE|-")
        parser.add_argument("--sources", metavar="FILE", help="CSV of sources; its column claim is an id of FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row")
        parser.add_argument("--by", metavar="USERNAME", help="whom the record names; the machine by default")

    def handle(self, *_args: Any, file: str, sources: str | None, dry_run: bool, by: str | None, **_opts: Any) -> None:
        person = User.objects.filter(username=by).first() if by else None
        if by and person is None:
            raise CommandError(f"There is nobody with the username {by}.", returncode=2)
        try:
            plan = plan_import(_body(file), _body(sources) if sources else b"")
            self._tell(plan, every_row=dry_run)
            if plan.problems:
                raise CommandError(f"{len(plan.problems):,} rows have a problem. Nothing was imported.", returncode=1)
            if not dry_run:
                import_claims(plan, digest=plan.digest, by=person)
        except ClaimError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(json.dumps({"new": len(plan.new), "known": len(plan.known), "dry_run": dry_run}))
        if plan.new and not dry_run and not match_soon():
            self.stderr.write("They are kept, and matched with your claims when a worker runs.")

    def _tell(self, plan: Plan, *, every_row: bool) -> None:
        if plan.unread:
            self.stderr.write(f"Not read: {', '.join(plan.unread)}.")
        for one in plan.rows if every_row else plan.problems[:NAMED]:
            place = f"Row {one.row:,}" if one.file == 1 else f"Sources, row {one.row:,}"
            column = f", {one.column}" if one.column else ""
            self.stderr.write(f"{place}{column}: {one.state}. {one.said}".rstrip())


def _body(name: str) -> bytes:
    with opened(name) as file:
        return file.read()
