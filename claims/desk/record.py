"""The record as the desk may read it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from claims.services.blindness import readable
from people.admin import RecordEntryAdmin
from people.models import RecordEntry

admin.site.unregister(RecordEntry)


@admin.register(RecordEntry)
class DeskRecordAdmin(RecordEntryAdmin):
    """Without what would tell a reviewer the first rating."""

    def get_queryset(self, request: Any) -> QuerySet[RecordEntry]:
        return readable(super().get_queryset(request), to=request.user)
