"""Names and phrases of a statement: words that are one term together."""

from dataclasses import dataclass, field

from claims.matching.lexicon import concepts, phrases
from claims.matching.names import name_at
from claims.matching.sheet import Sheet
from claims.matching.tables import word_list

KINDS = {"NOUN": "noun", "PROPN": "name", "VERB": "verb", "AUX": "verb", "ADJ": "adjective"}
PARTICLE = frozenset(["on", "in", "up", "off", "down", "out", "over", "back", "away", "through", "around", "along"])
MEASURING_WEIGHT = 0.3
TURNING = frozenset(["not", "no", "without", "never", "none", "nothing", "every", "each", "all"])
MEASURING_PHRASES = word_list("measuring phrases")
PLAIN_PHRASES = word_list("plain phrases")
CAUSES = frozenset({"because of", "due to", "owing to", "on account of", "as a result of"})
HALF = 0.4
PARTICLES = frozenset({"prt", "prep", "advmod"})


@dataclass(slots=True)
class Draft:
    """A term while the others are being found. tokens: all of them; first is the one that heads it."""

    tokens: list[int]
    keys: tuple[str, ...]
    kind: str
    weight: float = 1.0
    group: int = -1
    lemma: str = ""
    degree: str = ""
    roles: list[tuple[str, int]] = field(default_factory=list)


def read_names(sheet: Sheet) -> list[Draft]:
    found: list[Draft] = []
    token = 0
    while token < len(sheet):
        named = None if sheet.taken[token] else name_at(sheet, token)
        if named is None:
            token += 1
            continue
        keys, end = named
        sheet.take(token, end)
        head = next((t for t in range(token, end) if not token <= sheet.tree.head[t] < end), end - 1)
        tokens = [head, *(t for t in range(token, end) if t != head)]
        found.append(Draft(tokens, keys, "name", lemma=sheet.tree.lemma[head]))
        token = end
    return found


def read_set_phrases(sheet: Sheet) -> list[Draft]:
    """Phrases with a word in them that would be read as a negation or a quantifier: "without dissent", "every year"."""
    return read_phrases(sheet, only=TURNING)


def read_phrases(sheet: Sheet, only: frozenset[str] = frozenset()) -> list[Draft]:
    """Phrases of the lexicon, the longest first wherever they begin; `only` those with one of these words."""
    matches: list[tuple[list[int], tuple[str, ...]]] = []
    for token in range(len(sheet)):
        starts = dict.fromkeys((sheet.tree.lemma[token], sheet.tree.lower[token]))
        for phrase in (phrase for start in starts for phrase in phrases().get(start, ())):
            wanted = not only or bool(only & set(phrase))
            tokens = _follow(sheet, token, phrase) if wanted and not sheet.taken[token] else []
            if tokens:
                matches.append((tokens, phrase))
    found: list[Draft] = []
    for tokens, phrase in sorted(matches, key=lambda match: (-len(match[1]), match[0])):
        if any(sheet.taken[token] for token in tokens):
            continue
        for token in tokens:
            sheet.taken[token] = True
        keys = (*concepts()[" ".join(phrase)], "+=" + " ".join(phrase))
        top = next((token for token in tokens if sheet.tree.head[token] not in tokens), tokens[0])
        tokens = [top, *(token for token in tokens if token != top)]
        kind = KINDS.get(sheet.tree.pos[top], "other")
        amount = " ".join(phrase) in MEASURING_PHRASES and any(sheet.taken[n] for n in sheet.tree.subtree(tokens[0]))
        weight = (
            MEASURING_WEIGHT
            if amount
            else 0.0
            if " ".join(phrase) in PLAIN_PHRASES
            else HALF
            if " ".join(phrase) in CAUSES
            else 1.0
        )
        found.append(Draft(tokens, keys, kind, weight, lemma="_".join(phrase)))
    return found


def _follow(sheet: Sheet, token: int, phrase: tuple[str, ...]) -> list[int]:
    """The tokens of `phrase` from `token` on: side by side, or with what a verb takes before its particle between."""
    tokens = [token]
    for place, word in enumerate(phrase[1:], start=1):
        following = tokens[-1] + 1
        following = following if _is(sheet, following, word) else _skip(sheet, following)
        if _is(sheet, following, word) and not _only_preposition(sheet, following, word, place, phrase):
            tokens.append(following)
            continue
        apart = [
            kid
            for kid in sheet.tree.children[token]
            if kid > tokens[-1] and sheet.tree.dep[kid] in PARTICLES and _is(sheet, kid, word)
        ]
        if place == 1 and sheet.tree.is_verb(token) and len(phrase) == 2 and apart and apart[0] - token < 6 \
                and sheet.tree.dep[apart[0]] != "prep":  # fmt: skip
            tokens.append(apart[0])
            continue
        return []
    return tokens


def _only_preposition(sheet: Sheet, token: int, word: str, place: int, phrase: tuple[str, ...]) -> bool:
    """ "fought on the British side" is not "fight on": the particle has a noun of its own."""
    if place != 1 or len(phrase) != 2 or word not in PARTICLE:
        return False
    if not sheet.tree.is_verb(token - 1) and not sheet.tree.tag[token - 1].startswith("VB"):
        return sheet.tree.tag[token - 1] in {"NNS", "NN"} and sheet.tree.dep[token] == "prep"
    return sheet.tree.dep[token] == "prep" and sheet.tree.kid(token, "pobj") is not None


def _skip(sheet: Sheet, token: int) -> int:
    """Past an article or a possessive inside a phrase: "set the record", "lost their lives"."""
    if token < len(sheet) and not sheet.taken[token] and sheet.tree.lower[token] in {
        "the", "a", "an", "its", "his", "her", "their", "more", "any",
    }:  # fmt: skip
        return token + 1
    return token


def _is(sheet: Sheet, token: int, word: str) -> bool:
    if not 0 <= token < len(sheet) or sheet.taken[token]:
        return False
    return word in {sheet.tree.lemma[token], sheet.tree.lower[token]}
