"""Saying who changes something and why, for the triggers that write the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from people.models import User

SETTINGS = ("plumbline.actor_id", "plumbline.actor_name", "plumbline.reason")


@contextmanager
def recorded(*, by: User | None, why: str = "") -> Iterator[None]:
    """Open a transaction whose changes the record files under `by` (None: the machine) and `why`."""
    said = (str(by.pk) if by else "", by.username if by else "", why)
    with transaction.atomic():
        before = _read()
        _write(said)
        yield
        _write(before)  # what the caller said holds again; a rollback to here does the same by itself


def _read() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS), SETTINGS)
        return tuple(cursor.fetchone())


def _write(values: tuple[str, ...]) -> None:
    pairs = [part for pair in zip(SETTINGS, values, strict=True) for part in pair]
    with connection.cursor() as cursor:  # true: until the end of the transaction, and no longer
        cursor.execute("SELECT " + ", ".join("set_config(%s, %s, true)" for _ in SETTINGS), pairs)
