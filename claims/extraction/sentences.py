import re
from collections.abc import Iterator
from dataclasses import dataclass

# Beyond these a sentence is not parsed: no sentence that a person wrote is lost, and hostile text costs nothing.
MAX_SENTENCE_CHARACTERS = 1_500
MAX_SENTENCE_WORDS = 150
MAX_WORD_CHARACTERS = 200

CLOSERS = "\"'”’)]»"
OPENERS = "\"'“‘([«"
LINE_ENDS = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
WORD = re.compile(r"\S+")
INITIALS = re.compile(r"(?:[A-Za-z]\.)+")
ENDS = frozenset(".!?…")
BULLETS = frozenset("-–—•*·▪●‣")
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "lt",
        "col",
        "sgt",
        "capt",
        "adm",
        "rev",
        "hon",
        "st",
        "messrs",
        "pres",
        "sec",
        "jr",
        "sr",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "vs",
        "v",
        "approx",
        "fig",
        "art",
    ]
)
OFTEN_LAST = frozenset(["inc", "ltd", "co", "corp", "etc", "u.s", "u.k", "u.n", "e.u", "a.m", "p.m", "d.c"])
STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "it",
        "he",
        "she",
        "they",
        "we",
        "i",
        "but",
        "and",
        "this",
        "that",
        "these",
        "those",
        "there",
        "however",
        "meanwhile",
        "when",
        "while",
        "after",
        "before",
        "since",
        "as",
        "if",
        "for",
        "by",
        "with",
        "from",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
    ]
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in the text. `paragraph` counts from 0; an unreadable one passes the limits above."""

    start: int
    end: int
    paragraph: int
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int


def split_sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text` in order; what is between them is white space and bullets."""
    for number, words in enumerate(_paragraphs(text)):
        for sentence in _in_paragraph(words):
            readable = (
                len(sentence) <= MAX_SENTENCE_WORDS
                and sentence[-1].end - sentence[0].start <= MAX_SENTENCE_CHARACTERS
                and all(word.end - word.start <= MAX_WORD_CHARACTERS for word in sentence)
            )
            yield Sentence(sentence[0].start, sentence[-1].end, number, readable)


def _paragraphs(text: str) -> Iterator[list[Word]]:
    """A line is a paragraph, unless it runs on into the next: hard-wrapped text."""
    open_words: list[Word] = []
    line_before, end_before = "", 0
    for match in LINE_ENDS.finditer(text):
        line = match.group().strip()
        adjacent = match.start() - end_before <= 2 and "\n\n" not in text[end_before : match.start()]
        end_before = match.end()
        if open_words and not (adjacent and _runs_on(line_before, line)):
            yield open_words
            open_words = []
        open_words += _words(match)
        line_before = line
    if open_words:
        yield open_words


def _runs_on(line: str, following: str) -> bool:
    if not line or not following or len(line) > 120 or line.rstrip(CLOSERS)[-1:] in ".!?…:":
        return False
    return following[0].islower() or line.endswith(",") or (len(line) > 60 and 60 < len(following) <= 120)


def _words(line: re.Match[str]) -> list[Word]:
    words = [
        # A word that will not be read need not be kept: a megabyte of it would be.
        Word(found.group()[:MAX_WORD_CHARACTERS], line.start() + found.start(), line.start() + found.end())
        for found in WORD.finditer(line.group())
    ]
    return words[1:] if words and words[0].text in BULLETS else words


def _in_paragraph(words: list[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for place, word in enumerate(words):
        sentence.append(word)
        following = words[place + 1].text if place + 1 < len(words) else ""
        if not following or _ends_sentence(word.text, following):
            yield sentence
            sentence = []


def _ends_sentence(word: str, following: str) -> bool:
    bare = word.rstrip(CLOSERS)
    begins = following.lstrip(OPENERS)[:1]
    if bare[-1:] not in ENDS or not begins.isalnum() or begins.islower():
        return False
    if bare.endswith("..") or not bare.endswith("."):
        return True
    return not _is_abbreviation(bare, following)


def _is_abbreviation(word: str, following: str) -> bool:
    stem = word[:-1].lstrip(OPENERS).lower()
    if stem in OFTEN_LAST:
        return following.strip(OPENERS + CLOSERS + ",").lower() not in STARTERS
    if stem in {"no", "nos"}:
        return following[:1].isdigit()
    return stem in TITLES or INITIALS.fullmatch(word.lstrip(OPENERS)) is not None
