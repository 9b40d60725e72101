from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # importing spaCy takes seconds, and the web server never parses
    from spacy.tokens import Doc

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBS = FINITE | {"VB", "VBN", "VBG"}
NAMES = frozenset({"NNP", "NNPS"})  # tags
ACTING = frozenset({"nsubj", "nsubjpass"})  # what a subject that is a noun hangs as
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
AUXILIARIES = ("aux", "auxpass")


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: tokens from `first` to `last`, both included."""

    first: int
    last: int
    label: str
    text: str


class Tree:
    """One parsed sentence as plain lists, token by token.

    starts: where each token begins in the sentence, -1 for a word that is not in it. asides: what the sentence says
    in passing, between dashes, as trees of their own. said_by: the words that name the speaker of a quotation.

    Tokens are numbers here: spaCy makes a new Token object at each access, so comparing those never ends a climb.
    No walk recurses and none visits a token twice, whatever the parser made of the text.
    """

    def __init__(self, doc: "Doc", places: list[int] | None = None) -> None:
        """Read `doc`; places: where each of its characters stands in the sentence, if not at its own number."""
        tokens = list(doc)  # each pass over a doc makes its tokens anew
        self.words = [token.text for token in tokens]
        self.lower = [word.lower() for word in self.words]
        self.lemma = [token.lemma_.lower() for token in tokens]
        self.tag = [token.tag_ for token in tokens]
        self.pos = [token.pos_ for token in tokens]
        self.dep = [token.dep_ for token in tokens]
        self.head = [token.head.i for token in tokens]
        self.space_after = [bool(token.whitespace_) for token in tokens]
        self.starts = [token.idx if places is None else places[token.idx] for token in tokens]
        self.asides: list[Tree] = []
        self.said_by: Tree | None = None
        self.mended = False
        self.label = [token.ent_type_ for token in tokens]
        self.entities = [Entity(e.start, e.end - 1, e.label_, e.text.strip()) for e in doc.ents]
        self._index()

    def _index(self) -> None:
        self.children: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.head):
            if head != token:
                self.children[head].append(token)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def roots(self) -> list[int]:
        return [token for token, head in enumerate(self.head) if head == token and self.tag[token] != "_SP"]

    def hang(self, token: int, *, on: int, as_: str) -> None:
        """Mend the parse: make `token` a child of `on`. Refused silently where it would close a circle."""
        if on in self.subtree(token):
            return
        self.head[token], self.dep[token] = on, as_
        self._index()

    def make_root(self, token: int) -> None:
        """Mend the parse: nothing is above `token`."""
        self.head[token], self.dep[token] = token, "ROOT"
        self._index()

    def kids(self, token: int, *deps: str) -> list[int]:
        children, dep = self.children[token], self.dep
        return [kid for kid in children if dep[kid] in deps] if children else []

    def kid(self, token: int, *deps: str) -> int | None:
        return next(iter(self.kids(token, *deps)), None)

    def subtree(self, token: int, *, without: Collection[int] = ()) -> list[int]:
        """The tokens under `token`, itself included, in text order; branches that begin in `without` are left out."""
        children = self.children
        if not children[token]:
            return [] if token in without else [token]
        seen: set[int] = set()
        waiting = [token]
        while waiting:
            current = waiting.pop()
            if current not in seen and current not in without:
                seen.add(current)
                waiting += children[current]
        return sorted(seen)

    def ancestors(self, token: int) -> list[int]:
        """From the head of `token` up to its root."""
        above: list[int] = []
        while self.head[token] != token and len(above) < len(self):
            token = self.head[token]
            above.append(token)
        return above

    def subject(self, verb: int) -> int | None:
        return self.kid(verb, *SUBJECTS)

    def auxiliaries(self, verb: int) -> list[int]:
        return self.kids(verb, *AUXILIARIES)

    def is_verb(self, token: int) -> bool:
        return self.tag[token] in VERBS and self.pos[token] in {"VERB", "AUX"}

    def is_finite(self, verb: int) -> bool:
        return self.tag[verb] in FINITE or any(self.tag[aux] in FINITE for aux in self.auxiliaries(verb))

    def is_past(self, verb: int) -> bool:
        return self.tag[verb] == "VBD" or any(self.tag[aux] == "VBD" for aux in self.auxiliaries(verb))

    def is_plural(self, noun: int) -> bool:
        if any(self.lower[kid] == "and" for kid in self.kids(noun, "cc")):
            return True
        if self.lower[noun] in {"many", "most", "some", "several", "both", "few", "thousands", "hundreds", "millions"}:
            return True
        if self.label[noun] in {"GPE", "PERSON", "ORG"}:
            return False  # "the United States" is one country
        return self.tag[noun] in {"NNS", "NNPS"}

    def entity_at(self, token: int) -> Entity | None:
        return next((e for e in self.entities if e.first <= token <= e.last), None)

    def span_text(self, tokens: list[int]) -> str:
        """The words of `tokens` as written, single spaces, nothing added."""
        text = ""
        for place, token in enumerate(tokens):
            text += self.words[token]
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            if following is not None and (self.space_after[token] or following != token + 1):
                text += " "
        return " ".join(text.split())
