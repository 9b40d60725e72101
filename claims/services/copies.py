"""Keeping what stands at the address of a source. The row is the queue."""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.exceptions import ArticleError, TransientFetchError
from articles.fetching import FetchedPage
from articles.services import FIRST_PAUSE, MAX_ATTEMPTS, KeptPage, keep_fetched, keep_page
from claims.models import Source, SourceCopy
from claims.services.lifecycle import require
from people.models import User
from people.record import recorded

logger = logging.getLogger(__name__)
State = SourceCopy.State
TO_PASTE = re.compile(r"[^.]*\bpaste\b[^.]*\.", re.I)


def ask_for_copy(source: Source) -> None:
    """Let a worker keep what stands at the source's address, once for each address it is given."""
    copies = SourceCopy.objects.filter(source=source)
    if source.url and copies.filter(url=source.url).exists():
        return
    copies.delete()
    if source.url:
        SourceCopy.objects.create(source=source, url=source.url, next_try_at=timezone.now())


def ask_for_copies(sources: Iterable[Source]) -> None:
    """The same for sources that are new."""
    now = timezone.now()
    SourceCopy.objects.bulk_create(
        SourceCopy(source=source, url=source.url, next_try_at=now) for source in sources if source.url
    )


def due_copies() -> list[int]:
    """Take every copy that waits: its number is in the list, and it waits for nobody else for a while."""
    now = timezone.now()
    due = SourceCopy.objects.due(now)
    later = now + timedelta(seconds=settings.LEASE_SECONDS)
    return [pk for pk in due.values_list("pk", flat=True)[:1000] if due.filter(pk=pk).update(next_try_at=later)]


def keep_copy(copy_id: int) -> None:
    """Fetch and keep one copy. Safe to repeat: a copy that does not wait is left alone.

    Afterwards it is KEPT, or FAILED with its reason, or still WAITING with a later time to try again.
    """
    copy = SourceCopy.objects.filter(pk=copy_id, state=State.WAITING).first()
    if copy is None:
        return
    later = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    SourceCopy.objects.filter(pk=copy.pk).update(attempts=F("attempts") + 1, next_try_at=later)
    copy.attempts += 1
    if copy.attempts > MAX_ATTEMPTS:  # whatever stopped the workers before said nothing
        _fail(copy, _("Fetching it was broken off again and again."))
        return
    try:
        kept = keep_page(copy.url)
    except TransientFetchError as error:
        _try_again(copy, error)
    except ArticleError as error:
        _fail(copy, str(error))
    else:
        _keep(copy, kept)


def keep_given(copy: SourceCopy, page: FetchedPage) -> None:
    """Keep a page that somebody else fetched, if the copy still waits."""
    _keep(copy, keep_fetched(page))


def retry_copy(copy: SourceCopy, *, by: User) -> bool:
    """Try a failed copy again from the start. False if it is not failed, or no longer."""
    require(by, "claims.check_claim")
    fresh = {"state": State.WAITING, "failure": "", "attempts": 0, "next_try_at": timezone.now()}
    with recorded(by=by, why=_("tried again by hand")):
        return bool(SourceCopy.objects.filter(pk=copy.pk, state=State.FAILED).update(**fresh))


def _try_again(copy: SourceCopy, error: TransientFetchError) -> None:
    if copy.attempts >= MAX_ATTEMPTS:
        _fail(copy, str(error))
        return
    pause = FIRST_PAUSE * 2 ** (copy.attempts - 1)
    if error.retry_after:
        pause = max(pause, timedelta(seconds=error.retry_after))
    _waiting(copy).update(next_try_at=timezone.now() + pause)


def _fail(copy: SourceCopy, why: str) -> None:
    with recorded(by=None):
        _waiting(copy).update(state=State.FAILED, failure=without_pasting(why), next_try_at=None)
    logger.info("Copy %s could not be kept: %s", copy.pk, why)


def _keep(copy: SourceCopy, kept: KeptPage) -> None:
    with recorded(by=None):
        _waiting(copy).update(
            state=State.KEPT,
            snapshot=kept.snapshot,
            retrieved_at=kept.retrieved_at,
            text=kept.text,
            next_try_at=None,
        )


def _waiting(copy: SourceCopy) -> QuerySet[SourceCopy]:
    """The row, if nobody finished it in the meantime."""
    return SourceCopy.objects.filter(pk=copy.pk, state=State.WAITING)


def without_pasting(sentence: str) -> str:
    """What fetching says, without the advice to paste the text, which is for articles."""
    return TO_PASTE.sub("", sentence).strip() or sentence
