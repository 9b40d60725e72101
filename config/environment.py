"""Reading settings from the environment. A value that cannot be read stops the start-up with a sentence."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable as written, or `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """True or False from 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number of 0 or more."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")
    return int(value)


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`; the first where it is unset."""
    value = text(name, choices[0]).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; write {', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def listed(name: str, default: str = "") -> list[str]:
    """The parts of a comma-separated value, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def web_address(name: str, default: str) -> str:
    """An http(s) address without a path, query or trailing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {value!r}; write an address such as https://facts.example.org.")
    return value


def page_address(name: str, default: str = "none") -> str:
    """An http(s) address of any page, or "" where it is "none"."""
    value = text(name, default)
    if value == "none":
        return ""
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
        raise ImproperlyConfigured(f"{name} is {value!r}; write an address such as https://example.org/page, or none.")
    return value


def contact(name: str, default: str) -> str:
    """An address of a page, or a mailto: or tel: address, or "" where it is "none"."""
    value = text(name, default)
    if re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|tel:[+\d][\d-]+)", value):
        return value
    return page_address(name, value)


def secret(name: str, kept_in: Path) -> str:
    """The variable, or where it is unset a random value made once for this machine and kept in a private file."""
    if value := text(name):
        return value
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        draft = kept_in.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:  # two processes may start at once: the first link wins and both read it
            os.link(draft, kept_in)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return kept_in.read_text()
