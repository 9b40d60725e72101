"""How many rows there are, where they are not counted past some number."""

from typing import Any

from django import template
from django.utils.formats import number_format

from people.lists import COUNTED, WAITING

register = template.Library()


@register.filter
def size(rows: Any) -> str:
    """Of a list: "1,234"; for COUNTED rows or more "10,000+"."""
    return _at_most(rows, COUNTED)


@register.filter
def waiting(rows: Any) -> str:
    """Of a queue: "123"; for WAITING rows or more "1,000+"."""
    return _at_most(rows, WAITING)


def _at_most(rows: int, counted: int) -> str:
    return number_format(rows, use_l10n=True, force_grouping=True) + ("+" if rows >= counted else "")
