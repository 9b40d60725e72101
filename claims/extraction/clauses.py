"""What a clause takes from the one it hangs under: subject, auxiliaries, speaker, tense."""

from dataclasses import dataclass, field, replace

from claims.extraction import attribution, trimming
from claims.extraction.antecedents import is_empty_it
from claims.extraction.inflection import inflected
from claims.extraction.nouns import Part, commas_around, definite
from claims.extraction.tree import Tree

RUN_ON_MARKS = frozenset({":", ";", "…", "...", "–", "—"})
OCCASION = frozenset({"when", "as"})
BACKGROUND = frozenset({"as", "after"})
LONG_ENOUGH = 8  # words: a shorter clause says little without the reason that is given with it
SPEAKING = (attribution.SAYING - {"add", "show", "find", "continue", "point", "reveal"}) | {
    "speak", "talk", "ask", "cite", "refer", "include", "accord",
}  # fmt: skip
DESCRIBING = frozenset(
    {"see", "describe", "regard", "consider", "know", "name", "call", "dub", "base", "found", "locate"}
)
THIRD_PERSON = frozenset({"it", "he", "she", "they"})
RELATIVE = frozenset({"WDT", "WP"})
HAVING = frozenset({"has", "have", "had"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is written out.

    parts: tokens and literal words in the order of the claim; own: the tokens that its quote must span.
    verb: its main verb (for an apposition the noun that takes its place); outside: the verb of the clause it
    was taken from, or None. claimant: the tokens of who says it. All tokens are those of `tree`.
    """

    tree: Tree
    parts: tuple[Part, ...]
    own: frozenset[int]
    verb: int
    rule: str
    claimant: tuple[int, ...] = ()
    outside: int | None = None
    passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause takes from the one that it hangs under.

    replace: token to the parts in its place; tail: parts put at its end; front: parts put before its subject.
    """

    subject: tuple[Part, ...] = ()
    auxiliaries: tuple[Part, ...] = ()
    claimant: tuple[int, ...] = ()
    rule: str = "clause"
    outside: int | None = None
    replace: dict[int, tuple[Part, ...]] = field(default_factory=dict)
    tail: tuple[Part, ...] = ()
    front: tuple[Part, ...] = ()
    has_tense: bool = False


def emitted(
    tree: Tree, verb: int, context: Context, cuts: set[int], *, instead: list[Part] | None = None
) -> Draft | None:
    """The clause of `verb` without `cuts` as a draft, if it has a subject and a tense. instead: parts to add."""
    subject = tree.subject(verb)
    if subject is None and not context.subject:
        return None
    if not (tree.is_finite(verb) or context.auxiliaries or context.has_tense):
        return None
    branch = [token for token in tree.subtree(verb, without=cuts) if tree.starts[token] >= 0 or not tree.asides]
    own = trimming.without_loose_commas(tree, branch, cuts, subject)
    passed_on = bool(context.subject) and (subject is None or subject not in context.replace) and subject is None
    if passed_on and any(t < verb and tree.tag[t] == "PRP" and tree.dep[t] in {"nsubj", "nsubjpass"} for t in own):
        return None  # a subject of its own after all, which the parser hung elsewhere
    parts: list[Part] = [*context.front, *context.subject] if passed_on else []
    parts += context.auxiliaries
    for token in own:
        parts += context.replace.get(token, (token,))
    parts = _before_end(tree, parts, [*(instead or []), *context.tail])
    real = frozenset(token for token in own if tree.starts[token] >= 0)
    if instead:
        real |= {part for part in instead if isinstance(part, int)}
    opening = next((part for part in parts if not isinstance(part, int) or tree.pos[part] != "PUNCT"), "")
    if not real or (isinstance(opening, int) and tree.tag[opening] in RELATIVE):
        return None
    return Draft(tree, tuple(parts), real, verb, context.rule, context.claimant, context.outside, passed_on)


def _before_end(tree: Tree, parts: list[Part], more: list[Part]) -> list[Part]:
    """`parts` and `more`, which goes before the full stop."""
    while more and parts and isinstance(parts[-1], int) and tree.pos[parts[-1]] in {"PUNCT", "SPACE"}:
        parts.pop()
    return parts + more


def coordinated(tree: Tree, verb: int) -> list[int]:
    """Verbs that share the place of `verb`: "opened the port and closed the road"."""
    found = [
        kid
        for kid in tree.kids(verb, "conj")
        if tree.is_verb(kid) and (tree.is_finite(kid) or _shares_auxiliary(tree, verb, kid))
    ]
    subject = tree.subject(verb)
    if subject is not None and tree.lower[subject] in {"i", "you", "we", "they"}:
        found = [kid for kid in found if tree.tag[kid] != "VBZ" or tree.subject(kid) is not None]  # "I ... and stays"
    # Without "and" two verbs of different tense are a mistake of the parser: "fine banks deemed too weak".
    return [kid for kid in found if conjunctions(tree, verb, kid) or tree.subject(kid) is not None]


def _shares_auxiliary(tree: Tree, verb: int, kid: int) -> bool:
    auxiliaries = tree.auxiliaries(verb)
    if any(tree.tag[aux] == "MD" or tree.lemma[aux] == "do" for aux in auxiliaries):
        return tree.tag[kid] == "VB" or (tree.tag[verb] == tree.tag[kid] != "VB")
    return bool(auxiliaries) and tree.tag[kid] in {"VBN", "VBG"}


def conjunctions(tree: Tree, verb: int, kid: int) -> list[int]:
    """The "and" or "but" in front of `kid`; in a list, where only the last has one, that of the last."""
    before = max([verb, *(other for other in tree.kids(verb, "conj") if other < kid)])
    last = max([kid, *tree.kids(kid, "conj")])
    own = [cc for cc in tree.kids(verb, "cc") if before < cc < kid] + tree.kids(verb, "preconj")
    if not own and any(kid < other for other in tree.kids(verb, "conj")):
        own = [cc for cc in tree.kids(verb, "cc") if cc > kid]
    return own or [cc for cc in tree.kids(kid, "cc") if cc < last]


def inherited(tree: Tree, verb: int, kid: int, context: Context) -> Context:
    """A coordinated verb without its own subject or auxiliaries has those of the first, and what opens it."""
    own = tree.subject(kid)
    named = next((parts for token, parts in context.replace.items() if parts and tree.tag[token] in RELATIVE), None)
    if own is not None and tree.tag[own] in RELATIVE and named:
        return replace(context, replace={own: named}, outside=verb, tail=(), front=())  # "which ... and which ..."
    if own is not None:
        but = any(
            tree.lower[cc] in {"but", "yet"} and tree.words[cc - 1] == "," for cc in conjunctions(tree, verb, kid)
        )
        claimant = () if but and _reports(tree, context) else context.claimant
        return Context(claimant=claimant, rule="coordinated clause", outside=verb)
    auxiliaries: tuple[Part, ...] = ()
    if not tree.is_finite(kid):
        auxiliaries = tuple(tree.auxiliaries(verb)) or context.auxiliaries
    return replace(
        context,
        subject=subject_of(tree, verb, context),
        auxiliaries=auxiliaries,
        rule="coordinated predicate",
        outside=verb,
        tail=(),
        front=front_of(tree, verb) or context.front,
    )


def _reports(tree: Tree, context: Context) -> bool:
    """Is it said without "that", so that a new clause after a comma is the article's own?"""
    verb = context.outside
    if verb is None or tree.lemma[verb] not in attribution.SAYING:
        return False
    return verb + 1 < len(tree) and tree.lower[verb + 1] != "that"


def front_of(tree: Tree, verb: int) -> tuple[Part, ...]:
    """The time or place that a clause opens with, and its comma: it holds for all its verbs."""
    subject = tree.subject(verb)
    for kid in tree.kids(verb, "prep", "npadvmod"):
        branch = tree.subtree(kid)
        if subject is None or branch[-1] + 1 >= subject or tree.words[branch[-1] + 1] != ",":
            continue
        if tree.lower[kid] in {"in", "on", "at", "during", "under", "since", "by", "between"} and branch[0] == kid:
            return (*branch, branch[-1] + 1)
    return ()


def subject_of(tree: Tree, verb: int, context: Context) -> tuple[Part, ...]:
    subject = tree.subject(verb)
    if subject is None or subject in context.replace:
        return context.replace.get(subject, context.subject) if subject is not None else context.subject
    return attribution.name_tokens(tree, subject)


def runs_on(tree: Tree, kid: int, verb: int) -> bool:
    """Is `kid` a sentence of its own, tacked on with a colon, a semicolon or only a comma?"""
    between = set(tree.words[min(kid, verb) + 1 : max(kid, verb)])
    whole = tree.subject(kid) is not None and tree.is_finite(kid) and tree.subject(verb) is not None
    if not whole or tree.kids(kid, "mark") or tree.lemma[verb] in attribution.SAYING:
        return False
    return bool(RUN_ON_MARKS & between) or (kid < verb and "," in between and tree.dep[kid] == "ccomp")


def is_fact(tree: Tree, kid: int, verb: int) -> bool:
    """Does the adverbial clause `kid`, which has a subject, say something of its own?"""
    if (subject := tree.subject(kid)) is None or not tree.is_finite(kid):
        return False
    marker = trimming.marker(tree, kid)
    fronted = kid < verb and commas_around(tree, kid)
    if marker in trimming.CONTRAST:
        return True
    if tree.pos[subject] == "PRON" and not same_subject(tree, kid, verb):
        return False  # "when I took office" says little by itself
    if marker in OCCASION and fronted and tree.is_past(kid):
        return True
    return _is_background(tree, kid, verb, marker)


def _is_background(tree: Tree, kid: int, verb: int, marker: str) -> bool:
    """ "X shelved the plan last year, as it faced a crisis": two facts, where the first is one without the second."""
    if marker not in BACKGROUND or kid < verb or not tree.is_past(kid) or _modal(tree, kid):
        return False
    branch = tree.subtree(kid)
    left = tree.subtree(verb, without={kid})
    if any(token > branch[-1] and tree.pos[token] not in {"PUNCT", "SPACE"} for token in left):
        return False  # what stands behind it is rather a part of it that the parser tore off
    main = len(left)
    set_off = tree.words[branch[0] - 1] == "," or marker == "as" or (len(branch) >= 8 and main >= 10)
    return set_off and main >= LONG_ENOUGH and len(branch) >= 5


def same_subject(tree: Tree, kid: int, verb: int) -> bool:
    """Is the subject of `kid` a pronoun that can only mean the subject of `verb`?"""
    subject, above = tree.subject(kid), tree.subject(verb)
    if subject is None or above is None or tree.lower[subject] not in THIRD_PERSON or tree.pos[above] == "PRON":
        return False
    if tree.lower[subject] == "it" and is_empty_it(tree, kid):
        return False
    if tree.lower[subject] in {"he", "she"}:
        return tree.label[above] == "PERSON"
    plural = tree.lower[subject] == "they"
    return tree.label[above] != "PERSON" and tree.is_plural(above) == plural


def subordinate(tree: Tree, verb: int, kid: int, context: Context) -> Context:
    """An adverbial clause with a subject; "it" in it is the subject of the main clause."""
    contrast = trimming.marker(tree, kid) in trimming.CONTRAST
    own = contrast and _reports(tree, context)
    found = Context(claimant=() if own else context.claimant, rule="adverbial clause", outside=verb)
    subject = tree.subject(kid)
    if subject is not None and not contrast and same_subject(tree, kid, verb):
        return replace(found, replace={subject: subject_of(tree, verb, context)})
    return found


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
    """The islands of "leased the islands, described as a gateway, in 1856": what a participle between commas is about."""
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
    if subject is None or not opened or _modal(tree, verb) or tree.auxiliaries(kid):
        return None
    if tree.tag[kid] not in {"VBG", "VBN", "VBD"} or (tree.tag[kid] == "VBD" and (first or tree.kids(kid, "dobj"))):
        return None
    plural, past = tree.is_plural(subject), tree.is_past(verb)
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
    if _modal(tree, verb) or tree.auxiliaries(kid):
        return None
    doing = [kid, *(other for other in tree.kids(kid, "conj") if tree.tag[other] == "VBG")]
    if tree.tag[verb] == "VBG" and tree.auxiliaries(verb):
        return replace(found, auxiliaries=tuple(tree.auxiliaries(verb)))
    perfect = [aux for aux in tree.auxiliaries(verb) if tree.lower[aux] in HAVING]
    tag = "VBN" if perfect else "VBD" if tree.is_past(verb) else "VBP" if plural else "VBZ"
    said: dict[int, tuple[Part, ...]] = {token: (inflected(tree.lemma[token], tag),) for token in doing}
    return replace(found, auxiliaries=tuple(perfect[:1]), replace=said)


def _modal(tree: Tree, verb: int) -> bool:
    return any(tree.tag[aux] == "MD" for aux in tree.auxiliaries(verb))


def without_to(tree: Tree, first: int, kid: int, cuts: set[int]) -> list[Part]:
    """The branch of `kid`, with the "to" that it shares with `first`."""
    tokens = tree.subtree(kid, without=cuts)
    branch: list[Part] = [*trimming.without_loose_commas(tree, tokens, cuts, None)]
    if not any(tree.tag[aux] == "TO" for aux in tree.kids(kid, "aux")):
        branch = [*(aux for aux in tree.kids(first, "aux") if tree.tag[aux] == "TO"), *branch]
    return branch
