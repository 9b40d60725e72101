"""What the workers do for people. Safe to repeat: the row is the queue."""

from celery import shared_task

from people.services import mailing


@shared_task
def send_notices() -> None:
    """Put notices into letters and send what is due."""
    mailing.gather_mail()
    mailing.send_waiting()
