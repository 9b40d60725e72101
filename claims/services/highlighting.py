"""The words of a search in what it found: which words of a text have the stems that were asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.services.finding import stems_of

WORD = re.compile(r"\d+(?:\.\d+)+|\w+")  # as PostgreSQL takes texts apart, nearly
LINK = re.compile(r"\]\([^)\s]*\)")
MARKDOWN = re.compile(r"[*_`#>|~\[\]\\]+")
MARGIN = 90  # characters of the explanation on either side of a word
READ = 20_000  # characters of an explanation that are looked through


@dataclass(slots=True)
class Marks:
    """Words to mark, as they are written in the texts that were `read`."""

    stems: frozenset[str]
    words: set[str]

    @classmethod
    def of(cls, stems: frozenset[str]) -> "Marks":
        return cls(stems, set())

    def read(self, texts: Iterable[str]) -> None:
        """Learn which words of these texts have the stems. One query."""
        words = sorted({word for text in texts for word in WORD.findall(text)} - self.words)
        self.words |= {word for word, found in zip(words, stems_of(words), strict=True) if self.stems & set(found)}

    def in_text(self, text: str) -> bool:
        return not self.words.isdisjoint(WORD.findall(text))

    def fragment(self, explanation: str) -> str:
        """The words around the first marked one in what a fact-checker wrote, in one line; "" if there is none."""
        text = " ".join(MARKDOWN.sub(" ", LINK.sub("", explanation[:READ])).split())
        first = next((found for found in WORD.finditer(text) if found[0] in self.words), None)
        if first is None:
            return ""
        start, end = max(0, first.start() - MARGIN), min(len(text), first.end() + MARGIN)
        before, after = text[start : first.start()], text[first.end() : end]
        if start:
            before = "…" + before.partition(" ")[2]
        if end < len(text):
            after = after.rpartition(" ")[0] + "…"
        return before + first[0] + after
