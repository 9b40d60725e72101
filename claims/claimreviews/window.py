"""A long text, of which only a part is held at a time."""

import re
from collections.abc import Iterator

LONGEST = 262_144  # characters of an entry; the longest in the public feed have some tens of thousands
HELD = 4 * LONGEST
OBJECT = re.compile(r'\{\s*+"|(?<=\n)\{')
BETWEEN = re.compile(r"[\s,]++")


class Window:
    """The part of a text that is looked at: always more than an entry ahead of `at`, and never more than HELD and a
    chunk."""

    def __init__(self, characters: Iterator[str]) -> None:
        self.text, self.at, self.line = "", 0, 1
        self._passed = 0
        self._ended = False
        self._characters = characters
        self._fill()

    @property
    def place(self) -> int:
        """Where `at` is, in characters from the start of the feed."""
        return self._passed + self.at

    @property
    def at_object_line(self) -> bool:
        """Whether a line begins here, and with an object."""
        return self.text.startswith("{", self.at) and (self.at == 0 or self.text[self.at - 1] == "\n")

    def move(self, at: int) -> None:
        """Go on to `at`, which is in `text`."""
        self.line += self.text.count("\n", self.at, at)
        self.at = at
        if len(self.text) - at <= LONGEST:
            self._fill()

    def skip_between(self) -> bool:
        """Pass white space and commas. False at the end of the feed."""
        while between := BETWEEN.match(self.text, self.at):
            self.move(between.end())
        return self.at < len(self.text)

    def find_object(self, until: float) -> None:
        """Go on to what can begin an object with something in it, or to the place `until` or the end of the feed if
        there is none before."""
        self.move(self.at + 1)
        while not OBJECT.search(self.text, self.at) and not self._ended and self._passed + len(self.text) <= until:
            self.move(max(self.at, len(self.text) - LONGEST // 2))  # a bracket at the end may be the start of one
        found = OBJECT.search(self.text, self.at)
        self.move(max(self.at, int(min(found.start() if found else len(self.text), until - self._passed))))

    def _fill(self) -> None:
        cut = max(self.at - 1, 0)  # the character before stays: it may be the end of a line
        held = [self.text[cut:]]
        size = len(held[0])
        while size < HELD and (chunk := next(self._characters, None)) is not None:
            held.append(chunk)
            size += len(chunk)
        self._ended = size < HELD
        self.text, self.at, self._passed = "".join(held), self.at - cut, self._passed + cut
