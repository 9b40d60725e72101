"""Whether a text is written in a language that the extractor does not read."""

import re

from articles.parsing.language import FUNCTION_WORDS, detect_language
from claims.extraction.lines import INVISIBLE

SAMPLE = 50_000
WORD = re.compile(r"[^\W\d_]+")
READ = "en"
ENGLISH = FUNCTION_WORDS[READ]
# A line must look foreign in several words and hardly English: names ("de la Cruz") and titles are full of
# foreign articles.
FEWEST_FOREIGN = 3
LEAST_SHARE = 0.2
LONG, LEAST_SHARE_OF_LONG = 60, 0.08
MOST_ENGLISH = 0.2
IN_NAMES = frozenset(
    {"de", "la", "le", "el", "du", "del", "der", "den", "van", "von", "di", "da", "los", "las", "dos", "al"}
)
FEWEST_LETTERS = 8


def foreign_language(text: str) -> str:
    """Return the two-letter code of the language of `text`, or "" if that is English or cannot be told.

    The words as written decide, those in small letters first: a name in a foreign language makes no text foreign.
    """
    sample = INVISIBLE.sub("", text[:SAMPLE])
    if by_letters := _by_letters(sample):
        return by_letters
    words = WORD.findall(sample)
    small = [word for word in words if word.islower()] or [word.lower() for word in words]
    english = sum(word in ENGLISH for word in small)
    if english >= FEWEST_FOREIGN and english >= LEAST_SHARE * len(small):
        return ""  # most lines of an English text end here
    return _by_words(small)


def _by_words(small: list[str]) -> str:
    code = detect_language(" ".join(small))
    listed = FUNCTION_WORDS.get(code, frozenset())
    foreign = sum(word in listed for word in small)
    telling = len({word for word in small if word in listed and word not in ENGLISH and word not in IN_NAMES})
    english = len({word for word in small if word in ENGLISH and word not in listed})
    share = LEAST_SHARE if len(small) < LONG else LEAST_SHARE_OF_LONG
    told = telling >= FEWEST_FOREIGN and foreign >= share * len(small) and english <= MOST_ENGLISH * telling
    return code if code != READ and told else ""


def _by_letters(sample: str) -> str:
    """The language of a script that is not Latin, if most letters are of it."""
    if sample.isascii():
        return ""
    letters = [letter for letter in sample if letter.isalpha()]
    strange = [letter for letter in letters if letter > "\u036f" and not "\u1e00" <= letter <= "\u1eff"]
    if len(strange) < FEWEST_LETTERS or 2 * len(strange) < len(letters):
        return ""
    code = detect_language("".join(strange))
    return "" if code == READ else code
