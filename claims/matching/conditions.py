"""The truth conditions of a statement as plain data: what must be so for it to be true. Built by `understanding`."""

from dataclasses import asdict, dataclass
from typing import Any, TypeVar

Part = TypeVar("Part")

# Goes up with every change of a rule or table that may change a decision; stored with each match.
RULES_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that carries meaning.

    words: verbatim. keys: what it may mean, see `lexicon`. kind: name, noun, verb, adjective or other. role: what it
    is to the term number `head` (-1: to none): agent, patient, mod, or a preposition. parts: who it is in an event
    that can be told from two sides ("sale:giver", tables/frames.txt). degree: "", "more" or "most". weight: 0.0 may be
    left out, 1.0 must have a counterpart. negated: stands under an odd number of negations. group: number of the name
    it is part of. unreal: what someone is told, asked or wants to do. under: the word that sets it against the rest,
    "than", "before", "because".
    """

    words: str
    keys: tuple[str, ...]
    kind: str
    role: str = ""
    head: int = -1
    parts: tuple[str, ...] = ()
    degree: str = ""
    weight: float = 1.0
    negated: bool = False
    group: int = -1
    unreal: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: low to high, both included unless `comparator` is ">" or "<".

    unit: "" for things counted, "%" for shares (in percent), "rank" for first and second, "x" for so many times as
    much, "times", else the base unit that all of its kind are turned into; written: the unit as it stands there.
    comparator: =, >, >=, <, <=, ~ (about) or ~< (nearly). place: from, to, by, ago, past or "". of: keys of what is
    counted. exact: not a share in words, which may be rounded. token: where it begins; anchor: the term it hangs on.
    """

    words: str
    low: float
    high: float
    unit: str = ""
    written: str = ""
    comparator: str = "="
    place: str = ""
    of: tuple[str, ...] = ()
    exact: bool = True
    token: int = -1
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class Time:
    """A date or a span of time. meaning: ISO day or first/last, or "saturday", "june"; relation: in, since, by, ..."""

    words: str
    meaning: str
    relation: str = "in"
    token: int = -1
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How many of a kind: all, most, some, many, few, no, half, only, both; of: keys of the kind."""

    words: str
    size: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TruthConditions:
    """What must be so for a statement to be true.

    normal: its words in small letters, to know the same sentence again. negations: verbatim. modality: asserted,
    planned, possible, alleged. tense: past, present or "". language: "" for English, which alone is read.
    complete: the whole text was read; longer ones are cut and are never certain.
    """

    normal: str
    terms: tuple[Term, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    quantifiers: tuple[Quantifier, ...] = ()
    negations: tuple[str, ...] = ()
    modality: str = "asserted"
    tense: str = ""
    language: str = ""
    complete: bool = True

    def as_dict(self) -> dict[str, Any]:
        """As JSON would hold it: dicts, lists, strings, numbers."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "TruthConditions":
        """The inverse of `as_dict`, also after a trip through JSON. Raises TypeError or KeyError on another shape."""
        return cls(
            **{
                **kept,
                "terms": tuple(_read(Term, one) for one in kept["terms"]),
                "quantities": tuple(_read(Quantity, one) for one in kept["quantities"]),
                "times": tuple(_read(Time, one) for one in kept["times"]),
                "quantifiers": tuple(_read(Quantifier, one) for one in kept["quantifiers"]),
                "negations": tuple(kept["negations"]),
            }
        )


def _read(part: type[Part], kept: dict[str, Any]) -> Part:
    return part(**{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()})
