"""Which statements of one text say the same: a sentence given twice, a headline and the sentence below it.

Nothing is folded that differs in a number, a negation, a direction, a name, a date, a quantifier, in modality or
in who did what: two statements are the same only if the same words stand in the same order, but for the words
listed here. Each is brought into a standard form once and looked up, so the cost grows with their number alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.candidate import Candidate
from claims.extraction.wording import Word, names_of, same_words, standard, stem, words_of

MAX_WORDS = 60
FEWEST_WORDS = 3
FEWEST_IN_COMMON = 2
MAX_STRIPPED = 2
MAX_ALIKE = 8


def group_repeats(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Put candidates that say the same into one list; lists and their members keep the order given.

    Each candidate is in exactly one list. Time grows with the number of candidates.
    """
    given = list(candidates)
    wordings = [words_of(candidate.text) for candidate in given]
    names = names_of(wordings)
    forms = [_forms(candidate, words, names) for candidate, words in zip(given, wordings, strict=True)]
    groups = _Groups(len(given))
    first: dict[str, int] = {}
    for number, candidate in enumerate(given):
        groups.join(number, first.setdefault(sameness(candidate.text), number))
    known = _Forms()
    for number, form in enumerate(forms):
        if form:
            groups.join(number, known.add(form[0], number))
    for number, form in enumerate(forms):
        shorter = next((found for one in form[1:] if (found := known.find(one)) is not None), number)
        groups.join(number, shorter)
    return groups.of(given)


def fullest(group: Sequence[Candidate]) -> Candidate:
    """The candidate of a group that says most: with least left open, then the longest; the first of equals."""
    return max(group, key=lambda candidate: (-len(candidate.unresolved), len(candidate.text)))


def sameness(text: str) -> str:
    """What two statements of one article share when they are the same: their words, whatever the case and end."""
    return " ".join(text.casefold().rstrip(" .!…").split())


@dataclass(frozen=True, slots=True)
class _Form:
    """A standard form, and what else two statements must have in common."""

    words: tuple[str, ...]
    said: tuple[str, str]


def _forms(candidate: Candidate, words: list[Word], names: dict[str, frozenset[str]]) -> list[_Form]:
    """The standard forms of a candidate: whole, then without its last phrases; none if words are left open in it."""
    if candidate.unresolved or not FEWEST_WORDS <= len(words) <= MAX_WORDS:
        return []
    said = (candidate.claimant.casefold(), candidate.modality)
    wording = standard(words, names)
    starts = [len(wording.words), *wording.loose[:MAX_STRIPPED]]
    return [_Form(wording.words[:start], said) for start in starts if start >= FEWEST_IN_COMMON]


class _Forms:
    """Standard forms by the stems of their words."""

    def __init__(self) -> None:
        self._by_stems: dict[object, list[tuple[_Form, int]]] = {}

    def add(self, form: _Form, number: int) -> int:
        """Keep a form; the number of the first that is the same, or its own."""
        known = self.find(form)
        if known is None:
            alike = self._by_stems.setdefault(self._key(form), [])
            if len(alike) < MAX_ALIKE:
                alike.append((form, number))
        return number if known is None else known

    def find(self, form: _Form) -> int | None:
        alike = self._by_stems.get(self._key(form), [])
        return next((number for one, number in alike if same_words(one.words, form.words)), None)

    @staticmethod
    def _key(form: _Form) -> object:
        return form.said, tuple(map(stem, form.words))


class _Groups:
    """Numbers joined to groups; each group is known by its least number."""

    def __init__(self, size: int) -> None:
        self._least = list(range(size))

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._least[second] = first

    def of(self, given: list[Candidate]) -> list[list[Candidate]]:
        lists: dict[int, list[Candidate]] = {}
        for number, candidate in enumerate(given):
            lists.setdefault(self._root(number), []).append(candidate)
        return list(lists.values())

    def _root(self, number: int) -> int:
        while self._least[number] != number:
            self._least[number] = self._least[self._least[number]]
            number = self._least[number]
        return number
