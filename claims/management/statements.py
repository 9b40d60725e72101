"""JSON lines with a text each, as `match_claims` reads them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError

from claims.matching.finding import Statement

# Only what ends a line in such a file: U+2028 may stand inside a JSON string.
LINE_END = re.compile(r"\r\n|\n|\r")


class BadLine(Exception):
    """The message is the end of a sentence: what is wrong with a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement and the name it goes by, given back as it came: a string or a whole number."""

    id: str | int
    statement: Statement


def read_statements(name: str, text: str, *, each_once: bool = False) -> list[Line]:
    """Read `text`, which came from the file `name`. each_once: no two lines may have the same id.

    Exits with 1 and a sentence that says which line is wrong, and how. Empty lines are passed over.
    """
    seen: dict[str | int, int] = {}
    lines = []
    for number, raw in enumerate(LINE_END.split(text), start=1):
        try:
            lines += [_read_line(raw, number, seen if each_once else {})] if raw.strip() else []
        except BadLine as error:
            source = "standard input" if name == "-" else name
            raise CommandError(f"Line {number} of {source} cannot be read: {error}.", returncode=1) from error
    return lines


def _read_line(raw: str, number: int, seen: dict[str | int, int]) -> Line:
    """Read line `number` and note its id in `seen`, where each id stands by the number of its line."""
    fields = _fields(raw)
    name, title = fields.get("id"), fields.get("title") or ""
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise BadLine('its "id" is not a string or a whole number' if "id" in fields else 'it has no "id"')
    if seen.setdefault(name, number) != number:
        raise BadLine(f"line {seen[name]} has the id {json.dumps(name)} already")
    if not isinstance(fields.get("text"), str):
        raise BadLine('its "text" is not a string' if "text" in fields else 'it has no "text"')
    if not isinstance(title, str):
        raise BadLine('its "title" is not a string')
    return Line(name, Statement(*_readable(fields["text"], title)))


def _fields(raw: str) -> dict[str, Any]:
    try:
        fields = json.loads(raw)
    except json.JSONDecodeError as error:
        raise BadLine(f"it is not JSON ({error.msg}, character {error.pos + 1})") from error
    except ValueError as error:
        raise BadLine("it has a number of too many digits") from error
    except RecursionError as error:
        raise BadLine("it is nested too deeply") from error
    if not isinstance(fields, dict):
        raise BadLine('it is not an object like {"id": "1", "text": "…"}')
    return fields


def _readable(*texts: str) -> Iterator[str]:
    """Texts without halves of surrogate pairs, which JSON can name but nothing can print."""
    for text in texts:
        yield text.encode("utf-8", "replace").decode()
