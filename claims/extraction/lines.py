"""The lines of a text and what only marks them: bullets, list numbers, time codes, subtitle cues, stage notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
ONE_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

# A bullet, "1.", "(12)", "b)", "[00:12:05]", ">>", and a dash that opens a line of dialogue. What follows a number
# and a full stop is a word, or "4. 5" would lose its number.
MARKER = re.compile(
    r"\s*(?:"
    r"[•·▪●‣◦]"
    r"|[-*–—](?=\s)"
    r"|[–—](?=[\w“\"‘])"
    r"|\(?\d{1,3}\)(?=\s)"
    r"|\d{1,3}\.(?=\s+[^\W\d]|\s+[“\"‘])"
    r"|\(?[a-z]\)(?=\s)"
    r"|[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])](?=\s)"
    r"|>>+"
    r")\s*"
)
CUE_TIMES = r"(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->[^\n\r]{0,200}"
CUE_LINE = re.compile(rf"\s*(?:{CUE_TIMES}|WEBVTT\b.{{0,200}}|\d{{1,6}})\s*")
CUE_NUMBER = re.compile(r"\s*\d{1,6}\s*")
HAS_CUES = re.compile(CUE_TIMES)

NOTE_WORDS = (
    r"applause|laughter|laughs|laughing|cheers|cheering|boos|booing|crosstalk|cross-talk|inaudible|unintelligible"
    r"|indiscernible|music|pause|silence|sighs|coughs|chuckles|chanting|sic|off[- ]mic|foreign language"
    r"|commercial break|(?:begin|end)(?:ning of)? (?:video|audio)[ -]?(?:clip|tape)?|break in transcript"
)
NOTE = re.compile(
    rf"[\[(](?:(?:loud|sustained|prolonged|long|more|audience|crowd|soft|upbeat|background|speaking) )?"
    rf"(?:{NOTE_WORDS})(?:(?:,| and|;) (?:{NOTE_WORDS})| (?:\d\d:)?\d\d:\d\d| playing| continues)?[.!]?[\])]",
    re.IGNORECASE,
)
CUE = re.compile(rf"(?:(?<=[\n\r])\d{{1,6}}[ \t]*(?:\r\n|\n|\r))?{CUE_TIMES}")

# Soft hyphens, zero-width spaces and joiners, marks of direction, byte order marks.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
LOOSE_INVISIBLE = re.compile(rf"(?<!\w){INVISIBLE.pattern}+|{INVISIBLE.pattern}+(?!\w)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the marks in front of it: `text[start:end]`.

    is_marked: it had a bullet, a number or the like; is_apart: an empty line stands before it; in_cue: a subtitle's.
    """

    start: int
    end: int
    is_marked: bool = False
    is_apart: bool = False
    in_cue: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that hold words, in order; cue numbers and times of subtitles are left out."""
    has_cues = HAS_CUES.search(text) is not None
    is_apart, end_before = True, 0
    for match in LINE.finditer(text):
        start, end = match.span()
        is_apart = is_apart or not ONE_LINE_END.fullmatch(text, end_before, start)
        end_before = end
        if not text[start : start + 1].strip() and not match.group().strip():
            is_apart = True
        elif not (has_cues and _is_cue(text, start, end)):
            marker = MARKER.match(text, start, end)
            inner = marker.end() if marker else start
            if inner < end:
                yield Line(inner, end, marker is not None, is_apart, has_cues)
            is_apart = False


def _is_cue(text: str, start: int, end: int) -> bool:
    """Is this the time of a subtitle, or the number right above one?"""
    if not CUE_LINE.fullmatch(text, start, end):
        return False
    if not CUE_NUMBER.fullmatch(text, start, end):
        return True
    below = LINE.search(text, end)
    return below is not None and HAS_CUES.match(text, below.start()) is not None


def without_marks(text: str) -> str:
    """`text` with spaces in the place of stage notes ("[applause]"), subtitle times and what cannot be seen.

    As long as before. An invisible character inside a word stays: a space there would make two of it.
    """
    if not text.isascii():
        text = LOOSE_INVISIBLE.sub(_spaces, text)
    if "[" not in text and "(" not in text and "-->" not in text:
        return text
    return NOTE.sub(_spaces, CUE.sub(_spaces, text))


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())
