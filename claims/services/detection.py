"""From a revision's text to claims and appearances, once per extractor version."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from claims.extraction import EXTRACTOR_VERSION, Candidate, extract_claims
from claims.extraction.repeats import fullest, group_repeats, sameness
from claims.models import ExtractionRun
from claims.services.claims import claimant_named
from claims.services.ranking import weights_in_force
from claims.services.rereading import known_to, wordings_of
from claims.services.storing import Store
from people.record import recorded

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
READABLE = {"en", ""}  # "" is too little text to tell
CHARACTERS_A_SECOND = 5_000  # a third of what one core reads (docs/extraction.md), so that no lease ends early
# Who speaks is known to be somebody, but not who: the place keeps the word, and nobody of that name is made.
NOBODY = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "one"})
REREAD_AT_ONCE = 20  # texts under way again for a new version: some ten seconds of one worker before a new text


def open_runs() -> int:
    """Open runs for read revisions that the current extractor has not seen. Returns how many.

    New texts get theirs at once. Texts that another version has read wait their turn, the newest first: at most
    REREAD_AT_ONCE of them are under way, so that the archive never stands in front of what comes in.
    """
    unseen = _revisions().filter(~Exists(_runs_of_this_version()))
    again = unseen.filter(Exists(_runs_of_others())).order_by("-pk")
    free = max(0, REREAD_AT_ONCE - _under_way().count())
    return _open(unseen.exclude(Exists(_runs_of_others()))[:1000]) + _open(again[:free])


def _revisions() -> QuerySet[Revision]:
    return Revision.objects.filter(article__status=Article.Status.READ)


def _runs_of_this_version() -> QuerySet[ExtractionRun]:
    """To be asked of each revision."""
    return ExtractionRun.objects.filter(revision=OuterRef("pk"), extractor_version=EXTRACTOR_VERSION)


def _runs_of_others() -> QuerySet[ExtractionRun]:
    """To be asked of each revision: runs of another version that are done with it."""
    done = ExtractionRun.objects.filter(revision=OuterRef("pk"), finished_at__isnull=False)
    return done.exclude(extractor_version=EXTRACTOR_VERSION)


def _under_way() -> QuerySet[Revision]:
    """Texts that are being read again, or are about to be."""
    unfinished = _runs_of_this_version().filter(finished_at=None)
    return Revision.objects.filter(Exists(unfinished), Exists(_runs_of_others()))


def _open(revisions: QuerySet[Revision]) -> int:
    runs = [
        ExtractionRun(revision_id=pk, extractor_version=EXTRACTOR_VERSION, next_try_at=timezone.now())
        for pk in revisions.values_list("pk", flat=True)
    ]
    # Another sweep may open the same runs at this moment: the unique pair lets one of them do it.
    ExtractionRun.objects.bulk_create(runs, ignore_conflicts=True)
    return len(runs)


def read_again(article: Article) -> int:
    """Open the runs that the current extractor has not made of the article, before their turn. Returns how many."""
    return _open(_revisions().filter(~Exists(_runs_of_this_version()), article=article))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts the current version has read, is at, and has not begun with; failed: read, but in vain."""

    version: str
    read: int
    failed: int
    under_way: int
    waiting: int


def progress() -> Progress:
    """How far the current extractor is with all texts that there are."""
    runs = ExtractionRun.objects.filter(extractor_version=EXTRACTOR_VERSION)
    done = runs.filter(finished_at__isnull=False)
    return Progress(
        version=EXTRACTOR_VERSION,
        read=done.count(),
        failed=done.exclude(failure="").count(),
        under_way=runs.filter(finished_at=None).count(),
        waiting=_revisions().filter(~Exists(_runs_of_this_version())).count(),
    )


def due_runs() -> list[int]:
    """Take every run of this version that waits: it is in the list, and waits for nobody else for a while."""
    now = timezone.now()
    due = ExtractionRun.objects.due(now).filter(extractor_version=EXTRACTOR_VERSION)
    return [pk for pk in due.values_list("pk", flat=True)[:1000] if _take(due.filter(pk=pk), now)]


def _take(run: QuerySet[ExtractionRun], now: datetime) -> bool:
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    return bool(run.update(next_try_at=now + lease, started_at=None))


def is_extracted(article: Article) -> bool:
    """Whether the current extractor is done with every text of the article, with or without success."""
    if article.status != Article.Status.READ:
        return False
    done = ExtractionRun.objects.filter(extractor_version=EXTRACTOR_VERSION, finished_at__isnull=False)
    return not article.revisions.exclude(runs__in=done).exists()


def extract_run(run_id: int) -> None:
    """Extract the claims of one run and store them. Safe to repeat: a finished run is left alone.

    So is a run of another version, which a worker of that version takes; two may be at work while one replaces the
    other, and a run says which of them made its claims.

    The text is read outside the transaction; the write after it is short and happens once.
    """
    runs = ExtractionRun.objects.select_related("revision__article").filter(extractor_version=EXTRACTOR_VERSION)
    run = runs.filter(pk=run_id, finished_at=None).first()
    if run is None or not _start(run):
        return
    revision = run.revision
    if failure := _reason_to_leave(run):
        ExtractionRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), failure=failure)
    else:
        store_candidates(run, extract_claims(revision.text, published_on=revision.article.published_on))


def _start(run: ExtractionRun) -> bool:
    """Begin, unless another worker has: its lease is long enough for the text, and counts from now."""
    now = timezone.now()
    seconds = settings.LEASE_SECONDS + len(run.revision.text) // CHARACTERS_A_SECOND
    free = ExtractionRun.objects.filter(pk=run.pk, finished_at=None, started_at=None)
    return bool(free.update(started_at=now, attempts=F("attempts") + 1, next_try_at=now + timedelta(seconds=seconds)))


def _reason_to_leave(run: ExtractionRun) -> str:
    if run.revision.article.language not in READABLE:
        return _("The extractor reads English; no candidates were looked for.")
    if run.attempts >= MAX_ATTEMPTS:
        return _("The extractor stopped on this text %(number)s times.") % {"number": run.attempts}
    return ""


def store_candidates(run: ExtractionRun, candidates: Iterable[Candidate]) -> int:
    """Write claims and appearances for `candidates` and finish the run. Returns the number of new claims.

    What is said twice in the article becomes one claim with two appearances. Claims that a person has touched are
    never changed; those that nobody has become what this run says of them, or go where it does not propose them any
    more (`claims.services.rereading` tells which is which). Nothing is written if the run is finished already, or if
    a later one is.
    """
    groups = _by_text(candidates)
    # Before the transaction: two runs that wrote the same new names in another order would wait for each other.
    names = sorted({candidate.claimant for same in groups.values() for candidate in same})
    claimants = {name: None if name.lower() in NOBODY else claimant_named(name) for name in names}
    with recorded(by=None, why=f"extractor {run.extractor_version}"):
        # The article, so that runs of two versions or two revisions of it do not store the same claim twice.
        Article.objects.select_for_update().get(pk=run.revision.article_id)
        if ExtractionRun.objects.select_for_update().get(pk=run.pk).finished_at is not None:
            return 0
        store = Store(run, known_to(run), claimants, weights_in_force())
        if not _is_overtaken(run):
            _store(store, groups)
        ExtractionRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    logger.info("Article %s: %s new claims of %s", run.revision.article_id, store.added, len(groups))
    return store.added


def _is_overtaken(run: ExtractionRun) -> bool:
    """Whether a run that was opened later is done with the text already: what it found is not put back."""
    later = ExtractionRun.objects.filter(revision=run.revision_id, pk__gt=run.pk)
    return later.filter(finished_at__isnull=False, failure="").exists()


def _store(store: Store, groups: dict[str, list[Candidate]]) -> None:
    told = store.known.told(groups)
    for text, same in groups.items():
        if text in told:
            claim = told[text]
            words = {sameness(claim.extracted_text), sameness(claim.text)}
            store.keep(claim, same, same_words=not words.isdisjoint(wordings_of(same)))
        else:
            store.add(same)
    store.finish()


def _by_text(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """Candidates that say the same, by their fullest wording, which comes first among them."""
    groups: dict[str, list[Candidate]] = {}
    for group in group_repeats(candidates):
        best = fullest(group)
        groups[sameness(best.text)] = [best, *(one for one in group if one is not best)]
    return groups
