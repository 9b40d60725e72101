"""The paragraphs of a text and their words: lines that belong together, without labels, bullets and stage notes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from claims.extraction.abbreviations import CLOSERS, is_abbreviation
from claims.extraction.lines import INVISIBLE, NOTE, Line, lines_of
from claims.extraction.speakers import Speakers, find_speakers, is_cut, label_of
from claims.extraction.wordlists import words as listed

MAX_WORD_CHARACTERS = 200
ENDS = frozenset(".!?…")
# Text is hard-wrapped where lines of about these lengths end because the next word did not fit.
NARROWEST, WIDEST = 60, 120
LINES_LOOKED_AT = 500
# No sentence and no headline ends with these.
UNFINISHED = listed(
    "the a an of to in on at by for with from into and or but nor that which who whose as than its his her their our my"
    " is are was were be has have had will would very"
)

WORD = re.compile(r"\S+")
# "It rained.The sun came", "lost.”She": where a page lost the space after a full stop.
GLUED = re.compile(r"(?<=[a-z][a-z][.!?])(?=[“\"(]?[A-Z][a-z])|(?<=[a-z][.!?][”\"])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    words: list[Word]
    speaker: str | None = None


def paragraphs_of(text: str) -> Iterator[Paragraph]:
    """A line is a paragraph, unless it runs on into the next: hard-wrapped text."""
    speakers = find_speakers(text, lines_of(text))
    speaker: str | None = None
    current = Paragraph([])
    before: Line | None = None
    for line, widest in _with_widest(lines_of(text)):
        start, speaker, is_labelled = _labelled(text, line, speakers, speaker)
        if before is None or is_labelled or not _runs_on(text, before, line, widest):
            if current.words:
                yield current
            current = Paragraph([], speaker)
        current.words += _words(text, start, line.end)
        before = line
    if current.words:
        yield current


def _with_widest(lines: Iterable[Line]) -> Iterator[tuple[Line, int]]:
    """Each line with the length of the longest near it: those without an empty line between them, up to a number."""
    block: list[Line] = []
    for line in chain(lines, [None]):
        if block and (line is None or line.is_apart or len(block) >= LINES_LOOKED_AT):
            widest = max(one.end - one.start for one in block)
            yield from ((one, widest) for one in block)
            block = []
        if line is not None:
            block.append(line)


def _labelled(text: str, line: Line, speakers: Speakers, speaker: str | None) -> tuple[int, str | None, bool]:
    """Where the words of a line begin, who says them, and whether a label says so."""
    label = label_of(text, line)
    if label is None or not is_cut(label, speakers, text[label.end : line.end]):
        return line.start, speaker if speakers.carries_on else None, False
    return label.end, speakers.speaker(label), True


def _runs_on(text: str, line: Line, following: Line, widest: int) -> bool:
    """Does the sentence or the paragraph of `line` go on in the line below it?"""
    words = text[line.start : min(line.end, line.start + WIDEST + 1)].rstrip()
    next_words = text[following.start : min(following.end, following.start + WIDEST)].split(maxsplit=1)
    is_open = words.rstrip(CLOSERS)[-1:] not in ENDS and not words.endswith(":")
    if following.is_marked:
        return (
            is_open
            and not following.is_apart
            and _is_dash(text, following)
            and next_words[:1] != []
            and next_words[0][0].islower()
        )
    if line.in_cue:
        return is_open
    if following.is_apart or not words or not next_words or len(words) > WIDEST:
        return False
    if is_open and (next_words[0][0].islower() or _is_unfinished(words)):
        return True
    wrapped = NARROWEST <= widest <= WIDEST and not line.is_marked
    return wrapped and len(words) + 1 + len(next_words[0]) > widest


def _is_unfinished(line: str) -> bool:
    if line.endswith(","):
        return not line.startswith("Dear ")
    return line.rsplit(maxsplit=1)[-1] in UNFINISHED


def _is_dash(text: str, line: Line) -> bool:
    return text[max(0, line.start - 2) : line.start].strip() in {"–", "—"}


def _words(text: str, start: int, end: int) -> list[Word]:
    notes = [note.span() for note in NOTE.finditer(text, start, end)]
    words: list[Word] = []
    for first, last in _around(notes, start, end):
        for found in WORD.finditer(text, first, last):
            words += _unglued(text, *found.span())
    return words


def _around(notes: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in notes:
        yield start, first
        start = last
    yield start, end


def _unglued(text: str, start: int, end: int) -> Iterator[Word]:
    # A word that will not be read need not be kept: a megabyte of it would be.
    word = text[start : min(end, start + MAX_WORD_CHARACTERS + 1)]
    cuts = [] if "/" in word or "@" in word or len(word) > MAX_WORD_CHARACTERS else list(GLUED.finditer(word))
    first = 0
    for cut in cuts:
        if not is_abbreviation(word[first : cut.start()], word[cut.start() :]):
            yield Word(_visible(word[first : cut.start()]), start + first, start + cut.start())
            first = cut.start()
    yield Word(_visible(word[first:MAX_WORD_CHARACTERS]), start + first, end)


def _visible(word: str) -> str:
    return word if word.isascii() else INVISIBLE.sub("", word)
