"""The record of a claim, in words: a line for each entry, with who, when, why and what it was before."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import F, ForeignKey, Model, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims.desk.tellers import KINDS, PAIRS, ROWS, TELLERS, Action, Kind, Told, other_claim
from claims.differences import Kind as Differs
from claims.differences import Piece, compare_words, shortened
from claims.models import (
    Claim,
    Claimant,
    Decline,
    ExternalMatch,
    Rating,
    Source,
    Topic,
)
from people.models import RecordEntry, User

# Columns that say nothing to a person, where another one of the same entry does.
NOISE = {"saves", "reasons", "resolved", "unresolved", "weights_id", "extracted_text", "shortlisted_at"}
# Whose rows a value is named by, and what each is called. The others are told by number.
FULL_NAME = NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value(""))
NAMED: dict[Any, Any] = {
    User: Coalesce(FULL_NAME, "username"),
    Rating: F("label"),
    Claimant: F("name"),
    Topic: F("name"),
    Source: F("title"),
}
ONE_ACT = timedelta(seconds=2)
SHORT = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A column that changed, its words before and after as one text."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """What happened. url: of what is on the other side, "" where nothing is."""

    what: str
    kind: Kind
    changes: list[Change]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person, or the machine (who is ""), did at one time and for one reason."""

    at: datetime
    who: str
    why: str
    lines: list[Line] = field(default_factory=list)


def told(entries: Iterable[RecordEntry], claim: Claim) -> list[Moment]:
    """Tell these entries, newest first, to who may read them; in one query for each kind of thing they name."""
    entries = list(entries)
    context = _Context(entries, claim)
    moments: list[Moment] = []
    for entry in entries:
        who = context.who(entry)
        line = context.line(entry)
        last = moments[-1] if moments else None
        why = "" if _tells_why(entry) else entry.reason
        if last is None or (last.who, last.why) != (who, why) or last.at - entry.at > ONE_ACT:
            last = Moment(entry.at, who, why)
            moments.append(last)
        last.lines.append(line)
    return moments


def _tells_why(entry: RecordEntry) -> bool:
    """Whether the sentence says already what the reason would say again."""
    return entry.table_name in {Decline._meta.db_table, *PAIRS} or bool((entry.after or {}).get("merged_into_id"))


class _Context:
    """What the sentences about some entries need, loaded at once."""

    def __init__(self, entries: Sequence[RecordEntry], claim: Claim) -> None:
        self.claim = claim
        self.models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
        self.rows: dict[Any, Mapping[int, Any]] = {
            model: rows.in_bulk(_keys(entries, model)) for model, rows in ROWS.items()
        }
        self.names = self._names(entries)

    def who(self, entry: RecordEntry) -> str:
        return self.names.get((User, entry.actor_id), entry.actor_name) if entry.actor_id else ""

    def line(self, entry: RecordEntry) -> Line:
        model = self.models.get(entry.table_name)
        before, after = entry.before or {}, entry.after or {}
        row = self.rows.get(model, {}).get(entry.row_id)
        told = Told(entry, self.claim.pk, before, after, row, lambda column, value: self.named(model, column, value))
        tell = TELLERS.get(entry.table_name)
        what = (tell(told) if tell and model else "") or self._plainly(told, model)
        return Line(what, KINDS.get(entry.table_name, Kind.OTHER), self._changes(told, model), _url(told))

    def _plainly(self, told: Told, model: type[Model] | None) -> str:
        """A sentence made of the table's and the columns' own names."""
        thing = str(model._meta.verbose_name if model else told.entry.table_name)
        thing = thing[:1].upper() + thing[1:]
        if told.entry.action == Action.UPDATE:
            columns = ", ".join(self.label(model, name) for name in _telling(told.after)) or _("not shown")
            return _("%(thing)s changed: %(columns)s.") % {"thing": thing, "columns": columns}
        said = _("%(thing)s added%(what)s.") if told.entry.action == Action.INSERT else _("%(thing)s removed%(what)s.")
        return said % {"thing": thing, "what": self._which(told, model)}

    def _which(self, told: Told, model: type[Model] | None) -> str:
        """What a row that came or went is called: its first words, or what it joins."""
        if words := next((value for value in told.whole.values() if isinstance(value, str) and " " in value), ""):
            return f": “{words[:SHORT]}”"
        for name, value in told.whole.items():
            field = _field(model, name)
            if isinstance(field, ForeignKey) and field.related_model in NAMED and value:
                return f": {self.named(model, name, value)}"
        return ""

    def _changes(self, told: Told, model: type[Model] | None) -> list[Change]:
        if told.entry.action != Action.UPDATE:
            return []
        return [
            Change(self.label(model, name), self._pieces(model, name, told.before.get(name), told.after[name]))
            for name in _telling(told.after)
        ]

    def _pieces(self, model: type[Model] | None, name: str, before: Any, after: Any) -> list[Piece]:
        """Text as one text; of a value that is another one altogether, both."""
        ours, theirs = ("" if value in (None, "") else self.named(model, name, value) for value in (before, after))
        pieces = shortened(compare_words(ours, theirs))
        replaced = [piece.kind for piece in pieces] == [Differs.REMOVED, Differs.ADDED]
        return [pieces[0], Piece(Differs.SAME, " → "), pieces[1]] if replaced else pieces

    def label(self, model: type[Model] | None, column: str) -> str:
        field = _field(model, column)
        return str(getattr(field, "verbose_name", column))

    def named(self, model: type[Model] | None, column: str, value: Any) -> str:
        """A value as a person would say it."""
        field = _field(model, column)
        if value is None or value == "":
            return _("nothing")
        if isinstance(field, ForeignKey):
            return self.names.get((field.related_model, value), _("no. %(number)s") % {"number": value})
        if choices := dict(getattr(field, "flatchoices", ())):
            return str(choices.get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if (
            field is not None
            and field.get_internal_type() == "DateTimeField"
            and (moment := parse_datetime(str(value)))
        ):
            return date_format(localtime(moment), "Y-m-d H:i")
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:2_000]

    def _names(self, entries: Sequence[RecordEntry]) -> Mapping[tuple[Any, Any], str]:
        wanted: dict[Any, set[Any]] = {model: set() for model in NAMED}
        wanted[User] = {entry.actor_id for entry in entries if entry.actor_id}
        for entry in entries:
            for column, value in [*(entry.before or {}).items(), *(entry.after or {}).items()]:
                field = _field(self.models.get(entry.table_name), column)
                if isinstance(field, ForeignKey) and field.related_model in wanted:
                    wanted[field.related_model].add(value)
        return {**self._gone_sources(entries), **_called(wanted)}

    def _gone_sources(self, entries: Sequence[RecordEntry]) -> Mapping[tuple[Any, Any], str]:
        """Titles of sources that are told of here and are gone."""
        own = [entry for entry in entries if entry.table_name == Source._meta.db_table]
        titles = [(entry.row_id, (entry.before or entry.after or {}).get("title")) for entry in own]
        return {(Source, pk): title for pk, title in titles if title}


def _called(wanted: Mapping[Any, set[Any]]) -> dict[tuple[Any, Any], str]:
    """What rows of several tables are called, in one query."""
    models = list(wanted)
    first, *rest = (
        model.objects.filter(pk__in=wanted[model])
        .order_by()
        .annotate(_model=Value(n), _name=Cast(NAMED[model], TextField()))
        .values_list("_model", "pk", "_name")
        for n, model in enumerate(models)
    )
    return {(models[n], pk): name for n, pk, name in first.union(*rest, all=True)}


def _telling(columns: Mapping[str, Any]) -> list[str]:
    return [name for name in columns if name not in NOISE] or list(columns)


def _field(model: type[Model] | None, column: str) -> Any:
    """The field of a column, or None: columns come and go, and the record keeps their names."""
    fields: Iterator[Any] = (field for field in model._meta.concrete_fields) if model else iter(())
    return next((field for field in fields if field.column == column), None)


def _keys(entries: Iterable[RecordEntry], model: type[Model]) -> set[int]:
    return {entry.row_id for entry in entries if entry.table_name == model._meta.db_table}


def _url(told: Told) -> str:
    if other := other_claim(told):
        return reverse("admin:claims_claim_change", args=[other])
    if told.entry.table_name == ExternalMatch._meta.db_table and told.row is not None:
        return reverse("admin:claims_externalfactcheck_change", args=[told.row.external_id])
    return ""
