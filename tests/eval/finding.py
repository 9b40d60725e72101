"""Is the claim that a tweet makes found among 10,375 claims, and is a claim that is not there left alone?

CheckThat! 2020, task 2 (../shared/data/match). Queries are raw tweets, as match_claims gets them. For "no match" half
of the targets are taken out of the collection, with every near repeat of them, five times over; the threshold on the
similarity of the first answer is fixed on train and dev, and precision and recall on test follow from it.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.encoding import Encoder
from claims.matching.encoding import load_encoder
from claims.matching.finding import Collection, Statement
from claims.matching.word_index import WordIndex, stems
from tests.eval.data import CACHE, SHARED
from tests.eval.figures import Figure

MATCH = SHARED / "match"
COLLECTION = MATCH / "v3" / "v3.0" / "verified_claims.docs.tsv"
PARTS = {
    "train": MATCH / "v3" / "v3.0" / "train",
    "dev": MATCH / "v3" / "v3.0" / "dev",
    "test": MATCH / "test-input",
}
NEEDS = (COLLECTION, *PARTS.values())
TOP, SEEDS, WANTED_PRECISION = 5, range(5), 0.92
# Claims that share so much of their words are one claim when a target is taken out.
NEAR = 0.75
THREADS = 2
# BM25 on claim and title, from notes/matching.md; no threshold on it was tried.
BM25 = {"train": 0.797, "dev": 0.695, "test": 0.898}


@dataclass(frozen=True, slots=True)
class Part:
    """Tweets, and for each the places of its targets in the collection."""

    tweets: list[str]
    targets: list[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The first answer to a query. there: a target is in the collection."""

    similarity: float
    right: bool
    there: bool


def figures(*, verbose: bool = False) -> list[Figure]:
    """MAP@5 with the encoder, with words alone; precision and recall where half of the targets are missing."""
    claims, parts = read_claims(), {name: read_part(name) for name in PARTS}
    encoder = Remembering.load(
        [claim.text for claim in claims] + [text for part in parts.values() for text in part.tweets]
    )
    found = list(_by_rank("MAP@5, words alone", Collection(claims, None), parts))
    if encoder is None:
        return found
    whole = Collection(claims, encoder)
    found = [*_by_rank("MAP@5", whole, parts), *found]
    return found + list(_without_half(claims, parts, encoder))


def _by_rank(row: str, collection: Collection, parts: dict[str, Part]) -> Iterator[Figure]:
    for name, part in parts.items():
        ranked = [[place for place, _ in places] for places in collection.rank(part.tweets, top=TOP)]
        scores = [mean_precision(*pair) for pair in zip(ranked, part.targets, strict=True)]
        yield Figure(row, name, float(np.mean(scores)), BM25[name], 1.0)


def _without_half(claims: list[Statement], parts: dict[str, Part], encoder: Encoder) -> Iterator[Figure]:
    same = near_repeats([claim.text for claim in claims])
    runs = {name: [answers(claims, part, encoder, same, seed) for seed in SEEDS] for name, part in parts.items()}
    least = threshold([one for name in ("train", "dev") for run in runs[name] for one in run])
    for name, of_part in runs.items():
        shares = np.array([precision_and_recall(run, least) for run in of_part])
        for column, figure in enumerate(("precision", "recall")):
            yield Figure(f"half missing, {name}", figure, float(shares[:, column].mean()))
            yield Figure(f"half missing, {name}", f"{figure}, worst seed", float(shares[:, column].min()))
    yield Figure("half missing, train and dev", "threshold", least)


def answers(claims: list[Statement], part: Part, encoder: Encoder, same: list[int], seed: int) -> list[Answer]:
    """The first answer to each tweet, with a random half of its targets and of their near repeats taken out."""
    targets = sorted({same[place] for places in part.targets for place in places})
    gone = set(random.Random(seed).sample(targets, len(targets) // 2))
    kept = [place for place in range(len(claims)) if same[place] not in gone]
    collection = Collection([claims[place] for place in kept], encoder)
    found = []
    for places, wanted in zip(collection.rank(part.tweets, top=1), part.targets, strict=True):
        place, similarity = places[0] if places else (0, 0.0)
        right = bool(places) and same[kept[place]] in {same[target] for target in wanted}
        found.append(Answer(similarity, right, any(same[target] not in gone for target in wanted)))
    return found


def threshold(seen: list[Answer]) -> float:
    """The lowest similarity down to which the wanted share of the answers in `seen` is right."""
    ranked = sorted(seen, key=lambda answer: -answer.similarity)
    right = np.cumsum([answer.right for answer in ranked]) / np.arange(1, len(ranked) + 1)
    return ranked[int(np.flatnonzero(right >= WANTED_PRECISION).max())].similarity


def precision_and_recall(seen: list[Answer], least: float) -> tuple[float, float]:
    given = [answer.right for answer in seen if answer.similarity >= least]
    return sum(given) / max(1, len(given)), sum(given) / sum(answer.there for answer in seen)


def mean_precision(ranked: Sequence[int], targets: frozenset[int]) -> float:
    hits = [place in targets for place in ranked[:TOP]]
    return sum(sum(hits[:rank]) / rank for rank, hit in enumerate(hits, start=1) if hit) / min(TOP, len(targets))


def near_repeats(texts: Sequence[str]) -> list[int]:
    """For each text the place of the first one that is the same but for a few words, which may be its own."""
    bags = [frozenset(stems(text)) for text in texts]
    by_word: dict[str, list[int]] = {}
    first = list(range(len(bags)))
    index = WordIndex(texts)
    for place, bag in enumerate(bags):
        # Two bags that share NEAR of their words share one of the rarest of each: no others need be compared.
        rarest = sorted(bag, key=lambda stem: (-index.rarity(stem), stem))[: int(len(bag) * (1 - NEAR)) + 1]
        for other in sorted({other for stem in rarest for other in by_word.get(stem, ())}):
            if len(bag & bags[other]) >= NEAR * len(bag | bags[other]):
                first[place] = first[other]
                break
        for stem in rarest:
            by_word.setdefault(stem, []).append(place)
    return first


def read_claims() -> list[Statement]:
    return [Statement(claim, title) for _, claim, title in _rows(COLLECTION)]


def read_part(name: str) -> Part:
    """The tweets of a part that have a target, which is all of them."""
    places = {row[0]: place for place, row in enumerate(_rows(COLLECTION))}
    targets: dict[str, set[int]] = {}
    for line in (PARTS[name] / "tweet-vclaim-pairs.qrels").read_text().splitlines():
        tweet, _, claim, _ = line.split()
        targets.setdefault(tweet, set()).add(places[claim])
    tweets = {number: text for number, text in _rows(PARTS[name] / "tweets.queries.tsv") if number in targets}
    return Part(list(tweets.values()), [frozenset(targets[number]) for number in tweets])


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


@dataclass(frozen=True, slots=True)
class Remembering:
    """An encoder that knows the vectors of some texts by heart, kept under var/: five seeds encode nothing again."""

    name: str
    version: str
    dimensions: int
    known: dict[str, np.ndarray]

    @classmethod
    def load(cls, texts: Sequence[str]) -> "Remembering | None":
        """Encode `texts`, or read their vectors if these very texts were encoded before; None without an encoder."""
        encoder = load_encoder(threads=THREADS)
        if encoder is None:
            return None
        path = CACHE / f"finding-{encoder.name}-{encoder.version}.npz"
        kept = np.load(path) if path.exists() else None
        if kept is None or list(kept["texts"]) != list(texts):
            CACHE.mkdir(parents=True, exist_ok=True)
            np.savez(path, texts=np.array(texts), rows=encoder.encode(texts))
            kept = np.load(path)
        return cls(encoder.name, encoder.version, encoder.dimensions, dict(zip(texts, kept["rows"], strict=True)))

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        return np.array([self.known[sentence] for sentence in sentences], dtype=np.float32)
