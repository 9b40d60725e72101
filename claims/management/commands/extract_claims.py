"""`manage.py extract_claims`: the extractor alone. No database, no broker."""

import argparse
import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.extraction import Rejection, foreign_language, read_text
from claims.management.reading import language_name, read_input


class Command(BaseCommand):
    help = "Print a JSON line for each claim in a text worth checking, in text order."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
        parser.add_argument("--published-on", type=day, metavar="D", help='the day "yesterday" is counted from')
        parser.add_argument("--speaker", default="", metavar="NAME", help="who says what the text gives to nobody")
        parser.add_argument("--min-score", type=float, default=0.0, metavar="S", help="leave out candidates below")
        parser.add_argument(
            "--rejected", action="store_true", help="print the sentences without a candidate and the reason instead"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        text = read_input(options["file"])
        if language := foreign_language(text):
            name = language_name(language)
            self.stderr.write(f"The text is in {name}. The extractor reads English; no claims were looked for.")
        for found in read_text(text, published_on=options["published_on"], speaker=options["speaker"]):
            if isinstance(found, Rejection) != options["rejected"]:
                continue
            if isinstance(found, Rejection) or found.check_worthiness >= options["min_score"]:
                self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False))


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value} is not a date like 2026-11-23.") from error
