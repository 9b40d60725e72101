from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import tee

from claims.extraction.assessment import Assessor, Found
from claims.extraction.candidate import Candidate, Rejection
from claims.extraction.parsing import parse
from claims.extraction.scoring import is_readable, score
from claims.extraction.sentences import Sentence, split_sentences
from claims.extraction.weights import meanings

# A paragraph is looked at as a whole to find who speaks; a longer one, in parts.
MAX_PARAGRAPH_SENTENCES = 50


def extract_claims(text: str, *, published_on: date | None = None, speaker: str = "") -> list[Candidate]:
    """Find the claims in an article, in text order; a statement made twice comes twice, in the same words.

    published_on: the day that "yesterday" is counted from. speaker: who says what the text gives to nobody.
    Never raises on any text, and leaves it untouched: `text[c.start:c.end] == c.quote`. Sentences past the limits
    in sentences.py are left out.
    """
    found = read_text(text, published_on=published_on, speaker=speaker)
    return [one for one in found if isinstance(one, Candidate)]


def rejected_sentences(text: str) -> list[Rejection]:
    """The sentences of `text` that hold no candidate, each with the reason, in text order."""
    return [one for one in read_text(text) if isinstance(one, Rejection)]


def read_text(text: str, *, published_on: date | None = None, speaker: str = "") -> Iterator[Candidate | Rejection]:
    """Yield the candidates of `text`, and the sentences without any, in text order. Memory stays bounded."""
    for paragraph in _paragraphs(text, Assessor(text, published_on)):
        _name_speakers(paragraph)
        for found in paragraph:
            for candidate in found.candidates:
                yield candidate if candidate.claimant else replace(candidate, claimant=speaker)
            if found.rejection is not None:
                yield found.rejection


def score_sentences(lines: Iterable[str]) -> list[float | None]:
    """Give the check-worthiness of each line, 0.0 to 1.0, in order; None for one that cannot be scored.

    That is a line without a word, or past the limits in sentences.py. Each line is taken as one sentence.
    """
    to_parse, to_encode = tee(line.strip() if is_readable(line) else "" for line in lines)
    return [score(tree, meaning) for tree, meaning in zip(parse(to_parse), meanings(to_encode), strict=True)]


def _paragraphs(text: str, assessor: Assessor) -> Iterator[list[Found]]:
    ahead, after, again = tee(split_sentences(text), 3)
    trees = parse(_worth_parsing(text, one) for one in ahead)
    weights = meanings(_worth_parsing(text, one) for one in after)
    paragraph: list[Found] = []
    number = 0
    for sentence, tree, meaning in zip(again, trees, weights, strict=True):
        if paragraph and (sentence.paragraph != number or len(paragraph) >= MAX_PARAGRAPH_SENTENCES):
            yield paragraph
            paragraph = []
        number = sentence.paragraph
        in_quotation = bool(paragraph) and paragraph[-1].is_open
        paragraph.append(assessor.read(sentence, tree, in_quotation=in_quotation, meaning=meaning))
    if paragraph:
        yield paragraph


def _worth_parsing(text: str, sentence: Sentence) -> str:
    """The sentence, or nothing where it is too long to read or a single word: that says nothing of anything."""
    words = text[sentence.start : sentence.end] if sentence.readable else ""
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
