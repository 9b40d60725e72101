"""What a run finds of an article's claims: which of them its candidates are, and which of them it may change.

A claim is free as long as no person has touched it (`ClaimQuerySet.untouched`); only free claims are ever changed or
removed. A statement is told by its wording first, whatever its place; then by its place in the text:

- a free claim of an earlier run is the candidate that its words overlap with most;
- any other claim is the candidate that its words overlap with, if half of the words of the two are the same. What an
  editor has decided on once does not come back into the queue because it is worded better.

Each claim is at most one statement and each statement at most one claim, the best overlaps first.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.extraction import Candidate
from claims.extraction.repeats import sameness
from claims.models import Appearance, Claim, ExtractionRun

SAME_WORDS = 0.5
Groups = Mapping[str, Sequence[Candidate]]


def wordings_of(same: Sequence[Candidate]) -> list[str]:
    """How the places of one statement word it, the first one first."""
    return [sameness(candidate.text) for candidate in same]


@dataclass(slots=True)
class Known:
    """The claims of an article as a run finds them, by number.

    places: where each appears in the run's revision. free: those the run may change; they are locked. settled: those
    of `free` that this version has worded already, in another revision; they keep their wording.
    """

    claims: dict[int, Claim]
    places: dict[int, list[Appearance]]
    free: set[int]
    settled: set[int] = field(default_factory=set)

    def told(self, groups: Groups) -> dict[str, Claim]:
        """Which claim each statement is. Those that are none yet are not in it."""
        worded = self._by_wording()
        wordings = {text: [text, *wordings_of(same)] for text, same in groups.items()}
        told = {text: worded[found] for text in groups if (found := next(filter(worded.get, wordings[text]), None))}
        taken = {claim.pk for claim in told.values()}
        for text, pk in self._by_place({text: groups[text] for text in groups if text not in told}, taken):
            if text not in told and pk not in taken:
                told[text] = self.claims[pk]
                taken.add(pk)
        return told

    def _by_wording(self) -> dict[str, Claim]:
        """By the wording as extracted, which rewording does not change, and else as people worded it."""
        claims = self.claims.values()
        reworded = {sameness(claim.text): claim for claim in claims}
        return reworded | {sameness(claim.extracted_text): claim for claim in claims if claim.extracted_text}

    def _by_place(self, groups: Groups, taken: Collection[int]) -> list[tuple[str, int]]:
        """Statements and the claims they may be, best first."""
        places = sorted((p for pk, here in self.places.items() if pk not in taken for p in here), key=_start)
        longest = max((place.end - place.start for place in places), default=0)
        pairs = [
            (-overlap, -words, n, text, place.claim_id)
            for n, (text, same) in enumerate(groups.items())
            for candidate in same
            for place, overlap in _overlapping(candidate, places, longest)
            if (words := self._likeness(candidate, self.claims[place.claim_id])) >= self._enough(place.claim_id)
        ]
        return [(text, pk) for *_order, text, pk in sorted(pairs)]

    def _enough(self, pk: int) -> float:
        return 0.0 if pk in self.free - self.settled else 2.0 if pk in self.settled else SAME_WORDS

    def _likeness(self, candidate: Candidate, claim: Claim) -> float:
        said = _words(candidate.text)
        return max(_share(said, _words(text)) for text in (claim.text, claim.extracted_text))


def known_to(run: ExtractionRun) -> Known:
    """Load and lock what the run's article has. Call it with the article's row locked.

    Locked in the order that merging locks in, and asked for people's marks afterwards: an editor who was at one of
    the claims has written by then what they did, and one who comes now waits and is told.
    """
    of_article = Claim.objects.filter(appearances__revision__article=run.revision.article_id)
    claims = Claim.objects.filter(pk__in=of_article.values("pk")).select_related("claimant", "weights")
    found = {claim.pk: claim for claim in claims.order_by("pk").select_for_update(of=("self",))}
    places: dict[int, list[Appearance]] = defaultdict(list)
    for place in Appearance.objects.filter(revision=run.revision, claim__in=found).select_related("claimant", "run"):
        places[place.claim_id].append(place)
    free = Claim.objects.untouched().filter(pk__in=places)
    settled = free.filter(appearances__run__extractor_version=run.extractor_version)
    return Known(found, places, set(free.values_list("pk", flat=True)), set(settled.values_list("pk", flat=True)))


def _overlapping(
    candidate: Candidate, places: Sequence[Appearance], longest: int
) -> Iterator[tuple[Appearance, float]]:
    """Places that share characters with the candidate, each with what they share as a part of what both take up.

    places: sorted by start, none longer than `longest`.
    """
    first = bisect_left(places, candidate.start - longest, key=_start)
    last = bisect_left(places, candidate.end, key=_start)
    for place in places[first:last]:
        shared = min(place.end, candidate.end) - max(place.start, candidate.start)
        if shared > 0:
            yield place, shared / (max(place.end, candidate.end) - min(place.start, candidate.start))


def _start(place: Appearance) -> int:
    return place.start


def _words(text: str) -> set[str]:
    return set(sameness(text).split())


def _share(first: set[str], second: set[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
