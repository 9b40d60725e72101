"""Typical mistakes of the parser in news, put right where the words themselves give them away."""

from itertools import pairwise

from claims.extraction.attribution import SAYING
from claims.extraction.tree import FINITE, Tree

ORDERS = frozenset({"ask", "tell", "order", "force", "urge", "invite", "allow", "require", "advise"})


def mend(tree: Tree) -> None:
    if tree.mended:
        return
    tree.mended = True
    _swap_clauses(tree)
    _find_root(tree)
    _find_far_root(tree)
    _find_verb(tree)
    _find_second_verb(tree)
    _free_from_times(tree)
    _free_participles(tree)
    _free_conjunctions(tree)
    _find_nouns(tree)
    _rejoin(tree)
    _share_passive(tree)
    _complete_lists(tree)
    _join_as_well(tree)
    _lift_from_relative(tree)
    for token in range(len(tree)):
        if tree.tag[token] == "VBD" and tree.dep[token] == "prep" and tree.tag[tree.head[token]] == "VBD":
            tree.dep[token], tree.pos[token] = "conj", "VERB"  # "received 40 guests, provided rooms, and left"
        if tree.tag[token] in FINITE and tree.dep[token] == "conj" and tree.pos[tree.head[token]] in {"NOUN", "PROPN"}:
            _lift(tree, token)
        elif tree.lemma[token] in SAYING:
            _free_subject(tree, token)


def _swap_clauses(tree: Tree) -> None:
    """ "Three died, after clashes broke out": the clause after the conjunction is taken for the main one."""
    for root in tree.roots:
        marks = [mark for mark in tree.kids(root, "mark") if tree.lower[mark] != "that"]
        main = next((kid for kid in tree.kids(root, "ccomp") if tree.subject(kid) is not None), None)
        if marks and main is not None and main < marks[0] and tree.is_finite(main):
            tree.make_root(main)
            tree.hang(root, on=main, as_="advcl")


def _lift(tree: Tree, verb: int) -> None:
    """ "It puts firms at odds with banks and breaks with custom": a finite verb is not coordinated with a noun."""
    noun = tree.head[verb]
    above = next((token for token in tree.ancestors(verb) if tree.is_verb(token) and tree.is_finite(token)), None)
    if above is None or above > verb:
        return
    for conjunction in tree.kids(noun, "cc"):
        if noun < conjunction < verb:
            tree.hang(conjunction, on=above, as_="cc")
    tree.hang(verb, on=above, as_="conj")


def _free_subject(tree: Tree, verb: int) -> None:
    """ "The unions said 15,000 people registered": the people are no object of the saying."""
    noun = tree.kid(verb, "dobj")
    if noun is None or noun < verb or (tree.kid(verb, "nsubj") is None and tree.dep[verb] != "conj"):
        return
    said = tree.kids(noun, "acl") + [kid for kid in tree.kids(verb, "ccomp") if tree.subject(kid) is None]
    clause = next((kid for kid in said if kid > noun and tree.tag[kid] in {"VBD", "VBN", "VBZ", "VBP"}), None)
    if clause is None or "," in tree.words[noun:clause] or _is_agent_phrase(tree, clause):
        return
    if tree.dep[clause] == "acl":
        tree.tag[clause] = "VBD"
    tree.hang(clause, on=verb, as_="ccomp")
    tree.hang(noun, on=clause, as_="nsubj")


def _is_agent_phrase(tree: Tree, clause: int) -> bool:
    """ "said in a report published by the ministry" is about the report."""
    return bool(tree.kids(clause, "agent"))


def _find_root(tree: Tree) -> None:
    """ "The firm, which is to lay off staff, confirmed it": the main verb hangs under its subject."""
    for noun in tree.roots:
        if tree.pos[noun] not in {"NOUN", "PROPN"} or any(
            tree.is_verb(kid) and tree.is_finite(kid) for kid in tree.kids(noun, "conj", "parataxis", "ccomp")
        ):
            continue
        verbs = [
            kid for kid in tree.kids(noun, "acl", "relcl")
            if tree.tag[kid] in {"VBN", "VBD"} and not tree.auxiliaries(kid) and tree.subject(kid) is None
        ]  # fmt: skip
        # One of two, or behind a comma, where a participle would be set off on both sides.
        if len(verbs) > 1 or (verbs and tree.words[tree.subtree(verbs[-1])[0] - 1] in {",", "—", "–", "-"}):
            _make_root(tree, verbs[-1], noun)


def _find_far_root(tree: Tree) -> None:
    """ "Nurses and a priest who tried to find a sort of truce were held": the main verb hangs below the clause."""
    for noun in tree.roots:
        if tree.pos[noun] not in {"NOUN", "PROPN"} or any(
            tree.is_verb(kid) and tree.is_finite(kid) for kid in tree.kids(noun, "conj", "parataxis", "ccomp", "acl")
        ):
            continue
        below = {t for kid in tree.kids(noun, "relcl", "conj") for t in tree.subtree(kid)}
        for verb in sorted(below):
            above, subject = tree.head[verb], tree.subject(verb)
            torn = tree.dep[verb] == "ccomp" and tree.is_finite(verb) and not tree.kids(verb, "mark")
            if not torn or subject is None or tree.tag[above] not in {"VB", "VBD"} or tree.lemma[above] in SAYING:
                continue
            if tree.subtree(subject)[0] < above or any(tree.words[t] == "," for t in range(above, verb)):
                continue
            tree.make_root(verb)
            tree.hang(subject, on=above, as_="dobj")
            for kid in list(tree.children[noun]):
                if kid > verb:
                    tree.hang(kid, on=verb, as_=tree.dep[kid])
            tree.hang(noun, on=verb, as_="nsubj")
            return


def _find_verb(tree: Tree) -> None:
    """ "No state ships more beef than Texas": in a sentence without a verb, the plural behind a single noun is one."""
    if any(tree.tag[token] in FINITE or tree.tag[token] == "VB" for token in range(len(tree))):
        return
    for root in tree.roots:
        noun = root - 1
        single = tree.dep[noun] == "compound" and tree.tag[noun] in {"NN", "NNP"} and tree.head[noun] == root
        if tree.tag[root] != "NNS" or root < 2 or not single or not any(kid > root for kid in tree.children[root][:-1]):
            continue
        tree.tag[root], tree.pos[root] = "VBZ", "VERB"
        tree.dep[noun] = "nsubj"
        for kid in list(tree.children[root]):
            if kid < noun:
                tree.hang(kid, on=noun, as_=tree.dep[kid])
            elif tree.dep[kid] == "appos":
                tree.dep[kid] = "dobj"


def _find_second_verb(tree: Tree) -> None:
    """ "The road, single-tracked in 1963, carries 40 cars": a participle is taken for the main verb."""
    for root in tree.roots:
        nouns = [kid for kid in tree.kids(root, "dep", "nsubj") if kid < root and tree.pos[kid] in {"NOUN", "PROPN"}]
        verbs = [kid for kid in tree.kids(root, "conj", "ccomp") if tree.tag[kid] in {"VBZ", "VBD"}]
        if tree.tag[root] != "VBN" or tree.auxiliaries(root) or not nouns or not verbs:
            continue
        noun, verb = nouns[-1], verbs[0]
        if tree.subject(verb) is not None or "," not in tree.words[noun:root] or tree.words[verb - 1] != ",":
            continue
        tree.make_root(verb)
        for kid in list(tree.children[root]):
            if kid < noun or kid > verb:
                tree.hang(kid, on=verb, as_=tree.dep[kid])
        tree.hang(noun, on=verb, as_="nsubj")
        tree.hang(root, on=noun, as_="acl")


def _free_from_times(tree: Tree) -> None:
    """ "Argued for years that it was free": the clause is no part of the years."""
    for clause in range(len(tree)):
        noun = tree.head[clause]
        if tree.dep[clause] != "acl" or tree.label[noun] not in {"DATE", "TIME"} or not tree.is_finite(clause):
            continue
        above = next((t for t in tree.ancestors(noun) if tree.is_verb(t)), None)
        if above is not None and any(tree.lower[mark] == "that" for mark in tree.kids(clause, "mark")):
            for other in tree.kids(noun, "acl"):
                if other > clause:
                    tree.hang(other, on=clause, as_="advcl")
            tree.hang(clause, on=above, as_="ccomp")


def _free_participles(tree: Tree) -> None:
    """ "Having sold the farm, they left": what is having is no subject beside the real one."""
    for kid in range(len(tree)):
        verb = tree.head[kid]
        if tree.dep[kid] == "csubj" and tree.tag[kid] in {"VBG", "VBN"} and tree.kids(verb, "nsubj", "nsubjpass"):
            tree.dep[kid] = "advcl"


def _make_root(tree: Tree, verb: int, noun: int) -> None:
    tree.tag[verb] = "VBD"
    tree.make_root(verb)
    for kid in list(tree.children[noun]):
        if kid > verb:
            tree.hang(kid, on=verb, as_=tree.dep[kid])
    tree.hang(noun, on=verb, as_="nsubj")


def _free_conjunctions(tree: Tree) -> None:
    """ "By the price, which has doubled, and by X": the "and" behind a clause joins what is around the clause."""
    for token in range(len(tree)):
        if tree.dep[token] != "cc" or tree.dep[tree.head[token]] != "relcl":
            continue
        clause = tree.head[token]
        joined = [kid for kid in tree.kids(clause, "conj") if kid > token]
        if not joined and token > clause:
            tree.hang(token, on=tree.head[clause], as_="cc")
        elif joined and not tree.is_verb(joined[0]) and tree.tag[joined[0]] == "IN":
            noun = tree.head[clause]
            above = next(
                (t for t in tree.ancestors(noun) if tree.tag[t] == "IN" and tree.lower[t] == tree.lower[joined[0]]),
                None,
            )
            if above is not None:
                tree.hang(token, on=above, as_="cc")
                tree.hang(joined[0], on=above, as_="conj")


def _share_passive(tree: Tree) -> None:
    """ "They were given medicine and asked to go home": asked is a participle as well."""
    for verb in range(len(tree)):
        head = tree.head[verb]
        if tree.dep[verb] == "conj" and tree.tag[verb] == "VBD" and tree.lemma[verb] in ORDERS:
            ordered = any(tree.tag[kid] == "VB" for kid in tree.kids(verb, "xcomp"))
            if ordered and tree.kids(head, "auxpass") and not tree.kids(verb, "dobj", "nsubj"):
                tree.tag[verb] = "VBN"


def _find_nouns(tree: Tree) -> None:
    """ "Berg said that the average wait fell": "wait" is the noun that fell."""
    for verb in range(len(tree)):
        contents = tree.kids(verb, "ccomp")
        for noun, said in pairwise(contents):
            bare = tree.tag[noun] in {"VB", "VBP"} and not tree.auxiliaries(noun)
            described = tree.kid(noun, "nsubj")
            if not bare or tree.subject(said) is not None or not tree.is_finite(said) or described is None:
                continue
            if tree.pos[described] not in {"ADJ", "NOUN"} or described != noun - 1:
                continue
            tree.tag[noun], tree.pos[noun] = "NN", "NOUN"
            tree.dep[described] = "amod"
            for mark in tree.kids(noun, "mark"):
                tree.hang(mark, on=said, as_="mark")
            tree.hang(noun, on=said, as_="nsubj")


def _rejoin(tree: Tree) -> None:
    """ "Kim, flanked by Lee and Park, left": Park stands beside Lee, as the "and" does."""
    for token in range(len(tree)):
        head = tree.head[token]
        if tree.dep[token] != "cc" or any(kid > token for kid in tree.kids(head, "conj")):
            continue
        above = set(tree.ancestors(head))
        joined = [kid for noun in above for kid in tree.kids(noun, "conj") if tree.subtree(kid)[0] == token + 1]
        if joined and tree.pos[joined[0]] in {"NOUN", "PROPN"} and tree.pos[head] in {"NOUN", "PROPN"}:
            tree.hang(joined[0], on=head, as_="conj")


def _join_as_well(tree: Tree) -> None:
    """ "They lost two cranes, as well as nine days to storms": the second is an object like the first."""
    for last in range(3, len(tree)):
        if tree.lower[last - 2 : last + 1] != ["as", "well", "as"] or tree.dep[last] != "cc":
            continue
        verb = tree.head[last]
        first = next((kid for kid in tree.kids(verb, "dobj") if kid < last), None)
        second = next((kid for kid in tree.kids(verb, "npadvmod", "dobj", "attr") if kid > last), None)
        if first is not None and second is not None and tree.is_verb(verb):
            tree.hang(last, on=first, as_="cc")
            tree.hang(second, on=first, as_="conj")


def _complete_lists(tree: Tree) -> None:
    """ "X bought A, borrowed B, and had planned C": the verb in the middle is taken for a participle."""
    for verb in range(len(tree)):
        if tree.tag[verb] != "VBN" or tree.dep[verb] != "acl" or tree.auxiliaries(verb) or tree.kids(verb, "agent"):
            continue
        first = tree.subtree(verb)[0]
        if first == 0 or tree.words[first - 1] != ",":
            continue
        above = [t for t in tree.ancestors(verb) if tree.tag[t] == "VBD" and tree.subject(t) is not None]
        if any(tree.dep[t] == "relcl" and tree.auxiliaries(t) for t in tree.ancestors(verb)):
            continue  # "water that had been filtered, heated and bathed"
        above = [t for t in above if t < verb and any(kid > verb and tree.is_verb(kid) for kid in tree.kids(t, "conj"))]
        if above:
            tree.tag[verb] = "VBD"
            tree.hang(verb, on=above[0], as_="conj")


def _lift_from_relative(tree: Tree) -> None:
    """ "X bought sites that he let, sold a mine, and left": what stands behind the comma, X did."""
    for clause in range(len(tree)):
        subject = tree.subject(clause) if tree.dep[clause] == "relcl" else None
        if subject is None or tree.tag[subject] in {"WDT", "WP"}:
            continue
        above = next((t for t in tree.ancestors(clause) if tree.tag[t] == "VBD" and tree.subject(t) is not None), None)
        loose = [kid for kid in tree.kids(clause, "conj") if tree.is_verb(kid) and tree.subject(kid) is None]
        if above is None or not loose or tree.words[tree.subtree(loose[0])[0] - 1] != ",":
            continue
        for kid in loose + tree.kids(clause, "cc"):
            tree.hang(kid, on=above, as_=tree.dep[kid])
