"""Values of a record to text: whatever shape they come in, and without anything that is no text."""

import html
import re
from collections.abc import Iterator
from typing import Any

import nh3

from articles.parsing.characters import DIRECTION, UNWANTED

TAG = re.compile(r"<[a-zA-Z/!]")
BLOCK = re.compile(r"<(?=/?(?:br|div|h[1-6]|li|ol|p|td|th|tr|ul)\b)", re.IGNORECASE)
# Shown as nothing: soft hyphens, zero width spaces, word joiners, byte order marks, tags.
INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
TEXT_OF = ("@value", "name", "text", "alternateName")
WRAPPED = 3  # texts that went through several systems have their entities escaped as often


def text_of(value: Any) -> str:
    """Return the text of a value: itself, that of the object it is, or the first that a list has; "" for none."""
    return next(texts_of(value), "")


def texts_of(value: Any) -> Iterator[str]:
    """Give the text of each thing in a value, as `plain` has it; nothing for those without."""
    if isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, dict):
        named = (text_of(value.get(name)) for name in TEXT_OF)
        yield from [text for text in named if text][:1]
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        text = plain(str(value))
        if text:
            yield text


def plain(text: str) -> str:
    """Return `text` as one line, without markup, entities and invisible or direction-changing characters."""
    for _layer in range(WRAPPED):
        before = text
        if TAG.search(text):
            text = nh3.clean(BLOCK.sub(" <", text), tags=set())
        text = html.unescape(text)
        if text == before:
            break
    return " ".join(INVISIBLE.sub("", DIRECTION.sub("", UNWANTED.sub("", text.replace("\x00", "")))).split())


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut with an ellipsis where it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def storable(value: Any) -> Any:
    """Return a value of JSON without the characters that a database refuses in one: NUL and lone surrogates."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    return value


UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
