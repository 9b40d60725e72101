"""What an article has named so far, sentence by sentence."""

from dataclasses import dataclass, field

from claims.extraction.attribution import name_tokens
from claims.extraction.tree import Entity, Tree

THINGS = frozenset({"ORG", "GPE", "PRODUCT", "FAC"})
NAMES = frozenset({"NNP", "NNPS"})
REMEMBERED_NAMES = 5_000
REMEMBERED_PHRASES = 200
SENTENCES_A_PHRASE_LASTS = 2
SENTENCES_A_SPEAKER_LASTS = 4


@dataclass(slots=True)
class Scene:
    """Who and what one sentence named: people and things in order, each once."""

    people: list[str] = field(default_factory=list)
    things: list[tuple[str, str]] = field(default_factory=list)
    subject: tuple[str, str] | None = None
    pairs: list[str] = field(default_factory=list)


class Memory:
    """Full names and recent noun phrases of one article. Bounded, however long the article."""

    def __init__(self) -> None:
        self.full_names: dict[str, set[str]] = {}
        self.before = Scene()
        self.sentence = 0
        self._speaker = (-SENTENCES_A_SPEAKER_LASTS, "")
        self._phrases: dict[str, tuple[int, str]] = {}

    def learn_names(self, tree: Tree) -> None:
        """Remember the full names in a sentence; call before its claims are resolved."""
        for entity in tree.entities:
            words = bare_name(tree, entity).split()
            full = 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words)
            if entity.label == "PERSON" and full and len(self.full_names) < REMEMBERED_NAMES:
                for part in {words[0], words[-1]}:
                    self.full_names.setdefault(part, set()).add(" ".join(words))

    def learn_scene(self, tree: Tree) -> None:
        """Remember what a sentence was about; call after its claims are resolved."""
        self.sentence += 1
        self.before = scene_of(tree, len(tree), self)
        self._learn_phrases(tree)

    def learn_speaker(self, tree: Tree, claimant: tuple[int, ...], name: str) -> None:
        """Remember who spoke last, if it was a person or "she" who is one."""
        if any(tree.label[token] == "PERSON" or tree.lower[token] in {"he", "she"} for token in claimant):
            self._speaker = (self.sentence, name)

    @property
    def speaker(self) -> str:
        """The person who was quoted last, if that is not long ago, else nothing."""
        sentence, name = self._speaker
        return name if self.sentence - sentence < SENTENCES_A_SPEAKER_LASTS else ""

    def full_name(self, name: str) -> str:
        """The one full name that `name` is the first or last word of, or `name` itself."""
        known = self.full_names.get(name, set())
        return next(iter(known)) if len(known) == 1 else name

    def phrase(self, noun: str) -> str | None:
        """The noun phrase with a name in it that `noun` last headed, if that is not long ago."""
        sentence, phrase = self._phrases.get(noun, (-SENTENCES_A_PHRASE_LASTS, ""))
        return phrase if phrase and self.sentence - sentence < SENTENCES_A_PHRASE_LASTS else None

    def _learn_phrases(self, tree: Tree) -> None:
        for noun in range(len(tree)):
            if tree.tag[noun] not in {"NN", "NNS"}:
                continue
            described = [k for k in tree.kids(noun, "compound", "amod", "poss", "nmod") if tree.tag[k] in NAMES]
            if described:
                if len(self._phrases) > REMEMBERED_PHRASES:
                    self._phrases.clear()
                words = [t for t in name_tokens(tree, noun) if t <= noun]
                self._phrases[tree.lower[noun]] = (self.sentence, tree.span_text(words))


def bare_name(tree: Tree, entity: Entity) -> str:
    """An entity's words without article and possessive ending."""
    first, last = entity.first, entity.last
    while first < last and (tree.tag[first] == "DT" or tree.words[first] in {"“", '"'}):
        first += 1
    while last > first and (tree.tag[last] == "POS" or tree.words[last] in {"”", '"'}):
        last -= 1
    name = tree.span_text(list(range(first, last + 1)))
    return name.removesuffix("'s").removesuffix("’s")


def scene_of(tree: Tree, end: int, memory: Memory) -> Scene:
    """What the tokens before `end` name."""
    scene = Scene()
    for entity in tree.entities:
        if entity.last >= end:
            break
        name = bare_name(tree, entity)
        if entity.label == "PERSON" and memory.full_name(name) not in scene.people:
            scene.people.append(memory.full_name(name))
        elif entity.label in THINGS and (name, entity.label) not in scene.things:
            scene.things.append((name, entity.label))
    scene.subject = _main_subject(tree, end, memory)
    scene.pairs = [pair for entity in tree.entities if (pair := _pair(tree, entity, end))]
    return scene


def _main_subject(tree: Tree, end: int, memory: Memory) -> tuple[str, str] | None:
    """The name that the sentence is about, if its main subject is one name and nothing else."""
    for root in tree.roots:
        subject = tree.kid(root, "nsubj", "nsubjpass")
        entity = tree.entity_at(subject) if subject is not None and subject < end else None
        if entity is not None and subject == entity.last and not tree.kids(subject, "conj"):
            return memory.full_name(bare_name(tree, entity)), entity.label
    return None


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
