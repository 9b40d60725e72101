"""Where the sentences of a text begin and end, by rule. Why no library: docs/extraction-reading.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.abbreviations import CLOSERS as CLOSERS
from claims.extraction.abbreviations import OPENERS, STARTERS, is_abbreviation
from claims.extraction.paragraphs import ENDS, Word, paragraphs_of
from claims.extraction.paragraphs import MAX_WORD_CHARACTERS as MAX_WORD_CHARACTERS
from claims.extraction.wordlists import words as listed

# Beyond these a sentence is not parsed: no sentence that a person wrote is lost, and hostile text costs nothing.
MAX_SENTENCE_CHARACTERS = 1_500
MAX_SENTENCE_WORDS = 150

FOOTNOTES = re.compile(r"(?:\[\w{1,3}\])+$|[¹²³⁰-⁹]+$")
ELLIPSES = frozenset({".", "..", "...", "…"})
DASHES = "—–-"
BEFORE_A_START = OPENERS + "$€£¥₹#@¿¡" + DASHES
ASKING = listed("said says asked asks told added adds replied wrote writes shouted cried wondered answered")
MAX_NAME_WORDS = 4
MARKS_KEPT = 10


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in the text. `paragraph` counts from 0; an unreadable one passes the limits above.

    speaker: who says it in a transcript; "" for somebody without a name; None where no label says so.
    """

    start: int
    end: int
    paragraph: int
    readable: bool = True
    speaker: str | None = None


def split_sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text` in order.

    What is between them is white space, bullets and list numbers, stage notes, subtitle times and the labels of
    speakers.
    """
    for number, paragraph in enumerate(paragraphs_of(text)):
        for sentence in _in_paragraph(paragraph.words):
            yield Sentence(sentence[0].start, sentence[-1].end, number, _is_readable(sentence), paragraph.speaker)


def _is_readable(words: list[Word]) -> bool:
    return (
        len(words) <= MAX_SENTENCE_WORDS
        and words[-1].end - words[0].start <= MAX_SENTENCE_CHARACTERS
        and all(word.end - word.start <= MAX_WORD_CHARACTERS for word in words)
    )


def _in_paragraph(words: list[Word]) -> Iterator[list[Word]]:
    """Cut after the last mark of a sentence: a closing quotation mark or an emoji behind it stays with it."""
    sentence: list[Word] = []
    ended: str | None = None
    for place, word in enumerate(words):
        if not _has_letters(word.text):
            ended = _with_marks(ended, word.text)
        elif ended is not None and _ends_sentence(ended, words, place):
            opening = _opening(sentence)
            yield sentence[: len(sentence) - opening]
            sentence = sentence[len(sentence) - opening :]
            ended = None
        if _has_letters(word.text):
            ended = word.text if _may_end(word.text) else None
        sentence.append(word)
    if sentence:
        yield sentence


def _has_letters(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _with_marks(ended: str | None, marks: str) -> str | None:
    """What a sentence may have ended with, given marks that stand on their own: "?", "…", "»" or an emoji."""
    if ended is not None:
        return (ended + marks)[-MARKS_KEPT:] if all(mark in CLOSERS or mark in ENDS for mark in marks) else ended
    return marks if _may_end(marks) else None


def _opening(sentence: list[Word]) -> int:
    """How many words at the end of `sentence` open the next: a dash, a bracket or a quotation mark on its own."""
    count = 0
    while count + 1 < len(sentence) and set(sentence[-1 - count].text) <= set("“‘([«„" + DASHES):
        count += 1
    return count


def _may_end(word: str) -> bool:
    bare = FOOTNOTES.sub("", word).rstrip(CLOSERS)
    return bare[-1:] in ENDS


def _ends_sentence(word: str, words: list[Word], place: int) -> bool:
    """Does a sentence end with `word`, given the words that follow from `place` on?"""
    following = words[place].text
    bare = FOOTNOTES.sub("", word).rstrip(CLOSERS)
    begins = following.lstrip(BEFORE_A_START)
    if not begins[:1].isalnum() or (begins[0].islower() and not _is_brand(begins, following)):
        return False
    if bare in ELLIPSES:
        return following.strip(CLOSERS + OPENERS + ",").lower() in STARTERS
    if bare != word and _asks(words, place, strictly=bare.endswith(".")):
        return False
    if bare.endswith("..") or not bare.endswith("."):
        return True
    return not is_abbreviation(bare, following)


def _is_brand(word: str, written: str) -> bool:
    """ "iPhone", "eBay", "@city": names that begin with a small letter."""
    return written.startswith(("@", "#")) or (len(word) > 2 and word[1].isupper() and word[2].islower())


def _asks(words: list[Word], place: int, *, strictly: bool) -> bool:
    """Is it "“Did we win?” Tom Ash asked."? strictly: and nothing after "asked", as a full stop stood in the quote."""
    for word in words[place : place + MAX_NAME_WORDS + 1]:
        bare = word.text.rstrip(".,;:")
        if bare in ASKING:
            return not strictly or bare != word.text
        if not word.text[:1].isupper() or word.text != bare:
            return False
    return False
