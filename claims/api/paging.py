"""Lists, a stretch at a time: where one ends the next begins, whatever is published in the meantime."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from pydantic import BaseModel

from claims.api.problems import Problem
from claims.api.resources import Listed, Resource
from claims.site.responses import public_url

SALT = "api-cursor:"


@dataclass(frozen=True, slots=True)
class Order:
    """by: one or two fields that each row has as attributes too, together unique. rising: lowest first."""

    by: tuple[str, ...] = ("pk",)
    rising: bool = False

    @property
    def names(self) -> list[str]:
        return [name if self.rising else f"-{name}" for name in self.by]

    def behind(self, keys: Sequence[Any]) -> Q:
        """Rows that come after the one with these keys."""
        beyond = "gt" if self.rising else "lt"
        first, last = self.by[0], self.by[-1]
        if len(self.by) == 1:
            return Q((f"{first}__{beyond}", keys[0]))
        here = Q((f"{first}__{beyond}", keys[0])) | Q((first, keys[0]), (f"{last}__{beyond}", keys[1]))
        return Q((f"{first}__{beyond}e", keys[0])) & here  # the first part is what an index can be read by


NEWEST_MADE = Order()
NEWEST_OUT = Order(("published_at", "pk"))


def check_names(request: HttpRequest, asked: BaseModel | None = None) -> None:
    """Refuse parameters that there are not: a filter that is misspelt would be taken for an answer to it."""
    unknown = sorted(set(request.GET) - set(type(asked).model_fields if asked else ()))
    if unknown:
        said = _("There is no such parameter.")
        raise Problem(422, said, *[(name[:100], said) for name in unknown[:10]])


def stretch(request: HttpRequest, rows: QuerySet[Any], asked: Any, order: Order) -> tuple[list[Any], str]:
    """The rows from the cursor on, and the address of the next ones ("": there are none)."""
    keys = opened(request, asked.cursor) if asked.cursor else None
    ordered = rows.order_by(*order.names)
    found = list((ordered.filter(order.behind(keys)) if keys else ordered)[: asked.limit + 1])
    if len(found) <= asked.limit:
        return found, ""
    return found[:-1], next_address(request, [attrgetter(name)(found[-2]) for name in order.by])


def next_address(request: HttpRequest, keys: Sequence[Any]) -> str:
    """The address that goes on behind the row with these keys, otherwise as asked."""
    cursor = signing.dumps([one.isoformat() if hasattr(one, "isoformat") else one for one in keys], salt=_salt(request))
    return public_url(f"{request.path}?{urlencode({**request.GET.dict(), 'cursor': cursor})}")


def opened(request: HttpRequest, cursor: str) -> list[Any]:
    """Raises Problem for a cursor that was not given out for this list."""
    try:
        keys: list[Any] = signing.loads(cursor, salt=_salt(request))
    except signing.BadSignature as error:
        said = _("This cursor is not one of this list. Follow `next` as it is, or begin without a cursor.")
        raise Problem(400, said, ("cursor", said)) from error
    return keys


def _salt(request: HttpRequest) -> str:
    return SALT + request.path


def chosen_fields(resource: type[Resource], fields: str) -> set[str] | None:
    """The names in `fields`; None: all. Raises Problem for one that there is not."""
    if not fields:
        return None
    names = {name.strip() for name in fields.split(",")} - {""}
    unknown = sorted(names - set(resource.model_fields))
    if unknown or not names:
        there = ", ".join(resource.model_fields)
        said = _("There is no such field. There are: %(fields)s.") % {"fields": there}
        raise Problem(422, said, *[("fields", name[:100]) for name in unknown[:10] or [fields]])
    return names


def answer(content: BaseModel, *, only: Any = None, status: int = 200, **headers: str) -> HttpResponse:
    """`content` as JSON. only: which parts of it."""
    body = content.model_dump_json(include=only)
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def answer_list(
    request: HttpRequest,
    resource: type[Resource],
    rows: QuerySet[Any],
    asked: Any,
    told: Callable[[list[Any]], list[Any]],
    *,
    order: Order = Order(),
) -> HttpResponse:
    """The stretch of `rows` that was asked for. told: from rows to resources."""
    check_names(request, asked)
    fields = chosen_fields(resource, asked.fields)
    found, after = stretch(request, rows, asked, order)
    only = {"items": {"__all__": fields}, "next": True} if fields else None
    return answer(Listed[Any](items=told(found), next=after or None), only=only)
