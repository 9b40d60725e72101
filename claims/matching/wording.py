"""Terms of a statement: the words and phrases that carry its meaning, and what each is to the others."""

from itertools import pairwise

from claims.matching.conditions import Term
from claims.matching.drafts import Draft, read_phrases
from claims.matching.lexicon import concepts, keys_of
from claims.matching.places import is_unreal, link_over, negated_tokens, parts_of, place_of
from claims.matching.sheet import Sheet
from claims.matching.tables import plain_words, titles, word_list

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"})
KINDS = {"NOUN": "noun", "PROPN": "name", "VERB": "verb", "AUX": "verb", "ADJ": "adjective"}
# Words of other classes that say something: after and before, inside and outside.
TELLING = word_list("telling")
TELLING_WEIGHT = 0.6
MORE = frozenset({"JJR", "RBR"})
MOST = frozenset({"JJS", "RBS"})
# Verbs that only bring in a number: "stands at 40", "weighs two tonnes"; weight where one follows.
MEASURING = word_list("measuring")
MEASURING_WEIGHT = 0.3
# "a speed of 60 km/h": the unit says it.
DIMENSIONS = word_list("dimensions")
# "against" as a vote; elsewhere ("vaccinated against measles") what it is to its noun says enough.
VOTING = word_list("voting")
HALF = 0.4
LEAVING = word_list("leaving")


def read_terms(
    sheet: Sheet, named: list["Draft"], negations: tuple[int, ...]
) -> tuple[tuple[Term, ...], dict[int, int]]:
    """All that is not used up yet, as terms in the order of the statement, and tokens to their numbers.

    named: names found before.
    """
    drafts = sorted([*named, *read_phrases(sheet), *_words(sheet)], key=lambda draft: draft.tokens[0])
    _group_names(sheet, drafts)
    owner = {token: number for number, draft in enumerate(drafts) for token in draft.tokens}
    under = negated_tokens(sheet, negations)
    return tuple(_term(sheet, number, drafts, owner, under) for number, _ in enumerate(drafts)), owner


def _words(sheet: Sheet) -> list[Draft]:
    found: list[Draft] = []
    tree = sheet.tree
    for token in range(len(sheet)):
        if sheet.taken[token]:
            continue
        word, lemma = tree.lower[token], tree.lemma[token]
        if word in TELLING:
            light = word == "against" and tree.lemma[tree.head[token]] not in VOTING
            weight = 0.2 if light else TELLING_WEIGHT
            found.append(Draft([token], keys_of(word, word, "IN"), "other", weight, lemma=word))
        elif tree.pos[token] in CONTENT and any(c.isalnum() for c in word):
            found.append(_word(sheet, token, word, lemma))
    return found


def _word(sheet: Sheet, token: int, word: str, lemma: str) -> Draft:
    tree = sheet.tree
    kind = KINDS.get(tree.pos[token], "other")
    if kind == "name" and (token == 0 or tree.words[token].islower()) and tree.label[token] == "":
        kind = "noun"
    keys = keys_of(lemma, word, tree.tag[token])
    weight = plain_words().get(lemma, plain_words().get(word, 1.0))
    if kind == "name" and keys[0].startswith("+=") and weight < 1.0 and word not in plain_words():
        weight = 1.0
    if weight == 1.0 and tree.pos[token] == "ADV" and not concepts().get(lemma):
        weight = 0.5
    if lemma in LEAVING and _has_complement(sheet, token):
        weight = 0.0  # "left rates unchanged"
    following = tree.pos[token + 1] if token + 1 < len(tree) else ""
    if (
        word in {"more", "most", "less", "least", "as", "so", "too"}
        and following in {"ADJ", "ADV"}
        and tree.head[token] == token + 1
    ):
        weight = 0.0
    if (
        lemma in DIMENSIONS
        and kind == "noun"
        and any(sheet.taken[n] for n in tree.subtree(token) if tree.pos[n] == "NUM")
    ):
        weight = min(weight, MEASURING_WEIGHT)
    if weight == HALF and kind == "verb":
        weight = 1.0
    if (
        lemma in MEASURING
        and tree.is_verb(token)
        and any(sheet.taken[kid] for kid in tree.subtree(token) if kid > token)
    ):
        weight = min(weight, MEASURING_WEIGHT)
    degree = "more" if tree.tag[token] in MORE else "most" if tree.tag[token] in MOST else ""
    return Draft([token], keys, kind, weight, lemma=lemma, degree=degree or _by_degree_word(sheet, token))


def _has_complement(sheet: Sheet, token: int) -> bool:
    """ "left rates unchanged", which the parser may take for "unchanged rates"."""
    tree = sheet.tree
    if any(tree.pos[kid] in {"ADJ", "VERB"} for kid in tree.kids(token, "oprd", "ccomp", "acomp", "xcomp")):
        return True
    return any(kid > thing for thing in tree.kids(token, "dobj") for kid in tree.kids(thing, "amod", "acl"))


def _by_degree_word(sheet: Sheet, token: int) -> str:
    """ "more expensive", "most populous"."""
    before = sheet.tree.lower[token - 1] if token else ""
    if sheet.tree.pos[token] not in {"ADJ", "ADV"} or before not in {"more", "most", "less", "least"}:
        return ""
    return "most" if before in {"most", "least"} else "more"


def _group_names(sheet: Sheet, drafts: list[Draft]) -> None:
    """Number the names of one run, "Angela Merkel"; words before one that it can do without weigh nothing."""
    group = 0
    for before, draft in zip([None, *drafts], drafts, strict=False):
        if draft.kind != "name":
            continue
        joined = before is not None and before.group >= 0 and max(before.tokens) + 1 == min(draft.tokens)
        if not joined:
            group += 1
        draft.group = group
    for draft, following in pairwise(drafts):
        token = draft.tokens[0]
        if draft.lemma in titles() and max(draft.tokens) + 1 == min(following.tokens) and following.kind == "name":
            draft.weight, draft.group = 0.0, -1
            _drop_before(draft, drafts)
        elif draft.lemma in titles() and sheet.tree.dep[token] == "appos":
            draft.weight = 0.3


def _drop_before(title: Draft, drafts: list[Draft]) -> None:
    """ "French" in "the French president Emmanuel Macron"."""
    for draft in drafts:
        if draft.kind == "name" and max(draft.tokens) + 1 == min(title.tokens):
            draft.weight, draft.group = 0.0, -1


def _term(sheet: Sheet, number: int, drafts: list[Draft], owner: dict[int, int], under: frozenset[int]) -> Term:
    draft = drafts[number]
    role, head, lemma = place_of(sheet, draft, number, drafts, owner)
    parts = parts_of(role, lemma)
    if head >= 0 and role and lemma.endswith("_" + role):
        role = "patient"  # "lost to Spain", "is in favour of it": the preposition is part of the verb
    return Term(
        words=sheet.tree.span_text(sorted(draft.tokens)),
        keys=draft.keys,
        kind=draft.kind,
        role=role,
        head=head,
        parts=parts,
        degree=draft.degree,
        weight=draft.weight,
        negated=draft.tokens[0] in under,
        group=draft.group,
        under=link_over(sheet, draft.tokens[0]),
        unreal=is_unreal(sheet, draft.tokens[0]),
    )
