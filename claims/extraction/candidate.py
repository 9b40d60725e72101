from dataclasses import dataclass
from typing import Any, Literal

# Goes up with any change of rules or weights, so that a run can say which extractor made it.
EXTRACTOR_VERSION = "4"

Kind = Literal[
    "quantity", "comparison", "superlative", "event", "law", "position", "cause", "quote", "history", "other"
]
Modality = Literal["asserted", "denied", "alleged", "planned", "conditional"]
RejectionReason = Literal[
    "opinion", "prediction", "question", "instruction", "fragment", "vague", "unreadable", "language"
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One named signal of a score; `weight` is in log-odds."""

    signal: str
    weight: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """Words of the article (`from_`) and what stands for them (`to`): a name in `resolved`, ISO dates in `dates`."""

    from_: str
    to: str

    def as_dict(self) -> dict[str, str]:
        return {"from": self.from_, "to": self.to}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of an article that may hold a claim worth checking.

    start, end: character offsets into the article text, end exclusive, so `text[start:end]` is the quote.
    check_worthiness: 0.0 (leave) to 1.0 (check first); the sigmoid of the sum of `reasons`, up to rounding.
    reasons: heaviest first, by size whatever the sign. Source of the signals and weights: docs/extraction.md.
    unresolved: words left in `text` that do not stand alone.
    """

    text: str
    quote: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    claimant: str
    kind: Kind
    check_worthiness: float
    reasons: tuple[Reason, ...]
    modality: Modality
    unresolved: tuple[str, ...]
    resolved: tuple[Resolution, ...]
    dates: tuple[Resolution, ...]

    def as_dict(self) -> dict[str, Any]:
        """The candidate line of the contract, ready for JSON."""
        return {
            "text": self.text,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "sentence_start": self.sentence_start,
            "sentence_end": self.sentence_end,
            "claimant": self.claimant,
            "kind": self.kind,
            "check_worthiness": self.check_worthiness,
            "reasons": [{"signal": reason.signal, "weight": reason.weight} for reason in self.reasons],
            "modality": self.modality,
            "unresolved": list(self.unresolved),
            "resolved": [resolution.as_dict() for resolution in self.resolved],
            "dates": [date.as_dict() for date in self.dates],
        }


@dataclass(frozen=True, slots=True)
class Rejection:
    """A sentence without candidates, and why. Offsets as in Candidate."""

    quote: str
    start: int
    end: int
    reason: RejectionReason

    def as_dict(self) -> dict[str, Any]:
        return {"quote": self.quote, "start": self.start, "end": self.end, "rejected": self.reason}
