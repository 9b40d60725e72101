"""What the workers do. Every task may run twice, late or not at all: the row is the queue."""

import time

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from articles.models import Article
from articles.tasks import fetch_article
from claims.models import Delivery
from claims.services import (
    copies,
    detection,
    matching,
    noticing,
    page_changes,
    ranking,
    requests,
    scheduling,
    vectors,
    webhooks,
)

MATCH_FOR = 8  # seconds


@shared_task
def sweep_revisions() -> None:
    """Send every read text that waits for the extractor to a worker."""
    detection.open_runs()
    for run_id in detection.due_runs():
        extract_claims.apply_async((run_id,), link=match_claims.si())


@shared_task
def extract_claims(run_id: int) -> None:
    """Extract the claims of one run. Safe to repeat: a finished run is left alone."""
    detection.extract_run(run_id)


@shared_task
def match_claims() -> None:
    """Match what waits, for a few seconds; the schedule goes on with the rest, so that no text waits behind it.

    Safe to repeat and to run beside itself: whoever takes a claim has it for a while.
    """
    vectors.prepare_indexes()
    until = time.monotonic() + MATCH_FOR
    while matching.match_waiting() and time.monotonic() < until:
        pass


@shared_task
def notice_days() -> None:
    """Tell people what is due, late or going stale. Safe to repeat: each is told once."""
    noticing.notice_days()


@shared_task
def sweep_deliveries() -> None:
    """Send every webhook delivery that is due to a worker."""
    for delivery_id in webhooks.due_deliveries():
        deliver.delay(delivery_id)


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one delivery. Safe to repeat: one that is not due, or that another worker has, is left alone."""
    webhooks.deliver(delivery_id)


def deliver_soon(delivery: Delivery) -> bool:
    """Send one delivery on its way; call it after the transaction that stored it.

    False if the broker does not answer. The sweep does it later then.
    """
    try:
        deliver.delay(delivery.pk)
    except OperationalError:
        return False
    return True


def match_soon() -> bool:
    """Send the workers what waits to be matched; call it after the transaction that stored it.

    False if the broker does not answer. The sweep does it later then.
    """
    try:
        match_claims.delay()
    except OperationalError:
        return False
    return True


@shared_task
def reweigh_queue() -> None:
    """Rank what waits in the queue by the weights in force. Safe to repeat: each claim says which ranked it."""
    ranking.reweigh_queue()


@shared_task
def publish_due() -> None:
    """Publish what is approved and due. Safe to repeat and to race: a claim is published once."""
    scheduling.publish_due(timezone.now())


def reweigh_soon() -> bool:
    """Send the queue on its way to other weights; call it after the decision on them is stored.

    False if the broker does not answer. The sweep does it later then.
    """
    try:
        reweigh_queue.delay()
    except OperationalError:
        return False
    return True


@shared_task
def sweep_copies() -> None:
    """Send every copy of a source that waits to a worker: new ones, lost ones, and those to try again."""
    for copy_id in copies.due_copies():
        keep_copy.delay(copy_id)


@shared_task
def keep_copy(copy_id: int) -> None:
    """Fetch and keep the copy of one source. Safe to repeat: a copy that does not wait is left alone."""
    copies.keep_copy(copy_id)


def keep_copies_soon() -> bool:
    """Send copies on their way; call it after the transaction that asked for them.

    False if the broker does not answer. The sweep does it later then.
    """
    try:
        sweep_copies.delay()
    except OperationalError:
        return False
    return True


@shared_task
def forget_emails() -> None:
    """Empty the e-mail addresses of readers whose letters are long closed. Safe to repeat."""
    requests.forget_emails(timezone.now())


def read_soon(article: Article) -> bool:
    """Send a stored article on its way; call it after the transaction that stored it.

    False if the broker does not answer. Nothing is lost then: the row waits, and the sweeps send it later.
    """
    try:
        if article.status == Article.Status.PENDING:
            fetch_article.apply_async((article.pk,), link=sweep_revisions.si())
        else:
            sweep_revisions.delay()
    except OperationalError:
        return False
    return True


@shared_task
def add_up_page_changes() -> None:
    """Keep the table of page changes short. Safe to repeat and to run beside itself."""
    page_changes.add_up()
