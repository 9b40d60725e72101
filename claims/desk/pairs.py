"""Pairs in words: what differs, where it stands in the two texts, and what a claim sees beside itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ClaimMatch, ExternalMatch, Merge, State
from claims.services.matches import DECIDE, may_confirm
from people.models import User

SHOWN = 5
READ = 12  # of a claim's pairs, rejected ones last
OTHERS = 3  # fact-checks of others
ALIKE_ENOUGH = 0.6  # of two wordings: below, marking what differs would mark nearly everything
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]")

KINDS = {
    "number": _("Number"),
    "date": _("Date"),
    "negation": _("Negation"),
    "entity": _("Name or thing"),
    "direction": _("Direction"),
    "quantifier": _("How many of them"),
    "role": _("Who does what"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. differs: it is among the words that tell the two texts apart."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Differs:
    """One named difference. here, there: the words of the one claim and of the other; "" where it has none."""

    kind: Any
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair as one of its two claims sees it. text: the other's, in pieces. claim: the other; None: it is a fact-check
    of others. takes: this person may call them the same.

    keys: of the buttons "same" and "different"; only the first one in a list has any.
    """

    match: Any
    text: list[Piece]
    differs: list[Differs]
    claim: Any = None
    takes: bool = True
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a claim sees beside itself. text: its own words, with what the first one has otherwise marked."""

    text: list[Piece]
    same: list[Alike]
    alike: list[Alike]
    rejected: list[Alike]

    @property
    def checked(self) -> bool:
        """Whether there is a verdict, ours or of others, on one that is the same."""
        return any(one.claim is None or one.claim.verdict for one in self.same)


def beside(claim: Claim, user: User) -> Beside:
    """Load what `claim` is like, in six queries however much that is: the same first, then related, then different."""
    pairs = ClaimMatch.objects.of([claim.pk]).standing().same_first().for_desk()[:READ]
    ours = [alike(match, claim, user) for match in pairs]
    kept = [one for one in ours if one.match.state != State.REJECTED][:SHOWN]
    if kept and kept[0].match.state == State.SUGGESTED:
        kept[0] = replace(kept[0], keys={"same": "r", "different": "x"})
    kept += [_external(match, claim) for match in claim.external_matches.shown()[:OTHERS]]
    return Beside(
        text=pieces(claim.text, (differs.here for one in kept[:1] for differs in one.differs)),
        same=[one for one in kept if one.match.is_same],
        alike=[one for one in kept if not one.match.is_same],
        rejected=[one for one in ours if one.match.state == State.REJECTED],
    )


def alike(match: ClaimMatch, claim: Claim, user: User) -> Alike:
    """The pair as `claim`, one of its two, sees it."""
    low = match.low_id == claim.pk
    other = match.high if low else match.low
    differs = differences(match.differences, mirrored=not low)
    words = [one.there for one in differs]
    text = pieces(other.text, words) if differs else wording(claim.text, other.text)[1]
    return Alike(match, text, differs, other, takes=user.has_perm(DECIDE) and may_confirm(match, user))


def _external(match: ExternalMatch, claim: Claim) -> Alike:
    differs, text = differences(match.differences), match.external.claim_text
    words = [one.there for one in differs]
    return Alike(match, pieces(text, words) if differs else wording(claim.text, text)[1], differs)


def differences(named: Sequence[dict[str, str]], *, mirrored: bool = False) -> list[Differs]:
    """What matching names, seen from the query or, mirrored, from the candidate."""
    sides = ("candidate", "query") if mirrored else ("query", "candidate")
    return [Differs(KINDS.get(one["kind"], one["kind"]), one[sides[0]], one[sides[1]]) for one in named]


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """Cut `text` where `words` stand in it, each at its first place; joined, the pieces are the text."""
    return _cut(text, [found.span() for some in words if (found := _place(text, some))])


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    return [Piece(text[a:b], any(start <= a and b <= end for start, end in spans)) for a, b in pairwise(edges)]


def _place(text: str, words: str) -> "re.Match[str] | None":
    """Whole words, whatever the white space between them and the case."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else None


def wording(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts with the words that the other does not have at that place; unmarked if those were too many."""
    ours, theirs = list(TOKEN.finditer(one)), list(TOKEN.finditer(other))
    here, there = ([word[0].casefold() for word in words] for words in (ours, theirs))
    compared = SequenceMatcher(a=here, b=there, autojunk=False)
    if compared.ratio() < ALIKE_ENOUGH:
        return [Piece(one)], [Piece(other)]
    steps = [step[1:] for step in compared.get_opcodes() if step[0] != "equal"]
    return (
        _cut(one, [(ours[a].start(), ours[b - 1].end()) for a, b, _c, _d in steps if a < b]),
        _cut(other, [(theirs[c].start(), theirs[d - 1].end()) for _a, _b, c, d in steps if c < d]),
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A merge in force, seen from one of its two claims: `into` it, or this one into the other."""

    merge: Merge
    other: Claim
    into: bool


def counted_with(claim: Claim) -> list[Counted]:
    """What counts with `claim`, newest first, and first of all what `claim` itself counts with. One query."""
    merges = Merge.objects.for_file(claim)
    seen = [
        Counted(one, one.loser if one.loser_id != claim.pk else one.winner, one.loser_id == claim.pk) for one in merges
    ]
    return sorted(seen, key=lambda one: not one.into)
