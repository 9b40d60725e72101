"""What was typed and not saved."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a person typed into a form of the desk and has not saved. Nobody else is ever shown it.

    form, object: which form, and the number of the row it is about; 0 for none. opening: the opened form that wrote
    last. data: [[field, value], ...] in the order of the form; None once that opened form was saved, so that what
    arrives late from it is left alone. cut: more was typed than is kept.

    No part of the record: what was never saved was never said.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name=_("whose"))
    form = models.SlugField(_("form"), max_length=40, db_index=False)
    object = models.PositiveBigIntegerField(_("row"), default=0)
    opening = models.CharField(max_length=16)
    data = models.JSONField(_("what was typed"), null=True)
    cut = models.BooleanField(default=False)
    saved_at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "form", "object"], name="draft_one_per_person_and_form"),
            models.CheckConstraint(  # services.drafts keeps 100,000 characters; this holds them in JSON's clothes
                condition=models.Q(data__isnull=True)
                | models.Q(LessThanOrEqual(Length(Cast("data", models.TextField())), 1_000_000)),
                name="draft_is_not_endless",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.object}"
