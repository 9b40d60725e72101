"""Candidates as rows: claims with their score under the weights in force, and the places where they were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.extraction import Candidate
from claims.models import Appearance, Claim, Claimant, ExtractionRun, TriageWeights
from claims.services.ranking import score_with
from claims.services.rereading import Known

WORDED = ("text", "extracted_text", "kind", "modality", "resolved", "unresolved", "claimant")
SCORED = ("check_worthiness", "reasons", "weights")
BATCH = 50  # rows an update: the statement names each row in each column, and its cost grows with their product
PLACED = ("sentence_start", "sentence_end", "claimant_text", "claimant", "dates", "run", "made_on")


@dataclass(slots=True)
class Store:
    """One run's writing, in a few queries at the end (`finish`). claimants: by the name that candidates give."""

    run: ExtractionRun
    known: Known
    claimants: Mapping[str, Claimant | None]
    weights: TriageWeights | None
    added: int = 0
    changed: list[Claim] = field(default_factory=list)
    new_places: list[Appearance] = field(default_factory=list)
    kept_places: list[Appearance] = field(default_factory=list)
    proposed: set[int] = field(default_factory=set)

    def add(self, same: Sequence[Candidate]) -> None:
        """A statement that is no claim of the article yet, at all its places."""
        claim = Claim.objects.create(**self._fields(same[0]))
        self.new_places += [self._place(claim, candidate) for candidate in same]
        self.added += 1

    def keep(self, claim: Claim, same: Sequence[Candidate], *, same_words: bool) -> None:
        """A statement that the article has as `claim` already.

        What is free becomes what this run says of it. On anything else nothing changes; where it is said in the same
        words at a place of its own, that place is added.
        """
        self.proposed.add(claim.pk)
        if claim.pk in self.known.free:
            self._renew(claim, same)
        elif same_words:
            here = self.known.places.get(claim.pk, [])
            apart = [c for c in same if not any(p.start < c.end and c.start < p.end for p in here)]
            self.new_places += [self._place(claim, candidate) for candidate in apart]

    def _renew(self, claim: Claim, same: Sequence[Candidate]) -> None:
        if _set(claim, self._fields(same[0])):
            self.changed.append(claim)
        there = {(place.start, place.end): place for place in self.known.places.get(claim.pk, [])}
        for candidate in same:
            place, said = there.get((candidate.start, candidate.end)), self._place(claim, candidate)
            if place is None:
                self.new_places.append(said)
                continue
            _set(place, {name: getattr(said, name) for name in PLACED})
            self.kept_places.append(place)

    def finish(self) -> None:
        """Write what was gathered, and take out what this run does not propose any more."""
        Claim.objects.bulk_update(self.changed, [*WORDED, *SCORED], batch_size=BATCH)
        Appearance.objects.bulk_update(self.kept_places, PLACED, batch_size=BATCH)
        Appearance.objects.bulk_create(self.new_places, ignore_conflicts=True)  # a place that is known stays as it is
        self._take_out()

    def _take_out(self) -> None:
        """Remove the places of free claims where this run says nothing, and claims that have no place left.

        Nobody has touched them, nothing hangs on them, and the record keeps all of what they were.
        """
        kept = {place.pk for place in self.kept_places}
        stale = [place.pk for pk in self.known.free for place in self.known.places[pk] if place.pk not in kept]
        Appearance.objects.filter(pk__in=stale).delete()
        Claim.objects.filter(pk__in=self.known.free - self.proposed, appearances=None).delete()

    def _fields(self, candidate: Candidate) -> dict[str, Any]:
        as_dict = candidate.as_dict()
        return {
            "text": candidate.text[:1000],
            "extracted_text": candidate.text,
            "kind": candidate.kind,
            "modality": candidate.modality,
            "unresolved": as_dict["unresolved"],
            "resolved": as_dict["resolved"],
            "claimant": self.claimants[candidate.claimant],
            **score_with(as_dict["reasons"], candidate.check_worthiness, self.weights),
        }

    def _place(self, claim: Claim, candidate: Candidate) -> Appearance:
        return Appearance(
            claim=claim,
            revision=self.run.revision,
            run=self.run,
            start=candidate.start,
            end=candidate.end,
            sentence_start=candidate.sentence_start,
            sentence_end=candidate.sentence_end,
            quote=candidate.quote,
            claimant_text=candidate.claimant[:300],
            claimant=self.claimants[candidate.claimant],
            dates=candidate.as_dict()["dates"],
            made_on=self.run.revision.article.published_on,
        )


def _set(row: Claim | Appearance, fields: Mapping[str, Any]) -> bool:
    """Set fields of a row. Returns whether any was another before."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return bool(changed)
