"""Readers' search: published fact-checks by their words and by meaning, as one list. docs/search.md explains it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from claims.models import ClaimEntry, SearchEntry
from claims.models.matching import EntryQuerySet
from claims.models.search import SearchEntryQuerySet
from claims.services.finding import Question, ask, encoder_stamp, find_alike, look_far, stems_of

LONGEST = 300  # characters of a query that are looked up
MOST = 1_000  # fact-checks with the words that are ranked and counted: of more, the newest
NEAREST = 20  # fact-checks that meaning adds at most
ALIKE = 0.4  # cosine of query and claim below which the claim is not what was meant (docs/search.md)
SHARED = 0.25  # without vectors: the share of their rarer words that both have
SMOOTHING = 10  # of the reciprocal ranks: small, so that the first of either list stays near the top
TO_THE_LETTER = re.compile(r'"|(?:^|\s)-\w')  # a phrase or an exclusion, neither of which meaning would respect
EXCLUDED = re.compile(r'(?:^|\s)-(?:"[^"]*"?|\S+)')
LOOSE_MINUS = re.compile(r'-+(?![\w"])')  # PostgreSQL nests them, and gives up at a few dozen
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks of direction, halves of pairs, ends of lines


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact-check found, with what it can be narrowed by. claim, rating, claimant, publishers: primary keys."""

    claim: int
    rating: int
    claimant: int | None
    publishers: tuple[int, ...]
    first_published_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """hits: best or newest first. more: others than these have the words too.

    stems: of the words asked for, as `stems_of` gives them. with_words: the claims that have all of them.
    to_the_letter: only words counted, as the query asked. encoded: an encoder took part.
    """

    hits: list[Hit]
    more: bool
    stems: frozenset[str]
    with_words: frozenset[int]
    to_the_letter: bool
    encoded: bool


def tidy(text: str) -> str:
    """What a reader typed in one line, without characters that cannot be seen, cut to LONGEST."""
    text = text[: 10 * LONGEST].translate(QUOTES)
    seen = (" " if unicodedata.category(letter) in UNSEEN else letter for letter in text)
    return " ".join("".join(seen).split())[:LONGEST].rstrip()


@transaction.atomic
def search_claims(text: str, entries: SearchEntryQuerySet, *, newest_first: bool = False) -> Answer:
    """Find fact-checks among `entries` for `text`, which is `tidy`.

    Two lists become one by reciprocal ranks: fact-checks that have all the words, and those whose claim says the like.
    """
    _use_indexes()
    to_the_letter = bool(TO_THE_LETTER.search(text))
    question = None if to_the_letter else _question(text, encoder_stamp())
    having = _hits(entries.with_words(LOOSE_MINUS.sub(" ", text), at_most=MOST + 1))
    alike = _alike(question, entries) if question else []
    found = {hit.claim: hit for hit in [*having[:MOST], *alike]}
    score = _fused([hit.claim for hit in having[:MOST]], [hit.claim for hit in alike])
    hits = sorted(found.values(), key=lambda hit: (hit.first_published_at, hit.claim), reverse=True)
    return Answer(
        hits=hits if newest_first else sorted(hits, key=lambda hit: -score[hit.claim]),
        more=len(having) > MOST,
        stems=frozenset(question.stems if question else stems_of([EXCLUDED.sub(" ", text)])[0]),
        with_words=frozenset(hit.claim for hit in having),
        to_the_letter=to_the_letter,
        encoded=bool(question and question.encoder),
    )


def _use_indexes() -> None:
    """To the end of the transaction: PostgreSQL takes words to be as cheap to read as numbers, and would read them all
    where one word is common."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


@lru_cache(maxsize=256)
def _question(text: str, _encoder: str) -> Question:
    """Encoded once for all pages of a search; the encoder's name is in the key."""
    return ask(text)


def _hits(entries: SearchEntryQuerySet) -> list[Hit]:
    rows = entries.values_list("claim", "rating", "claimant", "publishers", "first_published_at")
    return [Hit(claim, rating, who, tuple(publishers), at) for claim, rating, who, publishers, at in rows]


def _alike(question: Question, entries: SearchEntryQuerySet) -> list[Hit]:
    """Those of `entries` whose claim says the like, nearest first: by vector, or without one by rarer words.

    They are looked for among all published ones, so that narrowing a search leaves what was counted before.
    """
    among = ClaimEntry.objects.filter(Exists(SearchEntry.objects.filter(pk=OuterRef("pk"))))
    found = _near(question, among) if question.vector is not None else _sharing(question, among)
    hits = {hit.claim: hit for hit in _hits(entries.filter(pk__in=found))}
    return [hits[claim] for claim in found if claim in hits]


def _near(question: Question, among: EntryQuerySet[Any]) -> list[int]:
    look_far()
    likeness = among.with_likeness(question.vector, encoder=question.encoder)
    rows = likeness.nearest(question.vector, encoder=question.encoder).values_list("pk", "cosine")[:NEAREST]
    return [pk for pk, cosine in rows if cosine >= ALIKE]


def _sharing(question: Question, among: EntryQuerySet[Any]) -> list[int]:
    return [one.entry.pk for one in find_alike(question, among, limit=NEAREST) if one.similarity >= SHARED]


def _fused(*lists: Sequence[int]) -> dict[int, float]:
    """Of each claim the sum of 1 / (SMOOTHING + rank) over the lists it is in, ranks from 1 on."""
    score = dict[int, float]()
    for claims in lists:
        for rank, claim in enumerate(claims, start=1):
            score[claim] = score.get(claim, 0.0) + 1 / (SMOOTHING + rank)
    return score
