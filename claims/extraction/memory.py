"""What an article has named so far, sentence by sentence."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Literal

from claims.extraction.attribution import name_tokens
from claims.extraction.labels import RANKS, Labels
from claims.extraction.phrases import LONGEST_PHRASE, full_phrase_at, is_another
from claims.extraction.scenes import (
    Scene,
    bare_name,
    human_without_name,
    main_subject,
    named_thing,
    scene_of,
    who_spoke,
)
from claims.extraction.tree import ACTING, NAMES, Entity, Tree
from claims.extraction.wordlists import words

MALE = words("mr mr. sir lord king prince he his him himself")
FEMALE = words("mrs mrs. ms ms. miss lady dame queen princess she her herself")
COURTESY = frozenset(["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr."])
FIRMS = frozenset({"Inc.", "Inc", "Ltd", "Ltd.", "Corp", "Corp.", "Co.", "LLC", "Group", "Holdings"})
REMEMBERED_NAMES = 5_000
REMEMBERED_PHRASES = 200
SENTENCES_A_PHRASE_LASTS = 2
SENTENCES_A_SPEAKER_LASTS = 4
SENTENCES_REMEMBERED = 4
BODIES_COMPARED = 20
TAKING_PART = ACTING | {"dobj", "dative", "poss", "appos", "attr", "conj", "pobj"}
PASSING = words("in at near from than like unlike")
Gender = Literal["male", "female", ""]


class Memory:
    """Names, offices and recent noun phrases of one article. Bounded, however long the article."""

    def __init__(self) -> None:
        self.full_names: dict[str, set[str]] = {}
        self.scenes: deque[Scene] = deque([Scene()], maxlen=SENTENCES_REMEMBERED)
        self.sentence = 0
        self._genders: dict[str, Gender] = {}
        self._holders: dict[str, set[str]] = {}
        self._acting: set[str] = set()
        self._bodies: Counter[str] = Counter()
        self._labels = Labels()
        self._aliases: dict[str, str] = {}
        self._speaker = (-SENTENCES_A_SPEAKER_LASTS, "")
        self._phrases: dict[str, tuple[int, str]] = {}
        self._full_phrases: dict[str, set[str]] = {}

    @property
    def before(self) -> Scene:
        """The sentence before."""
        return self.scenes[-1]

    def learn_names(self, tree: Tree) -> None:
        """Remember the full names in a sentence, and mend its labels; call before its claims are resolved."""
        self._labels.mend(tree, lambda name: self.full_name(name) != name)
        self._learn_aliases(tree)
        for entity in tree.entities:
            words = [word for word in bare_name(tree, entity).split() if word.lower() not in COURTESY]
            while len(words) > 2 and words[0].rstrip(".").lower() in RANKS:
                words.pop(0)
            full = 2 <= len(words) <= 4 and all(_is_name_word(word) for word in words) and _is_whole(tree, entity)
            if entity.label == "PERSON" and full and len(self.full_names) < REMEMBERED_NAMES:
                for part in {words[0], words[-1]}:
                    self.full_names.setdefault(part, set()).add(" ".join(words))
                self._learn_office(tree, entity, " ".join(words))
            if entity.label == "PERSON" and tree.dep[entity.last] in ACTING and len(self._acting) < REMEMBERED_NAMES:
                self._acting.add(self.full_name(bare_name(tree, entity)))
        self._learn_genders(tree)

    def _learn_office(self, tree: Tree, entity: Entity, name: str) -> None:
        """ "Kenyan foreign minister Ann Lee", "Ann Lee, the minister", "the minister, Ann Lee": she is the minister."""
        head = tree.head[entity.last]
        offices = [kid for kid in tree.kids(entity.last, "compound", "nmod", "appos") if tree.tag[kid] == "NN"]
        if tree.dep[entity.last] == "appos" and tree.tag[head] == "NN":
            offices.append(head)
        for office in offices:
            if len(self._holders) < REMEMBERED_NAMES:
                self._holders.setdefault(tree.lower[office], set()).add(name)

    def _learn_genders(self, tree: Tree) -> None:
        for entity in tree.entities:
            title = tree.lower[entity.first - 1] if entity.first else tree.lower[entity.first]
            if entity.label == "PERSON" and title in MALE | FEMALE:
                self.learn_gender(self.full_name(bare_name(tree, entity).split()[-1]), title)

    def learn_gender(self, name: str, word: str) -> None:
        """Remember that `word`, a pronoun or a title, was used for `name`."""
        gender: Gender = "male" if word in MALE else "female" if word in FEMALE else ""
        if gender and len(self._genders) < REMEMBERED_NAMES:
            self._genders.setdefault(name, gender)

    def _gender(self, name: str) -> Gender:
        return self._genders.get(name) or self._genders.get(name.split(" ")[-1], "")

    def may_be(self, name: str, pronoun: str) -> bool:
        """Can the pronoun stand for this person, as far as is known?"""
        known = self._gender(name)
        return not known or (known == "male") == (pronoun in MALE)

    def is_known(self, name: str) -> bool:
        """Was any pronoun or title of a person used for this name?"""
        return self._gender(name) != ""

    def is_known_as(self, name: str, pronoun: str) -> bool:
        """Was this pronoun, or one of its sex, used for this person before?"""
        return self._gender(name) == ("male" if pronoun in MALE else "female")

    def has_acted(self, name: str) -> bool:
        """Was this the subject of something? A "person" that never was may be a town with a person's name."""
        return name in self._acting

    def learn_scene(self, tree: Tree, names: Mapping[int, str] | None = None, *, is_heading: bool = False) -> None:
        """Remember what a sentence was about; call after its claims are resolved. names: what tokens stood for.

        is_heading: it is no sentence of the text, so that nothing after it points back to it.
        """
        self.sentence += 1
        if is_heading:
            self.scenes.append(Scene())
            return
        scene = scene_of(tree, len(tree), self)
        scene.subject = main_subject(tree, self, names or {})
        scene.spoke = who_spoke(tree, self, names or {})
        if tree.said_by is not None:
            scene.people += [n for n in scene_of(tree.said_by, len(tree.said_by), self).people if n not in scene.people]
            if scene.spoke is not None and scene.spoke.kind == "person":
                scene.subject = scene.spoke  # who said it, not what the words were about, is "he" from here on
        if scene.subject is not None and scene.subject.kind == "person" and len(self._acting) < REMEMBERED_NAMES:
            self._acting.add(scene.subject.name)
        scene.human = human_without_name(tree)
        scene.unknown = any(tag == "NNP" and not tree.label[place] for place, tag in enumerate(tree.tag))
        self._count_bodies(tree)
        self.scenes.append(scene)
        self._learn_phrases(tree)

    def _count_bodies(self, tree: Tree) -> None:
        for entity in tree.entities:
            name = named_thing(tree, entity)
            if entity.label == "ORG" and (name in self._bodies or len(self._bodies) < REMEMBERED_NAMES):
                # Taking part once says as much as being named twice in passing.
                self._bodies[name] += 2 if _takes_part(tree, entity) else 1

    def main_body(self, fits: Callable[[str], bool]) -> str | None:
        """The only body so far that `fits`, or the one named more than twice as often as any other that does.

        None where it was only named in passing, and once.
        """
        known = [(name, count) for name, count in self._bodies.most_common(BODIES_COMPARED) if fits(name)]
        if not known or known[0][1] < 2:
            return None
        return known[0][0] if len(known) == 1 or known[0][1] > 2 * known[1][1] else None

    def _learn_aliases(self, tree: Tree) -> None:
        """ "The Port Safety Board (PSB)": PSB is a board."""
        for token in range(2, len(tree) - 1):
            if tree.words[token - 1] != "(" or tree.words[token + 1] != ")" or not tree.words[token].isupper():
                continue
            first = token - 1
            while first and tree.tag[first - 1] in NAMES:
                first -= 1
            if len(self._aliases) < REMEMBERED_NAMES and first < token - 1:
                self._aliases[tree.words[token]] = tree.span_text(list(range(first, token - 1)))

    def in_full(self, name: str) -> str:
        """What the letters of `name` stand for, if the article said so, else `name`."""
        return self._aliases.get(name.removeprefix("the ").removeprefix("The "), name)

    def learn_speaker(self, tree: Tree, claimant: tuple[int, ...], name: str) -> None:
        """Remember who spoke last, if it was a person or "she" who is one."""
        if any(tree.label[token] == "PERSON" or tree.lower[token] in {"he", "she"} for token in claimant):
            self._speaker = (self.sentence, name)
            for token in claimant:
                if tree.lower[token] in {"he", "she"} and name != tree.words[token]:
                    self.learn_gender(name, tree.lower[token])

    @property
    def speaker(self) -> str:
        """The person who was quoted last, if that is not long ago, else nothing."""
        sentence, name = self._speaker
        return name if self.sentence - sentence < SENTENCES_A_SPEAKER_LASTS else ""

    def full_name(self, name: str) -> str:
        """The one full name that `name` is the first or last word of, or `name` itself."""
        known = self.full_names.get(name, set())
        return next(iter(known)) if len(known) == 1 else name

    def holder(self, office: str) -> str | None:
        """The only person named so far with this office ("minister"), or None."""
        known = self._holders.get(office, set())
        return next(iter(known)) if len(known) == 1 else None

    def phrase(self, noun: str) -> str | None:
        """The noun phrase with a name in it that `noun` last headed, if that is not long ago."""
        sentence, phrase = self._phrases.get(noun, (-SENTENCES_A_PHRASE_LASTS, ""))
        return phrase if phrase and self.sentence - sentence < SENTENCES_A_PHRASE_LASTS else None

    def full_phrase(self, noun: str) -> str | None:
        """The only phrase with a name that `noun` has headed so far: "the Ain Tazrout dam" for "dam"."""
        known = self._full_phrases.get(noun, set())
        return next(iter(known)) if len(known) == 1 else None

    def _learn_full_phrase(self, tree: Tree, noun: int) -> None:
        word = tree.lower[noun]
        phrase = full_phrase_at(tree, noun)
        if phrase and (word in self._full_phrases or len(self._full_phrases) < REMEMBERED_NAMES):
            self._full_phrases.setdefault(word, set()).add(phrase)
        elif word in self._full_phrases and is_another(tree, noun):
            self._full_phrases[word].add(word)  # "a second dam": from here on "the dam" may be either

    def _learn_phrases(self, tree: Tree) -> None:
        named = [place for place, tag in enumerate(tree.tag) if tag in NAMES or tree.label[place] == "NORP"]
        for noun in range(len(tree)):
            near = any(noun - LONGEST_PHRASE < place < noun + LONGEST_PHRASE for place in named)
            if not near and tree.lower[noun] not in self._full_phrases:
                continue
            if tree.tag[noun] in {"NN", "NNS"} or (tree.tag[noun] == "NNP" and tree.label[noun] != "PERSON"):
                self._learn_full_phrase(tree, noun)
            if tree.tag[noun] not in {"NN", "NNS"}:
                continue
            described = [k for k in tree.kids(noun, "compound", "amod", "poss", "nmod") if tree.tag[k] in NAMES]
            if described:
                if len(self._phrases) > REMEMBERED_PHRASES:
                    self._phrases.clear()
                words = [t for t in name_tokens(tree, noun) if t <= noun]
                self._phrases[tree.lower[noun]] = (self.sentence, tree.span_text(words))


def _is_name_word(word: str) -> bool:
    """ "Global," and "Inc." are no part of a person's name."""
    return word[:1].isupper() and not word.endswith(",") and word not in FIRMS


def _is_whole(tree: Tree, entity: Entity) -> bool:
    """ "Lumen Fold" of "Lumen Fold One", "Quay Rovers": what the model took for a person is part of another name."""
    last, following = entity.last, entity.last + 1
    if tree.tag[last] == "POS":
        return True
    goes_before = entity.first > 0 and tree.tag[entity.first - 1] in NAMES and tree.tag[last] == "NNPS"
    return not goes_before and not (following < len(tree) and tree.tag[following] in NAMES)


def _takes_part(tree: Tree, entity: Entity) -> bool:
    """Not "two former Nokia engineers" or "the latest from Samsung", nor a town that the model took for a firm."""
    last = entity.last - (tree.tag[entity.last] == "POS")
    return tree.dep[last] in TAKING_PART and tree.lower[tree.head[last]] not in PASSING
