"""The index of vectors in PostgreSQL: one for each table and encoder, made when it is missing."""

import zlib
from typing import Any

from django.db import connection, models
from psycopg import sql

from claims.matching.encoding import load_encoder
from claims.models import ClaimEntry, ExternalFactCheck
from claims.services.finding import encoder_stamp

INDEXED: tuple[type[models.Model], ...] = (ClaimEntry, ExternalFactCheck)


def prepare_indexes() -> None:
    """Make what index of the encoder at work is missing, or was left half made. Costs one query where nothing is.

    Writers go on while it is made: at a million vectors that takes some minutes, in which searches scan all of them.
    """
    encoder = load_encoder()
    if encoder is None:
        return
    width = encoder.encode([""]).shape[1]
    for model in INDEXED:
        _prepare(model._meta.db_table, encoder_stamp(), width)


def _prepare(table: str, encoder: str, width: int) -> None:
    name = f"{table}_vector_{zlib.crc32(encoder.encode()):08x}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [name])
        state = cursor.fetchone()
        if state == (True,):
            return
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        if not cursor.fetchone()[0]:
            return  # another worker is making it
        try:
            if state:  # left half made by a worker that died
                cursor.execute(_statement("DROP INDEX {name}", name=name))
            cursor.execute(_made(table, name, encoder, width))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _made(table: str, name: str, encoder: str, width: int) -> sql.Composed:
    """In a transaction, as in tests, an index cannot be made beside writers."""
    beside = "" if connection.in_atomic_block else "CONCURRENTLY "
    return _statement(
        f"CREATE INDEX {beside}{{name}} ON {{table}} USING hnsw ((vector::halfvec({width})) halfvec_cosine_ops) "
        "WHERE encoder = {encoder}",
        name=name,
        table=table,
        encoder=sql.Literal(encoder),
    )


def _statement(template: Any, **parts: Any) -> sql.Composed:
    named = {key: sql.Identifier(part) if isinstance(part, str) else part for key, part in parts.items()}
    return sql.SQL(template).format(**named)
