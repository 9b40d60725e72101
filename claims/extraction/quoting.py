"""Which words stand inside quotation marks, in a sentence and from one sentence to the next."""

from claims.extraction.tree import Tree

OPENING = frozenset("“„«")
CLOSING = frozenset("”»")
STRAIGHT = frozenset({'"', "''", "``"})
SINGLE_CLOSING = frozenset({"’", "'"})
BEFORE_OPENING = frozenset("([—–-:")


def quoted_tokens(tree: Tree, *, open_before: bool) -> tuple[frozenset[int], bool]:
    """The tokens inside quotation marks, and whether a quotation is still open where the sentence ends."""
    inside: set[int] = set()
    is_open, opened_with = open_before, ""
    for token, word in enumerate(tree.words):
        if word in OPENING:
            is_open = not (is_open and opened_with == "„" and word == "“")  # „so“ closes with what opens elsewhere
            opened_with = word
        elif word in CLOSING:
            is_open = False
        elif word in STRAIGHT:
            is_open = _is_open_after(tree, token, is_open=is_open)
        elif is_open:
            inside.add(token)
        elif word == "‘":
            inside.update(_single(tree, token))
    return frozenset(inside), is_open


def _is_open_after(tree: Tree, token: int, *, is_open: bool) -> bool:
    """A straight mark opens before a word and closes behind one: the inches of 5'10\" do neither."""
    before = tree.words[token - 1] if token else ""
    opens = not tree.space_after[token] and (not token or tree.space_after[token - 1] or before in BEFORE_OPENING)
    closes = bool(token) and not tree.space_after[token - 1]
    return opens if opens != closes else not is_open


def _single(tree: Tree, opening: int) -> range:
    """The tokens of ‘so’, if the mark that closes is in the sentence; an apostrophe is none."""
    for token in range(opening + 1, len(tree)):
        if tree.words[token] in SINGLE_CLOSING and tree.tag[token] != "POS":
            return range(opening + 1, token)
    return range(0)
