"""Are two claims the same? Pairs that differ in one thing, and the same claims in other words.

pairs_dev.tsv: written blind in batches by someone who did not write the rules, read and learned from after their
first scoring. pairs_held.tsv: written the same way and never read; only its totals are shown. pairs_near.tsv: never
read either, and written after the rules were done: the same claim as reprints and updates word it, and near-copies.
It is what says whether the machine may count two claims together by itself (docs/matching.md).
"""

import csv
import math
from collections import defaultdict
from pathlib import Path

from claims.matching import Comparison, Decision, compare, read_conditions
from tests.eval.figures import Figure

GOLD = Path(__file__).parent / "gold"
# The best threshold on the cosine of sentence vectors is right this often (issue 4, measured on such pairs).
BEST_COSINE = 0.60
ALWAYS_SAME = 0.5  # half the pairs are the same
Z = 1.96
Pair = dict[str, str]
Scored = list[tuple[Pair, Comparison]]


def figures(*, verbose: bool = False) -> list[Figure]:
    """Accuracy, precision and recall of `same` on both sets, precision of what is certain with its 95% bound."""
    return [figure for part in ("dev", "held", "near") for figure in _part(part, verbose=verbose and part == "dev")]


def _part(part: str, *, verbose: bool) -> list[Figure]:
    with (GOLD / f"pairs_{part}.tsv").open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    records = list(read_conditions(text for pair in pairs for text in (pair["a"], pair["b"])))
    scored = [(pair, compare(records[2 * n], records[2 * n + 1])) for n, pair in enumerate(pairs)]
    if verbose:
        _show(scored)
    said = [_is_same(pair) for pair, found in scored if found.decision == Decision.SAME]
    certain = [_is_same(pair) for pair, found in scored if found.certain]
    return [
        Figure(part, "same told from the rest", _share([_right(*one) for one in scored]), BEST_COSINE, 1.0),
        Figure(part, "of those called same, truly same", _share(said), ALWAYS_SAME, 1.0),
        Figure(part, "of the same, called same", sum(said) / sum(_is_same(pair) for pair, _ in scored), ceiling=1.0),
        Figure(part, "of those certain, truly same", _share(certain), ALWAYS_SAME, 1.0),
        Figure(part, "the same, lower 95% bound", wilson_bound(sum(certain), len(certain)), ceiling=1.0),
        Figure(part, "certain, of the same", sum(certain) / sum(_is_same(pair) for pair, _ in scored), ceiling=1.0),
        Figure(part, "pairs", len(scored)),
    ]


def _is_same(pair: Pair) -> bool:
    return pair["label"] == "same"


def _right(pair: Pair, found: Comparison) -> bool:
    return _is_same(pair) == (found.decision == Decision.SAME)


def _share(outcomes: list[bool]) -> float:
    return sum(outcomes) / max(len(outcomes), 1)


def wilson_bound(hits: int, tries: int) -> float:
    """The lower end of the 95% interval of a share (Wilson, 1927)."""
    if not tries:
        return 0.0
    share = hits / tries
    middle = share + Z**2 / (2 * tries)
    spread = Z * math.sqrt(share * (1 - share) / tries + Z**2 / (4 * tries**2))
    return (middle - spread) / (1 + Z**2 / tries)


def _show(scored: Scored) -> None:
    """Print how each kind of difference fares, and the pairs that come out wrong."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for pair, found in scored:
        kinds[pair["kind"]].append(_right(pair, found))
        if not _right(pair, found):
            differences = ", ".join(f"{d.kind}: {d.query!r} {d.candidate!r}" for d in found.differences)
            print(f"{pair['label']}, but {found.decision} ({differences})", pair["a"], pair["b"], sep="\n    ")
    for kind, outcomes in sorted(kinds.items()):
        print(f"{kind:<16} {sum(outcomes):>3} of {len(outcomes)}")
