"""What the record has about one claim and all that hangs or hung on it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, BigAutoField, Model, Q, QuerySet, Value

from claims.models import Claim, Claimant, ClaimantAlias, ClaimantRole
from people.models import RecordEntry

OURS = {"claims", "people"}
Rows = dict[type[Model], set[int]]

# Rows of these tables that are gone: their last entry holds the whole row, and so what it hung on.
GONE = """
SELECT DISTINCT entry.table_name, entry.row_id
FROM unnest(%s::text[], %s::jsonb[]) AS gone(place, part)
JOIN people_recordentry entry
    ON entry.action = 'DELETE' AND entry.before @> gone.part AND entry.table_name = gone.place
"""


@cache
def hanging() -> Mapping[type[Model], list[tuple[str, type[Model]]]]:
    """Each table whose rows hang on a claim, near ones first, with the columns by which and the tables these lead to.

    Found by walking foreign keys, so that a new table is in the history and in the audit pack by being there.
    """
    depth: dict[type[Model], int] = {Claim: 0}
    found: dict[type[Model], list[tuple[str, type[Model]]]] = {}
    ahead: list[type[Model]] = [Claim]
    for parent in ahead:
        for child, column in _children(parent):
            if child not in depth:
                depth[child] = depth[parent] + 1
                ahead.append(child)
            if depth[child] > depth[parent]:  # never in a circle
                found.setdefault(child, []).append((column, parent))
    return found


def _children(parent: type[Model]) -> Iterator[tuple[type[Model], str]]:
    for relation in parent._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            child: Any = relation.related_model
            if child._meta.app_label in OURS and isinstance(child._meta.pk, AutoField | BigAutoField):
                yield child, relation.field.attname  # type: ignore[union-attr]  # such a relation has a field


def standing_rows(claim: Claim) -> dict[type[Model], QuerySet[Any]]:
    """The claim, its claimant and what hangs on either now, by table. Nothing is asked yet."""
    rows: dict[type[Model], QuerySet[Any]] = {Claim: Claim.objects.filter(pk=claim.pk)}
    for model, links in hanging().items():
        which = Q()
        for column, parent in links:
            which |= Q(**{f"{column}__in": rows[parent].order_by().values("pk")})
        rows[model] = model._base_manager.filter(which)
    if claim.claimant_id:
        rows[Claimant] = Claimant.objects.filter(pk=claim.claimant_id)
        for side in (ClaimantAlias, ClaimantRole):
            rows[side] = side._base_manager.filter(claimant=claim.claimant_id)
    return rows


def rows_about(claim: Claim) -> Rows:
    """The numbers of all rows that the claim's history is made of, those that are gone too. Four queries."""
    asked = [
        rows.order_by().annotate(_table=Value(model._meta.db_table)).values_list("_table", "pk")
        for model, rows in standing_rows(claim).items()
    ]
    tables: list[type[Model]] = [*hanging(), Claim, Claimant, ClaimantAlias, ClaimantRole]
    models = {model._meta.db_table: model for model in tables}
    found: Rows = {model: set() for model in models.values()}
    for table, pk in asked[0].union(*asked[1:], all=True):
        found[models[table]].add(pk)
    found[Claim].add(claim.pk)
    for level in _levels():
        parts = [(child, column, pk) for child, column, parent in level for pk in found[parent]]
        for table, pk in _gone(parts):
            found[models[table]].add(pk)
    return found


def _levels() -> list[list[tuple[type[Model], str, type[Model]]]]:
    """The links of `hanging` by distance from the claim."""
    levels: dict[int, list[tuple[type[Model], str, type[Model]]]] = {}
    depth: dict[type[Model], int] = {Claim: 0}
    for child, links in hanging().items():
        depth[child] = 1 + min(depth[parent] for _column, parent in links)
        levels.setdefault(depth[child], []).extend((child, column, parent) for column, parent in links)
    return [levels[n] for n in sorted(levels)]


def _gone(parts: Iterable[tuple[type[Model], str, int]]) -> list[tuple[str, int]]:
    wanted = [(child._meta.db_table, json.dumps({column: pk})) for child, column, pk in parts]
    with connection.cursor() as cursor:
        cursor.execute(GONE, [[table for table, _part in wanted], [part for _table, part in wanted]])
        return list(cursor.fetchall())


def entries_about(claim: Claim) -> QuerySet[RecordEntry]:
    """Everything the record has about a claim and what hangs on it, newest first. Some queries find the rows."""
    about = Q()
    for model, keys in rows_about(claim).items():
        if keys:
            about |= Q(table_name=model._meta.db_table, row_id__in=keys)
    parts = list(Claim.objects.filter(part_of=claim.pk).values_list("pk", flat=True))
    about |= Q(table_name=Claim._meta.db_table, row_id__in=parts, after__has_key="part_of_id", action="UPDATE")
    return RecordEntry.objects.filter(about).order_by("-id")
