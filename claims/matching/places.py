"""What a word is to the others: subject, object, modifier; under a negation; only asked for."""

from claims.matching.drafts import Draft
from claims.matching.sheet import Sheet
from claims.matching.tables import frames, word_list

LINKING = frozenset({"before", "after", "because", "until", "since"})
UNREAL = word_list("unreal")
CLIMBS = 6  # how far a word's head may lie above it, over words without meaning of their own


def place_of(
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
        if (
            found is not None
            and drafts[found].weight > 0
            and (tree.dep[kid] != "dobj" or drafts[found].keys[0][1] != "=")
        ):
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


def negated_tokens(sheet: Sheet, negations: tuple[int, ...]) -> frozenset[int]:
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


def _own_clause(sheet: Sheet, top: int) -> set[int]:
    """What stands under `top`, without the clauses that are only joined to it."""
    verbs = {"VERB", "AUX"}
    joined = [
        n
        for n in sheet.tree.subtree(top)
        if n != top
        and (
            sheet.tree.dep[n] in {"advcl", "relcl", "acl"}
            or (sheet.tree.dep[n] == "conj" and sheet.tree.pos[n] in verbs)
        )
    ]
    return set(sheet.tree.subtree(top, without=joined))


def link_over(sheet: Sheet, token: int) -> str:
    """The word that sets what `token` belongs to against the rest: than, before, after, because; "" for none."""
    tree = sheet.tree
    if "than" in tree.lower[:token]:
        return "than"
    for above in [token, *tree.ancestors(token)]:
        for kid in [above, *tree.kids(above, "mark", "advmod")]:
            if tree.lower[kid] in LINKING and kid <= token and (kid != above or kid != token):
                return tree.lower[kid]
    return ""


def is_unreal(sheet: Sheet, token: int) -> bool:
    """ "advised him to cancel": nothing says that he did."""
    tree = sheet.tree
    return any(
        tree.lemma[tree.head[one]] in UNREAL
        and tree.dep[one] in {"xcomp", "ccomp", "dobj", "pobj"}
        and one != tree.head[one]
        for one in (token,)
    )


def parts_of(role: str, lemma: str) -> tuple[str, ...]:
    verb = frames().get(lemma) or frames().get(lemma.partition("_")[0], ())
    return tuple(f"{event}:{who[role]}" for event, who in verb if role in who)
