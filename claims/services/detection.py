"""From a revision's text to claims and appearances, once per extractor version."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from claims.extraction import EXTRACTOR_VERSION, Candidate, extract_claims
from claims.extraction.repeats import fullest, group_repeats, sameness
from claims.models import Appearance, Claim, Claimant, ExtractionRun
from claims.services.claims import claimant_named
from people.record import recorded

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
READABLE = {"en", ""}  # "" is too little text to tell
CHARACTERS_A_SECOND = 5_000  # a third of what one core reads (docs/extraction.md), so that no lease ends early


def open_runs() -> int:
    """Open a run for each read revision that the current extractor has not seen. Returns how many."""
    unseen = Revision.objects.filter(article__status=Article.Status.READ).exclude(
        runs__extractor_version=EXTRACTOR_VERSION
    )
    runs = [
        ExtractionRun(revision_id=pk, extractor_version=EXTRACTOR_VERSION, next_try_at=timezone.now())
        for pk in unseen.values_list("pk", flat=True)[:1000]
    ]
    # Another sweep may open the same runs at this moment: the unique pair lets one of them do it.
    ExtractionRun.objects.bulk_create(runs, ignore_conflicts=True)
    return len(runs)


def due_runs() -> list[int]:
    """Take every run that waits: its number is in the list, and it waits for nobody else for a while."""
    now = timezone.now()
    due = ExtractionRun.objects.due(now)
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

    The text is read outside the transaction; the write after it is short and happens once.
    """
    run = ExtractionRun.objects.select_related("revision__article").filter(pk=run_id, finished_at=None).first()
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

    What is said twice in the article becomes one claim with two appearances. Nothing is written if the run
    is finished already, and claims that are known for this article are kept as they are.
    """
    groups = _by_text(candidates)
    # Before the transaction: two runs that wrote the same new names in another order would wait for each other.
    names = sorted({candidate.claimant for same in groups.values() for candidate in same})
    claimants = {name: claimant_named(name) for name in names}
    with recorded(by=None, why=f"extractor {run.extractor_version}"):
        # The article, so that runs of two versions or two revisions of it do not store the same claim twice.
        Article.objects.select_for_update().get(pk=run.revision.article_id)
        if ExtractionRun.objects.select_for_update().get(pk=run.pk).finished_at is not None:
            return 0
        known = _known_claims(run.revision)
        groups = _as_known(groups, known)
        new = groups.keys() - known.keys()
        for text, same in groups.items():
            claim = known.get(text) or _new_claim(same[0], claimants[same[0].claimant])
            _store_appearances(claim, run, same, claimants)
        ExtractionRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    logger.info("Article %s: %s new claims of %s", run.revision.article_id, len(new), len(groups))
    return len(new)


def _by_text(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """Candidates that say the same, by their fullest wording, which comes first among them."""
    groups: dict[str, list[Candidate]] = {}
    for group in group_repeats(candidates):
        best = fullest(group)
        groups[sameness(best.text)] = [best, *(one for one in group if one is not best)]
    return groups


def _as_known(groups: dict[str, list[Candidate]], known: dict[str, Claim]) -> dict[str, list[Candidate]]:
    """The groups by the wording of the claim that any of their members is known as."""
    renamed: dict[str, list[Candidate]] = defaultdict(list)
    for text, same in groups.items():
        wordings = [text, *(sameness(candidate.text) for candidate in same)]
        renamed[next((wording for wording in wordings if wording in known), text)] += same
    return renamed


def _known_claims(revision: Revision) -> dict[str, Claim]:
    """The claims of the article, by their wording as extracted, which rewording does not change."""
    claims = Claim.objects.filter(appearances__revision__article=revision.article_id).distinct()
    return {sameness(claim.extracted_text or claim.text): claim for claim in claims}


def _new_claim(candidate: Candidate, claimant: Claimant | None) -> Claim:
    as_dict = candidate.as_dict()
    return Claim.objects.create(
        text=candidate.text[:1000],
        extracted_text=candidate.text,
        kind=candidate.kind,
        modality=candidate.modality,
        check_worthiness=candidate.check_worthiness,
        reasons=as_dict["reasons"],
        unresolved=as_dict["unresolved"],
        resolved=as_dict["resolved"],
        claimant=claimant,
    )


def _store_appearances(
    claim: Claim, run: ExtractionRun, same: list[Candidate], claimants: dict[str, Claimant | None]
) -> None:
    rows = [
        Appearance(
            claim=claim,
            revision=run.revision,
            run=run,
            start=candidate.start,
            end=candidate.end,
            sentence_start=candidate.sentence_start,
            sentence_end=candidate.sentence_end,
            quote=candidate.quote,
            claimant_text=candidate.claimant[:300],
            claimant=claimants[candidate.claimant],
            dates=candidate.as_dict()["dates"],
            made_on=run.revision.article.published_on,
        )
        for candidate in same
    ]
    Appearance.objects.bulk_create(rows, ignore_conflicts=True)  # a place that is known stays as it is
