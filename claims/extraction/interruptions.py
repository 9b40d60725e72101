"""What a sentence says between dashes, in brackets or of a part of something, as statements to be parsed."""

import re

from claims.extraction.reading import FINITE, RELATIVE, SPEECH, Reading
from claims.extraction.tree import Tree

Piece = tuple[str, int]  # words, and where they begin in the sentence; -1 for words that are put in
SAYS = frozenset(SPEECH.split("|"))
PART = re.compile(
    r"(?P<part>.{1,20}?) of (?P<them>them|whom|which) (?P<said>.+)"
    r"|(?P<all>all|both|each|most|some) (?P<of_all>(?!having|of ).+)"
)
SINGLE = frozenset({"one", "each", "none"})
# "Set to be the biggest since 2009", "held since May": a participle that says what the thing is or was.
STATE = re.compile(r"(?:set|due|likely|expected|scheduled|held|known|seen|built|made|led|owned|\w+ed) ")
STATES = frozenset({"set", "due", "likely", "expected", "scheduled", "known", "seen", "owned", "led", "based"})
RANKING = frozenset({"first", "last", "only", "largest", "biggest", "highest", "lowest", "longest", "oldest", "most"})


def further_statements(tree: Tree, reading: Reading) -> list[list[Piece]]:
    """The statements made between dashes, each in pieces; empty for what only comments."""
    said = [_trimmed(reading.whole, start, end) for start, end in reading.statements]
    found = [[piece] for piece in said if not RELATIVE.match(piece[0])]  # "; which is to say"
    for start, end in reading.interruptions:
        noun = _noun_before(tree, start)
        if noun is not None:
            found.append(_statement(tree, noun, reading.whole, start, end))
    return [pieces for pieces in found if pieces]


def _trimmed(whole: str, start: int, end: int) -> Piece:
    text = whole[start:end]
    return text.lstrip(), start + len(text) - len(text.lstrip())


def _noun_before(tree: Tree, place: int) -> int | None:
    """The head of the noun phrase that ends right before `place`."""
    before = [token for token in range(len(tree)) if tree.starts[token] < place and tree.pos[token] != "SPACE"]
    while before and tree.pos[before[-1]] == "PUNCT":
        before.pop()
    if not before or tree.pos[before[-1]] not in {"NOUN", "PROPN", "NUM"}:
        return None
    return before[-1]


def _statement(tree: Tree, noun: int, whole: str, start: int, end: int) -> list[Piece]:
    first = _name(tree, noun)
    subject = (whole[first : tree.starts[noun] + len(tree.words[noun])], first)
    inner = whole[start:end]
    relative = RELATIVE.match(inner)
    words = inner.split()
    part = PART.match(inner)
    if part is not None:
        return _of_a_part(tree, noun, whole, start, part)
    if not words or tree.tag[noun] == "CD" or tree.label[noun] in {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT"}:
        return []
    if relative and tree.tag[noun] == "NNS" and words[1] in {"is", "was", "has"}:
        return []  # of one of them, but which?
    if relative and any(word.strip(",") in SAYS for word in words[1:5]):
        return []  # "which Ann Lee said were built in 2019"
    if relative:
        return [subject, (" ", -1), (inner[relative.end() :], start + relative.end()), (".", -1)]
    if words[0].lower() in {"a", "an", "the"} and RANKING & {word.lower() for word in words}:
        is_plural = tree.tag[noun] == "NNS"
        return [subject, (" are " if is_plural else " is ", -1), (inner, start), (".", -1)]
    if STATE.match(inner) and not FINITE.search(inner):
        was = _be(plural=tree.tag[noun] == "NNS", past=words[0] not in STATES)
        return [subject, (f" {was} ", -1), (inner, start), (".", -1)]
    return []


def _is_past(tree: Tree) -> bool:
    return any(tree.is_past(root) for root in tree.roots)


def _be(*, plural: bool, past: bool) -> str:
    return ("were" if plural else "was") if past else ("are" if plural else "is")


def _of_a_part(tree: Tree, noun: int, whole: str, start: int, part: re.Match[str]) -> list[Piece]:
    """ "Some 3,400 lorries, most of them registered in Latvia": most of the lorries were registered in Latvia."""
    several = next((t for t in (noun, *tree.ancestors(noun)) if tree.tag[t] in {"NNS", "NNPS"} and t <= noun), None)
    if several is None or tree.label[several] in {"DATE", "TIME", "PERCENT"}:
        return []
    first = min([several, *(kid for kid in tree.kids(several, "compound") if kid < several)])
    thing = (whole[tree.starts[first] : tree.starts[several] + len(tree.words[several])], tree.starts[first])
    if first == 0 and tree.tag[several] == "NNS":
        thing = (thing[0][:1].lower() + thing[0][1:], thing[1])
    share, said = ("part", "said") if part["part"] else ("all", "of_all")
    of = " of the " if part["part"] else " the "
    single = part[share].split()[-1].lower() in SINGLE
    be = f" {_be(plural=not single, past=_is_past(tree))} " if part["them"] in {"them", None} else " "
    return [
        (part[share], start + part.start(share)), (of, -1), thing, (be, -1), (part[said], start + part.start(said)),
        (".", -1),
    ]  # fmt: skip


def _name(tree: Tree, noun: int) -> int:
    """Where the noun phrase up to `noun` begins in the sentence."""
    tokens = [token for token in tree.subtree(noun) if token <= noun]
    while len(tokens) > 1 and tokens[0] != noun and tree.pos[tokens[0]] in {"PUNCT", "CCONJ", "SPACE"}:
        tokens.pop(0)
    return tree.starts[tokens[0]]
