"""Small relations in the query of the row they hang on, where prefetching would take a query for each of them."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, JSONField, Model, QuerySet
from django.db.models.query import ModelIterable

MARK = "gathered_"
Rows = TypeVar("Rows", bound=QuerySet[Any])


class WholeRow(Expression):
    """A row of the queried table as JSON. Column by column, Django would take longer to write it than to read it."""

    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:  # noqa: ARG002 - Django passes it
        return f"to_jsonb({compiler.quote_name_unless_alias(compiler.query.get_initial_alias())})", ()


class WithGathered(ModelIterable):  # type: ignore[type-arg]  # generic in the stubs alone, not at run time
    """Puts what was gathered where a prefetch puts it."""

    def __iter__(self) -> Iterator[Any]:
        paths = [name.removeprefix(MARK) for name in self.queryset.query.annotations if name.startswith(MARK)]
        for row in super().__iter__():
            for path in paths:
                _hang(row, path)
            yield row


def gather(rows: Rows, **relations: QuerySet[Any]) -> Rows:
    """`rows` with these relations, each of which `.all()` then answers without a query, as after a prefetch.

    relations: by path ("roles", "claimant__roles", the way there joined) the related rows, filtered by an OuterRef.
    """
    arrays = {f"{MARK}{path}": ArraySubquery(related.values(_row=WholeRow())) for path, related in relations.items()}
    gathered = rows.annotate(**arrays)
    gathered._iterable_class = WithGathered
    return gathered


def _hang(row: Model, path: str) -> None:
    found = row.__dict__.pop(f"{MARK}{path}")
    *way, name = path.split("__")
    owner: Any = row
    for step in way:
        owner = getattr(owner, step)
        if owner is None:
            return
    model: Any = owner._meta.get_field(name).related_model
    fields = model._meta.concrete_fields
    made = [
        model.from_db(row._state.db, [f.attname for f in fields], [f.to_python(one[f.column]) for f in fields])
        for one in found
    ]
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = made
