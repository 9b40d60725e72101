"""Telling programs of others. Services write rows, a sweep sends them, signed by the Standard Webhooks specification.

Docs for those who receive: docs/webhooks.md.
"""

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import fetching
from articles.exceptions import FetchError, RefusedAddress
from claims.exceptions import NotReady
from claims.models import Delivery, Webhook
from claims.models.webhook import CHOSEN, Event
from claims.services.lifecycle import require
from claims.services.telling import body_of
from people.models import User
from people.models.notices import Kind
from people.record import recorded
from people.services.notifying import notify, people_who_may

logger = logging.getLogger(__name__)

# After each try that did not work; the specification's own schedule, some three days in all.
PAUSES = [timedelta(seconds=n) for n in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)]
OFF_AFTER = 30  # failures in a row, over all that is sent to an address
GONE = 410  # the receiver wants no more of it, says the specification
NO_ADDRESS = "The address does not lead to a machine on the public internet."


def make_webhook(url: str, *, events: Sequence[str], by: User) -> Webhook:
    """Tell this address of these events from now on. Raises NotReady for an address that cannot be used."""
    require(by, "claims.add_webhook")
    with recorded(by=by):
        return Webhook.objects.create(
            url=_checked(url), events=_events(events), secret=_new_secret(), secret_made_at=timezone.now(), by=by
        )


def change_webhook(webhook: Webhook, *, url: str, events: Sequence[str], active: bool, by: User) -> None:
    """Change address, events, or whether it is told at all. What waited while it was off is sent once it is on."""
    require(by, "claims.change_webhook")
    webhook.url, webhook.events = _checked(url), _events(events)
    if active and not webhook.active:
        webhook.failures = 0
    webhook.active = active
    with recorded(by=by):
        webhook.save(update_fields=["url", "events", "active", "failures"])


def renew_secret(webhook: Webhook, *, by: User) -> None:
    """Sign with a new secret from now on; the old one is void at once."""
    require(by, "claims.change_webhook")
    webhook.secret, webhook.secret_made_at = _new_secret(), timezone.now()
    with recorded(by=by, why=_("new secret")):
        webhook.save(update_fields=["secret", "secret_made_at"])


def send_test(webhook: Webhook, *, by: User) -> Delivery:
    """Put a test on its way to one address, whatever it is told of otherwise."""
    require(by, "claims.change_webhook")
    if not webhook.active:
        raise NotReady(_("This webhook is off. Switch it on first."))
    body = body_of(Event.TEST, {"by": by.username})
    event = f"{Event.TEST}:{secrets.token_hex(8)}"
    with recorded(by=by):
        return Delivery.objects.create(webhook=webhook, event=event, body=body, next_try_at=timezone.now())


def due_deliveries() -> QuerySet[Delivery, int]:
    """The numbers of what should be sent now."""
    return Delivery.objects.due(timezone.now()).values_list("pk", flat=True)[:100]


def deliver(delivery_id: int) -> None:
    """Send one delivery, unless another worker has it. The receiver is asked outside any transaction.

    Where a worker dies before it could note the answer, the same is sent again under the same `webhook-id`.
    """
    delivery = _take(delivery_id)
    if delivery is None:
        return
    status, failure = _post(delivery)
    if failure:
        _failed(delivery, status, failure)
        return
    Delivery.objects.filter(pk=delivery.pk).exclude(status=Delivery.Status.DELIVERED).update(
        status=Delivery.Status.DELIVERED, delivered_at=timezone.now(), response_status=status, failure=""
    )
    Webhook.objects.filter(pk=delivery.webhook_id, failures__gt=0).update(failures=0)


def signature(secret: str, *, message_id: str, timestamp: int, body: str) -> str:
    """The value of the header `webhook-signature`."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    digest = hmac.new(base64.b64decode(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


@transaction.atomic
def _take(delivery_id: int) -> Delivery | None:
    now = timezone.now()
    due = Delivery.objects.due(now).filter(pk=delivery_id).select_related("webhook")
    delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
    if delivery is not None:
        delivery.attempts += 1
        delivery.next_try_at = now + timedelta(seconds=settings.LEASE_SECONDS)
        delivery.save(update_fields=["attempts", "next_try_at"])
    return delivery


def _post(delivery: Delivery) -> tuple[int | None, str]:
    """The status of the answer, None without one, and why that is a failure, "" if it is none."""
    now, message_id = int(timezone.now().timestamp()), f"msg_{delivery.pk}"
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(
            delivery.webhook.secret, message_id=message_id, timestamp=now, body=delivery.body
        ),
    }
    try:
        status = fetching.post(
            delivery.webhook.url,
            delivery.body.encode(),
            headers=headers,
            private_hosts=settings.FETCH_PRIVATE_HOSTS,
            user_agent=settings.FETCH_USER_AGENT,
        )
    except RefusedAddress:
        return None, NO_ADDRESS
    except FetchError as error:
        return None, str(error).removesuffix(" Paste the text instead.")
    return status, "" if 200 <= status < 300 else _("The receiver answered %(status)s.") % {"status": status}


@transaction.atomic
def _failed(delivery: Delivery, status: int | None, failure: str) -> None:
    now, tries = timezone.now(), delivery.attempts
    later = now + PAUSES[tries - 1] if tries <= len(PAUSES) else None
    end = {} if later else {"status": Delivery.Status.FAILED}
    Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.WAITING, attempts=tries).update(
        response_status=status, failure=failure, next_try_at=later or now, **end
    )
    webhook = Webhook.objects.select_for_update(no_key=True, of=("self",)).get(pk=delivery.webhook_id)
    webhook.failures += 1
    webhook.save(update_fields=["failures"])
    if webhook.active and (webhook.failures >= OFF_AFTER or status == GONE):
        _switch_off(webhook, failure)


def _switch_off(webhook: Webhook, failure: str) -> None:
    webhook.active = False
    with recorded(by=None, why=failure):
        webhook.save(update_fields=["active"])
    logger.warning("Webhook %s was switched off: %s", webhook.pk, failure)
    notify(
        *people_who_may("claims.change_webhook"),
        kind=Kind.WEBHOOK_OFF,
        event=f"webhook_off:{webhook.pk}:{timezone.now():%Y-%m-%d}",
        by=None,
        about=webhook.url,
        address=reverse("admin:claims_webhook_change", args=[webhook.pk]),
        note=failure,
    )


def _checked(url: str) -> str:
    try:
        return fetching.normalise_address(url, private_hosts=settings.FETCH_PRIVATE_HOSTS)
    except RefusedAddress as error:
        said = _("Give an address that begins with https:// and leads to a machine on the public internet.")
        raise NotReady(said) from error


def _events(events: Sequence[str]) -> list[str]:
    chosen = [event for event in CHOSEN if event in events]
    if not chosen:
        raise NotReady(_("Choose at least one event."))
    return [str(event) for event in chosen]


def _new_secret() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
