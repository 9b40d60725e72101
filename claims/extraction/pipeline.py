from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import tee

from claims.extraction.assessment import Assessor, Found
from claims.extraction.candidate import Candidate, Rejection
from claims.extraction.language import foreign_language
from claims.extraction.lines import INVISIBLE, without_marks
from claims.extraction.parsing import parse
from claims.extraction.scoring import is_readable, score
from claims.extraction.sentences import Sentence, split_sentences
from claims.extraction.weights import meanings

# A paragraph is looked at as a whole to find who speaks; a longer one, in parts.
MAX_PARAGRAPH_SENTENCES = 50
REOPENING = ("“", '"', "‘")


def extract_claims(text: str, *, published_on: date | None = None, speaker: str = "") -> list[Candidate]:
    """Find the claims in an article, in text order; a statement made twice comes twice, in the same words.

    published_on: the day that "yesterday" is counted from. speaker: who says what the text gives to nobody.
    Never raises on any text, and leaves it untouched: `text[c.start:c.end] == c.quote`. Sentences past the limits
    in sentences.py are left out, and so are those in another language than English: `foreign_language` tells which.
    """
    found = read_text(text, published_on=published_on, speaker=speaker)
    return [one for one in found if isinstance(one, Candidate)]


def rejected_sentences(text: str) -> list[Rejection]:
    """The sentences of `text` that hold no candidate, each with the reason, in text order."""
    return [one for one in read_text(text) if isinstance(one, Rejection)]


def read_text(text: str, *, published_on: date | None = None, speaker: str = "") -> Iterator[Candidate | Rejection]:
    """Yield the candidates of `text`, and the sentences without any, in text order. Memory stays bounded."""
    for labelled, paragraph in _paragraphs(text, Assessor(text, published_on), speaker):
        _name_speakers(paragraph)
        default = speaker if labelled is None else labelled
        for found in paragraph:
            for candidate in found.candidates:
                yield _finished(candidate, default)
            if found.rejection is not None:
                yield found.rejection


def _finished(candidate: Candidate, speaker: str) -> Candidate:
    text = INVISIBLE.sub("", candidate.text)
    claimant = INVISIBLE.sub("", candidate.claimant) or speaker
    if (text, claimant) == (candidate.text, candidate.claimant):
        return candidate
    return replace(candidate, text=text, claimant=claimant)


def score_sentences(lines: Iterable[str]) -> list[float | None]:
    """Give the check-worthiness of each line, 0.0 to 1.0, in order; None for one that cannot be scored.

    That is a line without a word, past the limits in sentences.py, or in another language than English. Each line
    is taken as one sentence.
    """
    readable = (line.strip() if is_readable(line) and not foreign_language(line) else "" for line in lines)
    to_parse, to_encode = tee(readable)
    return [score(tree, meaning) for tree, meaning in zip(parse(to_parse), meanings(to_encode), strict=True)]


def _paragraphs(text: str, assessor: Assessor, speaker: str) -> Iterator[tuple[str | None, list[Found]]]:
    """What the sentences of each paragraph gave, and the speaker whom a label names."""
    ahead, after, again = tee(_parts(text), 3)
    trees = parse(part.words for part in ahead)
    weights = meanings(part.words for part in after)
    paragraph: list[Found] = []
    before: Sentence | None = None
    for part, tree, meaning in zip(again, trees, weights, strict=True):
        sentence = part.sentence
        reopened = bool(paragraph) and paragraph[-1].is_open and text.startswith(REOPENING, sentence.start)
        if before is not None and paragraph and _is_new(before, sentence, paragraph, reopened=reopened):
            yield assessor.in_full(before.speaker), paragraph
            paragraph, reopened = [], False
        in_quotation = bool(paragraph) and paragraph[-1].is_open and not reopened
        by = speaker if sentence.speaker is None else sentence.speaker
        last = paragraph[-1].speaker if paragraph else ""
        found = assessor.read(sentence, tree, in_quotation=in_quotation, meaning=meaning, by=by, last=last)
        paragraph.append(_found(text, part, found))
        paragraph[-1].continues |= reopened
        before = sentence
    if before is not None:
        yield assessor.in_full(before.speaker), paragraph


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence and what the parser sees of it: nothing where it is not worth parsing."""

    sentence: Sentence
    words: str
    is_foreign: bool


def _parts(text: str) -> Iterator[_Part]:
    is_foreign = foreign_language(text) != ""
    for sentence in split_sentences(text):
        foreign = is_foreign or foreign_language(text[sentence.start : sentence.end]) != ""
        yield _Part(sentence, "" if foreign else _worth_parsing(text, sentence), foreign)


def _found(text: str, part: _Part, found: Found) -> Found:
    sentence = part.sentence
    if part.is_foreign and sentence.readable:
        quote = text[sentence.start : sentence.end]
        found.rejection = Rejection(quote, sentence.start, sentence.end, "language")
    return found


def _is_new(before: Sentence, sentence: Sentence, paragraph: list[Found], *, reopened: bool) -> bool:
    """Does a paragraph begin here? A quotation that its second paragraph opens again has one speaker."""
    if len(paragraph) >= MAX_PARAGRAPH_SENTENCES or sentence.speaker != before.speaker:
        return True
    return sentence.paragraph != before.paragraph and not (reopened and sentence.paragraph == before.paragraph + 1)


def _worth_parsing(text: str, sentence: Sentence) -> str:
    """The sentence, or nothing where it is too long to read or a single word: that says nothing of anything."""
    words = without_marks(text[sentence.start : sentence.end]) if sentence.readable else ""
    return words if len(words.split(maxsplit=1)) > 1 else ""


def _name_speakers(paragraph: list[Found]) -> None:
    """Give each sentence of a quotation its speaker, who may be named only after or only before it."""
    for place, found in enumerate(paragraph):
        if found.is_quotation and not found.speaker:
            speaker = _speaker_after(paragraph, place) or _speaker_before(paragraph, place)
            found.candidates = [replace(c, claimant=c.claimant or speaker) for c in found.candidates]


def _speaker_after(paragraph: list[Found], place: int) -> str:
    for found in paragraph[place + 1 :]:
        if not found.continues or found.speaker:
            return found.speaker if found.continues else ""
    return ""


def _speaker_before(paragraph: list[Found], place: int) -> str:
    for found in reversed(paragraph[:place]):
        if found.speaker or not found.is_quotation:
            return found.speaker
    return ""
