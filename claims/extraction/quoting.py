"""Which words stand inside quotation marks, in a sentence and from one sentence to the next."""

from claims.extraction.tree import Tree

OPENING = frozenset("“„«")
CLOSING = frozenset("”»")


def quoted_tokens(tree: Tree, *, open_before: bool) -> tuple[frozenset[int], bool]:
    """The tokens inside quotation marks, and whether a quotation is still open where the sentence ends."""
    inside: set[int] = set()
    is_open = open_before
    for token, word in enumerate(tree.words):
        if word in OPENING:
            is_open = True
        elif word in CLOSING:
            is_open = False
        elif word in {'"', "''", "``"}:
            is_open = not is_open
        elif is_open:
            inside.add(token)
    return frozenset(inside), is_open
