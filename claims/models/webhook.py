"""Programs of others that want to be told, and what they were told."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

ADDRESS_LIMIT = 2_000


class Event(models.TextChoices):
    """What can be told. TEST is sent by hand alone."""

    PUBLISHED = "claim.published", _("A claim is published")
    CORRECTED = "claim.corrected", _("A published claim is corrected")
    RETRACTED = "claim.retracted", _("A claim is retracted")
    TEST = "webhook.test", _("Test")


CHOSEN = (Event.PUBLISHED, Event.CORRECTED, Event.RETRACTED)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def for_listing(self) -> Self:
        """Everything the list shows, in two queries: each with its `last` delivery, as a list of one or none."""
        newest = Delivery.objects.order_by("webhook_id", "-pk").distinct("webhook_id")
        return self.select_related("by").prefetch_related(Prefetch("deliveries", queryset=newest, to_attr="last"))


class Webhook(models.Model):
    """An address that is told of events. secret: of the signature, base64; shown once, and never on the record.

    failures: tries in a row that did not work; at a limit it is switched off.
    """

    url = models.URLField(_("address"), max_length=ADDRESS_LIMIT)
    events = ArrayField(models.CharField(max_length=20, choices=Event), verbose_name=_("told of"))
    active = models.BooleanField(_("active"), default=True)
    secret = models.CharField(max_length=64, editable=False)
    secret_made_at = models.DateTimeField(_("secret made"), editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    last: "list[Delivery]"  # set by for_listing

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return self.url


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        """Deliveries of active webhooks that wait and that nobody is sending. Uses delivery_waiting."""
        waiting = self.filter(status=Delivery.Status.WAITING, next_try_at__lte=now, webhook__active=True)
        return waiting.order_by("next_try_at", "pk")


class Delivery(models.Model):
    """One event on its way to one address. The row is the queue.

    event: what happened, such as "claim.published:17". body: exactly what is signed and sent. response_status: the
    answer's, null where there was none. failure: why the last try did not work, "" once one did.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event = models.CharField(_("event"), max_length=100)
    body = models.TextField(_("body"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    response_status = models.PositiveSmallIntegerField(_("answer"), null=True)
    failure = models.TextField(_("why it did not work"), blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once_per_webhook_and_event"),
            models.CheckConstraint(
                condition=Q(status="delivered") ^ Q(delivered_at=None), name="delivery_delivered_says_when"
            ),
        ]
        indexes = [  # the sweep
            models.Index(fields=["next_try_at"], condition=Q(status="waiting"), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return self.event
