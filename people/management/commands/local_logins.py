"""`manage.py local_logins`: one log-in per role, made for this machine by `make run`."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from people.models import Role, User
from people.services import create_person

NAMES = {
    Role.REPORTER: "Rosa Reporter",
    Role.REVIEWER: "Ravi Reviewer",
    Role.EDITOR: "Edith Editor",
    Role.ADMINISTRATOR: "Ada Administrator",
}


class Command(BaseCommand):
    help = "Make one log-in per role in an empty desk, and print those that still work."

    def handle(self, *_args: Any, **_options: Any) -> None:
        kept = Path(settings.VAR_DIR) / "log-ins.json"
        if not User.objects.exists():
            make_people(kept)
        for username, password in working(kept):
            self.stdout.write(f"{username:<14} {password}")


@transaction.atomic
def make_people(kept: Path) -> None:
    """The file is written before the commit: a log-in whose password nobody knows is worse than none."""
    logins = {}
    for role, full_name in NAMES.items():
        password = secrets.token_urlsafe(9)
        person = create_person(str(role), role=role, password=password, full_name=full_name)
        logins[person.username] = {"password": password, "as_stored": person.password}
    kept.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(logins, file)


def working(kept: Path) -> list[tuple[str, str]]:
    """The kept log-ins whose password has not been changed since: its stored form is still the same."""
    logins = json.loads(kept.read_text()) if kept.exists() else {}
    stored = dict(User.objects.filter(is_active=True).values_list("username", "password"))
    return [(name, login["password"]) for name, login in logins.items() if stored.get(name) == login["as_stored"]]
