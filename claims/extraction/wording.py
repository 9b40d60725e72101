"""A statement in a standard form: without articles and titles, numbers and tenses written one way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.abbreviations import STARTERS
from claims.extraction.datewords import SMALL, WEEKDAYS
from claims.extraction.wordlists import words as listed

WORD = re.compile(r"[%$€£¥]|n[’']t\b|[’']s\b|(?:(?!n[’']t\b)\w)+(?:(?:[.,-](?=\w)|[’'](?!s\b))(?:(?!n[’']t\b)\w)+)*")
ARTICLES = frozenset({"a", "an", "the"})
# In front of these an article changes how many: "few people" and "a few people".
COUNTERS = listed("few little lot number most more majority minority only half third quarter hundred thousand million")
TITLES = listed(
    "mr mrs ms miss dr prof professor sir dame lord lady president senator sen representative rep congressman"
    " congresswoman governor gov mayor minister chancellor secretary general gen colonel col captain capt judge justice"
    " chairman chairwoman chief executive prime vice deputy former pope king queen prince princess"
)
HAVING = frozenset({"has", "have", "had"})
BEING = frozenset({"is", "are", "was", "were", "been", "being"})
LOOSE = listed("in on at over near across along around inside outside during")
# Phrases with these in them say something of their own.
TELLING = listed(
    "no not never none nothing nobody without neither nor all every each both any some many most few several half more"
    " less fewer least only first last once twice than almost nearly about if unless because after before when while"
    " who which that will would could may might should must against for to from with by and or but order total average"
    " favour favor part fact response return exchange place question public"
)
# First parts of names that are no first names, and last parts that are no surnames.
NO_FIRST_NAME = listed(
    "north south east west northern southern eastern western central new great greater old upper lower united saudi"
    " papua equatorial democratic republic american british french dutch san santa los las la le el saint st sri costa"
    " puerto sierra hong first second third world black white national international royal federal supreme high"
    " rural urban downtown mainland coastal inner outer occupied neighboring neighbouring nearby communist soviet nazi"
    " imperial colonial ancient modern medieval young rival fellow metropolitan suburban greater"
)
NO_SURNAME = listed(
    "bank party court council ministry university street road county city group union states state department office"
    " house senate committee commission minister sea ocean river lake island islands republic kingdom war act bill law"
    " times post news day week month year company corporation association agency institute museum church school"
    " hospital airport bridge tower park square army navy force police front league cup games congress parliament"
    " assembly board monday tuesday wednesday thursday friday saturday sunday january february march april june july"
    " august september october november december"
)
# A capital at the beginning of a statement makes no name of these.
NO_NAME_FIRST = (STARTERS - TITLES) | TELLING | LOOSE | listed("unlike like under without despite such rather")
IRREGULAR = {
    past: base
    for base, pasts in {
        "rise": "rose risen", "fall": "fell fallen", "win": "won", "lose": "lost", "sell": "sold", "buy": "bought",
        "make": "made", "take": "took taken", "come": "came", "go": "went gone", "begin": "began begun", "hold": "held",
        "leave": "left", "shoot": "shot", "find": "found", "give": "gave given", "get": "got", "lead": "led",
        "pay": "paid", "run": "ran", "send": "sent", "speak": "spoke spoken", "strike": "struck",
        "break": "broke broken",
        "write": "wrote written", "grow": "grew grown", "drive": "drove driven", "fly": "flew flown", "say": "said",
        "know": "knew known", "see": "saw seen", "sink": "sank sunk", "become": "became", "bring": "brought",
        "build": "built", "catch": "caught", "choose": "chose chosen", "fight": "fought", "keep": "kept", "lay": "laid",
        "meet": "met", "seek": "sought", "spend": "spent", "steal": "stole stolen", "teach": "taught", "tell": "told",
        "throw": "threw thrown", "withdraw": "withdrew withdrawn", "do": "did done", "die": "died", "flee": "fled",
    }.items()
    for past in pasts.split()
}  # fmt: skip
BASES = frozenset(IRREGULAR.values())
NOT_PAST = listed("speed hundred breed exceed proceed succeed indeed embed naked sacred wicked")
TO_BE_DROPPED = listed("that also however meanwhile moreover")


@dataclass(frozen=True, slots=True)
class Word:
    """lower: as compared; is_name: written with a capital; ends: a comma or the like stands behind it."""

    lower: str
    is_name: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """words: the standard form; loose: where phrases begin that may be left off at its end, the last one first."""

    words: tuple[str, ...]
    loose: tuple[int, ...]


def words_of(text: str) -> list[Word]:
    """The words of a statement, with a phrase that opens it ("On Tuesday, ...") put at its end."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        word = match.group()
        ends = text[match.end() : match.end() + 1] in {",", ";", ":", "—", "–", "("}
        is_name = word[:1].isupper() and (bool(found) or word.lower() not in NO_NAME_FIRST)
        found.append(Word(_lower(word), is_name, ends))
    return _fronted_last(found)


def names_of(wordings: Iterable[list[Word]]) -> dict[str, frozenset[str]]:
    """The full names in some statements, by their last word: {"lee": {"ann lee"}}."""
    found: dict[str, set[str]] = {}
    for words in wordings:
        for run in _runs_of_names(words):
            if 2 <= len(run) <= 4 and run[0] not in NO_FIRST_NAME and run[-1] not in NO_SURNAME:
                found.setdefault(run[-1], set()).add(" ".join(run))
    return {last: frozenset(names) for last, names in found.items()}


def standard(words: list[Word], names: dict[str, frozenset[str]]) -> Wording:
    kept = _surnames([word for place, word in enumerate(words) if not _is_dropped(words, place)], names)
    return Wording(tuple(word.lower for word in kept), tuple(_loose(kept)))


def _lower(word: str) -> str:
    lower = word.lower().replace("’", "'").rstrip(".,'")
    if lower in SMALL:
        return str(SMALL.index(lower))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", lower):
        return lower.replace(",", "")
    return {"n't": "not", "percent": "%", "'s": "'s", "cannot": "not"}.get(lower, lower)


def _fronted_last(words: list[Word]) -> list[Word]:
    if not words or words[0].lower not in LOOSE:
        return words
    end = next((place + 1 for place, word in enumerate(words[:6]) if word.ends), 0)
    return [*words[end:], *words[:end]] if 0 < end < len(words) else words


def _is_dropped(words: list[Word], place: int) -> bool:
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) else Word("", is_name=False, ends=False)
    if word.lower in ARTICLES:
        return following.lower not in COUNTERS
    if word.lower in TITLES and word.is_name:
        return following.is_name and not following.lower.isdigit()
    if word.lower in HAVING:
        return _is_past(following.lower) or following.lower in {"been", *HAVING}
    if word.lower in BEING and _is_past(following.lower):
        return _is_passive(words, place + 1)
    return word.lower in TO_BE_DROPPED


def _is_passive(words: list[Word], place: int) -> bool:
    """ "(was) arrested in Rome": a headline leaves the verb out; before an object it would turn who did what."""
    after = words[place + 1].lower if place + 1 < len(words) else ""
    return after == "" or after in LOOSE or after == "by" or after in WEEKDAYS


def _is_past(word: str) -> bool:
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST)


def _surnames(words: list[Word], names: dict[str, frozenset[str]]) -> list[Word]:
    """The words without the first names of people of whom only one bears the surname."""
    kept = list(words)
    for start, end in reversed(_runs(words)):
        last = words[end - 1].lower
        full = " ".join(word.lower for word in words[start:end])
        if end - start >= 2 and names.get(last) == frozenset({full}):
            del kept[start : end - 1]
    return kept


def _runs_of_names(words: list[Word]) -> list[list[str]]:
    kept = [word for place, word in enumerate(words) if not _is_dropped(words, place)]
    return [[word.lower for word in kept[start:end]] for start, end in _runs(kept)]


def _runs(words: list[Word]) -> list[tuple[int, int]]:
    """Where words with capitals stand side by side."""
    runs: list[tuple[int, int]] = []
    start = 0
    for place, word in enumerate(words):
        if not word.is_name or word.lower[:1].isdigit():
            start = place + 1
        elif word.ends or place + 1 == len(words) or not words[place + 1].is_name:
            runs.append((start, place + 1))
            start = place + 1
    return runs


def _loose(words: list[Word]) -> Iterable[int]:
    """Where the last phrase begins, then the one before it, as long as they name and count nothing but a weekday."""
    end = len(words)
    for place in range(len(words) - 1, 1, -1):
        word = words[place]
        if word.lower in TELLING or (word.is_name and word.lower not in WEEKDAYS) or word.lower[:1].isdigit():
            return
        alone = word.lower in WEEKDAYS and place + 1 == end and words[place - 1].lower not in LOOSE
        if word.lower in LOOSE or alone or (word.lower == "yesterday" and place + 1 == end):
            yield place
            end = place


def same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are these the same but for the tense of verbs? "Ship" and "ships" are not: a plural is another number."""
    return len(one) == len(other) and all(map(_same_word, one, other))


def _same_word(one: str, other: str) -> bool:
    if one == other or (one in IRREGULAR and IRREGULAR[one] == IRREGULAR.get(other)):
        return True
    return _is_past(one) != _is_past(other) and stem(one) == stem(other)


def stem(word: str) -> str:
    """Roughly the same for all forms of a word, to look it up by."""
    word = IRREGULAR.get(word, word)
    if word.removesuffix("s") not in BASES:
        for ending, instead in (("ied", "y"), ("ies", "y"), ("ed", ""), ("es", ""), ("s", "")):
            if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
                word = word.removesuffix(ending) + instead
                break
    word = word.removesuffix("s").removesuffix("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
