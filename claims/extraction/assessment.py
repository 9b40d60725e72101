"""One parsed sentence in, its candidates or the reason why it has none out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from claims.extraction import attribution
from claims.extraction import signals as s
from claims.extraction.candidate import Candidate, Modality, Rejection, RejectionReason
from claims.extraction.clauses import Draft
from claims.extraction.dates import resolve_dates
from claims.extraction.memory import Memory
from claims.extraction.quoting import quoted_tokens
from claims.extraction.reference import Names, resolve, resolve_name
from claims.extraction.rendering import render
from claims.extraction.sentences import CLOSERS, Sentence
from claims.extraction.splitting import split
from claims.extraction.tree import Tree
from claims.extraction.words import terms
from claims.extraction.worthiness import kind_of, weigh

# Below this a statement is no candidate: an editor would decline nearly all of them.
WORTH_KEEPING = 0.08
# A statement about an "it" that nobody can name has to be worth the trouble of finding out.
WORTH_KEEPING_LOOSE = 0.35
ALLEGING = frozenset({"allegedly", "reportedly", "purportedly", "supposedly", "alleged"})
PLANNING = frozenset({"will", "wo", "'ll", "’ll", "shall"})
SUPPOSING = frozenset({"would", "could", "might", "may"})
PLANS = frozenset({"plan", "intend", "aim", "hope"})


@dataclass(slots=True)
class Found:
    """What one sentence gave. speaker: who is quoted in it; continues: it began inside a quotation."""

    candidates: list[Candidate] = field(default_factory=list)
    rejection: Rejection | None = None
    speaker: str = ""
    is_quotation: bool = False
    continues: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """The main reading of a sentence, its tokens inside quotation marks, and who speaks there."""

    tree: Tree
    quoted: frozenset[int]
    speaker: str
    by: str


class Assessor:
    """Reads the sentences of one text in their order."""

    def __init__(self, text: str, published_on: date | None) -> None:
        self.text = text
        self.published_on = published_on
        self.memory = Memory()
        self._stood_for: dict[int, str] = {}  # in the sentence that is being read: tokens and the names put for them

    def in_full(self, speaker: str | None) -> str | None:
        """The name on a speaker's label, as the text has given it in full; None where no label says who speaks."""
        return self.memory.full_name(speaker) if speaker else speaker

    def read(
        self,
        sentence: Sentence,
        tree: Tree,
        *,
        in_quotation: bool,
        meaning: float | None = None,
        by: str = "",
        last: str = "",
    ) -> Found:
        """Read a sentence with the memory of those before it.

        by: who says what the text gives to nobody; last: who spoke in the sentence before.
        meaning: what the vector of the sentence adds to the score of each candidate in it, if there is one.
        """
        if not sentence.readable:
            return Found(rejection=self._rejection(sentence, "unreadable"))
        self._stood_for = {}
        quoted, is_open = quoted_tokens(tree, open_before=in_quotation)
        if tree.said_by is not None:
            quoted, is_open = frozenset(range(len(tree))), False
        self.memory.learn_names(tree)
        by = self.memory.full_name(by)
        drafts = split(tree)
        found = Found(continues=in_quotation, is_open=is_open, is_quotation=_is_quotation(tree, quoted))
        speaker = self._speaker(tree, drafts)
        if found.is_quotation and not in_quotation and not is_open:
            by = by or last  # a whole quotation by itself goes on with who spoke before
        refusal = why_not(tree, drafts)
        if refusal is None:
            self._fill(found, sentence, drafts, _Said(tree, quoted, speaker, by), meaning)
        else:
            found.rejection = self._rejection(sentence, refusal)
        found.speaker = speaker if quoted else ""
        last = self.text[sentence.end - 1 : sentence.end]
        self.memory.learn_scene(tree, self._stood_for, is_heading=last.isalnum() and not drafts)
        return found

    def _fill(
        self, found: Found, sentence: Sentence, drafts: list[Draft], said: "_Said", meaning: float | None
    ) -> None:
        lent_last = sorted(drafts, key=lambda draft: draft.passed_on)  # their subject is resolved where it stands
        made = [(draft, self._candidate(sentence, draft, said, meaning)) for draft in lent_last]
        once = {one.text: one for _, one in made if one.text}
        kept = {one.text: one for draft, one in made if one.text and (not one.unresolved or _names_something(draft))}
        worthy = [candidate for candidate in kept.values() if _is_worth_keeping(candidate)]
        found.candidates = sorted(worthy, key=lambda candidate: (candidate.start, candidate.end, candidate.text))
        if not worthy:
            found.rejection = self._rejection(sentence, _weakness(once.values()))

    def _speaker(self, tree: Tree, drafts: list[Draft]) -> str:
        """Who speaks in the sentence: beside its quotation, or else in its first statement that is said by somebody."""
        if tree.said_by is not None:
            tree = tree.said_by
            claimant = attribution.speaker_in(tree)
            self.memory.learn_names(tree)
        else:
            said = next((draft for draft in drafts if draft.claimant), None)
            tree, claimant = (said.tree, said.claimant) if said is not None else (tree, ())
        name = resolve_name(tree, claimant, self.memory)
        self.memory.learn_speaker(tree, claimant, name)
        return name

    def _candidate(self, sentence: Sentence, draft: Draft, said: "_Said", meaning: float | None) -> Candidate:
        tree = draft.tree
        in_main = tree is said.tree
        claimant = resolve_name(tree, draft.claimant, self.memory)
        if not claimant and said.tree.said_by is not None and (in_main or tree in said.tree.asides):
            claimant = said.speaker
        quoted = said.quoted if in_main else frozenset()
        known = self._stood_for if in_main else {}
        names = resolve(tree, draft, self.memory, quoted, speaker=claimant or said.by, known=known)
        if in_main:
            self._learn(tree, names)
        text = render(tree, draft.parts, names.replacements) if _has_subject(tree, draft, names) else ""
        start, end = self._place(sentence, tree, draft)
        tokens = draft.tokens
        found = s.signals(tree, tokens, draft.verb, sourced=bool(claimant))
        mended = {s.POINTER} if not names.unresolved else set()
        mended |= {s.SHORT} if len(text.split()) >= s.SHORT_WORDS else set()
        found = [signal for signal in found if signal not in mended]
        score, reasons = weigh(found, terms=terms(tree, tokens), meaning=meaning)
        return Candidate(
            text=text, quote=self.text[start:end], start=start, end=end,
            sentence_start=sentence.start, sentence_end=sentence.end,
            claimant=claimant, kind=kind_of(found),
            check_worthiness=score, reasons=reasons, modality=modality_of(tree, draft, tokens),
            unresolved=tuple(names.unresolved), resolved=tuple(names.resolved),
            dates=resolve_dates(text, self.published_on),
        )  # fmt: skip

    def _learn(self, tree: Tree, names: Names) -> None:
        for token, name in names.replacements.items():
            self._stood_for.setdefault(token, name)
            if tree.lower[token] in {"he", "she"}:
                self.memory.learn_gender(name, tree.lower[token])

    def _place(self, sentence: Sentence, tree: Tree, draft: Draft) -> tuple[int, int]:
        """Where the words of the draft stand in the text, without punctuation at either end."""
        own = sorted(draft.own)
        while len(own) > 1 and tree.pos[own[0]] in {"PUNCT", "SPACE"}:
            own.pop(0)
        while len(own) > 1 and tree.pos[own[-1]] in {"PUNCT", "SPACE"}:
            own.pop()
        return (
            sentence.start + tree.starts[own[0]],
            sentence.start + tree.starts[own[-1]] + len(tree.words[own[-1]]),
        )

    def _rejection(self, sentence: Sentence, reason: RejectionReason) -> Rejection:
        return Rejection(self.text[sentence.start : sentence.end], sentence.start, sentence.end, reason)


def _has_subject(tree: Tree, draft: Draft, names: Names) -> bool:
    """ "Its decision to sell" becomes "X decided to sell" only where X is known."""
    first = draft.parts[0]
    return (
        draft.rule != "deed" or not isinstance(first, int) or tree.tag[first] != "PRP$" or first in names.replacements
    )


def _names_something(draft: Draft) -> bool:
    """ "It just doesn’t" names and counts nothing."""
    return any(draft.tree.pos[token] in {"NOUN", "PROPN", "NUM"} for token in draft.own)


def _is_worth_keeping(candidate: Candidate) -> bool:
    loose = candidate.text.split(maxsplit=1)[0].lower() in {word.lower() for word in candidate.unresolved}
    return candidate.check_worthiness >= (WORTH_KEEPING_LOOSE if loose else WORTH_KEEPING)


def why_not(tree: Tree, drafts: list[Draft]) -> RejectionReason | None:
    """Why a sentence makes no statement at all, or None if it makes one."""
    words = "".join(tree.words).rstrip(CLOSERS + " ")
    if words.endswith("?"):
        return "question"
    if any(_is_imperative(tree, root) for root in tree.roots[:1]):
        return "instruction"
    return None if drafts else "fragment"


def modality_of(tree: Tree, draft: Draft, tokens: list[int]) -> Modality:
    lower = {tree.lower[token] for token in tokens}
    auxiliaries = {
        tree.lower[token] for token in tokens
        if tree.tag[token] == "MD" and (tree.head[token] == draft.verb or token not in draft.own)
    }  # fmt: skip
    if lower & ALLEGING:
        return "alleged"
    could_not = auxiliaries == {"could"} and bool(tree.kids(draft.verb, "neg"))  # a fact of the past
    if (auxiliaries & SUPPOSING and not could_not) or _has_condition(tree, draft.verb):
        return "conditional"
    return "planned" if auxiliaries & PLANNING or tree.lemma[draft.verb] in PLANS else "asserted"


def _has_condition(tree: Tree, verb: int) -> bool:
    clauses = tree.kids(verb, "advcl")
    return any(tree.lower[mark] in {"if", "unless"} for clause in clauses for mark in tree.kids(clause, "mark"))


def _weakness(candidates: Iterable[Candidate]) -> RejectionReason:
    """What speaks most against the statements of a sentence, none of which is worth keeping."""
    signals = {reason.signal for candidate in candidates for reason in candidate.reasons}
    if signals & {s.OPINION, s.DUTY, s.SPEAKER, s.ADDRESS}:
        return "opinion"
    return "prediction" if signals & {s.PREDICTION, s.CONDITION} else "vague"


def _is_imperative(tree: Tree, root: int) -> bool:
    alone = tree.subject(root) is None and not tree.auxiliaries(root)
    return tree.tag[root] == "VB" and alone


def _is_quotation(tree: Tree, quoted: frozenset[int]) -> bool:
    """Is all of the sentence between quotation marks?"""
    words = [token for token in range(len(tree)) if tree.pos[token] not in {"PUNCT", "SPACE"}]
    return bool(words) and quoted.issuperset(words)
