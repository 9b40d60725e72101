"""Negation, modality and quantifiers of a statement: what turns it round, weakens it, or says of how many it holds."""

from collections.abc import Collection

from claims.matching.conditions import Quantifier
from claims.matching.lexicon import keys_of
from claims.matching.sheet import Sheet

# Words that turn a statement round. Those with "+" turn round the verb that hangs on them: "failed to attend".
NEGATIONS = frozenset("unless not n't never no none nobody nothing neither nor without nowhere cannot hardly scarcely barely".split())
NEGATIVE_PHRASES = (
    "no one", "not a single", "not one", "not any", "no longer", "by no means", "in no way", "under no circumstances",
    "none of", "neither of", "at no point", "at no time", "no-one", "not at all", "not even", "anything but",
    "far from", "a lack of", "in the absence of", "absence of", "lack of", "free of", "devoid of",
    "rather than", "instead of", "as opposed to",
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
    "intention to", "scheduled for", "plans on",
    "due to", "considering", "hoped to", "seeks to", "seek to", "sought to", "tried to", "try to", "tries to", "attempted to",
    "threatened to", "threatens to", "threaten to", "proposal to", "likely to", "bound to", "poised to", "ready to",
)  # fmt: skip
POSSIBLE = (
    "may", "might", "could", "possibly", "perhaps", "maybe", "potentially", "it is possible", "possible that",
    "probably", "can",
)  # fmt: skip
ALLEGED = (
    "allegedly", "reportedly", "supposedly", "purportedly", "alleged", "suspected", "suspected of", "rumoured",
    "rumored", "apparently", "is said to", "are said to", "was said to", "were said to", "is believed to",
    "are believed to", "is thought to", "are thought to", "believed to have", "thought to have",
)  # fmt: skip
CONDITIONAL = ("would", "'d", "if", "provided that", "should")
REQUIRED = (
    "must", "has to", "have to", "had to", "is required to", "are required to", "was required to", "were required to",
    "is obliged to", "are obliged to", "was obliged to", "were obliged to", "needs to", "need to", "be required to",
    "is compelled to", "are compelled to", "was forced to", "were forced to", "is forced to", "are forced to",
    "is obligated to", "are obligated to", "it is compulsory for", "it is mandatory for",
)  # fmt: skip
MODALITIES = {"required": REQUIRED, "alleged": ALLEGED, "conditional": CONDITIONAL, "possible": POSSIBLE, "planned": PLANNED}
FIRST_SIZES = ("not all", "most", "one of")  # before numbers and negations are read
SIZES = {
    "not all": (
        "not all of the", "not all of", "not all", "not every", "not everyone", "not everybody", "not each of", "not all the",
        "not every one of", "less than all of",
    ),
    "one of": ("one of the", "one of", "among the", "one of its", "one of his", "one of their", "one of her", "amongst the"),
    "all": (
        "all", "all of", "every", "each", "every one of", "each of", "all the", "every single", "everyone", "everybody",
        "entirely", "wholly", "completely", "fully", "totally", "in full", "in its entirety", "full", "entire", "whole", "the whole of", "without exception", "everything", "each and every", "all of the",
    ),
    "most": (
        "most of", "most", "a majority of", "the majority of", "majority of", "more than half of", "more than half",
        "over half of", "over half", "the bulk of", "the vast majority of", "a large majority of",
        "the better part of", "the greater part of",
    ),
    "some": ("some of", "some", "a number of", "several", "a few", "a handful of", "certain", "various"),
    "part": ("partly", "in part", "partially", "to some extent", "in some measure"),
    "many": (
        "many of", "many", "a lot of", "lots of", "numerous", "a large number of", "large numbers of", "countless", "scores of",
        "dozens of", "hundreds of", "thousands of", "a great many", "plenty of", "a great deal of", "a good deal of",
        "a great number of", "multiple",
    ),
    "few": ("few of", "few", "hardly any", "very few", "only a few", "scarcely any", "a minority of", "little", "almost no",
            "barely any"),
    "only": ("only", "exclusively", "solely", "nobody but", "alone", "the only", "the sole", "sole", "none other than", "restricted to",
             "limited to", "confined to", "reserved for", "nothing but", "no one but", "no-one but", "just"),
    "both": ("both of", "both"),
    "of them": ("of them", "of whom", "of which", "of these", "among them", "including", "amongst them"),
    "always": ("always", "at all times", "invariably", "constantly"),
    "often": ("often", "frequently", "regularly", "usually", "generally", "typically", "normally", "commonly", "as a rule"),
    "sometimes": ("sometimes", "occasionally", "at times", "now and then", "from time to time", "once in a while"),
    "rarely": ("rarely", "seldom", "infrequently"),
}  # fmt: skip
MOST_BETWEEN = 12  # words between a negation and its exception
EXCEPT = ("but", "except for", "except", "other than", "apart from", "besides", "but for", "aside from", "save for", "with the exception of")


def read_negations(sheet: Sheet) -> list[tuple[str, int]]:
    """Negating words as written, each with its first token; they are used up."""
    found: list[tuple[str, int]] = []
    token = 0
    while token < len(sheet):
        end = token if sheet.taken[token] else _negation_end(sheet, token)
        if end > token:
            found.append((sheet.take(token, end), token))
        token = max(end, token + 1)
    return found


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
    below = tree.kids(token, "xcomp", "acl", "ccomp", "advcl")
    if any(tree.tag[kid] == "VB" and any(tree.lower[aux] == "to" for aux in tree.kids(kid, "aux")) for kid in below):
        return True
    if tree.lemma[token] in {"avoid", "forget"} and any(tree.tag[kid] == "VBG" for kid in below):
        return True
    preps = [prep for prep in tree.kids(token, "prep") if prep > token and tree.lower[prep] in {"from", "in", "of"}]
    return any(tree.kid(prep, "pcomp") is not None for prep in preps)


def read_exception(sheet: Sheet) -> Quantifier | None:
    """ "No country other than Malta" is only Malta: uses up the negation, who is negated, and the exception."""
    for token in range(len(sheet)):
        if sheet.taken[token] or not sheet.at(token, "no", "nobody", "none", "nothing", "no one", "no-one", "not any"):
            continue
        if sheet.at(token, "no") and sheet.at(token, "no longer"):
            continue
        for start in range(token + 1, min(token + MOST_BETWEEN, len(sheet))):
            length = sheet.at(start, *EXCEPT)
            if length and sheet.free(start, start + length):
                words = f"{sheet.tree.words[token]} ... {sheet.take(start, start + length)}"
                for one in range(token, start):
                    if sheet.tree.pos[one] in {"DET", "PRON", "NOUN"} and not sheet.taken[one]:
                        sheet.taken[one] = True
                return Quantifier(words, "only")
    return None


def reported_future(sheet: Sheet, modality: str) -> str:
    """ "said it would rise" plans what "will rise" does; "would" alone is a condition."""
    would = [n for n, word in enumerate(sheet.tree.lower) if word in {"would", "'d"} and sheet.tree.tag[n] == "MD"]
    if modality == "conditional" and any(
        sheet.tree.dep[one] == "ccomp" for n in would for one in (sheet.tree.head[n],)
    ) and "if" not in sheet.tree.lower:  # fmt: skip
        return "planned"
    return modality


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
            if length and sheet.ending_at(token, "even"):
                length = 0  # "even if" says that it makes no difference, and stays
            if not length or (length == 1 and not _is_modal(sheet, token)):
                continue
            if name == "planned" and length > 1 and not _plans(sheet, token, length):
                continue
            sheet.take(token, token + length)
            if sheet.tree.lower[token] != "can" and not _in_subordinate_clause(sheet, token):
                modality = name if modality == "asserted" else modality
    return modality


def _plans(sheet: Sheet, token: int, length: int) -> bool:
    """Free words, and where they end with "to", a verb behind it: "due to rain" is a cause."""
    end = token + length
    verb = end < len(sheet) and sheet.tree.tag[end].startswith(("VB", "RB"))
    return sheet.free(token, end) and (verb or sheet.tree.lower[end - 1] != "to")


def _in_subordinate_clause(sheet: Sheet, token: int) -> bool:
    above = [token, *sheet.tree.ancestors(token)]
    return any(sheet.tree.dep[one] in {"advcl", "relcl", "acl"} for one in above)


def _is_modal(sheet: Sheet, token: int) -> bool:
    word = sheet.tree.lower[token]
    if word in {"may", "will", "might", "can", "'d", "should", "would", "could", "wo"}:
        return sheet.tree.tag[token] == "MD"
    return True


def read_quantifiers(sheet: Sheet, sizes: Collection[str] = ()) -> tuple[Quantifier, ...]:
    """Of how many the statement holds, in its order; their words are used up. sizes: only these."""
    found: list[Quantifier] = []
    token = 0
    while token < len(sheet):
        size, end = ("", token) if sheet.taken[token] else _size_at(sheet, token, sizes or SIZES)
        if size:
            found.append(Quantifier(sheet.take(token, end), size, _of(sheet, end)))
        token = max(end, token + 1)
    return tuple(found)


def _size_at(sheet: Sheet, token: int, sizes: Collection[str]) -> tuple[str, int]:
    tree = sheet.tree
    best, length = "", 0
    for size in sizes:
        found = sheet.at(token, *SIZES[size])
        if found > length and sheet.free(token, token + found):
            best, length = size, found
    if best == "one of" and not _superlative_follows(sheet, token + length):
        return "", token
    if length == 1 and not _counts(sheet, token, best):
        return "", token
    return best, token + length


def _superlative_follows(sheet: Sheet, token: int) -> bool:
    return any(tag in {"JJS", "RBS"} for tag in sheet.tree.tag[token : token + 3])


def _counts(sheet: Sheet, token: int, size: str) -> bool:
    """Is this one word a quantifier here? Not "most" of "most populous", "all" of "at all", "little" of "a little boy"."""
    tree = sheet.tree
    word = tree.lower[token]
    following = tree.pos[token + 1] if token + 1 < len(tree) else "PUNCT"
    if word == "most":
        return following in {"NOUN", "PROPN"} or (following == "ADJ" and tree.head[token] != token + 1)
    if word in {"little", "whole", "entire", "certain", "sole", "full"}:
        return following == "NOUN" and (word != "little" or not sheet.ending_at(token, "a", "the"))
    if word == "each":
        return following in {"NOUN", "ADJ"}
    if word in {"many", "few"}:
        return not sheet.ending_at(token, "as", "how", "so", "the", "too")
    if word == "some":
        return following != "NUM"
    if word == "all":
        return not sheet.ending_at(token, "at", "in", "of")
    if word == "just":
        return following in {"PROPN", "DET", "NUM"}
    if word == "alone":
        return tree.pos[token] == "ADV" and token > 0 and tree.pos[token - 1] in {"PROPN", "NOUN", "NUM"}
    return True


def _of(sheet: Sheet, end: int) -> tuple[str, ...]:
    for token in range(end, min(end + 4, len(sheet))):
        if sheet.tree.pos[token] in {"NOUN", "PROPN"}:
            return keys_of(sheet.tree.lemma[token], sheet.tree.lower[token], sheet.tree.tag[token])
    return ()
