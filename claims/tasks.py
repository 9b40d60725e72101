"""What the workers do. Every task may run twice, late or not at all: the row is the queue."""

from celery import shared_task

from claims.services import detection


@shared_task
def sweep_revisions() -> None:
    """Send every read text that waits for the extractor to a worker."""
    detection.open_runs()
    for run_id in detection.due_runs():
        extract_claims.delay(run_id)


@shared_task
def extract_claims(run_id: int) -> None:
    """Extract the claims of one run. Safe to repeat: a finished run is left alone."""
    detection.extract_run(run_id)
