"""Matching: every new wording is found its like, compared with them, and where nothing is in doubt counted with them.

The entry is the queue: a trigger leaves one with an empty stamp for each claim that is new or worded anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import F, Max, QuerySet, Value
from django.utils import timezone

from claims.matching import RULES_VERSION, Comparison, TruthConditions, compare, read_conditions
from claims.models import Claim, ClaimEntry, ClaimMatch, Decision, ExternalFactCheck, ExternalMatch, State
from claims.models.matching import WORDS, Entry, EntryQuerySet, Pair
from claims.services.finding import Found, Question, ask_all, encoder_stamp, find_alike
from claims.services.merging import lock_claims, merge_claim

Status = Claim.Status
LOT = 32  # entries a worker takes at a time
KEPT = 8  # pairs of a claim that are kept, the most alike
ALIKE = 0.5  # similarity below which a pair is not worth a row
MAX_ATTEMPTS = 3
ONE_AT_A_TIME = 4_200_001  # of all advisory locks: two claims matched at the same moment would miss each other

# What the machine may count together by itself (docs/matching.md, "Without a person").
FEWEST_WORDS = 8
STALE = timedelta(days=180)
JOINED_WITH = frozenset({Status.DETECTED, Status.SHORTLISTED, Status.IN_PROGRESS, Status.IN_REVIEW})


def current_stamp() -> str:
    """The rules and the encoder at work; an entry with another stamp is made again."""
    return f"rules {RULES_VERSION}, {encoder_stamp() or 'no encoder'}"


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of a text outside any transaction."""

    question: Question
    conditions: TruthConditions | None

    def fields(self) -> dict[str, Any]:
        """Of an Entry."""
        return {
            "words": SearchVector(Value(self.question.text), config=WORDS),
            "conditions": self.conditions.as_dict() if self.conditions else None,
            "vector": self.question.vector,
            "encoder": self.question.encoder,
            "stamp": current_stamp(),
            "next_try_at": timezone.now(),
            "attempts": 0,
        }


def make_all(texts: Sequence[str]) -> list[Made]:
    """Read the truth conditions of each text, and make the question to find its like by."""
    return [Made(*pair) for pair in zip(ask_all(texts), read_conditions(texts), strict=True)]


def match_waiting(*, at_most: int = LOT) -> int:
    """Match what waits, a lot of it, new claims before what other rules or another encoder made. Returns how many.

    Safe to repeat and to do by several at once: whoever takes entries has them for a while.
    """
    return _match_claims(at_most) or _match_externals(at_most)


def _take(entries: EntryQuerySet[Any], at_most: int) -> list[int]:
    """Lease what is due. What stopped its worker several times is left with its words alone."""
    now = timezone.now()
    with transaction.atomic():
        due = entries.due(current_stamp(), now).select_for_update(skip_locked=True, of=("self",))
        taken = dict(due.values_list("pk", "attempts")[:at_most])
        lease = now + timedelta(seconds=settings.LEASE_SECONDS)
        entries.filter(pk__in=taken).update(next_try_at=lease, attempts=F("attempts") + 1)
        left = [pk for pk, attempts in taken.items() if attempts >= MAX_ATTEMPTS]
        entries.filter(pk__in=left).update(stamp=current_stamp())
    return [pk for pk in taken if pk not in left]


def _match_claims(at_most: int) -> int:
    taken = _take(ClaimEntry.objects.all(), at_most)
    texts = dict(Claim.objects.filter(pk__in=taken).order_by("pk").values_list("pk", "text"))
    for (pk, text), made in zip(texts.items(), make_all(list(texts.values())), strict=True):
        store_claim(pk, text, made)
    return len(taken)


@transaction.atomic
def store_claim(pk: int, text: str, made: Made) -> None:
    """Write the entry and the pairs of one claim; nothing if it was worded anew or merged in the meantime."""
    wait_for_turn()
    found = find_matches(made, ClaimEntry.objects.exclude(claim=pk))
    others = find_matches(made, ExternalFactCheck.objects.all()) if ExternalFactCheck.objects.exists() else []
    claims = lock_claims([pk, *(one.entry.pk for one, _comparison in found)])
    claim = claims.get(pk)
    if claim is None or claim.text != text or claim.status == Status.MERGED:
        return
    ClaimEntry.objects.filter(claim=pk).update(**made.fields())
    found = [(one, comparison) for one, comparison in found if one.entry.pk in claims]
    pairs = [_claim_match(claim, claims[one.entry.pk], one.similarity, comparison) for one, comparison in found]
    about = [ExternalMatch(claim=claim, external=one.entry, **_said(one.similarity, said)) for one, said in others]
    _keep(ClaimMatch.objects.of([pk]).filter(merges=None), pairs)
    _keep(ExternalMatch.objects.filter(claim=pk), about)
    _join(claim, claims)


def wait_for_turn() -> None:
    """Let nothing else be matched to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


@transaction.atomic(savepoint=False)
def find_matches(made: Made, entries: EntryQuerySet[Any]) -> list[tuple[Found, Comparison | None]]:
    """The KEPT entries most like a text, each with what comparing says: None where one of the two has no record."""
    found = [one for one in find_alike(made.question, entries, limit=KEPT) if one.similarity >= ALIKE]
    return [(one, _compared(made.conditions, one.entry)) for one in found]


def _compared(conditions: TruthConditions | None, entry: Entry) -> Comparison | None:
    if conditions is None or entry.conditions is None:
        return None
    return compare(conditions, TruthConditions.from_dict(entry.conditions))


def _said(similarity: float, comparison: Comparison | None, *, mirrored: bool = False) -> dict[str, Any]:
    """The fields of a Pair; mirrored: from the candidate's side. What could not be compared is related, no more."""
    differences = [asdict(difference) for difference in comparison.differences] if comparison else []
    if mirrored:
        differences = [{**d, "query": d["candidate"], "candidate": d["query"]} for d in differences]
    return {
        "similarity": similarity,
        "decision": comparison.decision.value if comparison else Decision.RELATED,
        "differences": differences,
        "certain": comparison.certain if comparison else False,
        "encoder": encoder_stamp(),
        "rules": RULES_VERSION,
    }


def _claim_match(claim: Claim, other: Claim, similarity: float, comparison: Comparison | None) -> ClaimMatch:
    low, high = sorted([claim, other], key=lambda one: one.pk)
    return ClaimMatch(low=low, high=high, **_said(similarity, comparison, mirrored=claim is high))


def _keep(known: QuerySet[Any], pairs: Sequence[Pair]) -> None:
    """Store pairs. What people decided on stays as they saw it; suggestions that do not come up any more go."""
    known.filter(state=State.SUGGESTED).delete()
    for kind in {type(pair) for pair in pairs}:
        kind._default_manager.bulk_create(pairs, ignore_conflicts=True)


def _join(claim: Claim, claims: Mapping[int, Claim]) -> None:
    """Count the newer claim of a pair with the older one, where the rules are certain that they are the same and
    nothing speaks against doing so without a person. Either may be `claim`: whichever was matched last finds the other.
    """
    certain = ClaimMatch.objects.of([claim.pk]).filter(decision=Decision.SAME, certain=True, state=State.SUGGESTED)
    for match in certain.filter(low__in=claims, high__in=claims).order_by("-similarity", "low", "high"):
        newer, older = claims[match.high_id], claims[match.low_id]
        if _may_join(newer, older):
            merge_claim(newer, into=older, by=None, match=match)


def _may_join(newer: Claim, older: Claim) -> bool:
    """Both stand alone in enough words and were said within half a year; nobody has touched the new one, and no reader
    sees the older one yet."""
    return (
        newer.status == Status.DETECTED
        and older.status in JOINED_WITH
        and newer.modality == older.modality
        and not newer.unresolved
        and not older.unresolved
        and min(len(newer.text.split()), len(older.text.split())) >= FEWEST_WORDS
        and abs(_said_on(newer) - _said_on(older)) <= STALE
        and Claim.objects.untouched_by_people().filter(pk=newer.pk).exists()
    )


def _said_on(claim: Claim) -> date:
    """When it was last said, as far as known."""
    last = claim.appearances.aggregate(last=Max("made_on"))["last"]
    return last or claim.created_at.date()


def _match_externals(at_most: int) -> int:
    externals = ExternalFactCheck.objects.all()
    taken = _take(externals, at_most)
    texts = dict(externals.filter(pk__in=taken).order_by("pk").values_list("pk", "claim_text"))
    for (pk, text), made in zip(texts.items(), make_all(list(texts.values())), strict=True):
        store_external(pk, text, made)
    return len(taken)


@transaction.atomic
def store_external(pk: int, text: str, made: Made) -> None:
    """Write the entry of a fact-check of others, and which of our claims it is like."""
    wait_for_turn()
    found = find_matches(made, ClaimEntry.objects.all())
    lock_claims(one.entry.pk for one, _comparison in found)
    external = ExternalFactCheck.objects.select_for_update().filter(pk=pk, claim_text=text).first()
    if external is None:
        return
    ExternalFactCheck.objects.filter(pk=pk).update(**made.fields())
    pairs = [
        ExternalMatch(claim_id=one.entry.pk, external=external, **_said(one.similarity, comparison, mirrored=True))
        for one, comparison in found
    ]
    _keep(ExternalMatch.objects.filter(external=pk), pairs)
