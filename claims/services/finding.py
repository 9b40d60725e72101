"""Finding statements like a text among a million: by vectors and by words, fused into one similarity."""

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection, models

from claims.matching.encoding import load_encoder
from claims.models.matching import WORDS, EntryQuerySet

NEAREST = 40  # of each way of finding; the pair meant is among them 97 to 98 times of 100 (docs/matching.md)
EF_SEARCH = 400  # of the vector index: how far it looks, for recall at a million (docs/matching.md)
ROWS = 2_000  # that words may fetch: more of them take longer than the vectors do
LONGEST = 2_000  # characters of a text that are looked up: a claim has at most 1,000


@dataclass(frozen=True, slots=True)
class Question:
    """A text to find others like. stems: its words as the index has them. vector: None without an encoder."""

    text: str
    stems: tuple[str, ...]
    vector: Any = None
    encoder: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry like the question. similarity: 0.0 to 1.0. cosine: -1 to 1, None where one of the two has no vector."""

    entry: Any
    similarity: float
    cosine: float | None


def encoder_stamp() -> str:
    """Name and version of the encoder at work, or "" where there is none."""
    encoder = load_encoder()
    return f"{encoder.name} {encoder.version}" if encoder else ""


def ask(text: str) -> Question:
    """Make a question of one text."""
    return ask_all([text])[0]


def ask_all(texts: Sequence[str]) -> list[Question]:
    """Make a question of each text: stems in one query, vectors in one batch."""
    cut = [text[:LONGEST].replace("\x00", " ").encode("utf-8", "replace").decode() for text in texts]
    encoder = load_encoder()
    vectors: Iterable[Any] = encoder.encode(cut) if encoder else [None] * len(cut)
    name = encoder_stamp()
    rows = zip(cut, stems_of(cut), vectors, strict=True)
    return [Question(text, stems, vector, name) for text, stems, vector in rows]


def stems_of(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The stems of each text as the index has them, without accents and common words. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(to_tsvector(%s::regconfig, text)) "
            "FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, n) ORDER BY n",
            [WORDS, list(texts)],
        )
        return [tuple(found) for (found,) in cursor.fetchall()]


def find_alike(question: Question, entries: EntryQuerySet[Any], *, limit: int) -> list[Found]:
    """The entries most like the question, best first, at most `limit`. Call it in a transaction."""
    rarity = Rarity.of(entries.model)
    likeness = entries.with_likeness(question.vector, encoder=question.encoder)
    rows = {row[0]: row for row in [*_by_vector(question, likeness), *_by_words(question, likeness, rarity)]}
    found = [(_similarity(question, stems, cosine, rarity), pk, cosine) for pk, stems, cosine in rows.values()]
    best = sorted(found, key=lambda one: (-one[0], one[1]))[:limit]
    kept = entries.model._default_manager.defer("words", "vector").in_bulk([pk for _similarity, pk, _cosine in best])
    return [Found(kept[pk], similarity, cosine) for similarity, pk, cosine in best if pk in kept]


def _by_vector(question: Question, entries: EntryQuerySet[Any]) -> list[Any]:
    if question.vector is None:
        return []
    look_far()
    return _rows(entries.nearest(question.vector, encoder=question.encoder))


def look_far() -> None:
    """Let the index of vectors look as far as matching needs, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL hnsw.ef_search = {EF_SEARCH}; SET LOCAL hnsw.iterative_scan = relaxed_order")


def _by_words(question: Question, entries: EntryQuerySet[Any], rarity: "Rarity") -> list[Any]:
    """Those that share the rarest words, as many words as ROWS allows; of common words alone, all must be there."""
    stems = sorted(question.stems, key=rarity.weight, reverse=True)
    rare, rows = list[str](), 0.0
    for stem in stems:
        rows += rarity.rows(stem)
        if rows <= ROWS:
            rare.append(stem)
    if rare:
        return _rows(entries.with_any({stem: rarity.weight(stem) for stem in rare}))
    return _rows(entries.with_all(stems)) if stems else []


def _rows(entries: EntryQuerySet[Any]) -> list[Any]:
    return list(entries.values_list("pk", "stems", "cosine")[:NEAREST])


def _similarity(question: Question, stems: Iterable[str], cosine: float | None, rarity: "Rarity") -> float:
    """Of meaning and of rarer words in common; of words alone where one of the two has no vector."""
    asked, there = set(question.stems), set(stems)
    union = sum(map(rarity.weight, asked | there))
    shared = sum(map(rarity.weight, asked & there)) / union if union else 0.0
    if cosine is None:
        return shared
    return float(min(1.0, max(0.0, 0.7 * cosine + 0.3 * shared)))


@dataclass(slots=True)
class Rarity:
    """How rare stems are in a table, as PostgreSQL's own statistics of it say; before there are any, all are alike.

    shares: of the commonest stems, how many of the rows have them. others: the share that any other has at most.
    """

    size: float
    shares: dict[str, float]
    others: float
    read_at: float

    known: ClassVar[dict[str, "Rarity"]] = {}
    kept_for: ClassVar[float] = 300  # seconds

    @classmethod
    def of(cls, model: type[models.Model]) -> "Rarity":
        """What is known of the table of `model`, read again after some minutes."""
        table, now = model._meta.db_table, time.monotonic()
        found = cls.known.get(table)
        if found is None or now - found.read_at > cls.kept_for:
            found = cls.known[table] = cls._read(table, now)
        return found

    @classmethod
    def _read(cls, table: str, now: float) -> "Rarity":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples, most_common_elems::text::text[], most_common_elem_freqs FROM pg_class "
                "LEFT JOIN pg_stats ON tablename = relname AND attname = 'words' AND schemaname = current_schema() "
                "WHERE pg_class.oid = %s::regclass",
                [table],
            )
            size, stems, shares = cursor.fetchone()
        # After the shares of the stems come the least and the greatest of them, and that of rows without any.
        common = dict(zip(stems or [], shares or [], strict=False))
        return cls(max(size, 1.0), common, min(common.values(), default=0.0) / 2, now)

    def rows(self, stem: str) -> float:
        """About how many rows have it."""
        return self.size * self.shares.get(stem, self.others)

    def weight(self, stem: str) -> float:
        """The inverse document frequency, from 0 for what all rows have."""
        return math.log(1 + self.size / (self.rows(stem) + 0.5))
