"""Rows to CSV that no spreadsheet takes for formulas, and to JSON lines."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# What makes a spreadsheet calculate, or call out. One apostrophe more in front of it is taken off again by reading.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """The header and a line for each row, each with its line end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    yield _taken(out)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
        yield _taken(out)


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = _joined(value) if isinstance(value, list) else str(value)
    return f"'{text}" if FORMULA.match(text) else text


def _joined(values: Sequence[str]) -> str:
    """Several values in one cell, with semicolons between; quoted where one has a semicolon itself."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="").writerow(values)
    return out.getvalue()
