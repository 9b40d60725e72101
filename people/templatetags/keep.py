"""`{% keep "comment" claim.pk %}` inside a form: what is typed there is kept until it is saved."""

from typing import Any

from django import template
from django.template.context import RequestContext

from people.services.drafts import open_form

register = template.Library()


@register.inclusion_tag("admin/_keep.html", takes_context=True)
def keep(context: RequestContext, form: str, object: int = 0) -> dict[str, Any]:  # noqa: A002 - as the column
    """The token, and the place where what was kept is offered. The form itself says `data-keep`."""
    opened, token = open_form(context["request"].user, form=form, object=object)
    return {"opened": opened, "token": token}
