"""Negation, modality and quantifiers of a statement: what turns it round, weakens it, or says of how many it holds."""

from claims.matching.conditions import Quantifier
from claims.matching.lexicon import keys_of
from claims.matching.sheet import Sheet

# Words that turn a statement round. Those with "+" turn round the verb that hangs on them: "failed to attend".
NEGATIONS = frozenset("not n't never no none nobody nothing neither nor without nowhere cannot hardly scarcely barely".split())
NEGATIVE_PHRASES = (
    "no one", "not a single", "not one", "not any", "no longer", "by no means", "in no way", "under no circumstances",
    "none of", "neither of", "at no point", "at no time", "no-one", "not at all", "not even", "anything but",
    "far from", "a lack of", "in the absence of", "absence of", "lack of", "free of", "devoid of",
)  # fmt: skip
# Verbs and adjectives with a verb hanging on them, and whether what that says is so.
IMPLICATIVE = {
    "fail": -1, "refuse": -1, "decline": -1, "neglect": -1, "omit": -1, "forget": -1, "avoid": -1, "unable": -1,
    "unwilling": -1, "manage": 1, "able": 1, "succeed": 1, "choose": 1, "happen": 1, "proceed": 1, "go": 1, "abstain": -1,
    "refrain": -1, "failure": -1, "refusal": -1, "inability": -1, "stop short": -1, "bother": 1, "get": 1, "opt": 1,
    "decide": 1, "agree": 1, "come": 1, "help": 1,
}  # fmt: skip
LACKING = frozenset({"lack"})
PLANNED = (
    "will", "shall", "'ll", "’ll", "going to", "plan to", "plans to", "planned to", "plans for", "planning to",
    "intends to", "intend to", "intended to", "set to", "due to be", "expected to", "aims to", "aim to", "hopes to",
    "hope to", "scheduled to", "is to", "are to", "about to", "wants to", "want to", "wanted to", "vows to", "vowed to",
    "promised to", "promises to", "pledged to", "pledges to", "proposes to", "proposed to", "slated to", "wo",
    "promise to", "pledge to", "vow to", "was to", "were to", "has plans to", "have plans to", "intention of",
    "intention to", "due to open", "due to start", "due to begin", "due to close", "scheduled for", "plans on",
    "considering", "hoped to", "seeks to", "seek to", "sought to", "tried to", "try to", "tries to", "attempted to",
    "threatened to", "threatens to", "threaten to", "proposal to", "likely to", "bound to", "poised to", "ready to",
)  # fmt: skip
POSSIBLE = (
    "may", "might", "could", "possibly", "perhaps", "maybe", "potentially", "it is possible", "possible that",
    "probably", "can",
)  # fmt: skip
ALLEGED = (
    "allegedly", "reportedly", "supposedly", "purportedly", "alleged", "suspected", "suspected of", "accused of", "rumoured",
    "rumored", "apparently", "is said to", "are said to", "was said to", "were said to", "is believed to",
    "are believed to", "is thought to", "are thought to", "believed to have", "thought to have",
)  # fmt: skip
CONDITIONAL = ("would", "'d", "if", "unless", "provided that", "should")
MODALITIES = {"alleged": ALLEGED, "conditional": CONDITIONAL, "possible": POSSIBLE, "planned": PLANNED}
SIZES = {
    "all": (
        "all", "all of", "every", "each", "every one of", "each of", "all the", "every single", "everyone", "everybody",
        "entire", "whole", "the whole of", "without exception", "everything", "each and every", "all of the",
    ),
    "most": (
        "most of", "most", "a majority of", "the majority of", "majority of", "more than half of", "more than half",
        "over half of", "over half", "the bulk of", "mostly", "the vast majority of", "a large majority of", "mainly",
        "the better part of", "the greater part of", "largely",
    ),
    "some": ("some of", "some", "a number of", "several", "a few", "a handful of", "certain", "various", "partly", "in part"),
    "many": (
        "many of", "many", "a lot of", "lots of", "numerous", "a large number of", "large numbers of", "countless", "scores of",
        "dozens of", "hundreds of", "thousands of", "a great many", "plenty of", "a great deal of", "a good deal of",
        "a great number of", "multiple",
    ),
    "few": ("few of", "few", "hardly any", "very few", "only a few", "scarcely any", "a minority of", "little", "almost no",
            "barely any"),
    "only": ("only", "exclusively", "solely", "nobody but", "alone", "the only", "the sole", "sole", "none other than"),
    "both": ("both of", "both"),
    "always": ("always", "at all times", "invariably", "constantly"),
    "often": ("often", "frequently", "regularly", "usually", "generally", "typically", "normally", "commonly", "as a rule"),
    "sometimes": ("sometimes", "occasionally", "at times", "now and then", "from time to time", "once in a while"),
    "rarely": ("rarely", "seldom", "infrequently"),
}  # fmt: skip
EXCEPT = ("except for", "except", "other than", "apart from", "besides", "but for", "aside from", "save for", "with the exception of")
DONE = frozenset({"some", "other", "case"})


def read_negations(sheet: Sheet) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Negating words as written, and their tokens; they are used up."""
    found: list[tuple[str, int]] = []
    token = 0
    while token < len(sheet):
        end = token if sheet.taken[token] else _negation_end(sheet, token)
        if end > token:
            found.append((sheet.take(token, end), token))
        token = max(end, token + 1)
    return tuple(words for words, _ in found), tuple(place for _, place in found)


def _negation_end(sheet: Sheet, token: int) -> int:
    tree = sheet.tree
    phrase = sheet.at(token, *NEGATIVE_PHRASES)
    if phrase:
        return token + phrase
    word = tree.lower[token]
    if word in NEGATIONS:
        if word == "no" and sheet.at(token, "no .", "no. "):
            return token
        return token + 1
    lemma = tree.lemma[token]
    if IMPLICATIVE.get(lemma, 0) < 0 and _has_verb_below(sheet, token):
        return token + 1
    if lemma in LACKING and (tree.is_verb(token) or tree.kid(token, "prep") is not None):
        return token + (2 if sheet.at(token + 1, "of") else 1)
    return token


def _has_verb_below(sheet: Sheet, token: int) -> bool:
    """Does a verb hang on this one? "failed to pay", "refused to sign", "avoided paying"."""
    tree = sheet.tree
    if any(tree.tag[kid].startswith("VB") for kid in tree.kids(token, "xcomp", "acl", "ccomp", "advcl")):
        return True
    preps = tree.kids(token, "prep")
    return any(tree.kid(prep, "pcomp") is not None for prep in preps)


def implied(sheet: Sheet) -> None:
    """Use up verbs that only say that what hangs on them was done: "managed to", "was able to"."""
    for token in range(len(sheet)):
        if not sheet.taken[token] and IMPLICATIVE.get(sheet.tree.lemma[token], 0) > 0:
            following = sheet.tree.lower[token + 1 : token + 2]
            if following in (["to"], ["in"]) and _has_verb_below(sheet, token):
                sheet.take(token, token + 1)


def read_modality(sheet: Sheet) -> str:
    """asserted, planned, possible, conditional or alleged; its words are used up."""
    modality = "asserted"
    for name, patterns in MODALITIES.items():
        for token in range(len(sheet)):
            length = 0 if sheet.taken[token] else sheet.at(token, *patterns)
            if not length or (length == 1 and not _is_modal(sheet, token)):
                continue
            if name == "planned" and length > 1 and not sheet.free(token, token + length):
                continue
            sheet.take(token, token + length)
            if sheet.tree.lower[token] != "can":
                modality = name if modality == "asserted" else modality
    return modality


def _is_modal(sheet: Sheet, token: int) -> bool:
    word = sheet.tree.lower[token]
    if word in {"may", "will", "might", "can", "'d", "should", "would", "could", "wo"}:
        return sheet.tree.tag[token] == "MD"
    return True


def read_quantifiers(sheet: Sheet) -> tuple[Quantifier, ...]:
    """Of how many the statement holds, in its order; their words are used up."""
    found: list[Quantifier] = []
    token = 0
    while token < len(sheet):
        size, end = ("", token) if sheet.taken[token] else _size_at(sheet, token)
        if size:
            found.append(Quantifier(sheet.take(token, end), size, _of(sheet, end)))
        token = max(end, token + 1)
    return tuple(found)


def _size_at(sheet: Sheet, token: int) -> tuple[str, int]:
    tree = sheet.tree
    best, length = "", 0
    for size, patterns in SIZES.items():
        found = sheet.at(token, *patterns)
        if found > length and sheet.free(token, token + found):
            best, length = size, found
    if length == 1 and not _counts(sheet, token, best):
        return "", token
    return best, token + length


def _counts(sheet: Sheet, token: int, size: str) -> bool:
    """Is this one word a quantifier here? Not "most" of "most populous", "all" of "at all", "little" of "a little boy"."""
    tree = sheet.tree
    word = tree.lower[token]
    following = tree.pos[token + 1] if token + 1 < len(tree) else "PUNCT"
    if word == "most":
        return following in {"NOUN", "PROPN"} or (following == "ADJ" and tree.head[token] != token + 1)
    if word in {"little", "whole", "entire", "certain", "sole"}:
        return following == "NOUN" and (word != "little" or not sheet.ending_at(token, "a", "the"))
    if word == "each":
        return following in {"NOUN", "ADJ"}
    if word in {"many", "few"}:
        return not sheet.ending_at(token, "as", "how", "so", "the", "too")
    if word == "some":
        return following != "NUM"
    if word == "all":
        return not sheet.ending_at(token, "at", "in", "of")
    if word == "alone":
        return tree.pos[token] == "ADV" and token > 0 and tree.pos[token - 1] in {"PROPN", "NOUN", "NUM"}
    return True


def _of(sheet: Sheet, end: int) -> tuple[str, ...]:
    for token in range(end, min(end + 4, len(sheet))):
        if sheet.tree.pos[token] in {"NOUN", "PROPN"}:
            return keys_of(sheet.tree.lemma[token], sheet.tree.lower[token], sheet.tree.tag[token])
    return ()
