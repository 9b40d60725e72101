"""Publishers, as rows of the desk. Articles show their claims: they are in claims/desk/articles.py."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Publisher
from people.admin import RecordedAdmin


@admin.register(Publisher)
class PublisherAdmin(RecordedAdmin):
    list_display = ("name", "domain", "timezone", "text_allowed")
    search_fields = ("name", "domain")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002 - Django's signature
        """The domain is the address of its page for readers, and of what search narrows by: it stays."""
        return ("domain",) if obj else ()
