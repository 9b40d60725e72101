"""What a sentence says between dashes, written out as statements that can be parsed by themselves."""

from claims.extraction.reading import RELATIVE, SPEECH, Reading
from claims.extraction.tree import Tree

Piece = tuple[str, int]  # words, and where they begin in the sentence; -1 for words that are put in
SAYS = frozenset(SPEECH.split("|"))
RANKING = frozenset({"first", "last", "only", "largest", "biggest", "highest", "lowest", "longest", "oldest", "most"})


def further_statements(tree: Tree, reading: Reading) -> list[list[Piece]]:
    """The statements made between dashes, each in pieces; empty for what only comments."""
    found = [[_trimmed(reading.whole, start, end)] for start, end in reading.statements]
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
    if not words or tree.tag[noun] == "CD" or tree.label[noun] in {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT"}:
        return []
    if relative and any(word.strip(",") in SAYS for word in words[1:5]):
        return []  # "which Ann Lee said were built in 2019"
    if relative:
        return [subject, (" ", -1), (inner[relative.end() :], start + relative.end()), (".", -1)]
    if words[0].lower() in {"a", "an", "the"} and RANKING & {word.lower() for word in words}:
        is_plural = tree.tag[noun] == "NNS"
        return [subject, (" are " if is_plural else " is ", -1), (inner, start), (".", -1)]
    return []


def _name(tree: Tree, noun: int) -> int:
    """Where the noun phrase up to `noun` begins in the sentence."""
    tokens = [token for token in tree.subtree(noun) if token <= noun]
    while len(tokens) > 1 and tokens[0] != noun and tree.pos[tokens[0]] in {"PUNCT", "CCONJ", "SPACE"}:
        tokens.pop(0)
    return tree.starts[tokens[0]]
