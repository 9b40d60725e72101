"""Who speaks in a transcript: labels such as "BLITZER:", "Mr. Smith:" or "Q." at the start of a line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from claims.extraction.lines import Line
from claims.extraction.wordlists import words as listed

TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Amb|Sec|MR|MRS|MS|DR|SEN|REP|GOV|GEN|AMB|SEC)\."
    r"|Mr|Mrs|Ms|Dr|Miss|Sir|Dame|Lord|Lady|President|Senator|Governor|Secretary|Minister|Judge|Justice"
)
CAPITALS = r"(?:Mc|Mac|O['’])?[A-Z][A-Z.'’-]+|[A-Z]\."
ROLE = r"(?:, [^:\n]{1,80}| \([^()\n]{1,40}\))?"
SHOUTED = re.compile(rf"(?P<name>(?:{CAPITALS})(?: (?:{CAPITALS}|#?\d{{1,2}})){{0,5}}){ROLE}:(?=\s|$)")
TITLED = re.compile(rf"(?P<name>(?:{TITLE})(?: [A-Z][\w.'’-]*){{1,3}}){ROLE}:(?=\s|$)")
NAMED = re.compile(rf"(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z]\.|de|van|von|bin|al|[A-Z][\w'’-]+)){{1,4}}){ROLE}:(?=\s|$)")
TURN = re.compile(r"(?P<name>Q|A)[.:](?=\s)")

# Words in front of a colon that introduce, and are nobody's name.
KICKERS = listed(
    "ALERT ALSO ANALYSIS ANSWERS ARTICLE ASSESSMENT AUDIO BACKGROUND BREAKING CAPTION CHECK CLAIM COLUMN COMMENT"
    " CONCLUSION CONTACT CORRECTION COVER CREDIT DATE DETAILS EDITORIAL EXCLUSIVE EXPLAINER FACT FACTS FALSE FEATURE"
    " FILE FOCUS GALLERY GRAPHIC HEADLINE IMAGE IMAGES INSIGHT INTERVIEW KEY LATEST LISTEN LIVE LOCATION MAP MEDIA"
    " MORE NEWS NOTE NOTES OPINION PHOTO PHOTOS PICTURE PICTURES PODCAST POLL PROFILE QUIZ RATING READ RELATED REPORT"
    " RESULT REVIEW RULING SEE SOURCE SOURCES SPECIAL SPORT STATEMENT STORY SUMMARY TIMELINE TOPIC TOPICS TRUE UPDATE"
    " UPDATED VERDICT VIDEO VIEW WARNING WATCH WEATHER WHY HOW WHAT WHEN WHERE"
)
UNNAMED = listed(
    "UNIDENTIFIED UNKNOWN AUDIENCE MODERATOR REPORTER REPORTERS QUESTION QUESTIONER INTERVIEWER ANNOUNCER NARRATOR"
    " OPERATOR SPEAKER MALE FEMALE MAN WOMAN ALL CROWD VOICE VOICES PROTESTERS PARTICIPANT CALLER Q"
)
COURTESY = frozenset({"MR.", "MRS.", "MS.", "DR."})
VOWELS = frozenset("AEIOUY")
LAST_LINES_OF_A_HEADER = 8
SHARE_OF_A_TRANSCRIPT = 1 / 3
SHARE_OF_A_DIALOGUE = 1 / 2
MAX_NAMES = 5_000
LONGEST_LABEL = 160
SENTENCE_ENDS = '.!?…"”’)]'


@dataclass(frozen=True, slots=True)
class Label:
    """What a line begins with. end: where what is said begins; kind: how the label is written."""

    name: str
    end: int
    kind: str


@dataclass(slots=True)
class Speakers:
    """What the labels of a text say together. One label alone may be a dateline or a headline's first words."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: int = 0
    first: int = 0
    is_dialogue: bool = False
    full_names: dict[str, str] = field(default_factory=dict)

    @property
    def labelled(self) -> int:
        return self.counts.total()

    @property
    def carries_on(self) -> bool:
        """Does a speaker go on in the paragraphs without a label? In an article with an exchange in it, not."""
        early = self.first <= LAST_LINES_OF_A_HEADER
        return self.is_dialogue and (early or self.labelled >= SHARE_OF_A_TRANSCRIPT * self.lines)

    def speaker(self, label: Label) -> str | None:
        """The name of who speaks; "" for somebody without a name; None if the label names nobody."""
        if label.kind == "turn":
            return "" if label.name == "Q" else None
        if not self.is_dialogue:
            return None
        name = _as_name(label.name)
        if UNNAMED & set(re.split(r"[ #\d]+", name.upper())):
            return ""
        return self.full_names.get(name, name)


def find_speakers(text: str, lines: Iterable[Line]) -> Speakers:
    """Read the labels of a whole text, once, before its sentences are cut."""
    found = Speakers()
    for number, line in enumerate(lines, start=1):
        found.lines = number
        label = label_of(text, line)
        if label is None or (len(found.counts) >= MAX_NAMES and (label.kind, label.name) not in found.counts):
            continue
        if _counts(text, line, label):
            found.first = found.first or number
            found.counts[label.kind, label.name] += 1
    found.is_dialogue = _is_dialogue(found)
    found.full_names = _full_names(name for kind, name in found.counts if kind != "turn")
    return found


def label_of(text: str, line: Line) -> Label | None:
    """The label at the start of a line, if it has the form of one."""
    colon = text.find(":", line.start, min(line.end, line.start + LONGEST_LABEL))
    if colon < 0 and text[line.start + 1 : line.start + 2] != ".":
        return None
    for kind, pattern in (("turn", TURN), ("titled", TITLED), ("shouted", SHOUTED), ("named", NAMED)):
        match = pattern.match(text, line.start, line.end)
        if match:
            kind = "kicker" if KICKERS & set(match["name"].upper().split()) else kind
            return Label(match["name"], match.end(), kind)
    return None


def is_cut(label: Label, speakers: Speakers, said: str) -> bool:
    """Is the label left out of the sentence that follows it?

    Capitals are, whatever they stand for (a dateline, "UPDATE:"), unless the whole line is written in them.
    """
    if label.kind == "turn":
        return _is_interview(speakers)
    if label.kind in {"shouted", "kicker"} and label.name.isupper():
        return speakers.is_dialogue or said != said.upper()
    return label.kind != "kicker" and speakers.is_dialogue and _is_accepted(label, speakers)


def _is_dialogue(found: Speakers) -> bool:
    """Is it people who are named? A page has labels of other sorts, each once, or in a part of its lines only."""
    strong = [count for (kind, _), count in found.counts.items() if kind in {"shouted", "titled"}]
    named = [count for (kind, _), count in found.counts.items() if kind == "named"]
    again = max(strong, default=0) >= 2 or sum(strong) >= SHARE_OF_A_DIALOGUE * found.lines > 0
    exchange = len(named) >= 2 and max(named) >= 2 and sum(named) >= SHARE_OF_A_TRANSCRIPT * found.lines
    return again or exchange


def _is_interview(speakers: Speakers) -> bool:
    turns = {name for kind, name in speakers.counts if kind == "turn"}
    return turns == {"Q", "A"} or ("Q" in turns and speakers.is_dialogue)


def _is_accepted(label: Label, speakers: Speakers) -> bool:
    return label.kind in {"shouted", "titled", "named"} and speakers.counts[label.kind, label.name] > 0


def _counts(text: str, line: Line, label: Label) -> bool:
    """Is what follows a label something said? Not a word of a table, nor the rest of a headline in capitals."""
    said = text[label.end : min(line.end, label.end + LONGEST_LABEL)]
    if label.kind == "named" or (label.kind == "shouted" and said == said.upper()):
        return _is_whole(text, line)
    return True


def _is_whole(text: str, line: Line) -> bool:
    """Does the line end as a sentence does? "Serves: four" and the rows of a table do not."""
    return text[max(line.start, line.end - 20) : line.end].rstrip()[-1:] in SENTENCE_ENDS


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """The one longer name that ends in each last word: "VALE" after "SEN. RUTH VALE" is she."""
    by_last: dict[str, set[str]] = {}
    for name in map(_as_name, names):
        if " " in name:
            by_last.setdefault(name.rsplit(" ", 1)[1], set()).add(name)
    return {last: min(longer) for last, longer in by_last.items() if len(longer) == 1}


def _as_name(label: str) -> str:
    return " ".join(_cased(label.split()))


def _cased(words: list[str]) -> Iterator[str]:
    """Names written in capitals, as they are written in prose; short ones without a vowel are abbreviations."""
    for word in words:
        if word in COURTESY:
            yield word.capitalize()
        elif not word.removeprefix("Mc").isupper() or len(word) < 3 or not set(word) & VOWELS:
            yield word
        else:
            cased = re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
            yield re.sub(r"^Mc(\w)", lambda part: "Mc" + part.group(1).upper(), cased)
