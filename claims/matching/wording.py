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
TELLING = frozenset("before after above below inside outside against without behind beyond unlike except because since until till plus".split())
TELLING_WEIGHT = 0.6
MORE, MOST = frozenset({"JJR", "RBR"}), frozenset({"JJS", "RBS"})
PARTICLE = frozenset("on in up off down out over back away through around along".split())
# Verbs that only bring in a number: "stands at 40", "weighs two tonnes"; weight where one follows.
MEASURING = frozenset("reach stand measure weigh cost last total number amount hit come touch record register see".split())
MEASURING_WEIGHT = 0.3
TURNING = frozenset("not no without never none nothing every each all".split())
# "a speed of 60 km/h": the unit says it.
DIMENSIONS = frozenset(
    "speed height length weight width depth age distance area size temperature price cost worth capacity volume duration"
    " altitude".split()
)
MEASURING_PHRASES = frozenset({"make up", "account for", "amount to", "add up to", "come to"})
# "against" as a vote; elsewhere ("vaccinated against measles") what it is to its noun says enough.
VOTING = frozenset("be vote speak decide rule argue campaign protest come".split())
PLAIN_PHRASES = frozenset({"take place", "come about", "according to", "thanks to", "in the words of"})
CAUSES = frozenset({"because of", "due to", "owing to", "on account of", "as a result of"})
LINKING = frozenset({"before", "after", "because", "until", "since"})
HALF = 0.4
UNREAL = frozenset(
    "advise urge ask tell order want encourage invite allow threaten propose suggest recommend demand beg instruct command"
    " persuade request wish hope intend promise pledge vow offer consider try attempt seek aim call expect require"
    " plan warn".split()
)
LEAVING = frozenset("leave keep make render find deem declare consider".split())
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


def read_terms(
    sheet: Sheet, named: list["Draft"], negations: tuple[int, ...]
) -> tuple[tuple[Term, ...], dict[int, int]]:
    """All that is not used up yet, as terms in the order of the statement, and tokens to their numbers.

    named: names found before.
    """
    drafts = sorted([*named, *_phrases(sheet), *_words(sheet)], key=lambda draft: draft.tokens[0])
    _group_names(sheet, drafts)
    owner = {token: number for number, draft in enumerate(drafts) for token in draft.tokens}
    under = _negated(sheet, negations)
    return tuple(_term(sheet, number, drafts, owner, under) for number, _ in enumerate(drafts)), owner


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
    return _phrases(sheet, only=TURNING)


def _phrases(sheet: Sheet, only: frozenset[str] = frozenset()) -> list[Draft]:
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
        weight = MEASURING_WEIGHT if amount else 0.0 if " ".join(phrase) in PLAIN_PHRASES else HALF if " ".join(phrase) in CAUSES else 1.0
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
    if word in {"more", "most", "less", "least", "as", "so", "too"} and following in {"ADJ", "ADV"} and tree.head[token] == token + 1:
        weight = 0.0
    if lemma in DIMENSIONS and kind == "noun" and any(sheet.taken[n] for n in tree.subtree(token) if tree.pos[n] == "NUM"):
        weight = min(weight, MEASURING_WEIGHT)
    if weight == HALF and kind == "verb":
        weight = 1.0
    if lemma in MEASURING and tree.is_verb(token) and any(sheet.taken[kid] for kid in tree.subtree(token) if kid > token):
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
    for draft, following in zip(drafts, drafts[1:], strict=False):
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


def _own_clause(sheet: Sheet, top: int) -> set[int]:
    """What stands under `top`, without the clauses that are only joined to it."""
    joined = [n for n in sheet.tree.subtree(top) if n != top and sheet.tree.dep[n] in {"conj", "advcl", "relcl", "acl", "parataxis"}]
    return set(sheet.tree.subtree(top, without=joined))


def _negated(sheet: Sheet, negations: tuple[int, ...]) -> frozenset[int]:
    """The tokens that stand under an odd number of negations: each turns round what its head governs."""
    under: set[int] = set()
    for token in negations:
        above = [token, *sheet.tree.ancestors(token)]
        if sheet.tree.dep[token] == "neg" and len(above) > 1 and sheet.tree.pos[above[1]] in {"ADP", "NOUN", "PROPN"}:
            under ^= set(sheet.tree.subtree(above[1]))  # "but not against polio"
            continue
        top = next((one for one in above if sheet.tree.pos[one] in {"VERB", "AUX"}), above[-1])
        top = sheet.tree.head[top] if sheet.tree.dep[top] in {"aux", "auxpass"} else top
        under ^= _own_clause(sheet, top) | {top}
    return frozenset(under)


def _term(sheet: Sheet, number: int, drafts: list[Draft], owner: dict[int, int], under: frozenset[int]) -> Term:
    draft = drafts[number]
    role, head, lemma = _place(sheet, draft, number, drafts, owner)
    parts = _parts(role, lemma)
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
        under=_link(sheet, draft.tokens[0]),
        unreal=_unreal(sheet, draft.tokens[0]),
    )


def _link(sheet: Sheet, token: int) -> str:
    """The word that sets what `token` belongs to against the rest: than, before, after, because; "" for none."""
    tree = sheet.tree
    if "than" in tree.lower[:token]:
        return "than"
    for above in [token, *tree.ancestors(token)]:
        for kid in [above, *tree.kids(above, "mark", "advmod")]:
            if tree.lower[kid] in LINKING and kid <= token and (kid != above or kid != token):
                return tree.lower[kid]
    return ""


def _unreal(sheet: Sheet, token: int) -> bool:
    """ "advised him to cancel": nothing says that he did."""
    tree = sheet.tree
    return any(
        tree.lemma[tree.head[one]] in UNREAL and tree.dep[one] in {"xcomp", "ccomp", "dobj", "pobj"} and one != tree.head[one]
        for one in (token,)
    )


def _parts(role: str, lemma: str) -> tuple[str, ...]:
    verb = frames().get(lemma) or frames().get(lemma.partition("_")[0], ())
    return tuple(f"{event}:{who[role]}" for event, who in verb if role in who)


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
        if other is not None and drafts[other].kind == "other" and tree.dep[token] == "pobj":
            role, token = tree.lower[head], head
            continue
        if other is not None and role == "" and len(drafts[other].tokens) > 1 and tree.dep[token] == "pobj":
            return tree.lower[head], other, drafts[other].lemma
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


