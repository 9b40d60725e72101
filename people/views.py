"""Pages that belong to no app above."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """Say that a form was too old, and how to keep what was typed."""
    return render(request, "403_csrf.html", status=403)
