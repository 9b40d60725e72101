"""Check-worthiness: a sum of named signals with hand-set weights, in log-odds. Says nothing about truth."""

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from claims.extraction import signals as s
from claims.extraction.candidate import Kind, Reason

# The whole model. Set by hand on twelve of sixteen labelled articles; docs/extraction.md tells how and how good.
STARTING_POINT = "starting point"
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        STARTING_POINT: -1.0,
        s.PERCENTAGE: 1.5,
        s.MONEY: 1.3,
        s.NUMBER: 1.2,
        s.DATE: 0.9,
        s.DAY: 0.3,
        s.FIRST: 0.8,
        s.SUPERLATIVE: 0.6,
        s.COMPARISON: 0.6,
        s.NAME: 0.5,
        s.NAMES: 0.5,
        s.CAUSE: 0.5,
        s.LAW: 0.7,
        s.CHANGE: 0.5,
        s.HARM: 0.6,
        s.EVENT: 0.7,
        s.PAST: 0.5,
        s.SOURCE: 0.2,
        s.OPINION: -0.9,
        s.DUTY: -1.0,
        s.PREDICTION: -0.5,
        s.CONDITION: -0.3,
        s.SPEAKER: -1.2,
        s.ADDRESS: -1.2,
        s.QUESTION: -3.0,
        s.INSTRUCTION: -3.0,
        s.FRAGMENT: -2.0,
        s.POINTER: -0.3,
        s.VAGUE: -0.7,
        s.SHORT: -0.7,
    }
)


def weigh(found: Iterable[str]) -> tuple[float, tuple[Reason, ...]]:
    """Give check-worthiness (0.0 to 1.0, four places) and its reasons, heaviest first; they sum to its log-odds."""
    reasons = [Reason(name, WEIGHTS[name]) for name in {STARTING_POINT, *found}]
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.signal))
    log_odds = math.fsum(reason.weight for reason in reasons)
    return round(1 / (1 + math.exp(-log_odds)), 4), tuple(reasons)


KINDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("superlative", frozenset({s.FIRST, s.SUPERLATIVE})),
    ("quantity", frozenset({s.NUMBER, s.PERCENTAGE, s.MONEY})),
    ("comparison", frozenset({s.COMPARISON})),
    ("cause", frozenset({s.CAUSE})),
    ("law", frozenset({s.LAW})),
    ("history", frozenset({s.DATE})),
    ("event", frozenset({s.EVENT, s.PAST})),
    ("quote", frozenset({s.SOURCE})),
)


def kind_of(found: Iterable[str]) -> Kind:
    """The first kind in order of precedence that one of the signals speaks for."""
    present = set(found)
    return next((kind for kind, evidence in KINDS if evidence & present), "other")
