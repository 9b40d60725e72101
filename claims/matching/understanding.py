"""From texts to their truth conditions."""

import re
from collections.abc import Iterable, Iterator

from claims.extraction.parsing import parse_whole
from claims.extraction.tree import Tree
from claims.matching.conditions import Term, TruthConditions

MOST_WORDS = 200
WORD = re.compile(r"\w+")


def truth_conditions(text: str) -> TruthConditions:
    """The truth conditions of one text; for many, `read_conditions` is three times as fast."""
    return next(read_conditions([text]))


def read_conditions(texts: Iterable[str]) -> Iterator[TruthConditions]:
    """Yield the truth conditions of each text, in order, parsed a batch at a time. Never raises for what a text says.

    No more than the first 200 words are read.
    """
    for tree in parse_whole(" ".join(text.split()[:MOST_WORDS]) for text in texts):
        yield _understand(tree)


def _understand(tree: Tree) -> TruthConditions:
    words = [n for n in range(len(tree)) if tree.pos[n] in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}]
    terms = tuple(Term(tree.words[n], ("=" + tree.lemma[n],), "noun") for n in words)
    return TruthConditions(" ".join(WORD.findall(" ".join(tree.lower))), terms)
