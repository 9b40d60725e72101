"""Finding the same claim in a collection that fits into memory: by meaning and by words, then compared one by one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from claims.extraction.encoding import Encoder
from claims.matching import Comparison, Decision, TruthConditions, compare, read_conditions
from claims.matching.posts import statement_of, without_links
from claims.matching.similarity import similarities, strengths
from claims.matching.word_index import WordIndex, stems

if TYPE_CHECKING:  # the web server never looks claims up in memory
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

BATCH_SIZE = 64
LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, or what is looked for: its text and, if it has one, the headline it stands under."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim of the collection, at `place`, for a query. similarity: 0.0 to 1.0, see claims/matching/similarity.py."""

    place: int
    similarity: float
    comparison: Comparison


class Collection:
    """Claims to be found. Claims of the same words count as one and come together, in the order of the collection."""

    def __init__(self, claims: Sequence[Statement], encoder: Encoder | None) -> None:
        """Read `claims`; without an `encoder` they are found by words alone. Titles count by their words only."""
        import numpy as np

        self._claims, self._encoder = claims, encoder
        self._index = WordIndex(f"{claim.text}\n{claim.title}" for claim in claims)
        self._vectors = None if encoder is None else encoder.encode([claim.text for claim in claims])
        numbers: dict[str, int] = {}
        self._wording = np.array([numbers.setdefault(_wording(claim.text), len(numbers)) for claim in claims], np.int64)
        self._empty = np.array([not _wording(claim.text) for claim in claims], dtype=bool)
        self._conditions: dict[int, TruthConditions] = {}

    def find(self, queries: Iterable[Statement], *, top: int = 5) -> Iterator[list[Match]]:
        """Yield for each of `queries`, in order, the `top` claims that are most likely the same, the best first."""
        waiting = iter(queries)
        while batch := list(islice(waiting, BATCH_SIZE)):
            ranked = list(self.rank([query.text for query in batch], top=top))
            self._read_conditions(place for places in ranked for place, _ in places)
            asked = read_conditions(statement_of(query.text) for query in batch)
            for conditions, places in zip(asked, ranked, strict=True):
                yield _same_first(
                    [Match(place, sure, compare(conditions, self._conditions[place])) for place, sure in places]
                )

    def rank(self, queries: Sequence[str], *, top: int = 5) -> Iterator[list[tuple[int, float]]]:
        """Yield for each query the places of the `top` claims with their similarity, the best first, none compared."""
        vectors = self._encoder.encode(queries) if self._encoder else [None] * len(queries)
        for query, vector in zip(queries, vectors, strict=True):
            yield self._best(query, vector, top) if LETTERS.search(query) and len(self._claims) else []

    def _best(self, query: str, vector: "NDArray[np.float32] | None", top: int) -> list[tuple[int, float]]:
        """The places of the best claims for a query, with their similarity; none for which nothing speaks."""
        import numpy as np

        wordings = np.zeros(int(self._wording.max()) + 1)
        np.maximum.at(wordings, self._wording, self._strengths(query, vector))
        strength = wordings[self._wording]
        best = np.argsort(-strength, kind="stable")[:top]
        runner_up = float(np.sort(wordings)[-2:][0]) if len(wordings) > 1 else 0.0
        sure = similarities(strength[best], runner_up=runner_up, by_words=vector is None)
        return [(int(place), float(one)) for place, one in zip(best, sure, strict=True) if strength[place] > 0.0]

    def _strengths(self, query: str, vector: "NDArray[np.float32] | None") -> "Numbers":
        import numpy as np

        overlap = self._index.overlap(stems(without_links(query)))
        if vector is None or self._vectors is None:
            closeness = np.sqrt(overlap.cosine)
        else:
            closeness = (self._vectors @ vector).astype(np.float64)
        return np.where(self._empty, 0.0, strengths(closeness, overlap.bm25, overlap.cover))

    def _read_conditions(self, places: Iterable[int]) -> None:
        new = [place for place in dict.fromkeys(places) if place not in self._conditions]
        self._conditions.update(zip(new, read_conditions(self._claims[place].text for place in new), strict=True))


def _same_first(matches: list[Match]) -> list[Match]:
    """Put what is the same before what only looks like it; the similarities stay in order and so change owners."""
    if all(match.comparison.decision != Decision.SAME for match in matches):
        return matches
    ordered = sorted(matches, key=lambda match: match.comparison.decision == Decision.DIFFERENT)
    return [replace(match, similarity=place.similarity) for match, place in zip(ordered, matches, strict=True)]


def _wording(text: str) -> str:
    """The words of a text, whatever marks, spaces and capitals stand between them; "" where it has none."""
    return " ".join(LETTERS.findall(text.casefold()))
