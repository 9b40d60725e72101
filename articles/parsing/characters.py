"""Characters that may not stay: what PostgreSQL, XML feeds or a reader's screen cannot take."""

import re
import unicodedata

NUL = "\x00"
# Control characters except tab and the two line ends (U+0085 is one too), lone surrogates, and two code points that
# are no characters. Line ends stay as they came: offsets into the text count them.
UNWANTED = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks, embeddings, overrides and isolates. They belong to Arabic and Hebrew text, and can also make a quote read
# backwards; in a text they stay, in a title they go.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
JOINERS = "\u200c\u200d"
LONGEST_FIELD = 300

NULS_REMOVED = "NUL characters removed: %(count)s."
CONTROLS_REMOVED = "Control characters removed: %(count)s."
DIRECTION_KEPT = "Invisible characters that change the reading direction, kept: %(count)s."


def remove_unwanted(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` without NUL, control characters and lone surrogates, and a note for each kind removed."""
    nuls = text.count(NUL)
    cleaned, controls = UNWANTED.subn("", text.replace(NUL, ""))
    notes = ((NULS_REMOVED, nuls), (CONTROLS_REMOVED, controls))
    return cleaned, tuple(note % {"count": count} for note, count in notes if count)


def direction_notes(text: str) -> tuple[str, ...]:
    """Return a note if `text` holds characters that change the reading direction. They are not removed."""
    count = len(DIRECTION.findall(text))
    return (DIRECTION_KEPT % {"count": count},) if count else ()


def one_line(value: str | None) -> str:
    """Return a title or name as one visible line of at most 300 characters."""
    visible = "".join(map(_visible, (value or "")[:10_000]))
    return " ".join(visible.split())[:LONGEST_FIELD].rstrip()


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn"} and character not in JOINERS
    return "" if hidden else character


def fold_spaces_and_forms(text: str) -> str:
    """Return `text` with white space collapsed and letters composed (NFC), for comparing texts.

    Composition is done in pieces: Python's takes time in the square of the length of a row of combining marks, and
    a row of a million is easily sent.
    """
    words = " ".join(text.split())
    return " ".join(_composed(word) for word in words.split(" "))


def _composed(word: str) -> str:
    if word.isascii():
        return word
    return "".join(unicodedata.normalize("NFC", word[i : i + 64]) for i in range(0, len(word), 64))
