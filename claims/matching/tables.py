"""The tables of this package, each a text file that can be read and added to without programming."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "tables"


def lines(name: str) -> Iterator[str]:
    """The lines of a table, without comments and empty ones; an indented line goes on with the one before."""
    whole = (TABLES / f"{name}.txt").read_text(encoding="utf-8").replace("\n    ", " ")
    for line in whole.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@cache
def plain_words() -> dict[str, float]:
    """How much is lost where a word has no counterpart: 0.0 nothing, 0.4 something. Words not here count 1.0."""
    weights = {"free": 0.0, "half": 0.4}
    split = (line.partition(":") for line in lines("plain_words"))
    return {word: weights[kind] for kind, _, words in split if kind in weights for word in words.split()}


@cache
def titles() -> frozenset[str]:
    """Words before a name that the name can do without."""
    split = (line.partition(":") for line in lines("plain_words"))
    return frozenset(word for kind, _, words in split if kind == "title" for word in words.split())


@cache
def units() -> dict[str, tuple[str, float]]:
    """Unit words in their dictionary form to the base unit, and how many of those one of them is."""
    found: dict[str, tuple[str, float]] = {}
    for line in lines("units"):
        base, _, words = line.partition(":")
        for word in listed(words):
            name, _, factor = word.rpartition("=")
            found[name.strip()] = (base, float(factor))
    return found


@cache
def frames() -> dict[str, tuple[tuple[str, dict[str, str]], ...]]:
    """Verbs to the events they may tell, and for each what their subject, object and phrases are in it."""
    found: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {}
    for line in lines("frames"):
        event, _, verbs = line.partition(":")
        for verb in verbs.split("|"):
            name, *roles = verb.split()
            who = dict(role.split("=") for role in roles)
            found[name] = (*found.get(name, ()), (event, who))
    return found


@cache
def _all_words() -> dict[str, tuple[str, ...]]:
    split = (line.partition(":") for line in lines("words"))
    return {name: tuple(listed(words)) for name, _, words in split}


def word_list(name: str) -> frozenset[str]:
    """A list of tables/words.txt. Raises KeyError if there is none of that name."""
    return frozenset(_all_words()[name])


@cache
def phrases_of(rule: str) -> dict[str, tuple[str, ...]]:
    """What a rule looks for, of tables/phrases.txt, by what it makes of it."""
    split = (line.partition(":") for line in lines("phrases"))
    found = {name: tuple(listed(phrases)) for name, _, phrases in split}
    return {name.split(" / ")[1]: phrases for name, phrases in found.items() if name.startswith(rule + " / ")}
