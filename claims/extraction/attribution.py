from dataclasses import dataclass

from claims.extraction.tree import NAMES, Tree
from claims.extraction.wordlists import words

# Verbs that only carry what was said: the speaker becomes the claimant and the saying goes out of the text.
# To deny, suspect, accuse or promise is an event of its own: such sentences stay whole.
SAYING = words(
    "say tell add announce report state note claim explain stress argue insist remark estimate reiterate "
    "write declare maintain assert observe reveal unveil indicate disclose conclude acknowledge warn "
    "point comment reply continue recall contend emphasize emphasise show find confirm tweet testify "
    "suggest counter recount"
)
# These say what a study or a body found; with a person as their subject they are acts.
FINDINGS = frozenset({"show", "find", "suggest", "conclude", "reveal", "confirm", "testify"})
PAPERS = words(
    "report study survey poll paper document documents figure figures data research analysis census "
    "review records statistics statement audit"
)
SPOKEN_FOR = words(
    "company firm agency organisation organization bank union party retailer airline police ministry government court"
    " council commission office department committee authority authorities officials"
)
# What people do with words: after "X said the deaths were caused by Y and", the one who did it is X.
ACTS = words(
    "call urge suspect accuse demand ask vow promise blame criticise criticize praise thank condemn "
    "appeal refuse decline deny"
)
QUOTE_MARKS = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it (tokens of the name), the verb of what is said, and the tokens that only attribute."""

    claimant: tuple[int, ...]
    content: int
    claimant_head: int


def reported(tree: Tree, verb: int, inherited_subject: tuple[int, ...] = ()) -> Attribution | None:
    """What `verb` reports, if it is a verb of saying with a whole clause as its content."""
    content = next((kid for kid in tree.kids(verb, "ccomp") if _is_statement(tree, kid, verb)), None)
    says = tree.lemma[verb] in SAYING or _ends_quotation(tree, content, verb)
    if not says or tree.kids(verb, "neg") or _is_hypothetical(tree, verb):
        return None
    speaker = speaker_of(tree, verb, quote_before=content is not None and content < verb)
    if content is None or (speaker is None and not inherited_subject) or _is_torn(tree, verb, content):
        return None
    first = tree.subtree(content)[0]
    if first > verb and tree.tag[first] in NAMES and tree.tag[first - 1] in {*NAMES, "POS"}:
        return None  # "told NBC News' Today show the number ...": the clause begins within a name
    trailing = content < verb
    if tree.lemma[verb] in FINDINGS and not trailing and not _can_find(tree, speaker):
        return None
    name = name_tokens(tree, speaker) if speaker is not None else inherited_subject
    return Attribution(name, content, speaker if speaker is not None else inherited_subject[-1])


def _ends_quotation(tree: Tree, content: int | None, verb: int) -> bool:
    """ "“I cannot stay,” she joked": whatever the verb, what stands before it is said."""
    if content is None or content > verb:
        return False
    return any(tree.words[t] in QUOTE_MARKS and tree.words[t - 1] in {",", "?", "!"} for t in range(content + 1, verb))


def speaker_of(tree: Tree, verb: int, *, quote_before: bool) -> int | None:
    """The subject of a verb of saying; after a quote the parser often takes it for the object."""
    speaker = tree.kid(verb, "nsubj")
    if speaker is None and quote_before:
        speaker = next((kid for kid in tree.kids(verb, "dobj", "attr", "npadvmod") if kid > verb), None)
    if speaker is not None and tree.tag[speaker] in {"WDT", "WP", "EX"}:
        return None
    return speaker


def name_tokens(tree: Tree, head: int, *, narrowed: bool = False) -> tuple[int, ...]:
    """The noun phrase of `head` without relative clauses, appositions and what follows them.

    narrowed: a clause that tells which ones are meant ("homes that have one") stays.
    """
    cut = {kid for kid in tree.kids(head, "relcl", "appos", "acl", "advcl") if kid > head and tree.words[kid - 1]}
    close = {kid for kid in tree.kids(head, "appos") if not _comma_before(tree, kid)}
    acl = {kid for kid in tree.kids(head, "acl") if not _comma_before(tree, kid)}
    telling = {kid for kid in tree.kids(head, "relcl") if narrowed and not _comma_before(tree, kid)}
    tokens = [token for token in tree.subtree(head, without=cut - close - acl - telling) if tree.tag[token] != "_SP"]
    while len(tokens) > 1 and tree.pos[tokens[-1]] == "ADV" and tree.head[tokens[-1]] == head:
        tokens.pop()  # "stole 5 million outright, which"
    while tokens and tree.pos[tokens[-1]] in {"PUNCT", "CCONJ"} and not closes(tree, tokens):
        tokens.pop()
    marks = [token for token in tokens if tree.words[token] in QUOTE_MARKS]
    if len(marks) == 2:
        return tuple(tokens)  # the drama “Bombshell”
    marks = [token for token in marks if token < head]
    tokens = [token for token in tokens if not marks or token > marks[-1]]
    return tuple(token for token in tokens if tree.words[token] not in QUOTE_MARKS)


def closes(tree: Tree, tokens: list[int]) -> bool:
    return tree.words[tokens[-1]] == ")" and any(tree.words[token] == "(" for token in tokens)


def according_to(tree: Tree, verb: int) -> tuple[int, tuple[int, ...], int] | None:
    """The branch "according to X" under `verb`: its top token, the tokens of X and the head of X."""
    for kid in tree.subtree(verb):
        if tree.lower[kid] == "according" and tree.dep[kid] in {"prep", "advcl", "acl"}:
            to = next((child for child in tree.children[kid] if tree.lower[child] == "to"), None)
            source = tree.kid(to, "pobj") if to is not None else None
            if source is not None:
                return kid, name_tokens(tree, source), source
    return None


def aside(tree: Tree, verb: int) -> Attribution | None:
    """An attribution set inside what is said: "..., the ministry said, ..." or "as she told voters"."""
    for kid in tree.kids(verb, "parataxis", "ccomp", "advcl", "dep"):
        marker = tree.kid(kid, "mark")
        empty = not tree.kids(kid, "ccomp", "dobj", "xcomp")
        empty = empty and (tree.tag[kid] != "VBN" or bool(tree.auxiliaries(kid)))
        empty = empty and not any(tree.lower[prep] in {"from", "to", "by"} for prep in tree.kids(kid, "prep"))
        as_said = marker is not None and tree.lower[marker] == "as"
        if tree.lemma[kid] in SAYING and empty and (as_said or marker is None) and not tree.kids(kid, "neg"):
            speaker = tree.kid(kid, "nsubj")
            if speaker is not None and (as_said or _comma_before(tree, kid)):
                return Attribution(name_tokens(tree, speaker), kid, speaker)
    return None


def further_content(tree: Tree, verb: int) -> int | None:
    """The clause in "..., adding that CLAUSE", said by the subject of `verb`."""
    contents = (content_of_participle(tree, kid) for kid in tree.kids(verb, "advcl"))
    return next((content for content in contents if content is not None), None)


def other_contents(tree: Tree, verb: int, content: int) -> list[int]:
    """What else is said, behind a colon: "suggests that the hour matters: those who walked were 17% less likely"."""
    more = [kid for kid in tree.kids(verb, "ccomp") if kid > content > verb and _is_statement(tree, kid, verb)]
    return [kid for kid in more if ":" in tree.words[content : tree.subtree(kid)[0]]]


def content_of_participle(tree: Tree, kid: int) -> int | None:
    """The clause in "..., arguing that CLAUSE" if `kid` is such a verb."""
    if tree.lemma[kid] in SAYING and tree.tag[kid] == "VBG" and tree.subject(kid) is None:
        return next((c for c in tree.kids(kid, "ccomp") if _is_statement(tree, c, kid)), None)
    return None


def _is_torn(tree: Tree, verb: int, content: int) -> bool:
    """Did the parser hang the "that" of "told X that ..." under something else than the clause it opens?"""
    that = (t for t in range(verb + 1, content) if tree.lower[t] == "that" and tree.dep[t] == "mark")
    marker = next(that, None)
    return marker is not None and marker not in tree.subtree(content)


def _is_hypothetical(tree: Tree, verb: int) -> bool:
    return any(tree.tag[aux] == "MD" for aux in tree.auxiliaries(verb)) or bool(tree.kids(verb, "auxpass"))


def _is_statement(tree: Tree, verb: int, over: int) -> bool:
    """Has a subject and a finite verb, and is not "what", "whether" or "if" something."""
    if tree.subject(verb) is None or not tree.is_finite(verb):
        return False
    between = tree.subtree(verb)
    opening = [tree.lower[token] for token in between if token > over][:2]
    return over > between[0] or not {"whether", "if", "what", "how", "why", "when", "who"} & set(opening[:1])


def _can_find(tree: Tree, speaker: int | None) -> bool:
    if speaker is None:
        return False
    return tree.label[speaker] == "ORG" or tree.lower[speaker] in PAPERS | SPOKEN_FOR


def can_say(tree: Tree, verb: int, speaker: int | None) -> bool:
    """Is it somebody who says it? "Prices fell, indicating that demand is weak": prices say nothing."""
    if tree.lemma[verb] not in FINDINGS | {"indicate"} or speaker is None:
        return True
    return tree.label[speaker] == "PERSON" or tree.pos[speaker] == "PRON" or _can_find(tree, speaker)


def _comma_before(tree: Tree, token: int) -> bool:
    first = tree.subtree(token)[0]
    return first > 0 and tree.words[first - 1] in {",", "—", "–", "-", "(", "”", '"', "''"}


def is_act_of_speaker(tree: Tree, verb: int, kid: int) -> bool:
    """ "X said the deaths were caused by Y and called for Z": the one who called is X."""
    if tree.tag[verb] in {"VBZ", "VBP"} and tree.tag[kid] == "VBD" and tree.subject(kid) is None:
        return True  # "argued that there are risks and deemed it wrong"
    return (
        tree.lemma[kid] in ACTS
        and tree.tag[kid] in {"VBD", "VBN"}
        and tree.subject(kid) is None
        and not tree.auxiliaries(kid)
        and bool(tree.auxiliaries(verb))
    )


def speaker_in(tree: Tree) -> tuple[int, ...]:
    """The tokens of who speaks in the words around a quotation ("the doctor told reporters"), or none."""
    for verb in range(len(tree)):
        if tree.lemma[verb] in SAYING | {"ask", "post", "admit"} and tree.is_verb(verb):
            speaker = tree.kid(verb, "nsubj")
            if speaker is None:
                speaker = next((kid for kid in tree.kids(verb, "dobj", "attr", "npadvmod", "dep") if kid > verb), None)
            if speaker is not None and tree.tag[speaker] not in {"WDT", "WP", "EX"}:
                return name_tokens(tree, speaker)
    for according in (token for token in range(len(tree)) if tree.lower[token] == "according"):
        to = next((kid for kid in tree.children[according] if tree.lower[kid] == "to"), None)
        source = tree.kid(to, "pobj") if to is not None else None
        if source is not None:
            return name_tokens(tree, source)
    return ()
