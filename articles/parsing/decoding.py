"""Bytes to characters, whatever the page says about itself."""

import codecs
import re
from collections.abc import Sequence
from itertools import islice

from charset_normalizer import from_bytes

# Marks at the start of a file, the longer before those that begin them.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the web means by a name is often more than the name says. Source: the WHATWG Encoding standard.
WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8",
}  # fmt: skip
# Only these are read, also when guessed: Python knows encodings (UTF-7, escapes) in which markup can hide.
KNOWN = frozenset({
    "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp874", "cp932", "cp949", "cp1250", "cp1251",
    "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "iso8859-2", "iso8859-3",
    "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14",
    "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "big5hkscs",
    "euc_jp", "iso2022_jp",
})  # fmt: skip
# In these every byte can be below 128, so the bytes also pass for UTF-8.
PASS_FOR_ASCII = frozenset({"iso2022_jp", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
META_WITHIN = 4_096
GUESS_FROM = 20_000

# Text of another encoding read as Windows-1252 shows rows of accented letters, or signs inside words (by³o).
RARE = re.compile("[\u0080-\u009f]|[À-ÿŒœŠšŽžŸƒ]{4,}|(?<=[^\\W\\d_])[¡-©«-´¶¸¹»-¿×÷](?=[^\\W\\d_])")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

WRONG_CHARSET = "The declared character set (%(declared)s) was wrong: read as %(used)s."
NO_CHARSET = "No character set was declared: read as %(used)s."
UNREADABLE = "Characters that could not be read and are shown as \ufffd: %(count)s."


def decode(body: bytes, *declared: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of `body` and notes on what had to be guessed. Never fails.

    declared: the character sets it is said to be in, the most trusted first; any may be "" or nonsense.
    """
    labels = [label for label in declared if label]
    codecs_named = [codec for codec in map(_codec, labels) if codec]
    text, used = _marked(body) or _certain(body, codecs_named) or _likely(body, codecs_named) or _guessed(body)
    notes = []
    if used not in codecs_named[:1] and not (body.isascii() or (used == "utf-8" and not labels)):
        note = WRONG_CHARSET if labels else NO_CHARSET
        notes.append(note % {"declared": labels[0] if labels else "", "used": _public_name(used)})
    if unreadable := text.count("\ufffd") - body.count("\ufffd".encode()):
        notes.append(UNREADABLE % {"count": unreadable})
    return text, tuple(notes)


def declared_in_markup(body: bytes) -> str:
    """Return the character set that a page's own meta element or XML declaration names, or ""."""
    found = META.search(body[:META_WITHIN])
    label = found[1].decode("ascii", "replace") if found else ""
    # A page that could be read this far cannot be in UTF-16; browsers take it for UTF-8.
    return "utf-8" if label.lower().startswith(("utf-16", "utf16", "utf-32")) else label


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return ""
    name = WIDER.get(name, name)
    return name if name in KNOWN else ""


def _marked(body: bytes) -> tuple[str, str] | None:
    for mark, codec in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace"), codec
    return None


def _certain(body: bytes, named: Sequence[str]) -> tuple[str, str] | None:
    """Read what cannot well be anything else: other bytes almost never make valid UTF-8 by chance."""
    for codec in named:
        if codec in PASS_FOR_ASCII and (codec == "iso2022_jp" or b"\x00" in body):
            text = _strict(body, codec)
            if text is not None:
                return text, codec
    text = _strict(body, "utf-8")
    return None if text is None else (text, "utf-8")


def _likely(body: bytes, named: Sequence[str]) -> tuple[str, str] | None:
    """Take a declared character set if the text then looks like one, or UTF-8 with a few broken places."""
    for codec in named:
        text = None if codec in PASS_FOR_ASCII else _strict(body, codec)
        if text is not None and (codec != "cp1252" or _looks_western(text)):
            return text, codec
    text = body.decode("utf-8", "replace")
    good = len(BEYOND_ASCII.findall(text)) - text.count("\ufffd")
    return (text, "utf-8") if text.count("\ufffd") * 5 < good else None


def _guessed(body: bytes) -> tuple[str, str]:
    text = _strict(body, "cp1252")
    if text is not None and _looks_western(text):
        return text, "cp1252"
    for guess in islice(from_bytes(_telling_part(body)), 3):
        codec = _codec(guess.encoding)
        text = _strict(body, codec) if codec else None
        if text is not None:
            return text, codec
    return body.decode("cp1252", "replace"), "cp1252"


def _telling_part(body: bytes) -> bytes:
    """Return pieces of `body` beyond ASCII, enough to guess from: pages begin with long stretches of plain markup."""
    pieces: list[bytes] = []
    size = 0
    for piece in re.split(rb"[<>\n]+", body):
        if not piece.isascii():
            pieces.append(piece[:GUESS_FROM])
            size += len(piece)
        if size > GUESS_FROM:
            break
    return b"\n".join(pieces)


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


def _looks_western(text: str) -> bool:
    rare = sum(len(match) for match in RARE.findall(text))
    return rare * 20 <= len(BEYOND_ASCII.findall(text))


def _public_name(codec: str) -> str:
    return f"windows-{codec[2:]}" if codec.startswith("cp125") else codec.replace("_", "-")
