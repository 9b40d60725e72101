"""`{% rating_mark rating %}`: the shape, the word and the colour of a rating, on desk and site alike."""

from django import template

from claims.models import Rating

register = template.Library()


@register.inclusion_tag("claims/_rating.html")
def rating_mark(rating: Rating) -> dict[str, Rating]:
    """Write `rating` as a word beside its shape; base.css gives it the colour."""
    return {"rating": rating}
