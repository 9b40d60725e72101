"""Names for pronouns, surnames and "the two countries". A wrong name is worse than a pronoun: when in doubt, none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.extraction import antecedents, bodies, first_person
from claims.extraction.attribution import name_tokens
from claims.extraction.candidate import Resolution
from claims.extraction.clauses import Draft
from claims.extraction.memory import COURTESY, Memory
from claims.extraction.people import is_human
from claims.extraction.scenes import THINGS, bare_name, named_thing
from claims.extraction.tree import ACTING, NAMES, Tree
from claims.extraction.wordlists import words

PEOPLE_WORDS = frozenset({"he", "she"})
SAME_PERSON = {"he": ["he"], "his": ["he"], "him": ["he"], "she": ["she"], "her": ["she"]}
PRONOUNS = words("he she it they him her them this that these those i we you us me")
POSSESSIVES = frozenset({"its", "their", "his", "her", "my", "our", "your"})
HAPPENING = words("work happen matter help fail mean")  # "it worked": an event as well as a thing
TITLES = COURTESY | {"sir", "lord", "lady", "dame", "judge"}
TIME_WORDS = frozenset({"moment", "time", "day", "week", "month", "year", "morning", "evening", "night", "season"})


@dataclass(slots=True)
class Names:
    """What is put in place of which tokens, and the words for which nothing was found."""

    replacements: dict[int, str] = field(default_factory=dict)
    resolved: list[Resolution] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)

    def put(self, tree: Tree, tokens: list[int], name: str) -> None:
        self.resolved.append(Resolution(tree.span_text(tokens), name))
        self.replacements[tokens[0]] = name
        self.replacements.update(dict.fromkeys(tokens[1:], ""))


def resolve(
    tree: Tree,
    draft: Draft,
    memory: Memory,
    quoted: frozenset[int],
    *,
    speaker: str = "",
    known: Mapping[int, str],
) -> Names:
    """Find the names that the words of `draft` stand for.

    quoted: the tokens inside quotation marks; speaker: who says the claim, if somebody does; known: what tokens stood
    for in the other claims of the sentence.
    """
    names = Names()
    tokens = draft.tokens
    for place, token in enumerate(tokens):
        if token in names.replacements:
            continue
        found = (
            _surname(tree, token, tokens, memory)
            or _lent(tree, token, draft, known)
            or _reference(tree, token, draft, memory, quoted, speaker)
        )
        if found:
            names.put(tree, *found)
            if " and " not in found[1]:
                first_person.agree(tree, token, draft.verb if draft.passed_on else tree.head[token], names.replacements)
            first_person.spell_out(tree, token, names.replacements)
        elif _is_loose(tree, token, tokens[:place] if draft.rule != "apposition" else []):
            names.unresolved.append(tree.span_text(antecedents.stand_in(tree, token) or [token]))
    return names


def resolve_name(tree: Tree, tokens: tuple[int, ...], memory: Memory) -> str:
    """A claimant's name: a person without office, surnames in full, a pronoun as the one it can mean."""
    if len(tokens) == 1 and tree.pos[tokens[0]] == "PRON":
        return _pronoun_name(tree, tokens[0], memory)
    named = _person_in(tree, tokens)
    if named:
        return memory.full_name(named)
    stand_in = antecedents.stand_in(tree, tokens[0]) if tokens else []
    if stand_in and set(stand_in) == set(tokens):
        return antecedents.meant(tree, stand_in, memory) or tree.span_text(list(tokens))
    spelled, done = tree.span_text(list(tokens)), -1
    for token in tokens:
        found = _surname(tree, token, list(tokens), memory) if token > done else None
        if found:
            spelled = spelled.replace(tree.span_text(found[0]), found[1], 1)
            done = found[0][-1]
    return spelled.strip(" ,;:")


def _pronoun_name(tree: Tree, token: int, memory: Memory) -> str:
    word = tree.lower[token]
    if word in {"i", "we"}:
        return ""
    if word in PEOPLE_WORDS:
        before = memory.before.subject
        if before is not None and before.kind == "person" and memory.may_be(before.name, word):
            return before.name
        if memory.before.human:
            return memory.before.human
        # Whoever is named in the words themselves is hardly the one who says them.
        others = set(memory.before.people) - {memory.speaker}
        if memory.speaker and not others and memory.may_be(memory.speaker, word):
            return memory.speaker
        return antecedents.person(tree, token, memory) or tree.words[token]
    if word in {"it", "they"}:
        return antecedents.thing_before(tree, token, memory, several=word == "they") or tree.words[token]
    return tree.words[token]


def _person_in(tree: Tree, tokens: tuple[int, ...]) -> str:
    """The person among the words for a speaker: "finance minister Ann Lee", "its director, Ann Lee"."""
    if not tokens:
        return ""
    heads = [token for token in tokens if tree.head[token] not in tokens]
    if len(heads) != 1 or tree.kids(heads[0], "conj"):
        return ""
    for head in (heads[0], *tree.kids(heads[0], "appos")):
        entity = tree.entity_at(head)
        if entity is not None and entity.last == head and entity.label == "PERSON":
            first = next((t for t in range(entity.first, head) if tree.lower[t] not in TITLES), head)
            return tree.span_text(list(range(first, head + 1))).removesuffix("’s").removesuffix("'s")
        if head != heads[0] and tree.tag[head] in NAMES:
            return tree.span_text([t for t in name_tokens(tree, head) if t <= head and tree.tag[t] in NAMES])
    return ""


def _surname(tree: Tree, token: int, tokens: list[int], memory: Memory) -> tuple[list[int], str] | None:
    if tree.tag[token] not in NAMES and tree.lower[token] not in COURTESY:
        return None
    place = [token]
    if tree.lower[token] in COURTESY and token + 1 < len(tree) and token + 1 in tokens:
        place = [token, token + 1]
    last = place[-1]
    name = memory.full_name(tree.words[last])
    if (
        name == tree.words[last]
        or not _stands_alone(tree, last, name, place)
        or tree.dep[last] in {"compound", "amod", "nmod"}
    ):
        return None
    said_already = set(name.split()) <= {tree.words[t] for t in tokens} or any(
        tree.words[t] == tree.words[last] for t in tokens if t < token
    )
    return None if said_already else (place, name)


def _stands_alone(tree: Tree, token: int, name: str, place: list[int]) -> bool:
    """Is it a surname by itself, and no part of another name ("Trump Tower", "the Trump administration")?"""
    before, after = place[0] - 1, token + 1
    if before >= 0 and tree.tag[before] in NAMES and not _is_title(tree, place[0]):
        return False
    if before >= 0 and tree.lower[before] in TITLES:
        return False
    if after < len(tree) and tree.tag[after] in NAMES and tree.dep[token] == "compound":
        return False
    entity = tree.entity_at(token)
    if entity is None or entity.label == "PERSON":
        return entity is None or bare_name(tree, entity).split()[-1] == tree.words[token]
    # The model may take a surname for a firm or a place; not for more than that word, though.
    return entity.first == entity.last == token and name.split()[-1] == tree.words[token]


def _is_title(tree: Tree, token: int) -> bool:
    return tree.dep[token - 1] == "compound" and tree.label[token - 1] == ""


def _lent(tree: Tree, token: int, draft: Draft, known: Mapping[int, str]) -> tuple[list[int], str] | None:
    """A pronoun that a claim has from another clause means what it means there."""
    lent = token not in draft.own and tree.pos[token] == "PRON" and tree.tag[token] == "PRP"
    return ([token], known[token]) if lent and known.get(token) else None


def _reference(
    tree: Tree, token: int, draft: Draft, memory: Memory, quoted: frozenset[int], speaker: str
) -> tuple[list[int], str] | None:
    word = tree.lower[token]
    # The subject of the claim only: what comes later may mean the subject itself.
    own_subject = tree.head[token] == draft.verb or token not in draft.own
    is_subject = own_subject and tree.dep[token] in ACTING
    if word == "we" and is_subject and (several := first_person.several_speaking(tree, speaker, draft.tokens)):
        return [token], several
    if word in {"i", "we"} and is_subject:
        tokens = draft.tokens
        if any(tree.lower[t] in first_person.FIRST_PERSON and t != token and tree.words[t] != "US" for t in tokens):
            return None  # half of them replaced would be two people
        return first_person.meant(tree, token, speaker, first_person.body_speaking(tree))
    if token in quoted:
        return None
    acts = tree.dep[token] in ACTING and (own_subject or _nobody_before(tree, token, draft))
    if word in PEOPLE_WORDS and acts:
        return _found([token], _person(tree, token, draft, memory))
    if word in {"him", "her"} and tree.tag[token] == "PRP" and _nobody_before(tree, token, draft):
        return _found([token], _person(tree, token, draft, memory))
    if word in {"it", "they"} and is_subject:
        return _found([token], _thing(tree, token, word, draft, memory))
    if word in POSSESSIVES and tree.tag[token] == "PRP$":
        return _owner(tree, token, draft, memory)
    stand_in = antecedents.stand_in(tree, token)
    if stand_in:
        return _found(stand_in, antecedents.meant(tree, stand_in, memory))
    return _full_phrase(tree, token, draft, memory)


def _full_phrase(tree: Tree, token: int, draft: Draft, memory: Memory) -> tuple[list[int], str] | None:
    """ "The dam" is "the Ain Tazrout dam" where the article has named no other."""
    if tree.lower[token] != "the" or tree.dep[token] != "det" or tree.head[token] != token + 1:
        return None
    noun = token + 1
    if tree.tag[noun] not in {"NN", "NNS"} or tree.lower[noun] in TIME_WORDS | antecedents.VAGUE_NOUNS:
        return None
    if tree.kids(noun, "prep", "relcl", "acl", "appos", "compound", "poss", "conj", "amod", "nummod"):
        return None
    name = memory.full_phrase(tree.lower[noun])
    said = {tree.words[token_] for token_ in draft.tokens}
    missing = name is not None and not set(name.split()[1:-1]) <= said
    return ([token, noun], name) if name and missing else None


def _found(tokens: list[int], name: str | None) -> tuple[list[int], str] | None:
    return (tokens, name) if name and name.lower() not in PRONOUNS else None


def _person(tree: Tree, token: int, draft: Draft, memory: Memory) -> str | None:
    if draft.rule == "reported" and draft.outside is not None:
        speaker = tree.kid(draft.outside, "nsubj")
        if speaker is not None and tree.lower[speaker] in SAME_PERSON.get(tree.lower[token], []):  # "he said he ..."
            return (
                resolve_name(tree, (speaker,), memory) if memory.speaker else antecedents.person(tree, speaker, memory)
            )
        if speaker is not None and tree.tag[speaker] in {"NN", "NNS"}:
            return None  # "the doctor said he ..."
    return antecedents.person(tree, token, memory)


def _thing(tree: Tree, token: int, word: str, draft: Draft, memory: Memory) -> str | None:
    verb = tree.head[token]
    if antecedents.is_empty_it(tree, verb) or (tree.lemma[verb] in HAPPENING and not tree.kids(verb, "dobj")):
        return None
    if draft.rule == "coordinated clause" and draft.outside is not None:
        return antecedents.subject_name(tree, draft.outside, plural=word == "they")
    if draft.rule == "reported":
        return _speaking_thing(tree, draft, memory, word)
    if word == "it" and (willing := bodies.willing_body(tree, verb, memory)):
        return willing
    # In "it was the highest number" the word may mean an event as well as a thing.
    if word == "it" and tree.lemma[verb] == "be" and tree.kid(verb, "attr") is not None:
        return None
    return antecedents.thing_before(tree, token, memory, several=word == "they")


def _speaking_thing(tree: Tree, draft: Draft, memory: Memory, word: str) -> str | None:
    """ "The EU said it ...": the EU. "Officials said they ...": the officials."""
    verb = draft.outside
    speaker = tree.kid(verb, "nsubj") if verb is not None else None
    if verb is None or speaker is None or speaker > min(draft.own):
        return None
    if tree.lower[speaker] == word:  # "they said they"
        return _pronoun_name(tree, speaker, memory)
    if word == "they":
        plural = tree.tag[speaker] == "NNS" and not tree.label[speaker]
        return tree.span_text(list(name_tokens(tree, speaker))) if plural else None
    if tree.pos[speaker] == "PRON":
        return None
    return _body(tree, speaker, memory)


def _body(tree: Tree, speaker: int, memory: Memory) -> str | None:
    entity = tree.entity_at(speaker)
    if entity is not None and entity.last == speaker and entity.label in THINGS:
        return named_thing(tree, entity) if not tree.kids(speaker, "conj") else None
    if tree.tag[speaker] in NAMES and (entity is None or entity.label != "PERSON"):
        words = tree.span_text([t for t in name_tokens(tree, speaker) if t <= speaker])
        return None if words in memory.full_names or tree.kids(speaker, "conj") else words
    stand_in = antecedents.stand_in(tree, name_tokens(tree, speaker)[0])
    return antecedents.meant(tree, stand_in, memory) if stand_in else None


def _owner(tree: Tree, token: int, draft: Draft, memory: Memory) -> tuple[list[int], str] | None:
    """Whose: in "X met Y, its first guest" X's; before any noun of the claim, who or what the pronoun would mean."""
    word = tree.lower[token]
    owner: str | None = None
    if word in {"its", "their"} and draft.rule in {"apposition", "deed"} and draft.outside is not None:
        owner = antecedents.subject_name(tree, draft.outside, plural=word == "their")
        if owner is None and word == "its" and tree.lower[0] == "its":
            owner = antecedents.thing_before(tree, token, memory, several=False)
    elif word in {"his", "her"} and _nobody_before(tree, token, draft):
        owner = _person(tree, token, draft, memory)
    elif _opens(tree, token, draft) and word == "its":
        owner = _speaking_thing(tree, draft, memory, "it") if draft.rule == "reported" else None
        owner = owner or antecedents.thing_before(tree, token, memory, several=False)
    if not owner or owner.lower() in PRONOUNS:
        return None
    return [token], owner if draft.rule == "deed" else possessive(owner)


def _nobody_before(tree: Tree, token: int, draft: Draft) -> bool:
    """Does the claim name nobody before `token` who could be meant?"""
    if draft.passed_on and tree.tag[token] == "PRP":
        return False  # whose subject it has may be the wrong one
    tokens = draft.tokens
    before = tokens[: tokens.index(token)] if token in tokens else tokens
    subject = tree.subject(draft.verb)
    if subject is not None and subject not in before and token not in tree.subtree(subject):
        before.append(subject)  # "In his memoirs Lee says": his own
    return not any(tree.label[t] == "PERSON" or tree.lower[t] in SAME_PERSON or is_human(tree, t) for t in before)


def possessive(name: str) -> str:
    return name + ("’" if name.endswith("s") else "’s")


def _opens(tree: Tree, token: int, draft: Draft) -> bool:
    """Does the claim begin with this word, so that nothing in the claim can be what it means?"""
    first = next((token_ for token_ in draft.tokens if tree.pos[token_] not in {"PUNCT", "SPACE"}), None)
    return first == token


def _is_loose(tree: Tree, token: int, before: list[int]) -> bool:
    """Does this word need a name that the claim does not give?"""
    word = tree.lower[token]
    named = any(tree.pos[t] in {"NOUN", "PROPN"} for t in before)
    if tree.tag[token] == "NNP" or tree.words[token] == "US":
        return False
    if antecedents.stand_in(tree, token):
        return tree.lower[tree.head[token]] not in TIME_WORDS
    if word in POSSESSIVES and tree.tag[token] == "PRP$":
        return not named or word in {"my", "our", "your"}
    if word not in PRONOUNS or tree.tag[token] not in {"PRP", "DT"} or tree.dep[token] in {"det", "expl", "mark"}:
        return False
    if word in {"those", "that"} and tree.kids(token, "relcl", "prep", "acl"):
        return False  # "those who walked" says who
    subject = tree.dep[token] in ACTING
    if word == "it" and subject and antecedents.is_empty_it(tree, tree.head[token]):
        return False
    return word in {"i", "we", "you", "us", "me"} or not (named and _has_partner(tree, token, before))


def _has_partner(tree: Tree, token: int, before: list[int]) -> bool:
    """Is there a noun before it in the claim that it can mean, as far as number tells?"""
    word = tree.lower[token]
    if word in {"this", "that", "these", "those"}:
        return False
    nouns = [t for t in before if tree.pos[t] in {"NOUN", "PROPN"}]
    if word in {"they", "them"}:
        return any(tree.tag[t] in {"NNS", "NNPS"} or tree.kids(t, "conj") or tree.label[t] == "ORG" for t in nouns)
    return any(tree.tag[t] not in {"NNS", "NNPS"} for t in nouns)
