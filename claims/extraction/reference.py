"""Names for pronouns, surnames and "the two countries". A wrong name is worse than a pronoun: when in doubt, none."""

from dataclasses import dataclass, field

from claims.extraction.candidate import Resolution
from claims.extraction.memory import NAMES, THINGS, Memory, bare_name, scene_of
from claims.extraction.clauses import Draft
from claims.extraction.tree import Tree

SUBJECT = frozenset({"nsubj", "nsubjpass"})
PEOPLE_WORDS = frozenset({"he", "she"})
PRONOUNS = frozenset(
    ["he", "she", "it", "they", "him", "her", "them", "this", "that", "these", "those", "i", "we", "you", "us", "me"]
)
POSSESSIVES = frozenset({"its", "their", "his", "her", "my", "our", "your"})
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
COURTESY = frozenset(["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "sir", "lord", "lady", "dame", "judge"])
STAND_INS = frozenset(
    ["company", "firm", "country", "nation", "countries", "nations", "agency", "organisation", "organization", "group"]
)
TIME_WORDS = frozenset({"moment", "time", "day", "week", "month", "year", "morning", "evening", "night", "season"})
CLAIM_WORDS = frozenset(
    ["claim", "claims", "allegation", "allegations", "accusation", "accusations", "suspicion", "charge"]
)
SUSPECTING = frozenset(
    ["suspect", "allege", "claim", "accuse", "say", "suggest", "argue", "assert", "report", "fear", "warn", "believe"]
)


@dataclass(slots=True)
class Names:
    """What is put in place of which tokens, and the words for which nothing was found."""

    replacements: dict[int, str] = field(default_factory=dict)
    resolved: list[Resolution] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)

    def put(self, tree: Tree, tokens: list[int], name: str) -> None:
        self.resolved.append(Resolution(tree.span_text(tokens), name))
        self.replacements[tokens[0]] = name
        self.replacements.update(dict.fromkeys(tokens[1:], ""))


def resolve(tree: Tree, draft: Draft, memory: Memory, quoted: frozenset[int], *, speaker: str = "") -> Names:
    """Find the names that the words of `draft` stand for. quoted: the tokens inside quotation marks."""
    names = Names()
    tokens = [part for part in draft.parts if isinstance(part, int)]
    for place, token in enumerate(tokens):
        if token in names.replacements:
            continue
        found = _surname(tree, token, tokens, memory) or _reference(tree, token, draft, memory, quoted)
        if found:
            names.put(tree, *found)
        elif _is_loose(tree, token, tokens[:place]):
            names.unresolved.append(tree.span_text(_stand_in(tree, token) or [token]))
    return names


def resolve_name(tree: Tree, tokens: tuple[int, ...], memory: Memory) -> str:
    """A claimant's name: surnames in full, a pronoun as the one person it can mean."""
    if len(tokens) == 1 and tree.lower[tokens[0]] in PEOPLE_WORDS:
        # Whoever is named in the words themselves is hardly the one who says them.
        return memory.speaker or _person(tree, tokens[0], memory) or tree.words[tokens[0]]
    if len(tokens) == 1 and tree.lower[tokens[0]] == "it":
        return _thing_before(tree, tokens[0], memory) or tree.words[tokens[0]]
    words: dict[int, str] = {}
    for token in tokens:
        found = _surname(tree, token, list(tokens), memory)
        if found:
            words[token] = found[1]
    spelled = tree.span_text(list(tokens))
    for token, name in words.items():
        spelled = spelled.replace(tree.words[token], name, 1)
    return spelled.strip(" ,;:")


def _surname(tree: Tree, token: int, tokens: list[int], memory: Memory) -> tuple[list[int], str] | None:
    if tree.tag[token] not in NAMES or tree.label[token] not in {"PERSON", ""}:
        return None
    entity = tree.entity_at(token)
    name = memory.full_name(tree.words[token])
    alone = entity is None or bare_name(tree, entity) == tree.words[token]
    if name == tree.words[token] or not alone or _is_part_of_name(tree, token):
        return None
    said_already = set(name.split()) <= {tree.words[t] for t in tokens} or any(
        tree.words[t] == tree.words[token] for t in tokens if t < token
    )
    return None if said_already else ([token], name)


def _is_part_of_name(tree: Tree, token: int) -> bool:
    """ "Mr Trump", "the Trump administration", "Trump Tower": no place for a first name."""
    if token and (tree.lower[token - 1] in COURTESY or (tree.tag[token - 1] in NAMES and not _is_title(tree, token))):
        return True
    return tree.dep[token] in {"compound", "amod", "nmod"}


def _is_title(tree: Tree, token: int) -> bool:
    return tree.dep[token - 1] == "compound" and tree.label[token - 1] == ""


def _reference(
    tree: Tree, token: int, draft: Draft, memory: Memory, quoted: frozenset[int]
) -> tuple[list[int], str] | None:
    word = tree.lower[token]
    if token in quoted:
        return None
    # The subject of the claim only: what comes later may mean the subject itself.
    own_subject = tree.head[token] == draft.verb or token not in draft.own
    is_subject = own_subject and tree.dep[token] in SUBJECT
    if word in PEOPLE_WORDS and is_subject:
        return _found([token], _person(tree, token, memory))
    if word in {"it", "they"} and is_subject:
        return _found([token], _thing(tree, token, word, draft, memory))
    if word in {"its", "their"} and draft.rule == "apposition":
        return _owner(tree, token, draft)
    stand_in = _stand_in(tree, token)
    return _found(stand_in, _meant(tree, stand_in, memory)) if stand_in else None


def _found(tokens: list[int], name: str | None) -> tuple[list[int], str] | None:
    return (tokens, name) if name else None


def _person(tree: Tree, token: int, memory: Memory) -> str | None:
    """The only person named before the pronoun in its sentence, or else the one the sentence before was about."""
    here = scene_of(tree, token, memory).people
    if here:
        acting = [e for e in tree.entities if e.label == "PERSON" and e.last < token and tree.dep[e.last] in SUBJECT]
        return here[0] if len(here) == 1 and acting else None
    if any(tree.tag[word] in NAMES for word in range(token)):
        return None  # someone whom the model did not take for a person
    before = memory.before
    about = before.subject is not None and before.subject[1] == "PERSON" and before.subject[0] in before.people
    return before.people[0] if len(before.people) == 1 and about else None


def _thing(tree: Tree, token: int, word: str, draft: Draft, memory: Memory) -> str | None:
    verb = tree.head[token]
    if _is_empty_it(tree, verb):
        return None
    if draft.rule == "coordinated clause" and draft.outside is not None:
        return _subject_name(tree, draft.outside, plural=word == "they")
    if draft.rule == "reported" and word == "it":
        return _speaking_thing(tree, draft, memory)
    # In "it was the highest number" the word may mean an event as well as a thing.
    if word != "it" or (tree.lemma[verb] == "be" and tree.kid(verb, "attr") is not None):
        return None
    return _thing_before(tree, token, memory)


def _speaking_thing(tree: Tree, draft: Draft, memory: Memory) -> str | None:
    """ "The EU said it ...": the EU, if no other thing was spoken of before."""
    verb = draft.outside
    if verb is None or tree.head[verb] != verb or memory.before.subject is not None:
        return None
    speaker = _subject_name(tree, verb, plural=False)
    first = next((token for token in range(len(tree)) if tree.pos[token] in {"NOUN", "PROPN", "PRON"}), verb)
    entity = tree.entity_at(first)
    return speaker if speaker and entity is not None and bare_name(tree, entity) == speaker else None


def _is_empty_it(tree: Tree, verb: int) -> bool:
    """Does the "it" of this verb only announce what follows ("it is clear that", "it is a mistake to")?"""
    if tree.kids(verb, "nsubjpass") and tree.kids(verb, "ccomp"):
        return True  # "it is known that"
    if tree.lemma[verb] not in {"be", "seem", "appear"}:
        return False
    attribute = tree.kid(verb, "attr")
    one_of_many = attribute is not None and bool(tree.kids(attribute, "prep"))
    return bool(tree.kids(verb, "ccomp")) or (not one_of_many and bool(tree.kids(verb, "xcomp", "advcl")))


def _subject_name(tree: Tree, verb: int, *, plural: bool) -> str | None:
    """The subject of the clause before, where it is a name (or several, for "they")."""
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    if subject is None:
        return None
    entity = tree.entity_at(subject)
    several = bool(tree.kids(subject, "conj"))
    if entity is None or entity.last != subject or several != plural:
        return None
    if not plural:
        return bare_name(tree, entity) if entity.label in THINGS else None
    branch = tree.subtree(subject, without=tree.kids(subject, "relcl", "appos"))
    return tree.span_text(branch) if all(tree.label[kid] for kid in tree.kids(subject, "conj")) else None


def _thing_before(tree: Tree, token: int, memory: Memory) -> str | None:
    """What the sentence before was about, if it named nothing else that "it" could mean."""
    about = memory.before.subject
    if about is None or about[1] not in THINGS or scene_of(tree, token, memory).things:
        return None
    rivals = [
        name for name, label in memory.before.things if name != about[0] and (label != "GPE" or about[1] == "GPE")
    ]
    return None if rivals else about[0]


def _owner(tree: Tree, token: int, draft: Draft) -> tuple[list[int], str] | None:
    """In "X met Y, its first guest" the guest is X's, which the claim about Y does not name."""
    if draft.outside is None:
        return None
    owner = _subject_name(tree, draft.outside, plural=tree.lower[token] == "their")
    return ([token], owner + ("’" if owner.endswith("s") else "’s")) if owner else None


def _stand_in(tree: Tree, token: int) -> list[int]:
    """The tokens of "the two countries", "the company", "these resolutions", "that claim", if `token` opens one."""
    if tree.dep[token] != "det" or tree.head[token] <= token:
        return []
    noun = tree.head[token]
    between = tree.lower[token + 1 : noun]
    bare = not tree.kids(noun, "prep", "relcl", "acl", "appos", "compound", "poss", "conj", "amod")
    counted = between == [] or (tree.lower[noun] in {"countries", "nations"} and between in (["two"], ["both"]))
    meant = tree.lower[token] in DEMONSTRATIVES or (tree.lower[token] == "the" and tree.lower[noun] in STAND_INS)
    return list(range(token, noun + 1)) if bare and counted and meant else []


def _meant(tree: Tree, tokens: list[int], memory: Memory) -> str | None:
    noun = tree.lower[tokens[-1]]
    if noun in {"countries", "nations"}:
        return _pair(tree, tokens[0], memory) if len(tokens) == 3 else None
    if noun in CLAIM_WORDS:
        return _what_was_said(tree, tokens[0])
    if noun in STAND_INS:
        wanted = {"GPE"} if noun in {"country", "nation"} else {"ORG"}
        return _only_thing(tree, tokens[0], wanted, memory)
    return memory.phrase(noun) if tree.lower[tokens[0]] in DEMONSTRATIVES else None


def _pair(tree: Tree, token: int, memory: Memory) -> str | None:
    """The pair of places named together, the only places in the sentence so far or else in the one before."""
    here = scene_of(tree, token, memory)
    scene = here if here.pairs else memory.before
    places = [name for name, label in scene.things if label == "GPE"]
    return scene.pairs[0] if len(scene.pairs) == 1 and len(places) == 2 else None


def _only_thing(tree: Tree, token: int, labels: set[str], memory: Memory) -> str | None:
    """The only body or place of its sort in this sentence so far and the one before, if that one was about it."""
    here = {name for name, label in scene_of(tree, token, memory).things if label in labels}
    before = {name for name, label in memory.before.things if label in labels}
    about = memory.before.subject
    named = here | before
    return about[0] if about is not None and named == {about[0]} and about[1] in labels else None


def _what_was_said(tree: Tree, token: int) -> str | None:
    """The clause that "that claim" points back to, in the same sentence."""
    for verb in range(token - 1, -1, -1):
        content = tree.kid(verb, "ccomp")
        if tree.lemma[verb] in SUSPECTING and content is not None and content > verb:
            branch = [t for t in tree.subtree(content) if t not in tree.kids(content, "mark")]
            return "that " + tree.span_text(branch).rstrip(" ,;:") if branch[-1] < token else None
    return None


def _is_loose(tree: Tree, token: int, before: list[int]) -> bool:
    """Does this word need a name that the claim does not give?"""
    word = tree.lower[token]
    named = any(tree.pos[t] in {"NOUN", "PROPN"} for t in before)
    if tree.tag[token] == "NNP" or tree.words[token] == "US":
        return False
    if _stand_in(tree, token):
        return tree.lower[tree.head[token]] not in TIME_WORDS
    if word in POSSESSIVES and tree.tag[token] == "PRP$":
        return not named
    if word not in PRONOUNS or tree.tag[token] not in {"PRP", "DT"} or tree.dep[token] in {"det", "expl", "mark"}:
        return False
    subject = tree.dep[token] in SUBJECT
    if word == "it" and subject and _is_empty_it(tree, tree.head[token]):
        return False
    return word in {"i", "we", "you", "us", "me"} or not named
