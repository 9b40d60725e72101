"""What the names of an article are, where the model labels one name in several ways or not at all."""

from collections import Counter
from collections.abc import Callable

from claims.extraction.tree import NAMES, Entity, Tree
from claims.extraction.wordlists import words

LABELS = frozenset({"PERSON", "ORG", "GPE", "PRODUCT", "FAC"})
# Who has one of these in front of it, "a Sandvik spokesman", is a body.
SPEAKING_FOR = words("spokesman spokeswoman spokesperson ceo founder shareholder shareholders subsidiary")
# What stands before a name and is no part of it.
RANKS = words(
    "councillor judge justice president governor gov senator sen representative rep congressman congresswoman mayor"
    " minister premier chancellor secretary ambassador commissioner captain capt gen colonel col lieutenant lt"
    " sergeant sgt admiral commander detective inspector constable sheriff officer professor prof reverend rev"
    " bishop archbishop cardinal chairman chairwoman director coach attorney prosecutor spokesman spokeswoman analyst"
)
# Words in the names of bodies that nobody calls a company.
PUBLIC = words(
    "ministry department police court council commission parliament senate house university army navy"
    " government office authority union party nations congress committee assembly attorney embassy hospital"
    " school church board nato eu un fbi cia federation administration treasury league"
)
NOMINAL = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "poss", "appos", "conj"})
REMEMBERED = 5_000


class Labels:
    """How often each name was labelled what so far."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def mend(self, tree: Tree, is_person: Callable[[str], bool]) -> None:
        """Label the names of `tree` as they were labelled before; a surname of somebody named is a person."""
        for place, entity in enumerate(tree.entities):
            alone = entity.first == entity.last or (entity.last == entity.first + 1 and tree.tag[entity.last] == "POS")
            surname = alone and is_person(tree.words[entity.first])
            if entity.label in LABELS - {"PERSON"} and (surname or _has_rank(tree, entity)):
                self._label(tree, place, Entity(entity.first, entity.last, "PERSON", entity.text))
            elif entity.label in LABELS:
                self._count(entity.text, entity.label)
        for token, tag in enumerate(tree.tag):
            if tag in {"NN", "NNS", "VBZ", "JJ"} and tree.dep[token] in NOMINAL and is_person(tree.words[token]):
                tree.tag[token], tree.pos[token] = "NNP", "PROPN"
        for first, last in _unlabelled(tree):
            text = tree.span_text(list(range(first, last + 1)))
            label = "PERSON" if is_person(text) else self._usual(text) or _by_what_follows(tree, last)
            if label:
                self._count(text, label)
                tree.entities.append(Entity(first, last, label, text))
                tree.label[first : last + 1] = [label] * (last + 1 - first)
        tree.entities.sort(key=lambda entity: entity.first)

    def _label(self, tree: Tree, place: int, entity: Entity) -> None:
        tree.entities[place] = entity
        for token in range(entity.first, entity.last + 1):
            tree.label[token] = entity.label

    def _count(self, name: str, label: str) -> None:
        if name in self._counts or len(self._counts) < REMEMBERED:
            self._counts.setdefault(name, Counter())[label] += 1

    def _usual(self, name: str) -> str:
        counts = self._counts.get(name)
        return counts.most_common(1)[0][0] if counts else ""


def _has_rank(tree: Tree, entity: Entity) -> bool:
    """ "Councillor Victor Lee" is nobody's firm, "Attorney General" and "Justice Department" are no people."""
    words = [tree.lower[token].strip(".") for token in range(entity.first, entity.last + 1)]
    return words[0] in RANKS and 2 <= len(words) <= 4 and not set(words[1:]) & {*PUBLIC, "general", "hotel", "office"}


def _unlabelled(tree: Tree) -> list[tuple[int, int]]:
    """The runs of words tagged as names that lie in no entity, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for token, tag in enumerate(tree.tag):
        if tag not in NAMES or tree.label[token] or not tree.words[token][:1].isupper():
            continue
        if runs and runs[-1][1] == token - 1:
            runs[-1] = (runs[-1][0], token)
        else:
            runs.append((token, token))
    return runs


def _by_what_follows(tree: Tree, last: int) -> str:
    following = last + 2 if last + 1 < len(tree) and tree.tag[last + 1] == "POS" else last + 1
    return "ORG" if following < len(tree) and tree.lower[following] in SPEAKING_FOR else ""
