"""A command's input: a file or standard input, as text with its line ends untouched."""

import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import get_language_info


def read_input(name: str) -> str:
    """Give the text of the file `name`, or of standard input for "-". Exits with 1 where it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{name} cannot be read: {reason}.", returncode=1) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        source = "Standard input" if name == "-" else name
        raise CommandError(f"{source} is not UTF-8 text (byte {error.start}).", returncode=1) from error


def language_name(code: str) -> str:
    """The English name of a language, or its code where Django knows none."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return f"another language ({code})"
