"""Who and what one sentence names, what it is about, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from claims.extraction.attribution import SAYING, name_tokens, speaker_in
from claims.extraction.people import is_human
from claims.extraction.tree import NAMES, Entity, Tree
from claims.extraction.wordlists import words

if TYPE_CHECKING:
    from claims.extraction.memory import Memory

BODIES = words(
    "company firm agency organisation organization group bank union party retailer airline automaker carmaker brewer"
    " lender insurer manufacturer startup start-up chipmaker broadcaster carrier"
)
THINGS = frozenset({"ORG", "GPE", "PRODUCT", "FAC"})
LONGEST_SUBJECT = 7  # words: a longer noun phrase is not repeated where a pronoun stood


@dataclass(frozen=True, slots=True)
class About:
    """What a sentence is about: `name` as words to put in place of a pronoun; label of the entity, or "".

    kind: one person, one thing, or several of either.
    """

    name: str
    kind: Literal["person", "thing", "several"]
    label: str = ""
    article: str = ""

    @property
    def words(self) -> str:
        return self.article + self.name


@dataclass(slots=True)
class Scene:
    """Who and what one sentence named: people and things in order, each once.

    subject: what it was about; spoke: who said so, where somebody did. human: the words for somebody without a name
    whom it was about or who spoke; unknown: it has a name that nobody knows what of.
    """

    people: list[str] = field(default_factory=list)
    things: list[tuple[str, str]] = field(default_factory=list)
    subject: About | None = None
    spoke: About | None = None
    human: str = ""
    unknown: bool = False
    pairs: list[str] = field(default_factory=list)


def bare_name(tree: Tree, entity: Entity) -> str:
    """An entity's words without article and possessive ending."""
    first, last = entity.first, entity.last
    while first < last and (tree.tag[first] == "DT" or tree.words[first] in {"“", '"'}):
        first += 1
    while last > first and (tree.tag[last] == "POS" or tree.words[last] in {"”", '"'}):
        last -= 1
    name = tree.span_text(list(range(first, last + 1)))
    return name.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")


def named_thing(tree: Tree, entity: Entity) -> str:
    """The name of a body or place with its article, to be put in a pronoun's place: "the EU", "Peru"."""
    before = entity.first if tree.lower[entity.first] == "the" else entity.first - 1
    return ("the " if before >= 0 and tree.lower[before] == "the" else "") + bare_name(tree, entity)


def scene_of(tree: Tree, end: int, memory: "Memory") -> Scene:
    """What the tokens before `end` name. What the sentence is about is left open."""
    scene = Scene()
    for entity in tree.entities:
        if entity.last >= end:
            break
        name = bare_name(tree, entity)
        if entity.label == "PERSON" and _is_place(tree, entity):
            continue
        if entity.label == "PERSON" and memory.full_name(name) not in scene.people:
            scene.people.append(memory.full_name(name))
        elif entity.label in THINGS and (name, entity.label) not in scene.things:
            scene.things.append((name, entity.label))
    scene.pairs = [pair for entity in tree.entities if (pair := _pair(tree, entity, end))]
    return scene


def _is_place(tree: Tree, entity: Entity) -> bool:
    """ "In Akureyri", "to Buenos Aires": what the model took for a person."""
    head = tree.head[entity.last]
    return tree.dep[entity.last] == "pobj" and tree.lower[head] in {"in", "at", "near", "from", "to", "into", "across"}


def main_subject(tree: Tree, memory: "Memory", names: Mapping[int, str]) -> About | None:
    """What the sentence is about: its main subject, as it was resolved or as it stands."""
    for root in tree.roots:
        # "The firm says the car will ..." is about the car.
        content = tree.kid(root, "ccomp") if tree.lemma[root] in SAYING else None
        for verb in (content, root):
            subject = tree.kid(verb, "nsubj", "nsubjpass") if verb is not None else None
            if subject is not None and tree.tag[subject] not in {"WDT", "WP", "EX"}:
                return _about(tree, _named_after_be(tree, subject), memory, names)
    return None


def _named_after_be(tree: Tree, subject: int) -> int:
    """The Vento 3 of "The scooter of the year is the Vento 3": the name, where one is given."""
    verb = tree.head[subject]
    told = tree.kid(verb, "attr") if tree.lemma[verb] == "be" and tree.tag[subject] == "NN" else None
    return told if told is not None and tree.tag[told] in NAMES else subject


def who_spoke(tree: Tree, memory: "Memory", names: Mapping[int, str]) -> About | None:
    """The subject of the main verb of saying: "The firm" of "The firm says the car will ..."."""
    if tree.said_by is not None:
        named = speaker_in(tree.said_by)
        heads = [token for token in named if tree.said_by.head[token] not in named]
        return _about(tree.said_by, _named_beside(tree.said_by, heads[0]), memory, {}) if heads else None
    for root in tree.roots:
        speaker = tree.kid(root, "nsubj") if tree.lemma[root] in SAYING and tree.kids(root, "ccomp") else None
        if speaker is not None:
            return _about(tree, _named_beside(tree, speaker), memory, names)
    return None


def human_without_name(tree: Tree) -> str:
    """ "A spokesman for the port" of "A spokesman for the port said ..."; of a clause that is said, its subject."""
    if tree.said_by is not None:
        return human_without_name(tree.said_by)
    for root in tree.roots:
        subject = tree.kid(root, "nsubj", "nsubjpass")
        if (
            subject is not None
            and tree.tag[subject] == "NN"
            and is_human(tree, subject)
            and _named_beside(tree, subject) == subject
        ):
            return tree.span_text(list(name_tokens(tree, subject)))
    return ""


def _named_beside(tree: Tree, noun: int) -> int:
    """Acme of "the owner, Acme, says": the name that stands beside a common noun."""
    return next((kid for kid in tree.kids(noun, "appos") if tree.tag[kid] in NAMES), noun)


def _about(tree: Tree, subject: int, memory: "Memory", names: Mapping[int, str]) -> About | None:
    if tree.pos[subject] == "PRON":
        return _pronoun_meant(tree, subject, names)
    return _named(tree, subject, memory) or _described(tree, subject, names)


def _pronoun_meant(tree: Tree, subject: int, names: Mapping[int, str]) -> About | None:
    name, word = names.get(subject, ""), tree.lower[subject]
    if not name:
        return None
    return About(name, "person" if word in {"he", "she", "i"} else "several" if word == "they" else "thing")


def _named(tree: Tree, subject: int, memory: "Memory") -> About | None:
    entity = tree.entity_at(subject)
    if entity is None and tree.tag[subject] in NAMES and not tree.kids(subject, "conj", "det", "poss"):
        return _unlabelled(tree, subject, memory)
    if entity is None or subject != entity.last or entity.label not in THINGS | {"PERSON"}:
        return None
    if tree.kids(subject, "conj"):
        words = tree.subtree(subject, without=tree.kids(subject, "relcl", "appos", "prep"))
        return About(tree.span_text(words), "several")
    name = memory.full_name(bare_name(tree, entity))
    if entity.label == "PERSON":
        return About(name, "person", "PERSON")
    return About(name, "thing", entity.label, named_thing(tree, entity).removesuffix(bare_name(tree, entity)))


def _unlabelled(tree: Tree, subject: int, memory: "Memory") -> About:
    """A name that the model took for nothing: a known surname, or else most likely a firm or a body."""
    words = tree.span_text([token for token in name_tokens(tree, subject) if token <= subject])
    full = memory.full_name(tree.words[subject])
    return About(full, "person", "PERSON") if full != tree.words[subject] else About(words, "thing", "ORG")


def _described(tree: Tree, subject: int, names: Mapping[int, str]) -> About | None:
    """ "The Ain Tazrout dam", "a team from Chile": the noun phrase, definite, if it is short."""
    if tree.tag[subject] not in {"NN", "NNS", "NNP", "NNPS"}:
        return None
    tokens = list(name_tokens(tree, subject))
    if tokens[0] in names and tree.dep[tokens[0]] == "det" and len(tokens) <= 3:  # "the company", which was resolved
        return About(names[tokens[0]], "thing", "ORG")
    if len(tokens) == 2 and tree.lower[subject] in BODIES:
        return None
    if len(tokens) > LONGEST_SUBJECT or tree.lower[tokens[0]] not in {"the", "a", "an"}:
        return None
    words = tree.span_text(tokens[1:])
    several = bool(tree.kids(subject, "conj")) or tree.tag[subject] in {"NNS", "NNPS"}
    return About(f"the {words}", "several" if several else "thing")


def _pair(tree: Tree, entity: Entity, end: int) -> str:
    """ "Russia and China": two places named as one, and not part of a longer list."""
    head = entity.last
    others = tree.kids(head, "conj")
    if entity.label != "GPE" or len(others) != 1 or tree.dep[head] == "conj" or others[0] >= end:
        return ""
    other = tree.entity_at(others[0])
    if other is None or other.label != "GPE" or tree.kids(others[0], "conj"):
        return ""
    return f"{bare_name(tree, entity)} and {bare_name(tree, other)}"
