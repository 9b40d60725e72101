"""What a sentence about an entry of the record is made from, and which function makes it.

A new table needs nothing here: it is told by its own names ("Comment added."). To tell it better, write a function and
put `@tells(Model, Kind.…)` above it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from people.models import RecordEntry

Action = RecordEntry.Action


class Kind(models.TextChoices):
    """What the history can be narrowed to."""

    CLAIM = "claim", gettext_lazy("The claim")
    VERDICT = "verdict", gettext_lazy("Verdicts and reviews")
    SOURCE = "source", gettext_lazy("Sources")
    PLACE = "place", gettext_lazy("Where it appears")
    MATCH = "match", gettext_lazy("The same or alike")
    CLAIMANT = "claimant", gettext_lazy("The claimant")
    TALK = "talk", gettext_lazy("Discussion and files")
    AFTER = "after", gettext_lazy("Corrections and requests")
    OTHER = "other", gettext_lazy("Everything else")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with what a sentence about it needs. claim: whose history it is. row: the row as it is now, or None.

    named: a value of a column in words.
    """

    entry: RecordEntry
    claim: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    row: Any
    named: Callable[[str, Any], str]

    @property
    def whole(self) -> Mapping[str, Any]:
        """The row that came or went."""
        return self.before if self.entry.action == Action.DELETE else self.after

    def from_to(self, column: str) -> dict[str, str]:
        return {name: self.named(column, getattr(self, name)[column]) for name in ("before", "after")}


Tell = Callable[[Told], str]
TELLERS: dict[str, Tell] = {}
KINDS: dict[str, Kind] = {}
ROWS: dict[type[models.Model], Any] = {}


def tells(model: type[models.Model], kind: Kind, *, rows: Any = None) -> Callable[[Tell], Tell]:
    """Tell what happens to rows of `model` by this function; where it says "", by the names of the columns.

    rows: a QuerySet of the rows as they are now, for a sentence that needs more than the entry has.
    """

    def told_by(tell: Tell) -> Tell:
        TELLERS[model._meta.db_table], KINDS[model._meta.db_table] = tell, kind
        if rows is not None:
            ROWS[model] = rows
        return tell

    return told_by
