"""The full noun phrase that an article gives once and then shortens: "the Ain Tazrout dam", later "the dam"."""

from claims.extraction.attribution import QUOTE_MARKS, name_tokens
from claims.extraction.tree import NAMES, Tree
from claims.extraction.wordlists import words

ARTICLES = frozenset({"the", "a", "an", "this"})
OTHERS = words("a an another other some any each every no both such many several few")
NOT_IN_NAMES = frozenset({"ADV", "VERB", "ADP", "CCONJ", "PRON", "PUNCT", "PART"})
TYING = words("of between with against on for over in at near around")
BEING_NAMED = frozenset({"GPE", "ORG", "LOC", "FAC", "PERSON", "NORP", "EVENT", "PRODUCT"})
# What somebody does is later called by the bare noun; what somebody has need not be ("Iran's leader").
DONE = words(
    "decision plan move proposal bid ban attack strike invasion request announcement report offer refusal promise"
    " pledge agreement threat takeover purchase listing sale investigation inquiry lawsuit"
)
LONGEST_PHRASE = 6


def full_phrase_at(tree: Tree, noun: int) -> str:
    """The phrase of `noun` with the name in it that tells which one it is, or nothing."""
    tokens = [token for token in name_tokens(tree, noun) if token <= noun]
    if tokens and tokens[0] > 0 and tree.words[tokens[0] - 1] in QUOTE_MARKS:
        return ""  # “The Morning Show” is a title: "the show" may be any
    inner = [token for token in tokens[:-1] if tree.tag[token] != "POS"]
    if not tokens or any(tree.pos[token] in NOT_IN_NAMES or tree.tag[token] == "CD" for token in inner):
        return ""
    owner = tree.kid(noun, "poss")
    if owner is not None:
        done = tree.lower[noun] in DONE and tree.label[owner] in {"GPE", "ORG", "NORP", "PERSON"}
        return tree.span_text(tokens) if done and len(tokens) <= LONGEST_PHRASE else ""
    plain = tokens[1:] if tree.tag[tokens[0]] == "DT" else tokens
    article = "the " if tree.lower[tokens[0]] in ARTICLES and tree.label[noun] != "GPE" else ""
    if any(tree.tag[token] in NAMES or tree.label[token] == "NORP" for token in plain[:-1]):
        return article + tree.span_text(plain) if 2 <= len(tokens) <= LONGEST_PHRASE else ""
    behind = _named_behind(tree, noun)
    if behind and article and len(plain) + len(behind) <= LONGEST_PHRASE:
        return article + tree.span_text([*plain, *behind])
    return ""


def _named_behind(tree: Tree, noun: int) -> list[int]:
    """ "Of Kilmore", "between Peru and Chile" right behind a noun, if it names somebody or some place."""
    for kid in tree.kids(noun, "prep"):
        branch = tree.subtree(kid)
        whole = kid == noun + 1 and branch == list(range(kid, branch[-1] + 1))
        if whole and tree.lower[kid] in TYING and tree.label[branch[-1]] in BEING_NAMED:
            return branch if not any(tree.pos[token] in {"VERB", "PUNCT", "NUM"} for token in branch) else []
    return []


def is_another(tree: Tree, noun: int) -> bool:
    """ "A dam", "their dam", "the upper dam": a phrase that may mean another one than the last."""
    kids = tree.kids(noun, "det", "poss", "amod", "nummod", "compound")
    if not kids and tree.tag[noun] == "NNS" and tree.dep[noun] in {"dobj", "pobj"}:
        return True  # "imposed tariffs"
    described = any(tree.dep[kid] in {"amod", "compound", "poss"} or tree.tag[kid] in {"PRP$", "CD"} for kid in kids)
    return described or any(tree.lower[kid] in OTHERS for kid in kids)
