"""Who "I" and "we" in a quotation are, and the verb that agrees with the name in their place."""

from claims.extraction.attribution import speaker_in
from claims.extraction.inflection import inflected
from claims.extraction.scenes import bare_name
from claims.extraction.tree import Tree
from claims.extraction.wordlists import words

FIRST_PERSON = words("i we my our me us myself ourselves mine ours")
SPEAKING = words("spokesman spokeswoman spokesperson ceo chairman chairwoman president")
CLITICS = {"'s": "is", "’s": "is", "'d": "would", "’d": "would", "'ll": "will", "’ll": "will"}
AGREEING = {"am": "is", "'m": "is", "’m": "is", "are": "is", "'re": "is", "’re": "is", "have": "has", "'ve": "has",
            "’ve": "has", "were": "was", "do": "does"}  # fmt: skip


def several_speaking(tree: Tree, speaker: str, tokens: list[int]) -> str:
    """ "Ann Lee and her team" who wrote "we suggest", unless another of their own words is in the claim."""
    own = sum(tree.lower[t] in FIRST_PERSON and tree.words[t] != "US" for t in tokens)
    return speaker if " and " in speaker and speaker[:1].isupper() and own == 1 else ""


def meant(tree: Tree, token: int, speaker: str, body: str) -> tuple[list[int], str] | None:
    """ "I" is the person who is quoted, "we" the body that somebody speaks for; else it is left."""
    if tree.lower[token] == "we":
        return ([token], body) if body else None
    named = speaker[:1].isupper() and " " in speaker and speaker.split()[0].lower() not in {"the", "a", "an", "two"}
    return ([token], speaker) if named else None


def body_speaking(tree: Tree) -> str:
    """The body in "said a Sandvor spokesperson" and "said Ann Lee, head of Sandvor", if there is one only."""
    if tree.said_by is None:
        return ""
    said_by = tree.said_by
    speaker = set(speaker_in(said_by))
    bodies = {bare_name(said_by, e) for e in said_by.entities if e.label == "ORG" and e.last in speaker}
    spokesman = any(said_by.lower[token] in SPEAKING for token in speaker)
    return bodies.pop() if len(bodies) == 1 and spokesman else ""


def agree(tree: Tree, token: int, verb: int, replacements: dict[int, str]) -> None:
    """ "I have sold" is "Ann Lee has sold"."""
    if tree.lower[token] not in {"i", "we"}:
        return
    finite = next((aux for aux in tree.auxiliaries(verb) if tree.tag[aux] in {"VBP", "VBD", "MD"}), verb)
    if tree.lower[finite] in AGREEING:
        replacements[finite] = AGREEING[tree.lower[finite]]
    elif tree.tag[finite] == "VBP":
        replacements[finite] = inflected(tree.lemma[finite], "VBZ")


def spell_out(tree: Tree, token: int, replacements: dict[int, str]) -> None:
    """ "It's falling" is "the price is falling": a name with ’s would be an owner."""
    verb = token + 1
    if verb >= len(tree) or tree.pos[token] != "PRON" or tree.lower[verb] not in CLITICS or verb in replacements:
        return
    above = tree.head[verb]
    perfect = tree.tag[above] == "VBN" and bool(not tree.kids(above, "auxpass") or tree.kids(above, "dobj"))
    words = {"is": "has" if perfect else "is", "would": "had" if perfect else "would"}
    spelled = CLITICS[tree.lower[verb]]
    replacements[verb] = words.get(spelled, spelled)
