"""How good is the extractor on ../shared/data/news? Run: python -m tests.eval.extraction [dev|held]

Every fourth article is held out: nobody reads those, rules and weights come from the others.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.extraction import Candidate, extract_claims, score_sentences

NEWS = Path(__file__).parents[3] / "shared" / "data" / "news" / "labelled.jsonl"
KEPT = Path(__file__).parents[2] / "var" / "eval.json"
WORD = re.compile(r"\w+")
SAME = 0.7  # token-F1 from which two wordings count as one claim
Gold = list[dict[str, str]]


def articles(part: str) -> list[dict[str, Any]]:
    lines = NEWS.read_text(encoding="utf-8").splitlines()
    held = {"dev": (False,), "held": (True,)}.get(part, (True, False))
    return [json.loads(line) for number, line in enumerate(lines) if (number % 4 == 3) in held]


def token_f1(one: str, other: str) -> float:
    a, b = WORD.findall(one.lower()), WORD.findall(other.lower())
    common = sum(min(a.count(word), b.count(word)) for word in set(a))
    return 2 * common / (len(a) + len(b)) if common else 0.0


def matches(found: list[Candidate], gold: Gold) -> list[tuple[Candidate, dict[str, str]]]:
    pairs = sorted(
        ((token_f1(c.text, g["text"]), i, j) for i, c in enumerate(found) for j, g in enumerate(gold)), reverse=True
    )
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    made = []
    for score, i, j in pairs:
        if score >= SAME and i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            made.append((found[i], gold[j]))
    return made


def by_sentence(article: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Candidate]]]:
    text, spans = "", []
    for sentence in article["sentences"]:
        words = sentence["sentence"]
        spans.append((len(text), len(text) + len(words)))
        text += words + (" " if words.rstrip("\"”’'")[-1:] in ".?!" else "\n")
    found = extract_claims(text)
    for sentence, (start, end) in zip(article["sentences"], spans, strict=True):
        yield sentence, [candidate for candidate in found if start <= candidate.start < end]


def average_precision(scored: list[tuple[float, bool]]) -> float:
    hits, total = 0, 0.0
    for rank, (_, positive) in enumerate(sorted(scored, key=lambda pair: -pair[0]), start=1):
        if positive:
            hits += 1
            total += hits / rank
    return total / hits


def measure(part: str, *, verbose: bool = False) -> dict[str, float]:
    gold_claims = found_claims = matched = claimants = sourced = pointers = everything = 0
    scored: list[tuple[float, bool]] = []
    for article in articles(part):
        scores = score_sentences(sentence["sentence"] for sentence in article["sentences"])
        for (sentence, found), score in zip(by_sentence(article), scores, strict=True):
            if len(set(sentence["labels"])) == 1 or 2 not in sentence["labels"]:
                scored.append((score or 0.0, sentence["labels"] == [2, 2]))
            everything += len(found)
            pointers += any(
                u.lower() in {"he", "she", "it", "they", "this", "that"} for c in found for u in c.unresolved
            )
            if sentence["labels"] != [2, 2]:
                continue
            for gold in sentence["claims"]:
                pairs = matches(found, gold)
                gold_claims += len(gold)
                found_claims += len(found)
                matched += len(pairs)
                sourced += len([1 for _, g in pairs if g["claimant"]])
                claimants += len([1 for c, g in pairs if g["claimant"] and token_f1(c.claimant, g["claimant"]) >= 0.5])
            if verbose:
                show(sentence, found)
    found_share, precise = matched / gold_claims, matched / max(found_claims, 1)
    return {
        "AP": average_precision(scored),
        "found": found_share,
        "precise": precise,
        "atomic F1": 2 * found_share * precise / (found_share + precise),
        "claimant": claimants / max(sourced, 1),
        "sentences with a bare pronoun": pointers / everything,
    }


def show(sentence: dict[str, Any], found: list[Candidate]) -> None:
    print("\n" + sentence["sentence"])  # noqa: T201 - a command
    for c in found:
        hit = "+" if any(matches([c], gold) for gold in sentence["claims"]) else "-"
        print("  ", hit, f"{c.check_worthiness:.2f}", c.text, "|", c.claimant, "|", *c.unresolved)  # noqa: T201 - a command
    for gold in sentence["claims"][0]:
        if not matches(found, [gold]):
            print("   missed:", gold["text"], "|", gold["claimant"])  # noqa: T201 - a command


def main() -> None:
    """Print a row for each part, and leave the same in var/eval.json."""
    if not NEWS.exists():
        sys.exit(f"There is no {NEWS.name} in {NEWS.parent.name}/ of the shared data: nothing to measure on.")
    parts = [word for word in sys.argv[1:] if word in {"dev", "held"}] or ["dev", "held"]
    figures = {part: measure(part, verbose="-v" in sys.argv) for part in parts}
    for part, row in figures.items():
        print(part, *(f"{name} {value:.3f}" for name, value in row.items()), sep="  ")  # noqa: T201 - a command
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({"extraction": figures}, indent=2) + "\n")


if __name__ == "__main__":
    main()
