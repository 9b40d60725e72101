"""The record of what people did."""

from typing import Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecordEntryQuerySet(models.QuerySet["RecordEntry"]):
    def about(self, row: models.Model) -> Self:
        """What happened to one row, oldest first."""
        return self.filter(table_name=row._meta.db_table, row_id=row.pk).order_by("id")

    def of_row(self, number: int) -> Self:
        """What happened to the rows of this number, whatever their table. Uses record_by_row, a look per table."""
        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        return self.filter(table_name__in=tables, row_id=number)


class RecordEntry(models.Model):
    """One change of one row: who, when, what and why. Written by triggers, and never changed.

    `before` and `after` hold only the columns that changed. `hash` covers the entry and the hash of the entry
    before it about the same row, so that a rewritten past shows. No foreign keys: the record outlives what it
    is about.
    """

    class Action(models.TextChoices):
        INSERT = "INSERT", _("Created")
        UPDATE = "UPDATE", _("Changed")
        DELETE = "DELETE", _("Deleted")

    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(_("who (number)"), null=True)
    actor_name = models.CharField(_("who"), max_length=150, blank=True)
    table_name = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    action = models.CharField(_("action"), max_length=6, choices=Action)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.TextField(_("why"), blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = RecordEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("record entry")
        verbose_name_plural = _("record entries")
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [  # whatever isolation two transactions chose, they cannot both go on from the same entry
            models.UniqueConstraint(fields=["table_name", "row_id", "previous_hash"], name="record_chain_is_one_line"),
        ]
        indexes = [
            models.Index(  # the history of one row, and the hash of its last entry in the trigger
                fields=["table_name", "row_id", "id"], name="record_by_row"
            ),
            GinIndex(  # what hung on a claim and is gone: its last entry holds the whole row
                fields=["before"], opclasses=["jsonb_path_ops"], condition=Q(action="DELETE"), name="record_of_the_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.table_name} {self.row_id}"
