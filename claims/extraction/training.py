"""Fit the weights of the score on ClaimBuster and write weights.json: `make train`.

ClaimBuster (F. Arslan, N. Hassan, C. Li, M. Tremayne, ICWSM 2020; CC BY 4.0): sentences of American presidential
debates, 1960 to 2016. Deterministic: the same data, packages and code give the same file.
"""

import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.extraction import signals as s
from claims.extraction.encoding import Encoder, load_encoder
from claims.extraction.parsing import parse
from claims.extraction.scoring import signals_of
from claims.extraction.weights import FILE, FORMAT
from claims.extraction.words import terms
from claims.extraction.worthiness import PLACES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

DEBATES = Path(__file__).parents[3] / "shared" / "data" / "claimbuster"
CREDIT = (
    "Trained on ClaimBuster: Fatma Arslan, Naeemul Hassan, Chengkai Li, Mark Tremayne, "
    "A Benchmark Dataset of Check-worthy Factual Claims, ICWSM 2020. CC BY 4.0."
)
TRAINED_TO, TESTED_FROM = 2008, 2012  # for the figure on debates that the model has not seen
CHECK_WORTHY = 1
# Chosen on debates up to 2008 and on the twelve news articles for development; docs/worthiness.md has the others tried.
LEAST_SENTENCES_A_TERM = 8
VECTOR_SCALE = 3.0  # how dear a weight of the vector is against one of a signal; higher is cheaper
LEAST_WEIGHT = 0.02  # words below it are left out of the file
# In debates nearly everything is said by an "I" or a "we" and few things are dated; what an editor would expect of news
# is added to the fitted weights, lightly: by hand, in log-odds.
PRIOR: dict[str, float] = {
    s.PERCENTAGE: 0.45, s.MONEY: 0.4, s.NUMBER: 0.35, s.DATE: 0.3, s.DAY: 0.1, s.FIRST: 0.25, s.SUPERLATIVE: 0.2,
    s.COMPARISON: 0.2, s.NAME: 0.15, s.NAMES: 0.15, s.CAUSE: 0.15, s.LAW: 0.2, s.CHANGE: 0.15, s.HARM: 0.2,
    s.EVENT: 0.2, s.PAST: 0.15, s.SOURCE: 0.05, s.OPINION: -0.3, s.DUTY: -0.3, s.PREDICTION: -0.15,
    s.CONDITION: -0.1, s.SPEAKER: -0.35, s.ADDRESS: -0.35, s.QUESTION: -0.9, s.INSTRUCTION: -0.9, s.FRAGMENT: -0.6,
    s.POINTER: -0.1, s.VAGUE: -0.2, s.SHORT: -0.2,
}  # fmt: skip
# Debates are not news: slope and intercept of the log-odds on the twelve news articles for development.
CALIBRATION = {"with_vector": (0.79, -0.4), "without_vector": (0.85, -0.12)}


@dataclass(frozen=True, slots=True)
class Debates:
    """ClaimBuster as the model sees it, row by row. years: of the debate; labels: 1 check-worthy, else 0."""

    years: list[int]
    labels: list[int]
    signals: list[list[str]]
    terms: list[frozenset[str]]
    vectors: "NDArray[np.float32] | None"


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights before calibration and rounding."""

    starting_point: float
    signals: dict[str, float]
    words: dict[str, float]
    vector: list[float]

    def log_odds(self, debates: Debates, row: int) -> float:
        found = debates.terms[row]
        words = sum(self.words.get(term, 0.0) for term in found) / math.sqrt(max(len(found), 1))
        named = sum(self.signals.get(name, 0.0) for name in debates.signals[row])
        vector = float(debates.vectors[row] @ self.vector) if self.vector and debates.vectors is not None else 0.0
        return self.starting_point + named + words + vector


def read_debates(folder: Path = DEBATES) -> Debates:
    """Read, parse and encode both files: two minutes. Raises FileNotFoundError where they are not."""
    rows: list[dict[str, str]] = []
    for name in ("claimbuster_train.csv", "claimbuster_dev.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    texts = [row["Text"].strip() for row in rows]
    found = [(signals_of(tree), terms(tree, range(len(tree)))) for tree in parse(texts)]
    encoder = load_encoder()
    return Debates(
        years=[int(row["File_id"][:4]) for row in rows],
        labels=[int(int(row["Verdict"]) == CHECK_WORTHY) for row in rows],
        signals=[signals for signals, _ in found],
        terms=[words for _, words in found],
        vectors=None if encoder is None else encoder.encode(texts),
    )


def fit(debates: Debates, rows: list[int], *, with_vector: bool) -> Fit:
    """Fit a logistic regression on `rows`, each block of weights held back by the same penalty."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for row in rows for name in debates.signals[row]})
    counts = Counter(term for row in rows for term in debates.terms[row])
    vocabulary = sorted(term for term, count in counts.items() if count >= LEAST_SENTENCES_A_TERM)
    blocks = [
        _indicators([debates.signals[row] for row in rows], names),
        _indicators([debates.terms[row] for row in rows], vocabulary, shared=True),
    ]
    if with_vector and debates.vectors is not None:
        blocks.append(csr_matrix(debates.vectors[rows].astype("float64") * VECTOR_SCALE))
    model = LogisticRegression(C=1.0, max_iter=1000, tol=1e-5)
    model.fit(hstack(blocks).tocsr(), [debates.labels[row] for row in rows])
    found = [float(weight) for weight in model.coef_[0]]
    end = len(names) + len(vocabulary)
    return Fit(
        float(model.intercept_[0]),
        {name: weight + PRIOR.get(name, 0.0) for name, weight in zip(names, found, strict=False)},
        dict(zip(vocabulary, found[len(names) : end], strict=True)),
        [weight * VECTOR_SCALE for weight in found[end:]],
    )


def _indicators(rows: list[Iterable[str]] | list[Any], columns: list[str], *, shared: bool = False) -> Any:
    """A sparse matrix with a column for each name; `shared`: each row's ones are divided by the root of its size."""
    from scipy.sparse import csr_matrix

    place = {name: number for number, name in enumerate(columns)}
    entries = [
        (number, place[name], 1 / math.sqrt(len(row)) if shared else 1.0)
        for number, row in enumerate(rows)
        for name in sorted(row)
        if name in place
    ]
    at, of, values = zip(*entries, strict=True)
    return csr_matrix((values, (at, of)), shape=(len(rows), len(columns)))


def average_precision(debates: Debates, *, with_vector: bool) -> float:
    """How well a model of the debates up to 2008 ranks the sentences of those from 2012 on: 0 to 1."""
    from sklearn.metrics import average_precision_score

    before = [row for row, year in enumerate(debates.years) if year <= TRAINED_TO]
    after = [row for row, year in enumerate(debates.years) if year >= TESTED_FROM]
    model = fit(debates, before, with_vector=with_vector)
    scores = [model.log_odds(debates, row) for row in after]
    return float(average_precision_score([debates.labels[row] for row in after], scores))


def calibrated(model: Fit, slope: float, intercept: float) -> dict[str, Any]:
    """The weights as the file has them: slope and intercept folded in, rounded, words that say little left out."""
    words = {term: round(slope * weight, 3) for term, weight in model.words.items()}
    heavy = {term: weight for term, weight in words.items() if abs(weight) >= LEAST_WEIGHT}
    return {
        "starting_point": round(slope * model.starting_point + intercept, PLACES),
        "signals": {name: round(slope * weight, PLACES) for name, weight in sorted(model.signals.items())},
        "words": dict(sorted(heavy.items(), key=lambda pair: (-pair[1], pair[0]))),
        "vector": [round(slope * weight, PLACES) for weight in model.vector],
    }


def write_weights(debates: Debates, encoder: Encoder) -> None:
    """Fit both sets on every debate and write weights.json."""
    rows = list(range(len(debates.labels)))
    kept: dict[str, Any] = {
        "format": FORMAT,
        "credit": CREDIT,
        "encoder": {"name": encoder.name, "version": encoder.version},
    }
    for name, calibration in CALIBRATION.items():
        kept[name] = calibrated(fit(debates, rows, with_vector=name == "with_vector"), *calibration)
    FILE.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Print how well debates are ranked that the model has not seen, then fit on all of them and write the file."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("make train: the encoder is missing or turned off, so the weights of the vector cannot be fitted.")
    try:
        debates = read_debates()
    except FileNotFoundError as error:
        sys.exit(f"make train: {error.filename} is not there: docs/worthiness.md says where ClaimBuster goes.")
    for name in CALIBRATION:
        precision = average_precision(debates, with_vector=name == "with_vector")
        say(f"{name.replace('_', ' ')}: average precision on debates of 2012 and 2016: {precision:.3f}")
    write_weights(debates, encoder)
    say(f"wrote {FILE.name}, {FILE.stat().st_size // 1000} kB, from {len(debates.labels)} sentences")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
