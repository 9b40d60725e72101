"""Two texts as one, word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# By words; where those are too many to compare, by lines; and else as a whole.
UNITS = (re.compile(r"\S+\s*|\s+"), re.compile(r"[^\n]*\n?"))
COMPARED = 400_000  # pairs of units
AROUND = 80  # characters of what stayed that are shown on either side
LONGEST = 2_000  # characters of what went or came


@dataclass(frozen=True, slots=True)
class Part:
    """kind: "same", "gone" or "new"."""

    kind: str
    text: str


def differing(before: str, after: str) -> list[Part]:
    """The words of both in their order, long stretches shortened."""
    for unit in UNITS:
        parts = _compared(unit.findall(before), unit.findall(after))
        if parts is not None:
            break
    else:
        parts = [Part("gone", before), Part("new", after)]
    shown = [part for part in parts if part.text]
    return [_short(part, first=n == 0, last=n == len(shown) - 1) for n, part in enumerate(shown)]


def _compared(ours: Sequence[str], theirs: Sequence[str]) -> list[Part] | None:
    start = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    rest = min(len(ours), len(theirs)) - start
    tails = zip(reversed(ours), reversed(theirs), strict=False)
    end = next((n for n, (a, b) in enumerate(tails) if a != b or n == rest), rest)
    here, there = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    if len(here) * len(there) > COMPARED:
        return None
    tail = ours[len(ours) - end :]
    return [Part("same", "".join(ours[:start])), *_steps(here, there), Part("same", "".join(tail))]


def _steps(here: Sequence[str], there: Sequence[str]) -> Iterator[Part]:
    for step, a, b, c, d in SequenceMatcher(a=here, b=there, autojunk=False).get_opcodes():
        if step == "equal":
            yield Part("same", "".join(here[a:b]))
        else:
            yield Part("gone", "".join(here[a:b]))
            yield Part("new", "".join(there[c:d]))


def _short(part: Part, *, first: bool, last: bool) -> Part:
    text = part.text
    if part.kind != "same":
        return part if len(text) <= LONGEST else Part(part.kind, text[:LONGEST] + " …")
    if len(text) <= 2 * AROUND:
        return part
    return Part("same", ("" if first else text[:AROUND]) + " … " + ("" if last else text[-AROUND:]))
