#!/usr/bin/env python
"""Run a command of the desk; `manage.py help` lists them."""

import os
import sys

# These read no row and send no message, so no service is started for them.
WITHOUT_SERVICES = {
    "check",
    "collectstatic",
    "extract_claims",
    "help",
    "makemessages",
    "match_claims",
    "score_sentences",
    "--help",
    "--version",
    "version",
}


def main() -> None:
    """Start what the command needs, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import embedded

    own_database = not os.environ.get("DATABASE_URL")
    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVICES:
        try:
            embedded.start(postgres=own_database, broker=not os.environ.get("REDIS_URL"))
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
        if own_database and sys.argv[1] != "migrate":
            make_tables_of_a_new_desk()
    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:  # whoever read our output has seen enough, as in `... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def make_tables_of_a_new_desk() -> None:
    """A command may be the first thing that is run after `make setup`; a desk that has tables is left alone."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    django.setup()
    if not MigrationRecorder(connection).has_table():
        call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
