"""Claims by their words: BM25, and how much of what a query says a claim covers. In memory, for one collection."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the web server never looks claims up in memory
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# The usual values of BM25: how soon a word said again stops counting, and how far long texts are held back.
SATURATION, LENGTH_SHARE = 1.2, 0.75
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
POSSESSIVE = re.compile(r"['’]s\b")


def stems(text: str) -> list[str]:
    """The words of `text` in order, each cut to its stem: "voting" and "votes" are "vote"."""
    words = WORD.findall(POSSESSIVE.sub("", text.casefold()))
    return list(_stemmer().stemWords([word.replace(",", "") for word in words]))


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What each text of a collection shares with a query, one number a text.

    bm25: 0.0 upwards, for one query only. cover: the share, 0.0 to 1.0, of what the query says, each word weighed by
    how rare it is. cosine: 0.0 to 1.0, how alike the two are as bags of words so weighed.
    """

    bm25: "Numbers"
    cover: "Numbers"
    cosine: "Numbers"


class WordIndex:
    """An inverted index over `texts`: for each stem the places of the texts that have it, and how often each does."""

    def __init__(self, texts: Iterable[str]) -> None:
        import numpy as np

        postings: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for place, text in enumerate(texts):
            counts = Counter(stems(text))
            lengths.append(counts.total())
            for stem, count in counts.items():
                postings.setdefault(stem, []).append((place, count))
        self._size = len(lengths)
        self._postings = {stem: np.array(entries, dtype=np.int64).T for stem, entries in postings.items()}
        self._long = 1 - LENGTH_SHARE + LENGTH_SHARE * np.array(lengths) / max(1.0, sum(lengths) / max(1, self._size))
        self._norms = self._lengths_as_vectors()

    def rarity(self, stem: str) -> float:
        """Inverse document frequency: about 0.0 for a word of every text, ln(2n + 2) for one of none."""
        seen = self._postings[stem].shape[1] if stem in self._postings else 0
        return math.log(1 + (self._size - seen + 0.5) / (seen + 0.5))

    def overlap(self, query: Sequence[str]) -> Overlap:
        """Compare each text with the stems `query`."""
        import numpy as np

        bm25, shared, product = np.zeros((3, self._size))
        rarities = {stem: self.rarity(stem) for stem in query}
        for stem, rarity in rarities.items():
            if stem not in self._postings:
                continue
            places, counts = self._postings[stem]
            bm25[places] += rarity * counts * (SATURATION + 1) / (counts + SATURATION * self._long[places])
            shared[places] += rarity
            product[places] += rarity**2
        norm = math.sqrt(sum(rarity**2 for rarity in rarities.values())) or 1.0
        return Overlap(bm25, shared / (sum(rarities.values()) or 1.0), product / (norm * self._norms))

    def _lengths_as_vectors(self) -> "Numbers":
        import numpy as np

        squares = np.zeros(self._size)
        for stem, (places, _) in self._postings.items():
            squares[places] += self.rarity(stem) ** 2
        return np.sqrt(np.where(squares > 0, squares, 1.0))
