"""The score of a whole sentence, as lines of a file and the training data have it."""

from claims.extraction import signals as s
from claims.extraction.assessment import why_not
from claims.extraction.sentences import MAX_SENTENCE_CHARACTERS, MAX_SENTENCE_WORDS, MAX_WORD_CHARACTERS
from claims.extraction.splitting import split
from claims.extraction.tree import Tree
from claims.extraction.words import terms
from claims.extraction.worthiness import weigh

SIGNAL_OF_REFUSAL = {"question": s.QUESTION, "instruction": s.INSTRUCTION, "fragment": s.FRAGMENT}


def score(tree: Tree, meaning: float | None) -> float | None:
    """Check-worthiness of one sentence, 0.0 to 1.0; None where it has no word. meaning: as in worthiness.weigh."""
    if not any(character.isalnum() for word in tree.words for character in word):
        return None
    return weigh(signals_of(tree), terms=terms(tree, range(len(tree))), meaning=meaning)[0]


def signals_of(tree: Tree) -> list[str]:
    """The signals of a whole sentence, with the one for what is no statement at all."""
    drafts = split(tree)
    verb = next((root for root in tree.roots if tree.is_verb(root)), 0)
    found = s.signals(tree, list(range(len(tree))), verb, sourced=any(draft.claimant for draft in drafts))
    refusal = why_not(tree, drafts)
    return found if refusal is None else [*found, SIGNAL_OF_REFUSAL[refusal]]


def is_readable(line: str) -> bool:
    """Is `line` within the limits of sentences.py?"""
    if len(line) > MAX_SENTENCE_CHARACTERS:
        return False
    words = line.split()
    return len(words) <= MAX_SENTENCE_WORDS and all(len(word) <= MAX_WORD_CHARACTERS for word in words)
