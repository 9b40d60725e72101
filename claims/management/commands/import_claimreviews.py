"""`manage.py import_claimreviews`: fact-checks of others in, from a feed of their ClaimReview records."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.claimreviews import read_claimreviews
from claims.services.externals import Tally, import_claimreviews
from claims.tasks import match_soon

REFUSED, FAILED = 1, 2
TELL_EVERY = 2.0  # seconds


class Command(BaseCommand):
    help = (
        "Bring in fact-checks of others: a DataFeed, a list, an @graph or single ClaimReview records, as JSON or JSON "
        "lines. Prints what became of them as one line of JSON. Broken off, it can be run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE|-", help="a file, or - for standard input")

    def handle(self, *_args: Any, **options: Any) -> None:
        with opened(options["source"]) as file:
            tally = import_claimreviews(read_claimreviews(file), told=Teller(self.stderr.write))
        for fault in tally.faults:
            self.stderr.write(str(fault))
        if tally.broken > len(tally.faults):
            self.stderr.write(f"And {tally.broken - len(tally.faults):,} more that are broken.")
        if tally.read == tally.broken:
            raise CommandError("No ClaimReview that can be used is in it.", returncode=REFUSED)
        self.stdout.write(json.dumps(tally.counts()))
        if tally.new or tally.changed:
            sent = match_soon()
            self.stderr.write(
                "They are being matched with your claims in the background."
                if sent
                else "They are kept, and matched with your claims when a worker runs."
            )


class Teller:
    """Says how far an import is, every few seconds."""

    def __init__(self, write: Any) -> None:
        self.write = write
        self.last = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        if time.monotonic() - self.last >= TELL_EVERY:
            self.last = time.monotonic()
            self.write(f"{tally.read:,} read: {tally.new:,} new, {tally.changed:,} changed, {tally.broken:,} broken.")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file or of standard input. Exits with 2 where there is no such file, 1 where it cannot be read."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below, where an error is not one of opening it
    except FileNotFoundError as error:
        raise CommandError(f"There is no file {name}.", returncode=FAILED) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{name} cannot be read: {reason}.", returncode=REFUSED) from error
    with file:
        yield file
