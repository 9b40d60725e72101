"""How many rows there are, where they are not counted past some number."""

from typing import Any

from django import template
from django.utils.formats import number_format

from people.lists import COUNTED, in_menu

register = template.Library()
register.filter(in_menu)


@register.filter
def size(rows: Any) -> str:
    """ "1,234"; for COUNTED rows or more "10,000+"."""
    return number_format(rows, use_l10n=True, force_grouping=True) + ("+" if rows >= COUNTED else "")
