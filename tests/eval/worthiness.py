"""How good and how honest is check-worthiness?

On ClaimBuster by debate (a model of the debates up to 2008 ranks those of 2012 and 2016; needs scikit-learn, some
minutes the first time) and on the news articles, where the shipped score is held against what people said. Each
function gives names and figures, and raises FileNotFoundError where its data is not there.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from claims.extraction import score_sentences, training
from claims.extraction.weights import load_weights
from claims.extraction.worthiness import WORTH_CHECKING
from tests.eval.data import CACHE, articles, average_precision, state
from tests.eval.figures import Figure

BINS = 10
SIMULATIONS = 2_000
BAND = "a perfect model's 95%"
# Average precision of words and logistic regression, from the README of the data.
WORDS_ON_NEWS, WORDS_ON_DEBATES = 0.83, 0.69
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def figures(*, verbose: bool = False) -> list[Figure]:
    """On the news: as shipped, and with slope and intercept fitted afresh. Ceiling of the error: a perfect model's."""
    load_weights()
    rows = {f"news {part}": news(part) for part in ("dev", "held", "all")} | {"news by article": cross_validated()}
    found = []
    for row, shares in rows.items():
        band = next(shares.pop(name) for name in list(shares) if name.endswith(BAND))
        for name, us in shares.items():
            ceiling = band if name.startswith("calibration") else None
            found.append(Figure(row, name, us, WORDS_ON_NEWS if name == "AP" else None, ceiling))
    return found


def debate_figures(*, verbose: bool = False) -> list[Figure]:
    """Average precision on debates that the model has not seen."""
    return [Figure("by debate", name, us, WORDS_ON_DEBATES) for name, us in debates().items()]


def debates() -> dict[str, float]:
    """Average precision on the debates of 2012 and 2016, trained on those up to 2008; nothing shipped is used."""
    seen = read_debates()
    figures = {"AP on unseen debates, no encoder": training.average_precision(seen, with_vector=False)}
    if seen.vectors is not None:
        figures["AP on unseen debates"] = training.average_precision(seen, with_vector=True)
    return figures


def read_debates() -> training.Debates:
    """ClaimBuster as the model sees it, kept under var/ until the code that reads it changes."""
    path = CACHE / f"debates-{_state()}.json"
    if path.exists():
        kept = json.loads(path.read_text())
        terms = [frozenset(row) for row in kept.pop("terms")]
        return training.Debates(**kept, terms=terms, vectors=np.load(path.with_suffix(".npy")))
    read = training.read_debates()
    if read.vectors is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path.with_suffix(".npy"), read.vectors)
        kept = {"years": read.years, "labels": read.labels, "signals": read.signals}
        path.write_text(json.dumps({**kept, "terms": [sorted(row) for row in read.terms]}))
    return read


def _state() -> str:
    return state([*Path(training.__file__).parent.glob("*.py"), *training.DEBATES.glob("*.csv")])


def news(part: str = "all") -> dict[str, float]:
    """The shipped score on the news articles of `part`: dev, held or all. Sentences with split labels are left out."""
    _, scores, labels = _scored(part)
    error, band = calibration_error(scores, labels), calibration_band(scores)
    return {
        "AP": average_precision(list(zip(scores, map(bool, labels), strict=True))),
        "F1 of worth checking": f1(scores, labels),
        "calibration error": error,
        f"calibration error, {BAND}": band,
    }


def cross_validated() -> dict[str, float]:
    """The same on all articles, slope and intercept fitted afresh with each article left out in its turn."""
    article, scores, labels = _scored("all")
    log_odds = np.log(scores.clip(1e-4, 1 - 1e-4) / (1 - scores.clip(1e-4, 1 - 1e-4)))
    calibrated = np.zeros_like(scores)
    for number in np.unique(article):
        slope, intercept = fit_line(log_odds[article != number], labels[article != number])
        calibrated[article == number] = 1 / (1 + np.exp(-(slope * log_odds[article == number] + intercept)))
    return {
        "F1 of worth checking, by article": f1(calibrated, labels),
        "calibration error, by article": calibration_error(calibrated, labels),
        f"calibration error by article, {BAND}": calibration_band(calibrated),
    }


def _scored(part: str) -> tuple[Numbers, Numbers, Numbers]:
    """Article number, score and label (1.0: both say check-worthy) of each sentence that the labels agree on."""
    rows: list[tuple[int, float, float]] = []
    for number, article in enumerate(articles(part)):
        agreed = [s for s in article["sentences"] if len(set(s["labels"])) == 1 or 2 not in s["labels"]]
        scores = score_sentences(sentence["sentence"] for sentence in agreed)
        rows += [(number, score or 0.0, float(s["labels"] == [2, 2])) for s, score in zip(agreed, scores, strict=True)]
    article_number, score, label = np.array(rows).T
    return article_number, score, label


def f1(scores: Numbers, labels: Numbers) -> float:
    said = scores >= WORTH_CHECKING
    return float(2 * (said * labels).sum() / (said.sum() + labels.sum()))


def calibration_error(scores: Numbers, labels: Numbers) -> float:
    """Expected calibration error, 0 to 1, in ten bins: 0 if of those scored 0.8 eight in ten are check-worthy."""
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    gaps = np.bincount(place, weights=scores - labels, minlength=BINS)
    return float(np.abs(gaps).sum() / len(scores))


def calibration_band(scores: Numbers) -> float:
    """Below this lies the error of 95 in 100 perfect models of as many sentences, by simulation with a fixed seed."""
    random = np.random.default_rng(0)
    errors = [calibration_error(scores, random.random(len(scores)) < scores) for _ in range(SIMULATIONS)]
    return float(np.quantile(errors, 0.95))


def fit_line(log_odds: Numbers, labels: Sequence[float] | Numbers) -> tuple[float, float]:
    """Slope and intercept of a logistic regression on one number, by Newton's method."""
    design = np.stack([log_odds, np.ones_like(log_odds)], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ weights))
        curve = design.T @ (design * (chance * (1 - chance))[:, None])
        weights += np.linalg.solve(curve, design.T @ (labels - chance))
    return float(weights[0]), float(weights[1])
