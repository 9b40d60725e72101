"""`{% rating_mark rating %}`: the shape, the word and the colour of a rating, on desk and site alike."""

from typing import Any

from django import template
from django.template import Context

from claims.models import Rating

register = template.Library()


@register.inclusion_tag("claims/_rating.html", takes_context=True)
def rating_mark(context: Context, rating: Rating) -> dict[str, Any]:
    """Write `rating` as a word beside its shape; base.css gives it the colour."""
    return {"rating": rating, "in_our_language": context.get("in_our_language", "")}
