"""Publishers, as rows of the desk. Articles show their claims: they are in claims/desk/articles.py."""

from django.contrib import admin

from articles.models import Publisher
from people.admin import RecordedAdmin


@admin.register(Publisher)
class PublisherAdmin(RecordedAdmin):
    list_display = ("name", "domain", "timezone")
    search_fields = ("name", "domain")
    list_per_page = 50
    show_full_result_count = False
    actions = None
