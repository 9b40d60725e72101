"""What differs between two texts, word by word. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

WORD = re.compile(r"\S+\s*|\s+")
SENTENCE = re.compile(r".+?(?:[.!?…]\s+|\n+|\Z)", re.DOTALL)
AT_MOST = 2000  # words of one passage that are compared one by one: beyond that it takes seconds

AROUND = 80  # characters of what stayed that are left on either side of a change
LONGEST = 2_000  # characters of what went or came


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the two texts. Those that are the same or removed make up the old text, those that are the same or
    added the new one.
    """

    kind: Kind
    text: str


def compare_words(old: str, new: str) -> list[Piece]:
    """Both texts in one, in order, with what was removed before what was added in its place."""
    # Sentences first: comparing takes time by the product of the lengths, and most sentences stay.
    pieces = _compare(SENTENCE.findall(old), SENTENCE.findall(new), then=_in_passage)
    return list(_joined(piece for piece in pieces if piece.text))


def _in_passage(old: str, new: str) -> Iterator[Piece]:
    a, b = WORD.findall(old), WORD.findall(new)
    return _replaced(old, new) if max(len(a), len(b)) > AT_MOST else _compare(a, b, then=_replaced)


def _replaced(old: str, new: str) -> Iterator[Piece]:
    return iter([Piece(Kind.REMOVED, old), Piece(Kind.ADDED, new)])


def _compare(a: list[str], b: list[str], *, then: Callable[[str, str], Iterator[Piece]]) -> Iterator[Piece]:
    """then: what to do with a passage that is another one in the new text."""
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])  # most stays before and after, and need not be compared
    yield Piece(Kind.SAME, "".join(a[:head]))
    here, there = a[head : len(a) - tail], b[head : len(b) - tail]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, here, there).get_opcodes():
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(here[i1:i2]))
        else:
            yield from then("".join(here[i1:i2]), "".join(there[j1:j2]))
    yield Piece(Kind.SAME, "".join(a[len(a) - tail :]))


def _alike(a: list[str], b: list[str]) -> int:
    """How many are the same from the start."""
    return next((n for n, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in run))


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The same with what is long cut: of what stayed a little around each change is left."""
    last = len(pieces) - 1
    return [_short(piece, first=n == 0, last=n == last) for n, piece in enumerate(pieces)]


def _short(piece: Piece, *, first: bool, last: bool) -> Piece:
    text = piece.text
    if piece.kind != Kind.SAME:
        return piece if len(text) <= LONGEST else Piece(piece.kind, text[:LONGEST] + " …")
    if len(text) <= 2 * AROUND:
        return piece
    return Piece(Kind.SAME, ("" if first else text[:AROUND]) + " … " + ("" if last else text[-AROUND:]))
