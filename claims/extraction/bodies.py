"""Which body "the company" or "the agency" is, and which one it is that "denies" or "employs"."""

from claims.extraction.attribution import SAYING
from claims.extraction.labels import PUBLIC
from claims.extraction.memory import Memory
from claims.extraction.scenes import BODIES, bare_name, named_thing, scene_of
from claims.extraction.tree import ACTING, Entity, Tree
from claims.extraction.wordlists import words

REPORTERS = words("reuters bbc cnn nbc abc cbs fox times post news press journal tribune guardian telegraph herald")
TRADING = BODIES - words("agency organisation organization union party group")
# What only somebody with a will does: "it" before these is the body that spoke, not what it spoke of.
WILLED = SAYING | words("deny refuse plan intend agree decide apologise apologize employ own operate want hope")


def fits(noun: str, name: str) -> bool:
    """Can a body of this name be called that? A ministry or a newspaper is hardly "the company"."""
    parts = {part.strip(".").lower() for part in name.split()}
    if noun in TRADING:
        return not parts & (PUBLIC | REPORTERS)
    return not parts & REPORTERS


def body_meant(tree: Tree, tokens: list[int], memory: Memory) -> str | None:
    """The body that "the company" at `tokens` is.

    The only one of its sort that its sentence names before it; else the only one that the last sentences were about;
    else the one that the article names far more often than any other.
    """
    noun = tokens[-1]
    word = tree.lower[noun]

    def is_such(name: str) -> bool:
        return fits(word, memory.in_full(name))

    here = [e for e in tree.entities if e.label == "ORG" and e.last < tokens[0] and is_such(bare_name(tree, e))]
    if here:
        alone = len({bare_name(tree, entity) for entity in here}) == 1
        return named_thing(tree, here[-1]) if alone and not _acts_upon(tree, here[-1], noun) else None
    abouts = [s.subject for s in memory.scenes if s.subject is not None and s.subject.label == "ORG"]
    abouts = [about for about in abouts if is_such(about.name)]
    before = {name for name, label in memory.before.things if label == "ORG" and is_such(name)}
    if abouts and before <= {abouts[-1].name} and all(about.name == abouts[-1].name for about in abouts):
        return abouts[-1].words
    return None if abouts else memory.main_body(is_such)


def _acts_upon(tree: Tree, entity: Entity, noun: int) -> bool:
    """ "Acme sued the company": not Acme."""
    verb = tree.head[noun]
    return tree.dep[noun] == "dobj" and tree.dep[entity.last] in ACTING and tree.head[entity.last] == verb


def willing_body(tree: Tree, verb: int, memory: Memory) -> str | None:
    """The body that spoke in the sentence before, for the "it" of a verb that takes a will."""
    spoke = memory.before.spoke
    if spoke is None or spoke.kind == "several" or tree.lemma[verb] not in WILLED:
        return None
    if spoke.kind == "person" and (memory.has_acted(spoke.name) or memory.is_known(spoke.name)):
        return None  # a "person" known by a pronoun, or by deeds, is one: nobody is called "it"
    return None if scene_of(tree, tree.subject(verb) or 0, memory).things else spoke.words
