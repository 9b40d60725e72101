"""What the workers do about articles. The row is the queue; a message is a hint."""

from celery import shared_task

from articles import services


@shared_task
def sweep_articles() -> None:
    """Send every article that waits to be fetched to a worker: new ones, lost ones, and those to try again."""
    for article_id in services.due_articles():
        fetch_article.delay(article_id)


@shared_task
def fetch_article(article_id: int) -> None:
    """Fetch one article. Safe to repeat: an article that is not pending is left alone.

    A transient failure is not retried by Celery: the row says when to try again, and the sweep does.
    """
    services.fetch_article(article_id)
