"""A feed cut into its entries, so that each is read by itself and no damage reaches the next one.

The stock way is a streaming parser. ijson 3.6, the best kept one, ends at the first NaN, raw line end or missing comma
of 200 MB; so entries are found by their brackets here, and each is left to `json`.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claims.claimreviews.window import LONGEST, Window

DEEPEST = 40  # brackets in each other; real entries have about ten

MARK = re.compile(r'"(?:[^"\\]++|\\.)*+(?P<closed>"?)|[\[\]{}]', re.DOTALL)  # a string or a bracket
FOLLOWS = re.compile(r"\s*+[,:\]}]")  # what stands after a string or a closing bracket inside an entry
JUNK = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|[^"\s,\[\]{}][^",\n\[\]{}]*+|"', re.DOTALL)
ENDS = re.compile(r"\s*+(?:[,\]}]|\Z)|[ \t\r]*+\n")  # what stands behind something that is no object
CLOSING = {"{": "}", "[": "]"}
CLOSED = frozenset("]}")
LISTS = frozenset({'"dataFeedElement"', '"@graph"'})
OURS = re.compile(r'ClaimReview"|"claimReviewed"')

NO_OBJECT = "It is no object."
NO_JSON = "It is not JSON: %(what)s, at its character %(at)s."
TOO_LONG = f"It is longer than {LONGEST:,} characters, or does not end."
TOO_DEEP = f"It is nested more than {DEEPEST} deep."
CUT = "The feed ends in the middle of it."
DAMAGED = "A comma, quotation mark or bracket is missing in it."


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that cannot be used, and why, as a sentence. n: which one of the feed. line: where it begins. Both from
    1."""

    n: int
    line: int
    reason: str

    def __str__(self) -> str:
        return f"Entry {self.n} (line {self.line}): {self.reason}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that can be read as JSON. is_entry: it stands where the feed has its entries."""

    n: int
    line: int
    value: Any
    is_entry: bool


class Damaged(Exception):
    """What begins here is no whole object. end: where it ends all the same, None where nobody can tell."""

    def __init__(self, reason: str, *, end: int | None = None) -> None:
        super().__init__(reason)
        self.end = end


def pieces(characters: Iterator[str]) -> Iterator[Piece | Fault]:
    """Cut a feed into its entries."""
    return _Cutter(Window(characters)).pieces()


class _Cutter:
    """Goes through a feed once.

    After damage it searches: it tries every object until one is a ClaimReview or holds one, which nothing else in a
    feed does, or until a line begins with an object. Places are counted in characters from the start of the feed.
    """

    def __init__(self, window: Window) -> None:
        self.window = window
        self.n = 0
        self.searched_until = 0.0  # where damage ends
        self.is_sure = True  # False behind damage: what is left of a broken entry is not counted as another one
        start, self.holds_entries_only = _start(window.text)
        self.is_list = self.holds_entries_only  # False behind the end of the list, where the feed says things of itself
        window.move(start)

    def pieces(self) -> Iterator[Piece | Fault]:
        window = self.window
        while window.skip_between():
            first, searching = window.text[window.at], self._is_searching()
            if first in CLOSING:
                yield from self._object(searching=searching)
            elif searching:
                window.find_object(self.searched_until)
            elif first in "]}":
                self.is_list = self.is_list and not self.is_sure
                window.move(window.at + 1)
            else:
                yield from self._junk()

    def _is_searching(self) -> bool:
        window = self.window
        return window.place < self.searched_until and not window.at_object_line

    def _object(self, *, searching: bool) -> Iterator[Piece | Fault]:
        window = self.window
        try:
            value, end = _read(window.text, window.at)
        except Damaged as damage:
            if not searching:
                yield self._fault(str(damage))
            end_of_damage = math.inf if damage.end is None else window.place + damage.end - window.at
            self.searched_until = max(self.searched_until, end_of_damage) if searching else end_of_damage
            self.is_sure = self.searched_until < math.inf
            window.find_object(self.searched_until)
            return
        is_ours = OURS.search(window.text, window.at, end) is not None
        is_entry = not searching and (self.is_list or window.at_object_line)
        if is_ours or is_entry:
            self.is_list = self.holds_entries_only
            self.n += 1
            yield Piece(self.n, window.line, value, is_entry)
        if not searching or (is_ours and self.searched_until == math.inf):
            self.is_sure = not searching
            self.searched_until = 0
        window.move(end)

    def _junk(self) -> Iterator[Fault]:
        window = self.window
        junk = JUNK.match(window.text, window.at)
        end = junk.end() if junk else window.at + 1
        # Of an object that has lost its beginning, or of a string that has.
        is_part = not ENDS.match(window.text, end)
        if self.is_list and self.is_sure:
            yield self._fault(DAMAGED if is_part else NO_OBJECT)
        if is_part or end - window.at > LONGEST:
            self.searched_until, self.is_sure = math.inf, False
            end = window.at + 1
        window.move(end)

    def _fault(self, reason: str) -> Fault:
        self.n += 1
        return Fault(self.n, self.window.line, reason)


def _start(text: str) -> tuple[int, bool]:
    """Return where the entries begin, and whether there is nothing else among them: in an @graph there is."""
    depth, key = 0, ""
    for mark in MARK.finditer(text, 0, LONGEST):
        written = mark[0]
        if written == "[" and depth == 0:
            return mark.end(), True
        if written == "[" and depth == 1 and key in LISTS:
            return mark.end(), key != '"@graph"'
        depth += (written in CLOSING) - (written in CLOSED)
        if depth == 0:
            break
        key = written
    return 0, True


def _read(text: str, start: int) -> tuple[Any, int]:
    """Return the value that begins at `start` with a bracket, and its end. Raises Damaged."""
    end = _end(text, start)
    try:
        value = json.loads(text[start:end], strict=False, parse_constant=_no_number, parse_float=_number)
    except json.JSONDecodeError as error:
        raise Damaged(NO_JSON % {"what": error.msg, "at": error.pos + 1}, end=end) from error
    except ValueError as error:  # a number of thousands of digits
        raise Damaged("It holds a number that is too long.", end=end) from error
    return value, end


def _end(text: str, start: int) -> int:
    opened: list[str] = []
    for mark in MARK.finditer(text, start, start + LONGEST):
        first = text[mark.start()]
        if first in CLOSING:
            if opened[-1:] == ["}"] and not _is_named(text, mark.start()):
                raise Damaged(DAMAGED)  # the next entry, mostly: the one before was never closed
            opened.append(CLOSING[first])
            if len(opened) > DEEPEST:
                raise Damaged(TOO_DEEP)
            continue
        if first != '"' and opened.pop() != first:
            raise Damaged(DAMAGED)
        if not opened:
            return mark.end()
        if first == '"' and not mark["closed"]:
            break
        if not FOLLOWS.match(text, mark.end()):
            raise Damaged(DAMAGED if mark.end() < len(text) else CUT)
    raise Damaged(TOO_LONG if len(text) - start > LONGEST else CUT)


def _is_named(text: str, at: int) -> bool:
    """Whether a colon stands before what is at `at`, as far as is worth looking for it."""
    return text[at - 1] == ":" or text[max(at - 80, 0) : at].rstrip()[-1:] in {":", ""}


def _no_number(_name: str) -> None:
    """NaN and the infinities."""


def _number(written: str) -> float | str:
    """A number that a database gives back as it got it, or else what is written there."""
    number = float(written)
    return number if abs(number) < 1e15 else written
