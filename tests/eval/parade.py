"""Does the extractor find what must come out of the article on a parade? Its second half repeats its first."""

import json
import re
from datetime import date
from typing import Any

from claims.extraction import Candidate, extract_claims
from claims.extraction.sentences import split_sentences
from claims.extraction.worthiness import WORTH_CHECKING
from tests.eval.claims import POINTERS, SAME, agree, token_f1
from tests.eval.data import SHARED
from tests.eval.figures import Figure

ARTICLE = SHARED / "articles" / "north-korea-parade.txt"
GOLD = ARTICLE.with_suffix(".claims.json")
PUBLISHED = date(2023, 8, 2)
WORD = re.compile(r"\w+")
# Words that the wording of a claim may do without.
FUNCTION_WORDS = frozenset(
    """
    a an the of to in on at by for from with and or as is are was were be been being has have had do does did s that
    which who whom this these those its their his her it they he she since all ever also both now
    """.split()  # noqa: SIM905 - 50 quotation marks fewer
)
NAMED_FIRST = 3  # words of the gold: "China and Russia", "North and South Korea"
Gold = dict[str, Any]


def figures(*, verbose: bool = False) -> list[Figure]:
    """Counts and shares over the gold claims of the article. Raises FileNotFoundError where it is not there."""
    text, gold = ARTICLE.read_text(encoding="utf-8"), json.loads(GOLD.read_text(encoding="utf-8"))
    claims: list[Gold] = gold["claims"]
    must = [claim for claim in claims if claim["must"]]
    found = extract_claims(text, published_on=PUBLISHED)
    sentences = [text[sentence.start : sentence.end] for sentence in split_sentences(text)]
    _report(claims, found, verbose=verbose)
    made = _appearances(claims, found)
    return [
        _found("must be found", must, found, sentences),
        _found("found", claims, found, sentences),
        Figure("claims", "as often as they stand there", sum(made.values()), ceiling=_expected(claims)),
        Figure("claims", "claimant right, where found", *_claimants(claims, found), ceiling=1.0),
        *_left_out(gold["not_checkable"], found),
    ]


def _found(name: str, claims: list[Gold], found: list[Candidate], sentences: list[str]) -> Figure:
    ours = sum(any(stands_for(candidate, claim["text"]) for candidate in found) for claim in claims)
    floor = sum(any(says(sentence, claim["text"]) for sentence in sentences) for claim in claims)
    return Figure("claims", name, ours, floor, len(claims))


def stands_for(candidate: Candidate, gold: str) -> bool:
    """Is `candidate` that gold claim, standing alone?"""
    starts_loose = candidate.text.split()[0].lower() in POINTERS and bool(candidate.unresolved)
    return not starts_loose and says(candidate.text, gold)


def says(text: str, gold: str) -> bool:
    """Do the two say the same: nearly the same words, or all that carry weight, with names, numbers and negation?"""
    text, gold = _plain(text), _plain(gold)
    alike = set(content(gold)) <= set(content(text)) or token_f1(text, gold) >= SAME
    # "Now" stands before both, since the first word has a capital for another reason than a name.
    return alike and _same_subject(text, gold) and agree(f"Now {text}", f"Now {gold}")


def _same_subject(text: str, gold: str) -> bool:
    """Does `text` begin, perhaps behind "Last week,", as the gold does? One of two may be named first."""
    openings = (content(text)[:1], content(text.partition(", ")[2])[:1])
    return any(opening and opening[0] in content(gold)[:NAMED_FIRST] for opening in openings)


def content(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if word not in FUNCTION_WORDS]


def _plain(text: str) -> str:
    """`text` with the capital, where it stands for the government, as the country; the gold names the country."""
    return text.replace("Pyongyang", "North Korea").replace("’", "'")


def _appearances(claims: list[Gold], found: list[Candidate]) -> dict[str, int]:
    """In how many sentences each claim was found, up to the number in which it stands."""
    return {
        claim["text"]: min(claim["appearances"], len({c.sentence_start for c in found if stands_for(c, claim["text"])}))
        for claim in claims
    }


def _expected(claims: list[Gold]) -> int:
    return sum(claim["appearances"] for claim in claims)


def _claimants(claims: list[Gold], found: list[Candidate]) -> tuple[float]:
    pairs = [(c.claimant, g["claimant"]) for g in claims for c in found if stands_for(c, g["text"])]
    right = sum((not one and not other) or token_f1(one, other) >= 0.5 for one, other in pairs)
    return (right / max(len(pairs), 1),)


def _left_out(not_checkable: list[str], found: list[Candidate]) -> list[Figure]:
    alike = [[c for c in found if token_f1(_plain(c.text), _plain(text)) >= SAME] for text in not_checkable]
    high = [any(c.check_worthiness >= WORTH_CHECKING for c in candidates) for candidates in alike]
    every = len(not_checkable)
    return [
        Figure("not checkable", "no candidate", every - sum(map(bool, alike)), 0, every),
        Figure("not checkable", "no candidate worth checking", every - sum(high), 0, every),
    ]


def _report(claims: list[Gold], found: list[Candidate], *, verbose: bool) -> None:
    """Print what is missed; verbose: also which candidates stand for what was found."""
    for claim in claims:
        hits = [candidate.text for candidate in found if stands_for(candidate, claim["text"])]
        kind = "must" if claim["must"] else "may"
        if not hits:
            print(f"missed ({kind}): {claim['text']}")
        elif verbose:
            print(f"found ({kind}): {claim['text']}", *hits, sep="\n    ")
