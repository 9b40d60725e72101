"""`manage.py export_audit`: everything about one claim as a zip that verifies by itself."""

import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.exceptions import ClaimError
from claims.management.commands.publish_check import find_claim
from claims.models import Claim
from claims.services.audit_pack import write_audit_pack


class Command(BaseCommand):
    help = (
        "Write the audit pack of a claim: its verdicts, sources, texts, kept bytes and history with hashes. Prints the "
        "SHA-256 of the MANIFEST on standard error: give it to whoever gets the pack by another way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("claim", metavar="CLAIM", help="its number, or the last part of its address")
        parser.add_argument("file", metavar="FILE", nargs="?", help="claim-N-audit.zip by default, - standard output")

    def handle(self, *_args: Any, claim: str, file: str | None, **_options: Any) -> None:
        found = find_claim(claim)
        name = file or f"claim-{found.pk}-audit.zip"
        if name == "-":
            with TemporaryFile() as kept:
                self._write(found, kept)
                kept.seek(0)
                while piece := kept.read(1 << 20):
                    sys.stdout.buffer.write(piece)
            return
        try:
            out = Path(name).open("xb")  # noqa: SIM115 - closed below, where an error is not one of opening it
        except OSError as error:
            raise CommandError(f"{name} cannot be written: {error.strerror}.", returncode=1) from error
        with out:
            self._write(found, out)

    def _write(self, claim: Claim, out: IO[bytes]) -> None:
        try:
            digest = write_audit_pack(claim, out)
        except ClaimError as error:
            raise CommandError(str(error), returncode=1) from error
        if claim.verdicts.drafts().exists():
            self.stderr.write(
                "It holds a verdict that is not published: keep it from those who have yet to rate the claim."
            )
        self.stderr.write(f"SHA-256 of MANIFEST: {digest}")
