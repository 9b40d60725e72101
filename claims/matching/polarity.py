"""Negation, modality and quantifiers of a statement: what turns it round, weakens it, or says of how many it holds."""

from collections.abc import Collection

from claims.matching.conditions import Quantifier
from claims.matching.lexicon import keys_of
from claims.matching.sheet import Sheet
from claims.matching.tables import phrases_of, word_list

# Words that turn a statement round. Those with "+" turn round the verb that hangs on them: "failed to attend".
NEGATIONS = word_list("negations")
NEGATIVE_PHRASES = word_list("negative phrases")
# Verbs and adjectives with a verb hanging on them, and whether what that says is so.
IMPLICATIVE = {
    "fail": -1,
    "refuse": -1,
    "decline": -1,
    "neglect": -1,
    "omit": -1,
    "forget": -1,
    "avoid": -1,
    "unable": -1,
    "unwilling": -1,
    "manage": 1,
    "able": 1,
    "succeed": 1,
    "choose": 1,
    "happen": 1,
    "proceed": 1,
    "go": 1,
    "abstain": -1,
    "refrain": -1,
    "failure": -1,
    "refusal": -1,
    "inability": -1,
    "stop short": -1,
    "bother": 1,
    "get": 1,
    "opt": 1,
    "decide": 1,
    "agree": 1,
    "come": 1,
    "help": 1,
}
LACKING = frozenset({"lack"})
MODALITIES = phrases_of("modality")
FIRST_SIZES = ("not all", "most", "one of")  # before numbers and negations are read
SIZES = phrases_of("quantifier")
MOST_BETWEEN = 12  # words between a negation and its exception
EXCEPT = word_list("except")


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
    if sheet.at(token, "without exception"):
        return token
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
            denied = sheet.tree.lower[token] == "could" and sheet.ending_at(token + 2, "could not", "could n't")
            if sheet.tree.lower[token] != "can" and not denied and not _in_subordinate_clause(sheet, token):
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
    best, length = "", 0
    for size in sizes:
        found = sheet.at(token, *SIZES[size])
        if found > length and sheet.free(token, token + found):
            best, length = size, found
    if best == "one of" and not _superlative_follows(sheet, token + length):
        return "", token
    if length == 1 and not _counts(sheet, token):
        return "", token
    return best, token + length


def _superlative_follows(sheet: Sheet, token: int) -> bool:
    return any(tag in {"JJS", "RBS"} for tag in sheet.tree.tag[token : token + 3])


def _counts(sheet: Sheet, token: int) -> bool:
    """Is this one word a quantifier here? Not "most" of "most populous", "all" of "at all", "little" of "a little"."""
    tree = sheet.tree
    word = tree.lower[token]
    following = tree.pos[token + 1] if token + 1 < len(tree) else "PUNCT"
    if word == "most":
        if sheet.ending_at(token, "the"):
            return False
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
