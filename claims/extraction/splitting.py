"""A parsed sentence taken apart into the statements that it makes."""

from dataclasses import replace

from claims.extraction import attribution, trimming
from claims.extraction.clauses import (
    Context,
    Draft,
    conjunctions,
    coordinated,
    emitted,
    inherited,
    is_fact,
    runs_on,
    subject_of,
    subordinate,
    without_to,
)
from claims.extraction.mending import mend
from claims.extraction.nouns import Aside, Part, asides, copula, halves
from claims.extraction.participles import absolute, definite_name, described, participle
from claims.extraction.tree import AUXILIARIES, Tree

CONTRAST = trimming.CONTRAST
FEWEST_WORDS = 8
IN_PASSING = frozenset({"apposition", "relative clause", "participle", "adverbial clause"})


def split(tree: Tree) -> list[Draft]:
    """Cut a sentence into the statements it makes, in no order. Empty if it makes none, or is a row of a table."""
    if "|" in tree.words:
        return []
    drafts = _split(tree)
    for aside in tree.asides:
        drafts += _split(aside)
    if tree.said_by is not None:  # "..., said Lee, who has led the bank since 2020"
        drafts += [draft for draft in _split(tree.said_by) if draft.rule in IN_PASSING and not draft.claimant]
    return drafts


def _split(tree: Tree) -> list[Draft]:
    mend(tree)
    splitter = _Splitter(tree)
    for verb in _main_verbs(tree):
        splitter.clause(verb, Context())
    for root in tree.roots:
        if not tree.is_verb(root):
            splitter.remainder(root)
    return splitter.drafts or _whole(tree)


def _whole(tree: Tree) -> list[Draft]:
    """Where the parse makes no sense but there is a finite verb behind a noun: the sentence as it stands."""
    verbs = [verb for verb in _own_verbs(tree) if tree.tag[verb] != "VBP" or tree.subject(verb) is not None]
    verbs = verbs or [token for token in range(len(tree)) if _is_stray(tree, token)]
    nouns = [token for token in range(len(tree)) if tree.pos[token] in {"NOUN", "PROPN"}]
    own = [token for token in range(len(tree)) if tree.starts[token] >= 0]
    if (
        not verbs
        or not nouns
        or tree.tag[own[0]] in {"VB", "RB", "VBP", "VBG", "VBZ"}
        or len(own) < FEWEST_WORDS
        or tree.words[own[-1]] != "."
    ):
        return []
    if tree.tag[own[0]] == "CC":
        own.pop(0)
    return [Draft(tree, tuple(own), frozenset(own), verbs[0], "whole")]


def _is_stray(tree: Tree, token: int) -> bool:
    """A verb with a tense that the parser hung somewhere without its subject."""
    alone = tree.subject(token) is None and not tree.kids(token, "mark")
    return tree.tag[token] in {"VBD", "VBZ"} and tree.dep[token] not in AUXILIARIES and alone


def _own_verbs(tree: Tree) -> list[int]:
    """The finite verbs that stand in no clause about a noun and in no adverbial clause."""
    verbs = [token for token in range(len(tree)) if tree.is_verb(token) and tree.is_finite(token)]
    below = {"relcl", "acl", "advcl"}
    return [v for v in verbs if tree.dep[v] not in below and not any(tree.dep[t] in below for t in tree.ancestors(v))]


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


def _is_that(tree: Tree, clause: int) -> bool:
    return tree.dep[clause] in {"ccomp", "conj"} and any(
        tree.lower[mark] == "that" for mark in tree.kids(clause, "mark")
    )


class _Splitter:
    """Walks the clauses of one tree, each once."""

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
        verbs = [t for t in _own_verbs(tree) if t in set(own) and t > root]
        if verbs and tree.words[own[-1]] not in {"?"} and tree.tag[own[0]] != "VBG":
            self.drafts.append(Draft(tree, tuple(own), frozenset(own), verbs[0], "remainder"))

    def _report(self, verb: int, report: attribution.Attribution, context: Context) -> None:
        said = Context(claimant=report.claimant, rule="reported", outside=verb)
        self.clause(report.content, said)
        more = [
            attribution.further_content(self.tree, verb),
            *attribution.other_contents(self.tree, verb, report.content),
        ]
        for content in more:
            if content is not None:
                self.clause(content, Context(claimant=report.claimant, rule="reported", outside=verb))
        for kid in self.tree.kids(verb, "advcl"):
            if trimming.marker(self.tree, kid) in CONTRAST and is_fact(self.tree, kid, verb):
                self.clause(kid, replace(subordinate(self.tree, verb, kid, context), claimant=()))
        for kid in coordinated(self.tree, verb):
            self.clause(kid, inherited(self.tree, verb, kid, context))
        self._about_nouns(self.tree.subtree(verb, without={report.content}), verb, Context(), set())

    def _statement(self, verb: int, context: Context) -> None:
        cuts = trimming.markers(self.tree, verb)
        context = self._take_attribution(verb, context, cuts)
        self._take_clauses(verb, context, cuts)
        cuts |= trimming.asides(self.tree, verb)
        self._about_nouns(self.tree.subtree(verb, without=cuts), verb, context, cuts)
        self._take_alternatives(verb, context, cuts)
        draft = emitted(self.tree, verb, context, cuts)
        if draft is not None:
            self.drafts += halves(draft)

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
        return replace(context, claimant=claimant)

    def _take_clauses(self, verb: int, context: Context, cuts: set[int]) -> None:
        tree = self.tree
        for kid in coordinated(tree, verb):
            cuts |= {kid, *conjunctions(tree, verb, kid)}
            if context.outside is not None and attribution.is_act_of_speaker(tree, verb, kid):
                self.clause(kid, inherited(tree, context.outside, kid, Context()))
            else:
                self.clause(kid, inherited(tree, verb, kid, context))
        for kid in tree.kids(verb, "ccomp", "parataxis", "dep"):
            if runs_on(tree, kid, verb):
                cuts.add(kid)
                self.clause(kid, Context(claimant=context.claimant, rule="run-on"))
        for kid in tree.kids(verb, "advcl"):
            if kid in cuts:
                continue
            if self._absolute(verb, kid, context):
                cuts.add(kid)
            elif is_fact(tree, kid, verb):
                cuts.add(kid)
                self.clause(kid, subordinate(tree, verb, kid, context))
            elif (noun := described(tree, verb, kid)) is not None:
                cuts.add(kid)
                about = replace(context, subject=definite_name(tree, noun))
                said = participle(tree, verb, kid, about, of=noun)
                if said is not None:
                    self.clause(kid, said)
            else:
                self._participle(verb, kid, context, cuts)
        for infinitive in tree.kids(verb, "xcomp"):
            for kid in tree.kids(infinitive, "advcl"):
                if tree.tag[kid] == "VBG":
                    self._participle(verb, kid, context, cuts)  # "is set to raise 12 million, selling its shares"
        self._despite(verb, context)
        for kid in tree.kids(verb, "prep"):
            content = tree.kid(kid, "pcomp")
            if tree.lower[kid] == "with" and content is not None and self._absolute(verb, content, context):
                cuts.add(kid)
        for noun in tree.subtree(verb, without=cuts):
            for kid in tree.kids(noun, "acl"):
                if (
                    tree.kids(kid, "agent")
                    and tree.tag[noun] in {"NNS", "CD"}
                    and tree.kids(noun, "nummod", "compound")
                ):
                    self._participle(verb, kid, context, cuts)  # "fell by 85 million crowns, hurt by a strike"

    def _participle(self, verb: int, kid: int, context: Context, cuts: set[int]) -> None:
        """ "X did A, selling B", "Founded in 1990, X did A", and "X did A, arguing that B"."""
        content = attribution.content_of_participle(self.tree, kid)
        if content is not None and kid > verb:
            cuts.add(kid)
            said_by = tuple(part for part in subject_of(self.tree, verb, context) if isinstance(part, int))
            says = attribution.can_say(self.tree, kid, self.tree.subject(verb))
            self.clause(content, Context(claimant=said_by if says else context.claimant, rule="reported", outside=verb))
            return
        said = participle(self.tree, verb, kid, context)
        if said is not None:
            cuts.add(kid)
            self.clause(kid, said)

    def _absolute(self, verb: int, kid: int, context: Context) -> bool:
        """ "..., with turnout falling to 40%": turnout fell to 40%."""
        said = absolute(self.tree, verb, kid, context)
        if said is None:
            return False
        for other in self.tree.kids(kid, "conj"):
            more = absolute(self.tree, verb, other, context, first=False)
            if more is not None:
                self.clause(other, more)
        self.clause(kid, said)
        return True

    def _despite(self, verb: int, context: Context) -> None:
        """ "Despite losing A, X did B": X lost A."""
        for kid in self.tree.kids(verb, "prep"):
            losing = self.tree.kid(kid, "pcomp")
            if self.tree.lower[kid] in trimming.CONCESSIONS and losing is not None:
                said = participle(self.tree, verb, losing, context, despite=True)
                if said is not None:
                    self.clause(losing, said)

    def _take_alternatives(self, verb: int, context: Context, cuts: set[int]) -> None:
        """ "X agreed to sell A and to buy B", "X knows that A fell and that B rose": B in the place of A."""
        tree = self.tree
        for first in tree.kids(verb, "xcomp", "ccomp"):
            for kid in tree.kids(first, "conj"):
                joined = conjunctions(tree, first, kid)
                infinitives = tree.tag[kid] == tree.tag[first] == "VB" and tree.dep[first] == "xcomp"
                if any(tree.lower[cc] == "or" for cc in joined):
                    continue
                if not joined or not (infinitives or (_is_that(tree, first) and _is_that(tree, kid))):
                    continue
                branch = tree.subtree(kid)
                if min(len(branch), len(tree.subtree(first, without={kid}))) < 4:
                    continue
                taken = {*cuts, first, kid, *joined}
                draft = emitted(tree, verb, context, taken, instead=without_to(tree, first, kid, cuts))
                cuts |= {kid, *joined}
                if draft is not None:
                    self.drafts.append(replace(draft, rule="coordinated object"))

    def _about_nouns(self, tokens: list[int], verb: int, context: Context, cuts: set[int]) -> None:
        for aside in asides(self.tree, tokens, verb):
            if aside.cut:
                cuts.add(aside.top if not aside.claimant else self.tree.head[aside.top])
            if aside.rule == "apposition":
                self._apposition(aside, verb, context)
            elif aside.rule == "deed":
                own = frozenset(part for part in (*aside.subject, *aside.phrase) if isinstance(part, int))
                parts = (*aside.subject, *aside.phrase)
                self.drafts.append(Draft(self.tree, parts, own, aside.top, "deed", context.claimant, verb))
            elif aside.rule == "participle":
                said = participle(self.tree, verb, aside.top, replace(context, subject=aside.subject), of=aside.noun)
                if said is not None:
                    self.clause(aside.top, said)
                else:
                    cuts.discard(aside.top)
            elif aside.subject:
                claimant = self._who(aside, verb, context)
                self.clause(
                    aside.top,
                    Context(aside.subject, (), claimant, "relative clause", verb, aside.replace, aside.tail),
                )

    def _who(self, aside: Aside, verb: int, context: Context) -> tuple[int, ...]:
        """Who says an aside: "she" of "Lee wants tanks, which she admits would leak" is Lee."""
        subject = self.tree.subject(verb)
        if len(aside.claimant) == 1 and self.tree.pos[aside.claimant[0]] == "PRON" and subject is not None:
            return tuple(part for part in subject_of(self.tree, verb, context) if isinstance(part, int))
        return aside.claimant or context.claimant

    def _apposition(self, aside: Aside, verb: int, context: Context) -> None:
        tree = self.tree
        if not aside.phrase:
            return
        past = tree.is_past(verb) and aside.is_ranking
        past |= tree.is_past(verb) and aside.noun == aside.top
        parts: tuple[Part, ...] = (*aside.subject, copula(tree, aside.top, past=past), *aside.phrase)
        own = frozenset(part for part in parts if isinstance(part, int))
        self.drafts.append(Draft(tree, parts, own, aside.top, "apposition", context.claimant, verb))
