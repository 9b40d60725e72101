"""The words of a statement as the score sees them: names and numbers masked by their kind."""

from collections.abc import Iterable
from itertools import pairwise

from claims.extraction.tree import Tree

NAME, NUMBER = "<name>", "<number>"
SIGNS = frozenset("$£€¥%")
NAME_TAGS = frozenset({"NNP", "NNPS"})


def terms(tree: Tree, tokens: Iterable[int]) -> frozenset[str]:
    """The words of `tokens`, in lower case, and each two that follow each other.

    "Ford sold 20 cars" gives <org>, sold, <cardinal>, cars, "<org> sold", "sold <cardinal>", "<cardinal> cars":
    who and how many change with the news, what is said about them does not.
    """
    words = _masked(tree, tokens)
    return frozenset(words) | {f"{one} {other}" for one, other in pairwise(words)}


def _masked(tree: Tree, tokens: Iterable[int]) -> list[str]:
    words: list[str] = []
    lasts = {entity.last for entity in tree.entities}
    for token in tokens:
        if tree.label[token]:
            if token in lasts:
                words.append(f"<{tree.label[token].lower()}>")
        elif tree.tag[token] == "CD" or any(character.isdigit() for character in tree.words[token]):
            words.append(NUMBER)
        elif tree.tag[token] in NAME_TAGS:
            if words[-1:] != [NAME]:
                words.append(NAME)
        elif _is_word(tree, token):
            words.append(tree.lower[token].replace("’", "'"))
    return words


def _is_word(tree: Tree, token: int) -> bool:
    word = tree.words[token]
    return word in SIGNS or (tree.pos[token] not in {"PUNCT", "SPACE"} and any(map(str.isalnum, word)))
