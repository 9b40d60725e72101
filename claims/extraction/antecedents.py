"""What a pronoun or "the company" can mean in its place of the article, if only one thing."""

from claims.extraction.bodies import body_meant
from claims.extraction.memory import Memory
from claims.extraction.people import OFFICES, is_human
from claims.extraction.scenes import BODIES, THINGS, About, named_thing, scene_of
from claims.extraction.tree import ACTING, NAMES, Tree
from claims.extraction.wordlists import words

DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
COUNTRIES = frozenset({"country", "nation", "countries", "nations"})
STAND_INS = BODIES | COUNTRIES
CLAIM_WORDS = frozenset(
    ["claim", "claims", "allegation", "allegations", "accusation", "accusations", "suspicion", "charge"]
)
SUSPECTING = words("suspect allege claim accuse say suggest argue assert report fear warn believe")
ANNOUNCING = words("surprise shock emerge transpire happen bother concern worry please follow")
ASKING = frozenset({"ask", "wonder", "question"})
# Too many things in one article are called that.
VAGUE_NOUNS = words(
    "people day side part way case end number head world report leader media market markets team man "
    "woman men women officials authorities forces house times"
)


def person(tree: Tree, token: int, memory: Memory) -> str | None:
    """The person that "he", "she", "his" or "her" at `token` means.

    The only one named before it in its sentence, if a subject there; else whom the last sentence with people in it
    was about, or the only one it named; never one who is known to be of the other sex.
    """
    word = tree.lower[token]
    if _points_ahead(tree, token) or _is_asked_of(tree, token):
        return None
    here = [name for name in scene_of(tree, token, memory).people if memory.may_be(name, word)]
    if here:
        acting = [e for e in tree.entities if e.label == "PERSON" and e.last < token and tree.dep[e.last] in ACTING]
        return here[0] if len(here) == 1 and acting else None
    if any(_is_unknown_name(tree, word_) for word_ in range(token)):
        return None  # someone whom the model did not take for a person
    if any(tree.dep[word_] in ACTING and is_human(tree, word_) for word_ in range(token)):
        return None  # "my brother came, and he ..."
    for scene in reversed(memory.scenes):
        if scene.human:
            return None  # "The mayor left. He ...": somebody, but who?
        people = [name for name in scene.people if memory.may_be(name, word)]
        about = scene.subject
        if about is not None and about.kind == "person" and memory.may_be(about.name, word):
            others = {name for other in memory.scenes for name in other.people if memory.is_known_as(name, word)}
            alone = set(people) <= {about.name} and others <= {about.name}
            sure = alone or memory.is_known_as(about.name, word)
            return about.name if sure and memory.has_acted(about.name) else None
        known = [name for name in people if memory.is_known_as(name, word) and memory.has_acted(name)]
        if len(known) == 1:
            return known[0]
        if people:
            return people[0] if len(people) == 1 and memory.has_acted(people[0]) else None
        if scene.unknown:
            return None
    return None


def _points_ahead(tree: Tree, token: int) -> bool:
    """ "A month after he resigned, Nixon's deputy ...": whom it means may come only after it."""
    for root in tree.roots:
        subject = tree.subject(root)
        if subject is not None and token < tree.subtree(subject)[0]:
            return any(tree.label[t] == "PERSON" for t in tree.subtree(subject))
    return False


def _is_asked_of(tree: Tree, token: int) -> bool:
    """ "Lee asked whether he could stay, and he left": hardly Lee, either time."""
    same = [other for other in range(token + 1) if tree.lower[other] == tree.lower[token]]
    return any(
        tree.lower[other - 1] in {"if", "whether"} and other >= 2 and tree.lemma[other - 2] in ASKING for other in same
    ) or any(tree.lemma[verb] in ASKING and verb < other for other in same for verb in tree.ancestors(other))


def _is_unknown_name(tree: Tree, token: int) -> bool:
    placed = tree.dep[token] == "pobj" and tree.lower[tree.head[token]] in {"in", "at", "near", "from", "to"}
    return tree.tag[token] in NAMES and tree.label[token] not in {"DATE", "GPE", "ORG", "LOC", "FAC"} and not placed


def thing_before(tree: Tree, token: int, memory: Memory, *, several: bool) -> str | None:
    """What the sentence before was about, if `token` begins this one's matter: nothing else is named before it."""
    about = memory.before.subject
    kind = "several" if several else "thing"
    if about is None or about.kind != kind or scene_of(tree, token, memory).things:
        return None
    return None if _has_rival(memory, about) else about.words


def _has_rival(memory: Memory, about: About) -> bool:
    """Did the sentence before name two bodies, or two places, either of which may be meant?"""
    alike = {"ORG", "PRODUCT", "FAC"} if about.label != "GPE" else {"GPE"}
    others = [name for name, label in memory.before.things if label in alike and name not in about.name]
    return about.kind == "thing" and bool(about.label) and bool(others)


def is_empty_it(tree: Tree, verb: int) -> bool:
    """Does the "it" of this verb only announce what follows ("it is clear that", "it is a mistake to")?"""
    if tree.kids(verb, "nsubjpass") and tree.kids(verb, "ccomp"):
        return True  # "it is known that"
    if tree.lemma[verb] in ANNOUNCING and tree.kids(verb, "ccomp", "advcl"):
        return True  # "it should surprise nobody that"
    if tree.lemma[verb] not in {"be", "seem", "appear"}:
        return False
    attribute = tree.kid(verb, "attr")
    for told in tree.kids(verb, "attr", "acomp", "oprd"):
        that = [
            k
            for k in tree.kids(told, "ccomp", "acl", "xcomp")
            if any(tree.lower[m] == "that" for m in tree.kids(k, "mark"))
        ]
        if that:
            return True
    one_of_many = attribute is not None and bool(tree.kids(attribute, "prep"))
    return bool(tree.kids(verb, "ccomp")) or (not one_of_many and bool(tree.kids(verb, "xcomp", "advcl")))


def subject_name(tree: Tree, verb: int, *, plural: bool) -> str | None:
    """The subject of the clause before, where it is a name (or several, for "they")."""
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    if subject is None:
        return None
    entity = tree.entity_at(subject)
    several = bool(tree.kids(subject, "conj"))
    if entity is None or entity.last != subject or several != plural:
        return None
    if not plural:
        return named_thing(tree, entity) if entity.label in THINGS else None
    branch = tree.subtree(subject, without=tree.kids(subject, "relcl", "appos"))
    return tree.span_text(branch) if all(tree.label[kid] for kid in tree.kids(subject, "conj")) else None


def stand_in(tree: Tree, token: int) -> list[int]:
    """The tokens of "the two countries", "the company", "these resolutions", "that claim", if `token` opens one."""
    if tree.dep[token] != "det" or tree.head[token] <= token:
        return []
    noun = tree.head[token]
    between = tree.lower[token + 1 : noun]
    told = [kid for kid in tree.kids(noun, "relcl", "acl", "appos") if tree.words[tree.subtree(kid)[0] - 1] != ","]
    bare = not told and not tree.kids(noun, "prep", "poss", "conj")
    pair = tree.lower[noun] in {"countries", "nations"} and between in (["two"], ["both"])
    home = tree.lower[noun] in BODIES and token + 2 == noun and tree.label[token + 1] == "NORP"  # "the German brewer"
    home = home and (noun + 1 == len(tree) or tree.tag[noun + 1] not in NAMES)
    counted = between == [] or pair or home
    known = STAND_INS | OFFICES
    meant_so = tree.lower[token] in DEMONSTRATIVES or (tree.lower[token] == "the" and tree.lower[noun] in known)
    return list(range(token, noun + 1)) if bare and counted and meant_so else []


def meant(tree: Tree, tokens: list[int], memory: Memory) -> str | None:
    """What such words stand for."""
    noun = tree.lower[tokens[-1]]
    if noun in {"countries", "nations"}:
        return _pair(tree, tokens[0], memory) if len(tokens) == 3 else None
    if noun in CLAIM_WORDS:
        return _what_was_said(tree, tokens[0])
    if noun in OFFICES:
        return memory.holder(noun)
    if noun in COUNTRIES and tree.dep[tokens[-1]] not in ACTING | {"poss"}:
        return None  # "around the country" may be any
    if noun in COUNTRIES:
        return _only_place(tree, tokens[0], memory)
    if noun in BODIES:
        return body_meant(tree, tokens, memory)
    return memory.phrase(noun) if tree.lower[tokens[0]] in DEMONSTRATIVES else None


def _pair(tree: Tree, token: int, memory: Memory) -> str | None:
    """The pair of places named together, the only places in the sentence so far or else in the one before."""
    here = scene_of(tree, token, memory)
    scene = here if here.pairs else memory.before
    places = [name for name, label in scene.things if label == "GPE"]
    return scene.pairs[0] if len(scene.pairs) == 1 and len(places) == 2 else None


def _only_place(tree: Tree, token: int, memory: Memory) -> str | None:
    """The place that this article has been about lately, if no other is named beside it."""
    here = {name for name, label in scene_of(tree, token, memory).things if label == "GPE"}
    abouts = [scene.subject for scene in memory.scenes if scene.subject is not None and scene.subject.label == "GPE"]
    about = abouts[-1] if abouts else None
    if about is None or here - {about.name} or any(other.name != about.name for other in abouts):
        return None
    before = {name for name, label in memory.before.things if label == "GPE"}
    return about.words if before <= {about.name} else None


def _what_was_said(tree: Tree, token: int) -> str | None:
    """The clause that "that claim" points back to, in the same sentence."""
    for verb in range(token - 1, -1, -1):
        content = tree.kid(verb, "ccomp")
        if tree.lemma[verb] in SUSPECTING and content is not None and content > verb:
            branch = [t for t in tree.subtree(content) if t not in tree.kids(content, "mark")]
            return "that " + tree.span_text(branch).rstrip(" ,;:") if branch[-1] < token else None
    return None
