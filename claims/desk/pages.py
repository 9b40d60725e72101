"""What the desk's own pages share: the shell around them, and permission."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from people.models import User


class DeskRequest(HttpRequest):
    """A request that the desk's log-in and django-htmx have seen."""

    user: User
    htmx: HtmxDetails


def show(request: DeskRequest, template: str, context: dict[str, Any], *, status: int = 200) -> TemplateResponse:
    """Answer with a page inside the desk's shell."""
    request.current_app = admin.site.name
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context}, status=status)


def need(request: DeskRequest, permission: str) -> None:
    """Raise PermissionDenied, which the desk says as a page, unless the person's role includes `permission`."""
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Your role does not include this step. Ask an administrator."))
