"""Clauses without a tense: "Founded in 1990, X ...", "X ..., selling 20 ships", ", with turnout falling to 40%"."""

from dataclasses import replace

from claims.extraction import attribution, trimming
from claims.extraction.clauses import HAVING, Context, modal, subject_of
from claims.extraction.inflection import inflected
from claims.extraction.nouns import Part, commas_around, definite
from claims.extraction.tree import Tree

GROWING = frozenset({"increase", "rise", "fall", "drop", "decrease", "grow", "climb", "decline"})
DESCRIBING = frozenset(
    {"see", "describe", "regard", "consider", "know", "name", "call", "dub", "base", "found", "locate"}
)
SPEAKING = (attribution.SAYING - {"add", "show", "find", "continue", "point", "reveal"}) | {
    "speak", "talk", "ask", "cite", "refer", "include", "accord", "coincide", "follow", "come", "mean", "range",
}  # fmt: skip


def participle(
    tree: Tree, verb: int, kid: int, context: Context, *, of: int | None = None, despite: bool = False
) -> Context | None:
    """How the clause of a participle is said of the subject of `verb`, or None where it says nothing of its own.

    of: the noun it is about, if that is not the subject of `verb`.
    """
    if tree.tag[kid] not in {"VBG", "VBN"} or tree.subject(kid) is not None or trimming.marker(tree, kid):
        return None
    if not despite and not commas_around(tree, kid):
        return None
    after = tree.subtree(kid)[-1] + 2
    if of is not None and after < len(tree) and tree.lower[after] in {"all", "both", "each"}:
        return None  # "Lee, flanked by A and B, all attended": more than Lee
    branch = tree.subtree(kid)
    if tree.lower[branch[0]] in {"all", "both", "each", "most", "some", "many"} or _goes_on(tree, branch[0]):
        return None
    fronted = kid < verb
    subject = context.subject if of is not None else subject_of(tree, verb, context)
    head = of if of is not None else tree.subject(verb)
    if not subject or len(tree.subtree(kid)) < 3 or _is_speech(tree, kid):
        return None
    if head is not None and tree.tag[head] == "EX":
        return None  # "there are reasons, ranging from ..."
    if tree.lemma[kid] in GROWING and tree.tag[kid] == "VBG" and tree.lemma[verb] not in GROWING:
        return None  # "reported 26 cases, rising from 15": the cases, not who reported them
    if any(tree.lower[thing] in {"it", "this", "that"} for thing in tree.kids(kid, "dobj", "nsubj")):
        return None  # "..., making it poor" is said of the whole clause
    if any(tree.lower[tree.kid(clause, "nsubj") or 0] == "it" for clause in tree.kids(kid, "ccomp")):
        return None
    if despite and head is not None:
        subject = _sides(tree, head) or subject  # not the war, those who wage it
    found = Context(subject, (), context.claimant, "participle", verb, has_tense=True)
    plural = tree.is_plural(head) if head is not None else False
    if tree.tag[kid] == "VBN":
        return _passive(tree, verb, kid, found, plural=plural)
    if (fronted or of is not None) and not despite:
        return None
    if not despite and (tree.subtree(kid)[0] != kid or tree.kids(verb, "agent")):
        return None  # "prompted by the bombardment, sometimes hitting schools": which of the two?
    return _active(tree, verb, kid, found, plural=plural)


def described(tree: Tree, verb: int, kid: int) -> int | None:
    """The islands of "leased the islands, described as a gateway, in 1856": what the words between commas are about."""
    tokens = tree.subtree(kid)
    first, last = tokens[0], tokens[-1]
    inner = [token for token in tokens if token > kid and tree.words[token] == ","]
    if tree.tag[kid] != "VBN" or first != kid or kid < verb or tree.words[first - 1] != "," or tree.kids(kid, "agent"):
        return None
    closed = bool(inner) or (last + 1 < len(tree) and tree.words[last + 1] == ",")
    noun = first - 2
    if not closed or tree.lemma[kid] not in DESCRIBING or tree.tag[noun] not in {"NN", "NNS", "NNP", "NNPS"}:
        return None
    if inner:  # what stands behind the second comma is the verb's own
        for token in tree.children[kid]:
            if token > inner[0]:
                tree.hang(token, on=verb, as_=tree.dep[token])
    return noun


def definite_name(tree: Tree, noun: int) -> tuple[Part, ...]:
    return definite(tree, attribution.name_tokens(tree, noun))


def absolute(tree: Tree, verb: int, kid: int, context: Context, *, first: bool = True) -> Context | None:
    """How the clause of ", with turnout falling to 40%" stands alone, or None if `kid` is none such.

    first: it opens with the "with"; if not, it is coordinated with one that does.
    """
    subject = tree.kid(kid, "nsubj", "nsubjpass")
    opening = tree.head[kid] if tree.dep[kid] == "pcomp" else tree.subtree(kid)[0]
    opened = not first or (tree.lower[opening] == "with" and tree.words[opening - 1] == "," and kid > verb)
    if subject is None or not opened or modal(tree, verb) or tree.auxiliaries(kid):
        return None
    if tree.tag[kid] not in {"VBG", "VBN", "VBD"} or (tree.tag[kid] == "VBD" and (first or tree.kids(kid, "dobj"))):
        return None
    dated = any(tree.label[token] == "DATE" for token in tree.subtree(kid))
    perfect = any(tree.lower[aux] in HAVING for aux in tree.auxiliaries(verb))
    plural, past = tree.is_plural(subject), tree.is_past(verb) or dated or perfect
    tag = "VBD" if past else "VBP" if plural else "VBZ"
    gone: dict[int, tuple[Part, ...]] = {opening: ()} if first else {}
    be = ("were" if plural else "was") if past else ("are" if plural else "is")
    said: tuple[Part, ...] = (inflected(tree.lemma[kid], tag),) if tree.tag[kid] == "VBG" else (be, kid)
    return Context(
        claimant=context.claimant, rule="absolute", outside=verb, has_tense=True, replace={**gone, kid: said}
    )


def _goes_on(tree: Tree, first: int) -> bool:
    """ "Water that had been filtered, heated and bathed": one more participle of the clause before the comma."""
    before = first - 2
    return before > 0 and tree.tag[before] == "VBN" and bool(tree.kids(before, "auxpass"))


def _sides(tree: Tree, noun: int) -> tuple[Part, ...]:
    """A and B of "the war between A and B"."""
    for kid in tree.kids(noun, "prep"):
        if tree.lower[kid] == "between":
            return tuple(token for token in tree.subtree(kid) if token > kid)
    return ()


def _is_speech(tree: Tree, kid: int) -> bool:
    """ "Speaking in Oslo, he said ..." and "..., adding that ..." only tell who says it."""
    return tree.lemma[kid] in SPEAKING


def _passive(tree: Tree, verb: int, kid: int, found: Context, *, plural: bool) -> Context | None:
    having = [aux for aux in tree.auxiliaries(kid) if tree.lower[aux] == "having"]
    if having:
        return _having(tree, kid, having[0], found)
    being = [aux for aux in tree.auxiliaries(kid) if tree.lower[aux] == "being"]
    if being and tree.auxiliaries(kid) == being:  # "despite being fined"
        past = tree.is_past(verb)
        return replace(found, replace={being[0]: ((("were" if plural else "was") if past else "is"),)})
    before = [token for token in tree.subtree(kid) if token < kid]
    if tree.auxiliaries(kid) or any(tree.dep[token] != "advmod" for token in before):
        return None
    dated = any(tree.label[token] == "DATE" for token in tree.subtree(kid))
    be = ("were" if plural else "was") if tree.is_past(verb) or dated else ("are" if plural else "is")
    return replace(found, auxiliaries=(be,))


def _having(tree: Tree, kid: int, having: int, found: Context) -> Context | None:
    been = [aux for aux in tree.auxiliaries(kid) if tree.lower[aux] == "been"]
    if been:
        return replace(found, replace={having: (), been[0]: ("was",)})
    return replace(found, replace={having: (), kid: (inflected(tree.lemma[kid], "VBD"),)})


def _active(tree: Tree, verb: int, kid: int, found: Context, *, plural: bool) -> Context | None:
    """The tense of the main verb: "has ..., leaving" is "has left", "sold ..., leaving" is "left"."""
    if modal(tree, verb) or tree.auxiliaries(kid):
        return None
    doing = [kid, *(other for other in tree.kids(kid, "conj") if tree.tag[other] == "VBG")]
    if tree.tag[verb] == "VBG" and tree.auxiliaries(verb):
        return replace(found, auxiliaries=tuple(tree.auxiliaries(verb)))
    perfect = [aux for aux in tree.auxiliaries(verb) if tree.lower[aux] in HAVING]
    tag = "VBN" if perfect else "VBD" if tree.is_past(verb) else "VBP" if plural else "VBZ"
    said: dict[int, tuple[Part, ...]] = {token: (inflected(tree.lemma[token], tag),) for token in doing}
    return replace(found, auxiliaries=tuple(perfect[:1]), replace=said)
