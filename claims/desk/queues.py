"""Queues that are decided one row at a time.

The place in a queue is in the address, as the number of a row: `at` shows that row or, once it is decided, the one
behind it. So a decision needs no new place, and two tabs do not disturb each other.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from people.numbers import number

AHEAD = 10  # listed beside the row
REMEMBERED = 30  # decisions that can be undone


@dataclass
class Queue:
    """The part of a queue that the address asks for, seen from one place in it.

    page: the name of its address. model: of its rows, whose QuerySet has `standing_at`. filters: fields of the form
    that stay in the address.
    """

    asked: QueryDict

    page: ClassVar[str]
    model: ClassVar[type[models.Model]]
    form_class: ClassVar[type[forms.Form]]
    filters: ClassVar[tuple[str, ...]]

    @cached_property
    def form(self) -> forms.Form:
        form = self.form_class(self.asked)
        form.is_valid()
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return {
            name: value for name in self.filters if (value := self.form.cleaned_data.get(name)) not in (None, "", False)
        }

    @cached_property
    def rows(self) -> Any:
        """A QuerySet of what waits, in order."""
        raise NotImplementedError

    @cached_property
    def place(self) -> Any:
        return self.model._default_manager.filter(pk=at).first() if (at := number(self.asked.get("at", ""))) else None

    @cached_property
    def shown(self) -> list[Any]:
        """The row to decide on, and those behind it."""
        rows = self.rows.standing_at(self.place) if self.place else self.rows
        return list(rows[: AHEAD + 1])

    def address(self, *, at: int | None = None) -> str:
        """This part of the queue, seen from row `at`; from its top without."""
        kept = QueryDict(mutable=True)
        for name, value in self.chosen.items():
            kept[name] = str(getattr(value, "pk", value))
        if at:
            kept["at"] = str(at)
        return f"{reverse(self.page)}?{kept.urlencode()}" if kept else reverse(self.page)
