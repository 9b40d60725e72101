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

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVICES:
        try:
            embedded.start(postgres=not os.environ.get("DATABASE_URL"), broker=not os.environ.get("REDIS_URL"))
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
