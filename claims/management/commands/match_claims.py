"""`manage.py match_claims`: claim matching alone. No database, no broker."""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import foreign_language
from claims.management.reading import read_input
from claims.management.statements import Line, read_statements
from claims.matching.encoding import load_encoder
from claims.matching.finding import Collection, Match

WITHOUT_ENCODER = "The sentence encoder is turned off or not installed: claims are matched by their words alone."


class Command(BaseCommand):
    help = "Print for each query the claims of a collection that most likely say the same, and what differs."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help='queries, {"id", "text"} a line, or - for standard input')
        parser.add_argument(
            "--against", required=True, metavar="FILE", help='the collection, {"id", "text", "title"?} a line'
        )
        parser.add_argument("--top", type=count, default=5, metavar="N", help="how many claims for each query (5)")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["file"] == options["against"] == "-":
            raise CommandError("Queries and collection cannot both come from standard input.", returncode=1)
        claims = read_statements(options["against"], read_input(options["against"]), each_once=True)
        queries = read_statements(options["file"], read_input(options["file"]))
        self._warn(queries)
        for query, matches in zip(queries, self._found(claims, queries, options["top"]), strict=True):
            answer = {"id": query.id, "matches": [as_dict(claims, match) for match in matches]}
            self.stdout.write(as_json(answer))

    def _found(self, claims: list[Line], queries: list[Line], top: int) -> Iterator[list[Match]]:
        encoder = load_encoder(threads=os.cpu_count() or 1)  # nobody else waits for the machine
        if encoder is None:
            self.stderr.write(WITHOUT_ENCODER)
        collection = Collection([claim.statement for claim in claims], encoder)
        return collection.find((query.statement for query in queries), top=top)

    def _warn(self, queries: list[Line]) -> None:
        if strange := sum(bool(foreign_language(query.statement.text)) for query in queries):
            self.stderr.write(f"Queries in another language than English, matched as far as words go: {strange}.")


def count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a whole number from 1 up.")
    return int(value)


def as_dict(claims: list[Line], match: Match) -> dict[str, Any]:
    return {
        "id": claims[match.place].id,
        "similarity": round(match.similarity, 4),
        "decision": match.comparison.decision.value,
        "differences": [asdict(difference) for difference in match.comparison.differences],
    }


def as_json(answer: dict[str, Any]) -> str:
    """One line of JSON. Half a surrogate pair, which is no UTF-8, is written as the escape it came as."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
