"""What words may mean: concepts with a sign, from tables/concepts.txt, and the forms of words that are not in it.

A key is a sign and a name: "+move" is going up and "-move" going down, "+=ferry" the word itself, "+~investig" what
is left of a word without its endings. Two words agree if they share a key, and are opposites if they share its name.
"""

import re
from functools import cache, lru_cache

from claims.matching.tables import lines, listed, word_list

# Endings that turn a word into another class and keep its meaning; "-er", "-ee" and "-ist" make another person.
ENDINGS = re.compile(
    r"(?:ization|isation|ational|ations?|itions?|ions?|ments?|ances?|ences?|ings?|ities|ity|ness|ical|ally|ately|al|ive"
    r"|able|ible|ous|ful|ly|ed|es|e|s|y|ic|ant|ent|ate|ise|ize)$"
)
SHORTEST_STEM = 5
UN = re.compile(r"(?:un|non-?)(?=\w{4})")
IN = re.compile(r"(?:in|im|il|ir|dis)(?=\w{4})")
NO_PREFIX = word_list("no prefix")


@cache
def concepts() -> dict[str, tuple[str, ...]]:
    """Words and phrases to their signed concepts."""
    found: dict[str, dict[str, None]] = {}
    for line in lines("concepts"):
        name, _, words = line.partition(":")
        for sign, side in zip("+-", words.split("|"), strict=False):
            for word in listed(side):
                found.setdefault(word.lower(), {})[sign + name.strip()] = None
    return {word: tuple(keys) for word, keys in found.items()}


@cache
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """Phrases of two words or more by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in concepts():
        words = tuple(phrase.split())
        if len(words) > 1:
            found.setdefault(words[0], []).append(words)
    return {first: sorted(many, key=len, reverse=True) for first, many in found.items()}


@lru_cache(maxsize=50_000)  # words of articles have no end
def keys_of(lemma: str, word: str, tag: str) -> tuple[str, ...]:
    """What one word may mean, concepts first; `tag` is its Penn tag."""
    found = dict.fromkeys((*concepts().get(lemma, ()), *concepts().get(word, ())))
    if not found:
        for other in other_lemmas(word):
            found.update(dict.fromkeys(concepts().get(other, ())))
    found["+=" + lemma] = None
    if tag.startswith("RB") and lemma.endswith("ly"):
        for adjective in _adjectives(lemma):
            found.update(dict.fromkeys((*concepts().get(adjective, ()), "+=" + adjective)))
    positive = _without_prefix(lemma, tag)
    if positive:
        found.update({("-" if key[0] == "+" else "+") + key[1:]: None for key in keys_of(positive, positive, tag)})
    if tag in {"JJ", "VBN", "VBD", "NN", "NNS"}:
        for other in other_lemmas(word):
            found.setdefault("+=" + other, None)
    stem = stem_of(lemma)
    if stem:
        found["+~" + stem] = None
    return tuple(found)


@lru_cache(maxsize=50_000)
def other_lemmas(word: str) -> tuple[str, ...]:
    """Dictionary forms of `word` in any class: the parser takes "cuts" for a noun and "fell" for an adjective."""
    from lemminflect import getAllLemmas

    return tuple(dict.fromkeys(lemma for lemmas in getAllLemmas(word).values() for lemma in lemmas if lemma != word))


def _adjectives(adverb: str) -> tuple[str, ...]:
    """ "seriously": serious; "easily": easy; "possibly": possible."""
    stem = adverb[:-2]
    return tuple(dict.fromkeys((stem, stem[:-1] + "y" if stem.endswith("i") else stem, adverb[:-1] + "e")))


def stem_of(lemma: str) -> str:
    """`lemma` without its endings, or "" where too little is left."""
    stem = ENDINGS.sub("", lemma)
    stem = ENDINGS.sub("", stem) if len(stem) > SHORTEST_STEM + 1 else stem
    return stem if len(stem) >= SHORTEST_STEM else ""


def _without_prefix(lemma: str, tag: str) -> str:
    """The word that `lemma` denies ("unsafe": "safe"), or ""."""
    from lemminflect import getAllLemmas

    if lemma in NO_PREFIX or lemma in concepts() or not tag.startswith(("JJ", "RB", "VBN", "VBD", "NN")):
        return ""
    match = UN.match(lemma) or (IN.match(lemma) if tag.startswith(("JJ", "RB")) else None)
    rest = lemma[match.end() :] if match else ""
    known = getAllLemmas(rest) if rest else {}
    return rest if "ADJ" in known or (match and match.group().startswith("un") and "VERB" in known) else ""
