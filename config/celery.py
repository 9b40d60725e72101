"""The Celery app, its limits and the schedule. The row is the queue; a message is a hint."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TASK_TIME_LIMIT = 20 * 60  # the longest text takes 5 to 9 minutes (docs/extraction.md)
VISIBILITY_TIMEOUT = 30 * 60  # above the time limit, or a task still running is handed out again


def sweep(task: str, *, seconds: int) -> dict[str, object]:
    """A beat entry. What nobody took before the next one is due is dropped, so that no backlog builds up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


CONFIGURATION = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_time_limit": TASK_TIME_LIMIT,
    "task_soft_time_limit": TASK_TIME_LIMIT - 30,
    "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0, "interval_max": 0.5},
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "worker_send_task_events": False,
    "worker_cancel_long_running_tasks_on_connection_loss": True,  # they are handed out again
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_TIMEOUT,
        # Without these two a task of a killed worker waits about 100 s (docs/operations.md).
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
    },
    "beat_schedule": {
        "fetch what waits": sweep("articles.tasks.sweep_articles", seconds=15),
        "extract from what was read": sweep("claims.tasks.sweep_revisions", seconds=5),
        "keep copies of sources": sweep("claims.tasks.sweep_copies", seconds=15),
        "match what is new": sweep("claims.tasks.match_claims", seconds=10),
        "tell webhooks": sweep("claims.tasks.sweep_deliveries", seconds=15),
        "notice what is due or going stale": sweep("claims.tasks.notice_days", seconds=900),
        "send notices by e-mail": sweep("people.tasks.send_notices", seconds=15),
        "forget e-mail addresses of readers": sweep("claims.tasks.forget_emails", seconds=3600),
        "rank the queue by the weights in force": sweep("claims.tasks.reweigh_queue", seconds=15),
        "add up changes of pages": sweep("claims.tasks.add_up_page_changes", seconds=900),
        "publish what is due": sweep("claims.tasks.publish_due", seconds=60),
    },
    "timezone": "UTC",
}

app = Celery("plumbline", changes=CONFIGURATION)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
