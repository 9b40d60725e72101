"""Text around a quote, text with its candidates marked, and words found in a text. No database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from claims.models import Appearance, Claim

MARGIN = 700  # characters fetched on either side of a sentence
SENTENCES = 2  # shown on either side of it
END_OF_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Context:
    """A quote in its sentence, and the sentences around that. Joined, the parts are the text as read."""

    before: str
    sentence_start: str
    quote: str
    sentence_end: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article; `claims` are those made in it, `begins` those of them that begin here."""

    text: str
    claims: list[Claim] = field(default_factory=list)
    begins: list[Appearance] = field(default_factory=list)


def context_of(appearance: Any) -> Context:
    """Cut the `window` that `Appearance.objects.in_context(margin=MARGIN)` loaded down to a few sentences."""
    here = min(appearance.sentence_start, MARGIN)
    sentence = here + appearance.sentence_end - appearance.sentence_start
    start = here + appearance.start - appearance.sentence_start
    end = start + appearance.end - appearance.start
    window = appearance.window
    return Context(
        before=_last_sentences(window[:here], cut=here == MARGIN),
        sentence_start=window[here:start],
        quote=window[start:end],
        sentence_end=window[end:sentence],
        after=_first_sentences(window[sentence:]),
    )


def _last_sentences(text: str, *, cut: bool) -> str:
    ends = [match.end() for match in END_OF_SENTENCE.finditer(text.rstrip())]
    if len(ends) >= SENTENCES:
        return text[ends[-SENTENCES] :]
    return f"…{text}" if cut else text


def _first_sentences(text: str) -> str:
    ends = [match.start() for match in END_OF_SENTENCE.finditer(text) if match.start() > 0]
    if len(ends) >= SENTENCES:
        return text[: ends[SENTENCES - 1]]
    return f"{text}…" if len(text) == MARGIN else text


def marked(text: str, appearances: Iterable[Appearance], *, offset: int = 0) -> list[Part]:
    """Split `text`, which begins at `offset` of the article, wherever an appearance begins or ends."""
    places = [place for place in appearances if place.end > offset and place.start < offset + len(text)]
    edges = {0, len(text)}
    for place in places:
        edges |= {max(0, place.start - offset), min(len(text), place.end - offset)}
    cuts = sorted(edges)
    return [_part(text[a:b], a + offset, b + offset, places) for a, b in pairwise(cuts)]


def _part(text: str, start: int, end: int, places: list[Appearance]) -> Part:
    over = [place for place in places if place.start <= start and place.end >= end]
    return Part(text, [place.claim for place in over], [place for place in over if place.start == start])


def find_words(text: str, words: str, *, near: int = 0) -> tuple[int, int] | None:
    """Where `words` stand in `text`, whatever the white space between them: the place closest to `near`, or None."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if not pattern:
        return None
    places = [match.span() for match in re.finditer(pattern, text)]
    return min(places, key=lambda span: abs(span[0] - near), default=None)
