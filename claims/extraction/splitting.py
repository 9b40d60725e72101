from dataclasses import dataclass, field

from claims.extraction import attribution, trimming
from claims.extraction.mending import mend
from claims.extraction.nouns import Aside, Part, asides, commas_around, copula
from claims.extraction.tree import Tree

CONTRAST = frozenset({"while", "whilst", "though", "although", "whereas"})
RUN_ON_MARKS = frozenset({":", ";", "…", "...", "–", "—"})
OCCASION = frozenset({"when", "as"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is written out.

    parts: tokens and literal words in the order of the claim; own: the tokens that its quote must span.
    verb: its main verb (for an apposition the noun that takes its place); outside: the verb of the clause it
    was taken from, or None. claimant: the tokens of who says it.
    """

    parts: tuple[Part, ...]
    own: frozenset[int]
    verb: int
    rule: str
    claimant: tuple[int, ...] = ()
    outside: int | None = None
    passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause takes from the one that it hangs under."""

    subject: tuple[Part, ...] = ()
    auxiliaries: tuple[Part, ...] = ()
    claimant: tuple[int, ...] = ()
    rule: str = "clause"
    outside: int | None = None
    replace: dict[int, tuple[Part, ...]] = field(default_factory=dict)


def split(tree: Tree) -> list[Draft]:
    """Cut a sentence into the statements it makes, in no order. Empty if it makes none."""
    mend(tree)
    splitter = _Splitter(tree)
    for verb in _main_verbs(tree):
        splitter.clause(verb, Context())
    for root in tree.roots:
        if not tree.is_verb(root):
            splitter.remainder(root)
    return splitter.drafts


def _main_verbs(tree: Tree) -> list[int]:
    """The roots, or where the parser made a noun the root, the finite clauses right under it."""
    verbs = []
    for root in tree.roots:
        if tree.is_verb(root):
            verbs.append(root)
        else:
            below = tree.kids(root, "conj", "parataxis", "ccomp", "advcl", "appos", "dep")
            verbs += [v for v in below if tree.is_verb(v) and tree.is_finite(v) and tree.subject(v) is not None]
    return verbs


class _Splitter:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.drafts: list[Draft] = []
        self.visited: set[int] = set()

    def clause(self, verb: int, context: Context) -> None:
        if verb in self.visited:
            return
        self.visited.add(verb)
        tokens_of_subject = tuple(part for part in context.subject if isinstance(part, int))
        report = attribution.reported(self.tree, verb, tokens_of_subject)
        if report is not None:
            self._report(verb, report, context)
        else:
            self._statement(verb, context)

    def remainder(self, root: int) -> None:
        """Where the parser made a noun the root, what no other clause took, if it still has a finite verb."""
        tree = self.tree
        cuts = {kid for kid in tree.children[root] if kid in self.visited}
        cuts |= {kid for kid in tree.kids(root, "advcl") if trimming.marker(tree, kid) in CONTRAST}
        own = trimming.without_loose_commas(tree, tree.subtree(root, without=cuts), cuts, root)
        relative = {kid for noun in own for kid in tree.kids(noun, "relcl")}
        verbs = [t for t in own if tree.is_verb(t) and tree.is_finite(t) and t not in relative and t > root]
        if verbs and tree.words[own[-1]] not in {"?"}:
            self.drafts.append(Draft(tuple(own), frozenset(own), verbs[0], "remainder"))

    def _report(self, verb: int, report: attribution.Attribution, context: Context) -> None:
        said = Context(claimant=report.claimant, rule="reported", outside=verb)
        self.clause(report.content, said)
        self._say_more(verb, report.claimant)
        for kid in self._coordinated(verb):
            self.clause(kid, self._inherited(verb, kid, context))

    def _say_more(self, verb: int, claimant: tuple[int, ...]) -> None:
        more = attribution.further_content(self.tree, verb)
        if more is not None:
            self.clause(more, Context(claimant=claimant, rule="reported", outside=verb))

    def _statement(self, verb: int, context: Context) -> None:
        cuts = trimming.markers(self.tree, verb)
        context = self._take_attribution(verb, context, cuts)
        self._take_clauses(verb, context, cuts)
        cuts |= trimming.asides(self.tree, verb)
        for aside in asides(self.tree, self.tree.subtree(verb, without=cuts), verb):
            if aside.cut:
                cuts.add(aside.top)
            self._aside(aside, verb, context)
        self._emit(verb, context, cuts)

    def _take_attribution(self, verb: int, context: Context, cuts: set[int]) -> Context:
        claimant = context.claimant
        source = attribution.according_to(self.tree, verb)
        if source is not None:
            cuts.add(source[0])
            claimant = claimant or source[1]
        said = attribution.aside(self.tree, verb)
        if said is not None:
            cuts.add(said.content)
            claimant = claimant or said.claimant
        return Context(context.subject, context.auxiliaries, claimant, context.rule, context.outside, context.replace)

    def _take_clauses(self, verb: int, context: Context, cuts: set[int]) -> None:
        tree = self.tree
        for kid in self._coordinated(verb):
            cuts |= {kid, *self._conjunctions(verb, kid)}
            self.clause(kid, self._inherited(verb, kid, context))
        for kid in tree.kids(verb, "ccomp", "parataxis", "dep"):
            if self._runs_on(kid, verb):
                cuts.add(kid)
                self.clause(kid, Context(claimant=context.claimant, rule="run-on"))
        for kid in tree.kids(verb, "advcl"):
            if kid not in cuts and self._is_fact(kid, verb):
                cuts.add(kid)
                self.clause(kid, self._subordinate(verb, kid, context))

    def _coordinated(self, verb: int) -> list[int]:
        """Verbs that share the place of `verb`: "opened the port and closed the road"."""
        tree = self.tree
        found = [
            kid
            for kid in tree.kids(verb, "conj")
            if tree.is_verb(kid) and (tree.is_finite(kid) or self._shares_auxiliary(verb, kid))
        ]
        # Without "and" two verbs of different tense are a mistake of the parser: "fine banks deemed too weak".
        return [kid for kid in found if self._conjunctions(verb, kid) or tree.subject(kid) is not None]

    def _shares_auxiliary(self, verb: int, kid: int) -> bool:
        return bool(self.tree.auxiliaries(verb)) and self.tree.tag[kid] in {"VB", "VBN", "VBG"}

    def _conjunctions(self, verb: int, kid: int) -> list[int]:
        """The "and" or "but" in front of `kid`; in a list, where only the last has one, that of the last."""
        tree = self.tree
        before = max([verb, *(other for other in tree.kids(verb, "conj") if other < kid)])
        last = max([kid, *tree.kids(kid, "conj")])
        own = [cc for cc in tree.kids(verb, "cc") if before < cc < kid] + tree.kids(verb, "preconj")
        return own or [cc for cc in tree.kids(kid, "cc") if cc < last]

    def _inherited(self, verb: int, kid: int, context: Context) -> Context:
        """A coordinated verb without its own subject or auxiliaries has those of the first."""
        tree = self.tree
        if tree.subject(kid) is not None:
            return Context(claimant=context.claimant, rule="coordinated clause", outside=verb)
        auxiliaries: tuple[Part, ...] = ()
        if not tree.is_finite(kid):
            auxiliaries = tuple(tree.auxiliaries(verb)) or context.auxiliaries
        return Context(
            self._subject_of(verb, context),
            auxiliaries,
            context.claimant,
            "coordinated predicate",
            verb,
            context.replace,
        )

    def _subject_of(self, verb: int, context: Context) -> tuple[Part, ...]:
        subject = self.tree.subject(verb)
        if subject is None or subject in context.replace:
            return context.replace.get(subject, context.subject) if subject is not None else context.subject
        return attribution.name_tokens(self.tree, subject)

    def _runs_on(self, kid: int, verb: int) -> bool:
        tree = self.tree
        between = set(tree.words[min(kid, verb) + 1 : max(kid, verb)])
        whole = tree.subject(kid) is not None and tree.is_finite(kid) and tree.subject(verb) is not None
        if not whole or tree.kids(kid, "mark") or tree.lemma[verb] in attribution.SAYING:
            return False
        return bool(RUN_ON_MARKS & between) or (kid < verb and "," in between and tree.dep[kid] == "ccomp")

    def _is_fact(self, kid: int, verb: int) -> bool:
        """An adverbial clause that says something of its own."""
        tree = self.tree
        marker = trimming.marker(tree, kid)
        if marker == "" and tree.tag[kid] == "VBG":
            return kid > verb and commas_around(tree, kid) and tree.subject(kid) is None
        if tree.subject(kid) is None or not tree.is_finite(kid):
            return False
        fronted = kid < verb and commas_around(tree, kid)
        return marker in CONTRAST or (marker in OCCASION and fronted and tree.is_past(kid))

    def _subordinate(self, verb: int, kid: int, context: Context) -> Context:
        if self.tree.subject(kid) is not None:
            return Context(claimant=context.claimant, rule="adverbial clause", outside=verb)
        subject = self._subject_of(verb, context)
        return Context(subject, self._progressive(verb, subject), context.claimant, "participle", verb, context.replace)

    def _progressive(self, verb: int, subject: tuple[Part, ...]) -> tuple[Part, ...]:
        """The auxiliaries for "X, doing Y": those of the main verb, or was/were/is/are."""
        tree = self.tree
        if tree.tag[verb] == "VBG" and tree.auxiliaries(verb):
            return tuple(tree.auxiliaries(verb))
        head = tree.subject(verb)
        return (copula(tree, head, past=tree.is_past(verb)) if head is not None and subject else "was",)

    def _aside(self, aside: Aside, verb: int, context: Context) -> None:
        if aside.rule == "apposition":
            self._apposition(aside, verb, context)
        elif aside.subject:
            self.clause(aside.top, Context(aside.subject, (), context.claimant, "relative clause", verb, aside.replace))

    def _apposition(self, aside: Aside, verb: int, context: Context) -> None:
        tree = self.tree
        past = tree.is_past(verb) and aside.is_ranking
        phrase = tuple(aside.phrase)
        parts = (*aside.subject, copula(tree, aside.noun, past=past), *phrase)
        own = frozenset(part for part in parts if isinstance(part, int))
        self.drafts.append(Draft(parts, own, aside.top, "apposition", context.claimant, verb))

    def _emit(self, verb: int, context: Context, cuts: set[int]) -> None:
        tree = self.tree
        subject = tree.subject(verb)
        if subject is None and not context.subject:
            return
        if not tree.is_finite(verb) and not context.auxiliaries:
            return
        own = trimming.without_loose_commas(tree, tree.subtree(verb, without=cuts), cuts, subject)
        inherited = [] if subject is not None and subject not in context.replace else [*context.subject]
        if subject in context.replace:
            inherited = []
        parts: list[Part] = [*inherited, *context.auxiliaries]
        for token in own:
            parts += context.replace.get(token, (token,))
        self.drafts.append(
            Draft(tuple(parts), frozenset(own), verb, context.rule, context.claimant, context.outside, bool(inherited))
        )
