"""Claim matching without a database: how fast the encoder is, and how the search grows with the collection.

`python -m benchmarks.matching` measures this alone, without starting any service.
"""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.extractor import memory, sample
from benchmarks.timing import least_seconds

ROUNDS = 3
SENTENCES, QUERIES = 500, 100
SIZES = (1_000, 10_000)


def measured() -> dict[str, float]:
    """Texts a second on one thread, and milliseconds a query against collections of two sizes."""
    from claims.matching.encoding import MiniLM

    encoder, texts = MiniLM(threads=1), list(islice(claims(), SENTENCES))
    encoder.encode(texts[:50])
    spent = least_seconds(lambda: encoder.encode(texts), rounds=ROUNDS)
    rows: dict[str, float] = {
        "matching: texts a second encoded, one thread": round(SENTENCES / spent),
        "matching: most memory in MB, encoder loaded": memory(),
    }
    first, *others = (search(size) for size in SIZES)
    rows[f"matching: a query among {SIZES[0]:,} claims, milliseconds"] = round(first * 1000, 2)
    for size, spent in zip(SIZES[1:], others, strict=True):
        rows[f"matching: a query among {size:,} claims, milliseconds"] = round(spent * 1000, 2)
        rows[f"matching: {size:,} claims, times {SIZES[0]:,}"] = round(spent / first, 1)
    return rows


def search(size: int) -> float:
    """Seconds a query: words, vectors and their fusion. The vectors are made up, as what they mean costs nothing."""
    from claims.matching.finding import Collection, Statement

    made = list(islice(claims(), size))
    encoder: Any = SimpleNamespace(encode=made_up)
    collection = Collection([Statement(text) for text in made], encoder)
    return least_seconds(lambda: list(collection.rank(made[:QUERIES])), rounds=ROUNDS) / QUERIES


def claims() -> Iterator[str]:
    """Sentences of the sample desk over and over, each with a number of its own: no two are the same claim."""
    sentences = [line for line in sample(20_000).replace(". ", ".\n").splitlines() if line.count(" ") > 5]
    for number in count():
        yield f"{sentences[number % len(sentences)]} {number}"


def made_up(texts: Sequence[str]) -> np.ndarray:
    rows = np.random.default_rng(len(texts)).normal(size=(len(texts), 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


if __name__ == "__main__":
    for name, value in measured().items():
        print(f"{name:<58} {value:>10}")
