"""What is said in passing about a noun: appositions and relative clauses."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claims.extraction.attribution import SAYING, closes, name_tokens
from claims.extraction.tree import NAMES, Tree

if TYPE_CHECKING:
    from claims.extraction.clauses import Draft

Part = int | str
BREAKS = frozenset({",", "—", "–", "-", "--", "(", "”", '"'})
RANKS = frozenset({"first", "last"})
FEWEST_TOLD = 5  # words of a clause that is worth a claim of its own
CLITICS = {
    "'s": "is",
    "’s": "is",
    "'re": "are",
    "’re": "are",
    "'ve": "have",
    "’ve": "have",
    "'ll": "will",
    "’ll": "will",
}
DEEDS = {
    "decision": "decided", "refusal": "refused", "promise": "promised", "pledge": "pledged", "vow": "vowed",
    "failure": "failed", "agreement": "agreed", "threat": "threatened", "offer": "offered", "attempt": "attempted",
}  # fmt: skip
RANKINGS = frozenset({"first", "last", "only", "biggest", "latest"})
# What nobody is: an apposition with one of these is said of the whole sentence.
EVENTS = frozenset({
    "decision", "move", "finding", "claim", "charge", "allegation", "step", "change", "result", "rise", "drop", "fall",
    "increase", "decrease", "gain", "loss", "feat", "policy", "view", "trend", "number", "amount", "total", "day",
    "year", "month", "week", "place", "time", "sign", "fact", "practice", "process", "event",
})  # fmt: skip
DETERMINERS = frozenset({"the", "a", "an", "one", "its", "his", "her", "their", "another"})


@dataclass(frozen=True, slots=True)
class Aside:
    """An apposition or relative clause under `noun`.

    subject: what it is about, empty if that cannot be said; phrase: the tokens of an apposition.
    claimant: who says it, if that is not who says the sentence. cut: the sentence reads on without it.
    replace: relative pronoun to the words it stands for. tail: what goes to the end of a relative clause: "in Tartu"
    for "where".
    """

    rule: str
    noun: int
    top: int
    subject: tuple[Part, ...]
    phrase: tuple[Part, ...] = ()
    cut: bool = False
    is_ranking: bool = False
    replace: dict[int, tuple[Part, ...]] = field(default_factory=dict)
    tail: tuple[Part, ...] = ()
    claimant: tuple[int, ...] = ()


def asides(tree: Tree, tokens: list[int], verb: int) -> list[Aside]:
    """The asides about the nouns among `tokens`, in text order."""
    found: list[Aside] = []
    for noun in tokens:
        if noun != verb and tree.pos[noun] in {"NOUN", "PROPN", "NUM"}:
            found += _appositions(tree, noun)
            found += [aside for kid in tree.kids(noun, "relcl") if (aside := _relative(tree, noun, kid))]
            found += [aside for kid in tree.kids(noun, "acl") if (aside := _deed(tree, noun, kid))]
            found += [_reduced(tree, noun, kid) for kid in tree.kids(noun, "acl") if _is_reduced(tree, noun, kid)]
    return found


def copula(tree: Tree, noun: int, *, past: bool) -> str:
    single = any(tree.lower[det] in {"a", "an"} for det in tree.kids(noun, "det"))
    if tree.is_plural(noun) and not single:
        return "were" if past else "are"
    return "was" if past else "is"


def commas_around(tree: Tree, top: int) -> bool:
    """Is the branch of `top` set off on its inner side?"""
    branch = tree.subtree(top)
    before = tree.words[branch[0] - 1] if branch[0] else ""
    after = tree.words[branch[-1] + 1] if branch[-1] + 1 < len(tree) else ""
    return before in BREAKS if top > tree.head[top] else after in BREAKS or tree.words[branch[-1]] in BREAKS


def _deed(tree: Tree, noun: int, kid: int) -> Aside | None:
    """ "The government's decision to close 28 schools": the government decided to close them."""
    owner = tree.kid(noun, "poss")
    verb = DEEDS.get(tree.lower[noun])
    if owner is None or verb is None or tree.tag[kid] != "VB" or len(tree.subtree(kid)) < 4:
        return None
    name = tuple(token for token in tree.subtree(owner) if tree.tag[token] != "POS")
    negated = any(tree.lower[adjective] in {"no"} for adjective in tree.kids(noun, "det"))
    if negated or tree.lower[owner] == "whose":
        return None
    return Aside("deed", owner, kid, (*name, verb), tuple(tree.subtree(kid)))


def _is_reduced(tree: Tree, noun: int, kid: int) -> bool:
    """ "The map, published in 1961, sold ..."."""
    subject = tree.dep[noun] in {"nsubj", "nsubjpass"}
    last = tree.subtree(kid)[-1]
    ends = last + 1 >= len(tree) or tree.words[last + 1] not in {","}
    return kid > noun and tree.tag[kid] == "VBN" and commas_around(tree, kid) and (subject or not ends)


def _reduced(tree: Tree, noun: int, kid: int) -> Aside:
    return Aside("participle", noun, kid, definite(tree, name_tokens(tree, noun)), cut=True)


def _appositions(tree: Tree, noun: int) -> list[Aside]:
    """The first apposition of a name. A second one is the parser's mistake for an object or the rest of a list."""
    for top in tree.kids(noun, "appos")[:1]:
        phrase = _phrase(tree, top)
        if top > noun and _is_set_off(tree, phrase) and len(phrase) == 1 and tree.tag[top] == "CD":
            return [Aside("apposition", noun, top, (), cut=True)]  # an age
        if top > noun and _is_set_off(tree, phrase) and _is_title(tree, noun, top, phrase):
            return [_title(tree, noun, phrase)]
        if top < noun or not _is_set_off(tree, phrase) or not _names(tree, noun, top, phrase):
            continue
        if any(kid < top for kid in tree.kids(noun, "conj")) and not tree.is_plural(top):
            continue  # "A and B, the mayor": of whom?
        subject = _subject(tree, noun, phrase[0])
        ranking = _is_ranking(tree, phrase)
        return [Aside("apposition", noun, top, subject, tuple(phrase), cut=True, is_ranking=ranking)]
    return []


def _is_title(tree: Tree, noun: int, top: int, phrase: list[int]) -> bool:
    """ "Its largest shareholder, SoftBank, ..." and "the only two states to sign, Egypt and Jordan, ..."."""
    described = [token for token in tree.subtree(noun) if token <= noun or token < phrase[0]]
    ranked = any(tree.lower[token] in RANKINGS or tree.tag[token] == "JJS" for token in described)
    return ranked and tree.tag[noun] in {"NN", "NNS"} and tree.tag[top] in NAMES


def _title(tree: Tree, noun: int, phrase: list[int]) -> Aside:
    described: list[Part] = list(_subject(tree, noun, phrase[0]))
    first = described[0] if described else None
    if isinstance(first, int) and tree.tag[first] in {"DT", "PRP$"} and first == 0:
        described[0:1] = [tree.lower[first]] if tree.tag[first] == "DT" else described[0:1]
    return Aside("apposition", noun, noun, tuple(phrase), tuple(described), cut=False)


def _phrase(tree: Tree, top: int) -> list[int]:
    loose = {kid for kid in tree.kids(top, "relcl", "appos") if commas_around(tree, kid)}
    phrase = tree.subtree(top, without=loose)
    while phrase and tree.pos[phrase[-1]] in {"PUNCT", "SPACE"} and not closes(tree, phrase):
        phrase.pop()
    return phrase


def _is_set_off(tree: Tree, phrase: list[int]) -> bool:
    if not phrase:  # nothing but punctuation
        return False
    first, last = phrase[0], phrase[-1]
    closed = last + 1 >= len(tree) or tree.pos[last + 1] == "PUNCT" or tree.lower[last + 1] in {"who", "which"}
    return first > 0 and tree.words[first - 1] in BREAKS and closed


def _names(tree: Tree, noun: int, top: int, phrase: list[int]) -> bool:
    """A name, then a common noun that tells what it is: not a list of names, an age or a place."""
    named = tree.tag[noun] in NAMES or (
        tree.tag[noun] == "NN" and any(tree.tag[kid] in NAMES for kid in tree.kids(noun, "compound", "poss"))
    )
    if not named or tree.tag[top] not in {"NN", "NNS"} or (tree.label[noun] == "PERSON" and tree.lemma[top] in EVENTS):
        return False
    opening = tree.lower[phrase[0]]
    return (
        opening in DETERMINERS
        or tree.tag[phrase[0]] in {"JJ", "NN", "JJS", "RB", "CD"}
        or tree.dep[phrase[0]] in {"poss", "compound", "amod"}
    )


def _is_ranking(tree: Tree, phrase: list[int]) -> bool:
    return any(tree.lower[token] in RANKS for token in phrase)


def _subject(tree: Tree, noun: int, before: int) -> tuple[int, ...]:
    """The noun phrase as far as it stands before its apposition."""
    tokens = [token for token in tree.subtree(noun) if token < before]
    while tokens and tree.pos[tokens[-1]] in {"PUNCT", "CCONJ"}:
        tokens.pop()
    while tokens and tree.lower[tokens[0]] in {"whether", "if", "that"}:
        tokens.pop(0)
    entity = tree.entity_at(noun)
    if tokens and tree.lower[tokens[0]] in {"a", "an"} and tree.tag[noun] in NAMES and entity is not None:
        tokens = [token for token in tokens if token >= entity.first]  # "a skeptical Ann Lee"
    entity = tree.entity_at(tokens[0]) if tokens else None
    if entity is not None and entity.first < tokens[0]:
        tokens = [*range(entity.first, tokens[0]), *tokens]  # "Stratford upon Avon", which the parser took apart
    return tuple(tokens)


def _relative(tree: Tree, noun: int, verb: int) -> Aside | None:
    if verb < noun or not tree.is_finite(verb):
        return None
    cut = commas_around(tree, verb)
    pronoun = tree.kid(verb, "nsubj", "nsubjpass")
    if pronoun is None or tree.lower[pronoun] not in {"who", "which", "that"}:
        said = _said_to(tree, noun, verb)
        whose = said or _whose(tree, noun, verb) or (_placed(tree, noun, verb) if cut else None)
        return whose or (Aside("relative clause", noun, verb, (), cut=True) if cut else None)
    if not cut and not _says_something(tree, noun, verb):
        return None
    others = [kid for kid in tree.kids(noun, "conj") if kid < pronoun]
    single = tree.tag[verb] == "VBZ" or any(tree.lower[aux] in {"is", "was", "has"} for aux in tree.auxiliaries(verb))
    if others and single:
        noun = others[-1]  # "the county and the state, which is paying": the state
    if _may_mean_higher(tree, noun):
        return Aside("relative clause", noun, verb, (), cut=True) if cut else None
    if tree.lower[pronoun] == "which" and tree.label[noun] == "PERSON":
        return Aside("relative clause", noun, verb, (), cut=True) if cut else None
    if tree.lower[pronoun] == "who" and tree.label[noun] in {"ORG", "FAC", "GPE", "LOC", "PRODUCT"}:
        people = [t for t in tree.ancestors(noun) if tree.label[t] == "PERSON"]
        if not people:
            return Aside("relative clause", noun, verb, (), cut=True) if cut else None
        noun = people[0]  # "Abed, a doctor at the hospital, who ...": not the hospital
    name = definite(tree, _until(tree, noun, verb))
    spelled = {t: (CLITICS[tree.lower[t]],) for t in (*tree.auxiliaries(verb), verb) if tree.lower[t] in CLITICS}
    if tree.tag[verb] == "VBN" and not tree.kids(verb, "auxpass"):
        spelled = {t: ("has",) if words == ("is",) else words for t, words in spelled.items()}
    return Aside("relative clause", noun, verb, name, cut=cut, replace={pronoun: name, **spelled})


def _until(tree: Tree, noun: int, verb: int) -> tuple[int, ...]:
    """The noun phrase as far as it stands before its clause: not "over Ayr, who won 4-0, by a point"."""
    clause = tree.subtree(verb)[0]
    return tuple(token for token in name_tokens(tree, noun) if token < clause) or (noun,)


def _said_to(tree: Tree, noun: int, verb: int) -> Aside | None:
    """ "Tanks, which she admits would cost 9,000 jobs": tanks would, says she."""
    content = next((kid for kid in tree.kids(verb, "ccomp") if tree.is_finite(kid)), None)
    pronoun = tree.kid(content, "nsubj", "nsubjpass") if content is not None else None
    speaker = tree.kid(verb, "nsubj")
    if content is None or pronoun is None or speaker is None or tree.lower[pronoun] not in {"who", "which", "that"}:
        return None
    if tree.lemma[verb] not in SAYING | {"admit", "concede"} or not commas_around(tree, verb):
        return None
    name = definite(tree, _until(tree, noun, verb))
    said_by = name_tokens(tree, speaker)
    return Aside("relative clause", noun, content, name, cut=True, replace={pronoun: name}, claimant=said_by)


def _may_mean_higher(tree: Tree, noun: int) -> bool:
    """ "The Observatory in Hawaii, which ...": the place or the body?"""
    above = tree.head[tree.head[noun]]
    return tree.label[noun] == "GPE" and tree.dep[noun] == "pobj" and tree.label[above] in {"ORG", "FAC"}


def _whose(tree: Tree, noun: int, verb: int) -> Aside | None:
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    whose = tree.kid(subject, "poss") if subject is not None else None
    if whose is None or tree.lower[whose] != "whose" or not commas_around(tree, verb):
        return None
    name: tuple[Part, ...] = (*name_tokens(tree, noun), "’s")
    return Aside("relative clause", noun, verb, name, cut=True, replace={whose: name})


def _placed(tree: Tree, noun: int, verb: int) -> Aside | None:
    """ "In Tartu, where turnout rose", "since 2002, when floods killed 80", "the outbreak, in which three died"."""
    name = definite(tree, name_tokens(tree, noun))
    for kid in tree.kids(verb, "advmod", "prep", "dobj"):
        if kid > verb:
            continue
        which = tree.kid(kid, "pobj")
        if tree.dep[kid] == "prep" and which is not None and tree.lower[which] in {"which", "whom"}:
            above = tree.head[tree.head[noun]]
            dated = tree.label[noun] in {"DATE", "TIME"}
            if tree.lower[tree.head[noun]] == "of" and dated:  # "the night of March 10, during which"
                name, on = definite(tree, _until(tree, above, verb)), tree.head[above]
                tail = (on if tree.lower[on] in {"on", "in", "at"} else kid, *name)
                return Aside("relative clause", noun, verb, name, cut=True, replace={kid: (), which: ()}, tail=tail)
            return Aside("relative clause", noun, verb, name, cut=True, replace={kid: (), which: ()}, tail=(kid, *name))
        if tree.dep[kid] == "advmod" and tree.lower[kid] in {"where", "when"} and tree.dep[noun] == "pobj":
            above = tree.head[noun]
            place = above if tree.lower[above] in {"in", "on", "at", "during", "near"} else "in"
            return Aside("relative clause", noun, verb, name, cut=True, replace={kid: ()}, tail=(place, *name))
        if tree.dep[kid] == "dobj" and tree.lower[kid] in {"which", "whom"} and not tree.kids(verb, "ccomp", "xcomp"):
            return Aside("relative clause", noun, verb, name, cut=True, replace={kid: (), verb: (verb, *name)})
    return None


def _says_something(tree: Tree, noun: int, verb: int) -> bool:
    """A clause that only tells which one is meant says nothing of its own; about a thing with an owner it does.

    And so it does about a thing new to the text, if it counts or tells what happened: "a blast that shook Rome".
    """
    owner = tree.kid(noun, "poss")
    if owner is not None and tree.tag[owner] in NAMES:
        return True
    article = tree.kid(noun, "det")
    clause = tree.subtree(verb)
    told = any(tree.tag[token] == "CD" for token in clause) or (tree.is_past(verb) and len(clause) >= FEWEST_TOLD)
    return told and article is not None and tree.lower[article] in {"a", "an"}


def definite(tree: Tree, name: tuple[int, ...]) -> tuple[Part, ...]:
    """Named once, "a 2-liter engine" is "the 2-liter engine" from then on."""
    if tree.lower[name[0]] in {"a", "an"} and tree.dep[name[0]] == "det":
        return name[1:] if tree.tag[tree.head[name[0]]] in NAMES else ("the", *name[1:])
    return name


def halves(draft: "Draft") -> list["Draft"]:
    """ "X proposed a dividend of 6.50 crowns and a buyback of up to 4%": two objects, two statements."""
    tree, verb = draft.tree, draft.verb
    for first in tree.kids(verb, "dobj"):
        for second in tree.kids(first, "conj"):
            joint = [cc for cc in tree.kids(first, "cc") if first < cc < second and tree.lower[cc] == "and"]
            as_well = [cc for cc in tree.kids(first, "cc") if first < cc < second and tree.kids(cc, "advmod")]
            if as_well and len(tree.subtree(second)) >= 5:
                gone = {token for cc in as_well for token in tree.subtree(cc)}
                phrase = set(tree.subtree(second))
                others = set(tree.subtree(first, without={second, *as_well}))
                return [_less(draft, gone | phrase), _less(draft, gone | others)]
            one = [t for t in tree.subtree(first, without={second, *joint}) if t in draft.own]
            other = [t for t in tree.subtree(second) if t in draft.own]
            if joint and _is_weighty(tree, first, one) and _is_weighty(tree, second, other):
                return [_less(draft, {*other, *joint}), _less(draft, {*one, *joint})]
    return [draft]


def _is_weighty(tree: Tree, noun: int, tokens: list[int]) -> bool:
    """An object with a number that says something of it, not one that only counts it."""
    below = {t for kid in tree.kids(noun, "prep", "acl", "relcl") for t in tree.subtree(kid)}
    return len(tokens) >= 5 and any(tree.tag[token] == "CD" and token in below for token in tokens)


def _less(draft: "Draft", gone: set[int]) -> "Draft":
    tree = draft.tree
    kept = tuple(part for part in draft.parts if part not in gone)
    while kept and isinstance(kept[-1], int) and tree.words[kept[-1]] in {",", "."}:
        kept = kept[:-1]
    return replace(draft, parts=kept, own=draft.own - gone)
