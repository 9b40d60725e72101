"""`manage.py export_claims`: claims out, as CSV or JSON lines."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.interchange import CLAIM, PUBLISHED, SOURCES, csv_lines, json_lines
from claims.models import Claim
from claims.services.exporting import exported_claims, exported_sources, published_claims


class Command(BaseCommand):
    help = "Print every claim with its sources. docs/import-export.md describes the columns."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
        parser.add_argument("--published", action="store_true", help="published ones alone, as readers see them")
        parser.add_argument("--sources", action="store_true", help="with csv: the sources, a row each")

    def handle(self, *_args: Any, published: bool, sources: bool, **options: Any) -> None:
        rows = published_claims() if published else exported_claims(Claim.objects.all())
        for line in lines(rows, options["format"], columns=PUBLISHED if published else CLAIM, sources=sources):
            self.stdout.write(line, ending="")


def lines(
    rows: Iterator[dict[str, Any]], kind: str, *, columns: tuple[str, ...] = CLAIM, sources: bool = False
) -> Iterator[str]:
    """The file, line by line. kind: "jsonl" or "csv"."""
    if kind == "jsonl":
        return json_lines(rows)
    return csv_lines(exported_sources(rows), SOURCES) if sources else csv_lines(rows, columns)
