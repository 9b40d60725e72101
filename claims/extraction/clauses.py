"""What a clause takes from the one it hangs under: subject, auxiliaries, speaker, tense."""

from dataclasses import dataclass, field, replace

from claims.extraction import attribution, trimming
from claims.extraction.antecedents import is_empty_it
from claims.extraction.nouns import Part, commas_around
from claims.extraction.tree import Tree

RUN_ON_MARKS = frozenset({":", ";", "…", "...", "–", "—"})
OCCASION = frozenset({"when", "as"})
BACKGROUND = frozenset({"as", "after"})
LONG_ENOUGH = 8  # words: a shorter clause says little without the reason that is given with it
COMING = frozenset({"come", "follow", "happen", "occur"})
SETTINGS = frozenset({"in", "at", "through", "during", "after", "before", "from"})
SAID = ("dobj", "xcomp", "ccomp", "acomp", "oprd", "dative", "prt")
COMPLEMENTS = ("dobj", "prep", "xcomp", "ccomp", "attr", "acomp", "agent", "prt", "npadvmod", "oprd", "dative", "advcl")
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

    @property
    def tokens(self) -> list[int]:
        """Its parts that are words of the sentence."""
        return [part for part in self.parts if isinstance(part, int)]


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
    if _is_asked(tree, verb):
        return None
    if tree.lemma[verb] in attribution.SAYING and not _says_what(tree, verb, cuts):
        return None  # "she added in Oslo": nothing is left of what was said
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
    if not real or (isinstance(opening, int) and tree.tag[opening] in RELATIVE) or _breaks_off(tree, parts):
        return None
    return Draft(tree, tuple(parts), real, verb, context.rule, context.claimant, context.outside, passed_on)


def _is_asked(tree: Tree, verb: int) -> bool:
    """ "How agencies use the money", "so that people will see": no statement of its own."""
    opening = [kid for kid in tree.kids(verb, "advmod", "mark") if kid < verb]
    if any(tree.lower[kid] == "that" and kid and tree.lower[kid - 1] == "so" for kid in opening):
        return True
    return verb not in tree.roots and any(tree.lower[kid] in {"how", "why", "whether"} for kid in opening)


def _says_what(tree: Tree, verb: int, cuts: set[int]) -> bool:
    told = set(tree.kids(verb, "auxpass", *SAID)) - cuts
    if tree.lemma[verb] == "tell" and all(tree.dep[kid] == "xcomp" for kid in told):
        return False  # "told to leave" was told, and did not tell
    return bool(told) or any(tree.lower[kid] not in SETTINGS for kid in set(tree.kids(verb, "prep")) - cuts)


def _breaks_off(tree: Tree, parts: list[Part]) -> bool:
    """ "Was one of": what came next stands in another clause, or nowhere."""
    words = [part for part in parts if not isinstance(part, int) or tree.pos[part] not in {"PUNCT", "SPACE"}]
    last = words[-1] if words else ""
    return isinstance(last, int) and tree.lower[last] in {"of", "the", "a", "an"}


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
    if not tree.kids(verb, "auxpass", *COMPLEMENTS) and not any(kid > verb for kid in tree.kids(verb, "advmod")):
        found = [kid for kid in found if tree.subject(kid) is not None]  # "founded and led the fund": one object
    found = [kid for kid in found if not any(tree.lower[cc] == "or" for cc in conjunctions(tree, verb, kid))]
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
    return attribution.name_tokens(tree, subject, narrowed=True)


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
    if tree.lemma[kid] == "do" and not tree.kids(kid, "dobj"):
        return False  # "twice as much as it did in 2009"
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
    told = tree.is_past(kid) or marker == "as"
    if marker not in BACKGROUND or kid < verb or not told or modal(tree, kid):
        return False
    if tree.lemma[verb] in COMING:
        return False  # "the measure comes after ..." says nothing without what it comes after
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


def modal(tree: Tree, verb: int) -> bool:
    return any(tree.tag[aux] == "MD" for aux in tree.auxiliaries(verb))


def without_to(tree: Tree, first: int, kid: int, cuts: set[int]) -> list[Part]:
    """The branch of `kid`, with the "to" that it shares with `first`."""
    tokens = tree.subtree(kid, without=cuts)
    branch: list[Part] = [*trimming.without_loose_commas(tree, tokens, cuts, None)]
    if not any(tree.tag[aux] == "TO" for aux in tree.kids(kid, "aux")):
        branch = [*(aux for aux in tree.kids(first, "aux") if tree.tag[aux] == "TO"), *branch]
    return branch
