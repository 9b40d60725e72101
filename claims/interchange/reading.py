"""Files to rows. What is wrong is said with its row and column; what is wrong with the file as a whole is raised."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.interchange.writing import FORMULA

MOST_ROWS = 100_000
MOST_BYTES = 50_000_000
DELIMITERS = ",;\t"
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
LINE_END = re.compile(r"\r\n|\n|\r")  # U+2028 may stand inside a JSON string
UNSTORABLE = re.compile("[\ud800-\udfff\0]")


class ListError(Exception):
    """Nothing of the file can be used. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row. column: "" where it is the row as a whole. reason: a sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """number: as a spreadsheet counts, the header being 1; in JSON lines the line. values: by column, "" left out."""

    number: int
    values: dict[str, Any]


@dataclass(slots=True)
class List:
    """A file as read. unread: names of columns that nothing is made of."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_list(body: bytes, *, columns: Sequence[str], needs: Sequence[str], most_rows: int = MOST_ROWS) -> List:
    """Read CSV (with commas, semicolons or tabs) or JSON lines; which one, its first character tells.

    columns: what is read; needs: of these, what must be there. Raises ListError.
    """
    if len(body) > MOST_BYTES:
        raise ListError(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it.")
    text = _decoded(body)
    if not text.strip():
        raise ListError("The file is empty.")
    read = _json(text, columns) if text.lstrip()[0] in "{[" else _csv(text, columns, needs)
    if len(read.rows) + len(read.faults) > most_rows:
        raise ListError(f"The file has more than {most_rows:,} rows. Split it.")
    return read


def _decoded(body: bytes) -> str:
    mark, codec, name = next((each for each in MARKS if body.startswith(each[0])), (b"", "utf-8", "UTF-8"))
    try:
        text = body[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        said = f"Byte {place + 1:,} (0x{body[place]:02X}) is not {name}."
        raise ListError(f"{said} Save the file as UTF-8 and choose it again.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ListError(f"Line {line:,} has a NUL character. Save the file as UTF-8 text and choose it again.")
    return text


def _csv(text: str, columns: Sequence[str], needs: Sequence[str]) -> List:
    rows = _records(text)
    number, header = next(rows)
    names = [re.sub(r"\s+", "_", name.strip().lower()) for name in header]
    _refuse_header(names, columns, needs)
    read = List(unread=[name for name in names if name and name not in columns])
    for number, cells in rows:
        if len(cells) != len(names):
            said = f"The row has {len(cells)} cells, and the header {len(names)}."
            read.faults.append(Fault(number, "", said))
            continue
        cleared = {name: _cleared(cell) for name, cell in zip(names, cells, strict=True)}
        read.rows.append(Row(number, {name: cell for name, cell in cleared.items() if cell and name in columns}))
    return read


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; empty ones are passed over."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            said = f"From row {number:,} on the quoting is wrong ({error}). A quote inside a cell is written twice."
            raise ListError(said) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _refuse_header(names: Sequence[str], columns: Sequence[str], needs: Sequence[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ListError(f"The column {twice[0]} is there twice.")
    missing = [name for name in needs if name not in names]
    if missing:
        raise ListError(f"There is no column {missing[0]}. The first row names the columns: {', '.join(columns)}.")


def _cleared(cell: str) -> str:
    """Without the apostrophe that kept a spreadsheet from calculating."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _json(text: str, columns: Sequence[str]) -> List:
    read, unread = List(), dict[str, None]()
    for number, line in enumerate(LINE_END.split(text), start=1):
        if not line.strip():
            continue
        try:
            values = _object(line)
        except (ValueError, RecursionError) as error:
            read.faults.append(Fault(number, "", f"This is not one JSON object: {error}."))
            continue
        unread |= dict.fromkeys(name for name in values if name not in columns)
        known = {name: value for name, value in values.items() if name in columns and value not in (None, "", [])}
        read.rows.append(Row(number, known))
    read.unread = list(unread)
    return read


def _object(line: str) -> dict[str, Any]:
    values = json.loads(line, object_pairs_hook=_once, parse_constant=_refuse)
    if not isinstance(values, dict):
        raise ValueError("it has no names")  # noqa: TRY004 - caught with what json raises
    if any(UNSTORABLE.search(text) for text in _texts(values)):
        raise ValueError("it has a NUL, or half of a character (a lone surrogate)")
    return values


def _texts(value: Any) -> Iterator[str]:
    """Every string in a value, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _texts(part)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(name for name in values if sum(name == other for other, _value in pairs) > 1)
        raise ValueError(f"{twice} is there twice")
    return values


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
