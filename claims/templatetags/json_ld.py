"""`{% json_ld record %}`: the only way data gets into a page as JSON."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from claims.claimreview import as_json

register = template.Library()


@register.simple_tag
def json_ld(record: dict[str, Any]) -> SafeString:
    """Write `record` as JSON-LD. Safe: `as_json` leaves no character that means anything to HTML."""
    return mark_safe(f'<script type="application/ld+json">{as_json(record)}</script>')  # noqa: S308 - as_json escapes <, > and &
