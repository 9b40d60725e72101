"""Words of a clause that only tie it to the text around it."""

from claims.extraction.tree import Tree
from claims.extraction.wordlists import words

DISCOURSE = words(
    "however meanwhile moreover furthermore therefore thus nevertheless nonetheless instead besides "
    "indeed also too still then now accordingly consequently additionally similarly likewise finally "
    "anyway even though just so"
)
# These may stand inside the clause as well as in front of it and mean the same.
TIES = frozenset(
    {"however", "moreover", "furthermore", "therefore", "thus", "nevertheless", "nonetheless", "meanwhile"}
)
PHRASES = frozenset(
    {
        "in return",
        "on the other hand",
        "on the one hand",
        "in effect",
        "in addition",
        "in fact",
        "of course",
        "for example",
        "for instance",
        "at the same time",
        "as a result",
        "in other words",
        "in turn",
        "by contrast",
        "in contrast",
        "after all",
        "as of now",
        "above all",
        "in short",
        "on the contrary",
        "in any case",
    }
)
CONCESSIONS = frozenset({"despite"})
CONTRAST = frozenset({"while", "whilst", "though", "although", "whereas"})
OPENING_DEPS = ("advmod", "prep", "npadvmod", "intj", "cc", "discourse")


def marker(tree: Tree, verb: int) -> str:
    """The word that makes `verb` an adverbial clause ("while", "when"), or nothing."""
    for kid in tree.children[verb]:
        if kid < verb and (tree.dep[kid] == "mark" or tree.tag[kid] == "WRB"):
            return tree.lower[kid]
    return ""


def markers(tree: Tree, verb: int) -> set[int]:
    """The words to leave out where the clause of `verb` becomes a sentence: "that", "while", "when", "and"."""
    subject = tree.subject(verb)
    # Behind the subject stands no mark of the clause: "our case before the court is heard".
    found = {kid for kid in tree.kids(verb, "mark") if kid < (verb if subject is None else min(subject, verb))}
    if tree.dep[verb] != "ROOT":
        found |= {kid for kid in tree.kids(verb, "advmod") if tree.tag[kid] == "WRB" and kid < verb}
    first = tree.subtree(verb)[0]
    found |= {kid for kid in tree.kids(verb, "cc") if kid == first}
    if any(tree.lower[kid] in {"though", "if"} for kid in found):
        found |= {kid for kid in tree.kids(verb, "advmod") if tree.lower[kid] == "even" and kid == first}
    return found


def asides(tree: Tree, verb: int) -> set[int]:
    """The branches under `verb` that carry no fact of it: "however", "in return", "despite ...,"."""
    cuts = set()
    subject = tree.subject(verb)
    for kid in tree.kids(verb, *OPENING_DEPS):
        branch = tree.subtree(kid)
        words = " ".join(tree.lower[token] for token in branch)
        fronted = kid < (subject if subject is not None else verb)
        if (
            words in TIES
            or (fronted and (words in DISCOURSE or words in PHRASES) and not _counts(tree, branch[-1]))
            or (words in {"also", "even", "too"} and subject is not None)
            or _ranks_behind(tree, kid, verb)
            or _includes_doing(tree, kid)
            or (tree.lower[kid] in CONCESSIONS and (fronted or tree.words[branch[0] - 1] == ","))
        ):
            cuts.add(kid)
    return cuts


def _counts(tree: Tree, token: int) -> bool:
    """ "So few people came" is not "few people came"."""
    return tree.lower[token] == "so" and token + 1 < len(tree) and tree.tag[token + 1] in {"JJ", "RB"}


def _includes_doing(tree: Tree, kid: int) -> bool:
    """ "..., including selling the farm": an example, unless it counts something."""
    counted = any(tree.tag[token] == "CD" for token in tree.subtree(kid))
    doing = tree.lower[kid] == "including" and bool(tree.kids(kid, "pcomp"))
    return doing and not counted and tree.words[kid - 1] == ","


def _ranks_behind(tree: Tree, kid: int, verb: int) -> bool:
    """ "..., the lowest ever recorded": said of the whole clause, or of a word in it that the parse does not tell."""
    first = tree.subtree(kid)[0]
    return kid > verb and tree.dep[kid] == "npadvmod" and tree.tag[kid] == "JJS" and tree.words[first - 1] == ","


def without_loose_commas(tree: Tree, tokens: list[int], cuts: set[int], subject: int | None) -> list[int]:
    """`tokens` without the commas and dashes that set off what was cut.

    The comma after a fronted phrase ("In Bonn, a town on the Rhine, Lee met ...") stays, whatever went before it.
    """
    gone: set[int] = set()
    for cut in cuts:
        branch = tree.subtree(cut)
        before, after = branch[0] - 1, branch[-1] + 1
        if before >= 0 and tree.words[before] in {",", "—", "–", "-", ";", ":"}:
            gone.add(before)
            closes = after < len(tree) and tree.words[after] in {",", "—", "–", "-"}
            in_front = subject is not None and after < subject and before > tokens[0]
            gone |= {after} if closes and not (in_front and tree.words[after] == ",") else set()
        elif after < len(tree) and tree.words[after] == "," and not _kept_before(tokens, branch[0]):
            gone.add(after)
    return [token for token in tokens if token not in gone]


def _kept_before(tokens: list[int], place: int) -> bool:
    return bool(tokens) and tokens[0] < place
