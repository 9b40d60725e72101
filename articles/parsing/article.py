"""What parsing gives back, and what every kind of file has to pass."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from articles.exceptions import RefusedText

TEXT_LIMIT = 5_000_000  # characters
TOO_LONG = "The text is longer than 5,000,000 characters. Split it, or paste the part that matters."
NO_WORDS = "There are no words in this text. Check that the right text was pasted or the right file chosen."
WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article's text and what is known about it. Unknown things are "" or None.

    text: without NUL, control characters and lone surrogates; not empty; at most 5,000,000 characters.
    title, byline, site_name: one line each, at most 300 characters, without invisible characters.
    published_on: from 1900 to two days from now. published_at: the moment on that day, where the page gives one with
    its zone. language: two letters.
    canonical_url: the http(s) address the page gives as its own, where that is not the one it was read from. The
    page may lie, and the address is unchecked: normalise it before use.
    notes: sentences about what had to be done to read it.
    """

    text: str
    title: str = ""
    byline: str = ""
    site_name: str = ""
    published_on: date | None = None
    published_at: datetime | None = None
    language: str = ""
    canonical_url: str = ""
    notes: tuple[str, ...] = ()


def refuse_bad_text(text: str) -> None:
    """Raise RefusedText for a text without words, or over the limit."""
    if len(text) > TEXT_LIMIT:
        raise RefusedText(TOO_LONG)
    if not WORD.search(text):
        raise RefusedText(NO_WORDS)
