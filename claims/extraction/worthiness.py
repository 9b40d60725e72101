"""Check-worthiness: a sum of reasons in log-odds. Says nothing about truth. The weights: docs/worthiness.md."""

import math
from collections.abc import Iterable

from claims.extraction import signals as s
from claims.extraction.candidate import Kind, Reason
from claims.extraction.weights import load_weights

STARTING_POINT = "starting point"
WORDS = "its wording"
MEANING = "its meaning as a whole"
# From here on a statement is called check-worthy; chosen with the calibration, docs/worthiness.md.
WORTH_CHECKING = 0.45
PLACES = 4


def weigh(
    found: Iterable[str], *, terms: Iterable[str] = (), meaning: float | None = None
) -> tuple[float, tuple[Reason, ...]]:
    """Give check-worthiness (0.0 to 1.0, four places) and its reasons, heaviest first; they sum to its log-odds.

    found: named signals; terms: from words.terms; meaning: from weights.meanings, in log-odds. Without a meaning
    the second set of weights is used, made to do without one.
    """
    model = load_weights()
    weights = model.without_vector if meaning is None else model.with_vector
    reasons = [Reason(STARTING_POINT, weights.starting_point)]
    reasons += [Reason(name, weights.signals.get(name, 0.0)) for name in sorted(set(found))]
    reasons.append(Reason(WORDS, round(weights.of_words(terms), PLACES)))
    if meaning is not None:
        reasons.append(Reason(MEANING, round(meaning, PLACES)))
    return score_of(reasons), in_order(reasons)


def score_of(reasons: Iterable[Reason]) -> float:
    """The sigmoid of their sum, to four places; without overflow, whatever the sum."""
    log_odds = math.fsum(reason.weight for reason in reasons)
    shrunk = math.exp(-abs(log_odds))
    return round((1.0 if log_odds >= 0 else shrunk) / (1.0 + shrunk), PLACES)


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.signal)))


# In order of precedence: what a statement is mainly about, for sorting the desk.
KINDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("superlative", frozenset({s.FIRST, s.SUPERLATIVE})),
    ("quantity", frozenset({s.NUMBER, s.PERCENTAGE, s.MONEY})),
    ("comparison", frozenset({s.COMPARISON})),
    ("position", frozenset({s.POSITION})),
    ("cause", frozenset({s.CAUSE})),
    ("law", frozenset({s.LAW})),
    ("history", frozenset({s.HISTORY})),
    ("event", frozenset({s.EVENT, s.PAST})),
    ("quote", frozenset({s.QUOTE, s.SOURCE})),
)


def kind_of(found: Iterable[str]) -> Kind:
    """The first kind in order of precedence that one of the signals speaks for."""
    present = set(found)
    return next((kind for kind, evidence in KINDS if evidence & present), "other")
