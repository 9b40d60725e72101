"""Terms of a statement: the words and phrases that carry its meaning, and what each is to the others."""

from dataclasses import dataclass, field

from claims.matching.conditions import Term
from claims.matching.lexicon import concepts, keys_of, phrases
from claims.matching.names import name_at
from claims.matching.sheet import Sheet
from claims.matching.tables import frames, plain_words, titles

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"})
KINDS = {"NOUN": "noun", "PROPN": "name", "VERB": "verb", "AUX": "verb", "ADJ": "adjective"}
# Words of other classes that say something: after and before, inside and outside.
TELLING = frozenset("before after above below inside outside against without behind beyond despite unlike except".split())
TELLING_WEIGHT = 0.6
MORE, MOST = frozenset({"JJR", "RBR"}), frozenset({"JJS", "RBS"})
CLIMBS = 6  # how far a word's head may lie above it, over words without meaning of their own
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


def read_terms(sheet: Sheet, named: list["Draft"], negations: tuple[int, ...]) -> tuple[Term, ...]:
    """All that is not used up yet, as terms in the order of the statement. named: names found before."""
    drafts = sorted([*named, *_phrases(sheet), *_words(sheet)], key=lambda draft: draft.tokens[0])
    _group_names(sheet, drafts)
    owner = {token: number for number, draft in enumerate(drafts) for token in draft.tokens}
    under = _negated(sheet, negations)
    return tuple(_term(sheet, number, drafts, owner, under) for number, _ in enumerate(drafts))


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


def _phrases(sheet: Sheet) -> list[Draft]:
    """Phrases of the lexicon, the longest first wherever they begin."""
    matches: list[tuple[list[int], tuple[str, ...]]] = []
    for token in range(len(sheet)):
        starts = dict.fromkeys((sheet.tree.lemma[token], sheet.tree.lower[token]))
        for phrase in (phrase for start in starts for phrase in phrases().get(start, ())):
            tokens = [] if sheet.taken[token] else _follow(sheet, token, phrase)
            if tokens:
                matches.append((tokens, phrase))
    found: list[Draft] = []
    for tokens, phrase in sorted(matches, key=lambda match: (-len(match[1]), match[0])):
        if any(sheet.taken[token] for token in tokens):
            continue
        for token in tokens:
            sheet.taken[token] = True
        keys = (*concepts()[" ".join(phrase)], "+=" + " ".join(phrase))
        kind = KINDS.get(sheet.tree.pos[tokens[0]], "other")
        found.append(Draft(tokens, keys, kind, lemma="_".join(phrase)))
    return found


def _follow(sheet: Sheet, token: int, phrase: tuple[str, ...]) -> list[int]:
    """The tokens of `phrase` from `token` on: side by side, or with what a verb takes before its particle between."""
    tokens = [token]
    for place, word in enumerate(phrase[1:], start=1):
        following = _skip(sheet, tokens[-1] + 1)
        if _is(sheet, following, word):
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


def _skip(sheet: Sheet, token: int) -> int:
    """Past an article or a possessive inside a phrase: "set the record", "lost their lives"."""
    if token < len(sheet) and not sheet.taken[token] and sheet.tree.lower[token] in {
        "the", "a", "an", "its", "his", "her", "their", "more",
    }:  # fmt: skip
        return token + 1
    return token


def _is(sheet: Sheet, token: int, word: str) -> bool:
    if not 0 <= token < len(sheet) or sheet.taken[token]:
        return False
    return word in {sheet.tree.lemma[token], sheet.tree.lower[token]}


def _words(sheet: Sheet) -> list[Draft]:
    found: list[Draft] = []
    tree = sheet.tree
    for token in range(len(sheet)):
        if sheet.taken[token]:
            continue
        word, lemma = tree.lower[token], tree.lemma[token]
        if word in TELLING:
            found.append(Draft([token], keys_of(word, word, "IN"), "other", TELLING_WEIGHT, lemma=word))
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
    degree = "more" if tree.tag[token] in MORE else "most" if tree.tag[token] in MOST else ""
    return Draft([token], keys, kind, weight, lemma=lemma, degree=degree or _by_degree_word(sheet, token))


def _by_degree_word(sheet: Sheet, token: int) -> str:
    """ "more expensive", "most populous"."""
    before = sheet.tree.lower[token - 1] if token else ""
    if sheet.tree.pos[token] != "ADJ" or before not in {"more", "most", "less", "least"}:
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
    for draft, following in zip(drafts, drafts[1:], strict=False):
        token = draft.tokens[0]
        if draft.lemma in titles() and max(draft.tokens) + 1 == min(following.tokens) and following.kind == "name":
            draft.weight, draft.group = 0.0, -1
        elif draft.lemma in titles() and sheet.tree.dep[token] == "appos":
            draft.weight = 0.3


def _negated(sheet: Sheet, negations: tuple[int, ...]) -> frozenset[int]:
    """The tokens that stand under an odd number of negations: each turns round what its head governs."""
    under: set[int] = set()
    for token in negations:
        top = sheet.tree.head[token]
        under ^= set(sheet.tree.subtree(top)) | {top}
    return frozenset(under)


def _term(sheet: Sheet, number: int, drafts: list[Draft], owner: dict[int, int], under: frozenset[int]) -> Term:
    draft = drafts[number]
    role, head, lemma = _place(sheet, draft, number, drafts, owner)
    return Term(
        words=sheet.tree.span_text(sorted(draft.tokens)),
        keys=draft.keys,
        kind=draft.kind,
        role=role,
        head=head,
        parts=_parts(role, lemma),
        degree=draft.degree,
        weight=draft.weight,
        negated=draft.tokens[0] in under,
        group=draft.group,
    )


def _parts(role: str, lemma: str) -> tuple[str, ...]:
    return tuple(f"{event}:{who[role]}" for event, who in frames().get(lemma, ()) if role in who)


def _place(
    sheet: Sheet, draft: Draft, number: int, drafts: list[Draft], owner: dict[int, int]
) -> tuple[str, int, str]:
    """What a term is to which other: role, number of the other (-1: none), and the lemma of that other."""
    tree = sheet.tree
    token, role = draft.tokens[0], ""
    for _ in range(CLIMBS):
        head = tree.head[token]
        if head == token:
            return role or "root", -1, ""
        role = _role(sheet, token, role)
        other = owner.get(head)
        if other == number:
            token = head
            continue
        if other is not None and (drafts[other].weight > 0 or tree.pos[head] == "VERB"):
            carrier = _predicate(sheet, head, drafts, owner, role)
            if carrier is not None and carrier != number:
                return role, carrier, drafts[carrier].lemma
            return role, other, drafts[other].lemma
        if other is None and tree.lemma[head] == "be" and role in {"agent", "patient"}:
            carrier = _predicate(sheet, head, drafts, owner, role)
            return (role, carrier, drafts[carrier].lemma) if carrier not in (None, number) else (role, -1, "")
        token = head
    return role, -1, ""


def _predicate(sheet: Sheet, verb: int, drafts: list[Draft], owner: dict[int, int], role: str) -> int | None:
    """Behind a light verb what its subject really is or does: "is larger", "gave its approval"."""
    tree = sheet.tree
    number = owner.get(verb)
    if role != "agent" or (number is not None and drafts[number].weight > 0):
        return None
    for kid in tree.kids(verb, "acomp", "attr", "dobj", "oprd", "xcomp", "prep"):
        found = owner.get(kid)
        if found is not None and drafts[found].weight > 0 and (tree.dep[kid] != "dobj" or drafts[found].keys[0][1] != "="):
            return found
    return None


def _role(sheet: Sheet, token: int, before: str) -> str:
    """What `token` is to its head; `before` is what was found on the way up to it, which stays where it says more."""
    tree = sheet.tree
    dep, head = tree.dep[token], tree.head[token]
    passive = any(tree.dep[kid] in {"nsubjpass", "auxpass"} for kid in tree.children[head])
    if dep in {"nsubjpass", "csubjpass"}:
        return "patient"
    if dep in {"nsubj", "csubj", "expl"}:
        return "patient" if passive else "agent"
    if dep in {"dobj", "obj", "attr", "acomp", "oprd"}:
        return before or "patient"
    if dep == "dative":
        return "dative"
    if dep == "agent" or (dep == "prep" and tree.lower[token] == "by" and (passive or tree.tag[head] == "VBN")):
        return "agent"
    if dep == "prep":
        word = tree.lower[token]
        return "mod" if word == "of" else word
    if dep == "pobj":
        return before
    if dep in {"amod", "compound", "poss", "nmod", "nummod", "case"}:
        return "mod"
    if dep in {"acl", "relcl"}:
        return before or "acl"
    return before or dep


