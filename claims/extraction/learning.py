"""What a desk's decisions teach about the weights. Pure: reasons in, factors and figures out.

The score of a claim is the sigmoid of a sum of contributions, one per reason. Learning keeps the shipped
contributions and fits how many times each counts at this desk, a factor per signal. The starting point gets no factor
but a shift: it is the same for every claim, so it moves all scores alike and none past another. Without it the
factors would have to make up for a desk that shortlists more or less than the extractor expects, and the order would
suffer; with it the score says how likely the desk is to shortlist a claim like this.

numpy comes with spaCy and is imported where it is needed: the web server only reads what was learned.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claims.extraction.worthiness import STARTING_POINT

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Reasons = Sequence[Mapping[str, Any]]

SEEN = 20  # decisions with a signal; one that fewer have keeps its shipped weight: such a share is known to 0.2
PULL = 4.0  # of each factor towards 1: as if factors were known to lie around 1 with a deviation of a half
MOST = 3.0  # no signal counts more often; none counts backwards
STEPS, HALVINGS, ENOUGH = 50, 30, 1e-6
SHARES = (10, 25, 50)  # the top of the queue, in per cent
REDRAWN, AGREE = 200, 0.9  # see `compare`


@dataclass(frozen=True, slots=True)
class Example:
    """A decision: the reasons of the claim's score, and whether it was shortlisted."""

    reasons: Reasons
    shortlisted: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """How many times the shipped contribution of each signal counts (1 where none is named), and the shift."""

    factors: Mapping[str, float]
    shift: float = 0.0


def reweigh(reasons: Reasons, weights: Weights | None) -> tuple[float, list[dict[str, Any]]]:
    """Give score and reasons under `weights`, heaviest first; None gives them as shipped.

    A reason of a score that is not as shipped has its shipped contribution as "base". Always computed from there, so
    that it does not matter which weights were in force before, or how often this is done.
    """
    weighed = [_weighed(reason, weights) for reason in reasons]
    weighed.sort(key=lambda reason: (-abs(reason["weight"]), reason["signal"]))
    return probability(math.fsum(reason["weight"] for reason in weighed)), weighed


def _weighed(reason: Mapping[str, Any], weights: Weights | None) -> dict[str, Any]:
    signal, base = reason["signal"], shipped(reason)
    if weights is None:
        return {"signal": signal, "weight": base}
    weight = base + weights.shift if signal == STARTING_POINT else base * weights.factors.get(signal, 1.0)
    return {"signal": signal, "weight": round(weight, 6), "base": base}


def shipped(reason: Mapping[str, Any]) -> float:
    """What the extractor itself says this reason contributes."""
    return float(reason.get("base", reason["weight"]))


def probability(log_odds: float) -> float:
    """The score of a sum of contributions, to four places, as the extractor gives it."""
    return round(1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds)))), 4)


def fit(examples: Sequence[Example]) -> Weights:
    """Fit factors and shift by logistic regression, each factor pulled towards 1 and held between 0 and MOST.

    Newton's method. Factors and shift come to two places, and factors of 1 are left out: what is stored is what is
    measured. Signals that few decisions have keep their shipped weight.
    """
    import numpy as np

    seen = Counter(signal for example in examples for signal in {reason["signal"] for reason in example.reasons})
    names = sorted(name for name, n in seen.items() if n >= SEEN and name != STARTING_POINT)
    columns, fixed = _columns(examples, names)
    wanted = np.array([example.shortlisted for example in examples], dtype=float)
    found = _newton(columns, fixed, wanted)
    factors = {name: round(min(MOST, max(0.0, float(f))), 2) for name, f in zip(names, found, strict=False)}
    return Weights({name: f for name, f in factors.items() if f != 1.0}, round(float(found[-1]), 2))


def _columns(examples: Sequence[Example], names: Sequence[str]) -> "tuple[NDArray[float64], NDArray[float64]]":
    """The contributions of the signals in `names`, a column each and one of 1 for the shift; the sum of the others."""
    import numpy as np

    place = {name: n for n, name in enumerate(names)}
    columns, fixed = np.zeros((len(examples), len(names) + 1)), np.zeros(len(examples))
    columns[:, -1] = 1.0
    for row, example in enumerate(examples):
        for reason in example.reasons:
            if (column := place.get(reason["signal"])) is None:
                fixed[row] += shipped(reason)
            else:
                columns[row, column] += shipped(reason)
    return columns, fixed


def _newton(columns: "NDArray[float64]", fixed: "NDArray[float64]", wanted: "NDArray[float64]") -> "NDArray[float64]":
    """Minimise the penalised loss, halving each step until it helps. The shift is pulled only so that one exists."""
    import numpy as np

    start = np.append(np.ones(columns.shape[1] - 1), 0.0)
    pull = np.append(np.full(columns.shape[1] - 1, PULL), 1e-3)

    def loss(at: "NDArray[float64]") -> float:
        z = fixed + columns @ at
        return float(np.sum(np.logaddexp(0.0, z) - wanted * z) + np.sum(pull * (at - start) ** 2) / 2)

    at = start
    for _step in range(STEPS):
        expected = 1 / (1 + np.exp(-np.clip(fixed + columns @ at, -500, 500)))
        slope = columns.T @ (expected - wanted) + pull * (at - start)
        bend = (columns.T * (expected * (1 - expected))) @ columns + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        here = loss(at)
        tried = next((at - step / 2**n for n in range(HALVINGS) if loss(at - step / 2**n) <= here), at)
        done, at = float(np.max(np.abs(tried - at))) < ENOUGH, tried
        if done:
            break
    return at


def compare(examples: Sequence[Example], before: Weights | None, after: Weights) -> dict[str, Any]:
    """Measure how two sets of weights rank the same decisions, which neither should have been fitted to.

    Gives {"held_out", "shortlisted", "before", "after", "agreement", "better"}; the middle two are
    {"average_precision", "top": [{"share", "of", "shortlisted"}, ...]}. agreement: in which share of redrawings of
    the decisions, with replacement, `after` has the higher average precision. better: it has it on the decisions
    themselves and in most redrawings; a difference that chance alone may make is none.
    """
    import numpy as np

    wanted = np.array([example.shortlisted for example in examples])
    orders = [_order(examples, weights) for weights in (before, after)]
    ranked = [wanted[order] for order in orders]
    precision = [average_precision(list(labels)) for labels in ranked]
    agreement = _agreement(wanted, orders)
    figures = [
        {"average_precision": round(value, 4), "top": top_of(list(labels))}
        for value, labels in zip(precision, ranked, strict=True)
    ]
    return {
        "held_out": len(examples),
        "shortlisted": int(wanted.sum()),
        "before": figures[0],
        "after": figures[1],
        "agreement": agreement,
        "better": precision[1] > precision[0] and agreement >= AGREE,
    }


def _order(examples: Sequence[Example], weights: Weights | None) -> list[int]:
    """The places of `examples` as the queue would rank them: highest score first, the earlier of two alike."""
    scores = [reweigh(example.reasons, weights)[0] for example in examples]
    return sorted(range(len(examples)), key=lambda place: -scores[place])


def _agreement(wanted: Any, orders: Sequence[Sequence[int]]) -> float:
    """In which share of redrawings the second order is the better one. The same each time it is asked."""
    import numpy as np

    chance, wins, size = np.random.default_rng(0), 0, len(wanted)
    for _redrawing in range(REDRAWN):
        times = np.bincount(chance.integers(0, size, size), minlength=size)
        first, second = [average_precision(np.repeat(wanted[order], times[order])) for order in orders]
        wins += second > first
    return round(wins / REDRAWN, 2)


def average_precision(ranked: Any) -> float:
    """The precision at each shortlisted claim of a ranked list of decisions, averaged; 0 where none was."""
    import numpy as np

    labels = np.asarray(ranked, dtype=bool)
    precision = np.cumsum(labels) / np.arange(1, len(labels) + 1)
    return float(precision[labels].mean()) if labels.any() else 0.0


def top_of(ranked: Sequence[bool]) -> list[dict[str, int]]:
    """How many of the top 10, 25 and 50 per cent of a ranked list of decisions were shortlisted."""
    sizes = [(share, max(1, round(len(ranked) * share / 100))) for share in SHARES]
    return [{"share": share, "of": size, "shortlisted": int(sum(ranked[:size]))} for share, size in sizes]
