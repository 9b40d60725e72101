"""Named signals in a stretch of a sentence. Each is a phrase that an editor understands."""

import re

from claims.extraction.tree import Tree
from claims.extraction.vocabulary import (
    CAUSES,
    CAUSES_WITH_TO,
    CHANGES,
    EXPECTING,
    HARMS,
    LAW_NOUNS,
    LAW_VERBS,
    MODALS,
    MONTHS,
    OPINIONS,
    POSITIONS,
    SMALL_NUMBERS,
)

NUMBER = "a number"
PERCENTAGE = "a percentage"
MONEY = "an amount of money"
DATE = "a date or year"
DAY = "a day or time"
FIRST = "first, last or only of its kind"
SUPERLATIVE = "a superlative or record"
COMPARISON = "a comparison"
NAME = "a named person, body or place"
NAMES = "several names"
CAUSE = "a cause or effect"
LAW = "a law, ruling or official act"
CHANGE = "a change that can be measured"
HARM = "deaths, injuries or crimes"
EVENT = "a past event with a named actor"
PAST = "something that has happened"
HISTORY = "something of long ago"
POSITION = "a vote or a stand"
QUOTE = "words in quotation marks"
SOURCE = "said by a named source"
OPINION = "words of opinion"
DUTY = "what should be"
PREDICTION = "a prediction"
CONDITION = "a condition"
SPEAKER = "first person (I, we)"
ADDRESS = "addressed to the reader"
QUESTION = "a question"
INSTRUCTION = "an instruction"
FRAGMENT = "not a whole sentence"
POINTER = "a pronoun where a name should be"
VAGUE = "no name, number or date"
SHORT = "very short"
LONG = "long"

SHORT_WORDS = 6
LONG_WORDS = 20

ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "LAW", "EVENT"})
ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|’s|'s)?")
OLD_YEAR = re.compile(r"1[5-9]\d\d(?:s|’s|'s)?")
DUTIES = frozenset({"should", "must", "ought"})
COMPARING = frozenset(["than", "compared", "twice", "double", "triple", "versus"])
RANKING = frozenset({"first", "last", "only"})
QUOTATION_MARKS = frozenset(["“", "”", '"', "``", "''"])
SPEAKER_WORDS = frozenset(["i", "we", "my", "our", "me", "us", "myself", "ourselves", "mine", "ours"])


def signals(tree: Tree, tokens: list[int], verb: int, *, sourced: bool = False) -> list[str]:
    """The signals found in `tokens`, whose main verb is `verb`. The order says nothing."""
    found = [name for name, present in _numbers(tree, tokens).items() if present]
    found += [name for name, present in _facts(tree, tokens, verb, sourced=sourced).items() if present]
    found += [name for name, present in _doubts(tree, tokens, verb).items() if present]
    if not {NUMBER, PERCENTAGE, MONEY, DATE, DAY, NAME} & set(found):
        found.append(VAGUE)
    return found


def _numbers(tree: Tree, tokens: list[int]) -> dict[str, bool]:
    labels = {token: tree.label[token] for token in tokens}
    lower = {tree.lower[token] for token in tokens}
    money = any(label == "MONEY" for label in labels.values()) or bool(lower & {"$", "£", "€", "¥"})
    dated = [t for t in tokens if YEAR.fullmatch(tree.lower[t]) or (tree.lower[t] in MONTHS and tree.tag[t] == "NNP")]
    return {
        MONEY: money,
        PERCENTAGE: bool(lower & {"%", "percent", "percentage"}) or "PERCENT" in labels.values(),
        NUMBER: any(_is_count(tree, token) for token in tokens),
        DATE: bool(dated),
        DAY: not dated and bool({"DATE", "TIME"} & set(labels.values())),
    }


def _is_count(tree: Tree, token: int) -> bool:
    if tree.lower[token] in {"hundreds", "thousands", "millions", "billions", "dozens"}:
        return True
    if tree.lower[token] in SMALL_NUMBERS and token > 0 and tree.tag[token - 1] in {"DT", "PRP$", "POS"}:
        return False  # "the two countries" says which, not how many
    if ":" in tree.words[token] or (
        token > 0 and tree.tag[token - 1] in {"NNP", "NNPS"} and tree.dep[token] == "nummod"
    ):
        return False  # "21:00" and "iOS 13" count nothing
    named = tree.label[token] in {"DATE", "TIME", "MONEY", "PERCENT"}
    return tree.tag[token] == "CD" and not named and tree.lower[token] not in {"one", "’s"}


def _facts(tree: Tree, tokens: list[int], verb: int, *, sourced: bool) -> dict[str, bool]:
    lemmas = {tree.lemma[token] for token in tokens}
    lower = {tree.lower[token] for token in tokens}
    inside = set(tokens)
    named = [entity for entity in tree.entities if entity.label in ENTITIES and entity.last in inside]
    degrees = {
        tree.tag[token]
        for token in tokens
        if tree.lower[token] not in {"least", "more", "most"} and tree.label[token] not in {"DATE", "TIME"}
    }
    happened = tree.is_verb(verb) and (tree.is_past(verb) or _is_perfect(tree, verb))
    actor = _acts(tree, tokens, verb)
    return {
        FIRST: any(
            tree.lower[t] in RANKING and tree.dep[t] == "amod" and tree.label[t] in {"", "ORDINAL"} for t in tokens
        ),
        SUPERLATIVE: bool({"JJS", "RBS"} & degrees) or "record" in lower,
        COMPARISON: bool(lower & COMPARING) or bool({"JJR", "RBR"} & degrees),
        NAME: bool(named),
        NAMES: len({entity.text for entity in named}) >= 2,
        CAUSE: any(_is_cause(tree, token) for token in tokens),
        LAW: any(_is_legal(tree, token) for token in tokens),
        CHANGE: bool(lemmas & CHANGES),
        HARM: bool(lemmas & HARMS),
        EVENT: happened and actor,
        PAST: happened and not actor,
        HISTORY: any(_is_long_ago(tree, token) for token in tokens),
        POSITION: any(tree.lemma[token] in POSITIONS and tree.pos[token] == "VERB" for token in tokens),
        QUOTE: bool(lower & QUOTATION_MARKS),
        SOURCE: sourced,
    }


def _is_cause(tree: Tree, token: int) -> bool:
    """A word for cause and effect; some are one only before "to": "due to rain", not "due on Friday"."""
    following = tree.lower[token + 1] if token + 1 < len(tree) else ""
    return tree.lemma[token] in CAUSES or (tree.lemma[token] in CAUSES_WITH_TO and following == "to")


def _is_legal(tree: Tree, token: int) -> bool:
    words = LAW_VERBS if tree.tag[token].startswith("VB") else LAW_NOUNS
    return tree.lemma[token] in words and tree.tag[token][:2] in {"VB", "NN"}


def _is_long_ago(tree: Tree, token: int) -> bool:
    named = tree.label[token] == "DATE"
    return OLD_YEAR.fullmatch(tree.lower[token]) is not None or (named and tree.lemma[token] in {"decade", "century"})


def _is_perfect(tree: Tree, verb: int) -> bool:
    return any(tree.lower[aux] in {"has", "have", "had", "’ve", "'ve"} for aux in tree.auxiliaries(verb))


def _acts(tree: Tree, tokens: list[int], verb: int) -> bool:
    """Is there a named actor in front of the verb? A subject that is inherited does not hang on it."""
    return any(token < verb and tree.label[token] in ACTORS for token in tokens)


def _doubts(tree: Tree, tokens: list[int], verb: int) -> dict[str, bool]:
    lower = {tree.lower[token] for token in tokens if tree.words[token] != "US"}
    lemmas = {tree.lemma[token] for token in tokens}
    auxiliaries = {tree.lower[aux] for aux in tree.auxiliaries(verb)}
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    words = [token for token in tokens if tree.pos[token] not in {"PUNCT", "SPACE"}]
    return {
        OPINION: any({tree.lower[t], tree.lemma[t]} & OPINIONS for t in tokens if not tree.tag[t].startswith("NNP")),
        DUTY: bool(lower & DUTIES),
        PREDICTION: bool(auxiliaries & MODALS) or bool(lemmas & EXPECTING),
        CONDITION: bool(lower & {"if", "unless"}),
        SPEAKER: bool(lower & SPEAKER_WORDS),
        ADDRESS: bool(lower & {"you", "your", "yourself"}),
        POINTER: subject is not None and tree.lower[subject] in {"it", "they", "he", "she", "this", "that", "these"},
        SHORT: len(words) < SHORT_WORDS,
        LONG: len(words) >= LONG_WORDS,
    }
