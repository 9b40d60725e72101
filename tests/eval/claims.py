"""How good are the claims that the extractor makes of labelled sentences?

Every fourth of the labelled articles, and our own articles in gold/held.jsonl, are held out: rules are never made from
them, nor their output read.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.extraction import Candidate, extract_claims
from tests.eval.data import NEWS
from tests.eval.figures import Figure

GOLD = Path(__file__).parent / "gold"
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")
NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE)
POINTERS = frozenset({"he", "she", "it", "they", "this", "that"})
LABEL = re.compile(r"[A-Z][\w.’' ]{2,40}(?: \([^)]{1,40}\))?: ")  # a turn of a dialogue stands on a line of its own
SAME = 0.7  # token-F1 from which two wordings count as one claim
NAMES_APART = 0.3  # the share of name words that may be in one wording only: "Shoigu" and "Sergei Shoigu"
STRICT = "atomic F1, names, numbers, negation right"
FLOOR, CEILING = "floor: the whole sentence", "ceiling: the annotators"
Article = dict[str, Any]
Gold = list[dict[str, str]]


def figures(*, verbose: bool = False) -> list[Figure]:
    """On our own articles, and on the labelled ones where they are there; verbose: show sentences, none held out."""
    parts = {"own dev": own("dev.jsonl"), "own held": own("held.jsonl")}
    if NEWS.exists():
        parts |= {"news dev": labelled(NEWS, held=False), "news held": labelled(NEWS, held=True)}
    found = []
    for row, articles in parts.items():
        shares = measure(articles, verbose=verbose and row.endswith("dev"))
        floor, ceiling = shares.pop(FLOOR), shares.pop(CEILING)
        strict = (floor, ceiling if row.startswith("news") else None)  # one person labelled our own
        found += [Figure(row, name, us, *(strict if name == STRICT else ())) for name, us in shares.items()]
    return found


def labelled(path: Path, *, held: bool) -> list[Article]:
    """The articles of `path` that are held out, or those that are not."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for number, line in enumerate(lines) if (number % 4 == 3) == held]


def own(name: str) -> list[Article]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def token_f1(one: str, other: str) -> float:
    a, b = Counter(WORD.findall(one.lower())), Counter(WORD.findall(other.lower()))
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0


def agree(one: str, other: str) -> bool:
    """Are the numbers, the negation and, but for a first name more or less, the names of two wordings the same?"""
    numbers = {text: {number.replace(",", "") for number in NUMBER.findall(text)} for text in (one, other)}
    a, b = names(one), names(other)
    return (
        numbers[one] == numbers[other]
        and bool(NEGATION.search(one)) == bool(NEGATION.search(other))
        and len(a ^ b) <= max(1, NAMES_APART * len(a | b))
    )


def names(text: str) -> set[str]:
    words = re.findall(r"[\w’'.-]+", text)[1:]  # the first word has a capital anyway
    return {word.strip(".’'").removesuffix("’s").removesuffix("'s") for word in words if word[0].isupper()}


def pairs(found: list[str], gold: list[str], *, strict: bool = False) -> list[tuple[int, int]]:
    """Which of `found` is which of `gold`: best pairs first, each used once."""
    scored = sorted(
        ((token_f1(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(gold)), reverse=True
    )
    made: list[tuple[int, int]] = []
    for score, i, j in scored:
        taken = any(i == a or j == b for a, b in made)
        if score >= SAME and not taken and (not strict or agree(found[i], gold[j])):
            made.append((i, j))
    return made


def by_sentence(article: Article) -> Iterator[tuple[dict[str, Any], list[Candidate]]]:
    text, spans = "", []
    for sentence in article["sentences"]:
        words = sentence["sentence"]
        if LABEL.match(words) and text:
            text = text[:-1] + "\n"
        spans.append((len(text), len(text) + len(words)))
        text += words + (" " if words.rstrip("\"”’'")[-1:] in ".?!" else "\n")
    found = extract_claims(text, speaker=article.get("speaker", ""))
    for sentence, (start, end) in zip(article["sentences"], spans, strict=True):
        yield sentence, [candidate for candidate in found if start <= candidate.start < end]


class Tally:
    """Counts over check-worthy sentences, against each annotator in turn."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, found: list[Candidate], gold: Gold) -> None:
        texts, wanted = [one.text for one in found], [one["text"] for one in gold]
        made = pairs(texts, wanted)
        sourced = [(found[i].claimant, gold[j]["claimant"]) for i, j in made if gold[j]["claimant"]]
        self.counts += Counter(
            gold=len(gold), found=len(found), matched=len(made), strict=len(pairs(texts, wanted, strict=True)),
            sourced=len(sourced), claimants=sum(token_f1(one, other) >= 0.5 for one, other in sourced),
        )  # fmt: skip

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / max(self.counts[whole], 1)

    def f1(self, hits: str) -> float:
        return 2 * self.counts[hits] / max(self.counts["gold"] + self.counts["found"], 1)


def measure(articles: list[Article], *, verbose: bool = False) -> dict[str, float]:
    """Shares, 0 to 1, over the claims of sentences that both annotators call check-worthy; pointers over all."""
    ours, people, whole = Tally(), Tally(), Tally()
    everything = pointers = 0
    for sentence, found in (pair for article in articles for pair in by_sentence(article)):
        everything += len(found)
        pointers += sum(candidate.text.split()[0].lower() in POINTERS for candidate in found)
        if sentence["labels"] != [2, 2]:
            continue
        first, second = sentence["claims"]
        for gold in (first, second):
            ours.add(found, gold)
            whole.counts += Counter(gold=len(gold), found=1, strict=_whole(sentence["sentence"], gold))
        people.counts += Counter(gold=len(first), found=len(second), strict=_agreeing(first, second))
        if verbose:
            show(sentence, found)
    return {
        "found": ours.share("matched", "gold"),
        "precise": ours.share("matched", "found"),
        "atomic F1": ours.f1("matched"),
        STRICT: ours.f1("strict"),
        FLOOR: whole.f1("strict"),
        CEILING: people.f1("strict"),
        "claimant right": ours.share("claimants", "sourced"),
        "pronoun left as subject": pointers / max(everything, 1),
    }


def _whole(sentence: str, gold: Gold) -> int:
    return len(pairs([sentence], [one["text"] for one in gold], strict=True))


def _agreeing(first: Gold, second: Gold) -> int:
    return len(pairs([one["text"] for one in first], [one["text"] for one in second], strict=True))


def show(sentence: dict[str, Any], found: list[Candidate]) -> None:
    """Print a sentence, what was found (+ hit, ~ hit with a wrong name or number, - none) and what was missed."""
    print("\n" + sentence["sentence"])
    for c in found:
        hits = [pairs([c.text], [g["text"]], strict=strict) for gold in sentence["claims"] for g in gold
                for strict in (True, False)]  # fmt: skip
        mark = "+" if any(hits[::2]) else "~" if any(hits[1::2]) else "-"
        print("  ", mark, f"{c.check_worthiness:.2f}", c.text, "|", c.claimant, "|", *c.unresolved)
    for gold in sentence["claims"][0]:
        if not pairs([c.text for c in found], [gold["text"]]):
            print("   missed:", gold["text"], "|", gold["claimant"])
