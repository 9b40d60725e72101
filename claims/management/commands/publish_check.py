"""`manage.py publish_check`: what still stands between a claim and publication."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.models import Claim
from claims.services.gate import unmet_rules


class Command(BaseCommand):
    help = "Print a line per unmet rule and exit with 1, or print nothing and exit with 0."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("claim", metavar="CLAIM", help="its number, or the last part of its address")

    def handle(self, *_args: Any, **options: Any) -> None:
        unmet = unmet_rules(find_claim(options["claim"]))
        for rule in unmet:
            self.stdout.write(rule.message)
        if unmet:
            raise SystemExit(1)


def find_claim(name: str) -> Claim:
    """The claim of this number or address. Exits with 2 where there is none."""
    found = Claim.objects.filter(slugs__slug=name).first()
    if found is None and name.isdecimal() and int(name) < 2**63:
        found = Claim.objects.filter(pk=int(name)).first()
    if found is None:
        raise CommandError(f"There is no claim {name}.", returncode=2)
    return found
