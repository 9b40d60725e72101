"""Typical mistakes of the parser in news, put right where the words themselves give them away."""

from claims.extraction.attribution import SAYING
from claims.extraction.tree import FINITE, Tree


def mend(tree: Tree) -> None:
    _swap_clauses(tree)
    for token in range(len(tree)):
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
            tree.head[main], tree.dep[main] = main, "ROOT"
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
