"""`manage.py score_sentences`: check-worthiness line by line. No database, no broker."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.extraction import foreign_language, score_sentences
from claims.management.reading import read_input

# Only what a text file means by the end of a line: str.splitlines would also cut at U+2028 and form feeds.
LINE_END = re.compile(r"\r\n|\n|\r")


class Command(BaseCommand):
    help = "Print the check-worthiness of each line, 0 to 1, a tab and the line. Without a word of English: no score."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a text file with a sentence a line, or - for standard input")

    def handle(self, *_args: Any, **options: Any) -> None:
        lines = LINE_END.split(read_input(options["file"]))
        if lines[-1] == "":
            lines.pop()  # the end of the last line begins no further one
        for score, line in zip(score_sentences(lines), lines, strict=True):
            self.stdout.write(("" if score is None else f"{score:.4f}") + "\t" + line)
        if strange := sum(bool(foreign_language(line)) for line in lines):
            self.stderr.write(f"Lines in another language than English, left without a score: {strange}.")
